/* Who a statement's source is: by name, pronoun, nominal or descriptor. */
#include "support/support.h"

#include "lang/lang.h"
#include "lang/parts.h"

/* Lines: text, source (its last occurrence), canonical name or "-", kind. */
static struct str speaker(struct arena *a, const struct str *f, struct str *kind)
{
    struct lang_article article = {.text = f[0]};
    struct lang_doc doc = {.arena = a, .article = &article, .text = f[0]};
    size_t at = STR_NONE;
    for (size_t i = 0; (i = str_find(f[0], f[1], i)) != STR_NONE; i++)
        at = i;
    ck_assert_msg(at != STR_NONE, "%.*s is not in the text", STR_ARG(f[1]));
    struct span span = {(uint32_t)at, (uint32_t)(at + f[1].n)};
    struct attribution said = {.source = {&span, 1}, .outer = -1};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    doc.attributions = &said;
    doc.n_attributions = 1;
    lang_find_actors(&doc);
    int32_t who = lang_speaker_of(&doc, &said);
    *kind = who == NO_ACTOR ? S("-") : str_of(actor_kind_names[doc.actors[who].kind]);
    return who == NO_ACTOR ? S("-") : doc.actors[who].name;
}

START_TEST(sources_have_speakers)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/speaker.txt"), f[4], kind;
    size_t n;
    while (support_case(&rest, f, 4, &n)) {
        struct str got = speaker(&a, f, &kind);
        ck_assert_msg(str_eq(got, f[2]), "%.*s: \"%.*s\" is %.*s, not %.*s", STR_ARG(f[0]),
                      STR_ARG(f[1]), STR_ARG(got), STR_ARG(f[2]));
        ck_assert_msg(n < 4 || str_eq(kind, f[3]), "%.*s: kind %.*s", STR_ARG(f[1]), STR_ARG(kind));
    }
    arena_finish(&a);
}
END_TEST

/* The name of whoever says what the source at the text's last occurrence of `source` says. */
static struct str told_by(struct arena *a, struct str text, struct str source)
{
    struct lang_article article = {.text = text};
    struct lang_run *run = lang_run_create();
    struct lang_draft *draft = lang_draft(a, &article, S(""));
    struct lang_reading r;
    struct str name = S("no such statement");
    lang_run_survey(run, draft);
    lang_read(run, a, draft, &r);
    for (size_t i = 0; i < r.n_statements; i++) {
        const struct lang_statement *st = &r.statements[i];
        if (!st->source.n ||
            !str_eq(str_slice(text, st->source.v[0].start, st->source.v[0].end), source))
            continue;
        name = st->speaker == NO_ACTOR ? S("-") : arena_str(a, r.actors[st->speaker].name);
    }
    lang_run_destroy(run);
    return name;
}

/* Lines: text, source, canonical name or "-". */
START_TEST(statements_have_speakers)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/told-by.txt"), f[3];
    size_t n;
    while (support_case(&rest, f, 3, &n)) {
        struct str got = told_by(&a, f[0], f[1]);
        ck_assert_msg(str_eq(got, f[2]), "%.*s: %.*s is %.*s, not %.*s", STR_ARG(f[0]),
                      STR_ARG(f[1]), STR_ARG(got), STR_ARG(f[2]));
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("coref");
    TCase *t = tcase_create("coref");
    suite_add_tcase(s, t);
    tcase_add_test(t, sources_have_speakers);
    tcase_add_test(t, statements_have_speakers);
    return support_run(s);
}
