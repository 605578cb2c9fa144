/* Kind, channel and day of statements. */
#include "support/support.h"

#include "support/marked.h"

#include <stdio.h>

static bool is(struct str got, struct str want)
{
    return str_eq(want, S("-")) ? got.n == 0 : str_eq(got, want);
}

static bool check_case(struct arena *a, const struct str *f)
{
    struct marked m;
    unmark(f[0], &m);
    struct lang_article article = {.text = {m.text, m.n}, .published = S("2025-04-24T08:00:00Z")};
    struct lang_doc doc = {.arena = a, .article = &article, .text = article.text};
    struct attribution from = {{&m.at[0], 1}, {&m.at[1], 1}, {&m.at[2], 1}, -1, 1, "test"};
    struct lang_statement to = {.speaker = NO_ACTOR, .content = from.content};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    lang_add_details(&doc, &from, &to);
    bool good = str_eq(str_of(statement_kind_names[to.kind]), f[1]) && is(to.channel, f[2]) &&
                is(to.said_on, f[3]);
    if (!good)
        printf("%.*s gives %s, %.*s, %.*s\n", STR_ARG(f[0]), statement_kind_names[to.kind],
               STR_ARG(to.channel), STR_ARG(to.said_on));
    return good;
}

START_TEST(details_are_found_beside_the_cue)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/details.txt"), f[4];
    size_t n, bad = 0;
    while (support_case(&rest, f, 4, &n)) {
        ck_assert_uint_eq(n, 4);
        bad += !check_case(&a, f);
    }
    fflush(stdout);
    ck_assert_uint_eq(bad, 0);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("detail");
    TCase *t = tcase_create("detail");
    suite_add_tcase(s, t);
    tcase_add_test(t, details_are_found_beside_the_cue);
    return support_run(s);
}
