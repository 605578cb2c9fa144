/* What lists write out of the leaner rows is what the comparison document says: why articles do not
 * carry an utterance, the words of a conflict; and all stances are found, the commonest, too. */
#include "store/db/db.h"
#include "support/stored.h"

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
    stored_import(&s, "data/harbour");
}

static void teardown(void)
{
    stored_teardown(&s);
}

static cJSON *by_id(cJSON *rows, int64_t id)
{
    cJSON *row;
    cJSON_ArrayForEach(row, rows)
        if (row_int(row, "id") == id)
            return row;
    return NULL;
}

static void check_same(const cJSON *here, const cJSON *there, const char *member)
{
    const cJSON *x = cJSON_GetObjectItem(here, member), *y = cJSON_GetObjectItem(there, member);
    char *said = cJSON_PrintUnformatted(x), *expected = cJSON_PrintUnformatted(y);
    ck_assert_str_eq(said, expected);
    cJSON_free(said);
    cJSON_free(expected);
}

static void check_lists(int64_t story, int *absences, int *spans)
{
    cJSON *document = stored_comparison(&s, story), *one, *span;
    cJSON *utterances = stored_rows(&s, NOUN_UTTERANCE, (struct store_filter){.story = story});
    cJSON *conflicts = stored_rows(&s, NOUN_CONFLICT, (struct store_filter){.story = story});
    *absences = *spans = 0;
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(document, "utterances")) {
        check_same(by_id(utterances, row_int(one, "id")), one, "absent");
        *absences += cJSON_GetArraySize(cJSON_GetObjectItem(one, "absent"));
    }
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(document, "conflicts")) {
        cJSON *row = by_id(conflicts, row_int(one, "id"));
        cJSON *at = cJSON_GetObjectItem(row, "spans")->child;
        cJSON_ArrayForEach(span, cJSON_GetObjectItem(one, "spans")) {
            check_same(at, span, "exact");
            check_same(at, span, "prefix");
            check_same(at, span, "suffix");
            at = at->next;
            ++*spans;
        }
    }
    cJSON_Delete(document);
    cJSON_Delete(utterances);
    cJSON_Delete(conflicts);
}

static int64_t number(const char *sql)
{
    struct db *db = store_read_begin(s.store, 0, NULL);
    int64_t n = db_number(db, sql, 0, -1);
    store_read_end(s.store, db);
    return n;
}

START_TEST(test_as_the_document)
{
    int absences, spans;
    check_lists(1, &absences, &spans);
    ck_assert_int_gt(absences, 0);
    ck_assert_int_gt(spans, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM utterances WHERE absent LIKE '[%'"), 0);
}
END_TEST

/* Slots are kept, others' taken; what left the story is in none of its lists. */
START_TEST(test_an_article_leaves_and_returns)
{
    struct err err = {0};
    int absences, spans, fewer;
    int64_t id = 0, article = number("SELECT id FROM articles WHERE story = 1 AND slot = 1");
    struct store_decision away = {.action = S("dismiss"), .target = S("article"), .id = article};
    check_lists(1, &absences, &spans);
    ck_assert_msg(ingest_decide(s.store, &away, &id, &err), "%s", err.message);
    check_lists(1, &fewer, &spans);
    ck_assert_int_lt(fewer, absences);
    ck_assert_msg(ingest_undo(s.store, &id, &err), "%s", err.message);
    check_lists(1, &fewer, &spans);
    ck_assert_int_eq(fewer, absences);
    ck_assert_int_eq(number("SELECT count(*) FROM articles WHERE story = 1 AND slot < 1"), 0);
    ck_assert_int_eq(number("SELECT count(*) - count(DISTINCT slot) FROM articles"), 0);
}
END_TEST

START_TEST(test_rows_of_before)
{
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    ck_assert(db_run(db,
                     "UPDATE utterance_rows SET absent = '[{\"article\":2,\"why\":\"copy\"}]';"
                     "UPDATE conflict_spans SET exact = 'e', prefix = 'p', suffix = 's';",
                     &err));
    ck_assert(store_write_end(s.store, true, CHANGED_CONTENT, &err));
    cJSON *rows = stored_rows(&s, NOUN_UTTERANCE, (struct store_filter){0});
    char *absent = cJSON_PrintUnformatted(cJSON_GetObjectItem(rows->child, "absent"));
    ck_assert_str_eq(absent, "[{\"article\":2,\"why\":\"copy\"}]");
    cJSON_free(absent);
    cJSON_Delete(rows);
    rows = stored_rows(&s, NOUN_CONFLICT, (struct store_filter){0});
    cJSON *span = cJSON_GetObjectItem(rows->child, "spans")->child;
    ck_assert_str_eq(row_text(span, "exact"), "e");
    ck_assert_str_eq(row_text(span, "prefix"), "p");
    ck_assert_str_eq(row_text(span, "suffix"), "s");
    cJSON_Delete(rows);
}
END_TEST

START_TEST(test_every_stance_is_found)
{
    static const char *const stances[] = {"support", "oppose", "conditional", "neutral"};
    static const char taken[] =
        "INSERT INTO issues (key, title, by, number) VALUES ('i', 'I', 'person', 1001), ('k', 'K',"
        " 'person', 1002);"
        "INSERT INTO stance_rows (statement, issue_number, stance_number) SELECT id, 1001,"
        " CASE id % 4 WHEN 0 THEN 0 ELSE 4 END FROM statements;"
        "INSERT INTO stance_rows (statement, issue_number, stance_number) SELECT id, 1002,"
        " CASE id % 3 WHEN 0 THEN 1 ELSE 4 END FROM statements;";
    struct err err = {0};
    int64_t found = 0;
    struct db *db = store_write_begin(s.store, &err);
    ck_assert_msg(db_run(db, taken, &err), "%s", err.message);
    ck_assert(store_write_end(s.store, true, CHANGED_CONTENT, &err));
    for (size_t i = 0; i < sizeof stances / sizeof *stances; i++) {
        struct store_filter filter = {.stance = str_of(stances[i])};
        cJSON *rows = stored_rows(&s, NOUN_STATEMENT, filter), *row;
        cJSON_ArrayForEach(row, rows)
            ck_assert_ptr_nonnull(
                row_with(cJSON_GetObjectItem(row, "positions"), "stance", stances[i]));
        found += cJSON_GetArraySize(rows);
        cJSON_Delete(rows);
    }
    ck_assert_int_eq(found, number("SELECT count(*) FROM (SELECT DISTINCT p.statement, p.stance"
                                   " FROM statement_positions p JOIN statements st ON"
                                   " st.id = p.statement WHERE st.status <> 'rejected')"));
    ck_assert_int_gt(found, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lean");
    TCase *t = tcase_create("lean");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_as_the_document);
    tcase_add_test(t, test_an_article_leaves_and_returns);
    tcase_add_test(t, test_rows_of_before);
    tcase_add_test(t, test_every_stance_is_found);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
