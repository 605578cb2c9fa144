/* Fetching for the queue and for watched feeds, against a site of our own: what is asked how often,
 * what is heeded, what survives. */
#include "support/site.h"
#include "support/stored.h"

#include "store/db/db.h"
#include "store/watch.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct stored s;
static struct site site;
static const struct worker_options here = {.allow_private_fetch = true};

static void setup(void)
{
    site_start(&site);
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
    site_stop(&site);
}

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static int64_t submit(const char *path)
{
    struct arena a = {0};
    struct err err = {0};
    int64_t import = 0;
    ck_assert_msg(ingest_submit_url(s.store, site_url(&site, &a, path), &import, &err), "%s",
                  err.message);
    arena_finish(&a);
    return import;
}

static void drain(struct worker_options options)
{
    struct err err = {0};
    ck_assert_msg(worker_drain(s.store, &options, NULL, &err), "%s", err.message);
}

static struct store_import state_of(int64_t import)
{
    struct store_import state = {0};
    struct err err = {0};
    ck_assert_msg(store_import_state(s.store, import, &state, &err), "%s", err.message);
    return state;
}

static int count(enum store_noun noun)
{
    cJSON *rows = stored_rows(&s, noun, (struct store_filter){0});
    int n = cJSON_GetArraySize(rows);
    cJSON_Delete(rows);
    return n;
}

static cJSON *watched(int64_t id)
{
    return stored_item(&s, NOUN_WATCH, id, "");
}

static int64_t add_watch(const char *path)
{
    struct arena a = {0};
    struct err err = {0};
    int64_t id = 0;
    ck_assert_msg(store_watch_add(s.store, site_url(&site, &a, path), WATCH_USUAL, &id, &err), "%s",
                  err.message);
    arena_finish(&a);
    return id;
}

/* Makes every watch due and every host free, as if the time had passed. */
static void let_time_pass(void)
{
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    ck_assert_ptr_nonnull(db);
    bool ok = db_run(db,
                     "UPDATE watches SET due = 0, checked = max(0, checked - 100000000);"
                     "UPDATE hosts SET closed = 0, ready = 0;",
                     &err);
    ck_assert(store_write_end(s.store, ok, CHANGED_WATCHES, &err));
}

static const struct worker_options once = {.allow_private_fetch = true, .watch_once = true};

START_TEST(test_feed_is_read)
{
    site.state->items = 12;
    int64_t import = submit("/feed");
    drain(here);
    int most, pages = site_pages(&site, &most);
    ck_assert_int_eq(pages, 12);
    ck_assert_int_eq(most, 1);
    ck_assert_int_eq(state_of(import).done, 13);
    ck_assert_int_eq(count(NOUN_ARTICLE), 12);
    ck_assert_int_eq(site.state->most_at_once, 1); /* one connection a host */
    ck_assert_int_eq(site.state->robots, 1);
}
END_TEST

/* The texts are in the feed: nothing else is asked for. */
START_TEST(test_full_text)
{
    site.state->items = 3;
    site.state->full = 1;
    submit("/feed");
    drain(here);
    int most;
    ck_assert_int_eq(site_pages(&site, &most), 0);
    ck_assert_int_eq(count(NOUN_ARTICLE), 3);
    cJSON *article = stored_item(&s, NOUN_ARTICLE, 1, "");
    ck_assert_str_eq(row_text(article, "outlet"), "Valley Post");
    ck_assert_ptr_nonnull(strstr(row_text(article, "url"), "/a/"));
    ck_assert_ptr_nonnull(strstr(row_text(article, "text"), "said Mayor Ann Hill"));
    cJSON_Delete(article);
}
END_TEST

START_TEST(test_robots)
{
    struct err err = {0};
    struct arena a = {0};
    int64_t import = 0;
    struct store_import_item items[] = {
        {.kind = IMPORT_URL,
         .name = S("1"),
         .url = site_url(&site, &a, "/closed/1"),
         .polite = true},
        {.kind = IMPORT_URL, .name = S("2"), .url = site_url(&site, &a, "/a/2"), .polite = true}};
    ck_assert(
        store_import_add(s.store, &(struct store_import_batch){S("two"), items, 2}, &import, &err));
    drain(here);
    ck_assert_int_eq(site.state->closed, 0);
    cJSON *rows = stored_rows(&s, NOUN_IMPORT_ITEM, (struct store_filter){.import = import});
    cJSON *refused = row_with(rows, "name", "1");
    ck_assert_str_eq(row_text(refused, "status"), "failed");
    ck_assert_ptr_nonnull(strstr(row_text(refused, "error"), "robots.txt"));
    ck_assert_str_eq(row_text(row_with(rows, "name", "2"), "status"), "done");
    cJSON_Delete(rows);
    /* Told otherwise, and where a person names the page, it is fetched. */
    ck_assert(
        store_import_add(s.store, &(struct store_import_batch){S("one"), items, 1}, &import, &err));
    drain((struct worker_options){.allow_private_fetch = true, .ignore_robots = true});
    ck_assert_int_eq(site.state->closed, 1);
    submit("/closed/2");
    drain(here);
    ck_assert_int_eq(site.state->closed, 2);
    arena_finish(&a);
}
END_TEST

START_TEST(test_delay_between_pages)
{
    struct timespec from, to;
    site.state->items = 4;
    submit("/feed");
    clock_gettime(CLOCK_MONOTONIC, &from);
    drain((struct worker_options){.allow_private_fetch = true, .host_delay = 300});
    clock_gettime(CLOCK_MONOTONIC, &to);
    double took = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
    ck_assert_int_eq(count(NOUN_ARTICLE), 4);
    ck_assert_msg(took >= 1.2, "%.2f s for four pages", took); /* the feed and four pages */
}
END_TEST

START_TEST(test_busy_host_is_asked_again)
{
    site.state->broken = 1;
    int64_t import = submit("/busy");
    drain(here);
    ck_assert_int_eq(site.state->busy, 2);
    ck_assert_int_eq(state_of(import).done, 1);
    site.state->broken = 100; /* but not for ever */
    import = submit("/busy");
    drain(here);
    ck_assert_int_eq(site.state->busy, 5);
    ck_assert_int_eq(state_of(import).failed, 1);
}
END_TEST

/* A feed of 1,000 items on a host that takes its time: what else is handed in comes through. */
START_TEST(test_nothing_stalls)
{
    struct worker *worker = NULL;
    struct err err = {0};
    int64_t import = 0;
    site.state->items = 1000;
    site.state->slow_ms = 40; /* 40 s for all */
    ck_assert(worker_start(s.store, &here, &worker, &err));
    int64_t feed = submit("/feed");
    worker_wake(worker);
    for (int i = 0; i < 200 && state_of(feed).total < 1001; i++)
        pause_ms(20);
    ck_assert_int_eq(state_of(feed).total, 1001);
    struct store_import_item note = {
        .kind = IMPORT_BYTES,
        .name = S("note"),
        .page_type = S("body"),
        .title = S("Well found"),
        .bytes = S("The old well has been found, said Ida Berg. \"It is deep,\" Berg said.")};
    ck_assert(ingest_submit_items(s.store, &(struct store_import_batch){S("a note"), &note, 1},
                                  &import, &err));
    int64_t page = submit("/a/1500");
    worker_wake(worker);
    int waited = 0;
    while (waited < 250 && (strcmp(state_of(import).status, "done") != 0 ||
                            strcmp(state_of(page).status, "done") != 0)) {
        pause_ms(20);
        waited++;
    }
    ck_assert_str_eq(state_of(import).status, "done");
    ck_assert_str_eq(state_of(page).status, "done");
    ck_assert_int_lt(state_of(feed).done, 300); /* it is far from its end */
    for (int i = 0; i < 250 && state_of(feed).done < 10; i++)
        pause_ms(20);
    ck_assert_int_ge(state_of(feed).done, 10);
    /* Cancelled, it ends at once; what is stored stays. */
    ck_assert_msg(worker_cancel(worker, feed, &err), "%s", err.message);
    ck_assert_str_eq(state_of(feed).status, "cancelled");
    int most, before = site_pages(&site, &most);
    pause_ms(300);
    ck_assert_int_le(site_pages(&site, &most), before + 1);
    ck_assert(worker_stop(worker, 60));
    ck_assert_int_gt(count(NOUN_ARTICLE), 2);
    stored_verify(&s);
}
END_TEST

/* A fetch that hangs is broken off by cancelling, not only by its time limit. */
START_TEST(test_cancel_breaks_off)
{
    struct worker *worker = NULL;
    struct err err = {0};
    site.state->slow_ms = 8000;
    ck_assert(worker_start(s.store, &here, &worker, &err));
    int64_t import = submit("/a/1");
    worker_wake(worker);
    for (int i = 0; i < 100 && site.state->pages[1] == 0; i++)
        pause_ms(20);
    ck_assert(worker_cancel(worker, import, &err));
    bool open = true;
    for (int i = 0; i < 150 && open; i++) {
        pause_ms(20);
        cJSON *rows = stored_rows(&s, NOUN_IMPORT_ITEM, (struct store_filter){.import = import});
        open = strcmp(row_text(cJSON_GetArrayItem(rows, 0), "status"), "cancelled") != 0;
        cJSON_Delete(rows);
    }
    ck_assert(!open);
    ck_assert_int_eq(state_of(import).failed, 0);
    ck_assert(worker_stop(worker, 60));
}
END_TEST

/* Killed again and again: what had been fetched is not asked for again. Only what was under way in
 * the moment of a kill may be. */
START_TEST(test_killed_while_fetching)
{
    enum { ROUNDS = 5, ITEMS = 60 };
    struct err err = {0};
    site.state->items = ITEMS;
    site.state->slow_ms = 10;
    int64_t import = submit("/feed");
    stored_close(&s);
    for (int round = 0; round < ROUNDS; round++) {
        pid_t child = fork();
        if (child == 0) {
            stored_open(&s);
            worker_drain(s.store, &here, NULL, &err);
            _exit(0);
        }
        pause_ms(250);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    stored_open(&s);
    stored_verify(&s);
    drain(here);
    int most, pages = site_pages(&site, &most);
    struct store_import state = state_of(import);
    ck_assert_int_eq(state.done + state.failed, ITEMS + 1);
    ck_assert_int_le(state.failed, ROUNDS / 2); /* was being read at two kills: it is set aside */
    ck_assert_int_eq(state.total, ITEMS + 1);   /* the feed was taken apart once */
    ck_assert_int_ge(count(NOUN_ARTICLE), ITEMS - state.failed);
    ck_assert_int_ge(pages, ITEMS);
    ck_assert_msg(pages <= ITEMS + ROUNDS, "%d pages for %d", pages, ITEMS);
    stored_verify(&s);
}
END_TEST

/* Stopped by hand it loses nothing either: what was under way is fetched the next time. */
START_TEST(test_stopped_while_fetching)
{
    struct worker *worker = NULL;
    struct err err = {0};
    site.state->slow_ms = 3000;
    ck_assert(worker_start(s.store, &here, &worker, &err));
    int64_t import = submit("/a/7");
    worker_wake(worker);
    for (int i = 0; i < 100 && site.state->pages[7] == 0; i++)
        pause_ms(20);
    ck_assert(worker_stop(worker, 60));
    ck_assert_int_eq(state_of(import).failed, 0);
    site.state->slow_ms = 0;
    drain(here);
    ck_assert_int_eq(state_of(import).done, 1);
}
END_TEST

/* ------------------------------------------------------------------------------------- watching */

START_TEST(test_watch)
{
    site.state->items = 5;
    int64_t id = add_watch("/feed");
    drain(once);
    cJSON *w = watched(id);
    ck_assert_str_eq(row_text(w, "title"), "Valley Post");
    ck_assert_int_eq(row_int(w, "found"), 5);
    ck_assert_str_ne(row_text(w, "checked"), "");
    ck_assert_str_gt(row_text(w, "next"), row_text(w, "checked"));
    cJSON_Delete(w);
    ck_assert_int_eq(count(NOUN_ARTICLE), 5);
    drain(once); /* it is not due */
    ck_assert_int_eq(site.state->feeds, 1);
    let_time_pass();
    drain(once); /* due, but nothing has changed */
    ck_assert_int_eq(site.state->feeds, 2);
    ck_assert_int_eq(site.state->unchanged, 1);
    site.state->items = 7; /* two more */
    let_time_pass();
    drain(once);
    int most;
    ck_assert_int_eq(site_pages(&site, &most), 7);
    ck_assert_int_eq(most, 1);
    ck_assert_int_eq(count(NOUN_ARTICLE), 7);
    w = watched(id);
    ck_assert_int_eq(row_int(w, "found"), 7);
    cJSON_Delete(w);
    stored_verify(&s);
}
END_TEST

static int64_t seconds_ahead(const cJSON *w)
{
    struct tm checked = {0}, next = {0};
    ck_assert_ptr_nonnull(strptime(row_text(w, "checked"), "%Y-%m-%dT%H:%M:%SZ", &checked));
    ck_assert_ptr_nonnull(strptime(row_text(w, "next"), "%Y-%m-%dT%H:%M:%SZ", &next));
    return (int64_t)(timegm(&next) - timegm(&checked));
}

START_TEST(test_watch_backs_off)
{
    site.state->feed_fail = 500;
    int64_t id = add_watch("/feed");
    for (int errors = 1; errors <= 4; errors++) {
        drain(once);
        cJSON *w = watched(id);
        ck_assert_int_eq(row_int(w, "errors"), errors);
        ck_assert_ptr_nonnull(strstr(row_text(w, "error"), "500"));
        ck_assert_int_eq(seconds_ahead(w), (int64_t)WATCH_USUAL * 60 * (1 << errors));
        cJSON_Delete(w);
        let_time_pass();
    }
    for (int i = 0; i < 4; i++) {
        drain(once);
        let_time_pass();
    }
    cJSON *w = watched(id);
    ck_assert_int_eq(row_int(w, "errors"), 8);
    cJSON_Delete(w);
    site.state->feed_fail = 503; /* with Retry-After: two hours; a day is longer by now */
    drain(once);
    w = watched(id);
    ck_assert_int_eq(seconds_ahead(w), 24 * 3600);
    cJSON_Delete(w);
    let_time_pass();
    site.state->feed_fail = 0;
    site.state->items = 1;
    drain(once);
    w = watched(id);
    ck_assert_int_eq(row_int(w, "errors"), 0);
    ck_assert_str_eq(row_text(w, "error"), "");
    ck_assert_int_eq(seconds_ahead(w), WATCH_USUAL * 60);
    cJSON_Delete(w);
    site.state->feed_fail = 503;
    let_time_pass();
    drain(once);
    w = watched(id);
    ck_assert_int_ge(seconds_ahead(w), 7200); /* as the host asked; one error alone is an hour */
    cJSON_Delete(w);
    int feeds = site.state->feeds;
    add_watch("/list"); /* on the same host: it is not asked either, and nobody waits for it */
    drain(once);
    ck_assert_int_eq(site.state->feeds, feeds);
    ck_assert_int_eq(count(NOUN_WATCH), 2);
}
END_TEST

START_TEST(test_watch_is_changed)
{
    struct err err = {0};
    site.state->items = 1;
    int64_t id = add_watch("/feed"), other;
    struct arena a = {0};
    ck_assert(!store_watch_add(s.store, site_url(&site, &a, "/feed"), 30, &other, &err));
    ck_assert_int_eq(err.kind, ERR_CONFLICT);
    ck_assert(!store_watch_add(s.store, S("https://x.example/"), 4, &other, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID);
    struct store_watch_change pause = {.paused = 1, .now = -1, .every = 60};
    ck_assert(store_watch_change(s.store, id, &pause, &err));
    drain(once);
    ck_assert_int_eq(site.state->feeds, 0);
    cJSON *w = watched(id);
    ck_assert_str_eq(row_text(w, "status"), "paused");
    ck_assert_int_eq(row_int(w, "every"), 60);
    ck_assert_str_eq(row_text(w, "next"), "");
    cJSON_Delete(w);
    struct store_watch_change go = {.paused = 0, .now = -1, .every = -1};
    go.if_revision = store_revision(s.store).watches + 1;
    ck_assert(!store_watch_change(s.store, id, &go, &err));
    ck_assert_int_eq(err.kind, ERR_CONFLICT);
    go.if_revision = store_revision(s.store).watches;
    ck_assert(store_watch_change(s.store, id, &go, &err));
    drain(once);
    ck_assert_int_eq(site.state->feeds, 1);
    struct store_watch_change look = {.paused = -1, .now = 1, .every = -1};
    ck_assert(!store_watch_change(s.store, id, &look, &err)); /* it has just been looked at */
    ck_assert_int_eq(err.kind, ERR_BUSY);
    ck_assert(!store_watch_change(s.store, 99, &look, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    ck_assert(store_watch_remove(s.store, id, 0, &err));
    ck_assert_int_eq(count(NOUN_WATCH), 0);
    ck_assert_int_eq(count(NOUN_ARTICLE), 1);
    stored_verify(&s);
    arena_finish(&a);
}
END_TEST

/* A list of feeds becomes watches, a page leads to the feed that it announces. */
START_TEST(test_watch_finds_feeds)
{
    site.state->items = 2;
    add_watch("/list");
    drain(once);
    ck_assert_int_eq(count(NOUN_WATCH), 2);
    ck_assert_int_eq(count(NOUN_ARTICLE), 2);
    struct err err = {0};
    ck_assert(store_watch_remove(s.store, 2, 0, &err));
    int64_t id = add_watch("/page");
    drain(once);
    cJSON *w = watched(id);
    ck_assert_ptr_nonnull(strstr(row_text(w, "url"), "/feed"));
    ck_assert_str_eq(row_text(w, "title"), "Valley Post");
    cJSON_Delete(w);
    stored_verify(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("watch");
    TCase *t = tcase_create("watch");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, test_feed_is_read);
    tcase_add_test(t, test_full_text);
    tcase_add_test(t, test_robots);
    tcase_add_test(t, test_delay_between_pages);
    tcase_add_test(t, test_busy_host_is_asked_again);
    tcase_add_test(t, test_nothing_stalls);
    tcase_add_test(t, test_cancel_breaks_off);
    tcase_add_test(t, test_killed_while_fetching);
    tcase_add_test(t, test_stopped_while_fetching);
    tcase_add_test(t, test_watch);
    tcase_add_test(t, test_watch_backs_off);
    tcase_add_test(t, test_watch_is_changed);
    tcase_add_test(t, test_watch_finds_feeds);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
