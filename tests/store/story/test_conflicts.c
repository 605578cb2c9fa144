/* A conflict is its story's own: two stories whose reports have the same outlets, titles and words
 * have one each, whichever was compared last; its number stays when its articles move, and the
 * number it had in stores of before leads to it. */
#include "support/stored.h"

#include <stdio.h>

static struct stored s;

static const char *const texts[] = {
    "The weir at Ollern gave way on Monday.\n\nEngineer Ada Quill said the weir held back 900 "
    "tons of gravel.\n\nShe spoke to reporters in Ollern, ",
    "The weir at Ollern gave way on Monday.\n\nEngineer Ada Quill said the weir held back 1,200 "
    "tons of gravel.\n\nThe mayor of Ollern was there, "};
static const char *const outlets[] = {"Ollern Herald", "Hill Post"};

/* One report; the first two and the other two differ in their last words. */
static int64_t keep(int number)
{
    struct err err = {0};
    struct ingest_result result;
    char url[64];
    snprintf(url, sizeof url, "http://weir.example/%d", number);
    struct buf page = {0};
    buf_fmt(&page, "Weir at Ollern gives way\n\n%s%s.\n", texts[number % 2],
            number < 2 ? "in the rain" : "in the snow");
    struct ingest_source source = {.bytes = buf_str(&page),
                                   .type = PAGE_TEXT,
                                   .url = str_of(url),
                                   .outlet = str_of(outlets[number % 2]),
                                   .published = S("2025-03-04T08:00:00Z")};
    ck_assert_msg(ingest_page(s.store, &source, &result, &err), "%s", err.message);
    buf_finish(&page);
    return result.article;
}

/* The conflict of the first story, of the second. */
static int64_t in_first(void)
{
    return stored_number(&s, "SELECT min(c.id) FROM conflicts c WHERE c.story ="
                             " (SELECT min(id) FROM stories WHERE articles > 0)");
}

static int64_t in_second(void)
{
    return stored_number(&s, "SELECT min(c.id) FROM conflicts c WHERE c.story ="
                             " (SELECT max(id) FROM stories WHERE articles > 0)");
}

/* Two stories of two reports each, word for word alike in what contradicts. */
static void setup(void)
{
    struct err err = {0};
    char value[64];
    int64_t articles[4];
    stored_setup(&s);
    for (int i = 0; i < 4; i++)
        articles[i] = keep(i);
    ck_assert_msg(ingest_stale(s.store, NULL, &err), "%s", err.message);
    snprintf(value, sizeof value, "{\"articles\":[%lld,%lld]}", (long long)articles[2],
             (long long)articles[3]);
    stored_decide(&s, "split", "story", stored_number(&s, "SELECT max(story) FROM articles"),
                  value);
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM stories WHERE articles = 2"), 2);
}

static void teardown(void)
{
    stored_verify(&s);
    stored_teardown(&s);
}

START_TEST(test_each_story_has_its_own)
{
    int64_t first = in_first(), second = in_second();
    ck_assert_int_gt(first, 0);
    ck_assert_int_gt(second, 0);
    ck_assert_int_ne(first, second);
    stored_decide(&s, "dismiss", "conflict", second, "{}");
    for (int i = 0; i < 2; i++) {
        stored_run(&s,
                   i ? "UPDATE stories SET stale = 1 WHERE id = (SELECT min(id) FROM stories WHERE"
                       " articles > 0)"
                     : "UPDATE stories SET stale = 1 WHERE id = (SELECT max(id) FROM stories)");
        struct err err = {0};
        ck_assert_msg(ingest_stale(s.store, NULL, &err), "%s", err.message);
        ck_assert_int_eq(in_first(), first);
        ck_assert_int_eq(in_second(), second);
        ck_assert_int_eq(
            stored_number(&s, "SELECT count(*) FROM conflicts WHERE status = 'dismissed'"), 1);
    }
}
END_TEST

/* Whoever renames a report or moves both does not make another conflict of it. */
START_TEST(test_number_stays)
{
    int64_t id = in_second();
    stored_decide(&s, "edit", "article", stored_number(&s, "SELECT max(id) FROM articles"),
                  "{\"title\":\"The weir\"}");
    ck_assert_int_eq(in_second(), id);
    stored_decide(&s, "edit", "story", stored_number(&s, "SELECT max(id) FROM stories"),
                  "{\"title\":\"Ollern\"}");
    ck_assert_int_eq(in_second(), id);
}
END_TEST

/* A store of before: its numbers lead to those of now as soon as the story is compared again. */
START_TEST(test_former_number)
{
    struct err err = {0};
    struct str to;
    struct arena a = {0};
    int64_t id = in_second();
    struct store_query query = {.noun = NOUN_CONFLICT, .id = 77};
    stored_run(
        &s,
        "INSERT INTO conflict_moves (former, story, conflict) SELECT 77, story, id FROM conflicts"
        " WHERE story = (SELECT max(id) FROM stories)");
    ck_assert_msg(store_moved(s.store, &a, &query, &to, &err), "%s", err.message);
    uint64_t now = 0;
    ck_assert(str_to_u64(to, &now));
    ck_assert_int_eq((int64_t)now, id);
    stored_decide(&s, "confirm", "conflict", 77, "{}");
    ck_assert_int_eq(stored_number(&s, "SELECT count(*) FROM conflicts WHERE status = 'confirmed'"),
                     1);
    query.id = id;
    ck_assert(store_moved(s.store, &a, &query, &to, &err) && to.n == 0);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("conflicts");
    TCase *t = tcase_create("conflicts");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_each_story_has_its_own);
    tcase_add_test(t, test_number_stays);
    tcase_add_test(t, test_former_number);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
