/* The half of the queue that waits for other hosts, and what is known of these: see watch.h. */
#include "store/watch.h"

#include "base/url.h"
#include "store/queue/queue.h"

/* ---------------------------------------------------------------------------------------- hosts */

bool queue_host_free(struct db *db, struct str name, const struct store_host_rest *rest,
                     struct err *err)
{
    int64_t now = wall_ms();
    struct query q = query_begin(
        db, "UPDATE hosts SET busy = CASE WHEN worker = :worker THEN 0 ELSE busy END, ready ="
            " max(ready, :ready), closed = max(closed, :closed) WHERE name = :name");
    query_int(&q, ":worker", db->store->worker);
    query_str(&q, ":name", name);
    query_int(&q, ":ready", now + rest->delay);
    query_int(&q, ":closed", rest->closed ? now + rest->closed : 0);
    return query_do(&q, err);
}

bool store_host_load(struct store *store, struct arena *a, struct str name, struct store_host *out,
                     struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q =
        query_begin(db, "SELECT robots, robots_until > :now FROM hosts WHERE name = :name");
    query_str(&q, ":name", name);
    query_int(&q, ":now", wall_ms());
    *out = (struct store_host){0};
    if (query_step(&q))
        *out = (struct store_host){query_get_str(&q, 0, a), query_get_int(&q, 1) != 0};
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok;
}

bool store_host_robots(struct store *store, struct str name, struct str robots, int64_t max_age,
                       struct err *err)
{
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db, "INSERT INTO hosts (name, robots, robots_until) VALUES (:name, :robots, :until)"
            " ON CONFLICT (name) DO UPDATE SET robots = excluded.robots,"
            " robots_until = excluded.robots_until");
    query_str(&q, ":name", name);
    query_str(&q, ":robots", robots);
    query_int(&q, ":until", wall_ms() + max_age);
    return store_write_end(store, query_do(&q, err), CHANGED_NOTHING, err);
}

/* ------------------------------------------------------------------------------------- the queue
 */

/* Of the item i with its host h (or none): may it be fetched now? */
#define MAY_FETCH                                                                                  \
    " AND (h.name IS NULL OR (h.busy = 0 AND " QUEUE_IS_HERE(                                      \
        "h.closed") " AND (i.polite = 0 OR " QUEUE_IS_HERE("h.ready") ")))"
#define TO_FETCH                                                                                   \
    " (SELECT p.turn, p.id, (SELECT i.id FROM import_items i LEFT JOIN hosts h ON h.name = i.host" \
    "  WHERE i.import = p.id AND i.status = 'queued' AND i.fetched = 0" MAY_FETCH                  \
    "  ORDER BY i.id LIMIT 1) AS item FROM imports p WHERE p.status IN ('queued', 'running')) n"   \
    " WHERE n.item IS NOT NULL"

/* How long until a host that items wait for may be asked; -1: nothing waits. A busy one tells by
 * itself when it is free. */
static int64_t next_time(struct db *db)
{
    struct query q =
        query_begin(db, "SELECT min(CASE WHEN h.name IS NULL OR h.busy THEN :now + 1000 ELSE"
                        " max(h.closed, CASE WHEN i.polite THEN h.ready ELSE 0 END) END) FROM "
                        "import_items i LEFT JOIN hosts h"
                        " ON h.name = i.host WHERE i.status = 'queued' AND i.fetched = 0");
    int64_t now = wall_ms(), wait = -1;
    query_int(&q, ":now", now);
    if (query_step(&q) && !query_is_null(&q, 0))
        wait = query_get_int(&q, 0) > now ? query_get_int(&q, 0) - now : 0;
    return query_end(&q, NULL) ? wait : -1;
}

/* Looked at with a reading connection first: most looks find nothing. */
static bool look(struct store *store, bool *found, int64_t *wait, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "SELECT 1 FROM" TO_FETCH " LIMIT 1");
    query_int(&q, ":now", wall_ms());
    *found = query_step(&q);
    bool ok = query_end(&q, err);
    if (!*found)
        *wait = next_time(db);
    store_read_end(store, db);
    return ok;
}

static bool take(struct db *db, struct arena *a, struct store_import_item *out, struct err *err)
{
    struct query q = query_begin(
        db, "UPDATE import_items SET status = 'running', stage = 'fetch', worker = :worker"
            " WHERE id = (SELECT n.item FROM" TO_FETCH
            " ORDER BY n.turn, n.id LIMIT 1) RETURNING" QUEUE_ITEM);
    query_int(&q, ":now", wall_ms());
    query_int(&q, ":worker", db->store->worker);
    if (query_step(&q))
        queue_read(&q, a, out);
    while (query_step(&q))
        ;
    if (!query_end(&q, err))
        return false;
    return !out->id ||
           (queue_host_busy(db, url_host(a, out->url), err) && queue_turn(db, out->import, err));
}

bool store_fetch_take(struct store *store, struct arena *a, struct store_import_item *out,
                      int64_t *wait, struct err *err)
{
    struct store_import_item item = {0};
    bool found = false;
    *out = item;
    *wait = 0;
    if (!look(store, &found, wait, err))
        return false;
    if (!found)
        return true;
    struct db *db = store_write_begin(store, err);
    bool ok = db && take(db, a, &item, err);
    if (!db || !store_write_end(store, ok, CHANGED_IMPORTS, err))
        return false;
    *out = item;
    return true;
}

/* The item of this program that is being fetched; no row where another took it over meanwhile. */
#define FETCHED_BY_US                                                                              \
    " WHERE id = :id AND status = 'running' AND fetched = 0 AND worker = :worker RETURNING import"

/* It goes on in the queue unless its import was cancelled meanwhile. */
static bool item_free(struct db *db, int64_t item, int64_t import, struct err *err)
{
    struct query q =
        query_begin(db, "UPDATE import_items SET status = CASE WHEN (SELECT m.status FROM imports m"
                        " WHERE m.id = import) = 'cancelled' THEN 'cancelled' ELSE 'queued' END"
                        " WHERE id = :id");
    query_int(&q, ":id", item);
    return query_do(&q, err) && queue_count(db, import, 0, 0, err);
}

static bool host_of_item_free(struct db *db, int64_t item, const struct store_host_rest *rest,
                              struct err *err)
{
    struct arena a = {0};
    struct str url = {0};
    struct query q = query_begin(db, "SELECT url FROM import_items WHERE id = :id");
    query_int(&q, ":id", item);
    if (query_step(&q))
        url = query_get_str(&q, 0, &a);
    bool ok = query_end(&q, err) && queue_host_free(db, url_host(&a, url), rest, err);
    arena_finish(&a);
    return ok;
}

bool store_fetch_done(struct store *store, const struct store_import_item *item,
                      const struct store_host_rest *rest, struct err *err)
{
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    int64_t import = 0;
    struct query q =
        query_begin(db, "UPDATE import_items SET fetched = 1, stage = 'fetch',"
                        " content_type = :type, source = :source, error = :problem" FETCHED_BY_US);
    query_int(&q, ":id", item->id);
    query_int(&q, ":worker", store->worker);
    query_str(&q, ":type", item->content_type);
    query_str(&q, ":source", item->source);
    query_str(&q, ":problem", item->problem);
    bool ok = query_id(&q, &import, err) &&
              (!import || (queue_keep_bytes(db, item->id, item->bytes, err) &&
                           item_free(db, item->id, import, err))) &&
              host_of_item_free(db, item->id, rest, err);
    return store_write_end(store, ok, CHANGED_IMPORTS, err);
}

bool store_fetch_later(struct store *store, int64_t item, bool counts,
                       const struct store_host_rest *rest, struct err *err)
{
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    int64_t import = 0;
    struct query q = query_begin(
        db, "UPDATE import_items SET stage = '', tries = tries + :counts" FETCHED_BY_US);
    query_int(&q, ":id", item);
    query_int(&q, ":worker", store->worker);
    query_int(&q, ":counts", counts);
    bool ok = query_id(&q, &import, err) && (!import || item_free(db, item, import, err)) &&
              host_of_item_free(db, item, rest, err);
    return store_write_end(store, ok, CHANGED_IMPORTS, err);
}
