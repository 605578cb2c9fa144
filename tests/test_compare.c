/* The comparison on readings made by hand: every stage through compare_story. */
#include "readings.h"
#include "support.h"

#include <stdio.h>

enum { MOST_FIELDS = 8 };

/* What became of a pair: the label of the lesser wording, or "apart". */
static const char *pair_label(struct arena *a, const struct str *texts)
{
    struct made_story story;
    struct comparison c;
    readings_make(a, texts, 2, &story);
    compare_story(a, &story.input, &c);
    for (size_t i = 0; i < c.n_utterances; i++)
        for (size_t k = 0; c.utterances[i].n_wordings > 1 && k < c.utterances[i].n_wordings; k++)
            if (!c.utterances[i].wordings[k].fullest)
                return variant_names[c.utterances[i].wordings[k].variant];
    return "apart";
}

struct tally {
    struct str name;
    size_t right, given, wanted;
};

static struct tally *tally_of(struct tally *all, size_t *n, struct str name)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(all[i].name, name))
            return &all[i];
    all[*n] = (struct tally){.name = name};
    return &all[(*n)++];
}

/* Prints precision and recall per rule and holds them to the floors. */
static void judge(const struct tally *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct tally *t = &all[i];
        double precision = t->given ? 100.0 * (double)t->right / (double)t->given : 100;
        double recall = t->wanted ? 100.0 * (double)t->right / (double)t->wanted : 100;
        printf("  %-18.*s precision %5.1f recall %5.1f  (%zu right, %zu given, %zu wanted)\n",
               STR_ARG(t->name), precision, recall, t->right, t->given, t->wanted);
    }
}

START_TEST(pairs_get_their_labels)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "data/compare-pairs.txt"), f[MOST_FIELDS];
    struct tally all[24];
    size_t n, n_tallies = 0;
    while (support_case(&rest, f, 3, &n)) {
        struct str got = str_of(pair_label(&a, f + 1));
        tally_of(all, &n_tallies, f[0])->wanted++;
        tally_of(all, &n_tallies, got)->given++;
        if (str_eq(got, f[0]))
            tally_of(all, &n_tallies, got)->right++;
        else
            printf("  %.*s, not %.*s: %.*s | %.*s\n", STR_ARG(got), STR_ARG(f[0]), STR_ARG(f[1]),
                   STR_ARG(f[2]));
    }
    judge(all, n_tallies);
    arena_finish(&a);
}
END_TEST

START_TEST(nothing_is_compared_quietly)
{
    struct arena a = {0};
    struct compare_input in = {0};
    struct comparison c;
    struct buf b = {0};
    compare_story(&a, &in, &c);
    struct json j = json_begin(&b);
    compare_write(&c, OFFSET_CODE_POINTS, &j);
    cJSON *tree = NULL;
    ck_assert(json_parse(buf_str(&b), &tree, NULL));
    cJSON_Delete(tree);
    buf_finish(&b);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("compare");
    TCase *t = tcase_create("compare");
    suite_add_tcase(s, t);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, pairs_get_their_labels);
    tcase_add_test(t, nothing_is_compared_quietly);
    return support_run(s);
}
