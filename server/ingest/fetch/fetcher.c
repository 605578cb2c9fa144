/* The fetching threads: see fetcher.h. */
#include "ingest/fetch/fetcher.h"

#include "ingest/fetch/further_pages.h"
#include "ingest/fetch/polite.h"
#include "ingest/fetch/watch_look.h"

#include "base/log.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { THREADS = 4, TRIES = 3, LONGEST_WAIT = 600000, LOOK_EVERY = 1000 };

struct fetcher {
    struct fetchers *all;
    pthread_t thread;
    int64_t import;   /* of what is being fetched; guarded by the mutex */
    int64_t held;     /* an item that is ours still, since the store failed; or 0 */
    atomic_bool stop; /* break off what is being fetched */
};

struct fetchers {
    struct store *store;
    struct worker_options options;
    struct fetcher_call call;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    unsigned news; /* grows with every wake */
    atomic_bool end;
    struct fetcher each[THREADS];
    size_t n;
};

static void set_import(struct fetcher *f, int64_t import)
{
    pthread_mutex_lock(&f->all->mutex);
    f->import = import;
    if (!atomic_load(&f->all->end))
        atomic_store(&f->stop, false);
    pthread_mutex_unlock(&f->all->mutex);
}

/* ------------------------------------------------------------------------------------- one item */

/* The bytes are the store's from here on, whatever happens next. */
static bool deliver(struct fetcher *f, const struct store_import_item *item,
                    const struct polite_answer *answer, struct err *err)
{
    struct store_import_item done = *item;
    done.bytes = answer->got.body;
    done.content_type = answer->got.content_type;
    done.source = answer->got.url;
    return store_fetch_done(f->all->store, &done, &answer->rest, err);
}

/* What could not be fetched: the text that the feed had, or the reason. */
static bool give_up(struct fetcher *f, const struct store_import_item *item,
                    const struct polite_answer *answer, struct str why, struct err *err)
{
    struct store_import_item done = *item;
    done.source = item->url;
    if (item->bytes.n)
        done.content_type = S("text/html; charset=utf-8; text=feed"); /* see page_read */
    else
        done.problem = why.n ? why : S("it could not be fetched");
    return store_fetch_done(f->all->store, &done, &answer->rest, err);
}

static bool fetch_item(struct fetcher *f, struct arena *a, const struct store_import_item *item,
                       struct err *err)
{
    struct polite p = {f->all->store, &f->all->options, &f->stop};
    struct polite_answer answer = {0};
    struct err why = {0};
    bool ok = (!item->polite || polite_allowed(&p, a, item->url, &why)) &&
              polite_fetch(&p, a, (struct polite_request){.url = item->url}, &answer, &why);
    if (ok && item->kind == IMPORT_URL)
        follow_pages(&p, a, item->polite, &answer);
    if (ok)
        return deliver(f, item, &answer, err);
    if (atomic_load(&f->all->end))
        return store_fetch_later(f->all->store, item->id, false, &answer.rest, err);
    if (answer.busy && item->tries + 1 < TRIES && answer.rest.closed <= LONGEST_WAIT)
        return store_fetch_later(f->all->store, item->id, true, &answer.rest, err);
    return give_up(f, item, &answer, arena_str(a, str_of(why.message)), err);
}

/* ------------------------------------------------------------------------------------ the thread
 */

static bool take_item(struct fetcher *f, bool *found, int64_t *wait, struct err *err)
{
    struct arena a = {0};
    struct store_import_item item;
    struct store_host_rest none = {0};
    if (f->held && !store_fetch_later(f->all->store, f->held, false, &none, err))
        return false;
    f->held = 0;
    bool ok = store_fetch_take(f->all->store, &a, &item, wait, err);
    *found = ok && item.id;
    if (*found) {
        set_import(f, item.import);
        ok = fetch_item(f, &a, &item, err);
        f->held = ok ? 0 : item.id;
        set_import(f, 0);
        f->all->call.arrived(f->all->call.context);
        fetchers_wake(f->all); /* the host is free again */
    }
    arena_finish(&a);
    return ok;
}

static bool take_watch(struct fetcher *f, bool *found, int64_t *wait, struct err *err)
{
    struct arena a = {0};
    struct store_watch watch = {0};
    struct polite p = {f->all->store, &f->all->options, &f->stop};
    int64_t import = 0;
    *wait = -1;
    bool looks = f->all->options.watch || f->all->options.watch_once;
    bool ok = !looks || store_watch_take(f->all->store, &a, &watch, wait, err);
    *found = ok && watch.id;
    if (*found) {
        ok = look_at_watch(&p, &watch, &import, err);
        if (import)
            f->all->call.arrived(f->all->call.context);
        fetchers_wake(f->all);
    }
    arena_finish(&a);
    return ok;
}

/* Until something is queued, a host is ready or a watch is due; a second at most. */
static void rest(struct fetchers *all, unsigned seen, int64_t wait)
{
    struct timespec until;
    wait = wait < 0 || wait > LOOK_EVERY ? LOOK_EVERY : wait < 5 ? 5 : wait;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += wait * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&all->mutex);
    while (all->news == seen && !atomic_load(&all->end) &&
           pthread_cond_clockwait(&all->wake, &all->mutex, CLOCK_MONOTONIC, &until) == 0)
        ;
    pthread_mutex_unlock(&all->mutex);
}

static unsigned news_of(struct fetchers *all)
{
    pthread_mutex_lock(&all->mutex);
    unsigned news = all->news;
    pthread_mutex_unlock(&all->mutex);
    return news;
}

static void *work(void *context)
{
    struct fetcher *f = context;
    bool said = false;
    while (!atomic_load(&f->all->end)) {
        struct err err = {0};
        unsigned seen = news_of(f->all);
        bool watched = false, fetched = false;
        int64_t wait_watch = -1, wait = -1;
        bool ok = take_watch(f, &watched, &wait_watch, &err) && take_item(f, &fetched, &wait, &err);
        if (!ok && !said)
            log_event(LOG_ERROR, "fetch_waits", "fetching waits: %s", err.message);
        said = !ok;
        if (wait_watch >= 0 && (wait < 0 || wait_watch < wait))
            wait = wait_watch;
        if (!ok || (!watched && !fetched))
            rest(f->all, seen, ok ? wait : LOOK_EVERY);
    }
    return NULL;
}

bool fetchers_start(struct store *store, const struct worker_options *options,
                    struct fetcher_call call, struct fetchers **out, struct err *err)
{
    struct fetchers *all = needed(calloc(1, sizeof *all));
    all->store = store;
    all->options = *options;
    all->call = call;
    pthread_mutex_init(&all->mutex, NULL);
    pthread_cond_init(&all->wake, NULL);
    pthread_mutex_lock(&all->mutex);
    for (; all->n < THREADS; all->n++) {
        all->each[all->n].all = all;
        if (pthread_create(&all->each[all->n].thread, NULL, work, &all->each[all->n]) != 0)
            break;
    }
    pthread_mutex_unlock(&all->mutex);
    if (all->n == 0) {
        fetchers_stop(all);
        return fail(err, ERR_INTERNAL, "no thread could be started for fetching");
    }
    *out = all;
    return true;
}

void fetchers_wake(struct fetchers *all)
{
    if (!all)
        return;
    pthread_mutex_lock(&all->mutex);
    all->news++;
    pthread_cond_broadcast(&all->wake);
    pthread_mutex_unlock(&all->mutex);
}

void fetchers_cancel(struct fetchers *all, int64_t import)
{
    if (!all)
        return;
    pthread_mutex_lock(&all->mutex);
    for (size_t i = 0; i < all->n; i++)
        if (all->each[i].import == import)
            atomic_store(&all->each[i].stop, true);
    pthread_mutex_unlock(&all->mutex);
}

void fetchers_stop(struct fetchers *all)
{
    if (!all)
        return;
    pthread_mutex_lock(&all->mutex);
    atomic_store(&all->end, true);
    for (size_t i = 0; i < all->n; i++)
        atomic_store(&all->each[i].stop, true);
    pthread_cond_broadcast(&all->wake);
    pthread_mutex_unlock(&all->mutex);
    for (size_t i = 0; i < all->n; i++)
        pthread_join(all->each[i].thread, NULL);
    pthread_mutex_destroy(&all->mutex);
    pthread_cond_destroy(&all->wake);
    free(all);
}
