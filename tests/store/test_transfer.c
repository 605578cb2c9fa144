/* Stores copied into others (store/transfer): every row, whatever breaks off in between; from and
 * to PostgreSQL beside support/postgres.sh, else from file to file. */
#include "store/db/db.h"
#include "store/transfer/tables.h"
#include "support/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct stored s;
static char other[ADDRESS_SIZE], third[96];

static void setup(void)
{
    char name[80];
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    snprintf(name, sizeof name, "%s/other", s.folder);
    if (address_is_file())
        snprintf(other, sizeof other, "%s.db", name);
    else
        snprintf(other, sizeof other, "%s", address_in(name));
    snprintf(third, sizeof third, "%s/third.db", s.folder);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static int64_t copy(const char *from, const char *to)
{
    struct err err = {0};
    struct store_transfer how = {0};
    ck_assert_msg(store_transfer(from, to, &how, &err), "%s", err.message);
    return how.rows;
}

static struct buf statements_of(const char *where)
{
    struct store *store = NULL;
    struct err err = {0};
    struct buf out = {0};
    struct store_options options = {.path = where, .read_only = true};
    struct store_query query = {.noun = NOUN_STATEMENT};
    struct row_ndjson rows = row_ndjson_make(&out);
    ck_assert_msg(store_open(&options, &store, &err), "%s", err.message);
    ck_assert(store_list_all(store, &query, &rows.sink, &err));
    store_close(store);
    return out;
}

static void check_same(const char *where)
{
    struct buf a = statements_of(s.path), b = statements_of(where);
    ck_assert_uint_gt(a.n, 1000);
    ck_assert(str_eq(buf_str(&a), buf_str(&b)));
    buf_finish(&a);
    buf_finish(&b);
}

/* There and back; the copy is a store that goes on. */
START_TEST(test_both_ways)
{
    int64_t rows = copy(s.path, other);
    ck_assert_int_gt(rows, 100);
    check_same(other);
    ck_assert_int_eq(copy(other, third), rows);
    check_same(third);
    stored_close(&s);
    snprintf(s.path, sizeof s.path, "%s", other);
    stored_open(&s);
    stored_import(&s, "data/desk");
    stored_verify(&s);
}
END_TEST

static const char *stop_in; /* behind the first rows of that table */

static void stop(void *to, struct str table, int64_t rows)
{
    (void)to;
    (void)rows;
    if (str_eq(table, str_of(stop_in)))
        _exit(0);
}

START_TEST(test_broken_off)
{
    struct err err = {0};
    static const char *const tables[] = {"outlets", "articles", "article_versions",
                                         "statement_rows", "conflict_spans"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        stop_in = tables[i];
        pid_t child = fork();
        if (child == 0) {
            struct store_transfer how = {.say = stop};
            _exit(store_transfer(s.path, other, &how, NULL) ? 2 : 3);
        }
        int status = 0;
        waitpid(child, &status, 0);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%d", status);
    }
    copy(s.path, other);
    check_same(other);
    struct store_transfer how = {0};
    ck_assert(!store_transfer(s.path, other, &how, &err)); /* it is a store of its own now */
    ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

/* A source that goes on changing is noticed. */
START_TEST(test_changed_meanwhile)
{
    struct err err = {0};
    pid_t child = fork();
    if (child == 0) {
        struct store_transfer how = {.say = stop};
        stop_in = "statement_rows";
        _exit(store_transfer(s.path, other, &how, NULL) ? 2 : 3);
    }
    waitpid(child, NULL, 0);
    struct db *db = store_write_begin(s.store, &err);
    ck_assert(db_run(db, "UPDATE articles SET byline = 'somebody else'", &err));
    ck_assert(store_write_end(s.store, true, CHANGED_CONTENT, &err));
    struct store_transfer how = {0};
    ck_assert(!store_transfer(s.path, other, &how, &err));
    ck_assert_msg(err.kind == ERR_CONFLICT && strstr(err.message, "articles differs in byline"),
                  "%s", err.message);
}
END_TEST

/* Every table that is there, each behind those that it refers to. */
START_TEST(test_tables)
{
    struct arena a = {0};
    struct tables t;
    tables_read(&a, assets_schema, &t);
    struct db *db = store_read_begin(s.store, 0, NULL);
    if (address_is_file())
        ck_assert_int_eq(
            db_number(db,
                      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE"
                      " 'sqlite%' AND name NOT LIKE '%\\_search%' ESCAPE '\\'",
                      0, 0),
            (int64_t)t.n);
    store_read_end(s.store, db);
    for (size_t i = 0; i < t.n; i++) {
        ck_assert_msg(t.v[i].n_keys > 0, "%.*s", STR_ARG(t.v[i].name));
        for (size_t k = 0; k < t.v[i].n_refers; k++)
            for (size_t j = i + 1; j < t.n; j++)
                ck_assert(!str_eq(t.v[i].refers[k], t.v[j].name));
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("transfer");
    TCase *t = tcase_create("transfer");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_both_ways);
    tcase_add_test(t, test_broken_off);
    tcase_add_test(t, test_changed_meanwhile);
    tcase_add_test(t, test_tables);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
