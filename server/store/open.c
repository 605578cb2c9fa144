/* Opening and closing: the writer's lock, read-only stores, and which stories are in work.
 * Transactions are in transaction.c. */
#include "store/db/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char writer_settings[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
    "PRAGMA journal_size_limit = 33554432;"
    "PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -16384;";

/* May this program write the file and, for the journal, its folder? */
static bool may_write(const char *path)
{
    char *folder = strdup(path);
    char *slash = folder ? strrchr(folder, '/') : NULL;
    if (slash)
        *(slash == folder ? slash + 1 : slash) = 0;
    bool may = access(slash ? folder : ".", W_OK) == 0;
    free(folder);
    return may && (access(path, F_OK) != 0 || access(path, W_OK) == 0);
}

static bool take_lock(struct store *store, struct err *err)
{
    struct buf name = {0};
    buf_fmt(&name, "%s.lock", store->path);
    store->lock = open(name.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    buf_finish(&name);
    if (store->lock < 0)
        return fail(err, errno == ENOSPC ? ERR_FULL : ERR_IO,
                    "the store's folder cannot be written");
    if (flock(store->lock, LOCK_EX | LOCK_NB) != 0)
        return fail(err, ERR_BUSY, "another synoptic is already writing to this store");
    return true;
}

static bool is_sound(struct db *db, const char *check, bool *sound, struct err *err)
{
    struct query q = query_begin(db, check);
    *sound = query_step(&q) && str_eq(query_peek_str(&q, 0), S("ok"));
    return query_end(&q, err);
}

/* SQLite 3.40's quick check takes some tables without rowid for damaged that are not: what it
 * complains about is looked at closely before anybody is sent to a backup. */
static bool check_quickly(struct db *db, struct err *err)
{
    bool sound = false;
    if (!is_sound(db, "PRAGMA quick_check(1)", &sound, err))
        return false;
    if (!sound && !is_sound(db, "PRAGMA integrity_check(1)", &sound, err))
        return false;
    return sound || fail(err, ERR_IO, "the store's file is damaged: restore a backup");
}

static void read_state(struct store *store, struct db *db)
{
    store->content =
        (uint64_t)db_number(db, "SELECT value FROM state WHERE name = 'revision'", 0, 1);
    store->imports =
        (uint64_t)db_number(db, "SELECT value FROM state WHERE name = 'imports'", 0, 1);
    store->watches =
        (uint64_t)db_number(db, "SELECT value FROM state WHERE name = 'watches'", 0, 1);
    store->statement_id = db_number(db,
                                    "SELECT max(value, (SELECT ifnull(max(id), 0) FROM statements),"
                                    " (SELECT ifnull(max(target_id), 0) FROM decisions"
                                    "  WHERE target = 'statement'))"
                                    " FROM state WHERE name = 'statement'",
                                    0, 0);
}

static bool open_writer(struct store *store, struct err *err)
{
    struct db *db = &store->writer;
    db->store = store;
    if (!take_lock(store, err) ||
        !db_open(db, store->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, false, err) ||
        !store_migrate(store, assets_schema, err) || !db_run(db, writer_settings, err) ||
        !check_quickly(db, err))
        return false;
    read_state(store, db);
    /* What was under way when the program ended waits again; what had been fetched is kept. */
    return db_run(db,
                  "UPDATE import_items SET status = 'queued', stage = '' WHERE status = 'running';"
                  "UPDATE hosts SET busy = 0 WHERE busy; UPDATE watches SET busy = 0 WHERE busy;",
                  err);
}

/* A store on a read-only disk has no place for the shared memory of its journal: it is then read
 * as a file that cannot change. */
static bool open_reading(struct store *store, struct err *err)
{
    if (access(store->path, R_OK) != 0)
        return fail(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "there is no store to read there");
    struct db *db = &store->writer;
    db->store = store;
    for (int attempt = 0; attempt < 2; attempt++) {
        store->immutable = attempt == 1;
        if (db_open(db, store->path, SQLITE_OPEN_READONLY, store->immutable, err) &&
            db_run(db, "SELECT 1 FROM sqlite_schema", NULL))
            break;
        db_close(db);
        db->store = store;
    }
    if (!db->handle)
        return fail(err, ERR_IO, "the store's file is damaged or not a synoptic store");
    if (!store_migrate(store, assets_schema, err) || !check_quickly(db, err))
        return false;
    read_state(store, db);
    return true;
}

/* Before SQLite's first use in the process: nobody asks how much memory it has, and counting takes
 * a lock that all threads share. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

bool store_open(const struct store_options *options, struct store **out, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct store *store = calloc(1, sizeof *store);
    pthread_once(&once, configure);
    store->path = strdup(options->path);
    store->lock = -1;
    store->n_readers = options->readers ? options->readers : 4;
    store->readers = calloc(store->n_readers, sizeof *store->readers);
    pthread_mutex_init(&store->writing, NULL);
    pthread_mutex_init(&store->pooling, NULL);
    pthread_mutex_init(&store->comparing, NULL);
    pthread_cond_init(&store->returned, NULL);
    pthread_cond_init(&store->compared, NULL);
    for (size_t i = 0; i < store->n_readers; i++) {
        store->readers[i].next_free = store->free;
        store->free = &store->readers[i];
    }
    store->read_only = options->read_only || (options->may_read_only && !may_write(options->path));
    if (!(store->read_only ? open_reading(store, err) : open_writer(store, err))) {
        store_close(store);
        return false;
    }
    *out = store;
    return true;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < store->n_readers; i++)
        db_close(&store->readers[i]);
    db_close(&store->writer);
    if (store->lock >= 0)
        close(store->lock);
    pthread_mutex_destroy(&store->writing);
    pthread_mutex_destroy(&store->pooling);
    pthread_mutex_destroy(&store->comparing);
    pthread_cond_destroy(&store->returned);
    pthread_cond_destroy(&store->compared);
    free(store->readers);
    free(store->path);
    free(store);
}

bool store_is_read_only(const struct store *store)
{
    return store->read_only;
}

struct store_revision store_revision(const struct store *store)
{
    return (struct store_revision){atomic_load(&store->content), atomic_load(&store->imports),
                                   atomic_load(&store->watches)};
}

/* A place among those in work that holds `story` (0: a free one), or NULL. */
static int64_t *place_of(struct store *store, int64_t story)
{
    for (size_t i = 0; i < STORIES_AT_ONCE; i++)
        if (store->in_work[i] == story)
            return &store->in_work[i];
    return NULL;
}

void store_story_lock(struct store *store, int64_t story)
{
    int64_t *place;
    pthread_mutex_lock(&store->comparing);
    while (place_of(store, story) || !(place = place_of(store, 0)))
        pthread_cond_wait(&store->compared, &store->comparing);
    *place = story;
    pthread_mutex_unlock(&store->comparing);
}

void store_story_unlock(struct store *store, int64_t story)
{
    pthread_mutex_lock(&store->comparing);
    int64_t *place = place_of(store, story);
    if (place)
        *place = 0;
    pthread_cond_broadcast(&store->compared);
    pthread_mutex_unlock(&store->comparing);
}
