/* Putting a backup in the store's place: nothing is lost on the way, whatever happens. */
#include "store/db/db.h"
#include "store/engine.h"
#include "support/earlier.h"
#include "support/stored.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct stored s;
static char copy[128];

static void setup(void)
{
    struct err err = {0};
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    snprintf(copy, sizeof copy, "%s.copy", s.path);
    ck_assert_msg(store_backup(s.store, copy, &err), "%s", err.message);
    stored_close(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static bool is_there(const char *behind)
{
    char name[160];
    snprintf(name, sizeof name, "%s%s", s.path, behind);
    return access(name, F_OK) == 0;
}

static void restore(void)
{
    struct err err = {0};
    ck_assert_msg(store_restore(copy, s.path, &err), "%s", err.message);
}

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static int64_t number_in(const char *behind, const char *sql)
{
    char name[160];
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    snprintf(name, sizeof name, "%s%s", s.path, behind);
    ck_assert_int_eq(sqlite3_open(name, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return n;
}

#define N_ARTICLES "SELECT count(*) FROM articles"

/* The last steps taken back: as the program's own backup before that step has it. */
START_TEST(test_older_schema)
{
    for (size_t i = 0; i < sizeof numbers_taken_back / sizeof *numbers_taken_back; i++)
        run_sql(copy, numbers_taken_back[i]);
    run_sql(
        copy,
        "ALTER TABLE import_items DROP COLUMN worker; ALTER TABLE hosts DROP COLUMN worker;"
        "ALTER TABLE watches DROP COLUMN worker;"
        "DROP INDEX articles_story; ALTER TABLE articles DROP COLUMN slot;"
        "ALTER TABLE articles DROP COLUMN rank; CREATE INDEX articles_story ON articles (story);"
        "DROP TABLE import_bytes; ALTER TABLE import_items ADD COLUMN bytes BLOB;"
        "DROP TABLE hook_calls; DROP TABLE hooks; DROP VIEW v_article; DROP VIEW v_statement;"
        "DROP VIEW v_stance; DROP VIEW v_position; DROP VIEW v_mention;"
        "DROP INDEX positions_changed;"
        "DROP TABLE article_heads; DROP INDEX outlets_found; DROP INDEX outlets_part_of;"
        " DROP INDEX articles_outlet_named; DROP INDEX decisions_kind; DROP INDEX decisions_by;"
        " DROP INDEX story_names_text; ALTER TABLE outlets DROP COLUMN found;"
        " ALTER TABLE outlets DROP COLUMN part_of; ALTER TABLE articles DROP COLUMN outlet_named;"
        "DROP INDEX statements_decided; DROP INDEX statement_positions_stance;"
        "DROP INDEX articles_outlet_id; DROP TABLE comparisons;"
        "DROP TABLE codings; DROP TABLE sample_statements; DROP TABLE sample_strata;"
        "DROP TABLE samples;"
        "CREATE TABLE comparisons (story INTEGER PRIMARY KEY, document TEXT NOT NULL,"
        " utf16 TEXT) STRICT;"
        "DROP INDEX statements_review; DROP INDEX IF EXISTS statements_review_story;"
        "DROP INDEX decisions_key; ALTER TABLE statements DROP COLUMN worth;"
        "ALTER TABLE decisions DROP COLUMN by;"
        "ALTER TABLE decisions DROP COLUMN revision;"
        "ALTER TABLE import_items DROP COLUMN deaths;"
        "ALTER TABLE stories DROP COLUMN deaths;"
        "DROP INDEX import_items_running;"
        "CREATE INDEX import_items_running ON import_items (id) WHERE status = 'running';"
        "PRAGMA user_version = 15");
    run_sql(s.path, "DELETE FROM article_versions; DELETE FROM statement_rows");
    restore();
    ck_assert(!is_there(".restored") && !is_there(".restored.lock") &&
              !is_there(".restored.before-006") && !is_there(".restored-wal"));
    ck_assert_int_eq(number_in(".copy", "SELECT user_version FROM pragma_user_version"), 15);
    stored_open(&s);
    ck_assert_int_eq(db_number(&s.store->writer, "SELECT count(*) FROM article_versions", 0, 0), 3);
    stored_verify(&s);
    stored_close(&s);
}
END_TEST

START_TEST(test_keepsakes)
{
    run_sql(s.path, "UPDATE articles SET title = 'first'");
    restore();
    run_sql(s.path, "UPDATE articles SET title = 'second'");
    restore();
    ck_assert_int_eq(number_in(".before-restore", N_ARTICLES " WHERE title = 'first'"), 3);
    ck_assert_int_eq(number_in(".before-restore-2", N_ARTICLES " WHERE title = 'second'"), 3);
    ck_assert_int_eq(number_in("", N_ARTICLES " WHERE title IN ('first', 'second')"), 0);
}
END_TEST

/* What stands in the journal only, since a program was killed, is kept with the old store. */
START_TEST(test_journal_is_kept)
{
    pid_t child = fork();
    if (child == 0) {
        stored_open(&s);
        struct err err = {0};
        struct db *db = store_write_begin(s.store, &err);
        bool ok = db && db_run(db, "UPDATE articles SET title = 'killed'", &err);
        _exit(store_write_end(s.store, ok, CHANGED_CONTENT, &err) ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert(is_there("-wal"));
    restore();
    ck_assert(!is_there("-wal"));
    ck_assert_int_eq(number_in(".before-restore", N_ARTICLES " WHERE title = 'killed'"), 3);
    ck_assert_int_eq(number_in("", N_ARTICLES " WHERE title = 'killed'"), 0);
}
END_TEST

static struct err while_restoring;
static int looked, missing;

/* Somebody starts a server while the copy is made ready. */
static bool open_meanwhile(const char *fresh, struct err *err)
{
    struct store *store = NULL;
    struct store_options options = {.path = s.path};
    (void)fresh, (void)err;
    ck_assert(!store_open(&options, &store, &while_restoring));
    return true;
}

START_TEST(test_nobody_begins_meanwhile)
{
    struct err err = {0};
    ck_assert_msg(engine_for(s.path)->restore(copy, s.path, open_meanwhile, &err), "%s",
                  err.message);
    ck_assert_int_eq(while_restoring.kind, ERR_BUSY);
}
END_TEST

static void *look_on(void *stop)
{
    while (!atomic_load((atomic_bool *)stop)) {
        looked++;
        missing += access(s.path, F_OK) != 0;
    }
    return NULL;
}

START_TEST(test_store_is_always_there)
{
    atomic_bool stop = false;
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, look_on, &stop), 0);
    for (int i = 0; i < 5; i++)
        restore();
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    ck_assert_int_gt(looked, 100);
    ck_assert_int_eq(missing, 0);
}
END_TEST

/* Where a restore was broken off without a store, no empty one is begun. */
START_TEST(test_broken_off)
{
    struct err err = {0};
    char fresh[160];
    snprintf(fresh, sizeof fresh, "%s.restored", s.path);
    ck_assert_int_eq(rename(s.path, fresh), 0);
    struct store_options options = {.path = s.path};
    ck_assert(!store_open(&options, &s.store, &err));
    ck_assert_msg(err.kind == ERR_IO, "%s", err.message);
    ck_assert(!is_there("") && is_there(".restored"));
    restore();
    ck_assert_int_eq(number_in("", N_ARTICLES), 3);
}
END_TEST

/* A store that is damaged is no reason not to restore. */
START_TEST(test_damaged_store)
{
    int fd = open(s.path, O_WRONLY);
    ck_assert_int_eq(pwrite(fd, "damage damage damage damage", 27, 20), 27);
    close(fd);
    restore();
    ck_assert(is_there(".before-restore"));
    ck_assert_int_eq(number_in("", N_ARTICLES), 3);
    ck_assert_int_eq(truncate(s.path, 0), 0);
    restore();
    ck_assert_int_eq(number_in("", N_ARTICLES), 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("restore");
    TCase *t = tcase_create("restore");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_older_schema);
    tcase_add_test(t, test_keepsakes);
    tcase_add_test(t, test_journal_is_kept);
    tcase_add_test(t, test_nobody_begins_meanwhile);
    tcase_add_test(t, test_store_is_always_there);
    tcase_add_test(t, test_broken_off);
    tcase_add_test(t, test_damaged_store);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
