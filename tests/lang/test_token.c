/* Words, sentences and paragraphs: cases in data/tokens.txt and data/sentences.txt. */
#include "lang/text/lexicon.h"
#include "support/support.h"

#include "base/buf.h"
#include "lang/parts.h"

/* "\n" in a case as a line break. */
START_TEST(tokens_are_as_listed)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/tokens.txt"), f[2];
    size_t n, cases = 0;
    while (support_case(&rest, f, 2, &n)) {
        struct lang_doc doc = {.arena = &a, .text = f[0]};
        struct buf got = {0};
        lang_tokenise(&doc);
        for (size_t i = 0; i < doc.n_tokens; i++) {
            if (i)
                buf_char(&got, '|');
            buf_add(&got, lang_token_text(&doc, i));
        }
        ck_assert_msg(str_eq(buf_str(&got), f[1]), "%.*s\n is %.*s\nnot %.*s", STR_ARG(f[0]),
                      STR_ARG(buf_str(&got)), STR_ARG(f[1]));
        buf_finish(&got);
        cases++;
    }
    ck_assert_uint_ge(cases, 25);
    arena_finish(&a);
}
END_TEST

START_TEST(sentences_are_as_listed)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/sentences.txt"), f[2];
    size_t n;
    while (support_case(&rest, f, 2, &n)) {
        struct lang_doc doc = {.arena = &a, .text = support_unescape(&a, f[0])};
        struct str want = support_unescape(&a, f[1]);
        struct buf got = {0};
        lang_tokenise(&doc);
        lang_split_sentences(&doc);
        for (size_t i = 0; i < doc.n_sentences; i++) {
            struct sentence s = doc.sentences[i];
            if (i)
                buf_add(&got, s.paragraph != doc.sentences[i - 1].paragraph ? S("||") : S("|"));
            buf_add(&got, str_slice(doc.text, doc.tokens[s.first].at.start,
                                    doc.tokens[s.end - 1].at.end));
        }
        ck_assert_msg(str_eq(buf_str(&got), want), "is %.*s\nnot %.*s", STR_ARG(buf_str(&got)),
                      STR_ARG(want));
        buf_finish(&got);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(a_byte_finds_its_token)
{
    struct arena a = {0};
    struct lang_doc doc = {.arena = &a, .text = S("One two.")};
    lang_tokenise(&doc);
    ck_assert_uint_eq(lang_token_at(&doc, 0), 0);
    ck_assert_uint_eq(lang_token_at(&doc, 3), 1);
    ck_assert_uint_eq(lang_token_at(&doc, 7), 2);
    ck_assert_uint_eq(lang_token_at(&doc, 8), 3);
    arena_finish(&a);
}
END_TEST

START_TEST(empty_text_has_nothing)
{
    struct arena a = {0};
    struct lang_doc doc = {.arena = &a, .text = S(" \n\n ")};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    lang_attribute(&doc);
    ck_assert_uint_eq(doc.n_tokens + doc.n_sentences + doc.n_quotes + doc.n_attributions, 0);
    arena_finish(&a);
}
END_TEST

/* "Scrapping", "opening": the form of a verb with which a title begins. */
START_TEST(verbs_take_their_ing)
{
    static const char *const forms[][2] = {{"scrap", "scrapping"}, {"ban", "banning"},
                                           {"open", "opening"},    {"stop", "stopping"},
                                           {"offer", "offering"},  {"reopen", "reopening"},
                                           {"cancel", "canceling"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct lexicon_entry *e =
            lexicon_find(lexicon_open(WORDS_POLICY_VERBS), str_of(forms[i][0]));
        ck_assert_ptr_nonnull(e);
        ck_str_is(e->ing, forms[i][1]);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("token");
    TCase *t = tcase_create("token");
    suite_add_tcase(s, t);
    tcase_add_test(t, tokens_are_as_listed);
    tcase_add_test(t, sentences_are_as_listed);
    tcase_add_test(t, a_byte_finds_its_token);
    tcase_add_test(t, empty_text_has_nothing);
    tcase_add_test(t, verbs_take_their_ing);
    return support_run(s);
}
