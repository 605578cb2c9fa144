/* The schema and its queries: everything commented, nothing scanned. */
#include "store/list/list.h"
#include "support/stored.h"

#include <stdio.h>

/* Each table and each column of the schema says what it is for. */
START_TEST(test_schema_comments)
{
    for (const struct embedded *step = assets_schema; step->key; step++) {
        struct str rest = step->bytes, line, before = {0};
        bool inside = false;
        while (str_split(&rest, '\n', &line)) {
            if (str_starts(line, S("CREATE TABLE")) || str_starts(line, S("CREATE VIRTUAL")))
                ck_assert_msg(str_starts(before, S("-- ")), "%.*s", STR_ARG(line));
            bool column =
                inside && str_starts(line, S("    ")) && line.p[4] >= 'a' && line.p[4] <= 'z';
            if (column)
                ck_assert_msg(str_contains(line, S(" -- ")), "%.*s", STR_ARG(line));
            if (str_starts(line, S("CREATE TABLE")))
                inside = true;
            else if (str_starts(line, S(")")))
                inside = false;
            before = line;
        }
    }
}
END_TEST

/* SQLite 3.40's quick check misreads tables without rowid whose key is not their first columns in
 * their order: there are to be none. */
START_TEST(test_key_order)
{
    struct stored s;
    stored_setup(&s);
    int64_t wrong =
        db_number(&s.store->writer,
                  "SELECT count(*) FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
                  " WHERE t.wr AND c.pk > 0 AND c.pk <> c.cid + 1",
                  0, -1);
    ck_assert_int_eq(wrong, 0);
    stored_teardown(&s);
}
END_TEST

/* Rows that stand in a subquery of the literal itself, functions, and counts of small tables. */
static bool may_scan(struct str detail)
{
    static const char *const allowed[] = {
        "json_each", "VIRTUAL TABLE", "CONSTANT ROW", "SCAN b", "SCAN h", "SCAN n", "SCAN e",
        "SCAN c",    "SCAN node",     "SCAN edge",    "SCAN (", "SCAN l", "SCAN r", "SUBQUERY"};
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (str_contains(detail, str_of(allowed[i])))
            return true;
    return str_contains(detail, S("USING"));
}

static void check_plan(struct db *db, const char *sql, const char *what)
{
    struct buf explain = {0};
    struct engine_statement *plan = NULL;
    buf_fmt(&explain, "EXPLAIN QUERY PLAN %s", sql);
    ck_assert_int_eq(db->engine->prepare(db->link, explain.p, &plan), 0);
    while (db->engine->step(plan) == ENGINE_ROW) {
        struct str detail = db->engine->column(plan, 3, ENGINE_TEXT).text;
        if (str_starts(detail, S("SCAN ")))
            ck_assert_msg(may_scan(detail), "%s: %.*s\n%s", what, STR_ARG(detail), sql);
    }
    db->engine->finish(plan);
    buf_finish(&explain);
}

/* No list goes through a whole table: not for a page, not for an item. (Counting does, once.) */
START_TEST(test_plans)
{
    const struct store_filter filters[] = {{0},
                                           {.story = 1},
                                           {.article = 1},
                                           {.utterance = 1},
                                           {.import = 1},
                                           {.outlet = S("1")},
                                           {.actor = S("a")},
                                           {.issue = S("i")},
                                           {.type = S("articles")},
                                           {.type = S("statements")}};
    struct stored s;
    stored_setup(&s);
    for (int noun = 0; noun < NOUN_COUNT; noun++)
        for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
            struct store_query query = {.noun = (enum store_noun)noun, .filter = filters[i]};
            struct noun_sql sql = noun_sql_for(s.store->engine, &query);
            char what[40];
            bool network = noun == NOUN_NODE || noun == NOUN_EDGE;
            snprintf(what, sizeof what, "noun %d, filter %zu", noun, i);
            if (network && !filters[i].story) /* the network of everything is what it says */
                continue;
            check_plan(&s.store->writer, sql.list, what);
            if (sql.item)
                check_plan(&s.store->writer, sql.item, what);
        }
    stored_teardown(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schema");
    TCase *t = tcase_create("schema");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_schema_comments);
    tcase_add_test(t, test_key_order);
    tcase_add_test(t, test_plans);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
