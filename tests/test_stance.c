/* Who is for or against whom: sentences with their names given. */
#include "support.h"

#include "base/buf.h"
#include "lang/parts.h"

#include <stdio.h>

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

static struct str found_in(struct arena *a, struct str text)
{
    struct lang_actor actors[] = {{.key = S("a"), .name = S("Ann Reed")},
                                  {.key = S("b"), .name = S("Bob Stone")},
                                  {.key = S("c"), .name = S("Cora Lind")}};
    struct lang_mention mentions[16];
    struct lang_doc doc = {.arena = a, .text = text};
    struct lang_reading r = {.text = text, .actors = actors, .n_actors = 3, .mentions = mentions};
    struct buf b = {0};
    r.n_mentions = mentions_in(text, mentions, 16);
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    lang_find_stances(&doc, &r);
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
    struct str rest = support_data(&a, "data/stances.txt"), f[2];
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

int main(void)
{
    Suite *s = suite_create("stance");
    TCase *t = tcase_create("stance");
    suite_add_tcase(s, t);
    tcase_add_test(t, sentences_tell_who_is_against_whom);
    return support_run(s);
}
