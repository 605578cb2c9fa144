/* Stories that nobody has seen yet are found anew when their import is complete. */
#include "store/db/db.h"
#include "support/stored.h"

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

/* The three reports of one event, kept but not compared. */
static void keep_three(int64_t articles[3])
{
    static const char *const names[] = {"data/harbour/1-gazette.txt", "data/harbour/2-post.txt",
                                        "data/harbour/3-wire.txt"};
    for (int i = 0; i < 3; i++) {
        struct arena a = {0};
        struct err err = {0};
        struct ingest_source source = {.bytes = support_data(&a, names[i]), .type = PAGE_TEXT};
        struct ingest_result result;
        ck_assert_msg(ingest_page(s.store, &source, &result, &err), "%s", err.message);
        articles[i] = result.article;
        arena_finish(&a);
    }
}

static int64_t story_of(int64_t article)
{
    int64_t story = 0;
    ck_assert(store_article_story(s.store, article, &story, NULL));
    return story;
}

static size_t fresh_articles(void)
{
    struct arena a = {0};
    struct store_fresh fresh;
    ck_assert(store_fresh_articles(s.store, &a, FRESH_NEW, &fresh, NULL));
    size_t n = fresh.n;
    arena_finish(&a);
    return n;
}

static void regroup(uint32_t first, uint32_t second, uint32_t third)
{
    struct arena a = {0};
    struct store_fresh fresh;
    struct err err = {0};
    const uint32_t by_id[] = {first, second, third};
    uint32_t group[3];
    ck_assert(store_fresh_articles(s.store, &a, FRESH_NEW, &fresh, &err) && fresh.n == 3);
    for (size_t i = 0; i < 3; i++) /* the list is by story */
        group[i] = by_id[fresh.v[i].id - 1];
    ck_assert_msg(store_regroup(s.store, &fresh, group, &err), "%s", err.message);
    arena_finish(&a);
}

START_TEST(test_articles_move)
{
    int64_t id[3];
    keep_three(id);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE id > 0"), 1);
    regroup(0, 1, 1);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE id > 0"), 2);
    ck_assert_int_ne(story_of(id[0]), story_of(id[1]));
    ck_assert_int_eq(story_of(id[1]), story_of(id[2]));
    ck_assert_int_eq(stored_number(&s, "SELECT sum(articles) FROM stories WHERE title <> ''"), 3);
    regroup(0, 1, 0);
    ck_assert_int_eq(story_of(id[0]), story_of(id[2]));
    regroup(0, 0, 0); /* the story left empty is gone */
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE id > 0"), 1);
    ck_assert_int_eq(stored_number(&s, "SELECT articles FROM stories WHERE id > 0"), 3);
}
END_TEST

START_TEST(test_found_again_from_all)
{
    int64_t id[3];
    struct err err = {0};
    keep_three(id);
    regroup(0, 1, 2); /* as if each had been placed alone */
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE id > 0"), 3);
    ck_assert_msg(ingest_regroup(s.store, FRESH_NEW, &err), "%s", err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE id > 0"), 1);
    ck_assert(ingest_stale(s.store, NULL, &err));
    stored_verify(&s);
}
END_TEST

START_TEST(test_seen_stories_stay)
{
    int64_t id[3];
    struct err err = {0};
    keep_three(id);
    regroup(0, 1, 1);
    cJSON *value = cJSON_Parse("{\"title\":\"Mine\"}");
    struct store_decision decision = {
        .action = S("edit"), .target = S("story"), .id = story_of(id[0]), .value = value};
    int64_t entry;
    ck_assert_msg(store_decide(s.store, &decision, &entry, &err), "%s", err.message);
    cJSON_Delete(value);
    ck_assert_uint_eq(fresh_articles(), 2); /* a person has been at the other */
    ck_assert(ingest_regroup(s.store, FRESH_NEW, &err));
    ck_assert_int_ne(story_of(id[0]), story_of(id[1]));
    ck_assert(ingest_stale(s.store, NULL, &err));
    ck_assert_uint_eq(fresh_articles(), 0); /* compared: people may have seen it */
}
END_TEST

/* A long import compares its stories meanwhile; at its end they are settled all the same. */
START_TEST(test_a_running_import_settles_its_stories)
{
    int64_t id[3], import = 0;
    struct err err = {0};
    struct store_import_item item = {
        .name = S("1"), .kind = IMPORT_BYTES, .bytes = S("x"), .page_type = S("text")};
    const struct store_import_batch batch = {.what = S("1 file"), .items = &item, .n = 1};
    ck_assert(store_import_add(s.store, &batch, &import, &err));
    keep_three(id);
    regroup(0, 1, 2);
    ck_assert(ingest_stale(s.store, NULL, &err));
    ck_assert(ingest_regroup(s.store, FRESH_NEW, &err));
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE id > 0"),
                     3); /* compared ones stay */
    ck_assert_msg(ingest_regroup(s.store, FRESH_IMPORT, &err), "%s", err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE id > 0"), 1);
    ck_assert_int_eq(
        stored_number(&s, "SELECT count(*) FROM statements s JOIN articles a ON a.id = s.article"
                          " WHERE a.story <> s.story"),
        0);
    ck_assert(ingest_stale(s.store, NULL, &err));
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM actors x WHERE stories <>"
                                       " (SELECT count(*) FROM story_actors WHERE actor = x.key)"),
                     0);
    ck_assert(store_import_cancel(s.store, import, &err));
    stored_verify(&s);
}
END_TEST

/* The address of a story that became part of another leads there. */
START_TEST(test_joined_stories_lead_on)
{
    int64_t id[3];
    struct err err = {0};
    struct arena a = {0};
    struct str to;
    keep_three(id);
    regroup(0, 1, 1);
    ck_assert(ingest_stale(s.store, NULL, &err));
    int64_t first = story_of(id[0]), second = story_of(id[1]);
    ck_assert_msg(ingest_regroup(s.store, FRESH_ALL, &err), "%s", err.message);
    ck_assert_int_eq(story_of(id[0]), story_of(id[1]));
    int64_t gone = story_of(id[0]) == first ? second : first;
    struct store_query old = {.noun = NOUN_STORY, .id = gone};
    ck_assert(store_moved(s.store, &a, &old, &to, &err));
    ck_assert_msg(str_eq(to, arena_fmt(&a, "%lld", (long long)story_of(id[0]))), "%.*s",
                  STR_ARG(to));
    ck_assert(ingest_stale(s.store, NULL, &err));
    stored_verify(&s);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("regroup");
    TCase *t = tcase_create("regroup");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_articles_move);
    tcase_add_test(t, test_found_again_from_all);
    tcase_add_test(t, test_seen_stories_stay);
    tcase_add_test(t, test_a_running_import_settles_its_stories);
    tcase_add_test(t, test_joined_stories_lead_on);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
