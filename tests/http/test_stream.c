/* Long answers, sent while they are made: all of them arrives, what fails in the middle is cut so
 * that the client knows, and a client that goes away ends the work. */
#include "support/client.h"
#include "support/support.h"

#include "http/http.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 1000, LINES = 6000 };

static _Atomic int given; /* lines of the last answer */
static _Atomic bool ended;

struct making {
    int lines, fails_at; /* 0: never */
    int pause_ms, before_ms;
};

static bool run(void *state, struct http_stream *to, struct err *err)
{
    const struct making *m = state;
    char line[LINE + 1];
    bool ok = true;
    if (m->before_ms)
        nanosleep(&(struct timespec){m->before_ms / 1000, m->before_ms % 1000 * 1000000L}, NULL);
    for (int i = 0; ok && i < m->lines; i++) {
        snprintf(line, sizeof line, "%0*d\n", LINE - 1, i);
        ok = http_stream_give(to, (struct str){line, LINE}, err);
        given = i + 1;
        if (m->pause_ms && i % 100 == 0)
            nanosleep(&(struct timespec){.tv_nsec = m->pause_ms * 1000000L}, NULL);
        if (ok && m->fails_at == i + 1)
            ok = fail(err, ERR_TIMEOUT, "it took too long");
    }
    ended = true;
    return ok;
}

/* /make/{id}: so many lines; ?fail=N, ?pause=N, ?before=N milliseconds, ?wait=1 */
static bool make(struct http_context *c, struct err *err)
{
    struct making *m = arena_alloc(c->arena, sizeof *m);
    int64_t fails = 0, pause = 0, before = 0;
    if (!http_arg_int(c, "fail", LINES, &fails, err) ||
        !http_arg_int(c, "pause", 999, &pause, err) ||
        !http_arg_int(c, "before", 9999, &before, err))
        return false;
    *m = (struct making){(int)c->request.id, (int)fails, (int)pause, (int)before};
    c->response.type = "text/plain";
    given = 0;
    ended = false;
    return http_answer_made_by(c, &(struct http_producer){run, m, http_arg(c, "wait").n > 0}, err);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/make/{id}", make, 0, 0, "fail pause before wait", "Makes.", 0},
};

static struct http_server *start(void)
{
    static struct http_options options;
    struct http_server *server = NULL;
    struct err err = {0};
    options = (struct http_options){.routes = routes, .n_routes = 1, .threads = 2};
    ck_assert_msg(http_start(&options, &server, &err), "%s", err.message);
    return server;
}

static size_t keep(char *bytes, size_t size, size_t n, void *to)
{
    buf_add(to, (struct str){bytes, size * n});
    return size * n;
}

/* A client that knows when an answer is not whole. */
static CURLcode ask_in(const char *encoding, const char *at, const char *path, long *status,
                       struct buf *body)
{
    struct buf url = {0};
    CURL *curl = curl_easy_init();
    buf_fmt(&url, "%s%s", at, path);
    buf_char(&url, 0);
    body->n = 0;
    curl_easy_setopt(curl, CURLOPT_URL, url.p);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, encoding);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    curl_easy_cleanup(curl);
    buf_finish(&url);
    return code;
}

static CURLcode ask(const char *at, const char *path, long *status, struct buf *body)
{
    return ask_in(NULL, at, path, status, body);
}

static void check_lines(const struct buf *body, int lines)
{
    ck_assert_uint_eq(body->n, (size_t)lines * LINE);
    for (int i = 0; i < lines; i += 97)
        ck_assert_int_eq(atoi(body->p + (size_t)i * LINE + LINE - 7), i);
}

START_TEST(arrives)
{
    static const int lines[] = {1, 1000, 1048, 1049, 1050, 1200, LINES};
    static const char *const pauses[] = {"", "?pause=5", "?wait=1"};
    struct http_server *server = start();
    struct buf body = {0};
    long status;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        for (size_t k = 0; k < 3; k++) {
            char path[40];
            snprintf(path, sizeof path, "/make/%d%s", lines[i], pauses[k]);
            ck_assert_int_eq(ask(http_address(server), path, &status, &body), CURLE_OK);
            ck_assert_int_eq(status, 200);
            check_lines(&body, lines[i]);
        }
    http_stop(server, 1);
    buf_finish(&body);
}
END_TEST

/* What a client that takes it gets is smaller, and the same; a cut one is known for it. */
START_TEST(in_gzip)
{
    static const int lines[] = {1, 1000, 1049, LINES};
    struct http_server *server = start();
    struct buf body = {0};
    long status;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char path[40];
        snprintf(path, sizeof path, "/make/%d?pause=1", lines[i]);
        ck_assert_int_eq(ask_in("gzip", http_address(server), path, &status, &body), CURLE_OK);
        ck_assert_int_eq(status, 200);
        check_lines(&body, lines[i]);
    }
    char some[4000];
    int fd = client_connect(http_address(server));
    client_send(fd, S("GET /make/6000 HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
                      "Connection: close\r\n\r\n"));
    size_t bytes = 0;
    for (ssize_t n; (n = read(fd, some, sizeof some)) > 0;)
        bytes += (size_t)n;
    close(fd);
    ck_assert_msg(bytes > 1000 && bytes < (size_t)LINES * LINE / 10, "%zu bytes", bytes);
    CURLcode code = ask_in("gzip", http_address(server), "/make/6000?fail=5900", &status, &body);
    ck_assert(status != 200 || code != CURLE_OK);
    http_stop(server, 1);
    buf_finish(&body);
}
END_TEST

/* Answers that take long before their first byte keep none of the server's two threads. */
START_TEST(none_waits)
{
    enum { CLIENTS = 6 };
    struct http_server *server = start();
    struct buf body = {0};
    char some[1000];
    int fd[CLIENTS];
    long status;
    for (int i = 0; i < CLIENTS; i++) {
        fd[i] = client_connect(http_address(server));
        client_send(fd[i], i % 2 ? S("GET /make/5?before=2500 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                 : S("GET /make/5?before=2500&fail=1 HTTP/1.1\r\nHost: localhost"
                                     "\r\n\r\n"));
    }
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(ask(http_address(server), "/make/2", &status, &body), CURLE_OK);
    clock_gettime(CLOCK_MONOTONIC, &to);
    ck_assert_int_lt(to.tv_sec - from.tv_sec, 2);
    for (int i = 0; i < CLIENTS; i++) {
        ssize_t n = read(fd[i], some, sizeof some - 1);
        ck_assert_int_gt(n, 0);
        ck_assert(str_starts((struct str){some, (size_t)n},
                             i % 2 ? S("HTTP/1.1 200") : S("HTTP/1.1 503")));
        close(fd[i]);
    }
    http_stop(server, 1);
    buf_finish(&body);
}
END_TEST

START_TEST(fails)
{
    struct http_server *server = start();
    struct buf body = {0};
    long status;
    ck_assert_int_eq(ask(http_address(server), "/make/1000?fail=500", &status, &body), CURLE_OK);
    ck_assert_int_eq(status, 503);
    ck_assert(str_contains(buf_str(&body), S("it took too long")));
    CURLcode code = ask(http_address(server), "/make/6000?fail=3000", &status, &body);
    ck_assert_int_eq(status, 200);
    ck_assert_msg(code != CURLE_OK && body.n < (size_t)LINES * LINE, "cut answer seems whole");
    ck_assert_int_eq(ask(http_address(server), "/make/3", &status, &body), CURLE_OK);
    check_lines(&body, 3);
    http_stop(server, 1);
    buf_finish(&body);
}
END_TEST

static void wait_for_end(void)
{
    for (int i = 0; i < 500 && !ended; i++)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    ck_assert(ended);
}

START_TEST(client_goes)
{
    struct http_server *server = start();
    char some[1000];
    int fd = client_connect(http_address(server));
    client_send(fd, S("GET /make/6000?pause=40 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    ck_assert_int_gt(read(fd, some, sizeof some), 0);
    close(fd);
    wait_for_end();
    ck_assert_int_lt(given, LINES);
    http_stop(server, 1);
}
END_TEST

/* Clients that take nothing hold up nobody, and neither does a server that stops. */
START_TEST(server_stops)
{
    enum { CLIENTS = 5 };
    struct http_server *server = start();
    struct buf body = {0};
    int fd[CLIENTS];
    long status;
    for (int i = 0; i < CLIENTS; i++) {
        fd[i] = client_connect(http_address(server));
        client_send(fd[i], S("GET /make/6000?pause=60 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }
    ck_assert_int_eq(ask(http_address(server), "/make/2", &status, &body), CURLE_OK);
    http_stop(server, 0);
    for (int i = 0; i < CLIENTS; i++)
        close(fd[i]);
    buf_finish(&body);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stream");
    TCase *tests = tcase_create("stream");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, arrives);
    tcase_add_test(tests, in_gzip);
    tcase_add_test(tests, none_waits);
    tcase_add_test(tests, fails);
    tcase_add_test(tests, client_goes);
    tcase_add_test(tests, server_stops);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}
