/* Works off the queue: in a thread of its own beside a server, or in the caller's for the command
 * line. Stories that became stale are compared when the queue is empty, and in between only as
 * often as leaves most of the time to importing. */
#include "ingest/worker.h"

#include "ingest/arrivals.h"
#include "ingest/fetch/fetcher.h"
#include "ingest/fetch/hook.h"
#include "ingest/item.h"
#include "ingest/noting.h"
#include "ingest/story/ahead.h"
#include "ingest/story/reread.h"
#include "store/turns.h"
#include "store/watch.h"

#include "base/log.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Seconds. A story that grows is compared anew each time: for whoever looks at the pages meanwhile,
 * and seldom where nobody does. */
enum { PAUSE_SERVING = 4, PAUSE_ALONE = 60 };
/* Finding all stories anew that takes longer than that may take one second in so many. */
#define SETTLED_AT_ONCE 0.1
enum { SETTLED_ONCE_IN = 20 };

/* So many items are taken at once, and so long may a transaction be in which several are stored:
 * most of what one costs is not the item's own, but others wait for it. */
enum { TOGETHER = 16, LIGHT = 1 << 16 };
#define SECONDS_TOGETHER 0.02

/* Of a worker, read by other threads. */
struct tally {
    _Atomic uint64_t items, failed, reading_us, comparing_us;
};

struct worker {
    struct store *store;
    struct worker_options options;
    pthread_t thread;
    struct arrivals arrivals;
    atomic_bool stop, ended;
    struct fetchers *fetchers;
    struct noting *noting;
    struct tally tally;
    struct hooks *hooks;
};

/* One run over the queue. */
struct shift {
    struct item_run run;
    struct worker_watch *watch;
    double compared_at, cost; /* seconds: when stories were last compared, and how long it took */
    double pause;             /* at least so long between two times while items wait */
    double settled_at, settling; /* when all stories were found anew, and how long that took */
    bool unsettled;              /* they are to be */
    bool compares;               /* this program has that role among those that share the store */
    bool log;
    struct tally *tally; /* or NULL */
    struct fetchers *fetchers;
    int64_t
        held[TOGETHER]; /* items that are ours still, since the store failed or we are to stop */
    size_t n_held;
    bool said_no; /* the watch's callback asked to stop */
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

/* A server that gets report after report does not find all stories anew after each. */
static bool may_settle(const struct shift *shift)
{
    return shift->settling < SETTLED_AT_ONCE ||
           seconds() - shift->settled_at >= SETTLED_ONCE_IN * shift->settling;
}

/* `last`: nothing is waited for, so that the stories of the import can be settled. */
static bool regroup(struct shift *shift, bool last, struct err *err)
{
    double from = seconds();
    bool all = (last || shift->unsettled) && may_settle(shift);
    shift->unsettled = (last || shift->unsettled) && !all;
    if (!all)
        return ingest_regroup(shift->run.store, last ? FRESH_IMPORT : FRESH_NEW, err);
    bool ok = ingest_regroup(shift->run.store, FRESH_ALL, err);
    shift->settled_at = seconds();
    shift->settling = shift->settled_at - from;
    return ok;
}

static bool compare_stale(struct shift *shift, bool last, struct err *err)
{
    double from = seconds();
    ahead_settle(shift->run.ahead);
    bool ok = regroup(shift, last, err) &&
              (last ? ingest_stale : ingest_stale_free)(shift->run.store, shift->run.stop, err);
    shift->compared_at = seconds();
    shift->cost = shift->compared_at - from;
    if (shift->tally)
        atomic_fetch_add(&shift->tally->comparing_us, (uint64_t)(shift->cost * 1e6));
    return ok;
}

/* While there are items, one program is enough to compare stories in between. */
static bool is_to_compare(struct shift *shift)
{
    shift->compares =
        shift->compares || store_claim_role(shift->run.store, STORE_ROLE_COMPARES, true);
    if (!shift->compares)
        shift->compared_at = seconds();
    return shift->compares;
}

/* An import is done only when its stories can be looked at: its last item waits for them. */
static void compare_when_due(struct shift *shift, int64_t item)
{
    struct err err = {0};
    bool waiting = false;
    double pause = 9 * shift->cost > shift->pause ? 9 * shift->cost : shift->pause;
    bool last = store_import_waits(shift->run.store, &waiting, &err) && !waiting;
    if (!last && (seconds() - shift->compared_at < pause || !is_to_compare(shift)))
        return;
    if (!store_import_stage(shift->run.store, item, "compare", &err) ||
        !compare_stale(shift, last, &err))
        log_event(LOG_ERROR, "compare_failed", "comparing failed: %s", err.message);
}

/* Names and addresses stay out of logs (base/log.h); the import's page tells them, and the reason.
 */
static void log_failed(const struct store_import_item *item)
{
    struct log l = log_begin(LOG_WARNING, "item_failed", S("an item could not be imported"));
    log_int(&l, "import", item->import);
    log_int(&l, "item", item->id);
    log_end(&l);
}

static bool tell(struct shift *shift, const struct store_import_item *item,
                 const struct store_outcome *outcome)
{
    struct store_import state = {0};
    if (outcome->problem.n && shift->log)
        log_failed(item);
    if (!shift->watch)
        return true;
    return store_import_state(shift->run.store, item->import, &state, NULL) &&
           shift->watch->seen(shift->watch, &state, item, outcome);
}

/* Items that the store could not take wait again, with their bytes. The reason stays in *err. */
static bool put_back(struct shift *shift)
{
    for (; shift->n_held; shift->n_held--)
        if (!store_import_back(shift->run.store, shift->held[shift->n_held - 1], NULL))
            return false;
    return true;
}

/* The item has ended. */
static void let_go(struct shift *shift, int64_t item)
{
    size_t left = 0;
    for (size_t i = 0; i < shift->n_held; i++)
        if (shift->held[i] != item)
            shift->held[left++] = shift->held[i];
    shift->n_held = left;
}

/* Reads an item, and counts it. */
static bool import_item(struct shift *shift, struct arena *a, const struct store_import_item *item,
                        struct store_outcome *outcome, struct err *err)
{
    double from = seconds();
    bool ok = item_import(&shift->run, a, item, outcome, err);
    if (shift->tally) {
        atomic_fetch_add(&shift->tally->reading_us, (uint64_t)((seconds() - from) * 1e6));
        atomic_fetch_add(&shift->tally->items, 1);
        atomic_fetch_add(&shift->tally->failed, outcome->problem.n > 0);
    }
    return ok;
}

static bool do_item(struct shift *shift, struct arena *a, const struct store_import_item *item,
                    struct store_outcome *outcome, struct err *err)
{
    bool ok = import_item(shift, a, item, outcome, err) && ahead_save(shift->run.ahead, err);
    if (ok)
        compare_when_due(shift, outcome->problem.n ? 0 : item->id); /* it stays where it stopped */
    if (ok && store_import_finish(shift->run.store, item->id, outcome, err)) {
        let_go(shift, item->id);
        return true;
    }
    put_back(shift);
    return false;
}

/* Items that were taken at once. */
struct taken {
    struct store_import_item v[TOGETHER];
    struct store_outcome outcome[TOGETHER];
    size_t n;
};

/* What is read in a moment: no archive, and nothing for which another program is asked. */
static bool is_light(const struct store_import_item *item)
{
    struct str start = str_trim(str_slice(item->bytes, 0, 512));
    return item->kind == IMPORT_BYTES && item->bytes.n && item->bytes.n <= LIGHT &&
           item->problem.n == 0 && (str_starts(start, S("{")) || str_starts(start, S("<")));
}

/* Several in one transaction, from the one at `from`: all but the last of those that were taken,
 * with which the import may end. Returns behind which; `from` when none was stored, and each is to
 * be done alone. */
static size_t do_some(struct shift *shift, struct arena *a, struct taken *t, size_t from)
{
    struct err why = {0};
    double until = seconds() + SECONDS_TOGETHER;
    size_t i = from;
    if (from + 2 >= t->n || !is_light(&t->v[from]) || !store_batch_begin(shift->run.store, &why))
        return from;
    bool ok = ahead_save(shift->run.ahead, &why);
    ahead_hold(shift->run.ahead);
    shift->run.batched = true;
    for (; ok && i + 1 < t->n && is_light(&t->v[i]) && seconds() < until; i++)
        ok = import_item(shift, a, &t->v[i], &t->outcome[i], &why) &&
             store_import_finish(shift->run.store, t->v[i].id, &t->outcome[i], &why);
    shift->run.batched = false;
    ok = store_batch_end(shift->run.store, ok, &why);
    ahead_release(shift->run.ahead, ok);
    for (size_t k = from; ok && k < i; k++)
        let_go(shift, t->v[k].id);
    return ok ? i : from;
}

static bool take_items(struct shift *shift, struct arena *a, struct taken *t, struct err *err)
{
    t->n = TOGETHER;
    if (!put_back(shift))
        return fail(err, ERR_FULL, "the store cannot be written");
    if (!store_import_take_some(shift->run.store, a, t->v, &t->n, err))
        return false;
    for (size_t i = 0; i < t->n; i++)
        shift->held[shift->n_held++] = t->v[i].id;
    return true;
}

/* What was done with the items from..end is told. False: it is to stop. */
static bool tell_all(struct shift *shift, const struct taken *t, size_t from, size_t end)
{
    for (size_t i = from; i < end && !shift->said_no; i++) {
        if (t->outcome[i].n_more)
            fetchers_wake(shift->fetchers);
        shift->said_no = !tell(shift, &t->v[i], &t->outcome[i]);
    }
    return !shift->said_no;
}

/* Some items; *more is false when there was none. */
static bool next_items(struct shift *shift, bool *more, struct err *err)
{
    struct arena a = {0};
    struct taken t = {.n = 0};
    bool ok = take_items(shift, &a, &t, err);
    *more = ok && t.n;
    for (size_t from = 0, end; *more && from < t.n && !is_stopped(shift); from = end) {
        end = do_some(shift, &a, &t, from);
        if (end == from) {
            *more = ok = do_item(shift, &a, &t.v[from], &t.outcome[from], err);
            end = ok ? from + 1 : from;
        }
        *more = *more && tell_all(shift, &t, from, end);
    }
    put_back(shift); /* what was left because it is to stop */
    arena_finish(&a);
    return ok;
}

/* All that can be read now. */
static bool work_off(struct shift *shift, struct err *err)
{
    bool more = true, ok = true;
    shift->compared_at = seconds();
    while (ok && more && !is_stopped(shift))
        ok = next_items(shift, &more, err);
    if (shift->compares)
        store_claim_role(shift->run.store, STORE_ROLE_COMPARES, false);
    shift->compares = false;
    return ok && (is_stopped(shift) || compare_stale(shift, false, err));
}

/* Two stories at most, so that imports do not wait long; *more: others are left. */
static bool reread_some(struct shift *shift, bool *more, struct err *err)
{
    struct store_reread now;
    struct reread_options options = {.most = 2, .threads = 2, .stop = shift->run.stop};
    *more = false;
    if (is_stopped(shift) || !store_reread_now(shift->run.store, &now, err) || !now.id)
        return is_stopped(shift) || err->kind == ERR_NONE;
    return ingest_reread(shift->run.store, &options, more, err);
}

/* Is there more to come from outside? */
static bool expects(struct shift *shift, bool *more, struct err *err)
{
    bool waiting = false;
    int64_t due = 0;
    if (!store_import_waits(shift->run.store, &waiting, err) ||
        (shift->run.options->watch_once && !store_watch_open(shift->run.store, &due, err)))
        return false;
    *more = waiting || due || shift->run.options->watch;
    return true;
}

static bool drain(struct shift *shift, struct arrivals *arrivals, struct err *err)
{
    const struct worker_options *options = shift->run.options;
    bool ok = true, go_on = true;
    while (ok && go_on && !is_stopped(shift)) {
        bool more = false;
        ok = work_off(shift, err) && expects(shift, &more, err);
        go_on = more && !shift->said_no;
        if (ok && go_on && !shift->fetchers && !is_stopped(shift))
            ok = fetchers_start(shift->run.store, options,
                                (struct fetcher_call){arrivals_wake, arrivals}, &shift->fetchers,
                                err);
        if (ok && go_on)
            arrivals_wait(arrivals, 1, shift->run.stop);
    }
    return ok;
}

bool worker_drain(struct store *store, const struct worker_options *options,
                  struct worker_watch *watch, struct err *err)
{
    struct worker_options none = {0};
    struct arrivals arrivals;
    struct shift shift = {.run = {.store = store,
                                  .options = options ? options : &none,
                                  .stop = watch ? watch->stop : NULL},
                          .pause = PAUSE_ALONE,
                          .watch = watch};
    arrivals_begin(&arrivals);
    struct noting *noting = noting_start(store);
    shift.run.ahead = ahead_start(store);
    bool ok = drain(&shift, &arrivals, err);
    shift.settling = 0;
    ok = ok && (!shift.unsettled || is_stopped(&shift) || compare_stale(&shift, true, err));
    ahead_stop(shift.run.ahead);
    noting_stop(noting);
    fetchers_stop(shift.fetchers);
    arrivals_finish(&arrivals);
    return ok;
}

/* --------------------------------------------------------------------------------- the thread */

static void *work(void *context)
{
    struct worker *worker = context;
    struct shift shift = {
        .run = {.store = worker->store, .options = &worker->options, .stop = &worker->stop},
        .pause = PAUSE_SERVING,
        .log = true,
        .tally = &worker->tally,
        .fetchers = worker->fetchers};
    shift.run.ahead = ahead_start(worker->store);
    bool said = false;
    while (!atomic_load(&worker->stop)) {
        struct err err = {0};
        bool more = false;
        bool ok = work_off(&shift, &err) && reread_some(&shift, &more, &err);
        if (!ok && !said)
            log_event(LOG_ERROR, "import_waits", "the import worker waits: %s", err.message);
        said = !ok;
        if (!ok || !more)
            arrivals_wait(&worker->arrivals, ok ? 1 : 30, &worker->stop);
    }
    ahead_stop(shift.run.ahead);
    atomic_store(&worker->ended, true);
    return NULL;
}

static void worker_destroy(struct worker *worker)
{
    hooks_stop(worker->hooks);
    noting_stop(worker->noting);
    fetchers_stop(worker->fetchers);
    arrivals_finish(&worker->arrivals);
    free(worker);
}

static bool begin_work(struct worker *worker, struct err *err)
{
    struct fetcher_call call = {arrivals_wake, &worker->arrivals};
    bool works = !worker->options.answer_only;
    if (works && !fetchers_start(worker->store, &worker->options, call, &worker->fetchers, err))
        return false;
    worker->noting = noting_start(worker->store); /* decisions compare stories, too */
    atomic_store(&worker->ended, !works);
    if (!works)
        return true;
    worker->hooks = hooks_start(worker->store, &worker->options);
    return pthread_create(&worker->thread, NULL, work, worker) == 0 ||
           fail(err, ERR_INTERNAL, "no thread could be started for imports");
}

bool worker_start(struct store *store, const struct worker_options *options, struct worker **out,
                  struct err *err)
{
    struct worker *worker = needed(calloc(1, sizeof *worker));
    worker->store = store;
    worker->options = options ? *options : (struct worker_options){0};
    arrivals_begin(&worker->arrivals);
    if (!begin_work(worker, err)) {
        worker_destroy(worker);
        return false;
    }
    *out = worker;
    return true;
}

void worker_count(const struct worker *worker, struct worker_counters *out)
{
    const struct tally *t = &worker->tally;
    *out = (struct worker_counters){.items = atomic_load(&t->items),
                                    .failed = atomic_load(&t->failed),
                                    .reading = (double)atomic_load(&t->reading_us) / 1e6,
                                    .comparing = (double)atomic_load(&t->comparing_us) / 1e6};
}

void worker_wake(struct worker *worker)
{
    if (!worker)
        return;
    arrivals_wake(&worker->arrivals);
    fetchers_wake(worker->fetchers);
}

bool worker_cancel(struct worker *worker, int64_t import, struct err *err)
{
    if (!store_import_cancel(worker->store, import, err))
        return false;
    fetchers_cancel(worker->fetchers, import);
    return true;
}

bool worker_stop(struct worker *worker, unsigned seconds)
{
    const struct timespec pause = {0, 10000000};
    if (!worker)
        return true;
    atomic_store(&worker->stop, true);
    worker_wake(worker);
    for (unsigned i = 0; i < seconds * 100 && !atomic_load(&worker->ended); i++)
        nanosleep(&pause, NULL);
    if (!atomic_load(&worker->ended))
        return false;
    if (!worker->options.answer_only)
        pthread_join(worker->thread, NULL);
    worker_destroy(worker);
    return true;
}
