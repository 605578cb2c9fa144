/* The seam below the store (store/engine.h) and what rests on it: mistakes in queries, numbers that
 * several programs agree on, and an engine beside SQLite. */
#include "store/db/db.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"
#include "support/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static int64_t keep_article(struct store *store, const char *text)
{
    struct err err = {0};
    int64_t id = 0, story = 0;
    struct store_article article = {.title = S("Talks"), .text = str_of(text)};
    ck_assert_msg(store_article_save(store, &article, &id, &story, &err), "%s", err.message);
    return story;
}

/* ------------------------------------------------------------------------------------- mistakes */

START_TEST(test_unknown_parameter)
{
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    struct query q = query_begin(db, "DELETE FROM articles WHERE id = :id OR :other IS NULL");
    query_int(&q, ":id", 1);
    query_int(&q, ":othr", 1);
    ck_assert(!query_do(&q, &err));
    ck_assert_int_eq(err.kind, ERR_INTERNAL);
    ck_assert_msg(strstr(err.message, ":othr"), "%s", err.message);
    store_write_end(s.store, false, CHANGED_NOTHING, NULL);
}
END_TEST

/* Addresses as people may read them. */
START_TEST(test_said)
{
    static const char *const cases[][2] = {
        {"news.db", "news.db"},
        {"postgres://desk:sesame@host/news", "postgres://desk:***@host/news"},
        {"postgres://desk:ses?ame@host", "postgres://desk:***@host"},
        {"postgres://desk@host:5433/news", "postgres://desk@host:5433/news"},
        {"postgres:///news?host=a@b&password=sesame&schema=x",
         "postgres:///news?host=a@b&password=***&schema=x"},
        {"postgres://host/?sslpassword=sesame", "postgres://host/?sslpassword=***"}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(store_said(&a, cases[i][0]).p, cases[i][1]);
    arena_finish(&a);
}
END_TEST

START_TEST(test_full_cache)
{
    static char literals[STATEMENT_SLOTS + 1][16];
    struct err err = {0};
    struct db *db = store_read_begin(s.store, 0, &err);
    size_t n = 0;
    for (bool ok = true; ok && n <= STATEMENT_SLOTS; n++) {
        strcpy(literals[n], "SELECT 1");
        struct query q = query_begin(db, literals[n]);
        ok = query_do(&q, &err);
    }
    ck_assert_uint_le(n, STATEMENT_SLOTS + 1);
    ck_assert_int_eq(err.kind, ERR_INTERNAL);
    struct query q = query_begin(db, literals[0]); /* those that have a place keep it */
    ck_assert(query_step(&q));
    ck_assert(query_end(&q, &err));
    store_read_end(s.store, db);
}
END_TEST

/* -------------------------------------------------------------------------------- shared numbers
 */

/* A reader beside the program that writes sees its revisions. */
START_TEST(test_revisions_beside)
{
    struct store *reader = NULL;
    struct err err = {0};
    struct store_options options = {.path = s.path, .read_only = true};
    ck_assert_msg(store_open(&options, &reader, &err), "%s", err.message);
    uint64_t before = store_revision(reader).content;
    ck_assert_uint_eq(before, store_revision(s.store).content);
    keep_article(s.store, "The talks began.");
    ck_assert_uint_eq(store_revision(reader).content, before + 1);
    ck_assert_uint_eq(store_revision(s.store).content, before + 1);
    store_close(reader);
}
END_TEST

static int64_t next_ids(size_t n)
{
    struct err err = {0};
    int64_t first = 0;
    ck_assert_msg(store_statement_ids(s.store, n, &first, &err), "%s", err.message);
    return first;
}

/* Ids are noted before they are given out; what was reserved in vain goes back. */
START_TEST(test_statement_ids)
{
    struct err err = {0};
    struct db *db;
    ck_assert_int_eq(next_ids(3), 1);
    ck_assert_int_eq(next_ids(1), 4);
    db = store_read_begin(s.store, 0, &err);
    ck_assert_int_ge(db_number(db, "SELECT value FROM state WHERE name = 'statement'", 0, 0), 4);
    store_read_end(s.store, db);
    stored_close(&s);
    stored_open(&s);
    ck_assert_int_eq(next_ids(5000), 5); /* more than are reserved at once */
    ck_assert_int_eq(next_ids(1), 5005);
    db = store_write_begin(s.store, &err);
    int64_t decided = shared_statement_id(db);
    ck_assert(store_write_end(s.store, true, CHANGED_NOTHING, &err));
    ck_assert_int_gt(decided, 5005);
    int64_t first = next_ids(2000);
    ck_assert(first > decided || first + 2000 <= decided);
}
END_TEST

/* Those of a batch that is taken back may be given out again, but only then. */
START_TEST(test_ids_in_batch)
{
    struct err err = {0};
    int64_t before = next_ids(1);
    ck_assert(store_batch_begin(s.store, &err));
    int64_t within = next_ids(10);
    ck_assert(store_batch_end(s.store, false, &err) == false);
    ck_assert_int_gt(within, before);
    ck_assert_int_eq(next_ids(1), before + 1);
}
END_TEST

/* ------------------------------------------------------------------------------- another engine */

static int claims, refusals;

static bool claim(struct engine_link *link, int64_t story, bool take)
{
    ck_assert(link != NULL && story != 0);
    if (story < 0) /* a program's number */
        return true;
    if (take && refusals-- > 0)
        return false;
    claims += take ? 1 : -1;
    return true;
}

static struct str last_scheme;

static bool open_other(const char *where, enum engine_access access, struct engine_link **out,
                       struct err *err)
{
    last_scheme = str_of("other:");
    ck_assert(strncmp(where, "other:", 6) == 0);
    return sqlite_engine.open(where + 6, access, out, err);
}

static bool may_write_other(const char *where)
{
    return sqlite_engine.may_write(where + 6);
}

/* SQLite under another address, as if several programs wrote to it. */
static struct store *open_shared(void)
{
    static struct engine other;
    char where[ADDRESS_SIZE + 8];
    struct store *store = NULL;
    struct err err = {0};
    other = sqlite_engine;
    other.schemes = "other:";
    other.one_writer = false;
    other.open = open_other;
    other.may_write = may_write_other;
    other.claim = claim;
    snprintf(where, sizeof where, "other:%s", s.path);
    struct store_options options = {.path = where};
    ck_assert_msg(store_open_with(&other, &options, &store, &err), "%s", err.message);
    return store;
}

START_TEST(test_other_engine)
{
    struct err err = {0};
    stored_close(&s);
    s.store = open_shared();
    ck_str_is(last_scheme, "other:");
    claims = 0;
    refusals = 2;
    int64_t story = keep_article(s.store, "“We agree,” said Robert Miller, the mayor.");
    ck_assert_msg(ingest_story(s.store, story, &err), "%s", err.message);
    ck_assert_int_eq(refusals, -1); /* asked until nobody else had it */
    ck_assert_int_eq(claims, 0);    /* and returned */
    uint64_t before = store_revision(s.store).content;
    struct db *db = store_write_begin(s.store, &err);
    ck_assert(db_run(db, "UPDATE state SET value = value + 5 WHERE name = 'revision'", &err));
    ck_assert(store_write_end(s.store, true, CHANGED_NOTHING, &err)); /* as another would */
    ck_assert_uint_eq(store_revision(s.store).content, before + 5);
}
END_TEST

START_TEST(test_engine_for)
{
    ck_assert_ptr_eq(engine_for("/tmp/a.db"), &sqlite_engine);
    ck_assert_ptr_eq(engine_for(""), &sqlite_engine);
    ck_assert_ptr_eq(engine_for("postgres.db"), &sqlite_engine);
    ck_assert_ptr_eq(engine_for("postgres://host/news"), &postgres_engine);
    ck_assert_ptr_eq(engine_for("postgresql:///news"), &postgres_engine);
}
END_TEST

/* ---------------------------------------------------------------------------------------- undoing
 */

static void fill_stories(int n)
{
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    bool ok = db_run(
        db, "INSERT INTO actors (key, name, kind, number) VALUES ('a', 'A', 'person', 1)", &err);
    for (int i = 0; ok && i < n; i++)
        ok = db_run(db,
                    "INSERT INTO stories (created, updated, articles) VALUES ('', '', 1);"
                    "INSERT INTO story_actor_rows (story, actor_number, statements, articles)"
                    " VALUES (last_insert_rowid(), 1, 1, 1)",
                    &err);
    ck_assert_msg(store_write_end(s.store, ok, CHANGED_CONTENT, &err), "%s", err.message);
}

/* Every story that a decision touched is touched by its undoing. */
START_TEST(test_undo_reaches_all)
{
    struct err err = {0};
    struct arena a = {0};
    struct store_touched touched;
    cJSON *value = cJSON_Parse("{\"name\":\"B\"}");
    struct store_decision d = {
        .action = S("edit"), .target = S("actor"), .key = S("a"), .value = value};
    int64_t id = 0;
    fill_stories(300);
    ck_assert_msg(store_decide(s.store, &d, &id, &err), "%s", err.message);
    ck_assert_msg(store_undo(s.store, &id, &err), "%s", err.message);
    ck_assert(store_decision_stories(s.store, &a, id, &touched, &err));
    ck_assert_uint_eq(touched.n, 300);
    cJSON_Delete(value);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("engine");
    TCase *t = tcase_create("engine");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_unknown_parameter);
    tcase_add_test(t, test_said);
    tcase_add_test(t, test_full_cache);
    tcase_add_test(t, test_revisions_beside);
    tcase_add_test(t, test_statement_ids);
    tcase_add_test(t, test_ids_in_batch);
    if (address_is_file())
        tcase_add_test(t, test_other_engine);
    tcase_add_test(t, test_engine_for);
    tcase_add_test(t, test_undo_reaches_all);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
