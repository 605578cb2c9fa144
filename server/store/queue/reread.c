/* Reading everything once more: the queue of stories and how far it is. See keep.h. */
#include "store/original.h"

#include "store/db/db.h"

#include <stdio.h>

static bool begin(struct db *db, int64_t story, int64_t *id, struct err *err)
{
    struct stamp now = stamp_now();
    if (!db_number(db,
                   "SELECT EXISTS (SELECT 1 FROM stories WHERE articles > 0"
                   " AND (:id = 0 OR id = :id))",
                   story, 0))
        return fail(err, ERR_MISSING,
                    story ? "there is no such story" : "there are no articles to read again");
    *id = db_number(db, "SELECT max(id) FROM rereads WHERE status = 'running'", 0, 0);
    if (*id && !story)
        return true;
    if (!*id) {
        struct query q = query_begin(
            db, "INSERT INTO rereads (status, total, created) VALUES ('running', 0, :now)"
                " RETURNING id");
        query_str(&q, ":now", stamp_str(&now));
        if (!query_id(&q, id, err))
            return false;
    }
    struct query q = query_begin(
        db, "UPDATE rereads SET total = total + (SELECT coalesce(sum(s.articles), 0) FROM stories s"
            " WHERE s.articles > 0 AND (:story = 0 OR s.id = :story) AND NOT EXISTS"
            " (SELECT 1 FROM reread_stories w WHERE w.story = s.id)) WHERE id = :id");
    query_int(&q, ":id", *id);
    query_int(&q, ":story", story);
    if (!query_do(&q, err))
        return false;
    /* What was set aside gets another chance. */
    q = query_begin(db, "UPDATE stories SET deaths = 0 WHERE deaths > 0"
                        " AND (:story = 0 OR id = :story)");
    query_int(&q, ":story", story);
    if (!query_do(&q, err))
        return false;
    q = query_begin(db, "INSERT INTO reread_stories (story, reread) SELECT id, :id"
                        " FROM stories WHERE articles > 0 AND (:story = 0 OR id = :story)"
                        " ON CONFLICT DO NOTHING");
    query_int(&q, ":id", *id);
    query_int(&q, ":story", story);
    return query_do(&q, err);
}

bool store_reread_begin(struct store *store, int64_t story, int64_t *id, struct err *err)
{
    int64_t fresh = 0;
    struct db *db = store_write_begin(store, err);
    if (!db || !store_write_end(store, begin(db, story, &fresh, err), CHANGED_IMPORTS, err))
        return false;
    *id = fresh;
    return true;
}

static bool state(struct store *store, int64_t id, struct store_reread *out, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db, "SELECT id, total, done, changed, from_text, failed, status FROM rereads WHERE id ="
            " coalesce(:id, (SELECT max(id) FROM rereads WHERE status = 'running'))");
    query_int_opt(&q, ":id", id);
    *out = (struct store_reread){0};
    if (query_step(&q)) {
        *out = (struct store_reread){.id = query_get_int(&q, 0),
                                     .total = query_get_int(&q, 1),
                                     .done = query_get_int(&q, 2),
                                     .changed = query_get_int(&q, 3),
                                     .from_text = query_get_int(&q, 4),
                                     .failed = query_get_int(&q, 5)};
        snprintf(out->status, sizeof out->status, "%.*s", STR_ARG(query_peek_str(&q, 6)));
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok;
}

bool store_reread_now(struct store *store, struct store_reread *out, struct err *err)
{
    return state(store, 0, out, err);
}

bool store_reread_state(struct store *store, int64_t id, struct store_reread *out, struct err *err)
{
    return state(store, id, out, err) &&
           (out->id || fail(err, ERR_MISSING, "there is no such reading"));
}

bool store_reread_next(struct store *store, int64_t *story, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    int64_t next =
        db_number(db, "SELECT min(story) FROM reread_stories WHERE story > :id", *story, 0);
    store_read_end(store, db);
    *story = next;
    return true;
}

static bool leave(struct db *db, int64_t story, const struct store_reread *counts, struct err *err)
{
    struct stamp now = stamp_now();
    int64_t id = db_number(db, "SELECT reread FROM reread_stories WHERE story = :id", story, 0);
    struct query q = query_begin(db, "DELETE FROM reread_stories WHERE story = :story");
    query_int(&q, ":story", story);
    if (!query_do(&q, err))
        return false;
    q = query_begin(db,
                    "UPDATE rereads SET done = done + :done, changed = changed + :changed,"
                    " from_text = from_text + :from_text, failed = failed + :failed,"
                    " status = CASE WHEN :open OR status <> 'running' THEN status ELSE 'done' END,"
                    " finished = CASE WHEN :open OR status <> 'running' THEN finished ELSE :now "
                    "END WHERE id = :id");
    query_int(&q, ":id", id);
    query_int(&q, ":done", counts->done);
    query_int(&q, ":changed", counts->changed);
    query_int(&q, ":from_text", counts->from_text);
    query_int(&q, ":failed", counts->failed);
    query_str(&q, ":now", stamp_str(&now));
    query_int(
        &q, ":open",
        db_number(db, "SELECT EXISTS (SELECT 1 FROM reread_stories WHERE reread = :id)", id, 0));
    return query_do(&q, err);
}

bool store_reread_done(struct store *store, int64_t story, const struct store_reread *counts,
                       struct err *err)
{
    struct db *db = store_write_begin(store, err);
    return db && store_write_end(store, leave(db, story, counts, err), CHANGED_IMPORTS, err);
}

static bool cancel(struct db *db, int64_t id, struct err *err)
{
    struct stamp now = stamp_now();
    if (!db_number(db, "SELECT id FROM rereads WHERE id = :id", id, 0))
        return fail(err, ERR_MISSING, "there is no such reading");
    struct query q = query_begin(db, "DELETE FROM reread_stories WHERE reread = :id");
    query_int(&q, ":id", id);
    if (!query_do(&q, err))
        return false;
    q = query_begin(db, "UPDATE rereads SET status = 'cancelled', finished = :now"
                        " WHERE id = :id AND status = 'running'");
    query_int(&q, ":id", id);
    query_str(&q, ":now", stamp_str(&now));
    return query_do(&q, err);
}

bool store_reread_cancel(struct store *store, int64_t id, struct err *err)
{
    struct db *db = store_write_begin(store, err);
    return db && store_write_end(store, cancel(db, id, err), CHANGED_IMPORTS, err);
}

bool store_story_articles(struct store *store, struct arena *a, int64_t story,
                          struct store_ids *out, struct err *err)
{
    size_t cap = 0;
    struct store_ids found = {0};
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "SELECT id FROM articles WHERE story = :id ORDER BY id");
    query_int(&q, ":id", story);
    while (query_step(&q)) {
        found.v = arena_grow(a, found.v, found.n, &cap, sizeof *found.v);
        found.v[found.n++] = query_get_int(&q, 0);
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    if (ok)
        *out = found;
    return ok;
}
