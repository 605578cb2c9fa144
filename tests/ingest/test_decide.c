/* What a decision does beyond its entry in the journal: how much is compared while its maker waits,
 * and what becomes of a comparison that fails. */
#include "store/db/db.h"
#include "support/stored.h"

#include <stdio.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static bool rename_actor(const char *key, const char *value, struct err *err)
{
    cJSON *tree = cJSON_Parse(value);
    struct store_decision d = {
        .action = S("edit"), .target = S("actor"), .key = str_of(key), .value = tree};
    int64_t entry = 0;
    bool ok = ingest_decide(s.store, &d, &entry, err);
    cJSON_Delete(tree);
    return ok && entry > 0;
}

/* `n` stories of one article each, in all of which the same person speaks. */
static void keep_stories(int n)
{
    struct err err = {0};
    for (int i = 0; i < n; i++) {
        char text[160];
        int64_t id, story;
        snprintf(text, sizeof text,
                 "“Plan %d will be kept,” said Robert Miller.\n\nRobert Miller heads the port.", i);
        struct store_article article = {
            .title = S("Plan"), .text = str_of(text), .published = S("2025-04-24")};
        ck_assert_msg(store_article_save(s.store, &article, &id, &story, &err), "%s", err.message);
    }
    ck_assert_msg(ingest_stale(s.store, NULL, &err), "%s", err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE stale > 0"), 0);
}

/* An actor of sixty stories: forty are compared, the worker does the others. */
START_TEST(test_many_stories)
{
    struct err err = {0};
    int64_t undone;
    keep_stories(60);
    ck_assert_int_eq(
        stored_number(&s, "SELECT count(*) FROM story_actors WHERE actor = 'robert-miller'"), 60);
    ck_assert_msg(rename_actor("robert-miller", "{\"role\":\"harbour master\"}", &err), "%s",
                  err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE stale > 0"), 20);
    ck_assert_msg(ingest_stale(s.store, NULL, &err), "%s", err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE stale > 0"), 0);
    ck_assert_msg(ingest_undo(s.store, &undone, &err), "%s", err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE stale > 0"), 20);
}
END_TEST

/* The entry stands, so there is no error; the story waits for the worker. */
START_TEST(test_comparison_fails)
{
    struct err err = {0};
    stored_import(&s, "data/harbour");
    int64_t story = stored_number(&s, "SELECT min(id) FROM stories WHERE id > 0");
    cJSON *value = cJSON_Parse("{\"title\":\"Mine\"}");
    struct store_decision d = {
        .action = S("edit"), .target = S("story"), .id = story, .value = value};
    int64_t entry = 0, undone = 0;
    stored_run(
        &s, "CREATE TRIGGER no BEFORE UPDATE ON comparisons BEGIN SELECT raise(ABORT, 'no'); END");
    ck_assert_msg(ingest_decide(s.store, &d, &entry, &err), "%s", err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM decisions"), 1);
    ck_assert_int_gt(stored_number(&s, "SELECT max(stale) FROM stories"), 0);
    ck_assert_msg(ingest_undo(s.store, &undone, &err), "%s", err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM decisions"), 2);
    ck_assert(!ingest_stale(s.store, NULL, &err));
    stored_run(&s, "DROP TRIGGER no");
    ck_assert_msg(ingest_stale(s.store, NULL, &err), "%s", err.message);
    ck_assert_int_eq(stored_number(&s, "SELECT max(stale) FROM stories"), 0);
    cJSON_Delete(value);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decide");
    TCase *t = tcase_create("decide");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_many_stories);
    tcase_add_test(t, test_comparison_fails);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
