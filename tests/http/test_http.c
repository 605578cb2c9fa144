/* The web server as a black box: a table of its own, a live socket, and the checklist of what it
 * must refuse (data/http.txt). */
#include "support/client.h"
#include "support/support.h"

#include "base/json.h"
#include "http/http.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t state = 1;
static int runs;

static bool list(struct http_context *c, struct err *err)
{
    int64_t limit = 50;
    if (!http_arg_int(c, "limit", 200, &limit, err))
        return false;
    runs++;
    if (c->request.suffix && strcmp(c->request.suffix, "csv") == 0)
        c->response.type = "text/csv; charset=utf-8";
    buf_add(&c->response.body, S("{\"data\":[]}\n"));
    return true;
}

static bool item(struct http_context *c, struct err *err)
{
    (void)err;
    buf_fmt(&c->response.body, "{\"id\":%lld}", (long long)c->request.id);
    return true;
}

static bool named(struct http_context *c, struct err *err)
{
    (void)err;
    struct json j = json_begin(&c->response.body);
    json_str(&j, c->request.key);
    return true;
}

static bool post(struct http_context *c, struct err *err)
{
    (void)err;
    buf_fmt(&c->response.body, "%zu bytes, %zu parts", c->request.body.n, c->request.n_parts);
    for (size_t i = 0; i < c->request.n_parts; i++)
        buf_fmt(&c->response.body, " [%.*s|%.*s|%zu]", STR_ARG(c->request.parts[i].name),
                STR_ARG(c->request.parts[i].file), c->request.parts[i].bytes.n);
    return true;
}

static bool big(struct http_context *c, struct err *err)
{
    (void)err;
    for (int i = 0; i < 2000; i++)
        buf_fmt(&c->response.body, "%d ", i % 10);
    return true;
}

static bool broken(struct http_context *c, struct err *err)
{
    (void)err;
    buf_fmt(&c->response.body, "half an ans");
    return false;
}

static bool slow(struct http_context *c, struct err *err)
{
    (void)err;
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    buf_fmt(&c->response.body, "done");
    return true;
}

enum { MANY_HEADERS = 20 };

static bool labelled(struct http_context *c, struct err *err)
{
    (void)err;
    for (int i = 0; i < MANY_HEADERS; i++)
        http_header(c, "X-Label", arena_fmt(c->arena, "%d", i));
    return true;
}

static const struct http_route routes[] = {
    {HTTP_GET, "/api/things", list, HTTP_LIST | HTTP_CACHEABLE, 0, "colour", "Things.", 0},
    {HTTP_GET, "/api/things/{id}", item, 0, 0, NULL, "A thing.", 0},
    {HTTP_GET, "/api/named/{key}", named, 0, 0, NULL, "By name.", 0},
    {HTTP_POST, "/api/things", post, HTTP_JSON | HTTP_MULTIPART, 1000, NULL, "Takes.", 0},
    {HTTP_POST, "/api/do", post, 0, 0, NULL, "Does.", 0},
    {HTTP_GET, "/api/big", big, 0, 0, NULL, "Much.", 0},
    {HTTP_GET, "/api/broken", broken, 0, 0, NULL, "Fails.", 0},
    {HTTP_GET, "/api/slow", slow, 0, 0, NULL, "Takes its time.", 0},
    {HTTP_GET, "/api/labelled", labelled, 0, 0, NULL, "With many headers.", 0},
    {HTTP_GET, "/open", item, HTTP_OPEN, 0, NULL, "For everybody.", 0},
};

static uint64_t current_state(void *app, const struct http_route *route)
{
    (void)app, (void)route;
    return state;
}

static const char *const hosts[] = {"synoptic.test", NULL};
static const char *const suffixes[] = {"csv", "ndjson", NULL};

static struct http_server *start(const char *token, const char *web_dir)
{
    static struct http_options options;
    options = (struct http_options){.routes = routes,
                                    .n_routes = sizeof routes / sizeof *routes,
                                    .state = current_state,
                                    .suffixes = suffixes,
                                    .allow_hosts = hosts,
                                    .token = token,
                                    .web_dir = web_dir};
    struct http_server *server = NULL;
    struct err err = {0};
    ck_assert_msg(http_start(&options, &server, &err), "%s", err.message);
    return server;
}

/* One escape of data/http.txt at s[0]; returns its length. */
static size_t unescape(struct str s, struct buf *out)
{
    static const struct {
        const char *name, *text;
    } words[] = {{"{R}", "Host: localhost\r\n"},
                 {"{J}", "Content-Type: application/json\r\n"},
                 {"\\r", "\r"},
                 {"\\n", "\n"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(s, str_of(words[i].name))) {
            buf_add(out, str_of(words[i].text));
            return strlen(words[i].name);
        }
    if (str_starts(s, S("\\0"))) {
        buf_char(out, 0);
        return 2;
    }
    if (str_starts(s, S("\\x"))) {
        char digits[3] = {s.p[2], s.p[3], 0};
        buf_char(out, (char)strtol(digits, NULL, 16));
        return 4;
    }
    size_t close = s.p[0] == '{' ? str_find_char(s, '}', 0) : STR_NONE;
    size_t star = close == STR_NONE ? STR_NONE : str_find_char(str_slice(s, 0, close), '*', 0);
    if (star == STR_NONE) {
        buf_char(out, s.p[0]);
        return 1;
    }
    for (int n = atoi(s.p + star + 1); n > 0; n--)
        buf_add(out, str_slice(s, 1, star));
    return close + 1;
}

static bool status_fits(struct str expected, const struct answer *got)
{
    struct str one;
    while (str_split(&expected, '|', &one)) {
        uint64_t status = 0;
        if (str_eq(one, S("closed")) ? !got->status
                                     : str_to_u64(one, &status) && (int)status == got->status)
            return true;
    }
    return false;
}

START_TEST(checklist)
{
    struct arena a = {0};
    struct http_server *server = start(NULL, NULL);
    struct str rest = support_data(&a, "http/data/http.txt"), f[4];
    size_t n, cases = 0;
    struct buf wrong = {0};
    while (support_case(&rest, f, 4, &n)) {
        struct buf request = {0};
        for (struct str s = f[1]; s.n;) {
            size_t taken = unescape(s, &request);
            s = str_slice(s, taken, s.n);
        }
        struct answer got = client_raw(&a, http_address(server), buf_str(&request));
        bool never = n > 3 && f[3].p[0] == '!';
        if (!status_fits(f[2], &got))
            buf_fmt(&wrong, "\n%.*s: status %d, not %.*s", STR_ARG(f[0]), got.status,
                    STR_ARG(f[2]));
        else if (n > 3 && str_contains(got.head, str_slice(f[3], never, f[3].n)) == never)
            buf_fmt(&wrong, "\n%.*s: head is %.*s", STR_ARG(f[0]), STR_ARG(got.head));
        buf_finish(&request);
        cases++;
    }
    ck_assert(cases > 100);
    ck_assert_msg(wrong.n == 0, "%.*s", STR_ARG(buf_str(&wrong)));
    buf_finish(&wrong);
    http_stop(server, 1);
    arena_finish(&a);
}
END_TEST

START_TEST(no_header_is_lost)
{
    struct arena a = {0};
    struct http_server *server = start(NULL, NULL);
    struct answer got = client_ask(&a, http_address(server), "GET", "/api/labelled", "", S(""));
    for (int i = 0; i < MANY_HEADERS; i++)
        ck_assert(str_contains(got.head, arena_fmt(&a, "X-Label: %d\r\n", i)));
    http_stop(server, 1);
    arena_finish(&a);
}
END_TEST

START_TEST(validators)
{
    struct arena a = {0};
    struct http_server *server = start(NULL, NULL);
    const char *at = http_address(server);
    static const char *const paths[] = {"/", "/api/things", "/api/big", "/api/things/1"};
    for (size_t i = 0; i < 4; i++) {
        struct answer first = client_ask(&a, at, "GET", paths[i], "", S(""));
        struct str tag = client_header(&first, "ETag");
        ck_assert_msg(tag.n > 2 && tag.p[0] == '"', "%s has no strong tag", paths[i]);
        struct str condition = arena_fmt(&a, "If-None-Match: \"x\", W/%.*s\r\n", STR_ARG(tag));
        struct answer again = client_ask(&a, at, "GET", paths[i], condition.p, S(""));
        ck_assert_int_eq(again.status, 304);
        ck_str_is(client_header(&again, "ETag"), tag.p ? arena_str(&a, tag).p : "");
        struct answer zipped =
            client_ask(&a, at, "GET", paths[i], "Accept-Encoding: gzip\r\n", S(""));
        if (client_header(&zipped, "Content-Encoding").n)
            ck_assert(!str_eq(client_header(&zipped, "ETag"), tag));
    }
    /* The tag of a cacheable route is decided before the handler runs, and falls with the state. */
    struct answer first = client_ask(&a, at, "GET", "/api/things", "", S(""));
    struct str tag =
        arena_fmt(&a, "If-None-Match: %.*s\r\n", STR_ARG(client_header(&first, "ETag")));
    int before = runs;
    ck_assert_int_eq(client_ask(&a, at, "GET", "/api/things", tag.p, S("")).status, 304);
    ck_assert_int_eq(runs, before);
    ck_assert_int_eq(client_ask(&a, at, "GET", "/api/things", "", S("")).status, 200);
    ck_assert_int_eq(runs, before); /* from the cache */
    state++;
    ck_assert_int_eq(client_ask(&a, at, "GET", "/api/things", tag.p, S("")).status, 200);
    ck_assert_int_eq(runs, before + 1);
    for (int i = 0; i < 300; i++) {
        struct str path = arena_fmt(&a, "/api/things?colour=%d", i);
        ck_str_is(client_ask(&a, at, "GET", path.p, "", S("")).body, "{\"data\":[]}\n");
    }
    ck_assert_int_eq(runs, before + 301);
    http_stop(server, 1);
    arena_finish(&a);
}
END_TEST

START_TEST(uploads)
{
    struct arena a = {0};
    struct http_server *server = start(NULL, NULL);
    const char *type = "Content-Type: multipart/form-data; boundary=\"a b\"\r\n";
    struct str good =
        S("--a b\r\nContent-Disposition: form-data; name=\"files\"; "
          "filename=\"C:\\x\\one.txt\"\r\n\r\n"
          "one\r\n--a b\r\nContent-Disposition: form-data; name=files; filename=\"../two;.txt\"\r\n"
          "Content-Type: text/plain\r\n\r\n\r\n\r\n--a b--\r\n");
    struct answer got = client_ask(&a, http_address(server), "POST", "/api/things", type, good);
    ck_assert_int_eq(got.status, 200);
    ck_assert_msg(str_contains(got.body, S("2 parts [files|one.txt|3] [files|two;.txt|2]")), "%.*s",
                  STR_ARG(got.body));
    static const char *const bad[] = {"--a b", "--a b\r\n", "junk",
                                      "--a b\r\nContent-Disposition: x\r\n\r\nabc",
                                      "--a c\r\n\r\n\r\n--a c--"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(
            client_ask(&a, http_address(server), "POST", "/api/things", type, str_of(bad[i]))
                .status,
            400);
    http_stop(server, 1);
    arena_finish(&a);
}
END_TEST

START_TEST(token)
{
    struct arena a = {0};
    char secret[33];
    struct err err = {0};
    ck_assert(http_token_make(secret, &err));
    ck_assert_uint_eq(strlen(secret), 32);
    struct http_server *server = start(secret, NULL), *other = NULL;
    const char *at = http_address(server);
    ck_assert_int_eq(client_ask(&a, at, "GET", "/", "", S("")).status, 401);
    ck_assert_int_eq(
        client_ask(&a, at, "GET", "/api/things", "Authorization: Bearer x\r\n", S("")).status, 401);
    ck_assert_int_eq(client_ask(&a, at, "GET", "/open", "", S("")).status, 200);
    struct str bearer = arena_fmt(&a, "Authorization: Bearer %s\r\n", secret);
    ck_assert_int_eq(client_ask(&a, at, "GET", "/api/things", bearer.p, S("")).status, 200);
    struct str login = arena_fmt(&a, "/index/1?token=%s", secret);
    struct answer got = client_ask(&a, at, "GET", login.p, "", S(""));
    ck_assert_int_eq(got.status, 303);
    ck_str_is(client_header(&got, "Location"), "/index/1");
    struct str cookie = client_header(&got, "Set-Cookie");
    ck_assert(str_contains(cookie, S("HttpOnly")) && str_contains(cookie, S("SameSite=Strict")));
    struct str with = arena_fmt(&a, "Cookie: a=b; %.*s\r\n",
                                STR_ARG(str_slice(cookie, 0, str_find_char(cookie, ';', 0))));
    ck_assert_int_eq(client_ask(&a, at, "GET", "/", with.p, S("")).status, 200);
    /* Led here by another site, a page asks for itself again, with the cookie; nothing else does.
     */
    const char *led = "Sec-Fetch-Site: cross-site\r\n", *own = "Sec-Fetch-Site: same-origin\r\n";
    got = client_ask(&a, at, "GET", "/", led, S(""));
    ck_assert(got.status == 401 && str_contains(got.body, S("src=\"/lib/page/again.js\"")));
    ck_assert_int_eq(client_ask(&a, at, "GET", "/lib/page/again.js", with.p, S("")).status, 200);
    got = client_ask(&a, at, "GET", "/", own, S(""));
    ck_assert(got.status == 401 && !str_contains(got.body, S("again")));
    got = client_ask(&a, at, "GET", "/api/things", led, S(""));
    ck_assert(got.status == 403 && !str_contains(got.body, S("again")));
    http_stop(server, 1);
    static const char *const weak[] = {NULL, "", "x", "fifteen-letters"};
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        struct http_options open = {
            .host = "0.0.0.0", .token = weak[i], .routes = routes, .n_routes = 1};
        ck_assert(!http_start(&open, &other, &err));
        ck_assert_int_eq(err.kind, ERR_DENIED);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(port_in_use)
{
    struct http_server *server = start(NULL, NULL), *other = NULL;
    unsigned port = (unsigned)atoi(strrchr(http_address(server), ':') + 1);
    struct http_options same = {.port = port, .routes = routes, .n_routes = 1};
    struct err err = {0};
    ck_assert(!http_start(&same, &other, &err));
    ck_assert_int_eq(err.kind, ERR_BUSY);
    http_stop(server, 1);
}
END_TEST

START_TEST(pages_from_a_folder)
{
    struct arena a = {0};
    char dir[] = "/tmp/synoptic-web-XXXXXX";
    ck_assert(mkdtemp(dir));
    struct str file = arena_fmt(&a, "%s/page.html", dir), hidden = arena_fmt(&a, "%s/.secret", dir);
    for (int i = 0; i < 2; i++) {
        FILE *f = fopen(i ? hidden.p : file.p, "w");
        ck_assert(f && fputs("<p>words</p>", f) >= 0 && fclose(f) == 0);
    }
    struct http_server *server = start(NULL, dir);
    const char *at = http_address(server);
    ck_str_is(client_ask(&a, at, "GET", "/page/3", "", S("")).body, "<p>words</p>");
    static const char *const none[] = {"/.secret", "/../page.html", "/%2e%2e/etc/passwd", "/x",
                                       "/page.html/"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        ck_assert_int_eq(client_ask(&a, at, "GET", none[i], "", S("")).status, 404);
    http_stop(server, 1);
    unlink(file.p);
    unlink(hidden.p);
    rmdir(dir);
    arena_finish(&a);
}
END_TEST

static void expect_bar(struct arena *a, const char *at, const char *path, const char *link)
{
    struct answer got = client_ask(a, at, "GET", path, "", S(""));
    ck_assert_msg(got.status == 200 && str_contains(got.body, S("<header class=\"bar\">")) &&
                      !str_contains(got.body, S("<!-- bar")) &&
                      str_contains(got.body, str_of(link)),
                  "%s: %.*s", path, STR_ARG(got.body));
}

/* Pages carry the bar with their own link as the current one, whether they are in the binary or
 * read from a folder. */
START_TEST(bars)
{
    struct arena a = {0};
    for (int i = 0; i < 2; i++) {
        struct str web = arena_fmt(&a, "%s/../web", getenv("TESTS_DIR"));
        struct http_server *server = start(NULL, i ? web.p : NULL);
        const char *at = http_address(server);
        expect_bar(&a, at, "/", "<li><a href=\"/\" aria-current=\"page\">");
        expect_bar(&a, at, "/actors", "<a href=\"/actors\" aria-current=\"page\">");
        expect_bar(&a, at, "/actor/x", "<a href=\"/actors\" aria-current=\"true\">");
        expect_bar(&a, at, "/search", "<a href=\"/actors\">");
        http_stop(server, 1);
    }
    arena_finish(&a);
}
END_TEST

static void *ask_slowly(void *address)
{
    struct arena a = {0};
    struct answer got = client_ask(&a, address, "GET", "/api/slow", "", S(""));
    bool done = str_eq(got.body, S("done"));
    arena_finish(&a);
    return done ? address : NULL;
}

/* What runs when the server is told to stop is answered; who only waits is not waited for. */
START_TEST(drains)
{
    struct http_server *server = start(NULL, NULL);
    char address[96];
    snprintf(address, sizeof address, "%s", http_address(server));
    int idle = client_connect(address);
    pthread_t thread;
    void *done = NULL;
    ck_assert_int_eq(pthread_create(&thread, NULL, ask_slowly, address), 0);
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    http_stop(server, 5);
    clock_gettime(CLOCK_MONOTONIC, &to);
    pthread_join(thread, &done);
    ck_assert_ptr_nonnull(done);
    ck_assert_int_le(to.tv_sec - from.tv_sec, 2);
    close(idle);
}
END_TEST

/* A sender of a byte now and then is cut, whatever it sends. */
START_TEST(deadline)
{
    struct http_server *server = NULL;
    struct http_options options = {
        .routes = routes, .n_routes = sizeof routes / sizeof *routes, .deadline_ms = 1500};
    struct err err = {0};
    ck_assert(http_start(&options, &server, &err));
    int fds[2] = {client_connect(http_address(server)), client_connect(http_address(server))};
    client_send(fds[0], S("GET / HTTP/1.1\r\nHost: localhost\r\nX: "));
    client_send(
        fds[1],
        S("POST /api/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          "Content-Length: 900\r\n\r\n{"));
    for (int i = 0; i < 4; i++) {
        sleep(1);
        client_send(fds[0], S("x"));
        client_send(fds[1], S(" "));
    }
    struct arena a = {0};
    ck_assert_int_eq(client_read(&a, fds[0], false, 1).closed, true);
    ck_assert_int_eq(client_read(&a, fds[1], false, 1).closed, true);
    struct buf metrics = {0};
    http_metrics(server, &metrics);
    ck_assert(str_contains(buf_str(&metrics), S("http_connections_cut_total 2\n")));
    buf_finish(&metrics);
    arena_finish(&a);
    close(fds[0]);
    close(fds[1]);
    http_stop(server, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("http");
    TCase *tests = tcase_create("http");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, checklist);
    tcase_add_test(tests, no_header_is_lost);
    tcase_add_test(tests, validators);
    tcase_add_test(tests, uploads);
    tcase_add_test(tests, token);
    tcase_add_test(tests, port_in_use);
    tcase_add_test(tests, pages_from_a_folder);
    tcase_add_test(tests, bars);
    tcase_add_test(tests, drains);
    tcase_add_test(tests, deadline);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}
