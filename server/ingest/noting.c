/* See noting.h. */
#include "ingest/noting.h"
#include "store/turns.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct noting {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool stop;
};

/* True when it is to go on. */
static bool pause_a_second(struct noting *n)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    pthread_mutex_lock(&n->mutex);
    while (!n->stop && pthread_cond_clockwait(&n->wake, &n->mutex, CLOCK_MONOTONIC, &until) == 0)
        ;
    bool on = !n->stop;
    pthread_mutex_unlock(&n->mutex);
    return on;
}

static void *work(void *context)
{
    struct noting *n = context;
    while (pause_a_second(n))
        store_note_long(n->store);
    return NULL;
}

static void destroy(struct noting *n)
{
    pthread_mutex_destroy(&n->mutex);
    pthread_cond_destroy(&n->wake);
    free(n);
}

struct noting *noting_start(struct store *store)
{
    struct noting *n = needed(calloc(1, sizeof *n));
    n->store = store;
    pthread_mutex_init(&n->mutex, NULL);
    pthread_cond_init(&n->wake, NULL);
    if (pthread_create(&n->thread, NULL, work, n) == 0)
        return n;
    destroy(n);
    return NULL;
}

void noting_stop(struct noting *n)
{
    if (!n)
        return;
    pthread_mutex_lock(&n->mutex);
    n->stop = true;
    pthread_cond_signal(&n->wake);
    pthread_mutex_unlock(&n->mutex);
    pthread_join(n->thread, NULL);
    destroy(n);
}
