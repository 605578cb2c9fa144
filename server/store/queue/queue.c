/* The import queue: batches of items, taken one by one, never lost. */
#include "store/watch.h"

#include "base/url.h"
#include "store/queue/queue.h"
#include "store/turns.h"

#include <stdio.h>

static const char *const kind_names[IMPORT_KIND_COUNT] = {"url", "feed", "bytes"};

bool queue_keep_bytes(struct db *db, int64_t item, struct str bytes, struct err *err)
{
    if (bytes.n == 0)
        return true;
    struct query q = query_begin(db, "INSERT INTO import_bytes (item, bytes) VALUES (:item, :bytes)"
                                     " ON CONFLICT (item) DO UPDATE SET bytes = excluded.bytes");
    query_int(&q, ":item", item);
    query_blob(&q, ":bytes", bytes);
    return query_do(&q, err);
}

/* Those of one item, or of all of an import that have ended. */
static bool drop_bytes(struct db *db, const char *sql, int64_t id, struct err *err)
{
    struct query q = query_begin(db, sql);
    query_int(&q, ":id", id);
    return query_do(&q, err);
}

static bool add_items(struct db *db, int64_t import, const struct store_import_item *items,
                      size_t n, struct err *err)
{
    struct query q = query_begin(
        db,
        "INSERT INTO import_items (import, name, kind, content_type, page_type, url, title,"
        " outlet, published, sample, status, error, fetched, host, polite, source) VALUES (:import,"
        " :name, :kind, :content_type, coalesce(:page_type, 'auto'), :url, :title, :outlet,"
        " :published, :sample, CASE WHEN :problem = '' THEN 'queued' ELSE 'failed' END, :problem, "
        ":kind = 'bytes',"
        " :host, :polite, :source) RETURNING id");
    struct arena a = {0};
    int64_t id = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        const struct store_import_item *item = &items[i];
        query_str(&q, ":host",
                  item->kind == IMPORT_BYTES ? (struct str){0} : url_host(&a, item->url));
        query_int(&q, ":polite", item->polite);
        query_str(&q, ":source", item->source);
        query_int(&q, ":import", import);
        query_str(&q, ":name", item->name);
        query_str(&q, ":kind", str_of(kind_names[item->kind]));
        query_str(&q, ":content_type", item->content_type);
        query_str_opt(&q, ":page_type", item->page_type);
        query_str(&q, ":url", item->url);
        query_str(&q, ":title", item->title);
        query_str(&q, ":outlet", item->outlet);
        query_str(&q, ":published", item->published);
        query_int(&q, ":sample", item->sample);
        query_str(&q, ":problem", item->problem);
        ok = query_step(&q);
        id = ok ? query_get_int(&q, 0) : 0;
        query_again(&q);
        ok = ok && queue_keep_bytes(db, id, item->bytes, err);
    }
    ok = query_end(&q, ok ? err : NULL) && ok;
    arena_finish(&a);
    return ok;
}

#define IS_OPEN                                                                                    \
    "SELECT EXISTS (SELECT 1 FROM import_items WHERE import = :id"                                 \
    "  AND status = 'queued' AND fetched = 1)"                                                     \
    " OR EXISTS (SELECT 1 FROM import_items WHERE import = :id"                                    \
    "  AND status = 'queued' AND fetched = 0)"                                                     \
    " OR EXISTS (SELECT 1 FROM import_items WHERE import = :id AND status = 'running')"

/* The last item ends the import: whether others are left is looked at once its row is ours, since
 * another program may just be ending one of them. */
bool queue_count(struct db *db, int64_t import, int done, int failed, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(db, "UPDATE imports SET done = done + :done, failed = failed +"
                                     " :failed, finished = NULL WHERE id = :id");
    query_int(&q, ":id", import);
    query_int(&q, ":done", done);
    query_int(&q, ":failed", failed);
    if (!query_do(&q, err))
        return false;
    if (db_number(db, IS_OPEN, import, 0))
        return true;
    q = query_begin(db, "UPDATE imports SET finished = :now, status = CASE WHEN status ="
                        " 'cancelled' THEN status ELSE CASE WHEN done = 0 THEN 'failed' ELSE"
                        " 'done' END END WHERE id = :id");
    query_int(&q, ":id", import);
    query_str(&q, ":now", stamp_str(&now));
    return query_do(&q, err);
}

static int count_failed(const struct store_import_item *items, size_t n)
{
    int failed = 0;
    for (size_t i = 0; i < n; i++)
        failed += items[i].problem.n > 0;
    return failed;
}

static bool add_import(struct db *db, struct str what, size_t n, int64_t *import, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(db, "INSERT INTO imports (what, status, total, created)"
                                     " VALUES (:what, 'queued', :total, :now) RETURNING id");
    query_str(&q, ":what", what);
    query_int(&q, ":total", (int64_t)n);
    query_str(&q, ":now", stamp_str(&now));
    return query_id(&q, import, err);
}

bool queue_add(struct db *db, const struct store_import_batch *batch, int64_t *import,
               struct err *err)
{
    return add_import(db, batch->what, batch->n, import, err) &&
           add_items(db, *import, batch->items, batch->n, err) &&
           queue_count(db, *import, 0, count_failed(batch->items, batch->n), err);
}

bool store_import_add(struct store *store, const struct store_import_batch *batch, int64_t *import,
                      struct err *err)
{
    int64_t id = 0;
    if (batch->n == 0)
        return fail(err, ERR_INVALID, "there is nothing to import");
    struct db *db = store_queue_begin(store, err);
    bool ok = db && queue_add(db, batch, &id, err);
    if (!db || !store_queue_end(store, ok, CHANGED_IMPORTS, err))
        return false;
    *import = id;
    return true;
}

static bool add_more(struct db *db, int64_t import, const struct store_import_item *items, size_t n,
                     struct err *err)
{
    bool ok = add_items(db, import, items, n, err);
    struct query q = query_begin(db, "UPDATE imports SET total = total + :n WHERE id = :id");
    query_int(&q, ":n", (int64_t)n);
    query_int(&q, ":id", import);
    return query_do(&q, err) && ok && queue_count(db, import, 0, count_failed(items, n), err);
}

bool store_import_more(struct store *store, int64_t import, const struct store_import_item *items,
                       size_t n, struct err *err)
{
    struct db *db = store_queue_begin(store, err);
    return db && store_queue_end(store, add_more(db, import, items, n, err), CHANGED_IMPORTS, err);
}

static enum import_kind kind_of(struct str name)
{
    for (int i = 0; i < IMPORT_KIND_COUNT; i++)
        if (str_eq(name, str_of(kind_names[i])))
            return (enum import_kind)i;
    return IMPORT_BYTES;
}

void queue_read(struct query *q, struct arena *a, struct store_import_item *out)
{
    *out = (struct store_import_item){.id = query_get_int(q, 0),
                                      .import = query_get_int(q, 1),
                                      .name = query_get_str(q, 2, a),
                                      .kind = kind_of(query_peek_str(q, 3)),
                                      .bytes = query_get_str(q, 4, a),
                                      .content_type = query_get_str(q, 5, a),
                                      .page_type = query_get_str(q, 6, a),
                                      .url = query_get_str(q, 7, a),
                                      .title = query_get_str(q, 8, a),
                                      .outlet = query_get_str(q, 9, a),
                                      .published = query_get_str(q, 10, a),
                                      .sample = query_get_int(q, 11) != 0,
                                      .polite = query_get_int(q, 12) != 0,
                                      .source = query_get_str(q, 13, a),
                                      .problem = query_get_str(q, 14, a),
                                      .tries = query_get_int(q, 15),
                                      .deaths = query_get_int(q, 16)};
}

bool queue_host_busy(struct db *db, struct str name, struct err *err)
{
    struct query q =
        query_begin(db, "INSERT INTO hosts (name, busy, worker) VALUES (:name, 1, :worker)"
                        " ON CONFLICT (name) DO UPDATE SET busy = 1, worker = excluded.worker");
    query_str(&q, ":name", name);
    query_int(&q, ":worker", db->store->worker);
    return query_do(&q, err);
}

bool queue_turn(struct db *db, int64_t import, struct err *err)
{
    struct query q = query_begin(
        db, "UPDATE imports SET turn = (SELECT max(turn) + 1 FROM imports),"
            " status = CASE WHEN status = 'queued' THEN 'running' ELSE status END WHERE id = :id");
    query_int(&q, ":id", import);
    return query_do(&q, err);
}

/* The imports that have something to read, by whose turn it is. */
enum { MOST_IMPORTS = 32 };

static bool by_turn(struct db *db, int64_t *imports, size_t *n, struct err *err)
{
    struct query q = query_begin(
        db,
        "SELECT p.id FROM imports p WHERE p.status IN ('queued', 'running') AND EXISTS (SELECT 1"
        " FROM import_items i WHERE i.import = p.id AND i.status = 'queued' AND i.fetched = 1)"
        " ORDER BY p.turn, p.id LIMIT 32");
    for (*n = 0; *n < MOST_IMPORTS && query_step(&q);)
        imports[(*n)++] = query_get_int(&q, 0);
    return query_end(&q, err);
}

#define OURS                                                                                       \
    "UPDATE import_items SET status = 'running', worker = :worker, stage = CASE WHEN error <> ''"  \
    " AND stage <> '' THEN stage ELSE 'read' END WHERE id = (SELECT i.id FROM import_items i"      \
    " WHERE i.import = :import AND i.status = 'queued' AND i.fetched = 1 ORDER BY i.id LIMIT 1"

/* Where several take at once, each passes by what others are just taking. */
static const char *const take_sql[] = {[ENGINE_SQL_SQLITE] = OURS ") RETURNING" QUEUE_ITEM,
                                       [ENGINE_SQL_POSTGRES] =
                                           OURS " FOR UPDATE SKIP LOCKED) RETURNING" QUEUE_ITEM};

/* The oldest item of the import becomes ours. */
static bool take_of(struct db *db, struct arena *a, int64_t import, struct store_import_item *out,
                    struct err *err)
{
    struct query q = query_begin(db, take_sql[db->engine->sql]);
    query_int(&q, ":worker", db->store->worker);
    query_int(&q, ":import", import);
    if (query_step(&q))
        queue_read(&q, a, out);
    while (query_step(&q))
        ;
    return query_end(&q, err);
}

static bool take(struct db *db, struct arena *a, struct store_import_item *out, struct err *err)
{
    int64_t imports[MOST_IMPORTS];
    size_t n = 0;
    bool ok = by_turn(db, imports, &n, err);
    for (size_t i = 0; ok && !out->id && i < n; i++)
        ok = take_of(db, a, imports[i], out, err);
    return ok && (!out->id || queue_turn(db, out->import, err));
}

/* Asked once an item: it must not count a long queue each time. */
#define SOME(condition) "EXISTS (SELECT 1 FROM import_items WHERE " condition ")"
#define SOME_TO_READ SOME("status = 'queued' AND fetched = 1")

static bool some(struct store *store, const char *sql, bool *any, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    *any = db_number(db, sql, 0, 0) != 0;
    store_read_end(store, db);
    return true;
}

bool store_import_waits(struct store *store, bool *any, struct err *err)
{
    return some(store,
                "SELECT " SOME_TO_READ " OR " SOME("status = 'queued' AND fetched = 0") " OR " SOME(
                    "status = 'running' AND fetched = 0"),
                any, err);
}

/* Looked at before the one write is waited for; where the queue has a connection of its own there
 * is nothing to wait for. */
static bool some_to_read(struct store *store, bool *ready, struct err *err)
{
    *ready = true;
    return store->engine->locks_rows || some(store, "SELECT " SOME_TO_READ, ready, err);
}

bool store_import_take(struct store *store, struct arena *a, struct store_import_item *out,
                       struct err *err)
{
    struct store_import_item item = {0};
    bool ready = false;
    *out = item;
    if (!queue_look_around(store, err) || !some_to_read(store, &ready, err))
        return false;
    if (!ready)
        return true;
    struct db *db = store_queue_begin(store, err);
    bool ok = db && take(db, a, &item, err);
    if (!db || !store_queue_end(store, ok, CHANGED_IMPORTS, err))
        return false;
    *out = item;
    return true;
}

static bool take_more(struct store *store, struct arena *a, struct store_import_item *items,
                      size_t *n, struct err *err)
{
    size_t most = *n;
    bool ok = true;
    for (*n = 0; ok && *n < most; ++*n) {
        struct store_import_item *item = &items[*n];
        ok = store_import_take(store, a, item, err);
        if (!ok || !item->id)
            break;
        if (item->deaths && *n)
            return store_import_back(store, item->id, err);
        most = item->deaths ? 1 : most;
    }
    return ok;
}

bool store_import_take_some(struct store *store, struct arena *a, struct store_import_item *items,
                            size_t *n, struct err *err)
{
    bool ready = false;
    size_t most = store->shared ? 1 : *n;
    *n = 0;
    if (!store->shared && !some(store, "SELECT " SOME_TO_READ, &ready, err))
        return false;
    if (!store->shared && !ready)
        return true;
    if (!store->shared && !store_batch_begin(store, err))
        return false;
    bool ok = take_more(store, a, items, &most, err);
    if (!store->shared)
        ok = store_batch_end(store, ok, err);
    *n = ok ? most : 0;
    return ok;
}

bool store_import_stage(struct store *store, int64_t item, const char *stage, struct err *err)
{
    struct db *db = store_queue_begin(store, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "UPDATE import_items SET stage = :stage WHERE id = :id AND"
                                     " status = 'running' AND worker = :worker");
    query_str(&q, ":stage", str_of(stage));
    query_int(&q, ":id", item);
    query_int(&q, ":worker", store->worker);
    return store_queue_end(store, query_do(&q, err), CHANGED_IMPORTS, err);
}

/* The row is locked as well: who takes over what we have waits for the transaction that asks. */
bool store_import_ours(struct store *store, int64_t item, struct err *err)
{
    int64_t ours = 0;
    if (!store->shared)
        return true;
    struct db *db = store_queue_begin(store, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "UPDATE import_items SET worker = :worker WHERE id = :id"
                                     " AND status = 'running' AND worker = :worker RETURNING id");
    query_int(&q, ":id", item);
    query_int(&q, ":worker", store->worker);
    bool ok = query_id(&q, &ours, err) &&
              (ours || fail(err, ERR_CONFLICT, "another program has taken this over"));
    return store_queue_end(store, ok, CHANGED_NOTHING, err) && ok;
}

bool store_import_finish(struct store *store, int64_t item, const struct store_outcome *outcome,
                         struct err *err)
{
    struct db *db = store_queue_begin(store, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db,
        "UPDATE import_items SET status = CASE WHEN :problem = '' THEN 'done' ELSE CASE WHEN "
        "(SELECT m.status"
        " FROM imports m WHERE m.id = import) = 'cancelled' THEN 'cancelled' ELSE 'failed' END END,"
        " stage = CASE WHEN :problem = '' THEN :result ELSE stage END, article = :article, story = "
        ":story, error = :problem"
        " WHERE id = :id AND status = 'running' AND worker = :worker RETURNING id");
    query_int(&q, ":id", item);
    query_int(&q, ":worker", store->worker);
    query_int_opt(&q, ":article", outcome->article);
    query_int_opt(&q, ":story", outcome->story);
    query_str(&q, ":result", str_of(outcome->result ? outcome->result : ""));
    query_str(&q, ":problem", outcome->problem);
    int64_t ours = 0;
    bool ok = query_id(&q, &ours, err), good = outcome->problem.n == 0;
    if (!ok || !ours) /* it was taken over */
        return store_queue_end(store, ok, CHANGED_NOTHING, err);
    ok = drop_bytes(db, "DELETE FROM import_bytes WHERE item = :id", item, err);
    bool bad = db_number(db, "SELECT status = 'failed' FROM import_items WHERE id = :id", item, 0);
    int64_t import = db_number(db, "SELECT import FROM import_items WHERE id = :id", item, 0);
    bool open =
        !db_number(db, "SELECT status = 'cancelled' FROM imports WHERE id = :id", import, 0);
    if (ok && open && outcome->n_more)
        ok = add_more(db, import, outcome->more, outcome->n_more, err);
    ok = ok && queue_count(db, import, good, bad, err);
    return store_queue_end(store, ok, CHANGED_IMPORTS, err);
}

bool store_import_state(struct store *store, int64_t import, struct store_import *out,
                        struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q =
        query_begin(db, "SELECT total, done, failed, status FROM imports WHERE id = :id");
    query_int(&q, ":id", import);
    bool found = query_step(&q);
    if (found) {
        *out = (struct store_import){import, query_get_int(&q, 0), query_get_int(&q, 1),
                                     query_get_int(&q, 2), ""};
        snprintf(out->status, sizeof out->status, "%.*s", STR_ARG(query_peek_str(&q, 3)));
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok && (found || fail(err, ERR_MISSING, "there is no such import"));
}

static bool cancel(struct db *db, int64_t import, struct err *err)
{
    if (!db_number(db, "SELECT id FROM imports WHERE id = :id", import, 0))
        return fail(err, ERR_MISSING, "there is no such import");
    struct query q = query_begin(db, "UPDATE import_items SET status = 'cancelled'"
                                     " WHERE import = :id AND status = 'queued'");
    query_int(&q, ":id", import);
    if (!query_do(&q, err) ||
        !drop_bytes(db,
                    "DELETE FROM import_bytes WHERE item IN (SELECT id FROM import_items"
                    " WHERE import = :id AND status = 'cancelled')",
                    import, err))
        return false;
    int64_t ours = 0;
    q = query_begin(db, "UPDATE imports SET status = 'cancelled'"
                        " WHERE id = :id AND status IN ('queued', 'running') RETURNING id");
    query_int(&q, ":id", import);
    return query_id(&q, &ours, err) && (!ours || queue_count(db, import, 0, 0, err));
}

bool store_import_cancel(struct store *store, int64_t import, struct err *err)
{
    struct db *db = store_queue_begin(store, err);
    return db && store_queue_end(store, cancel(db, import, err), CHANGED_IMPORTS, err);
}
