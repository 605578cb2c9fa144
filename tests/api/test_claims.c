/* What stories say of the same actor, and of the same issue: whichever is compared last, the store
 * says the same. */
#include "ingest/story/pipeline.h"
#include "store/db/db.h"
#include "support/stored.h"

#include <string.h>

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

static void import_text(const char *title, const char *text)
{
    struct err err = {0};
    int64_t import;
    struct store_import_item item = {.kind = IMPORT_BYTES,
                                     .name = str_of(title),
                                     .bytes = str_of(text),
                                     .page_type = S("text"),
                                     .outlet = S("Test Post")};
    ck_assert_msg(ingest_submit_items(s.store, &(struct store_import_batch){item.name, &item, 1},
                                      &import, &err) &&
                      worker_drain(s.store, NULL, NULL, &err),
                  "%s", err.message);
}

static char *as_text(enum store_noun noun, const char *key)
{
    cJSON *tree =
        key ? stored_item(&s, noun, 0, key) : stored_rows(&s, noun, (struct store_filter){0});
    char *text = cJSON_PrintUnformatted(tree);
    cJSON_Delete(tree);
    return text;
}

static void compare(int64_t story)
{
    struct err err = {0};
    ck_assert_msg(ingest_story(s.store, story, &err), "%s", err.message);
}

START_TEST(test_order_of_comparing)
{
    import_text("Minister opens the dam",
                "Minister opens the dam\n\nWater Minister Olga Brandt opened the dam on Friday. "
                "“The valley will never be dry again,” Olga Brandt said. “We kept our "
                "word,” Brandt said. “It took nine years,” she said.");
    import_text("Chess club elects a new head",
                "Chess club elects a new head\n\nOlga Brandt, the club's treasurer, was elected on "
                "Tuesday evening. “I hope to teach children how to play,” club president Olga "
                "Brandt said.");
    ck_assert_int_eq(
        db_number(&s.store->writer, "SELECT count(*) FROM stories WHERE articles", 0, 0), 2);
    ck_assert_int_eq(
        db_number(&s.store->writer,
                  "SELECT count(DISTINCT role) FROM story_actors WHERE actor = 'olga-brandt'", 0,
                  0),
        2);
    char *actors = as_text(NOUN_ACTOR, NULL), *one = as_text(NOUN_ACTOR, "olga-brandt");
    for (int64_t i = 0; i < 4; i++) {
        compare(1 + i % 2);
        char *now = as_text(NOUN_ACTOR, NULL), *item = as_text(NOUN_ACTOR, "olga-brandt");
        ck_assert_str_eq(actors, now);
        ck_assert_str_eq(one, item);
        cJSON_free(now);
        cJSON_free(item);
    }
    cJSON_free(actors);
    cJSON_free(one);
}
END_TEST

/* The heading is the older story's; one that a person gave outranks it wherever it was given. */
START_TEST(test_issue_of_two_stories)
{
    import_text("Ferry fares rise", "Ferry fares rise\n\n“The fares must rise,” Jan Holt said.");
    import_text("A play for one actor",
                "A play for one actor\n\n“I wrote it at night,” Mia Lund said.");
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    bool ok = db_run(db,
                     "INSERT INTO issues (key, title, by) VALUES ('k', 'none', 'engine');"
                     "INSERT INTO story_issues (story, issue, title, by, sort) VALUES"
                     " (1, 'k', 'First', 'engine', 'fact'), (2, 'k', 'Second', 'person', 'fact')",
                     &err);
    ck_assert_msg(store_write_end(s.store, ok, CHANGED_CONTENT, &err), "%s", err.message);
    compare(1); /* says nothing of it any more */
    char *text = as_text(NOUN_ISSUE, "k");
    ck_assert_msg(strstr(text, "\"Second\"") && strstr(text, "\"person\""), "%s", text);
    cJSON_free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("claims");
    TCase *t = tcase_create("claims");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_order_of_comparing);
    tcase_add_test(t, test_issue_of_two_stories);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
