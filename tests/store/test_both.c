/* The same articles in a file and in PostgreSQL: every list, item, network and comparison is the
 * same to the byte, but for the times of the two imports. Runs beside support/postgres.sh alone. */
#include "support/stored.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stored file, server;

static void setup(void)
{
    char *address = getenv("TEST_STORE") ? strdup(getenv("TEST_STORE")) : NULL;
    stored_setup(&server);
    if (address)
        unsetenv("TEST_STORE");
    stored_setup(&file);
    if (address)
        setenv("TEST_STORE", address, 1);
    free(address);
    stored_import(&file, "data/harbour");
    stored_import(&server, "data/harbour");
    stored_import(&file, "data/desk");
    stored_import(&server, "data/desk");
}

static void teardown(void)
{
    stored_teardown(&file);
    stored_teardown(&server);
}

/* "2026-01-31T12:00:00Z" */
static bool is_time(const char *s)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    for (size_t i = 0; form[i]; i++)
        if (form[i] == '0' ? !isdigit((unsigned char)s[i]) : s[i] != form[i])
            return false;
    return true;
}

static void forget_times(struct buf *out)
{
    buf_char(out, 0);
    for (size_t i = 0; i + 20 < out->n; i++)
        if (is_time(out->p + i))
            memset(out->p + i, 't', 20);
}

static void list(struct stored *s, const struct store_query *query, struct buf *out)
{
    struct err err = {0};
    struct row_ndjson rows = row_ndjson_make(out);
    ck_assert_msg(store_list_all(s->store, query, &rows.sink, &err), "noun %d: %s", query->noun,
                  err.message);
    forget_times(out);
}

/* The first line that differs. */
static void compare(const char *what, int number, struct buf *a, struct buf *b)
{
    struct str left = buf_str(a), right = buf_str(b), l, r;
    while ((int)str_split(&left, '\n', &l) | (int)str_split(&right, '\n', &r))
        ck_assert_msg(str_eq(l, r), "%s %d:\n%.*s\n%.*s", what, number, STR_ARG(l), STR_ARG(r));
    buf_finish(a);
    buf_finish(b);
}

START_TEST(test_lists)
{
    size_t bytes = 0;
    const struct store_filter filters[] = {{0},
                                           {.story = 1},
                                           {.article = 2},
                                           {.status = S("confirmed")},
                                           {.kind = S("direct"), .order = S("worth")},
                                           {.stance = S("support")},
                                           {.outlet = S("Harbour Post")},
                                           {.story = 1, .mode = S("one")},
                                           {.from = S("2024-01-01"), .to = S("2025-06-30")},
                                           {.q = S("a")}};
    for (int noun = 0; noun < NOUN_COUNT; noun++)
        for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
            struct store_query query = {.noun = (enum store_noun)noun, .filter = filters[i]};
            struct buf a = {0}, b = {0};
            if (noun == NOUN_SEARCH)
                continue;
            list(&file, &query, &a);
            list(&server, &query, &b);
            bytes += a.n;
            compare("noun", noun, &a, &b);
        }
    ck_assert_uint_gt(bytes, 100000); /* there is something to compare */
}
END_TEST

START_TEST(test_items)
{
    static const enum store_noun nouns[] = {NOUN_STORY, NOUN_ARTICLE, NOUN_STATEMENT,
                                            NOUN_UTTERANCE, NOUN_CONFLICT};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        for (int64_t id = 1; id < 12; id++) {
            struct store_query query = {.noun = nouns[i], .id = id};
            struct stored *both[] = {&file, &server};
            struct buf out[2] = {0};
            for (int k = 0; k < 2; k++) {
                struct row_ndjson rows = row_ndjson_make(&out[k]);
                struct err err = {0};
                if (!store_item(both[k]->store, &query, &rows.sink, &err))
                    buf_fmt(&out[k], "%s", err.message);
                forget_times(&out[k]);
            }
            compare("item", (int)id, &out[0], &out[1]);
        }
}
END_TEST

START_TEST(test_comparisons)
{
    for (int64_t story = 1; story < 4; story++) {
        struct stored *both[] = {&file, &server};
        struct buf out[2] = {0};
        for (int k = 0; k < 2; k++) {
            struct err err = {0};
            if (!store_comparison(both[k]->store, story,
                                  (struct compare_form){OFFSET_CODE_POINTS, false}, &out[k], &err))
                buf_fmt(&out[k], "%s", err.message);
        }
        compare("comparison of story", (int)story, &out[0], &out[1]);
    }
}
END_TEST

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The best first is each engine's own order, as are snippets; the rest is the same. */
static void found_in(struct stored *s, const struct store_query *query, struct store_page *page,
                     struct buf *out)
{
    enum { MOST = 256 };
    struct err err = {0};
    struct buf lines = {0};
    char *hits[MOST];
    size_t n = 0;
    struct row_ndjson rows = row_ndjson_make(&lines);
    ck_assert_msg(store_list(s->store, query, &rows.sink, page, &err), "%s", err.message);
    struct str rest = buf_str(&lines), line;
    while (rest.n && str_split(&rest, '\n', &line)) {
        cJSON *hit = cJSON_ParseWithLength(line.p, line.n);
        cJSON_DeleteItemFromObject(hit, "snippet");
        hits[n++] = cJSON_PrintUnformatted(hit);
        cJSON_Delete(hit);
    }
    if (!query->filter.order.n)
        qsort(hits, n, sizeof *hits, by_text);
    for (size_t i = 0; i < n; i++) {
        buf_fmt(out, "%s\n", hits[i]);
        cJSON_free(hits[i]);
    }
    buf_fmt(out, "%d in all\n", (int)page->total);
    buf_finish(&lines);
}

/* What the hits are of. */
static void facets_in(struct stored *s, const struct store_query *query, struct buf *out)
{
    struct err err = {0};
    struct row_ndjson rows = row_ndjson_make(out);
    ck_assert_msg(store_item(s->store, query, &rows.sink, &err), "%s", err.message);
}

static void search(struct store_filter filter)
{
    struct buf hits[2] = {0}, facets[2] = {0};
    struct store_query query = {.noun = NOUN_SEARCH, .filter = filter, .limit = 200};
    struct store_page page;
    found_in(&file, &query, &page, &hits[0]);
    found_in(&server, &query, &page, &hits[1]);
    compare(filter.q.p, 0, &hits[0], &hits[1]);
    facets_in(&file, &query, &facets[0]);
    facets_in(&server, &query, &facets[1]);
    compare(filter.q.p, 1, &facets[0], &facets[1]);
}

/* Page by page, in an order that both have: with the same cursors. */
static void search_pages(struct store_filter filter)
{
    struct store_page page[2] = {{.total = 0}};
    char cursor[sizeof page->next] = "";
    do {
        struct buf hits[2] = {0};
        struct store_query query = {.noun = NOUN_SEARCH, .filter = filter, .limit = 7};
        query.cursor = str_of(cursor);
        found_in(&file, &query, &page[0], &hits[0]);
        found_in(&server, &query, &page[1], &hits[1]);
        compare(filter.q.p, 2, &hits[0], &hits[1]);
        ck_assert_str_eq(page[0].next, page[1].next);
        memcpy(cursor, page->next, sizeof cursor);
    } while (cursor[0]);
}

/* The reports tell no days. */
static void give_days(struct stored *s)
{
    static const char *const days[] = {"2025-01-10", "2025-03-31", "2024-12-01"};
    for (int64_t i = 0; i < 3; i++) {
        struct err err = {0};
        int64_t entry = 0;
        cJSON *value = cJSON_CreateObject();
        cJSON_AddStringToObject(value, "published", days[i]);
        struct store_decision d = {
            .action = S("edit"), .target = S("article"), .id = i + 1, .value = value};
        ck_assert_msg(ingest_decide(s->store, &d, &entry, &err), "%s", err.message);
        cJSON_Delete(value);
    }
}

START_TEST(test_search)
{
    give_days(&file);
    give_days(&server);
    static const char *const words[] = {"harbour",
                                        "\"the harbour\"",
                                        "har*",
                                        "MAYOR said",
                                        "port ferry",
                                        "café",
                                        "a",
                                        "1",
                                        "\"no such in\"",
                                        "min* \"of the\"",
                                        "O'Connor",
                                        "lind",
                                        "x-y"};
    static const char *const types[] = {"", "articles", "statements"};
    const struct store_filter filters[] = {{0},
                                           {.story = 1},
                                           {.story = 1, .kind = S("direct")},
                                           {.outlet = S("Harbour Post")},
                                           {.from = S("2025-01-01")},
                                           {.to = S("2025-03-31")},
                                           {.actor = S("ada-brokk")},
                                           {.issue = S("the-pay-offer")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t k = 0; k < sizeof filters / sizeof *filters; k++) {
            struct store_filter filter = filters[k];
            filter.q = str_of(words[i]);
            search(filter);
            for (int type = 0; k == 0 && type < 3; type++) {
                filter.type = str_of(types[type]);
                filter.order = (struct str){0};
                search(filter);
                filter.order = S("newest");
                search_pages(filter);
                filter.order = S("oldest");
                search_pages(filter);
            }
        }
}
END_TEST

int main(void)
{
    if (address_is_file()) {
        puts("skipped: PostgreSQL is not running");
        return 0;
    }
    Suite *suite = suite_create("both");
    TCase *t = tcase_create("both");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_lists);
    tcase_add_test(t, test_items);
    tcase_add_test(t, test_comparisons);
    tcase_add_test(t, test_search);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
