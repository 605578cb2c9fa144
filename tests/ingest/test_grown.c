/* A story that grew one report at a time, in whatever order, is the story that came at once: the
 * same document but for the numbers that reports and statements have in the store. */
#include "support/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPORTS = 14, LINES = 10, MOST_ID = 4096 };

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static const char *const lines[LINES] = {
    "“We will close the ferry dock of Maren before winter,” Mayor Ida Moen said on Monday.",
    "“We will not close the ferry dock of Maren before winter,” Ida Moen told the Maren Post.",
    "Harbour director Olav Brekke said that the dock needed 40 million crowns.",
    "Harbour director Olav Brekke said that the dock needed 60 million crowns.",
    "According to Olav Brekke, the piles under the dock are older than the town hall.",
    "“Nobody asked the fishermen of Maren,” said Signe Dahl of the Fishermen's League.",
    "Signe Dahl said the Fishermen's League opposes closing the ferry dock.",
    "Ida Moen welcomed the closing of the ferry dock and thanked the crews.",
    "The dock at Maren was built in 1911 and widened twice since.",
    "Some 300 people stood on the quay on Monday evening.",
};

/* Report k has most of the lines, each in another order. */
static struct store_import_item report(struct arena *a, size_t k)
{
    struct buf text = {0};
    buf_add(&text, S("MAREN - The ferry dock of Maren was the matter of a meeting on Monday. "));
    for (size_t i = 0; i < LINES; i++) {
        size_t line = (i * (1 + 2 * (k % 2)) + k) % LINES;
        if ((line * 7 + k * 5) % 4 != 0)
            buf_add(&text, str_of(lines[line]));
        buf_add(&text, i % 3 == 2 ? S("\n\n") : S(" "));
    }
    struct store_import_item item = {.kind = IMPORT_BYTES,
                                     .page_type = S("body"),
                                     .name = S("made up"),
                                     .title = arena_fmt(a, "Maren argues over dock %zu", k),
                                     .outlet = arena_fmt(a, "Paper %zu", k),
                                     .published = arena_fmt(a, "2024-03-%02zu", 4 + k % 3),
                                     .bytes = arena_str(a, buf_str(&text))};
    buf_finish(&text);
    return item;
}

static void import(const struct store_import_item *items, size_t n)
{
    struct err err = {0};
    int64_t id = 0;
    ck_assert(ingest_submit_items(s.store, &(struct store_import_batch){S("made up"), items, n},
                                  &id, &err));
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s", err.message);
}

/* -------------------------------------------------------------------------- numbers by place */

struct numbers {
    int of[MOST_ID];
};

static void number(struct numbers *n, cJSON *id)
{
    ck_assert(cJSON_IsNumber(id) && id->valueint > 0 && id->valueint < MOST_ID);
    int *at = &n->of[id->valueint];
    if (!*at)
        *at = 1 + n->of[0]++;
    cJSON_SetNumberValue(id, *at);
}

static void number_all(struct numbers *n, cJSON *array)
{
    cJSON *id;
    cJSON_ArrayForEach(id, array)
        number(n, id);
}

static void number_members(struct numbers *n, cJSON *array, const char *name)
{
    cJSON *row;
    cJSON_ArrayForEach(row, array)
        number(n, cJSON_GetObjectItem(row, name));
}

static void number_utterance(struct numbers *articles, struct numbers *statements, cJSON *u)
{
    cJSON_DeleteItemFromObject(u, "id"); /* the least of its statements' */
    number_members(articles, cJSON_GetObjectItem(u, "statements"), "article");
    number_members(statements, cJSON_GetObjectItem(u, "statements"), "id");
    number_members(articles, cJSON_GetObjectItem(u, "absent"), "article");
}

/* The document with articles and statements numbered by their places in it. */
static char *by_place(cJSON *document)
{
    struct numbers articles = {{0}}, statements = {{0}};
    cJSON *row;
    cJSON_DeleteItemFromObject(cJSON_GetObjectItem(document, "story"), "id");
    number_members(&articles, cJSON_GetObjectItem(document, "articles"), "id");
    cJSON_ArrayForEach(row, cJSON_GetObjectItem(document, "actors"))
        number_all(&articles, cJSON_GetObjectItem(row, "articles"));
    cJSON_ArrayForEach(row, cJSON_GetObjectItem(document, "utterances"))
        number_utterance(&articles, &statements, row);
    cJSON_ArrayForEach(row, cJSON_GetObjectItem(document, "positions")) {
        number_all(&articles, cJSON_GetObjectItem(row, "articles"));
        number_all(&statements, cJSON_GetObjectItem(row, "statements"));
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItem(document, "conflicts")) {
        cJSON_DeleteItemFromObject(row, "id");
        number_members(&articles, cJSON_GetObjectItem(row, "spans"), "article");
    }
    number_members(&articles, cJSON_GetObjectItem(document, "rewrites"), "of");
    number_members(&articles, cJSON_GetObjectItem(document, "rewrites"), "by");
    return cJSON_Print(document);
}

/* Of the one story there is. */
static char *the_document(void)
{
    cJSON *stories = stored_rows(&s, NOUN_STORY, (struct store_filter){0});
    ck_assert_int_eq(cJSON_GetArraySize(stories), 1);
    ck_assert_int_eq(row_int(cJSON_GetArrayItem(stories, 0), "articles"), REPORTS);
    cJSON *document = stored_comparison(&s, row_int(cJSON_GetArrayItem(stories, 0), "id"));
    ck_assert_int_gt(cJSON_GetArraySize(cJSON_GetObjectItem(document, "conflicts")), 0);
    ck_assert_int_gt(cJSON_GetArraySize(cJSON_GetObjectItem(document, "rewrites")), 0);
    char *text = by_place(document);
    cJSON_Delete(document);
    cJSON_Delete(stories);
    return text;
}

static char *at_once(void)
{
    struct arena a = {0};
    struct store_import_item items[REPORTS];
    for (size_t k = 0; k < REPORTS; k++)
        items[k] = report(&a, k);
    import(items, REPORTS);
    char *text = the_document();
    arena_finish(&a);
    return text;
}

START_TEST(test_one_by_one)
{
    struct arena a = {0};
    char *expected = at_once();
    stored_teardown(&s);
    stored_setup(&s);
    for (size_t k = 0; k < REPORTS; k++) { /* 5 and 14 have no divisor in common: every report */
        struct store_import_item item = report(&a, (k * 5 + (size_t)_i) % REPORTS);
        import(&item, 1);
    }
    char *text = the_document();
    ck_assert_str_eq(text, expected);
    free(text);
    free(expected);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("grown");
    TCase *t = tcase_create("grown");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, test_one_by_one, 0, 3);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
