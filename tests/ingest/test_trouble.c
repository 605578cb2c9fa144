/* Trouble that is not the item's: a full disk, programs that end in the middle, stopping in time.
 */
#include "ingest/story/pipeline.h"
#include "store/db/db.h"
#include "store/turns.h"
#include "support/stored.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_verify(&s);
    stored_teardown(&s);
}

static int64_t number(const char *sql)
{
    return db_number(&s.store->writer, sql, 0, -1);
}

/* The same while others write. */
static int64_t number_beside(const char *sql)
{
    struct err err = {0};
    struct db *db = store_read_begin(s.store, 0, &err);
    int64_t n = db ? db_number(db, sql, 0, -1) : -1;
    if (db)
        store_read_end(s.store, db);
    return n;
}

/* Nothing more fits than is there, and `more` pages. */
static void limit_pages(int more)
{
    struct err err = {0};
    char sql[80];
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d",
             (int)number("SELECT page_count FROM pragma_page_count") + more);
    ck_assert(db_run(&s.store->writer, sql, &err));
}

static int64_t submit(size_t n)
{
    enum { WORDS = 20000, MOST = 4 };
    static struct buf texts[MOST];
    struct store_import_item items[MOST] = {0};
    struct err err = {0};
    int64_t import = 0;
    for (size_t i = 0; i < n; i++) {
        texts[i].n = 0;
        buf_fmt(&texts[i], "Report number %zu\n\nIt has many words.", i);
        for (int k = 0; k < WORDS; k++)
            buf_fmt(&texts[i], " w%zux%d", i, k);
        items[i] = (struct store_import_item){.kind = IMPORT_BYTES,
                                              .name = S("report"),
                                              .page_type = S("text"),
                                              .bytes = buf_str(&texts[i])};
    }
    struct store_import_batch batch = {S("reports"), items, n};
    ck_assert_msg(ingest_submit_items(s.store, &batch, &import, &err), "%s", err.message);
    return import;
}

START_TEST(test_full_disk)
{
    struct err err = {0};
    int64_t import = submit(2);
    struct store_import state;
    for (int more = 0; more < 24; more += 6) {
        limit_pages(more);
        ck_assert(!worker_drain(s.store, NULL, NULL, &err));
        ck_assert_msg(err.kind == ERR_FULL, "%s", err.message);
        ck_assert_int_eq(number("SELECT count(*) FROM import_items WHERE status = 'failed'"), 0);
        ck_assert_int_eq(number("SELECT count(*) FROM import_items WHERE status <> 'done'"
                                " AND id NOT IN (SELECT item FROM import_bytes)"),
                         0);
    }
    limit_pages(100000);
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s", err.message);
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done, 2);
    ck_assert_int_eq(state.failed, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM articles"), 2);
}
END_TEST

/* A server's worker goes on by itself when there is room again. */
START_TEST(test_room_again)
{
    struct err err = {0};
    struct worker *worker = NULL;
    int64_t import = submit(1);
    struct store_import state = {0};
    limit_pages(0);
    ck_assert(worker_start(s.store, NULL, &worker, &err));
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done + state.failed, 0);
    pthread_mutex_lock(&s.store->writing);
    limit_pages(100000);
    pthread_mutex_unlock(&s.store->writing);
    for (int i = 0; i < 500 && state.done == 0; i++) {
        worker_wake(worker);
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        ck_assert(store_import_state(s.store, import, &state, &err));
    }
    ck_assert_int_eq(state.done, 1);
    ck_assert_int_eq(state.failed, 0);
    ck_assert(worker_stop(worker, 60));
}
END_TEST

static void take_and_die(void)
{
    struct arena a = {0};
    struct err err = {0};
    struct store_import_item item;
    ck_assert(store_import_take(s.store, &a, &item, &err) && item.id);
    arena_finish(&a);
    stored_close(&s);
    stored_open(&s);
}

START_TEST(test_set_aside_after_two_deaths)
{
    struct err err = {0};
    struct store_import state;
    int64_t import = submit(2);
    take_and_die();
    ck_assert_int_eq(number("SELECT count(*) FROM import_items WHERE status = 'queued'"), 2);
    take_and_die();
    ck_assert_int_eq(number("SELECT count(*) FROM import_items WHERE status = 'queued'"), 1);
    ck_assert_int_eq(
        number("SELECT count(*) FROM import_items WHERE status = 'failed'"
               " AND id IN (SELECT item FROM import_bytes) AND error LIKE '%set aside%'"),
        1);
    ck_assert(worker_drain(s.store, NULL, NULL, &err));
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done, 1);
    ck_assert_int_eq(state.failed, 1);
    ck_assert_str_eq(state.status, "done");
    submit(1); /* the last of an import ends it */
    take_and_die();
    take_and_die();
    ck_assert_int_eq(number("SELECT count(*) FROM imports WHERE status IN ('queued', 'running')"),
                     0);
}
END_TEST

/* Of several that were under way nobody knows which one it was: each comes alone then. */
START_TEST(test_several_die)
{
    struct err err = {0};
    struct arena a = {0};
    struct store_import_item items[4];
    submit(4);
    for (size_t round = 0; round < 3; round++) {
        size_t n = 4;
        ck_assert(store_import_take_some(s.store, &a, items, &n, &err));
        ck_assert_uint_eq(n, round == 0 && !s.store->shared ? 4 : 1);
        stored_close(&s);
        stored_open(&s);
    }
    ck_assert_int_eq(number("SELECT count(*) FROM import_items WHERE status = 'failed'"), 1);
    ck_assert(worker_drain(s.store, NULL, NULL, &err));
    ck_assert_int_eq(number("SELECT count(*) FROM import_items WHERE status = 'done'"), 3);
    arena_finish(&a);
}
END_TEST

static void compare_long(int64_t story)
{
    store_story_lock(s.store, story);
    s.store->in_work[0].since -= 60000;
    store_note_long(s.store);
    store_note_long(s.store);
}

START_TEST(test_story_set_aside)
{
    struct err err = {0};
    struct arena a = {0};
    struct store_story story;
    stored_import(&s, "data/harbour");
    compare_long(1);
    store_story_unlock(s.store, 1); /* took long, and ended */
    ck_assert_int_eq(number("SELECT deaths FROM stories WHERE id = 1"), 0);
    for (int i = 0; i < 2; i++) {
        ck_assert(store_story_load(s.store, &a, 1, &story, &err));
        compare_long(1);
        stored_close(&s);
        stored_open(&s);
    }
    ck_assert(!store_story_load(s.store, &a, 1, &story, &err));
    ck_assert_int_eq(err.kind, ERR_TOO_LARGE);
    ck_assert(store_stories_touch(s.store, &err));
    ck_assert(worker_drain(s.store, NULL, NULL, &err)); /* and is passed over */
    ck_assert_int_eq(number("SELECT count(*) FROM stories WHERE stale > 0"), 1);
    ck_assert(stored_reread(&s));
    ck_assert_int_eq(number("SELECT count(*) FROM stories WHERE stale > 0 OR deaths > 0"), 0);
    arena_finish(&a);
}
END_TEST

/* A comparison that does not end is not waited for, and is no death. */
START_TEST(test_stops_in_time)
{
    struct err err = {0};
    struct worker *worker = NULL;
    stored_import(&s, "data/harbour");
    ck_assert(store_stories_touch(s.store, &err));
    store_story_lock(s.store, 1);
    struct store_import_item item = {.kind = IMPORT_BYTES,
                                     .name = S("report"),
                                     .page_type = S("text"),
                                     .bytes = S("A short report\n\nNobody said a word.")};
    struct store_import_batch batch = {S("reports"), &item, 1};
    int64_t import = 0; /* done when its stories are: the worker waits for that one */
    ck_assert(ingest_submit_items(s.store, &batch, &import, &err));
    ck_assert(worker_start(s.store, NULL, &worker, &err));
    for (int i = 0;
         i < 200 && !number_beside("SELECT count(*) FROM import_items WHERE stage = 'compare'");
         i++)
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    ck_assert(!worker_stop(worker, 1));
    clock_gettime(CLOCK_MONOTONIC, &to);
    ck_assert_int_le(to.tv_sec - from.tv_sec, 3);
    store_abandon(s.store);
    ck_assert_int_eq(number("SELECT count(*) FROM import_items WHERE status = 'running'"), 0);
    s.store->abandoned = false; /* for this test there is a tomorrow */
    store_story_unlock(s.store, 1);
    ck_assert(worker_stop(worker, 60));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trouble");
    TCase *t = tcase_create("trouble");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    if (address_is_file()) { /* they make the file full */
        tcase_add_test(t, test_full_disk);
        tcase_add_test(t, test_room_again);
    }
    tcase_add_test(t, test_set_aside_after_two_deaths);
    tcase_add_test(t, test_several_die);
    tcase_add_test(t, test_story_set_aside);
    tcase_add_test(t, test_stops_in_time);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
