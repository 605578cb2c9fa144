/* The computer's clock jumps, by a year forth and two back: what runs goes on, what waits for a
 * time is not left waiting, what persons decided keeps its order. The clock is this program's own.
 */
#include "store/db/db.h"
#include "store/watch.h"
#include "support/stored.h"

#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { YEAR = 365 * 86400 };

static struct stored s;
static _Atomic int64_t ahead; /* seconds */

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int code = (int)syscall(SYS_clock_gettime, clock, now);
    if (code == 0 && clock == CLOCK_REALTIME)
        now->tv_sec += atomic_load(&ahead);
    return code;
}

time_t time(time_t *now)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (now)
        *now = at.tv_sec;
    return at.tv_sec;
}

static void setup(void)
{
    atomic_store(&ahead, 0);
    stored_setup(&s);
}

static void teardown(void)
{
    stored_verify(&s);
    stored_teardown(&s);
}

static int64_t number(const char *sql)
{
    struct db *db = store_read_begin(s.store, 0, NULL);
    int64_t n = db_number(db, sql, 0, -1);
    store_read_end(s.store, db);
    return n;
}

static void submit(const char *words)
{
    struct err err = {0};
    int64_t import = 0;
    struct store_import_item item = {
        .kind = IMPORT_BYTES, .name = S("report"), .page_type = S("text"), .bytes = str_of(words)};
    ck_assert_msg(ingest_submit_items(s.store,
                                      &(struct store_import_batch){S("a report"), &item, 1},
                                      &import, &err),
                  "%s", err.message);
}

/* Nobody wakes the worker: it looks by itself, every second. */
static bool is_read_in_time(int64_t articles)
{
    for (int i = 0; i < 200; i++) {
        if (number("SELECT count(*) FROM articles") == articles)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    return false;
}

START_TEST(test_the_worker_goes_on)
{
    static const char *const reports[] = {"Ferry late\n\nThe ferry to Holm was late.",
                                          "Bread dear\n\nBread costs more in Vik."};
    static const int64_t jumps[] = {YEAR, -YEAR};
    struct worker *worker = NULL;
    ck_assert(worker_start(s.store, NULL, &worker, NULL));
    for (size_t i = 0; i < 2; i++) {
        atomic_store(&ahead, jumps[i]);
        nanosleep(&(struct timespec){.tv_sec = 2}, NULL); /* it rests by the new time now */
        submit(reports[i]);
        ck_assert_msg(is_read_in_time((int64_t)i + 1), "jump %zu", i);
    }
    ck_assert(worker_stop(worker, 20));
}
END_TEST

static void put_item(const char *host, int64_t closed)
{
    struct err err = {0};
    char sql[600];
    struct db *db = store_write_begin(s.store, &err);
    snprintf(
        sql, sizeof sql,
        "INSERT INTO imports (id, what, status, total, created) VALUES (1, 'x', 'queued', 1, '')"
        " ON CONFLICT DO NOTHING;"
        "INSERT INTO hosts (name, ready, closed) VALUES ('%s', %lld, %lld);"
        "INSERT INTO import_items (import, name, kind, url, host, polite) VALUES (1, 'x', 'url',"
        " 'https://%s/', '%s', 1);",
        host, (long long)closed, (long long)closed, host, host);
    ck_assert_msg(db_run(db, sql, &err), "%s", err.message);
    ck_assert(store_write_end(s.store, true, CHANGED_IMPORTS, &err));
}

static int64_t taken(void)
{
    struct arena a = {0};
    struct store_import_item item;
    struct err err = {0};
    int64_t wait = 0;
    ck_assert_msg(store_fetch_take(s.store, &a, &item, &wait, &err), "%s", err.message);
    arena_finish(&a);
    return item.id;
}

/* An hour is waited for, a time of before the clock was put back is not. */
START_TEST(test_hosts_are_asked_again)
{
    put_item("hour.example", wall_ms() + 3600000);
    ck_assert_int_eq(taken(), 0);
    put_item("year.example", wall_ms() + (int64_t)YEAR * 1000);
    ck_assert_int_eq(taken(), 2);
    ck_assert_int_eq(taken(), 0);
}
END_TEST

START_TEST(test_decisions_keep_their_order)
{
    struct err err = {0};
    int64_t id = 0;
    stored_import(&s, "data/harbour");
    int64_t statement = number("SELECT min(id) FROM statements");
    struct store_decision confirm = {
        .action = S("confirm"), .target = S("statement"), .id = statement};
    ck_assert_msg(ingest_decide(s.store, &confirm, &id, &err), "%s", err.message);
    atomic_store(&ahead, -2 * (int64_t)YEAR);
    confirm.action = S("reject");
    ck_assert_msg(ingest_decide(s.store, &confirm, &id, &err), "%s", err.message);
    ck_assert_int_eq(number("SELECT count(*) FROM statements WHERE status = 'rejected'"), 1);
    ck_assert_msg(ingest_undo(s.store, &id, &err), "%s", err.message);
    ck_assert_int_eq(number("SELECT count(*) FROM statements WHERE status = 'confirmed'"), 1);
    atomic_store(&ahead, YEAR);
    ck_assert(stored_reread(&s));
    ck_assert_int_eq(number("SELECT count(*) FROM statements WHERE status = 'confirmed'"), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("clock");
    TCase *t = tcase_create("clock");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_the_worker_goes_on);
    tcase_add_test(t, test_hosts_are_asked_again);
    tcase_add_test(t, test_decisions_keep_their_order);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
