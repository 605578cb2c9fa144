/* Works off the queue: in a thread of its own beside a server, or in the caller's for the command
 * line. Stories that became stale are compared when the queue is empty, and in between only as
 * often as leaves most of the time to importing. */
#include "ingest/worker.h"

#include "ingest/item.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct worker {
    struct store *store;
    struct worker_options options;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool woken;
    atomic_bool stop;
};

/* One run over the queue. */
struct shift {
    struct item_run run;
    struct worker_watch *watch;
    double compared_at, cost; /* seconds: when stories were last compared, and how long it took */
    bool log;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool is_stopped(const struct shift *shift)
{
    return shift->run.stop && atomic_load(shift->run.stop);
}

static bool compare_stale(struct shift *shift, struct err *err)
{
    double from = seconds();
    bool ok = ingest_stale(shift->run.store, shift->run.stop, err);
    shift->compared_at = seconds();
    shift->cost = shift->compared_at - from;
    return ok;
}

/* An import is done only when its stories can be looked at: its last item waits for them. */
static void compare_when_due(struct shift *shift, int64_t item)
{
    struct err err = {0};
    int64_t waiting = 0;
    double pause = 4 * shift->cost > 2 ? 4 * shift->cost : 2;
    bool last = store_import_waiting(shift->run.store, &waiting, &err) && waiting == 0;
    if (!last && seconds() - shift->compared_at < pause)
        return;
    if (!store_import_stage(shift->run.store, item, "compare", &err) || !compare_stale(shift, &err))
        fprintf(stderr, "synoptic: comparing failed: %s\n", err.message);
}

static bool tell(struct shift *shift, const struct store_import_item *item,
                 const struct store_outcome *outcome)
{
    struct store_import state = {0};
    if (outcome->problem.n && shift->log)
        fprintf(stderr, "synoptic: %.*s: %.*s\n", STR_ARG(item->name), STR_ARG(outcome->problem));
    if (!shift->watch)
        return true;
    return store_import_state(shift->run.store, item->import, &state, NULL) &&
           shift->watch->seen(shift->watch, &state, item, outcome);
}

/* One item; *more is false when there was none. */
static bool next_item(struct shift *shift, bool *more, struct err *err)
{
    struct arena a = {0};
    struct store_import_item item;
    struct store_outcome outcome;
    bool ok = store_import_take(shift->run.store, &a, &item, err);
    *more = ok && item.id;
    if (*more) {
        item_import(&shift->run, &a, &item, &outcome);
        compare_when_due(shift, item.id);
        ok = store_import_finish(shift->run.store, item.id, &outcome, err);
        *more = tell(shift, &item, &outcome);
    }
    arena_finish(&a);
    return ok;
}

static bool work_off(struct shift *shift, struct err *err)
{
    bool more = true, ok = true;
    shift->compared_at = seconds();
    while (ok && more && !is_stopped(shift))
        ok = next_item(shift, &more, err);
    return ok && (is_stopped(shift) || compare_stale(shift, err));
}

bool worker_drain(struct store *store, const struct worker_options *options,
                  struct worker_watch *watch, struct err *err)
{
    struct worker_options none = {0};
    struct shift shift = {.run = {.store = store, .options = options ? options : &none},
                          .watch = watch};
    return work_off(&shift, err);
}

/* --------------------------------------------------------------------------------- the thread */

/* A while, unless something is submitted. */
static void rest(struct worker *worker, int most)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += most;
    pthread_mutex_lock(&worker->mutex);
    while (!worker->woken && !atomic_load(&worker->stop) &&
           pthread_cond_timedwait(&worker->wake, &worker->mutex, &until) == 0)
        ;
    worker->woken = false;
    pthread_mutex_unlock(&worker->mutex);
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct shift shift = {
        .run = {.store = worker->store, .options = &worker->options, .stop = &worker->stop},
        .log = true};
    bool said = false;
    while (!atomic_load(&worker->stop)) {
        struct err err = {0};
        bool ok = work_off(&shift, &err);
        if (!ok && !said)
            fprintf(stderr, "synoptic: the import worker waits: %s\n", err.message);
        said = !ok;
        rest(worker, ok ? 1 : 30);
    }
    return NULL;
}

bool worker_start(struct store *store, const struct worker_options *options, struct worker **out,
                  struct err *err)
{
    struct worker *worker = calloc(1, sizeof *worker);
    worker->store = store;
    worker->options = options ? *options : (struct worker_options){0};
    pthread_mutex_init(&worker->mutex, NULL);
    pthread_cond_init(&worker->wake, NULL);
    if (pthread_create(&worker->thread, NULL, work, worker) != 0) {
        free(worker);
        return fail(err, ERR_INTERNAL, "no thread could be started for imports");
    }
    *out = worker;
    return true;
}

void worker_wake(struct worker *worker)
{
    if (!worker)
        return;
    pthread_mutex_lock(&worker->mutex);
    worker->woken = true;
    pthread_cond_signal(&worker->wake);
    pthread_mutex_unlock(&worker->mutex);
}

void worker_stop(struct worker *worker)
{
    if (!worker)
        return;
    atomic_store(&worker->stop, true);
    worker_wake(worker);
    pthread_join(worker->thread, NULL);
    pthread_mutex_destroy(&worker->mutex);
    pthread_cond_destroy(&worker->wake);
    free(worker);
}
