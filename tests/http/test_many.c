/* Many connections: those above the limit, and those that send slowly. */
#include "support/client.h"
#include "support/support.h"

#include "http/http.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SENDERS = 50, ASKED = 101 };

static _Atomic int inside;
static atomic_bool released;

static void rest(int ms)
{
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
}

static bool quick(struct http_context *c, struct err *err)
{
    (void)err;
    buf_fmt(&c->response.body, "here");
    return true;
}

static bool held(struct http_context *c, struct err *err)
{
    (void)err;
    atomic_fetch_add(&inside, 1);
    while (!atomic_load(&released))
        rest(5);
    buf_fmt(&c->response.body, "done");
    return true;
}

static const struct http_route routes[] = {
    {HTTP_GET, "/api/quick", quick, 0, 0, NULL, "At once.", 0},
    {HTTP_GET, "/api/held", held, 0, 0, NULL, "When it is let go.", 0},
};

static struct http_server *start(unsigned connections, char address[96])
{
    struct http_options options = {.routes = routes,
                                   .n_routes = sizeof routes / sizeof *routes,
                                   .threads = 6,
                                   .connections = connections};
    struct http_server *server = NULL;
    struct err err = {0};
    ck_assert_msg(http_start(&options, &server, &err), "%s", err.message);
    snprintf(address, 96, "%s", http_address(server));
    return server;
}

static int status_of(const char *address, const char *path)
{
    struct arena a = {0};
    int status = client_ask(&a, address, "GET", path, "", S("")).status;
    arena_finish(&a);
    return status;
}

/* Asks until there is room: the place of a request that was answered a moment ago may not be free
 * yet. */
static void *ask_held(void *address)
{
    int status;
    while ((status = status_of(address, "/api/held")) == 503)
        rest(5);
    return status == 200 ? address : NULL;
}

/* Whoever comes when all places are taken by requests under way is told so, and not left waiting;
 * who lets the server wait has to make room first. */
START_TEST(no_place_left)
{
    char address[96];
    struct http_server *server = start(2, address);
    int idle = client_connect(address);
    ck_assert_int_eq(status_of(address, "/api/quick"), 200);
    pthread_t threads[2];
    void *done = NULL;
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_held, address), 0);
        while (atomic_load(&inside) <= i)
            rest(5);
    }
    int beyond = status_of(address, "/api/quick");
    atomic_store(&released, true);
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], &done);
        ck_assert_ptr_nonnull(done);
    }
    ck_assert_int_eq(beyond, 503);
    ck_assert_int_eq(status_of(address, "/api/quick"), 200);
    close(idle);
    http_stop(server, 1);
}
END_TEST

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of many, in milliseconds: the machine may have other things to do now and then. */
static double time_of(const char *address, const int *senders)
{
    double took[ASKED];
    for (int i = 0; i < ASKED; i++) {
        struct timespec from, to;
        if (senders)
            client_send(senders[i % SENDERS], S("x"));
        clock_gettime(CLOCK_MONOTONIC, &from);
        ck_assert_int_eq(status_of(address, "/api/quick"), 200);
        clock_gettime(CLOCK_MONOTONIC, &to);
        took[i] =
            (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
    }
    qsort(took, ASKED, sizeof *took, by_time);
    return took[ASKED / 2];
}

START_TEST(slow_senders_are_alone_with_it)
{
    char address[96];
    struct http_server *server = start(0, address);
    int senders[SENDERS];
    double alone = time_of(address, NULL);
    for (int i = 0; i < SENDERS; i++) {
        senders[i] = client_connect(address);
        client_send(senders[i], i % 2 ? S("GET /api/quick HTTP/1.1\r\nHost: localhost\r\nX: ")
                                      : S("GET /api/qui"));
    }
    double beside = time_of(address, senders);
    ck_assert_msg(beside < 50 || beside < 3 * alone, "%.1f ms, %.1f without", beside, alone);
    for (int i = 0; i < SENDERS; i++)
        close(senders[i]);
    http_stop(server, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("many");
    TCase *t = tcase_create("many");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, no_place_left);
    tcase_add_test(t, slow_senders_are_alone_with_it);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
