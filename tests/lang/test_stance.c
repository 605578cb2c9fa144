/* Who is for or against whom: sentences with their names given. */
#include "support/support.h"

#include "assets/assets.h"
#include "base/buf.h"
#include "lang/parts.h"
#include "lang/stance/net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ann Reed is actor 0, Bob Stone actor 1, Cora Lind actor 2, wherever they are named. */
static size_t mentions_in(struct str text, struct lang_mention *out, size_t max)
{
    static const struct str names[] = {STR("Ann Reed"), STR("Bob Stone"), STR("Cora Lind")};
    size_t n = 0;
    for (size_t at = 0; at < text.n && n < max; at++)
        for (int32_t i = 0; i < 3 && n < max; i++)
            if (str_starts(str_slice(text, at, text.n), names[i]))
                out[n++] = (struct lang_mention){
                    {(uint32_t)at, (uint32_t)(at + names[i].n)}, i, READING_ACTOR};
    return n;
}

enum { MOST_MENTIONS = 512 };

struct scene {
    struct lang_doc doc;
    struct lang_reading r;
    struct lang_actor actors[3];
    struct lang_mention mentions[MOST_MENTIONS];
};

static void set_scene(struct scene *s, struct arena *a, struct str text)
{
    *s = (struct scene){.doc = {.arena = a, .text = text},
                        .actors = {{.key = S("a"), .name = S("Ann Reed")},
                                   {.key = S("b"), .name = S("Bob Stone")},
                                   {.key = S("c"), .name = S("Cora Lind")}}};
    s->r = (struct lang_reading){.text = text,
                                 .language = S("en"),
                                 .actors = s->actors,
                                 .n_actors = 3,
                                 .mentions = s->mentions};
    s->r.n_mentions = mentions_in(text, s->mentions, MOST_MENTIONS);
    lang_tokenise(&s->doc);
    lang_split_sentences(&s->doc);
    lang_find_quotes(&s->doc);
}

static struct str found_in(struct arena *a, struct str text)
{
    struct scene *s = arena_alloc(a, sizeof *s);
    struct buf b = {0};
    set_scene(s, a, text);
    lang_find_stances(a, &(struct lang_issues){0}, &s->r);
    const struct lang_reading r = s->r;
    for (size_t i = 0; i < r.n_stances; i++)
        buf_fmt(&b, "%s%.*s %s %.*s", i ? "; " : "", STR_ARG(r.stances[i].subject),
                r.stances[i].positive ? "+" : "-", STR_ARG(r.stances[i].object));
    struct str out = arena_str(a, b.n ? buf_str(&b) : S("-"));
    buf_finish(&b);
    return out;
}

START_TEST(sentences_tell_who_is_against_whom)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/stances.txt"), f[2];
    size_t n, bad = 0;
    while (support_case(&rest, f, 2, &n)) {
        struct str found = found_in(&a, f[0]);
        if (!str_eq(found, f[1]))
            printf("%.*s gives %.*s\n", STR_ARG(f[0]), STR_ARG(found));
        bad += !str_eq(found, f[1]);
    }
    fflush(stdout);
    ck_assert_uint_eq(bad, 0);
    arena_finish(&a);
}
END_TEST

/* The scores of all sentences of a text, one after another. */
static struct stance_score *scores_of(struct arena *a, struct scene *s, const struct kernel *k,
                                      size_t *n)
{
    struct stance_input in = lang_stance_input(&s->doc, &s->r);
    struct findings none = {0};
    struct stance_score *all = NULL;
    size_t n_judges, cap = 0;
    struct judge *v = lang_stance_judges(&in, &none, &n_judges);
    lang_stance_score(stance_model(), k, v, n_judges);
    *n = 0;
    for (size_t i = 0; i < n_judges; i++)
        for (size_t j = 0; j < v[i].n_scores; j++) {
            all = arena_grow(a, all, *n, &cap, sizeof *all);
            all[(*n)++] = v[i].scores[j];
        }
    return all;
}

/* Sentences of all lengths and more than one group of them. */
static struct str many_sentences(struct arena *a)
{
    struct buf b = {0};
    for (int i = 0; i < 50; i++) {
        buf_add(&b, i % 3 ? S("Ann Reed ") : S("Cora Lind said on Monday that "));
        for (int k = 0; k < i * i % 37; k++)
            buf_add(&b, k % 5 ? S("never ") : S("and then criticised the plan "));
        buf_add(&b, i % 2 ? S("praised Bob Stone.\n\n") : S("and Bob Stone will attack her. "));
    }
    struct str text = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return text;
}

START_TEST(kernels_agree_on_the_scores)
{
    struct arena a = {0};
    struct scene *s = arena_alloc(&a, sizeof *s);
    set_scene(s, &a, many_sentences(&a));
    const struct kernel *const *k = kernel_all();
    size_t n, m;
    struct stance_score *plain = scores_of(&a, s, *k, &n);
    ck_assert_uint_ge(n, 100);
    for (size_t i = 0; i < n; i++) {
        ck_assert(plain[i].support > 0 && plain[i].oppose > 0);
        ck_assert(plain[i].support + plain[i].oppose < 1.0001f);
    }
    while (*++k) {
        struct stance_score *fast = scores_of(&a, s, *k, &m);
        ck_assert_uint_eq(m, n);
        ck_assert_msg(memcmp(plain, fast, n * sizeof *plain) == 0, "%s differs", (*k)->name);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(crowded_sentences_end)
{
    struct arena a = {0};
    struct buf b = {0};
    for (int i = 0; i < 100; i++)
        buf_add(&b, i % 2 ? S("Ann Reed hates Bob Stone, ") : S("Cora Lind and Bob Stone and "));
    struct scene *s = arena_alloc(&a, sizeof *s);
    set_scene(s, &a, buf_str(&b));
    size_t n;
    struct stance_score *v = scores_of(&a, s, kernel_best(), &n);
    ck_assert_uint_ge(n, 6);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i % 6; k++) /* a pair once a part of the sentence */
            ck_assert(v[i].subject != v[i - k - 1].subject || v[i].object != v[i - k - 1].object);
    lang_find_stances(&a, &(struct lang_issues){0}, &s->r);
    ck_assert_uint_ge(s->r.n_stances, 2);
    for (size_t i = 0; i < s->r.n_stances; i++)
        ck_assert(s->r.stances[i].confidence > 0 && s->r.stances[i].confidence <= 1);
    buf_finish(&b);
    arena_finish(&a);
}
END_TEST

START_TEST(damaged_models_are_refused)
{
    struct str file = asset_find(assets_model, S("stance.bin"))->bytes;
    struct stance_model m;
    ck_assert(stance_model_open(file, &m));
    ck_assert(!stance_model_open((struct str){0}, &m));
    ck_assert(!stance_model_open(str_slice(file, 0, file.n - 64), &m));
    char *copy = malloc(file.n);
    memcpy(copy, file.p, file.n);
    for (size_t at = 0; at < file.n; at += at < 31 ? 1 : at < 64 ? 64 - at : file.n / 50) {
        copy[at] ^= 1;
        ck_assert_msg(!stance_model_open((struct str){copy, file.n}, &m),
                      "accepted a change at %zu", at);
        copy[at] ^= 1;
    }
    free(copy);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("stance");
    TCase *t = tcase_create("stance");
    suite_add_tcase(s, t);
    tcase_add_test(t, sentences_tell_who_is_against_whom);
    tcase_add_test(t, kernels_agree_on_the_scores);
    tcase_add_test(t, crowded_sentences_end);
    tcase_add_test(t, damaged_models_are_refused);
    return support_run(s);
}
