/* Ways in that need more than one file or another program: PDF, split articles, archives and tables
 * through the queue. */
#include "support/packed.h"
#include "support/server.h"
#include "support/stored.h"

#include "base/child.h"
#include "base/sandbox.h"
#include "page/unpack/unpack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---------------------------------------------------------------------------------------- PDF */

static void report_is_read(void)
{
    struct arena a = {0};
    struct page p;
    struct err err = {0};
    struct str pdf = support_data(&a, "data/inputs/report.pdf");
    ck_assert_msg(page_read(&a, &(struct page_source){.bytes = pdf}, &p, &err), "%s", err.message);
    ck_str_is(p.title, "Council closes the old swing bridge until the year ends");
    ck_str_is(p.byline, "Ada Finch");
    ck_str_is(p.published, "2025-04-23T18:00:00Z");
    ck_assert(str_contains(p.text, S("and the engineers of the province agreed")));
    ck_assert(str_contains(p.text,
                           S("any charge to the people who live on the other bank.\n\nTransport")));
    ck_assert(!str_contains(p.text, S("local news")) && !str_contains(p.text, S("Page 2")));
    arena_finish(&a);
}

START_TEST(pdf_gives_its_paragraphs)
{
    report_is_read();
}
END_TEST

START_TEST(pdf_is_read_behind_the_sandbox)
{
    const char *const writable[] = {"/var/tmp", NULL}, *const readable[] = {getenv("TESTS_DIR"),
                                                                            NULL};
    ck_assert(child_helper());
    sandbox_enter(writable, readable);
    report_is_read();
    report_is_read();
}
END_TEST

START_TEST(pdf_that_cannot_be_read_is_said)
{
    struct arena a = {0};
    struct page p;
    struct err err = {0};
    struct str pdf = support_data(&a, "data/inputs/report.pdf");
    ck_assert(!page_read(&a, &(struct page_source){.bytes = str_slice(pdf, 0, 100)}, &p, &err));
    ck_assert_msg(strstr(err.message, "PDF"), "%s", err.message);
    setenv("PATH", "/no/such/folder", 1);
    ck_assert(!page_read(&a, &(struct page_source){.bytes = pdf}, &p, &err));
    ck_assert_int_eq(err.kind, ERR_UNSUPPORTED);
    ck_assert_msg(strstr(err.message, "not installed here"), "%s", err.message);
    arena_finish(&a);
}
END_TEST

/* ------------------------------------------------------------------------------ split articles */

/* `url` as given (or empty, and the page's own word), links of the page, and what they tell. */
static const struct {
    const char *url, *head, *base, *next;
    unsigned number; /* 0: not one of several */
} places[] = {
    {"https://x.example/a.html", "<link rel=\"next\" href=\"/a.html?page=2\">", "x.example/a.html",
     "https://x.example/a.html?page=2", 1},
    {"https://x.example/a.html?page=2&b=1",
     "<link rel='next' href='?page=3&amp;b=1'><link rel='prev' href='?b=1'>",
     "x.example/a.html?b=1", "https://x.example/a.html?page=3&b=1", 2},
    {"https://www.x.example/a/", "<link rel=\"next\" href=\"https://x.example/a/2/\">",
     "x.example/a", "https://x.example/a/2/", 1},
    {"https://x.example/a/page/3", "<a rel=prev href=/a/page/2>back</a>", "x.example/a", "", 3},
    {"https://x.example/a-2.html",
     "<div class=pager><a href=a.html>1</a> <b>2</b> <a href=a-3.html>3</a></div>",
     "x.example/a.html", "https://x.example/a-3.html", 2},
    {"https://x.example/a,seite-1.html", "<p class=pagination><a href='a,seite-2.html'>2</a></p>",
     "x.example/a.html", "https://x.example/a,seite-2.html", 1},
    /* a later page that gives the first one's address as its own */
    {"",
     "<link rel=canonical href=https://x.example/a><link rel=\"prev\" href=\"https://x.example/a\">"
     "<link rel=\"next\" href=\"https://x.example/a?page=3\">",
     "x.example/a", "https://x.example/a?page=3", 2},
    /* the article before and after, pages of a section, comments, a year */
    {"https://x.example/2025/a", "<link rel=\"next\" href=\"https://x.example/2025/b\">", NULL,
     NULL, 0},
    {"https://x.example/a", "<div class=\"comments pager\"><a href='/a?page=2'>2</a></div>", NULL,
     NULL, 0},
    {"https://x.example/s/2024", "<link rel=\"next\" href=\"/s/2025\">", NULL, NULL, 0},
    {"https://x.example/a", "<link rel=\"next\" href=\"https://y.example/a?page=2\">", NULL, NULL,
     0},
    {"https://x.example/a", "<div class=pagination><a href='/a?page=2'>3</a></div>", NULL, NULL, 0},
};

START_TEST(pages_know_their_place)
{
    struct arena a = {0};
    struct split_place place = {0};
    struct str html =
        arena_fmt(&a, "<html><head>%s</head><body><p>x</p></body></html>", places[_i].head);
    bool found = split_find(&a, html, S("text/html"), str_of(places[_i].url), &place);
    ck_assert_msg(found == (places[_i].number > 0), "%s", places[_i].head);
    if (found) {
        ck_str_is(place.base, places[_i].base);
        ck_str_is(place.next, places[_i].next);
        ck_assert_uint_eq(place.number, places[_i].number);
    }
    arena_finish(&a);
}
END_TEST

static const char *const paragraphs[] = {
    "The harbour council voted on Monday to close the old swing bridge until the year ends.",
    "Mayor Ida Falk said the town could not wait for another winter and its many storms.",
    "Transport minister Tom Reyes said he supported the closure but wanted a ferry by spring."};

/* Page k of three; each repeats the standfirst. */
static struct str page_of_three(struct arena *a, int k)
{
    struct str next =
        k < 3 ? arena_fmt(a, "<link rel=\"next\" href=\"/long.html?page=%d\">", k + 1) : S("");
    struct str prev =
        k > 1 ? arena_fmt(a, "<link rel=\"prev\" href=\"/long.html?page=%d\">", k - 1) : S("");
    if (k == 2)
        prev = S("<link rel=\"prev\" href=\"/long.html\">");
    return arena_fmt(
        a,
        "<html><head><title>A long read</title>%.*s%.*s"
        "<link rel=canonical href=https://x.example/long.html></head><body><article>"
        "<h1>A long read</h1><p>All that is known of the closure of the bridge, told in "
        "three parts.</p><p>%s</p><p>Part %d goes on like this, so says the town clerk "
        "Bo Lund of Northgate.</p></article></body></html>",
        STR_ARG(next), STR_ARG(prev), paragraphs[k - 1], k);
}

static void is_whole(struct str text)
{
    size_t at = 0;
    for (int k = 0; k < 3; k++) {
        at = str_find(text, str_of(paragraphs[k]), at);
        ck_assert_msg(at != STR_NONE, "paragraph %d is missing in: %.*s", k, STR_ARG(text));
    }
    size_t first = str_find(text, S("told in three parts"), 0);
    ck_assert_msg(first == STR_NONE ||
                      str_find(text, S("told in three parts"), first + 1) == STR_NONE,
                  "the standfirst is repeated: %.*s", STR_ARG(text));
}

START_TEST(joined_pages_are_one_article)
{
    struct arena a = {0};
    struct page p;
    struct err err = {0};
    struct split_page pages[3], parts[SPLIT_PAGES];
    size_t n = 0;
    for (int k = 0; k < 3; k++)
        pages[k] = (struct split_page){arena_fmt(&a, "https://x.example/long.html?page=%d", k + 1),
                                       S("text/html; charset=utf-8"), page_of_three(&a, k + 1)};
    struct str joined = split_join(&a, pages, 3);
    ck_assert(split_parts(joined, parts, &n));
    ck_assert_uint_eq(n, 3);
    ck_assert(str_eq(parts[1].bytes, pages[1].bytes) && str_eq(parts[2].url, pages[2].url));
    ck_assert_msg(page_read(&a, &(struct page_source){.bytes = joined}, &p, &err), "%s",
                  err.message);
    ck_str_is(p.title, "A long read");
    is_whole(p.text);
    for (size_t cut = 0; cut < joined.n; cut += 7) /* cut off anywhere, it is read or refused */
        page_read(&a, &(struct page_source){.bytes = str_slice(joined, 0, cut)}, &p, NULL);
    arena_finish(&a);
}
END_TEST

/* ------------------------------------------------------------------------------ through the queue
 */

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static struct str put_file(struct arena *a, const char *name, struct str bytes)
{
    struct str path = arena_fmt(a, "%s/in/%s", s.folder, name);
    mkdir(arena_fmt(a, "%s/in", s.folder).p, 0700);
    FILE *f = fopen(path.p, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
    return path;
}

static void remove_inputs(struct arena *a)
{
    ck_assert_int_eq(system(arena_fmt(a, "rm -rf '%s/in'", s.folder).p), 0);
}

static void import_path(const char *path, int64_t done, int64_t failed)
{
    struct err err = {0};
    struct store_import state;
    int64_t import = 0;
    struct ingest_files files = {&path, 1, .type = "auto"};
    ck_assert_msg(ingest_submit_files(s.store, &files, &import, &err), "%s", err.message);
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s", err.message);
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done, done);
    ck_assert_int_eq(state.failed, failed);
}

static void text_is_whole(void)
{
    cJSON *article = stored_item(&s, NOUN_ARTICLE, 1, NULL);
    is_whole(str_of(row_text(article, "text")));
    cJSON_Delete(article);
}

START_TEST(files_of_one_article_are_joined)
{
    struct arena a = {0};
    put_file(&a, "c.html", page_of_three(&a, 1));
    put_file(&a, "a.html", page_of_three(&a, 3));
    put_file(&a, "b.html", page_of_three(&a, 2));
    import_path(arena_fmt(&a, "%s/in", s.folder).p, 1, 0);
    text_is_whole();
    remove_inputs(&a);
    arena_finish(&a);
}
END_TEST

START_TEST(a_gap_is_not_joined_over)
{
    struct arena a = {0};
    put_file(&a, "1.html", page_of_three(&a, 1));
    put_file(&a, "3.html", page_of_three(&a, 3));
    import_path(arena_fmt(&a, "%s/in", s.folder).p, 2, 0);
    remove_inputs(&a);
    arena_finish(&a);
}
END_TEST

/* The three pages; more is asked of nobody. */
static void respond(int fd, struct str request)
{
    struct arena a = {0};
    struct str path = server_path(request);
    int k = str_eq(path, S("/long.html")) ? 1 : 0;
    if (str_starts(path, S("/long.html?page=")) && path.n == 17)
        k = path.p[16] - '0';
    bool known = k >= 1 && k <= 3;
    server_answer(fd, known ? "200 OK" : "404 Not Found", "Content-Type: text/html\r\n",
                  known ? page_of_three(&a, k) : S("none"));
    arena_finish(&a);
}

START_TEST(following_pages_are_fetched)
{
    struct arena a = {0};
    struct err err = {0};
    struct server server;
    int64_t import = 0;
    server_start(&server, respond);
    struct str url = arena_fmt(&a, "http://127.0.0.1:%u/long.html", server.port);
    struct worker_options options = {.allow_private_fetch = true};
    ck_assert(ingest_submit_url(s.store, url, &import, &err));
    ck_assert_msg(worker_drain(s.store, &options, NULL, &err), "%s", err.message);
    server_stop(&server);
    text_is_whole();
    arena_finish(&a);
}
END_TEST

#define ROW(n)                                                                                     \
    "Bridge " n " closed,\"The council voted on Monday to close bridge " n                         \
    ", Mayor Ida Falk said.\",Post\n"

/* As an upload comes: bytes in the queue, unpacked by the worker, each member an item. */
START_TEST(archives_are_unpacked_by_the_worker)
{
    struct arena a = {0};
    struct err err = {0};
    struct store_import state;
    int64_t import = 0;
    struct packed_file files[] = {
        {STR("p.html"), page_of_three(&a, 1)},
        {STR("t.csv"), STR("title,text,paper\n" ROW("1") "none,,Post\n" ROW("2"))},
        {STR("bad.pdf"), STR("%PDF-1.7 cut off")}};
    struct store_import_item item = {.kind = IMPORT_BYTES,
                                     .name = S("all.zip"),
                                     .page_type = S("auto"),
                                     .bytes = packed_make(&a, PACKED_ZIP, files, 3)};
    ck_assert(ingest_submit_items(s.store, &(struct store_import_batch){S("x"), &item, 1}, &import,
                                  &err));
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s", err.message);
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.done, 4); /* the archive itself and three articles */
    ck_assert_int_eq(state.failed, 2);
    ck_assert_str_eq(state.status, "done");
    cJSON *items = stored_rows(&s, NOUN_IMPORT_ITEM, (struct store_filter){.import = import});
    ck_assert_str_eq(row_text(row_with(items, "name", "all.zip"), "stage"), "archive");
    ck_assert_ptr_nonnull(row_with(items, "error", "row 3 has no text"));
    ck_assert_ptr_nonnull(row_with(items, "name", "all.zip/bad.pdf"));
    cJSON_Delete(items);
    arena_finish(&a);
}
END_TEST

START_TEST(a_map_goes_along_with_a_table)
{
    struct arena a = {0};
    struct err err = {0};
    int64_t import = 0;
    struct store_import_item item = {.kind = IMPORT_BYTES,
                                     .name = S("t.csv"),
                                     .page_type = S("auto"),
                                     .content_type = S("text/csv; map=title=h,text=t,outlet=paper"),
                                     .bytes = S("h,t,paper\n" ROW("1"))};
    ck_assert(ingest_submit_items(s.store, &(struct store_import_batch){S("x"), &item, 1}, &import,
                                  &err));
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s", err.message);
    cJSON *article = stored_item(&s, NOUN_ARTICLE, 1, NULL);
    ck_assert_str_eq(row_text(article, "title"), "Bridge 1 closed");
    ck_assert_str_eq(row_text(article, "outlet"), "Post");
    cJSON_Delete(article);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("inputs");
    TCase *t = tcase_create("pages"), *queue = tcase_create("queue");
    suite_add_tcase(suite, t);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, pdf_gives_its_paragraphs);
    tcase_add_test(t, pdf_is_read_behind_the_sandbox);
    tcase_add_test(t, pdf_that_cannot_be_read_is_said);
    tcase_add_loop_test(t, pages_know_their_place, 0, (int)(sizeof places / sizeof *places));
    tcase_add_test(t, joined_pages_are_one_article);
    suite_add_tcase(suite, queue);
    tcase_set_timeout(queue, 120);
    tcase_add_checked_fixture(queue, setup, teardown);
    tcase_add_test(queue, files_of_one_article_are_joined);
    tcase_add_test(queue, a_gap_is_not_joined_over);
    tcase_add_test(queue, following_pages_are_fetched);
    tcase_add_test(queue, archives_are_unpacked_by_the_worker);
    tcase_add_test(queue, a_map_goes_along_with_a_table);
    return support_run(suite);
}
