/* What was under way when the program ended: it waits again, unless it was under way twice then. It
 * may be what ends the program (memory, a fault), and would at every start. */
#include "store/queue/queue.h"
#include "store/turns.h"

#include <time.h>

enum { PATIENCE_S = 2 };

/* The imports of items that are set aside count them as failed. */
static bool count_aside(struct db *db, int64_t worker, struct err *err)
{
    struct arena a = {0};
    struct {
        int64_t import;
        int n;
    } *found = NULL;
    size_t n = 0, cap = 0;
    struct query q = query_begin(db, "SELECT import, count(*) FROM import_items WHERE"
                                     " status = 'running' AND worker = :worker AND deaths >= :most"
                                     " GROUP BY import");
    query_int(&q, ":most", MOST_DEATHS);
    query_int(&q, ":worker", worker);
    while (query_step(&q)) {
        found = arena_grow(&a, found, n, &cap, sizeof *found);
        found[n].import = query_get_int(&q, 0);
        found[n++].n = (int)query_get_int(&q, 1);
    }
    bool ok = query_end(&q, err);
    q = query_begin(db, "UPDATE import_items SET status = 'failed', stage = '', error ="
                        " 'the program ended twice while it read this: it is set aside'"
                        " WHERE status = 'running' AND worker = :worker AND deaths >= :most");
    query_int(&q, ":most", MOST_DEATHS);
    query_int(&q, ":worker", worker);
    ok = query_do(&q, err) && ok;
    for (size_t i = 0; ok && i < n; i++)
        ok = queue_count(db, found[i].import, 0, found[i].n, err);
    arena_finish(&a);
    return ok;
}

static bool run_for(struct db *db, const char *sql, int64_t worker, struct err *err)
{
    struct query q = query_begin(db, sql);
    query_int(&q, ":worker", worker);
    return query_do(&q, err);
}

/* Fetching is not reading: what came of it is in other programs' hands. Nor is waiting for the
 * comparison, which counts its own deaths. Of several that were taken at once nobody knows which it
 * was: each is under suspicion (-1), comes alone the next time, and is counted then. */
#define WAS_READ(of)                                                                               \
    of "status = 'running' AND " of "worker = :worker AND " of "fetched = 1 AND " of               \
       "stage <> 'compare'"

bool queue_take_up(struct db *db, int64_t worker, struct err *err)
{
    return run_for(db,
                   "UPDATE import_items SET deaths = CASE WHEN (SELECT count(*) FROM import_items o"
                   "  WHERE " WAS_READ("o.") ") = 1 THEN max(deaths, 0) + 1 WHEN deaths = 0 THEN -1"
                                             " ELSE deaths END WHERE " WAS_READ(""),
                   worker, err) &&
           count_aside(db, worker, err) &&
           run_for(db,
                   "UPDATE import_items SET status = 'queued', stage = '' WHERE status = 'running'"
                   " AND worker = :worker",
                   worker, err) &&
           run_for(db, "UPDATE hosts SET busy = 0 WHERE busy AND worker = :worker", worker, err) &&
           run_for(db, "UPDATE watches SET busy = 0 WHERE busy AND worker = :worker", worker, err);
}

/* Nobody has that number's lock: the program is no more. */
static bool is_dead(struct db *db, int64_t worker)
{
    const struct engine *engine = db->engine;
    if (!engine->claim)
        return true;
    if (engine->gone)
        return worker != db->store->worker && engine->gone(db->link, worker, db->store->lease_s);
    if (worker == db->store->worker || !engine->claim(db->link, -worker, true))
        return false;
    return engine->claim(db->link, -worker, false);
}

bool queue_take_over(struct db *db, bool *any, struct err *err)
{
    enum { MOST_AT_ONCE = 64 };
    int64_t workers[MOST_AT_ONCE];
    size_t n = 0;
    struct query q = query_begin(
        db, "SELECT worker FROM import_items WHERE status = 'running' UNION"
            " SELECT worker FROM hosts WHERE busy UNION SELECT worker FROM watches WHERE busy");
    while (n < MOST_AT_ONCE && query_step(&q))
        workers[n++] = query_get_int(&q, 0);
    bool ok = query_end(&q, err);
    for (size_t i = 0; ok && i < n; i++) {
        bool dead = is_dead(db, workers[i]);
        *any = *any || dead;
        ok = !dead || queue_take_up(db, workers[i], err);
    }
    return ok;
}

bool queue_look_around(struct store *store, struct err *err)
{
    enum { LOOK_MS = 2000 };
    int64_t now = monotonic_ms();
    bool any = false;
    if (!store->shared || store->read_only || now - atomic_load(&store->looked_around) < LOOK_MS)
        return true;
    atomic_store(&store->looked_around, now);
    struct db *db = store_queue_begin(store, err);
    bool ok = db && queue_take_over(db, &any, err);
    return db && store_queue_end(store, ok, any ? CHANGED_IMPORTS : CHANGED_NOTHING, err);
}

bool store_import_back(struct store *store, int64_t item, struct err *err)
{
    struct db *db = store_queue_begin(store, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "UPDATE import_items SET status = 'queued', stage = ''"
                                     " WHERE id = :id AND status = 'running' AND worker = :worker");
    query_int(&q, ":id", item);
    query_int(&q, ":worker", store->worker);
    return store_queue_end(store, query_do(&q, err), CHANGED_IMPORTS, err);
}

static bool comes_free(pthread_mutex_t *mutex, const struct timespec *until)
{
    if (pthread_mutex_timedlock(mutex, until) != 0)
        return false;
    pthread_mutex_unlock(mutex);
    return true;
}

/* For a program that ends at once: whoever writes is waited for a moment only. */
void store_abandon(struct store *store)
{
    int64_t stories[STORIES_AT_ONCE];
    size_t n = 0;
    struct timespec until;
    store->abandoned = true;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    pthread_mutex_lock(&store->comparing);
    for (size_t i = 0; i < STORIES_AT_ONCE; i++)
        if (store->in_work[i].story && store->in_work[i].noted)
            stories[n++] = store->in_work[i].story;
    pthread_mutex_unlock(&store->comparing);
    if (store->read_only || !comes_free(&store->writing, &until) ||
        !comes_free(&store->queueing, &until))
        return;
    deaths_note(store, stories, n, -1);
    struct db *db = store_queue_begin(store, NULL);
    bool ok = db && run_for(db,
                            "UPDATE import_items SET status = 'queued', stage = ''"
                            " WHERE status = 'running' AND worker = :worker",
                            store->worker, NULL);
    if (db)
        store_queue_end(store, ok, CHANGED_IMPORTS, NULL);
}
