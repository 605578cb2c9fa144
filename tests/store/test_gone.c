/* Stores that are not what they were: replaced, deleted or emptied while open, without their
 * journal, with bytes that a disk turned. */
#include "store/db/db.h"
#include "support/stored.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct stored s;
static char other[128];

static void setup(void)
{
    struct err err = {0};
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    snprintf(other, sizeof other, "%s.other", s.path);
    ck_assert_msg(store_backup(s.store, other, &err), "%s", err.message);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static bool write_something(struct err *err)
{
    struct store_import_item item = {.name = S("a.txt"), .kind = IMPORT_BYTES, .bytes = S("text")};
    int64_t import;
    return store_import_add(s.store, &(struct store_import_batch){S("a.txt"), &item, 1}, &import,
                            err);
}

static bool read_something(struct err *err)
{
    struct store_counters n;
    nanosleep(&(struct timespec){.tv_nsec = 150000000}, NULL); /* LOOK_MS */
    return store_count(s.store, &n, err);
}

static void expect_gone(void)
{
    struct err err = {0};
    int64_t queued;
    ck_assert(!write_something(&err));
    ck_assert_msg(err.kind == ERR_IO, "%s", err.message);
    ck_assert(!read_something(&err));
    ck_assert_msg(err.kind == ERR_IO, "%s", err.message);
    ck_assert(!store_is_well(s.store, &queued, &err));
}

START_TEST(test_deleted)
{
    ck_assert_int_eq(unlink(s.path), 0);
    expect_gone();
}
END_TEST

START_TEST(test_replaced)
{
    ck_assert_int_eq(rename(other, s.path), 0);
    expect_gone();
}
END_TEST

START_TEST(test_emptied)
{
    ck_assert_int_eq(truncate(s.path, 0), 0);
    expect_gone();
}
END_TEST

START_TEST(test_new_store_deleted)
{
    stored_close(&s);
    ck_assert_int_eq(unlink(s.path), 0);
    stored_open(&s);
    ck_assert_int_eq(unlink(s.path), 0);
    expect_gone();
}
END_TEST

START_TEST(test_as_ever)
{
    struct err err = {0};
    int64_t queued;
    ck_assert(write_something(&err) && read_something(&err));
    ck_assert(store_is_well(s.store, &queued, &err));
    ck_assert_int_eq(queued, 1);
}
END_TEST

/* The lock's file is only a name: whoever deletes it lets nobody in. */
START_TEST(test_lock_deleted)
{
    char lock[128];
    snprintf(lock, sizeof lock, "%s.lock", s.path);
    ck_assert_int_eq(unlink(lock), 0);
    pid_t child = fork();
    if (child == 0) {
        struct store *store;
        struct err err = {0};
        struct store_options options = {.path = s.path};
        _exit(store_open(&options, &store, &err) ? 1 : err.kind == ERR_BUSY ? 0 : 2);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    struct err err = {0};
    ck_assert(write_something(&err));
}
END_TEST

/* Read where nothing can be written, with the journal of a program that was killed: its last writes
 * are not passed over in silence. */
START_TEST(test_journal_without_memory)
{
    char command[400], name[128];
    struct err err = {0};
    ck_assert(write_something(&err));
    snprintf(command, sizeof command,
             "cd '%s' && mkdir apart && cp '%s' apart/a.db && cp '%s-wal' apart/a.db-wal"
             " && chmod 444 apart/* && chmod 555 apart && chmod 711 .",
             s.folder, s.path, s.path);
    ck_assert_int_eq(system(command), 0);
    snprintf(name, sizeof name, "%s/apart/a.db", s.folder);
    pid_t child = fork();
    if (child == 0) {
        struct store *store;
        struct store_options options = {.path = name, .read_only = true};
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(3);
        if (store_open(&options, &store, &err))
            _exit(1);
        _exit(err.kind == ERR_IO && strstr(err.message, "journal") ? 0 : 2);
    }
    int status;
    snprintf(command, sizeof command, "chmod -R u+w '%s/apart'", s.folder);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

static void run_sql(const char *sql)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(s.path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static bool item_fails(enum store_noun noun, int64_t id, struct err *err)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json rows = row_json_make(&j);
    struct store_query query = {.noun = noun, .id = id};
    bool ok = store_item(s.store, &query, &rows.sink, err);
    buf_finish(&out);
    return !ok;
}

/* One letter turned into another: the file is sound, the words are not. */
START_TEST(test_turned_bytes)
{
    struct err err = {0};
    struct arena a = {0};
    struct buf out = {0};
    struct str findings;
    ck_assert(!item_fails(NOUN_ARTICLE, 1, &err));
    ck_assert(
        store_comparison(s.store, 1, (struct compare_form){OFFSET_CODE_POINTS, false}, &out, &err));
    run_sql("UPDATE article_versions SET text = replace(text, 'bread', 'broad')");
    run_sql("UPDATE comparisons SET document = CAST(substr(document, 1, length(document) - 9)"
            " || x'00' || substr(document, -8) AS BLOB)");
    ck_assert(item_fails(NOUN_ARTICLE, 1, &err));
    ck_assert_msg(err.kind == ERR_IO, "%s", err.message);
    ck_assert(!store_comparison(s.store, 1, (struct compare_form){OFFSET_CODE_POINTS, false}, &out,
                                &err));
    ck_assert_msg(err.kind == ERR_IO, "%s", err.message);
    ck_assert(!ingest_story(s.store, 1, &err)); /* nor is it compared */
    ck_assert(store_verify(s.store, &a, &findings, &err));
    ck_assert_msg(str_contains(findings, S("the text of article 1")) &&
                      str_contains(findings, S("the comparison of story 1")),
                  "%.*s", STR_ARG(findings));
    buf_finish(&out);
    arena_finish(&a);
}
END_TEST

/* A large store is opened at once; what is found in it meanwhile stops the writing. */
START_TEST(test_large_damaged)
{
    struct err err = {0};
    int64_t queued;
    run_sql("INSERT INTO hosts (name, robots) VALUES ('large.example', hex(zeroblob(9000000)))");
    stored_close(&s);
    stored_open(&s);
    ck_assert(s.store->looks);
    ck_assert(write_something(&err));
    stored_close(&s);
    int64_t page = 0;
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    ck_assert_int_eq(sqlite3_open(s.path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'article_mentions'", -1,
                       &q, NULL);
    ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
    page = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    int fd = open(s.path, O_WRONLY);
    ck_assert_int_eq(pwrite(fd, "damage damage damage damage", 27, 4096 * (page - 1)), 27);
    close(fd);
    stored_open(&s);
    for (int i = 0; i < 500 && !atomic_load(&s.store->damaged); i++)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    ck_assert(!write_something(&err));
    ck_assert_msg(err.kind == ERR_IO, "%s", err.message);
    ck_assert(!store_is_well(s.store, &queued, &err));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gone");
    TCase *t = tcase_create("gone");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_deleted);
    tcase_add_test(t, test_replaced);
    tcase_add_test(t, test_emptied);
    tcase_add_test(t, test_new_store_deleted);
    tcase_add_test(t, test_as_ever);
    tcase_add_test(t, test_lock_deleted);
    tcase_add_test(t, test_journal_without_memory);
    tcase_add_test(t, test_turned_bytes);
    tcase_add_test(t, test_large_damaged);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
