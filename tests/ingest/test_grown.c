/* A story that grew one report at a time, in whatever order, is the story that came at once: the
 * same document but for the numbers that reports and statements have in the store. And whatever is
 * done in between, what is kept in memory for the next comparison changes nothing. */
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

/* ------------------------------------------------------------------ what is kept in memory */

static uint32_t dice_state;

static uint32_t dice(uint32_t sides)
{
    dice_state = dice_state * 1664525 + 1013904223;
    return (dice_state >> 16) % sides;
}

/* A row's number, 0 where there are none. */
static int64_t any_of(enum store_noun noun)
{
    cJSON *rows = stored_rows(&s, noun, (struct store_filter){0});
    int n = cJSON_GetArraySize(rows);
    int64_t id = n ? row_int(cJSON_GetArrayItem(rows, (int)dice((uint32_t)n)), "id") : 0;
    cJSON_Delete(rows);
    return id;
}

static void decide(const char *action, const char *target, int64_t id, const char *value)
{
    struct err err = {0};
    int64_t entry = 0;
    cJSON *tree = cJSON_Parse(value);
    struct store_decision d = {
        .action = str_of(action), .target = str_of(target), .id = id, .value = tree};
    bool ok = !id || ingest_decide(s.store, &d, &entry, &err);
    ck_assert_msg(ok || err.kind == ERR_INVALID || err.kind == ERR_CONFLICT, "%s", err.message);
    cJSON_Delete(tree);
}

/* An article out of its story, to begin one of its own. */
static void part_article(void)
{
    int64_t article = any_of(NOUN_ARTICLE);
    cJSON *row = stored_item(&s, NOUN_ARTICLE, article, NULL);
    const cJSON *story = cJSON_GetObjectItem(row, "story");
    char value[64];
    snprintf(value, sizeof value, "{\"articles\": [%lld]}", (long long)article);
    decide("split", "story", cJSON_IsObject(story) ? row_int(story, "id") : row_int(row, "story"),
           value);
    cJSON_Delete(row);
}

static char *document_of(int64_t story)
{
    cJSON *document = stored_comparison(&s, story);
    char *text = cJSON_Print(document);
    cJSON_Delete(document);
    return text;
}

/* Every story is what it is when it is compared with nothing kept. */
static void check_stories(void)
{
    cJSON *stories = stored_rows(&s, NOUN_STORY, (struct store_filter){0}), *row;
    struct err err = {0};
    cJSON_ArrayForEach(row, stories) {
        int64_t id = row_int(row, "id");
        char *grown = document_of(id);
        lang_forget_positions();
        compare_forget();
        ck_assert_msg(ingest_story(s.store, id, &err), "%s", err.message);
        char *fresh = document_of(id);
        ck_assert_str_eq(grown, fresh);
        free(grown);
        free(fresh);
    }
    cJSON_Delete(stories);
}

static void step(struct arena *a, size_t *brought)
{
    struct err err = {0};
    int64_t id = 0;
    switch (*brought < 3 ? 0 : dice(11)) {
    case 0:
    case 1:
    case 2:
    case 3:
        if (*brought < REPORTS) {
            struct store_import_item item = report(a, (*brought)++ * 5 % REPORTS);
            import(&item, 1);
        }
        break;
    case 4:
        part_article();
        break;
    case 5:
        decide("reject", "statement", any_of(NOUN_STATEMENT), "{}");
        break;
    case 6: /* other words than the engine found */
        decide("edit", "statement", any_of(NOUN_STATEMENT),
               "{\"content\": [{\"start\": 80, \"end\": 190}]}");
        break;
    case 7:
        decide("confirm", "statement", any_of(NOUN_STATEMENT), "{}");
        break;
    case 8:
        ck_assert(stored_reread(&s));
        break;
    default:
        if (!ingest_undo(s.store, &id, &err))
            ck_assert_int_eq(err.kind, ERR_MISSING);
    }
}

START_TEST(test_kept_in_memory)
{
    struct arena a = {0};
    size_t brought = 0;
    dice_state = (uint32_t)_i + 1;
    for (int i = 0; i < 24; i++) {
        step(&a, &brought);
        ck_assert(ingest_stale(s.store, NULL, NULL));
        if (i % 3 == 2)
            check_stories();
    }
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
    tcase_add_loop_test(t, test_kept_in_memory, 0, 4);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
