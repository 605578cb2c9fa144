/* Who is connected, and the clock that runs against them.
 *
 * libmicrohttpd only knows inactivity, which a sender of one byte a second never shows. Here every
 * request as a whole has a deadline: a thread looks once a second and shuts the sockets of those
 * who let the server wait too long; libmicrohttpd then sees their end and cleans up. A socket is
 * only touched under the lock, and connection_close takes it before the socket is closed. */
#include "http/parts.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum {
    DEADLINE_MS = 10000, /* from connecting, or from the last answer, to the end of the header; the
                            same again for the body, and a second more for each */
    BODY_RATE = 65536,   /* bytes of it */
    ANSWER_MS = 60000,   /* to take the answer, and a second more for each */
    ANSWER_RATE = 4096,  /* bytes of a long one that were taken */
    SPARE = 8,           /* places kept free by cutting the slowest */
};

int64_t clock_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_ms(void)
{
    return clock_us() / 1000;
}

void connection_phase(struct connection *c, enum phase phase)
{
    if (!c)
        return;
    atomic_store(&c->since, clock_ms());
    atomic_store(&c->bytes, 0);
    atomic_store(&c->phase, phase);
}

void connection_taken(struct connection *c, size_t bytes)
{
    if (atomic_load(&c->phase) != PHASE_ANSWER)
        connection_phase(c, PHASE_ANSWER);
    atomic_fetch_add(&c->bytes, bytes);
}

static int64_t time_left(const struct connections *all, struct connection *c, int64_t now)
{
    int64_t waited = now - atomic_load(&c->since);
    switch ((enum phase)atomic_load(&c->phase)) {
    case PHASE_HEADER:
        return all->deadline_ms - waited;
    case PHASE_BODY:
        return all->deadline_ms + (int64_t)(atomic_load(&c->bytes) / BODY_RATE) * 1000 - waited;
    case PHASE_ANSWER:
        return ANSWER_MS + (int64_t)(atomic_load(&c->bytes) / ANSWER_RATE) * 1000 - waited;
    case PHASE_WORK:
        break;
    }
    return INT64_MAX;
}

static void cut(struct connections *all, struct connection *c)
{
    if (c->fd < 0)
        return;
    shutdown(c->fd, SHUT_RDWR);
    c->fd = -1;
    atomic_fetch_add(&all->reaped, 1);
}

static void *reap(void *arg)
{
    struct connections *all = arg;
    pthread_mutex_lock(&all->lock);
    while (!all->stopping) {
        int64_t now = clock_ms();
        for (struct connection *c = all->oldest; c; c = c->newer)
            if (time_left(all, c, now) <= 0)
                cut(all, c);
        struct timespec at;
        clock_gettime(CLOCK_MONOTONIC, &at);
        at.tv_sec++;
        pthread_cond_clockwait(&all->wake, &all->lock, CLOCK_MONOTONIC, &at);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

bool connections_start(struct connections *all, size_t cap, unsigned deadline_ms, struct err *err)
{
    *all = (struct connections){.cap = cap, .deadline_ms = deadline_ms ? deadline_ms : DEADLINE_MS};
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->wake, NULL);
    if (pthread_create(&all->reaper, NULL, reap, all) != 0) {
        pthread_cond_destroy(&all->wake);
        pthread_mutex_destroy(&all->lock);
        return fail(err, ERR_INTERNAL, "no thread could be started");
    }
    return true;
}

void connections_stop(struct connections *all)
{
    pthread_mutex_lock(&all->lock);
    all->stopping = true;
    pthread_cond_signal(&all->wake);
    pthread_mutex_unlock(&all->lock);
    pthread_join(all->reaper, NULL);
    pthread_cond_destroy(&all->wake);
    pthread_mutex_destroy(&all->lock);
}

/* The one that has kept the server waiting longest; called under the lock. */
static struct connection *slowest(struct connections *all)
{
    struct connection *worst = NULL;
    for (struct connection *c = all->oldest; c; c = c->newer) {
        int phase = atomic_load(&c->phase);
        if (c->fd >= 0 && (phase == PHASE_HEADER || phase == PHASE_BODY) &&
            (!worst || atomic_load(&c->since) < atomic_load(&worst->since)))
            worst = c;
    }
    return worst;
}

struct connection *connection_open(struct connections *all, int fd)
{
    struct connection *c = needed(calloc(1, sizeof *c));
    c->fd = fd;
    atomic_store(&c->since, clock_ms());
    pthread_mutex_lock(&all->lock);
    if (all->count + SPARE >= all->cap) {
        struct connection *worst = slowest(all);
        if (worst)
            cut(all, worst);
        c->beyond = !worst && all->count >= all->cap;
    }
    c->older = all->newest;
    *(all->newest ? &all->newest->newer : &all->oldest) = c;
    all->newest = c;
    all->count++;
    pthread_mutex_unlock(&all->lock);
    atomic_fetch_add(&all->opened, 1);
    return c;
}

void connection_close(struct connections *all, struct connection *c)
{
    if (!c)
        return;
    pthread_mutex_lock(&all->lock);
    *(c->older ? &c->older->newer : &all->oldest) = c->newer;
    *(c->newer ? &c->newer->older : &all->newest) = c->older;
    all->count--;
    pthread_mutex_unlock(&all->lock);
    free(c);
}

bool connections_cut_idle(struct connections *all, int64_t patience_ms)
{
    bool others = false;
    int64_t now = clock_ms();
    pthread_mutex_lock(&all->lock);
    for (struct connection *c = all->oldest; c; c = c->newer) {
        if (atomic_load(&c->phase) != PHASE_HEADER && atomic_load(&c->phase) != PHASE_BODY)
            continue;
        if (now - atomic_load(&c->since) >= patience_ms)
            cut(all, c);
        else
            others = true;
    }
    pthread_mutex_unlock(&all->lock);
    return others;
}
