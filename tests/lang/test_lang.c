/* The engine's edges: issues files, the printed object, and the whole of lang_read. */
#include "support/support.h"

#include "base/buf.h"
#include "lang/lang.h"

START_TEST(issues_are_read_with_all_their_fields)
{
    struct arena a = {0};
    struct lang_issues issues;
    struct err err = {0};
    struct str json = S("[{\"id\":\"x\",\"title\":\"The x\",\"terms\":[\"ex\",\" \",\"xs\"]},"
                        "{\"id\":\"y\",\"title\":\"Y\",\"kind\":\"actor\"}]");
    ck_assert_msg(lang_issues_parse(&a, json, &issues, &err), "%s", err.message);
    ck_assert_uint_eq(issues.n, 2);
    ck_str_is(issues.v[0].title, "The x");
    ck_assert_uint_eq(issues.v[0].n_terms, 2);
    ck_str_is(issues.v[0].terms[1], "xs");
    ck_assert(issues.v[0].by_person && !issues.v[0].actor && issues.v[1].actor);
    arena_finish(&a);
}
END_TEST

START_TEST(bad_issues_are_refused_with_a_sentence)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/issues-bad.txt"), f[1];
    size_t n;
    int cases = 0;
    while (support_case(&rest, f, 1, &n)) {
        struct lang_issues issues = {0};
        struct err err = {0};
        ck_assert_msg(!lang_issues_parse(&a, f[0], &issues, &err), "accepted: %.*s", STR_ARG(f[0]));
        ck_assert(err.message[0] && issues.n == 0);
        cases++;
    }
    ck_assert_int_ge(cases, 8);
    arena_finish(&a);
}
END_TEST

START_TEST(offsets_are_printed_in_code_points)
{
    struct arena a = {0};
    struct buf b = {0};
    struct span at = {4, 7}; /* behind two letters of two bytes */
    struct lang_mention mention = {at, 0, READING_ACTOR};
    struct lang_actor actor = {.key = S("abc"), .name = S("Abc"), .kind = ACTOR_PERSON};
    struct lang_position position = {S("x"), STANCE_CONDITIONAL, S("if so"), 0};
    struct lang_statement statement = {.speaker = 0,
                                       .via = NO_ACTOR,
                                       .content = {&at, 1},
                                       .positions = &position,
                                       .n_positions = 1,
                                       .confidence = 0.5F,
                                       .rule = "test"};
    struct lang_reading r = {.text = S("\xC3\xA9\xC3\xA9"
                                       "abc"),
                             .mentions = &mention,
                             .n_mentions = 1,
                             .actors = &actor,
                             .n_actors = 1,
                             .statements = &statement,
                             .n_statements = 1,
                             .fully_read = true};
    struct json j = json_begin(&b);
    json_object(&j);
    lang_write_reading(&a, &r, &j);
    json_end_object(&j);
    struct str out = buf_str(&b);
    ck_assert_msg(str_contains(out, S("\"mentions\":[{\"start\":2,\"end\":5,\"exact\":\"abc\"")),
                  "%.*s", STR_ARG(out));
    ck_assert(str_contains(out, S("\"stance\":\"conditional\",\"condition\":\"if so\"")));
    ck_assert(str_contains(out, S("\"speaker\":\"abc\"")) && str_contains(out, S("\"via\":null")));
    cJSON *tree = NULL;
    ck_assert(json_parse(out, &tree, NULL));
    cJSON_Delete(tree);
    buf_finish(&b);
    arena_finish(&a);
}
END_TEST

START_TEST(an_article_is_read_from_end_to_end)
{
    struct arena a = {0};
    struct lang_article article = {
        .title = S("Ministers quarrel over a bridge"),
        .published = S("2025-04-24"),
        .text = S("ARLEN - Foreign Minister Ann Reed said on Tuesday that the old bridge must be "
                  "closed.\n\n"
                  "\"We will not open it again,\" she wrote on X.\n\n"
                  "Her rival, Bob Stone, criticised Reed and called the plan \"reckless\"."),
    };
    struct lang_run *run = lang_run_create();
    struct lang_reading r;
    struct lang_draft *draft = lang_draft(&a, &article, S(""));
    lang_run_survey(run, draft);
    lang_read(run, &a, draft, &r);
    ck_str_is(r.language, "en");
    ck_assert(r.fully_read);
    bool on_x = false, on_tuesday = false;
    for (size_t i = 0; i < r.n_statements; i++) {
        on_x |= r.statements[i].kind == STATEMENT_DIRECT && str_eq(r.statements[i].channel, S("X"));
        on_tuesday |= str_eq(r.statements[i].said_on, S("2025-04-22"));
    }
    ck_assert(on_x && on_tuesday);
    lang_find_stances(&a, &(struct lang_issues){0}, &r);
    ck_assert_uint_ge(r.n_stances, 1);
    lang_run_destroy(run);
    arena_finish(&a);
}
END_TEST

START_TEST(another_language_gives_quotations_only)
{
    struct arena a = {0};
    struct lang_article article = {
        .text = S("Der Stadtrat hat am Montag über die alte Brücke beraten und noch nicht "
                  "entschieden, ob sie in "
                  "diesem Jahr gesperrt wird. „Wir werden die Brücke nicht schließen“, sagte "
                  "Bürgermeisterin Petra "
                  "Lindner nach der Sitzung. Die Arbeiten sind für den Sommer geplant und werden "
                  "zwei Monate "
                  "dauern, wie es in dem Bericht der Verwaltung heißt."),
    };
    struct lang_run *run = lang_run_create();
    struct lang_reading r;
    struct lang_draft *draft = lang_draft(&a, &article, S(""));
    lang_run_survey(run, draft);
    lang_read(run, &a, draft, &r);
    ck_str_is(r.language, "de");
    ck_assert(!r.fully_read);
    ck_assert_uint_eq(r.n_statements, 1);
    ck_assert_int_eq(r.statements[0].kind, STATEMENT_DIRECT);
    ck_assert_int_ne(r.statements[0].speaker, NO_ACTOR);
    lang_run_destroy(run);
    arena_finish(&a);
}
END_TEST

static struct lang_article article_of_speech(void)
{
    return (struct lang_article){
        .language = S("en"),
        .text = S("The mayor said the old bridge “will not open again”. According to a report by "
                  "the board, repairs would take two years.\n\n"
                  "“Nobody asked us,” Ann Reed told the local paper. She believes that the report "
                  "is wrong, and Bob Stone, the envoy, said that the mayor had warned him.")};
}

/* What is read of the article from its draft, printed. */
static struct str printed(struct arena *a, const struct lang_draft *draft)
{
    struct buf b = {0};
    struct json j = json_begin(&b);
    struct lang_reading r;
    struct lang_run *run = lang_run_create();
    lang_run_survey(run, draft);
    lang_read(run, a, draft, &r);
    json_object(&j);
    lang_write_reading(a, &r, &j);
    json_end_object(&j);
    struct str out = arena_str(a, buf_str(&b));
    buf_finish(&b);
    lang_run_destroy(run);
    return out;
}

START_TEST(attributions_found_once_serve_again)
{
    struct arena a = {0};
    struct lang_article article = article_of_speech();
    struct lang_draft *found = lang_draft(&a, &article, S(""));
    struct str bytes = lang_draft_attributions(found, &a);
    ck_assert(!lang_draft_stored(found) && bytes.n);
    struct lang_draft *given = lang_draft(&a, &article, bytes);
    ck_assert(lang_draft_stored(given));
    struct str once = printed(&a, found);
    ck_assert(str_contains(once, S("will not open again")));
    ck_assert(str_eq(once, printed(&a, given)));
    ck_assert(str_eq(bytes, lang_find_attributions(&a, &article)));
    arena_finish(&a);
}
END_TEST

START_TEST(attributions_of_something_else_do_not_serve)
{
    struct arena a = {0};
    struct lang_article article = article_of_speech(), other = article;
    struct str bytes = lang_find_attributions(&a, &article);
    other.text = S("The mayor said the old bridge “will never open again”, and that was all.");
    ck_assert(!lang_draft_stored(lang_draft(&a, &other, bytes)));
    for (size_t n = 0; n < bytes.n; n++) /* cut short */
        ck_assert(!lang_draft_stored(lang_draft(&a, &article, str_slice(bytes, 0, n))));
    for (size_t i = 0; i < bytes.n; i++) { /* damaged: refused, or spans within the text */
        struct str bad = arena_str(&a, bytes);
        ((char *)bad.p)[i] ^= 0x55;
        struct lang_draft *draft = lang_draft(&a, &article, bad);
        ck_assert(i >= 22 || !lang_draft_stored(draft));
        printed(&a, draft);
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("lang");
    TCase *t = tcase_create("lang");
    suite_add_tcase(s, t);
    tcase_add_test(t, issues_are_read_with_all_their_fields);
    tcase_add_test(t, bad_issues_are_refused_with_a_sentence);
    tcase_add_test(t, offsets_are_printed_in_code_points);
    tcase_add_test(t, an_article_is_read_from_end_to_end);
    tcase_add_test(t, another_language_gives_quotations_only);
    tcase_add_test(t, attributions_found_once_serve_again);
    tcase_add_test(t, attributions_of_something_else_do_not_serve);
    return support_run(s);
}
