/* Whoever loses the right to what it is at, amid it, stores nothing of it: another has it by then,
 * and may have stored something newer. In PostgreSQL the right is lost with a connection; that an
 * older comparison is not saved holds of every engine. */
#include "ingest/story/story.h"
#include "store/db/db.h"
#include "store/turns.h"
#include "store/watch.h"
#include "support/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct stored s;
static struct store *second; /* another program */
static int64_t story, article;

static const char first_text[] =
    "The harbour will be closed in May, mayor Ida Brask said on Monday.\n\n"
    "\"We cannot pay for it any longer,\" Brask said.";
static const char second_text[] =
    "The harbour will stay open, mayor Ida Brask said on Tuesday.\n\n"
    "\"We have found the money,\" said Brask. \"The fishermen are needed here,\" she added.";

static void add(const char *text, int64_t id)
{
    struct err err = {0};
    struct store_article a = {
        .id = id, .story = story, .title = S("The harbour"), .url = S("https://h.example/1")};
    a.text = str_of(text);
    ck_assert_msg(store_article_save(s.store, &a, &article, &story, &err), "%s", err.message);
}

static void setup(void)
{
    stored_setup(&s);
    second = NULL;
    story = article = 0;
    add(first_text, 0);
}

static void teardown(void)
{
    store_close(second);
    stored_teardown(&s);
}

static void open_second(void)
{
    struct err err = {0};
    struct store_options options = {.path = s.path};
    ck_assert_msg(store_open(&options, &second, &err), "%s", err.message);
}

static char *statements(void)
{
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){.story = story});
    char *text = cJSON_PrintUnformatted(rows);
    cJSON_Delete(rows);
    return text;
}

static bool is_stale(void)
{
    cJSON *item = stored_item(&s, NOUN_STORY, story, "");
    bool stale = cJSON_IsTrue(cJSON_GetObjectItem(item, "stale"));
    cJSON_Delete(item);
    return stale;
}

static void compare(struct story_work *w)
{
    struct err err = {0};
    ck_assert_msg(story_compare(w, NULL, &err), "%s", err.message);
}

static void save(struct story_work *w)
{
    struct err err = {0};
    ck_assert_msg(story_save(w, &err), "%s", err.message);
    story_end(w);
}

static void check_same(char *before)
{
    char *now = statements();
    ck_assert_msg(strcmp(now, before) == 0, "the older comparison was saved");
    ck_assert_ptr_nonnull(strstr(now, "found the money"));
    cJSON_free(now);
    cJSON_free(before);
}

/* Compared anew, by whoever comes next, it is as it was: nothing was lost. */
static void check_given_back(void)
{
    struct err err = {0};
    char *before = statements();
    ck_assert(is_stale());
    ck_assert_msg(ingest_stale(s.store, NULL, &err), "%s", err.message);
    ck_assert(!is_stale());
    check_same(before);
    stored_verify(&s);
}

/* Read before, saved after another comparison. */
START_TEST(test_older_comparison)
{
    struct story_work older = {.store = s.store, .id = story}, newer = older;
    compare(&older);
    add(second_text, article);
    compare(&newer);
    save(&newer);
    ck_assert(!is_stale());
    char *before = statements();
    save(&older);
    check_same(before);
    check_given_back();
}
END_TEST

/* Nor where that is one of many that are saved at once: the others are. */
START_TEST(test_among_others)
{
    struct err err = {0};
    struct story_work older = {.store = s.store, .id = story}, newer = older;
    compare(&older);
    add(second_text, article);
    compare(&newer);
    save(&newer);
    char *before = statements();
    int64_t first = story;
    story = 0;
    add(first_text, 0);
    struct story_work other = {.store = s.store, .id = story};
    compare(&other);
    ck_assert(store_batch_begin(s.store, &err));
    ck_assert(story_save(&older, &err) && story_save(&other, &err));
    ck_assert_msg(store_batch_end(s.store, true, &err), "%s", err.message);
    story_end(&older);
    story_end(&other);
    ck_assert(!is_stale());
    story = first;
    check_same(before);
}
END_TEST

/* An article that went to another story meanwhile is not this one's again. */
START_TEST(test_article_went)
{
    struct err err = {0};
    struct story_work older = {.store = s.store, .id = story};
    int64_t entry = 0, went = article, gone_to = 0;
    add(second_text, 0);
    compare(&older);
    cJSON *value = cJSON_Parse("{\"story\":null}");
    struct store_decision move = {
        .action = S("edit"), .target = S("article"), .id = went, .value = value};
    ck_assert_msg(store_decide(s.store, &move, &entry, &err), "%s", err.message);
    cJSON_Delete(value);
    save(&older);
    ck_assert(store_article_story(s.store, went, &gone_to, &err));
    ck_assert_int_ne(gone_to, story);
    ck_assert_msg(ingest_stale(s.store, NULL, &err), "%s", err.message);
    char *now = statements();
    ck_assert_ptr_null(strstr(now, "any longer"));
    cJSON_free(now);
    stored_verify(&s);
}
END_TEST

/* ------------------------------------------------------------------- connections that are lost */

/* The first program's connection that claims ends; it does not know yet. */
static void lose_claims(void)
{
    char sql[64];
    struct err err = {0};
    struct db *db = store_claims_begin(s.store);
    int64_t pid = db_number(db, "SELECT pg_backend_pid()", 0, 0);
    store_claims_end(s.store);
    ck_assert_int_gt(pid, 0);
    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%lld)", (long long)pid);
    ck_assert_msg(second->engine->run(second->writer.link, sql, &err), "%s", err.message);
}

/* The connection that holds the lock of the story ends while it is compared. */
START_TEST(test_claim_lost)
{
    const struct timespec pause = {0, 50000000};
    struct story_work ours, other;
    story_begin(&ours, s.store, story);
    compare(&ours);
    add(second_text, article);
    open_second();
    ck_assert(!story_try(&other, second, story));
    lose_claims();
    bool taken = false;
    for (int i = 0; i < 100 && !(taken = story_try(&other, second, story)); i++)
        nanosleep(&pause, NULL);
    ck_assert(taken);
    compare(&other);
    save(&other);
    char *before = statements();
    save(&ours);
    check_same(before);
    check_given_back();
    /* What was given back is not claimed again with the next connection. */
    lose_claims();
    store_story_lock(s.store, story + 1);
    ck_assert(story_try(&other, second, story));
    story_end(&other);
    store_story_unlock(s.store, story + 1);
}
END_TEST

static int64_t take(struct store *store, struct arena *a, struct store_import_item *item)
{
    struct err err = {0};
    atomic_store(&store->looked_around, 0);
    ck_assert_msg(store_import_take(store, a, item, &err), "%s", err.message);
    return item->id;
}

static bool import(struct store *store, const struct store_import_item *item, struct err *err)
{
    struct ingest_result result;
    struct ingest_source source = {
        .bytes = item->bytes, .url = item->url, .type = PAGE_TEXT, .item = item->id};
    return ingest_page(store, &source, &result, err);
}

static void queue(const char *text)
{
    struct err err = {0};
    int64_t id = 0;
    struct store_import_item item = {.kind = IMPORT_BYTES,
                                     .name = S("page"),
                                     .bytes = str_of(text),
                                     .url = S("https://h.example/1")};
    ck_assert_msg(
        store_import_add(s.store, &(struct store_import_batch){S("page"), &item, 1}, &id, &err),
        "%s", err.message);
}

static int64_t number(const char *sql)
{
    struct db *db = store_read_begin(second, 0, NULL);
    int64_t n = db_number(db, sql, 0, -1);
    store_read_end(second, db);
    return n;
}

/* What was taken over from a program that was thought dead is neither stored nor given back by it:
 * what another stored meanwhile of the same address stays what is there. */
START_TEST(test_item_lost)
{
    const struct timespec pause = {0, 50000000};
    struct arena a = {0};
    struct err err = {0};
    struct store_import_item ours, theirs = {0};
    struct store_outcome end = {.article = 1, .story = 1, .result = "version"};
    queue("The harbour\n\nThe older words of the page, of which there are enough to be read.");
    ck_assert_int_gt(take(s.store, &a, &ours), 0);
    open_second();
    lose_claims();
    for (int i = 0; i < 100 && !take(second, &a, &theirs); i++)
        nanosleep(&pause, NULL);
    ck_assert_int_eq(theirs.id, ours.id);
    ck_assert_msg(import(second, &theirs, &err), "%s", err.message);
    ck_assert_msg(store_import_finish(second, theirs.id, &end, &err), "%s", err.message);
    queue("The harbour\n\nThe newer words of the page, which say something else altogether.");
    ck_assert_int_gt(take(second, &a, &theirs), 0);
    ck_assert_msg(import(second, &theirs, &err), "%s", err.message);
    int64_t versions = number("SELECT count(*) FROM article_versions");
    ck_assert(!import(s.store, &ours, &err));
    ck_assert_int_eq(err.kind, ERR_CONFLICT);
    ck_assert(store_import_stage(s.store, theirs.id, "compare", &err));
    ck_assert(store_import_back(s.store, theirs.id, &err));
    ck_assert(store_import_finish(s.store, theirs.id, &end, &err));
    ck_assert_int_eq(number("SELECT count(*) FROM article_versions"), versions);
    ck_assert_int_eq(number("SELECT count(*) FROM import_items WHERE status = 'running' AND stage ="
                            " 'read'"),
                     1);
    ck_assert(store_import_finish(second, theirs.id, &end, &err));
    ck_assert_int_eq(number("SELECT count(*) FROM imports WHERE status = 'done'"), 2);
    arena_finish(&a);
}
END_TEST

/* The same of what is fetched and of feeds that are looked at. */
START_TEST(test_fetch_lost)
{
    const struct timespec pause = {0, 50000000};
    struct arena a = {0};
    struct err err = {0};
    struct store_import_item ours, theirs = {0},
                                   item = {.kind = IMPORT_URL, .url = S("https://h.example/2")};
    struct store_host_rest rest = {0};
    int64_t id = 0, wait = 0;
    ck_assert(
        store_import_add(s.store, &(struct store_import_batch){S("page"), &item, 1}, &id, &err));
    ck_assert(store_fetch_take(s.store, &a, &ours, &wait, &err));
    ck_assert_int_gt(ours.id, 0);
    open_second();
    lose_claims();
    for (int i = 0; i < 100 && !theirs.id; i++) {
        struct store_import_item none;
        ck_assert_int_eq(take(second, &a, &none), 0);
        ck_assert(store_fetch_take(second, &a, &theirs, &wait, &err));
        nanosleep(&pause, NULL);
    }
    ck_assert_int_eq(theirs.id, ours.id);
    ours.bytes = S("old");
    ck_assert_msg(store_fetch_done(s.store, &ours, &rest, &err), "%s", err.message);
    ck_assert(store_fetch_later(s.store, ours.id, true, &rest, &err));
    ck_assert_int_eq(
        number("SELECT count(*) FROM import_items WHERE status = 'running' AND tries = 0"
               " AND fetched = 0"),
        1);
    ck_assert_int_eq(number("SELECT count(*) FROM hosts WHERE busy = 1"), 1);
    theirs.bytes = S("new");
    ck_assert_msg(store_fetch_done(second, &theirs, &rest, &err), "%s", err.message);
    ck_assert_int_eq(take(second, &a, &theirs), ours.id);
    ck_assert(str_eq(theirs.bytes, S("new")));
    ck_assert_int_eq(number("SELECT count(*) FROM hosts WHERE busy = 1"), 0);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fence");
    TCase *t = tcase_create("fence");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_older_comparison);
    tcase_add_test(t, test_among_others);
    tcase_add_test(t, test_article_went);
    if (!address_is_file()) {
        tcase_add_test(t, test_claim_lost);
        tcase_add_test(t, test_item_lost);
        tcase_add_test(t, test_fetch_lost);
    }
    suite_add_tcase(suite, t);
    return support_run(suite);
}
