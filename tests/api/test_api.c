/* The API as a black box: a server over a store into which two short reports come through it. */
#include "support/client.h"
#include "support/support.h"

#include "api/api.h"
#include "base/json.h"

#include <ftw.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char first[] =
    "The harbour council wants the ferry back\n\n"
    "PORT ELLEN, April 22, 2025 - The harbour council wants the ferry to return this summer.\n\n"
    "\"We support the new quay and we will pay for it,\" council leader Anna Berg said on "
    "Tuesday.\n\n"
    "Shipping minister Paul Roth said the government opposed the new quay because it was too "
    "expensive.\n";
static const char second[] =
    "Minister rejects plan for quay\n\n"
    "April 22, 2025 - Shipping minister Paul Roth said on Tuesday that the new quay was too "
    "expensive and the ferry would not return.\n\n"
    "\"We will pay for it,\" said Anna Berg, who leads the harbour council.\n";

struct fixture {
    struct arena a;
    char dir[40];
    struct store *store;
    struct worker *worker;
    struct http_options options;
    struct api *api;
    const char *at;
};

static struct answer get(struct fixture *f, const char *path)
{
    return client_ask(&f->a, f->at, "GET", path, "", S(""));
}

static struct answer post(struct fixture *f, const char *path, const char *headers, struct str body)
{
    return client_ask(&f->a, f->at, "POST", path, headers, body);
}

/* Waits until the import at `location` has ended. */
static struct answer finished(struct fixture *f, struct str location)
{
    struct answer state = {0};
    for (int i = 0; i < 400; i++) {
        state = get(f, arena_str(&f->a, location).p);
        ck_assert_int_eq(state.status, 200);
        if (!str_contains(state.body, S("\"status\":\"queued\"")) &&
            !str_contains(state.body, S("\"status\":\"running\"")))
            break;
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    return state;
}

static void import_text(struct fixture *f, const char *outlet, const char *text)
{
    struct buf body = {0};
    struct json j = json_begin(&body);
    json_object(&j);
    json_field_str(&j, "text", str_of(text));
    json_field_str(&j, "outlet", str_of(outlet));
    json_field_str(&j, "published", S("2025-04-22"));
    json_end_object(&j);
    struct answer got = post(f, "/api/v1/imports", "", buf_str(&body));
    buf_finish(&body);
    ck_assert_msg(got.status == 202, "%d %.*s", got.status, STR_ARG(got.body));
    struct answer end = finished(f, client_header(&got, "Location"));
    ck_assert_msg(str_contains(end.body, S("\"failed\":0")), "%.*s", STR_ARG(end.body));
}

static void start(struct fixture *f)
{
    struct err err = {0};
    *f = (struct fixture){.dir = "/tmp/synoptic-api-XXXXXX"};
    ck_assert(mkdtemp(f->dir));
    struct store_options options = {.path = address_in(f->dir)};
    ck_assert_msg(store_open(&options, &f->store, &err), "%s", err.message);
    ck_assert_msg(worker_start(f->store, &(struct worker_options){0}, &f->worker, &err), "%s",
                  err.message);
    ck_assert_msg(api_start(&f->options, f->store, f->worker, &f->api, &err), "%s", err.message);
    f->at = api_address(f->api);
    import_text(f, "Harbour Post", first);
    import_text(f, "Island Times", second);
}

static int remove_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static void finish(struct fixture *f)
{
    api_stop(f->api, 2);
    ck_assert(worker_stop(f->worker, 60));
    store_close(f->store);
    nftw(f->dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    arena_finish(&f->a);
}

static bool status_fits(struct str expected, int status)
{
    struct str one;
    uint64_t number;
    while (str_split(&expected, '|', &one))
        if (str_to_u64(one, &number) && (int)number == status)
            return true;
    return false;
}

static void run_cases(struct fixture *f)
{
    struct str rest = support_data(&f->a, "api/data/api.txt"), c[5];
    struct buf wrong = {0};
    size_t n;
    while (support_case(&rest, c, 5, &n)) {
        struct str body = str_eq(c[2], S("-")) ? S("") : c[2];
        struct answer got =
            client_ask(&f->a, f->at, arena_str(&f->a, c[0]).p, arena_str(&f->a, c[1]).p, "", body);
        if (!status_fits(c[3], got.status) || (n > 4 && !str_contains(got.body, c[4])))
            buf_fmt(&wrong, "\n%.*s %.*s %.*s: %d %.*s", STR_ARG(c[0]), STR_ARG(c[1]),
                    STR_ARG(body), got.status, STR_ARG(str_slice(got.body, 0, 300)));
        if (got.status >= 400 &&
            !str_eq(client_header(&got, "Content-Type"), S("application/problem+json")))
            buf_fmt(&wrong, "\n%.*s is no problem document", STR_ARG(c[1]));
    }
    ck_assert_msg(wrong.n == 0, "%.*s", STR_ARG(buf_str(&wrong)));
    buf_finish(&wrong);
}

START_TEST(cases)
{
    struct fixture f;
    start(&f);
    run_cases(&f);
    finish(&f);
}
END_TEST

/* Every list: JSON that parses, a strong tag and its 304, both twins, pages that join up. */
static void check_list(struct fixture *f, const char *path)
{
    struct answer got = get(f, path);
    cJSON *tree = NULL;
    struct err err = {0};
    ck_assert_msg(got.status == 200, "%s: %d %.*s", path, got.status, STR_ARG(got.body));
    ck_assert_msg(json_parse(got.body, &tree, &err), "%s: %s in %.*s", path, err.message,
                  STR_ARG(got.body));
    int rows = cJSON_GetArraySize(cJSON_GetObjectItem(tree, "data"));
    ck_assert_msg(cJSON_GetNumberValue(cJSON_GetObjectItem(tree, "total")) >= rows, "%s", path);
    cJSON_Delete(tree);
    struct str tag = client_header(&got, "ETag");
    struct str condition = arena_fmt(&f->a, "If-None-Match: %.*s\r\n", STR_ARG(tag));
    ck_assert_msg(client_ask(&f->a, f->at, "GET", path, condition.p, S("")).status == 304, "%s",
                  path);
    const char *query = strchr(path, '?') ? strchr(path, '?') : "";
    struct str plain = str_slice(str_of(path), 0, str_find_char(str_of(path), '?', 0));
    struct answer lines = get(f, arena_fmt(&f->a, "%.*s.ndjson%s", STR_ARG(plain), query).p);
    int n = 0;
    for (struct str rest = lines.body, line; str_split(&rest, '\n', &line); n++) {
        ck_assert_msg(json_parse(line, &tree, &err), "%s.ndjson: %.*s", path, STR_ARG(line));
        cJSON_Delete(tree);
    }
    ck_assert_msg(n == rows, "%s: %d rows, %d lines", path, rows, n);
    struct answer csv = get(f, arena_fmt(&f->a, "%.*s.csv%s", STR_ARG(plain), query).p);
    ck_assert_int_eq(csv.status, 200);
    ck_assert(str_starts(client_header(&csv, "Content-Type"), S("text/csv")));
    ck_assert_msg(str_contains(csv.body, S("\r\n")), "%s.csv has no header line", path);
}

START_TEST(lists)
{
    struct fixture f;
    start(&f);
    static const char *const paths[] = {
        "/api/v1/stories",
        "/api/v1/articles",
        "/api/v1/articles/1/versions",
        "/api/v1/outlets",
        "/api/v1/actors",
        "/api/v1/statements",
        "/api/v1/utterances",
        "/api/v1/issues",
        "/api/v1/positions",
        "/api/v1/conflicts",
        "/api/v1/search?q=quay",
        "/api/v1/timeline",
        "/api/v1/imports",
        "/api/v1/decisions",
        "/api/v1/network/nodes",
        "/api/v1/network/edges",
        "/api/v1/watches",
        "/api/v1/rereads",
        "/api/v1/articles/1/changes",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        check_list(&f, paths[i]);
    finish(&f);
}
END_TEST

/* Following rel=next gives every row once. */
START_TEST(pages)
{
    struct fixture f;
    start(&f);
    struct str next = S("/api/v1/statements?limit=1&story=1");
    struct answer all = get(&f, "/api/v1/statements.ndjson?story=1");
    size_t expected = 0, seen = 0;
    for (size_t i = 0; i < all.body.n; i++)
        expected += all.body.p[i] == '\n';
    while (next.n && seen <= expected) {
        struct answer got = get(&f, arena_str(&f.a, next).p);
        ck_assert_msg(got.status == 200, "%.*s: %.*s", STR_ARG(next), STR_ARG(got.body));
        seen += str_contains(got.body, S("\"data\":[{"));
        struct str link = client_header(&got, "Link");
        next = link.n ? str_slice(link, 1, str_find_char(link, '>', 0)) : S("");
    }
    ck_assert_uint_eq(seen, expected);
    ck_assert_uint_gt(seen, 2);
    finish(&f);
}
END_TEST

START_TEST(decisions)
{
    struct fixture f;
    start(&f);
    struct answer before = get(&f, "/api/v1/statements/1");
    ck_assert(str_contains(before.body, S("\"status\":\"proposed\"")));
    struct str body = S("{\"action\":\"confirm\",\"target\":{\"type\":\"statement\",\"id\":1}}");
    struct str match =
        arena_fmt(&f.a, "If-Match: %.*s\r\n", STR_ARG(client_header(&before, "ETag")));
    struct answer got = post(&f, "/api/v1/decisions", match.p, body);
    ck_assert_msg(got.status == 201, "%d %.*s", got.status, STR_ARG(got.body));
    ck_assert(str_contains(get(&f, "/api/v1/statements/1").body, S("\"status\":\"confirmed\"")));
    /* The tag is of the state before: a second write under it must not happen. */
    ck_assert_int_eq(post(&f, "/api/v1/decisions", match.p, body).status, 412);
    ck_assert_int_eq(post(&f, "/api/v1/decisions", "If-Match: \"x\"\r\n", body).status, 412);
    ck_assert_int_eq(post(&f, "/api/v1/decisions/undo", "", S("{}")).status, 200);
    ck_assert(str_contains(get(&f, "/api/v1/statements/1").body, S("\"status\":\"proposed\"")));
    ck_assert_int_eq(post(&f, "/api/v1/decisions/redo", "", S("{}")).status, 200);
    ck_assert(str_contains(get(&f, "/api/v1/statements/1").body, S("\"status\":\"confirmed\"")));
    got =
        post(&f, "/api/v1/issues", "",
             S("{\"title\":\"The new quay\",\"terms\":[\"quay\"],\"sort\":\"fact\",\"story\":1}"));
    ck_assert_msg(got.status == 201, "%d %.*s", got.status, STR_ARG(got.body));
    ck_assert(str_contains(get(&f, "/api/v1/issues").body, S("[\"quay\"],\"sort\":\"fact\"")));
    ck_assert(str_contains(get(&f, "/api/v1/decisions").body, S("\"total\":")));
    finish(&f);
}
END_TEST

/* A watch is written under its own tag; the bytes of a page leave as a file, never as a page. */
START_TEST(watches_and_originals)
{
    struct fixture f;
    start(&f);
    struct str watch = S("{\"url\":\"http://127.0.0.1:1/feed\"}"),
               pause = S("{\"status\":\"paused\"}");
    struct answer made = post(&f, "/api/v1/watches", "", watch);
    ck_assert_int_eq(made.status, 201);
    ck_str_is(client_header(&made, "Location"), "/api/v1/watches/1");
    ck_assert_int_eq(post(&f, "/api/v1/watches/1", "", pause).status, 200);
    struct str tag =
        client_header(&(struct answer){.head = get(&f, "/api/v1/watches/1").head}, "ETag");
    struct str match = arena_fmt(&f.a, "If-Match: %.*s\r\n", STR_ARG(tag));
    struct answer changed = post(&f, "/api/v1/watches/1", match.p, S("{\"every\":45}"));
    ck_assert_msg(changed.status == 200, "%.*s", STR_ARG(changed.body));
    ck_assert(str_contains(changed.body, S("\"every\":45")));
    ck_assert_int_eq(post(&f, "/api/v1/watches/1", match.p, pause).status, 412);
    ck_assert_int_eq(client_ask(&f.a, f.at, "DELETE", "/api/v1/watches/1", match.p, S("")).status,
                     412);
    const char *cross = "Sec-Fetch-Site: cross-site\r\n";
    ck_assert_int_eq(client_ask(&f.a, f.at, "DELETE", "/api/v1/watches/1", cross, S("")).status,
                     403);
    ck_assert_int_eq(client_ask(&f.a, f.at, "DELETE", "/api/v1/watches/1", "", S("")).status, 200);
    struct answer bytes = get(&f, "/api/v1/articles/1/original");
    ck_assert_int_eq(bytes.status, 200);
    ck_str_is(client_header(&bytes, "Content-Type"), "application/octet-stream");
    ck_str_is(client_header(&bytes, "X-Content-Type-Options"), "nosniff");
    ck_assert(str_starts(client_header(&bytes, "Content-Disposition"), S("attachment; ")));
    ck_str_is(bytes.body, arena_str(&f.a, str_of(first)).p);
    finish(&f);
}
END_TEST

START_TEST(uploads)
{
    struct fixture f;
    start(&f);
    struct str form = arena_fmt(
        &f.a,
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"one.txt\"\r\n"
        "Content-Type: text/plain\r\n\r\n%s\r\n"
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"empty.txt\"\r\n\r\n\r\n"
        "--b\r\nContent-Disposition: form-data; name=\"outlet\"\r\n\r\nHarbour Post\r\n--b--\r\n",
        first);
    struct answer got =
        post(&f, "/api/v1/imports", "Content-Type: multipart/form-data; boundary=b\r\n", form);
    ck_assert_msg(got.status == 202, "%d %.*s", got.status, STR_ARG(got.body));
    struct answer end = finished(&f, client_header(&got, "Location"));
    ck_assert_msg(str_contains(end.body, S("\"total\":2")), "%.*s", STR_ARG(end.body));
    ck_assert_msg(str_contains(end.body, S("\"failed\":1")), "%.*s", STR_ARG(end.body));
    ck_assert(str_contains(get(&f, "/api/v1/articles").body, S("\"total\":2"))); /* known already */
    finish(&f);
}
END_TEST

static const char multipart[] = "Content-Type: multipart/form-data; boundary=b\r\n";

/* One part of a form; `head` is what follows name= in its head. */
static void add_part(struct buf *form, const char *head, const char *body)
{
    buf_fmt(form, "--b\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n", head, body);
}

static struct answer send_form(struct fixture *f, const char *path, struct buf *form)
{
    buf_add(form, S("--b--\r\n"));
    struct answer got = post(f, path, multipart, buf_str(form));
    buf_finish(form);
    return got;
}

/* A folder with a saved page and its parts, and a table whose columns are told. */
START_TEST(tables_and_folders)
{
    struct fixture f;
    struct buf form = {0};
    start(&f);
    struct str page = arena_fmt(&f.a, "<html><title>Quay</title><p>%s</p></html>", second);
    struct str table = arena_fmt(&f.a, "h,t\r\nThe quay,\"%s\"\r\nNo text,\r\n", first);
    add_part(&form, "file; filename=\"in/page.html\"", page.p);
    add_part(&form, "file; filename=\"in/page_files/frame.html\"", "<p>an advertisement");
    add_part(&form, "map", "title=h,text=t");
    add_part(&form, "file; filename=t.csv\r\nContent-Type: application/vnd.ms-excel", table.p);
    struct answer got = send_form(&f, "/api/v1/imports", &form);
    ck_assert_msg(got.status == 202, "%d %.*s", got.status, STR_ARG(got.body));
    struct answer end = finished(&f, client_header(&got, "Location"));
    ck_assert_msg(str_contains(end.body, S("\"total\":4")), "%.*s", STR_ARG(end.body));
    ck_assert_msg(str_contains(end.body, S("row 3 has no text")), "%.*s", STR_ARG(end.body));
    ck_assert(str_contains(end.body, S("\"stage\":\"archive\"")));
    ck_assert(!str_contains(end.body, S("frame.html")));
    add_part(&form, "map", "headline=h");
    add_part(&form, "file; filename=t.csv", "h,t");
    got = send_form(&f, "/api/v1/imports", &form);
    ck_assert_int_eq(got.status, 400);
    ck_assert(str_contains(got.body, S("the fields of a map are")));
    finish(&f);
}
END_TEST

START_TEST(previews)
{
    struct fixture f;
    struct buf form = {0};
    start(&f);
    struct str before = get(&f, "/api/v1/imports").body;
    add_part(&form, "cut", "1");
    add_part(&form, "file; filename=t.csv", "Headline;Words;No\r\nA;\"b \"\"c\"\"\";1\r\nD;cut o");
    struct answer got = send_form(&f, "/api/v1/imports/preview", &form);
    ck_assert_msg(got.status == 200, "%d %.*s", got.status, STR_ARG(got.body));
    ck_assert_msg(str_contains(got.body, S("[{\"name\":\"Headline\",\"field\":\"title\"},"
                                           "{\"name\":\"Words\",\"field\":null},")),
                  "%.*s", STR_ARG(got.body));
    ck_assert_msg(str_contains(got.body, S("\"rows\":[[\"A\",\"b \\\"c\\\"\",\"1\"]]")), "%.*s",
                  STR_ARG(got.body));
    add_part(&form, "file; filename=x.txt", "words");
    got = send_form(&f, "/api/v1/imports/preview", &form);
    ck_assert(str_contains(got.body, S("\"kind\":null")));
    add_part(&form, "cut", "1");
    ck_assert_int_eq(send_form(&f, "/api/v1/imports/preview", &form).status, 400);
    ck_assert(str_eq(get(&f, "/api/v1/imports").body, before)); /* nothing is kept */
    finish(&f);
}
END_TEST

/* The description names every path that answers, and no other. */
START_TEST(description)
{
    struct fixture f;
    start(&f);
    struct answer got = get(&f, "/openapi.json");
    cJSON *tree = NULL;
    struct err err = {0};
    ck_assert_msg(json_parse(got.body, &tree, &err), "%s", err.message);
    const cJSON *paths = cJSON_GetObjectItem(tree, "paths"), *path = NULL;
    ck_assert_int_gt(cJSON_GetArraySize(paths), 30);
    cJSON_ArrayForEach(path, paths) {
        struct buf at = {0};
        for (const char *p = path->string; *p; p++) {
            bool id = strncmp(p, "{id}", 4) == 0, key = strncmp(p, "{key}", 5) == 0;
            buf_add(&at, id || key ? S("1") : (struct str){p, 1});
            p += id ? 3 : key ? 4 : 0;
        }
        buf_char(&at, 0);
        struct answer options = client_ask(&f.a, f.at, "OPTIONS", at.p, "", S(""));
        ck_assert_msg(options.status == 204, "%s: %d", path->string, options.status);
        struct str allow = client_header(&options, "Allow");
        ck_assert_int_eq(str_contains(allow, S("GET")), cJSON_GetObjectItem(path, "get") != NULL);
        ck_assert_int_eq(str_contains(allow, S("POST")), cJSON_GetObjectItem(path, "post") != NULL);
        buf_finish(&at);
    }
    cJSON_Delete(tree);
    finish(&f);
}
END_TEST

/* Without a worker the server only reads. */
START_TEST(read_only)
{
    struct fixture f;
    start(&f);
    api_stop(f.api, 2);
    struct err err = {0};
    ck_assert_msg(api_start(&f.options, f.store, NULL, &f.api, &err), "%s", err.message);
    f.at = api_address(f.api);
    ck_assert_int_eq(get(&f, "/api/v1/articles/1").status, 200);
    static const char *const paths[] = {"/api/v1/imports", "/api/v1/decisions",
                                        "/api/v1/decisions/undo", "/api/v1/issues"};
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(post(&f, paths[i], "", S("{}")).status, 503);
    finish(&f);
}
END_TEST

enum { READERS = 6, ROUNDS = 40 };

static void *read_on(void *address)
{
    static const char *const paths[] = {"/api/v1/stories/1/comparison",
                                        "/api/v1/statements",
                                        "/api/v1/imports",
                                        "/api/v1/search?q=quay",
                                        "/api/v1/articles.csv",
                                        "/",
                                        "/metrics"};
    struct arena a = {0};
    size_t failed = 0;
    for (size_t i = 0; i < ROUNDS; i++)
        failed += client_ask(&a, address, "GET", paths[i % 7], "Accept-Encoding: gzip\r\n", S(""))
                      .status != 200;
    arena_finish(&a);
    return failed ? address : NULL;
}

/* Many read while others write. */
START_TEST(crowd)
{
    struct fixture f;
    start(&f);
    pthread_t readers[READERS];
    char address[96];
    snprintf(address, sizeof address, "%s", f.at);
    for (size_t i = 0; i < READERS; i++)
        ck_assert_int_eq(pthread_create(&readers[i], NULL, read_on, address), 0);
    struct str confirm = S("{\"action\":\"confirm\",\"target\":{\"type\":\"statement\",\"id\":1}}");
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(post(&f, "/api/v1/decisions", "", confirm).status, 201);
        ck_assert_int_eq(post(&f, "/api/v1/decisions/undo", "", S("{}")).status, 200);
    }
    import_text(&f, "Third Paper", first);
    for (size_t i = 0; i < READERS; i++) {
        void *failed = NULL;
        pthread_join(readers[i], &failed);
        ck_assert_ptr_null(failed);
    }
    finish(&f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api");
    TCase *tests = tcase_create("api");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, cases);
    tcase_add_test(tests, lists);
    tcase_add_test(tests, pages);
    tcase_add_test(tests, decisions);
    tcase_add_test(tests, watches_and_originals);
    tcase_add_test(tests, uploads);
    tcase_add_test(tests, tables_and_folders);
    tcase_add_test(tests, previews);
    tcase_add_test(tests, description);
    tcase_add_test(tests, read_only);
    tcase_add_test(tests, crowd);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}
