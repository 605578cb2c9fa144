/* Quotation marks paired: cases in data/quotes.txt. */
#include "support/support.h"

#include "base/buf.h"
#include "lang/parts.h"

static void find(struct lang_doc *doc)
{
    lang_tokenise(doc);
    lang_split_sentences(doc);
    lang_find_quotes(doc);
}

START_TEST(quotations_are_as_listed)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/quotes.txt"), f[2];
    size_t n;
    while (support_case(&rest, f, 2, &n)) {
        struct lang_doc doc = {.arena = &a, .text = support_unescape(&a, f[0])};
        struct buf got = {0};
        find(&doc);
        for (size_t i = 0; i < doc.n_quotes; i++) {
            if (i)
                buf_char(&got, '|');
            if (doc.quotes[i].open)
                buf_char(&got, '+');
            buf_add(&got, lang_span_text(&doc, doc.quotes[i].at));
        }
        struct str want = n > 1 ? f[1] : (struct str){0};
        ck_assert_msg(str_eq(buf_str(&got), want), "%.*s\n is %.*s\nnot %.*s", STR_ARG(f[0]),
                      STR_ARG(buf_str(&got)), STR_ARG(want));
        buf_finish(&got);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(tokens_know_that_they_are_quoted)
{
    struct arena a = {0};
    struct lang_doc doc = {.arena = &a, .text = S("He said “no way, never.” Then “art” ended.")};
    find(&doc);
    ck_assert(!doc.tokens[1].in_quote && doc.tokens[2].in_quote && doc.tokens[4].in_quote);
    ck_assert(!doc.quotes[0].scare);
    ck_assert(doc.quotes[1].scare);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("quote");
    TCase *t = tcase_create("quote");
    suite_add_tcase(s, t);
    tcase_add_test(t, quotations_are_as_listed);
    tcase_add_test(t, tokens_know_that_they_are_quoted);
    return support_run(s);
}
