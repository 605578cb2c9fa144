/* What is kept beside the texts: originals and reading them again, versions and what they say
 * otherwise, addresses of the same article. */
#include "support/stored.h"

#include "base/url.h"
#include "compare/changes.h"
#include "store/db/db.h"

#include <signal.h>
#include <stdio.h>
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

#define HEAD "<!doctype html><html lang=\"en\"><head><title>Bridge over the Wend</title>"
#define LINK "<link rel=\"canonical\" href=\"https://news.example/bridge\">"
#define BODY(more)                                                                                 \
    "</head><body><nav><a href=\"/\">Home</a></nav><article><h1>Bridge over the Wend</h1>"         \
    "<p>The council of Wend met on Monday to talk about the bridge that has been closed since "    \
    "March, and about the money that it would take to mend it before the winter.</p>"              \
    "<p>\"The bridge is safe,\" Anna Lund said on Monday.</p>" more                                \
    "<p>The bridge was closed in March after a lorry had hit one of its pillars at night.</p>"     \
    "</article></body></html>"

static struct ingest_result ingest(const char *bytes, const char *url)
{
    struct err err = {0};
    struct ingest_result result = {0};
    struct ingest_source source = {.bytes = str_of(bytes),
                                   .type = PAGE_HTML,
                                   .content_type = S("text/html; charset=utf-8"),
                                   .url = str_of(url),
                                   .outlet = S("Wend Courier")};
    ck_assert_msg(ingest_page(s.store, &source, &result, &err), "%s", err.message);
    ck_assert_msg(ingest_stale(s.store, NULL, &err), "%s", err.message);
    return result;
}

static int count(enum store_noun noun, struct store_filter filter)
{
    cJSON *rows = stored_rows(&s, noun, filter);
    int n = cJSON_GetArraySize(rows);
    cJSON_Delete(rows);
    return n;
}

START_TEST(test_bytes_are_kept)
{
    static const char page[] = HEAD LINK BODY("");
    struct arena a = {0};
    struct err err = {0};
    struct store_original o;
    struct ingest_result r = ingest(page, "https://news.example/bridge?utm_source=x");
    ck_assert_msg(store_original_load(s.store, &a, (struct store_version){r.article, 0}, &o, &err),
                  "%s", err.message);
    ck_str_is(o.bytes, page);
    ck_str_is(o.content_type, "text/html; charset=utf-8");
    ck_str_is(o.url, "https://news.example/bridge?utm_source=x");
    cJSON *article = stored_item(&s, NOUN_ARTICLE, r.article, "");
    cJSON *kept = cJSON_GetObjectItem(article, "original");
    ck_assert_int_eq(row_int(kept, "size"), sizeof page - 1);
    ck_assert_int_lt(row_int(kept, "stored"), (int64_t)sizeof page - 1);
    cJSON_Delete(article);
    ck_assert(!store_original_load(s.store, &a, (struct store_version){r.article, 2}, &o, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    /* Switched off, nothing is kept. */
    struct ingest_source source = {
        .bytes = S("Title\n\nAnother text, said Bo Dale."), .type = PAGE_BODY, .forget = true};
    ck_assert(ingest_page(s.store, &source, &r, &err));
    ck_assert(!store_original_load(s.store, &a, (struct store_version){r.article, 0}, &o, &err));
    article = stored_item(&s, NOUN_ARTICLE, r.article, "");
    ck_assert(cJSON_IsNull(cJSON_GetObjectItem(article, "original")));
    cJSON_Delete(article);
    arena_finish(&a);
}
END_TEST

static void sql(const char *text)
{
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    ck_assert_ptr_nonnull(db);
    bool ok = db_run(db, text, &err);
    ck_assert_msg(store_write_end(s.store, ok, CHANGED_CONTENT, &err), "%s", err.message);
}

static int64_t decide(const char *action, int64_t statement, const char *target, cJSON *value)
{
    struct err err = {0};
    int64_t id = 0;
    struct store_decision d = {
        .action = str_of(action), .target = str_of(target), .id = statement, .value = value};
    ck_assert_msg(ingest_decide(s.store, &d, &id, &err), "%s", err.message);
    cJSON_Delete(value);
    return id;
}

static int64_t statement_with(const char *words)
{
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    cJSON *row = row_with(rows, "content", words);
    ck_assert_msg(row != NULL, "nobody says \"%s\"", words);
    int64_t id = row_int(row, "id");
    cJSON_Delete(rows);
    return id;
}

/* An older, poorer reading of the same bytes is in the store: reading again mends it, and what
 * persons decided stands - or is listed, where its words were only in the poorer reading. */
START_TEST(test_reread_mends)
{
    struct ingest_result r = ingest(HEAD LINK BODY(""), "https://news.example/bridge");
    sql("UPDATE articles SET title = 'Bridge | Wend Courier', byline = 'x';");
    struct err err = {0};
    struct store_article poor;
    struct arena a = {0};
    ck_assert(store_article_load(s.store, &a, r.article, &poor, &err));
    poor.text =
        arena_fmt(&a, "Home\n\n%.*s\n\n\"Read this too,\" said Bo Dale.", STR_ARG(poor.text));
    ck_assert_msg(store_article_reread(s.store, &poor, &err), "%s", err.message);
    ck_assert(ingest_stale(s.store, NULL, &err));
    int64_t kept = statement_with("bridge is safe"), lost = statement_with("Read this too");
    decide("confirm", kept, "statement", NULL);
    decide("confirm", lost, "statement", NULL);
    cJSON *value = cJSON_CreateObject();
    cJSON_AddStringToObject(value, "title", "My own title");
    decide("edit", r.article, "article", value);
    ck_assert_int_eq(count(NOUN_DECISION, (struct store_filter){.orphaned = true}), 0);
    ck_assert(stored_reread(&s));
    cJSON *article = stored_item(&s, NOUN_ARTICLE, r.article, "");
    ck_assert_ptr_null(strstr(row_text(article, "text"), "Read this too"));
    ck_assert_ptr_null(strstr(row_text(article, "text"), "Home"));
    ck_assert_str_eq(row_text(article, "title"), "My own title");
    ck_assert_str_eq(row_text(article, "byline"), "");
    ck_assert_int_eq(row_int(article, "version"), 1);
    cJSON *orphan = cJSON_GetArrayItem(cJSON_GetObjectItem(article, "orphaned"), 0);
    ck_assert_ptr_nonnull(strstr(row_text(orphan, "exact"), "Read this too"));
    ck_assert_int_eq(cJSON_GetArraySize(cJSON_GetObjectItem(article, "orphaned")), 1);
    cJSON_Delete(article);
    cJSON *st = stored_item(&s, NOUN_STATEMENT, kept, "");
    ck_assert_str_eq(row_text(st, "status"), "confirmed");
    cJSON_Delete(st);
    ck_assert_int_eq(count(NOUN_DECISION, (struct store_filter){.orphaned = true}), 1);
    cJSON *rereads = stored_rows(&s, NOUN_REREAD, (struct store_filter){0});
    cJSON *last = cJSON_GetArrayItem(rereads, 0);
    ck_assert_str_eq(row_text(last, "status"), "done");
    ck_assert_int_eq(row_int(last, "done"), 1);
    ck_assert_int_eq(row_int(last, "changed"), 1);
    cJSON_Delete(rereads);
    stored_verify(&s);
    arena_finish(&a);
}
END_TEST

/* Without bytes, or with damaged ones, the stored text is what is read. */
START_TEST(test_reread_without_bytes)
{
    stored_import(&s, "data/harbour");
    int before = count(NOUN_STATEMENT, (struct store_filter){0});
    sql("DELETE FROM originals WHERE article = 1; UPDATE originals SET bytes = x'00' "
        "WHERE article = 2;");
    ck_assert(stored_reread(&s));
    cJSON *rereads = stored_rows(&s, NOUN_REREAD, (struct store_filter){0});
    ck_assert_int_eq(row_int(cJSON_GetArrayItem(rereads, 0), "from_text"), 2);
    ck_assert_int_eq(row_int(cJSON_GetArrayItem(rereads, 0), "done"), 3);
    cJSON_Delete(rereads);
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){0}), before);
    stored_verify(&s);
}
END_TEST

static void import_villages(int n)
{
    static const char *const what[] = {"bridge", "school", "harbour", "museum", "tram"};
    struct err err = {0};
    for (int i = 0; i < n; i++) {
        char text[512];
        snprintf(
            text, sizeof text,
            "The %s of Village%d\n\nThe %s of Village%d was opened on Monday. \"We have waited "
            "%d years,\" said Ann Hill%d. Bo Dale%d said the %s had cost %d crowns.",
            what[i % 5], i, what[i % 5], i, i, i, i, what[i % 5], 1000 + i);
        struct ingest_source source = {.bytes = str_of(text), .type = PAGE_TEXT};
        struct ingest_result r;
        ck_assert_msg(ingest_page(s.store, &source, &r, &err), "%s", err.message);
    }
    ck_assert(ingest_stale(s.store, NULL, &err));
}

/* Killed in the middle, and stopped in the middle: the next one goes on, and nothing is lost. */
START_TEST(test_reread_goes_on)
{
    struct err err = {0};
    struct store_reread state;
    import_villages(40);
    int statements = count(NOUN_STATEMENT, (struct store_filter){.story = 1});
    int64_t id = 0;
    ck_assert(store_reread_begin(s.store, 0, &id, &err));
    stored_close(&s);
    for (int round = 0; round < 3; round++) {
        pid_t child = fork();
        if (child == 0) {
            bool left;
            struct reread_options options = {.threads = 2};
            stored_open(&s);
            ingest_reread(s.store, &options, &left, &err);
            _exit(0);
        }
        nanosleep(&(struct timespec){0, 30000000L * (round + 1)}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    stored_open(&s);
    stored_verify(&s);
    bool left = true;
    atomic_bool stop = true;
    struct reread_options stopped = {.stop = &stop}, some = {.most = 1}, all = {.threads = 2};
    ck_assert(store_reread_state(s.store, id, &state, &err));
    int64_t done = state.done;
    if (done < 39) { /* one story is read below, and some are to be left then */
        ck_assert(ingest_reread(s.store, &stopped, &left, &err));
        ck_assert(left);
        ck_assert(ingest_reread(s.store, &some, &left, &err));
        ck_assert(store_reread_state(s.store, id, &state, &err));
        ck_assert_int_gt(state.done, done);
        int64_t again = 0;
        ck_assert(store_reread_begin(s.store, 0, &again, &err)); /* the same one goes on */
        ck_assert_int_eq(again, id);
    }
    ck_assert_msg(ingest_reread(s.store, &all, &left, &err), "%s", err.message);
    ck_assert(!left);
    ck_assert(store_reread_state(s.store, id, &state, &err));
    ck_assert_str_eq(state.status, "done");
    ck_assert_int_eq(state.total, 40);
    ck_assert_int_eq(state.done, 40);
    ck_assert_int_eq(state.failed, 0);
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.story = 1}), statements);
    stored_verify(&s);
    ck_assert(!store_reread_begin(s.store, 99, &id, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    ck_assert(store_reread_begin(s.store, 1, &id, &err));
    ck_assert(store_reread_cancel(s.store, id, &err));
    ck_assert(ingest_reread(s.store, &all, &left, &err));
    ck_assert(store_reread_state(s.store, id, &state, &err));
    ck_assert_str_eq(state.status, "cancelled");
    ck_assert(!store_reread_cancel(s.store, 99, &err));
}
END_TEST

/* ------------------------------------------------------------------------------------- versions */

START_TEST(test_versions_differ)
{
    static const char url[] = "https://news.example/bridge";
    struct ingest_result r =
        ingest(HEAD LINK BODY("<p>Bo Dale said the repair would cost two million crowns.</p>"
                              "<p>\"We will go to court,\" Eva Roth told reporters.</p>"),
               url);
    ck_assert_int_eq(r.how, SAVED_NEW);
    int64_t gone = statement_with("go to court"), stays = statement_with("bridge is safe");
    decide("confirm", gone, "statement", NULL);
    decide("confirm", stays, "statement", NULL);
    r = ingest(HEAD LINK BODY("<p>Bo Dale said the repair would cost three million crowns.</p>"
                              "<p>\"Nobody asked us,\" said Ida Berg.</p>"),
               url);
    ck_assert_int_eq(r.how, SAVED_VERSION);
    cJSON *rows = stored_rows(&s, NOUN_CHANGE, (struct store_filter){.article = r.article});
    cJSON *row;
    int kinds[3] = {0};
    cJSON_ArrayForEach(row, rows) {
        ck_assert_int_eq(row_int(row, "version"), 2);
        const char *kind = row_text(row, "change");
        const cJSON *before = cJSON_GetObjectItem(row, "before"),
                    *after = cJSON_GetObjectItem(row, "after");
        if (strcmp(kind, "reworded") == 0) {
            ck_assert_ptr_nonnull(strstr(row_text(before, "words"), "two million"));
            ck_assert_ptr_nonnull(strstr(row_text(after, "words"), "three million"));
            kinds[0]++;
        } else if (strcmp(kind, "added") == 0) {
            ck_assert_ptr_nonnull(strstr(row_text(after, "words"), "Nobody asked"));
            ck_assert_str_eq(row_text(after, "speaker_name"), "Ida Berg");
            kinds[1]++;
        } else if (strcmp(kind, "dropped") == 0) {
            ck_assert_ptr_nonnull(strstr(row_text(before, "words"), "go to court"));
            kinds[2]++;
        }
    }
    ck_assert_int_eq(kinds[0], 1);
    ck_assert_int_eq(kinds[1], 1);
    ck_assert_int_eq(kinds[2], 1);
    ck_assert_int_eq(cJSON_GetArraySize(rows), 3);
    cJSON_Delete(rows);
    cJSON *article = stored_item(&s, NOUN_ARTICLE, r.article, "");
    ck_assert_int_eq(cJSON_GetArraySize(cJSON_GetObjectItem(article, "changes")), 3);
    ck_assert_int_eq(cJSON_GetArraySize(cJSON_GetObjectItem(article, "versions")), 2);
    ck_assert_int_eq(cJSON_GetArraySize(cJSON_GetObjectItem(article, "orphaned")), 1);
    cJSON_Delete(article);
    cJSON *st = stored_item(&s, NOUN_STATEMENT, stays, "");
    ck_assert_str_eq(row_text(st, "status"), "confirmed");
    cJSON_Delete(st);
    ck_assert(stored_reread(&s)); /* and reading again comes to the same */
    ck_assert_int_eq(count(NOUN_CHANGE, (struct store_filter){.article = r.article}), 3);
    stored_verify(&s);
}
END_TEST

/* data/changes.txt: what each version says, and what is told of the difference. */
START_TEST(test_changes)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "ingest/data/changes.txt"), f[3];
    size_t n, cases = 0;
    while (support_case(&rest, f, 3, &n)) {
        struct told v[2][8];
        size_t m[2] = {0};
        ck_assert_uint_eq(n, 3);
        for (int side = 0; side < 2; side++) {
            struct str list = f[side], one, part;
            while (str_split(&list, ';', &one) && m[side] < 8) {
                struct told *t = &v[side][m[side]];
                *t = (struct told){.id = (side + 1) * 100 + (int64_t)m[side]++};
                ck_assert(str_split(&one, ':', &part));
                t->speaker = str_trim(part);
                t->words = str_trim(one);
            }
        }
        struct change *got;
        size_t k =
            compare_changes(&a, (struct tellings){v[0], m[0]}, (struct tellings){v[1], m[1]}, &got);
        struct str said = S("");
        for (size_t i = 0; i < k; i++)
            said = arena_fmt(&a, "%.*s%s%s %d %d", STR_ARG(said), i ? "; " : "",
                             change_names[got[i].kind], (int)got[i].before, (int)got[i].after);
        ck_assert_msg(str_eq(said, str_eq(f[2], S("none")) ? S("") : f[2]),
                      "\"%.*s\" to \"%.*s\" gives \"%.*s\"", STR_ARG(f[0]), STR_ARG(f[1]),
                      STR_ARG(said));
        cases++;
    }
    ck_assert_uint_ge(cases, 8);
    arena_finish(&a);
}
END_TEST

/* ------------------------------------------------------------------------------------ duplicates
 */

/* Views for phones and printers, tracking, another address with the same words: one article. */
START_TEST(test_one_article_many_addresses)
{
    static const char *const same[] = {
        "https://www.news.example/bridge/?utm_source=mail&utm_medium=x#top",
        "https://news.example/amp/bridge",
        "https://amp.news.example/bridge",
        "https://news.example/bridge?output=amp",
        "https://news.example/bridge/print",
        "http://m.news.example/bridge"};
    struct ingest_result first = ingest(HEAD BODY(""), "https://news.example/bridge");
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        /* What a view leaves out or adds is not another version. */
        struct ingest_result r =
            ingest(i % 2 ? HEAD BODY("") : HEAD BODY("<p>Print this page.</p>"), same[i]);
        ck_assert_msg(r.article == first.article && r.how == SAVED_SAME, "%s: %lld %d", same[i],
                      (long long)r.article, (int)r.how);
    }
    struct ingest_result copy = ingest(HEAD BODY(""), "https://news.example/2025/another-slug");
    ck_assert_int_eq(copy.article, first.article);
    ck_assert_int_eq(count(NOUN_ARTICLE, (struct store_filter){0}), 1);
    cJSON *article = stored_item(&s, NOUN_ARTICLE, first.article, "");
    cJSON *also = cJSON_GetObjectItem(article, "also_at");
    ck_assert_int_eq(row_int(article, "version"), 1);
    ck_assert_ptr_nonnull(row_with(also, "url", "https://news.example/2025/another-slug"));
    cJSON_Delete(article);
    cJSON *stories = stored_rows(&s, NOUN_STORY, (struct store_filter){0});
    ck_assert_int_eq(row_int(cJSON_GetArrayItem(stories, 0), "articles"), 1);
    cJSON_Delete(stories);
    /* Other words at the article's own address are a version all the same. */
    struct ingest_result next =
        ingest(HEAD BODY("<p>\"Nobody asked us,\" said Ida Berg of the ferry company, which had "
                         "hoped for another year.</p>"),
               "https://news.example/bridge");
    ck_assert_int_eq(next.article, first.article);
    ck_assert_int_eq(next.how, SAVED_VERSION);
}
END_TEST

#define LONGER                                                                                     \
    "<p>Mayor Ole Dahl wants the works to begin in May, when the river is low and the ferry can "  \
    "take the lorries across.</p><p>Two offers have come in from firms in the north. Neither "     \
    "includes the lamps.</p><p>Shopkeepers on the left bank have lost a third of their trade.</p>"

/* Another outlet that carries the same text is a report of its own with the same origin, and each
 * names the other. */
START_TEST(test_syndicated)
{
    struct err err = {0};
    struct ingest_result first = ingest(HEAD BODY(LONGER), "https://news.example/bridge"), other;
    struct ingest_source source = {.bytes = S(HEAD BODY(LONGER)),
                                   .type = PAGE_HTML,
                                   .url = S("https://post.example/wend"),
                                   .outlet = S("Evening Post")};
    ck_assert(ingest_page(s.store, &source, &other, &err));
    ck_assert(ingest_stale(s.store, NULL, &err));
    ck_assert_int_ne(first.article, other.article);
    ck_assert_int_eq(first.story, other.story);
    cJSON *stories = stored_rows(&s, NOUN_STORY, (struct store_filter){0});
    ck_assert_int_eq(row_int(cJSON_GetArrayItem(stories, 0), "origins"), 1);
    cJSON_Delete(stories);
    cJSON *article = stored_item(&s, NOUN_ARTICLE, first.article, "");
    cJSON *also = cJSON_GetArrayItem(cJSON_GetObjectItem(article, "also_at"), 0);
    ck_assert_str_eq(row_text(also, "view"), "copy");
    ck_assert_str_eq(row_text(also, "outlet"), "Evening Post");
    ck_assert_int_eq(row_int(also, "article"), other.article);
    cJSON_Delete(article);
}
END_TEST

/* data/addresses.txt: address TAB key TAB view. */
START_TEST(test_keys_of_addresses)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "ingest/data/addresses.txt"), f[3];
    size_t n, cases = 0;
    while (support_case(&rest, f, 3, &n)) {
        enum url_view view;
        struct str key = url_key(&a, f[0], &view);
        ck_assert_msg(str_eq(key, str_eq(f[1], S("-")) ? S("") : f[1]), "%.*s gives %.*s",
                      STR_ARG(f[0]), STR_ARG(key));
        ck_assert_msg(str_eq(str_of(url_view_names[view]), f[2]), "%.*s is a %s", STR_ARG(f[0]),
                      url_view_names[view]);
        cases++;
    }
    ck_assert_uint_ge(cases, 12);
    struct str text = S("one two three four five six seven eight nine ten eleven twelve");
    ck_assert(page_texts_alike(&a, text, text));
    ck_assert(
        page_texts_alike(&a, text, S("one two three four five six seven eight nine ten eleven")));
    ck_assert(!page_texts_alike(&a, text, S("one two three four")));
    ck_assert(
        !page_texts_alike(&a, text, S("one two three nine eight four five six ten seven x y")));
    ck_assert(!page_texts_alike(&a, S(""), S("")));
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keep");
    TCase *t = tcase_create("keep");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, test_bytes_are_kept);
    tcase_add_test(t, test_reread_mends);
    tcase_add_test(t, test_reread_without_bytes);
    tcase_add_test(t, test_reread_goes_on);
    tcase_add_test(t, test_versions_differ);
    tcase_add_test(t, test_changes);
    tcase_add_test(t, test_one_article_many_addresses);
    tcase_add_test(t, test_syndicated);
    tcase_add_test(t, test_keys_of_addresses);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
