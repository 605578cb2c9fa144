/* Opening and closing a store. Transactions are in db/transaction.c. */
#include "store/db/db.h"
#include "store/queue/queue.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { LEASE_S = 30, FIRST_WORKER = 1000 }; /* smaller numbers are the engine's locks */

/* The number is one that no other program has drawn; its lock says that this one lives. */
static bool draw_number(struct store *store, struct err *err)
{
    uint32_t number = 0;
    if (!store->engine->claim)
        return true;
    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return fail(err, ERR_IO, "the system gives no random numbers");
    store->worker = (number & INT32_MAX) + FIRST_WORKER;
    struct db *db = store_claims_begin(store);
    bool ours = store->engine->claim(db->link, -store->worker, true);
    store_claims_end(store);
    return ours || fail(err, ERR_BUSY, "another program has the same number: try again");
}

/* What was under way when a program ended waits again; what had been fetched is kept. */
static bool take_up(struct store *store, struct err *err)
{
    bool any = false;
    if (store->engine->locks_rows && !db_open(&store->queue, ENGINE_QUEUE, err))
        return false;
    struct db *db = draw_number(store, err) ? store_queue_begin(store, err) : NULL;
    return db && store_queue_end(store, queue_take_over(db, &any, err), CHANGED_NOTHING, err);
}

static bool open_store(struct store *store, struct err *err)
{
    enum engine_access access = store->read_only ? ENGINE_LOOK : ENGINE_WRITE;
    return db_open(&store->writer, access, err) && store_migrate(store, assets_schema, err) &&
           store->engine->settle(store->writer.link, &store->look_left, err) &&
           shared_open(store, err) && (store->read_only || take_up(store, err));
}

/* A large store is looked at while it is in use already: by programs that stay, since that takes
 * longer than most of what a command does. Damaged pages are noticed anyway once they are read. */
static void *look_meanwhile(void *context)
{
    struct store *store = context;
    struct err err = {0};
    if (!store->engine->look(store->looker.link, &err) && err.kind == ERR_IO)
        atomic_store(&store->damaged, true);
    return NULL;
}

static void begin_look(struct store *store, const struct store_options *options)
{
    store->looker.store = store;
    if (!store->look_left || !options->stays || store->read_only ||
        !db_open(&store->looker, ENGINE_READ, NULL))
        return;
    store->looks = pthread_create(&store->look, NULL, look_meanwhile, store) == 0;
}

static void end_look(struct store *store)
{
    enum { AT_ONCE = 1 };
    if (store->looks) {
        store->engine->limit(store->looker.link, AT_ONCE);
        pthread_join(store->look, NULL);
    }
    db_close(&store->looker);
}

static void init_locks(struct store *store)
{
    pthread_mutex_init(&store->writing, NULL);
    pthread_mutex_init(&store->pooling, NULL);
    pthread_mutex_init(&store->comparing, NULL);
    pthread_mutex_init(&store->counting, NULL);
    pthread_mutex_init(&store->queueing, NULL);
    pthread_mutex_init(&store->waiting, NULL);
    pthread_cond_init(&store->returned, NULL);
    pthread_cond_init(&store->compared, NULL);
}

bool store_open_with(const struct engine *engine, const struct store_options *options,
                     struct store **out, struct err *err)
{
    struct store *store = needed(calloc(1, sizeof *store));
    store->engine = engine;
    store->path = needed(strdup(options->path));
    store->n_readers = options->readers ? options->readers : 4;
    store->readers = needed(calloc(store->n_readers, sizeof *store->readers));
    store->is_copy = options->is_copy;
    store->slow_ms = options->slow_ms;
    store->lease_s = LEASE_S;
    store->writer.store = store;
    store->hearer.store = store;
    store->queue.store = store;
    store->waiter.store = store;
    init_locks(store);
    for (size_t i = 0; i < store->n_readers; i++) {
        store->readers[i].store = store;
        store->readers[i].next_free = store->free;
        store->free = &store->readers[i];
    }
    store->read_only =
        options->read_only || (options->may_read_only && !engine->may_write(options->path));
    store->shared = store->read_only || !engine->one_writer;
    if (!open_store(store, err)) {
        store_close(store);
        return false;
    }
    begin_look(store, options);
    *out = store;
    return true;
}

bool store_open(const struct store_options *options, struct store **out, struct err *err)
{
    return store_open_with(engine_for(options->path), options, out, err);
}

void store_close(struct store *store)
{
    if (!store || store->abandoned)
        return;
    end_look(store);
    hearing_end(store);
    shared_close(store);
    for (size_t i = 0; i < store->n_readers; i++)
        db_close(&store->readers[i]);
    db_close(&store->waiter);
    db_close(&store->queue);
    db_close(&store->writer);
    pthread_mutex_destroy(&store->queueing);
    pthread_mutex_destroy(&store->waiting);
    pthread_mutex_destroy(&store->writing);
    pthread_mutex_destroy(&store->pooling);
    pthread_mutex_destroy(&store->comparing);
    pthread_mutex_destroy(&store->counting);
    pthread_cond_destroy(&store->returned);
    pthread_cond_destroy(&store->compared);
    free(store->readers);
    free(store->path);
    free(store);
}

void store_places(struct arena *a, const char *path, struct store_places *out)
{
    *out = (struct store_places){0};
    engine_for(path)->places(a, path, out);
}

bool store_has_others(const struct store *store)
{
    return !store->engine->one_writer;
}

bool store_is_read_only(const struct store *store)
{
    return store->read_only;
}
