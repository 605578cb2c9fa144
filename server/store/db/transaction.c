/* Transactions: the pool of readers, the one writer, and the revisions that writes leave behind.
 *
 * A batch makes many reads and writes of one thread into one transaction: its reads see its own
 * writes, and all become visible together or, when one fails, none does. No savepoint within it:
 * SQLite keeps what was before each in memory, and goes through all of that after every statement.
 */
#include "store/db/db.h"

enum { LOOK_MS = 100 };

/* The store whose batch this thread has open. */
static _Thread_local const struct store *batched;
static _Thread_local bool batch_failed;

bool store_in_batch(const struct store *store)
{
    return batched == store;
}

static struct db *take_reader(struct store *store)
{
    pthread_mutex_lock(&store->pooling);
    while (!store->free)
        pthread_cond_wait(&store->returned, &store->pooling);
    struct db *db = store->free;
    store->free = db->next_free;
    pthread_mutex_unlock(&store->pooling);
    return db;
}

static void return_reader(struct store *store, struct db *db)
{
    pthread_mutex_lock(&store->pooling);
    db->next_free = store->free;
    store->free = db;
    pthread_cond_signal(&store->returned);
    pthread_mutex_unlock(&store->pooling);
}

/* Looked at ten times a second: a look takes as long as a small read. The writer's connection was
 * the first; a later one may have opened what was put in the store's place. */
static bool is_present(struct store *store, struct err *err)
{
    int64_t now = monotonic_ms();
    if (now - atomic_load(&store->looked) < LOOK_MS)
        return true;
    if (!store->engine->present(store->writer.link, err))
        return false;
    atomic_store(&store->looked, now);
    return true;
}

struct db *store_read_begin(struct store *store, int limit_ms, struct err *err)
{
    struct db *db = batched == store ? &store->writer : take_reader(store);
    enum engine_access access = store->read_only ? ENGINE_LOOK : ENGINE_READ;
    atomic_fetch_add(&store->reads, 1);
    if (batched == store || ((db->link || db_open(db, access, err)) && is_present(store, err) &&
                             store->engine->begin(db->link, SPAN_READ, err))) {
        db_limit(db, limit_ms);
        return db;
    }
    return_reader(store, db);
    return NULL;
}

void store_read_end(struct store *store, struct db *db)
{
    db_limit(db, 0);
    if (db == &store->writer)
        return;
    store->engine->end(db->link, SPAN_READ, true, NULL);
    return_reader(store, db);
}

static bool may_write(const struct store *store, struct err *err)
{
    if (atomic_load(&store->damaged))
        return fail(err, ERR_IO, "the store's file is damaged: restore a backup");
    return !store->read_only || fail(err, ERR_READ_ONLY, "the store can only be read");
}

/* For the thread that holds store->writing; lets go of it if there is no transaction. */
static struct db *begin_span(struct store *store, enum engine_span span, struct err *err)
{
    store->span = span;
    if (store->engine->present(store->writer.link, err) &&
        store->engine->begin(store->writer.link, span, err))
        return &store->writer;
    pthread_mutex_unlock(&store->writing);
    return NULL;
}

struct db *store_write_begin_durable(struct store *store, struct err *err)
{
    if (!may_write(store, err))
        return NULL;
    pthread_mutex_lock(&store->writing);
    return begin_span(store, SPAN_DURABLE, err);
}

struct db *store_write_begin(struct store *store, struct err *err)
{
    if (!may_write(store, err))
        return NULL;
    if (batched == store && batch_failed) {
        fail(err, ERR_INTERNAL, "a write before it in the same batch failed");
        return NULL;
    }
    if (batched == store)
        return &store->writer;
    pthread_mutex_lock(&store->writing);
    return begin_span(store, SPAN_WRITE, err);
}

static bool raise_revisions(struct db *db, int changed, struct err *err)
{
    struct query q = query_begin(db, "UPDATE state SET value = value + 1"
                                     " WHERE (name = 'revision' AND :changed & 1)"
                                     " OR (name = 'imports' AND :changed & 2)"
                                     " OR (name = 'watches' AND :changed & 4)");
    query_int(&q, ":changed", changed);
    return query_do(&q, err);
}

/* A part of a batch: the batch's end raises the revisions. */
static bool end_part(struct store *store, bool ok, int changed)
{
    store->batch_changed |= changed;
    batch_failed |= !ok;
    return ok;
}

static bool end_span(struct db *db, enum engine_span span, bool ok, int changed, struct err *err)
{
    struct store *store = db->store;
    ok = ok && (!changed || raise_revisions(db, changed, err));
    ok = store->engine->end(db->link, span, ok, err);
    if (ok) {
        atomic_fetch_add(&store->writes, 1);
        atomic_fetch_add(&store->wrote, changed != CHANGED_NOTHING);
    }
    if (ok && !store->shared) { /* otherwise they are heard of, or asked for */
        atomic_fetch_add(&store->content, (changed & CHANGED_CONTENT) != 0);
        atomic_fetch_add(&store->imports, (changed & CHANGED_IMPORTS) != 0);
        atomic_fetch_add(&store->watches, (changed & CHANGED_WATCHES) != 0);
    }
    return ok;
}

bool store_write_end(struct store *store, bool ok, int changed, struct err *err)
{
    if (batched == store)
        return end_part(store, ok, changed);
    ok = end_span(&store->writer, store->span, ok, changed, err);
    pthread_mutex_unlock(&store->writing);
    return ok;
}

static bool is_beside(const struct store *store)
{
    return store->engine->locks_rows && batched != store;
}

struct db *store_queue_begin(struct store *store, struct err *err)
{
    if (!is_beside(store))
        return store_write_begin(store, err);
    if (!may_write(store, err))
        return NULL;
    pthread_mutex_lock(&store->queueing);
    if (store->engine->begin(store->queue.link, SPAN_QUEUE, err))
        return &store->queue;
    pthread_mutex_unlock(&store->queueing);
    return NULL;
}

bool store_queue_end(struct store *store, bool ok, int changed, struct err *err)
{
    if (!is_beside(store))
        return store_write_end(store, ok, changed, err);
    ok = end_span(&store->queue, SPAN_QUEUE, ok, changed, err);
    pthread_mutex_unlock(&store->queueing);
    return ok;
}

struct db *store_claims_begin(struct store *store)
{
    bool beside = store->engine->locks_rows;
    pthread_mutex_lock(beside ? &store->queueing : &store->writing);
    return beside ? &store->queue : &store->writer;
}

void store_claims_end(struct store *store)
{
    pthread_mutex_unlock(store->engine->locks_rows ? &store->queueing : &store->writing);
}

static bool make_batch(struct store *store)
{
    store->batch_changed = CHANGED_NOTHING;
    batched = store;
    batch_failed = false;
    return true;
}

bool store_batch_begin(struct store *store, struct err *err)
{
    return store_write_begin(store, err) && make_batch(store);
}

bool store_batch_try(struct store *store)
{
    return may_write(store, NULL) && pthread_mutex_trylock(&store->writing) == 0 &&
           begin_span(store, SPAN_WRITE, NULL) && make_batch(store);
}

bool store_batch_end(struct store *store, bool ok, struct err *err)
{
    batched = NULL;
    if (ok && batch_failed)
        fail(err, ERR_INTERNAL, "a write of the batch failed");
    return store_write_end(store, ok && !batch_failed, store->batch_changed, err);
}
