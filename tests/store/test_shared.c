/* Several programs on one store in PostgreSQL: who has what, what becomes of the work of one that
 * is killed, one comparison of a story at a time, and connections that are lost. Runs beside
 * support/postgres.sh alone. */
#include "store/db/db.h"
#include "store/turns.h"
#include "store/watch.h"
#include "support/stored.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static void pause_ms(int ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

static int64_t queue_items(size_t n)
{
    enum { MOST = 200 };
    static char names[MOST][32];
    struct store_import_item items[MOST] = {0};
    struct err err = {0};
    int64_t import = 0;
    for (size_t i = 0; i < n; i++) {
        snprintf(names[i], sizeof names[i], "item %zu", i);
        items[i] = (struct store_import_item){
            .kind = IMPORT_BYTES, .name = str_of(names[i]), .bytes = S("x")};
    }
    ck_assert_msg(store_import_add(s.store, &(struct store_import_batch){S("items"), items, n},
                                   &import, &err),
                  "%s", err.message);
    return import;
}

static int64_t take(struct store *store)
{
    struct arena a = {0};
    struct err err = {0};
    struct store_import_item item = {0};
    ck_assert_msg(store_import_take(store, &a, &item, &err), "%s", err.message);
    arena_finish(&a);
    return item.id;
}

static void finish(struct store *store, int64_t item)
{
    struct err err = {0};
    struct store_outcome end = {.article = item, .story = 1, .result = "new"};
    ck_assert_msg(store_import_finish(store, item, &end, &err), "%s", err.message);
}

/* Another program: it does as it is told until it is killed. */
static pid_t other(void (*work)(struct store *store, int said), int *said)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        struct store *store = NULL;
        struct store_options options = {.path = s.path};
        if (!store_open(&options, &store, NULL))
            _exit(1);
        work(store, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    *said = ends[0];
    return child;
}

static void end(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void take_and_stay(struct store *store, int said)
{
    int64_t item = take(store);
    if (write(said, &item, sizeof item) == sizeof item)
        pause();
}

/* What another has is not taken while it lives, and is when it is killed; its end, should it come
 * after all, counts nothing. */
START_TEST(test_taken_over)
{
    int said;
    int64_t import = queue_items(1), item = 0;
    pid_t child = other(take_and_stay, &said);
    ck_assert_int_eq(read(said, &item, sizeof item), sizeof item);
    ck_assert_int_gt(item, 0);
    for (int i = 0; i < 5; i++, pause_ms(600))
        ck_assert_int_eq(take(s.store), 0);
    end(child);
    int64_t again = 0;
    for (int i = 0; i < 60 && !again; i++, pause_ms(100))
        again = take(s.store);
    ck_assert_int_eq(again, item);
    int64_t ours = s.store->worker;
    s.store->worker = 1; /* as if it had been thought dead */
    finish(s.store, item);
    s.store->worker = ours;
    struct store_import state;
    struct err err = {0};
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done, 0);
    finish(s.store, item);
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done, 1);
    ck_assert_str_eq(state.status, "done");
}
END_TEST

static void take_and_finish(struct store *store, int said)
{
    for (int64_t item = 1; item;) {
        item = take(store);
        if (write(said, &item, sizeof item) != sizeof item)
            _exit(1);
        if (!item)
            pause();
        pause_ms(5);
        finish(store, item);
    }
}

/* A hundred programs take items, two side by side, and are killed: every item ends, once. */
START_TEST(test_each_once)
{
    enum { ITEMS = 150, KILLS = 50 };
    int64_t import = queue_items(ITEMS);
    for (int i = 0; i < KILLS; i++) {
        int said[2];
        int64_t item;
        pid_t children[2] = {other(take_and_finish, &said[0]), other(take_and_finish, &said[1])};
        if (read(said[0], &item, sizeof item) < 0)
            ck_abort_msg("no word of the first");
        for (int k = 0; k < 2; k++) {
            end(children[k]);
            close(said[k]);
        }
    }
    struct store_import state = {0};
    struct err err = {0};
    for (int i = 0; i < 200; i++) {
        int64_t item = take(s.store);
        if (item)
            finish(s.store, item);
        ck_assert(store_import_state(s.store, import, &state, &err));
        if (strcmp(state.status, "done") == 0)
            break;
        if (!item)
            pause_ms(100);
    }
    ck_assert_str_eq(state.status, "done");
    ck_assert_int_eq(state.done + state.failed, ITEMS);
}
END_TEST

static void hold_story(struct store *store, int said)
{
    store_story_lock(store, 7);
    if (write(said, "x", 1) == 1)
        pause();
}

/* A story that another compares is waited for; it is free when that is killed. */
START_TEST(test_story_of_another)
{
    int said;
    char c;
    pid_t child = other(hold_story, &said);
    ck_assert_int_eq(read(said, &c, 1), 1);
    ck_assert(!s.store->engine->claim(s.store->writer.link, 7, true));
    store_story_lock(s.store, 8); /* others are not */
    store_story_unlock(s.store, 8);
    end(child);
    store_story_lock(s.store, 7);
    store_story_unlock(s.store, 7);
}
END_TEST

/* Nobody's write is waited for by who takes an item, puts one in, or ends one. */
START_TEST(test_taken_beside_a_write)
{
    struct err err = {0};
    struct store *second = NULL;
    struct store_options options = {.path = s.path};
    ck_assert_msg(store_open(&options, &second, &err), "%s", err.message);
    struct db *db = store_write_begin(second, &err);
    ck_assert(db != NULL);
    int64_t import = queue_items(2), item = take(s.store);
    ck_assert_int_gt(item, 0);
    finish(s.store, item);
    ck_assert_int_gt(take(s.store), item);
    ck_assert(store_write_end(second, true, CHANGED_NOTHING, &err));
    struct store_import state;
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done, 1);
    store_close(second);
}
END_TEST

/* An item that another is just taking is passed by, not waited for. */
START_TEST(test_passed_by)
{
    struct err err = {0};
    struct store *second = NULL;
    struct store_options options = {.path = s.path};
    ck_assert_msg(store_open(&options, &second, &err), "%s", err.message);
    queue_items(2);
    struct db *db = store_queue_begin(second, &err);
    ck_assert(db_run(db,
                     "UPDATE import_items SET stage = 'read' WHERE id ="
                     " (SELECT min(id) FROM import_items)",
                     &err));
    int64_t item = take(s.store);
    ck_assert(store_queue_end(second, true, CHANGED_NOTHING, &err));
    ck_assert_int_eq(take(s.store), item - 1);
    store_close(second);
}
END_TEST

/* A program that hangs still has its connections: what it has is taken over once it has said
 * nothing for as long as a lease is, and it counts nothing any more. */
START_TEST(test_hangs)
{
    int said;
    int64_t import = queue_items(1), item = 0, again = 0;
    pid_t child = other(take_and_stay, &said);
    ck_assert_int_eq(read(said, &item, sizeof item), sizeof item);
    kill(child, SIGSTOP);
    ck_assert_int_eq(take(s.store), 0);
    s.store->lease_s = 2;
    for (int i = 0; i < 100 && !again; i++, pause_ms(100))
        again = take(s.store);
    ck_assert_int_eq(again, item);
    finish(s.store, item);
    struct store_import state;
    struct err err = {0};
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done, 1);
    end(child);
}
END_TEST

/* Who shows that it lives keeps what it has. */
START_TEST(test_lives)
{
    struct err err = {0};
    struct store *second = NULL;
    struct store_options options = {.path = s.path};
    ck_assert_msg(store_open(&options, &second, &err), "%s", err.message);
    queue_items(1);
    ck_assert_int_gt(take(second), 0);
    s.store->lease_s = 2;
    for (int i = 0; i < 14; i++, pause_ms(500)) {
        store_note_long(second);
        ck_assert_int_eq(take(s.store), 0);
    }
    store_close(second);
}
END_TEST

/* One comparison of a story at a time; who does not want to wait does not. */
START_TEST(test_story_tried)
{
    struct err err = {0};
    struct store *second = NULL;
    struct store_options options = {.path = s.path};
    ck_assert_msg(store_open(&options, &second, &err), "%s", err.message);
    ck_assert(store_story_try(s.store, 5));
    ck_assert(!store_story_try(s.store, 5));
    ck_assert(!store_story_try(second, 5));
    ck_assert(store_story_try(second, 6));
    store_story_unlock(s.store, 5);
    ck_assert(store_story_try(second, 5));
    store_story_unlock(second, 5);
    store_story_unlock(second, 6);
    ck_assert(store_claim_role(s.store, STORE_ROLE_COMPARES, true));
    ck_assert(!store_claim_role(second, STORE_ROLE_COMPARES, true));
    store_close(s.store); /* with its end the role is free */
    bool ours = false;
    for (int i = 0; i < 50 && !ours; i++, pause_ms(50))
        ours = store_claim_role(second, STORE_ROLE_COMPARES, true);
    ck_assert(ours);
    s.store = second;
}
END_TEST

static int64_t add_article(const char *text, struct err *err)
{
    int64_t id = 0, story = 0;
    struct store_article article = {.title = S("Talks"), .text = str_of(text)};
    return store_article_save(s.store, &article, &id, &story, err) ? id : 0;
}

/* The server ends all connections: what is begun next makes new ones; locks are taken again. */
START_TEST(test_connections_lost)
{
    struct err err = {0};
    struct store_counters counters;
    ck_assert_int_gt(add_article("The talks began.", &err), 0);
    store_story_lock(s.store, 3);
    ck_assert(store_count(s.store, &counters, &err));
    struct store *second = NULL;
    struct store_options options = {.path = s.path};
    ck_assert_msg(store_open(&options, &second, &err), "%s", err.message);
    struct db *db = store_write_begin(second, &err);
    ck_assert(db != NULL);
    ck_assert(db_run(db,
                     "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                     " WHERE pid <> pg_backend_pid() AND application_name = 'synoptic'",
                     &err));
    ck_assert(store_write_end(second, true, CHANGED_NOTHING, &err));
    ck_assert_msg(store_count(s.store, &counters, &err), "%s", err.message);
    ck_assert_int_eq(counters.articles, 1);
    ck_assert_msg(add_article("The talks ended.", &err) > 0, "%s", err.message);
    store_note_long(s.store); /* as every second: the connection that claims is made anew */
    ck_assert(!second->engine->claim(second->queue.link, 3, true));
    store_story_unlock(s.store, 3);
    store_close(second);
}
END_TEST

/* A connection that is lost in the middle of a write: said so, nothing of it is kept. */
START_TEST(test_lost_within)
{
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    ck_assert(db_run(db, "UPDATE state SET value = 77 WHERE name = 'revision'", &err));
    db_run(db, "SELECT pg_terminate_backend(pg_backend_pid())", NULL);
    ck_assert(!store_write_end(s.store, true, CHANGED_CONTENT, &err));
    ck_assert_msg(err.kind == ERR_BUSY, "%s: %s", err_name(err.kind), err.message);
    ck_assert_uint_ne(store_revision(s.store).content, 77);
    ck_assert_msg(add_article("The talks began.", &err) > 0, "%s", err.message);
}
END_TEST

/* What another program wrote is heard of without asking; what this one wrote it knows at once. */
START_TEST(test_heard)
{
    struct err err = {0};
    struct store *second = NULL;
    struct store_options options = {.path = s.path};
    ck_assert_msg(store_open(&options, &second, &err), "%s", err.message);
    uint64_t was = store_revision(s.store).content;
    for (int i = 0; i < 100 && !atomic_load(&s.store->hears); i++)
        pause_ms(50);
    ck_assert(atomic_load(&s.store->hears));
    ck_assert_uint_eq(store_revision(s.store).content, was);
    uint64_t asked = atomic_load(&s.store->reads);
    struct db *db = store_write_begin(second, &err);
    ck_assert(db && store_write_end(second, true, CHANGED_CONTENT, &err));
    for (int i = 0; i < 100 && store_revision(s.store).content == was; i++)
        pause_ms(20);
    ck_assert_uint_eq(store_revision(s.store).content, was + 1);
    ck_assert_uint_eq(atomic_load(&s.store->reads), asked);
    ck_assert_int_gt(add_article("The talks began.", &err), 0);
    ck_assert_uint_gt(store_revision(s.store).content, was + 1);
    /* The connection that hears is lost: until there is another one it asks. */
    was = store_revision(s.store).content;
    ck_assert(second->engine->run(second->writer.link,
                                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                  " WHERE query LIKE 'LISTEN%' OR query LIKE '%FROM state%'"
                                  " AND pid <> pg_backend_pid()",
                                  &err));
    db = store_write_begin(second, &err);
    ck_assert(db && store_write_end(second, true, CHANGED_CONTENT, &err));
    for (int i = 0; i < 200 && store_revision(s.store).content != was + 1; i++)
        pause_ms(20);
    ck_assert_uint_eq(store_revision(s.store).content, was + 1);
    store_close(second);
}
END_TEST

int main(void)
{
    if (address_is_file()) {
        puts("skipped: PostgreSQL is not running");
        return 0;
    }
    Suite *suite = suite_create("shared");
    TCase *t = tcase_create("shared");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_taken_over);
    tcase_add_test(t, test_each_once);
    tcase_add_test(t, test_story_of_another);
    tcase_add_test(t, test_taken_beside_a_write);
    tcase_add_test(t, test_passed_by);
    tcase_add_test(t, test_hangs);
    tcase_add_test(t, test_lives);
    tcase_add_test(t, test_story_tried);
    tcase_add_test(t, test_connections_lost);
    tcase_add_test(t, test_lost_within);
    tcase_add_test(t, test_heard);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
