/* Fetching, against a small server of its own on the loopback interface. */
#include "support/server.h"
#include "support/support.h"

#include "base/buf.h"
#include "base/url.h"
#include "ingest/fetch/fetch.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static struct server server;

static void answer_bomb(int fd)
{
    static unsigned char packed[1 << 17];
    struct str zeros = {calloc(1, 8 << 20), 8 << 20};
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)zeros.p,
                  .avail_in = (unsigned)zeros.n,
                  .next_out = packed,
                  .avail_out = sizeof packed};
    deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY);
    deflate(&z, Z_FINISH);
    server_answer(fd, "200 OK", "Content-Encoding: gzip\r\n",
                  (struct str){(const char *)packed, z.total_out});
    deflateEnd(&z);
    free((void *)(uintptr_t)zeros.p);
}

static void respond(int fd, struct str request)
{
    struct str path = server_path(request);
    if (str_eq(path, S("/ok")))
        server_answer(
            fd, "200 OK",
            "Content-Type: text/html; charset=utf-8\r\nETag: \"v1\"\r\nSet-Cookie: a=b\r\n",
            str_contains(request, S("Cookie:")) ? S("cookie sent") : S("<p>hello"));
    else if (str_eq(path, S("/again")))
        server_answer(
            fd, str_contains(request, S("If-None-Match: \"v1\"")) ? "304 Not Modified" : "200 OK",
            "", S(""));
    else if (str_eq(path, S("/to-ok")))
        server_answer(fd, "302 Found", "Location: /ok\r\nSet-Cookie: a=b\r\n", S("moved"));
    else if (str_eq(path, S("/loop")))
        server_answer(fd, "302 Found", "Location: /loop\r\n", S(""));
    else if (str_eq(path, S("/to-file")))
        server_answer(fd, "302 Found", "Location: file:///etc/hostname\r\n", S(""));
    else if (str_eq(path, S("/bomb")))
        answer_bomb(fd);
    else if (str_eq(path, S("/busy")))
        server_answer(fd, "503 Busy", "Retry-After: 120\r\n", S("later"));
    else if (str_eq(path, S("/slow")))
        sleep(3);
    else
        server_answer(fd, "404 Not Found", "", S("none"));
}

static void start_server(void)
{
    server_start(&server, respond);
}

static void stop_server(void)
{
    server_stop(&server);
}

static bool get(struct arena *a, const char *path, struct fetch_options o, struct fetched *out,
                struct err *err)
{
    *err = (struct err){0};
    return fetch_url(a, arena_fmt(a, "http://127.0.0.1:%u%s", server.port, path), &o, out, err);
}

START_TEST(pages_come_with_their_headers)
{
    struct arena a = {0};
    struct fetched f = {0};
    struct err err;
    struct fetch_options o = {.allow_private = true};
    ck_assert_msg(get(&a, "/ok", o, &f, &err), "%s", err.message);
    ck_str_is(f.body, "<p>hello");
    ck_str_is(f.etag, "\"v1\"");
    ck_str_is(f.content_type, "text/html; charset=utf-8");
    ck_assert(get(&a, "/to-ok", o, &f, &err)); /* and no cookie is sent after it */
    ck_str_is(f.body, "<p>hello");
    ck_assert(str_ends(f.url, S("/ok")));
    o.etag = S("\"v1\"");
    ck_assert(get(&a, "/again", o, &f, &err));
    ck_assert(f.unchanged && f.body.n == 0);
    arena_finish(&a);
}
END_TEST

START_TEST(what_is_not_fetched_is_told)
{
    atomic_bool stop = true;
    unsigned wait = 0;
    const struct {
        const char *path;
        enum err_kind kind;
        struct fetch_options o;
    } cases[] = {{"/none", ERR_REMOTE, {.allow_private = true}},
                 {"/loop", ERR_REMOTE, {.allow_private = true}},
                 {"/to-file", ERR_DENIED, {.allow_private = true}},
                 {"/bomb", ERR_TOO_LARGE, {.allow_private = true}},
                 {"/ok", ERR_TOO_LARGE, {.allow_private = true, .limit = 3}},
                 {"/ok", ERR_DENIED, {.allow_private = false}},
                 {"/slow", ERR_TIMEOUT, {.allow_private = true, .timeout = 1}},
                 {"/busy", ERR_REMOTE, {.allow_private = true, .retry_after = &wait}},
                 {"/ok", ERR_TIMEOUT, {.allow_private = true, .cancel = &stop}}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fetched f = {0};
        struct err err;
        ck_assert_msg(!get(&a, cases[i].path, cases[i].o, &f, &err), "case %zu", i);
        ck_assert_msg(err.kind == cases[i].kind, "case %zu: %s: %s", i, err_name(err.kind),
                      err.message);
        ck_assert_uint_eq(f.body.n, 0);
    }
    ck_assert_uint_eq(wait, 120);
    arena_finish(&a);
}
END_TEST

START_TEST(only_web_addresses)
{
    static const char *const bad[] = {
        "file:///etc/passwd", "ftp://a.example/",    "javascript:1", "//a.example", "", "http://",
        "http:///x",          "gopher://a.example/", "http://a b/"};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct fetched f;
        struct err err = {0};
        ck_assert(!fetch_url(&a, str_of(bad[i]), &(struct fetch_options){0}, &f, &err));
        ck_assert_int_eq(err.kind, ERR_INVALID);
    }
    arena_finish(&a);
}
END_TEST

static bool is_public(const char *text)
{
    struct sockaddr_storage s = {0};
    struct sockaddr_in *in = (struct sockaddr_in *)&s;
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&s;
    bool v6 = strchr(text, ':') != NULL;
    s.ss_family = v6 ? AF_INET6 : AF_INET;
    ck_assert_int_eq(
        inet_pton(s.ss_family, text, v6 ? (void *)&in6->sin6_addr : (void *)&in->sin_addr), 1);
    return address_is_public((struct sockaddr *)&s);
}

START_TEST(private_addresses_are_known)
{
    static const char *const closed[] = {"127.0.0.1",
                                         "10.1.2.3",
                                         "172.16.0.1",
                                         "172.31.255.255",
                                         "192.168.1.1",
                                         "169.254.169.254",
                                         "100.64.0.1",
                                         "0.0.0.0",
                                         "224.0.0.1",
                                         "255.255.255.255",
                                         "198.18.0.1",
                                         "::1",
                                         "::",
                                         "fe80::1",
                                         "fc00::1",
                                         "fd00::1",
                                         "ff02::1",
                                         "::ffff:127.0.0.1",
                                         "::ffff:8.8.8.8",
                                         "64:ff9b::7f00:1",
                                         "2002:7f00:1::",
                                         "2001:db8::1",
                                         "2001::1",
                                         "fec0::1"};
    static const char *const open[] = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111",
                                       "2001:4860::1"};
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        ck_assert_msg(!is_public(closed[i]), "%s", closed[i]);
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        ck_assert_msg(is_public(open[i]), "%s", open[i]);
}
END_TEST

START_TEST(robots_are_heeded)
{
    struct str r =
        S("User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n\n"
          "User-agent: other\nUser-agent: synoptic\nDisallow: /closed # here\n");
    struct str all =
        S("User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n");
    ck_assert(!robots_allow(r, S("https://a.example/closed/1")));
    ck_assert(robots_allow(r, S("https://a.example/private/1")));
    ck_assert(!robots_allow(all, S("https://a.example/private/1")));
    ck_assert(robots_allow(all, S("https://a.example/private/open?x")));
    ck_assert(!robots_allow(all, S("https://a.example/a/b.pdf")));
    ck_assert(robots_allow(all, S("https://a.example/a/b.pdf?x")));
    ck_assert(robots_allow(S(""), S("https://a.example")));
    ck_assert_uint_eq(robots_delay(r), 0);
    ck_assert_uint_eq(robots_delay(S("User-agent: *\nCrawl-delay: 5\nDisallow: /x\n")), 5);
    ck_assert_uint_eq(robots_delay(S("User-agent: *\nCrawl-delay: 5\n\nUser-agent: other\n"
                                     "User-agent: synoptic\nCrawl-delay: 2.5\n")),
                      2);
    ck_assert_uint_eq(robots_delay(S("User-agent: other\nCrawl-delay: 5\n")), 0);
    ck_assert_uint_eq(robots_delay(S("User-agent: *\nCrawl-delay: 86400\n")), 60);
}
END_TEST

START_TEST(links_become_absolute)
{
    static const char *const cases[][3] = {
        {"https://a.example/b/c?d", "e", "https://a.example/b/e"},
        {"https://a.example/b/c", "../e/./f", "https://a.example/e/f"},
        {"https://a.example/b/c", "//x.example/y", "https://x.example/y"},
        {"https://a.example/b/c", "?q=1", "https://a.example/b/c?q=1"},
        {"https://a.example", "e", "https://a.example/e"},
        {"https://a.example/b#f", "#g", "https://a.example/b"},
        {"https://a.example/b", " ", ""},
        {"https://a.example/", "javascript:x", ""},
        {"", "/x", ""},
        {"http://a.example/", "HTTPS://B.example/x", "HTTPS://B.example/x"}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_str_is(url_resolve(&a, str_of(cases[i][0]), str_of(cases[i][1])), cases[i][2]);
    ck_str_is(url_domain(&a, S("https://user@WWW.A.example:8080/x")), "a.example");
    ck_str_is(url_host(&a, S("https://user@WWW.A.example:8080/x")), "www.a.example:8080");
    ck_str_is(url_host(&a, S("ftp://a.example/x")), "");
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("fetch");
    TCase *t = tcase_create("fetch");
    tcase_add_checked_fixture(t, start_server, stop_server);
    tcase_set_timeout(t, 30);
    tcase_add_test(t, pages_come_with_their_headers);
    tcase_add_test(t, what_is_not_fetched_is_told);
    tcase_add_test(t, only_web_addresses);
    tcase_add_test(t, private_addresses_are_known);
    tcase_add_test(t, robots_are_heeded);
    tcase_add_test(t, links_become_absolute);
    suite_add_tcase(s, t);
    return support_run(s);
}
