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
    struct lang_source source = {.file = S("f"), .title = S("t")};
    lang_write_extract(&a, &source, &r, &j);
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

int main(void)
{
    Suite *s = suite_create("lang");
    TCase *t = tcase_create("lang");
    suite_add_tcase(s, t);
    tcase_add_test(t, issues_are_read_with_all_their_fields);
    tcase_add_test(t, bad_issues_are_refused_with_a_sentence);
    tcase_add_test(t, offsets_are_printed_in_code_points);
    return support_run(s);
}
