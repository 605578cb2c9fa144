/* A database server that will not as the store wants: every case has its kind and a sentence for
 * people, and nothing is lost. Runs beside support/postgres.sh alone. */
#include "store/db/db.h"
#include "support/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static void run(const char *sql)
{
    struct err err = {0};
    ck_assert_msg(s.store->engine->run(s.store->writer.link, sql, &err), "%s: %s", sql,
                  err.message);
}

/* What is no SQL of the store's. */
static void administer(const char *sql)
{
    char command[640], host[64];
    snprintf(host, sizeof host, "%.*s", (int)strcspn(strstr(s.path, "host=") + 5, "&"),
             strstr(s.path, "host=") + 5);
    snprintf(command, sizeof command, "psql -q -h '%s' -c \"%s\"", host, sql);
    ck_assert_int_eq(system(command), 0);
}

/* Opening fails so. */
static void open_fails(const char *where, enum err_kind kind, const char *says)
{
    struct err err = {0};
    struct store *store = NULL;
    struct store_options options = {.path = where};
    ck_assert(!store_open(&options, &store, &err));
    ck_assert_msg(err.kind == kind && strstr(err.message, says), "%s: %s: %s", where,
                  err_name(err.kind), err.message);
    ck_assert_msg(!strstr(err.message, "sesame"), "%s", err.message); /* no password is told */
}

START_TEST(test_addresses)
{
    char where[160];
    const char *host = strstr(getenv("TEST_STORE"), "host=");
    open_fails("postgres://nobody:sesame@127.0.0.1:1/news", ERR_BUSY, "cannot be reached");
    open_fails("postgres:///news?host=/nowhere&password=sesame", ERR_BUSY, "cannot be reached");
    snprintf(where, sizeof where, "postgres:///nosuch?%s", host);
    open_fails(where, ERR_MISSING, "there is no such database");
    snprintf(where, sizeof where, "postgres://nosuch:sesame@/postgres?%s", host);
    open_fails(where, ERR_IO, "does not let this user in");
    snprintf(where, sizeof where, "%s&schema=a\"b", getenv("TEST_STORE"));
    open_fails(where, ERR_USAGE, "schema");
    open_fails("postgres://?sesame", ERR_USAGE, "postgres://USER");
    struct err err = {0};
    struct store *store = NULL;
    snprintf(where, sizeof where, "%s&schema=not_there", getenv("TEST_STORE"));
    struct store_options options = {.path = where, .read_only = true};
    ck_assert(!store_open(&options, &store, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
}
END_TEST

START_TEST(test_other_schemas)
{
    char schema[64];
    snprintf(schema, sizeof schema, "%s", strstr(s.path, "schema=") + 7);
    run("UPDATE engine_marks SET version = 9999");
    open_fails(s.path, ERR_UNSUPPORTED, "newer synoptic");
    run("DROP TABLE engine_marks");
    open_fails(s.path, ERR_UNSUPPORTED, "not a synoptic store"); /* somebody else's tables */
}
END_TEST

static bool add_article(struct err *err)
{
    int64_t id = 0, story = 0;
    struct store_article article = {.title = S("Talks"), .text = S("The talks began.")};
    return store_article_save(s.store, &article, &id, &story, err);
}

static void count_is(int64_t n)
{
    struct store_counters counters = {0};
    struct err err = {0};
    ck_assert_msg(store_count(s.store, &counters, &err), "%s", err.message);
    ck_assert_int_eq(counters.articles, n);
}

/* The database turns read-only while it is in use, as a primary does that was demoted. */
START_TEST(test_read_only)
{
    struct err err = {0};
    run("SET default_transaction_read_only = on");
    ck_assert(!add_article(&err));
    ck_assert_msg(err.kind == ERR_READ_ONLY, "%s: %s", err_name(err.kind), err.message);
    count_is(0);
    run("SET default_transaction_read_only = off");
    ck_assert_msg(add_article(&err), "%s", err.message);
    count_is(1);
}
END_TEST

/* A user who may look but not touch; one who may connect once only. */
START_TEST(test_rights)
{
    char where[160], sql[512];
    const char *schema = strstr(s.path, "schema=") + 7, *host = strstr(s.path, "host=");
    struct err err = {0};
    struct store *reader = NULL;
    snprintf(sql, sizeof sql,
             "CREATE ROLE looker_%s LOGIN; GRANT USAGE ON SCHEMA %s TO looker_%s;"
             "GRANT SELECT ON ALL TABLES IN SCHEMA %s TO looker_%s;"
             "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %s TO looker_%s",
             schema, schema, schema, schema, schema, schema, schema);
    ck_assert_msg(add_article(&err), "%s", err.message);
    administer(sql);
    snprintf(where, sizeof where, "postgres://looker_%s@/postgres?%s", schema, host);
    open_fails(where, ERR_IO, "does not let this user do that");
    struct store_options options = {.path = where, .read_only = true};
    ck_assert_msg(store_open(&options, &reader, &err), "%s", err.message);
    struct store_counters counters = {0};
    ck_assert_msg(store_count(reader, &counters, &err), "%s", err.message);
    ck_assert_int_eq(counters.articles, 1);
    store_close(reader);
    snprintf(sql, sizeof sql, "ALTER ROLE looker_%s CONNECTION LIMIT 0", schema);
    administer(sql);
    open_fails(where, ERR_BUSY, "takes no more connections");
}
END_TEST

/* What takes too long is stopped, and the connection goes on. */
START_TEST(test_too_long)
{
    struct err err = {0};
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    struct db *db = store_read_begin(s.store, 200, &err);
    struct query q = query_begin(db, "SELECT count(*) FROM generate_series(1, 1000000000)");
    ck_assert(!query_step(&q));
    ck_assert(!query_end(&q, &err));
    ck_assert_msg(err.kind == ERR_TIMEOUT, "%s", err.message);
    store_read_end(s.store, db);
    clock_gettime(CLOCK_MONOTONIC, &to);
    ck_assert_int_lt(to.tv_sec - from.tv_sec, 10);
    count_is(0);
}
END_TEST

/* PostgreSQL keeps no zero bytes in texts; what comes of a page has none. */
START_TEST(test_zero_bytes)
{
    struct err err = {0};
    int64_t id = 0, story = 0;
    struct store_article article = {.title = S("Ta\0lks"), .text = S("The talks began.")};
    ck_assert(!store_article_save(s.store, &article, &id, &story, &err));
    ck_assert_msg(err.kind == ERR_INVALID, "%s: %s", err_name(err.kind), err.message);
    ck_assert_msg(add_article(&err), "%s", err.message);
    count_is(1);
}
END_TEST

START_TEST(test_copies)
{
    struct err err = {0};
    ck_assert(!store_backup(s.store, "/tmp/none", &err));
    ck_assert(err.kind == ERR_UNSUPPORTED && strstr(err.message, "pg_dump"));
    ck_assert(!store_restore("/tmp/none", s.path, &err));
    ck_assert(err.kind == ERR_UNSUPPORTED && strstr(err.message, "pg_restore"));
}
END_TEST

int main(void)
{
    if (address_is_file()) {
        puts("skipped: PostgreSQL is not running");
        return 0;
    }
    Suite *suite = suite_create("server");
    TCase *t = tcase_create("server");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_addresses);
    tcase_add_test(t, test_other_schemas);
    tcase_add_test(t, test_read_only);
    tcase_add_test(t, test_rights);
    tcase_add_test(t, test_too_long);
    tcase_add_test(t, test_zero_bytes);
    tcase_add_test(t, test_copies);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
