/* The engine's edges: issues files, the printed object, and the whole of lang_read. */
#include "support.h"

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
    struct str rest = support_data(&a, "data/issues-bad.txt"), f[1];
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
    struct lang_position position = {S("x"), STANCE_CONDITIONAL, S("if so")};
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
    lang_run_survey(run, &article);
    lang_read(run, &a, &article, &r);
    ck_str_is(r.language, "en");
    ck_assert(r.fully_read);
    bool on_x = false, on_tuesday = false;
    for (size_t i = 0; i < r.n_statements; i++) {
        on_x |= r.statements[i].kind == STATEMENT_DIRECT && str_eq(r.statements[i].channel, S("X"));
        on_tuesday |= str_eq(r.statements[i].said_on, S("2025-04-22"));
    }
    ck_assert(on_x && on_tuesday);
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
    lang_run_survey(run, &article);
    lang_read(run, &a, &article, &r);
    ck_str_is(r.language, "de");
    ck_assert(!r.fully_read);
    ck_assert_uint_eq(r.n_statements, 1);
    ck_assert_int_eq(r.statements[0].kind, STATEMENT_DIRECT);
    ck_assert_int_ne(r.statements[0].speaker, NO_ACTOR);
    lang_run_destroy(run);
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
    return support_run(s);
}
