/* Watched feeds: see watch.h. */
#include "store/watch.h"

#include "base/url.h"
#include "store/queue/queue.h"

enum { MINUTE = 60000, DAY = 24 * 60 * MINUTE, MOST_DOUBLINGS = 10, REMEMBERED_DAYS = 120 };

/* *id is 0 if it is watched already. */
static bool add(struct db *db, struct str url, int64_t every, int64_t *id, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(db, "INSERT INTO watches (url, every, created) VALUES (:url,"
                                     " :every, :now) ON CONFLICT (url) DO NOTHING RETURNING id");
    query_str(&q, ":url", url);
    query_int(&q, ":every", every);
    query_str(&q, ":now", stamp_str(&now));
    *id = 0;
    return query_id(&q, id, err);
}

bool store_watch_add(struct store *store, struct str url, int64_t every, int64_t *id,
                     struct err *err)
{
    int64_t given = 0;
    if (every < WATCH_LEAST || every > WATCH_MOST)
        return fail(err, ERR_INVALID, "a feed can be looked at every %d to %d minutes", WATCH_LEAST,
                    WATCH_MOST);
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    bool ok = add(db, url, every, &given, err) &&
              (given || fail(err, ERR_CONFLICT, "that feed is watched already"));
    if (!store_write_end(store, ok, CHANGED_WATCHES, err))
        return false;
    *id = given;
    return true;
}

/* It is there, and it is as the person saw it. */
static bool check(struct db *db, int64_t id, uint64_t revision, struct err *err)
{
    if (!db_number(db, "SELECT id FROM watches WHERE id = :id", id, 0))
        return fail(err, ERR_MISSING, "there is no such watch");
    return !revision || revision == shared_revision(db).watches ||
           fail(err, ERR_CONFLICT, "it has changed since you looked at it");
}

static bool change(struct db *db, int64_t id, const struct store_watch_change *c, struct err *err)
{
    int64_t now = wall_ms();
    if (c->every != -1 && (c->every < WATCH_LEAST || c->every > WATCH_MOST))
        return fail(err, ERR_INVALID, "a feed can be looked at every %d to %d minutes", WATCH_LEAST,
                    WATCH_MOST);
    if (c->now == 1 &&
        now - db_number(db, "SELECT checked FROM watches WHERE id = :id", id, 0) < MINUTE)
        return fail(err, ERR_BUSY, "it was looked at less than a minute ago");
    struct query q =
        query_begin(db, "UPDATE watches SET status = CASE WHEN :paused < 0 THEN status ELSE CASE "
                        "WHEN :paused THEN 'paused' ELSE 'active' END END,"
                        " every = CASE WHEN :every < 0 THEN every ELSE :every END, due = CASE WHEN "
                        ":look = 1 THEN :now ELSE"
                        " CASE WHEN :every < 0 OR checked = 0 OR errors THEN due ELSE checked + "
                        ":every * 60000 END END"
                        " WHERE id = :id");
    query_int(&q, ":id", id);
    query_int(&q, ":paused", c->paused);
    query_int(&q, ":every", c->every);
    query_int(&q, ":look", c->now);
    query_int(&q, ":now", now);
    return query_do(&q, err);
}

bool store_watch_change(struct store *store, int64_t id, const struct store_watch_change *c,
                        struct err *err)
{
    struct db *db = store_write_begin(store, err);
    return db &&
           store_write_end(store, check(db, id, c->if_revision, err) && change(db, id, c, err),
                           CHANGED_WATCHES, err);
}

bool store_watch_remove(struct store *store, int64_t id, uint64_t if_revision, struct err *err)
{
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    bool ok = check(db, id, if_revision, err);
    struct query q = query_begin(db, "DELETE FROM watches WHERE id = :id AND :ok");
    query_int(&q, ":id", id);
    query_int(&q, ":ok", ok);
    return store_write_end(store, query_do(&q, err) && ok, CHANGED_WATCHES, err);
}

/* ---------------------------------------------------------------------------------------- taking
 */

static int64_t next_due(struct db *db)
{
    int64_t now = wall_ms();
    int64_t due = db_number(
        db, "SELECT min(due) FROM watches WHERE status = 'active' AND busy = 0 HAVING count(*)", 0,
        -1);
    return due < 0 ? -1 : due > now ? due - now : 1000;
}

/* The one due longest whose host nobody is asking. A watch that is looked at takes its host like an
 * item does; its own interval is delay enough. */
static bool take(struct db *db, struct arena *a, struct store_watch *out, struct err *err)
{
    struct query q = query_begin(
        db, "SELECT w.id, w.url, w.title, w.etag, w.last_modified, w.errors, w.every, w.checked > 0"
            " FROM watches w WHERE w.status = 'active' AND w.busy = 0 AND " QUEUE_IS_HERE(
                "w.due") " ORDER BY w.due, w.id LIMIT 20");
    query_int(&q, ":now", wall_ms());
    while (!out->id && query_step(&q)) {
        struct str url = query_get_str(&q, 1, a), host = url_host(a, url);
        struct query h = query_begin(db, "SELECT 1 FROM hosts WHERE name = :name"
                                         " AND (busy OR NOT " QUEUE_IS_HERE("closed") ")");
        query_str(&h, ":name", host);
        query_int(&h, ":now", wall_ms());
        bool closed = query_step(&h);
        if (!query_end(&h, err))
            return query_end(&q, NULL) && false;
        if (closed)
            continue;
        *out = (struct store_watch){.id = query_get_int(&q, 0),
                                    .url = url,
                                    .title = query_get_str(&q, 2, a),
                                    .etag = query_get_str(&q, 3, a),
                                    .last_modified = query_get_str(&q, 4, a),
                                    .errors = query_get_int(&q, 5),
                                    .every = query_get_int(&q, 6),
                                    .known = query_get_int(&q, 7) != 0};
    }
    return query_end(&q, err);
}

static bool begin_look(struct db *db, struct arena *a, const struct store_watch *w, struct err *err)
{
    struct query q =
        query_begin(db, "UPDATE watches SET busy = 1, worker = :worker WHERE id = :id");
    query_int(&q, ":id", w->id);
    query_int(&q, ":worker", db->store->worker);
    return query_do(&q, err) && queue_host_busy(db, url_host(a, w->url), err);
}

bool store_watch_take(struct store *store, struct arena *a, struct store_watch *out, int64_t *wait,
                      struct err *err)
{
    struct store_watch found = {0};
    *out = found;
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    bool ok = take(db, a, &found, err);
    *wait = found.id ? 0 : next_due(db);
    store_read_end(store, db);
    if (!ok || !found.id)
        return ok;
    /* Another thread may have been as quick. */
    if (!(db = store_write_begin(store, err)))
        return false;
    struct store_watch sure = {0};
    ok = take(db, a, &sure, err) && (!sure.id || begin_look(db, a, &sure, err));
    if (!store_write_end(store, ok, CHANGED_WATCHES, err))
        return false;
    *out = sure;
    return true;
}

bool store_watch_open(struct store *store, int64_t *n, struct err *err)
{
    struct arena a = {0};
    struct store_watch next = {0};
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    bool ok = take(db, &a, &next, err);
    *n = db_number(db, "SELECT count(*) FROM watches WHERE busy", 0, 0) + (next.id != 0);
    store_read_end(store, db);
    arena_finish(&a);
    return ok;
}

/* ---------------------------------------------------------------------------------- what it saw */

/* Is the entry new, or does it say something else? Either way it is remembered. */
static bool remember(struct db *db, int64_t watch, const struct store_entry *e, bool *fresh,
                     struct err *err)
{
    struct query q = query_begin(db, "SELECT print FROM watch_entries WHERE watch = :watch"
                                     " AND entry = :entry");
    query_int(&q, ":watch", watch);
    query_int(&q, ":entry", e->entry);
    *fresh = !query_step(&q) || query_get_int(&q, 0) != e->print;
    if (!query_end(&q, err))
        return false;
    q = query_begin(db, "INSERT INTO watch_entries (watch, entry, print, seen) VALUES (:watch,"
                        " :entry, :print, :now) ON CONFLICT (watch, entry) DO UPDATE"
                        " SET print = excluded.print, seen = excluded.seen");
    query_int(&q, ":watch", watch);
    query_int(&q, ":entry", e->entry);
    query_int(&q, ":print", e->print);
    query_int(&q, ":now", wall_ms());
    return query_do(&q, err);
}

/* The import that a look made, and of how many entries; 0: none. */
struct made {
    int64_t import;
    size_t entries;
};

static bool import_entries(struct db *db, const struct store_watch *w,
                           const struct store_look *look, struct made *made, struct err *err)
{
    struct arena a = {0};
    struct store_import_item *items = arena_array(&a, look->n + 1, sizeof *items);
    size_t n = 0;
    bool ok = true, fresh = false;
    for (size_t i = 0; ok && i < look->n; i++) {
        ok = remember(db, w->id, &look->entries[i], &fresh, err);
        if (ok && fresh)
            items[n++] = look->entries[i].item;
    }
    if (ok && n)
        ok = queue_add(db,
                       &(struct store_import_batch){look->title.n ? look->title : w->url, items, n},
                       &made->import, err);
    arena_finish(&a);
    made->entries = n;
    if (!ok || look->n == 0)
        return ok;
    struct query q = query_begin(db, "DELETE FROM watch_entries WHERE watch = :watch"
                                     " AND seen < :before");
    query_int(&q, ":watch", w->id);
    query_int(&q, ":before", wall_ms() - (int64_t)REMEMBERED_DAYS * DAY);
    return query_do(&q, err);
}

static bool add_feeds(struct db *db, const struct store_watch *w, const struct store_look *look,
                      struct err *err)
{
    bool ok = true;
    int64_t id;
    for (size_t i = 0; ok && i < look->n_feeds; i++)
        ok = add(db, look->feeds[i], w->every, &id, err);
    return ok;
}

/* Exponential: twice as long with every failure, a day at most. */
static int64_t pause_after(const struct store_watch *w, const struct store_look *look)
{
    int64_t usual = w->every * MINUTE, errors = w->errors + 1;
    if (!look->problem.n)
        return look->pause > usual ? look->pause : usual;
    for (int64_t i = 0; i < errors && i < MOST_DOUBLINGS && usual < DAY; i++)
        usual *= 2;
    usual = usual < DAY ? usual : w->every * MINUTE > DAY ? w->every * MINUTE : DAY;
    return look->pause > usual ? look->pause : usual;
}

static bool keep(struct db *db, const struct store_watch *w, const struct store_look *look,
                 const struct made *made, struct err *err)
{
    int64_t now = wall_ms();
    bool bad = look->problem.n > 0, kept = bad || look->unchanged;
    struct query q = query_begin(
        db, "UPDATE watches SET busy = 0, checked = :now, due = :due, error = :problem,"
            " errors = CASE WHEN :bad THEN errors + 1 ELSE 0 END, found = found + :found,"
            " import = coalesce(:import, import), title = CASE WHEN :title = '' THEN title ELSE "
            ":title END,"
            " etag = CASE WHEN :kept THEN etag ELSE :etag END,"
            " last_modified = CASE WHEN :kept THEN last_modified ELSE :last_modified END WHERE id "
            "= :id");
    query_int(&q, ":id", w->id);
    query_int(&q, ":now", now);
    query_int(&q, ":due", look->moved.n ? now : now + pause_after(w, look));
    query_int(&q, ":bad", bad);
    query_int(&q, ":kept", kept);
    query_str(&q, ":problem", look->problem);
    query_int(&q, ":found", (int64_t)made->entries);
    query_int_opt(&q, ":import", made->import);
    query_str(&q, ":title", look->title);
    query_str(&q, ":etag", look->etag);
    query_str(&q, ":last_modified", look->last_modified);
    if (!query_do(&q, err) || !look->moved.n)
        return query_end(&q, err);
    q = query_begin(db, "UPDATE watches SET url = :url WHERE id = :id AND NOT EXISTS"
                        " (SELECT 1 FROM watches WHERE url = :url)");
    query_int(&q, ":id", w->id);
    query_str(&q, ":url", look->moved);
    return query_do(&q, err);
}

/* *ours is 0 where another program took the watch over meanwhile, or it is gone. */
static bool free_look(struct db *db, const struct store_watch *w,
                      const struct store_host_rest *rest, int64_t *ours, struct err *err)
{
    struct arena a = {0};
    bool ok = queue_host_free(db, url_host(&a, w->url), rest, err);
    arena_finish(&a);
    struct query q = query_begin(
        db, "UPDATE watches SET busy = 0 WHERE id = :id AND worker = :worker RETURNING id");
    query_int(&q, ":id", w->id);
    query_int(&q, ":worker", db->store->worker);
    return query_id(&q, ours, err) && ok;
}

bool store_watch_looked(struct store *store, const struct store_watch *watch,
                        const struct store_look *look, int64_t *import, struct err *err)
{
    struct made made = {0};
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    int64_t ours = 0;
    bool ok = free_look(db, watch, &look->rest, &ours, err);
    if (ok && ours && !look->stopped)
        ok = import_entries(db, watch, look, &made, err) && add_feeds(db, watch, look, err) &&
             keep(db, watch, look, &made, err);
    if (!store_write_end(store, ok, CHANGED_WATCHES | (made.import ? CHANGED_IMPORTS : 0), err))
        return false;
    *import = made.import;
    return true;
}
