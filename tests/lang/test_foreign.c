/* Which language a text is in, and the direct quotations of texts in other languages. */
#include "support/support.h"

#include "base/buf.h"
#include "lang/parts.h"

#include <stdio.h>

START_TEST(languages_are_told_apart)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/languages.txt"), f[2];
    size_t n;
    while (support_case(&rest, f, 2, &n))
        ck_assert_msg(str_eq(lang_detect(f[1]), f[0]), "%.*s taken for %.*s: %.*s", STR_ARG(f[0]),
                      STR_ARG(lang_detect(f[1])), STR_ARG(f[1]));
    ck_str_is(lang_detect((struct str){0}), "und");
    arena_finish(&a);
}
END_TEST

static struct str found_in(struct arena *a, struct str language, struct str text)
{
    struct lang_article article = {.text = text};
    struct lang_doc doc = {.arena = a, .article = &article, .text = text};
    struct buf b = {0};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    lang_attribute_foreign(&doc, language);
    for (size_t i = 0; i < doc.n_attributions; i++) {
        const struct attribution *x = &doc.attributions[i];
        buf_fmt(&b, "%s%.*s|%.*s|%.*s", i ? " " : "", STR_ARG(lang_span_text(&doc, x->source.v[0])),
                STR_ARG(lang_span_text(&doc, x->cue.v[0])),
                STR_ARG(lang_span_text(&doc, x->content.v[0])));
    }
    struct str out = arena_str(a, b.n ? buf_str(&b) : S("-"));
    buf_finish(&b);
    return out;
}

START_TEST(quotations_get_their_speakers)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/foreign.txt"), f[3];
    size_t n, bad = 0;
    while (support_case(&rest, f, 3, &n)) {
        struct str found = found_in(&a, f[0], f[1]);
        bool good = n == 3 && str_eq(found, f[2]);
        if (!good)
            printf("%.*s gives %.*s\n", STR_ARG(f[1]), STR_ARG(found));
        bad += !good;
    }
    ck_assert_uint_eq(bad, 0);
    arena_finish(&a);
}
END_TEST

START_TEST(a_quotation_goes_on_behind_its_speaker)
{
    struct arena a = {0};
    struct str found =
        found_in(&a, S("de"),
                 S("„Wir warten nicht länger“, sagte Minister Kurt Hahn, „wir handeln jetzt.“"));
    ck_str_is(found, "Minister Kurt Hahn|sagte|„Wir warten nicht länger“ "
                     "Minister Kurt Hahn|sagte|„wir handeln jetzt.“");
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("foreign");
    TCase *t = tcase_create("foreign");
    suite_add_tcase(s, t);
    tcase_add_test(t, languages_are_told_apart);
    tcase_add_test(t, quotations_get_their_speakers);
    tcase_add_test(t, a_quotation_goes_on_behind_its_speaker);
    return support_run(s);
}
