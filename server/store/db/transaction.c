/* Transactions: the pool of readers, the one writer, and the revisions that writes leave behind.
 *
 * A batch makes many reads and writes of one thread into one transaction: its reads see its own
 * writes, each write in it can still fail alone (a savepoint), and all become visible together. */
#include "store/db/db.h"

static const char reader_settings[] = "PRAGMA query_only = 1; PRAGMA mmap_size = 1073741824;";

/* The store whose batch this thread has open. */
static _Thread_local const struct store *batched;

static bool open_reader(struct store *store, struct db *db, struct err *err)
{
    db->store = store;
    if (db_open(db, store->path, SQLITE_OPEN_READONLY, store->immutable, err) &&
        db_run(db, reader_settings, err))
        return true;
    db_close(db);
    return false;
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

struct db *store_read_begin(struct store *store, int limit_ms, struct err *err)
{
    struct db *db = batched == store ? &store->writer : take_reader(store);
    atomic_fetch_add(&store->reads, 1);
    if (batched == store ||
        ((db->handle || open_reader(store, db, err)) && query_run(db, "BEGIN", err))) {
        db->deadline = limit_ms ? monotonic_ms() + limit_ms : 0;
        return db;
    }
    store_read_end(store, db);
    return NULL;
}

void store_read_end(struct store *store, struct db *db)
{
    db->deadline = 0;
    if (db == &store->writer)
        return;
    if (db->handle && !sqlite3_get_autocommit(db->handle))
        query_run(db, "COMMIT", NULL);
    pthread_mutex_lock(&store->pooling);
    db->next_free = store->free;
    store->free = db;
    pthread_cond_signal(&store->returned);
    pthread_mutex_unlock(&store->pooling);
}

static bool may_write(const struct store *store, struct err *err)
{
    return !store->read_only || fail(err, ERR_READ_ONLY, "the store can only be read");
}

/* `synchronous` can only be changed outside a transaction. */
struct db *store_write_begin_durable(struct store *store, struct err *err)
{
    if (!may_write(store, err))
        return NULL;
    pthread_mutex_lock(&store->writing);
    if (db_run(&store->writer, "PRAGMA synchronous = FULL", err) &&
        query_run(&store->writer, "BEGIN IMMEDIATE", err)) {
        store->durable = true;
        return &store->writer;
    }
    pthread_mutex_unlock(&store->writing);
    return NULL;
}

/* For the thread that holds store->writing; lets go of it if there is no transaction. */
static struct db *begin_immediate(struct store *store, struct err *err)
{
    if (query_run(&store->writer, "BEGIN IMMEDIATE", err))
        return &store->writer;
    pthread_mutex_unlock(&store->writing);
    return NULL;
}

struct db *store_write_begin(struct store *store, struct err *err)
{
    if (!may_write(store, err))
        return NULL;
    if (batched == store)
        return query_run(&store->writer, "SAVEPOINT part", err) ? &store->writer : NULL;
    pthread_mutex_lock(&store->writing);
    return begin_immediate(store, err);
}

static bool raise_revisions(struct store *store, int changed, struct err *err)
{
    struct query q = query_begin(&store->writer, "UPDATE state SET value = value + 1"
                                                 " WHERE (name = 'revision' AND :changed & 1)"
                                                 " OR (name = 'imports' AND :changed & 2)"
                                                 " OR (name = 'watches' AND :changed & 4)");
    query_int(&q, ":changed", changed);
    return query_do(&q, err);
}

/* A part of a batch: the batch's end raises the revisions. */
static bool end_part(struct store *store, bool ok, int changed, struct err *err)
{
    struct db *db = &store->writer;
    store->batch_changed |= ok ? changed : CHANGED_NOTHING;
    if (!ok)
        query_run(db, "ROLLBACK TO part", NULL);
    return query_run(db, "RELEASE part", err) && ok;
}

bool store_write_end(struct store *store, bool ok, int changed, struct err *err)
{
    struct db *db = &store->writer;
    if (batched == store)
        return end_part(store, ok, changed, err);
    ok = ok && (!changed || raise_revisions(store, changed, err)) && query_run(db, "COMMIT", err);
    if (ok) {
        atomic_fetch_add(&store->writes, 1);
        atomic_fetch_add(&store->content, (changed & CHANGED_CONTENT) != 0);
        atomic_fetch_add(&store->imports, (changed & CHANGED_IMPORTS) != 0);
        atomic_fetch_add(&store->watches, (changed & CHANGED_WATCHES) != 0);
    } else if (!sqlite3_get_autocommit(db->handle)) {
        query_run(db, "ROLLBACK", NULL);
    }
    if (store->durable)
        db_run(db, "PRAGMA synchronous = NORMAL", NULL);
    store->durable = false;
    pthread_mutex_unlock(&store->writing);
    return ok;
}

static bool make_batch(struct store *store)
{
    store->batch_changed = CHANGED_NOTHING;
    batched = store;
    return true;
}

bool store_batch_begin(struct store *store, struct err *err)
{
    return store_write_begin(store, err) && make_batch(store);
}

bool store_batch_try(struct store *store)
{
    return !store->read_only && pthread_mutex_trylock(&store->writing) == 0 &&
           begin_immediate(store, NULL) && make_batch(store);
}

bool store_batch_end(struct store *store, bool ok, struct err *err)
{
    batched = NULL;
    return store_write_end(store, ok, store->batch_changed, err);
}
