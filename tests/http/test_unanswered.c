/* Requests that libmicrohttpd gives up before the program sees their header. */
#include "support/client.h"
#include "support/support.h"

#include "http/http.h"

#include <time.h>

/* Arguments and cookies that libmicrohttpd has no room for: whether it answers or hangs up, and
 * whoever is asked for, nothing of the request stays. */
START_TEST(too_much_to_read)
{
    enum { TIMES = 40 };
    struct arena a = {0};
    struct http_server *server = NULL;
    struct err err = {0};
    ck_assert(http_start(&(struct http_options){0}, &server, &err));
    struct buf many = {0}, metrics = {0};
    for (int i = 0; i < 1500; i++)
        buf_add(&many, S("a=1&"));
    struct str args = buf_str(&many);
    char *crumbs = arena_alloc(&a, args.n);
    for (size_t i = 0; i < args.n; i++)
        crumbs[i] = args.p[i] == '&' ? ';' : args.p[i];
    const struct str requests[] = {
        arena_fmt(&a, "GET /?%.*s HTTP/1.1\r\nHost: localhost\r\n\r\n", STR_ARG(args)),
        arena_fmt(&a, "GET /?%.*s HTTP/1.1\r\nHost: other.example\r\n\r\n", STR_ARG(args)),
        arena_fmt(&a, "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: %.*s\r\n\r\n", (int)args.n,
                  crumbs)};
    for (int i = 0; i < TIMES; i++)
        for (size_t k = 0; k < sizeof requests / sizeof *requests; k++)
            client_raw(&a, http_address(server), requests[k]);
    ck_assert_int_eq(client_ask(&a, http_address(server), "GET", "/", "", S("")).status, 200);
    for (int i = 0; i < 50 && !str_contains(buf_str(&metrics), S("running 0\n")); i++) {
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        metrics.n = 0;
        http_metrics(server, &metrics);
    }
    ck_assert_msg(str_contains(buf_str(&metrics), S("http_requests_running 0\n")), "%.*s",
                  STR_ARG(buf_str(&metrics)));
    buf_finish(&many);
    buf_finish(&metrics);
    http_stop(server, 1);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("unanswered");
    TCase *tests = tcase_create("unanswered");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, too_much_to_read);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}
