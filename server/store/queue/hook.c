/* Webhooks and their journal: see hook.h. */
#include "store/hook.h"

#include "store/list/fragments.h"
#include "store/queue/queue.h"

enum { KEPT_DAYS = 30 };

static bool is_there(struct db *db, const char *sql, struct str key)
{
    struct query q = query_begin(db, sql);
    query_str(&q, ":key", key);
    bool there = query_step(&q);
    return query_end(&q, NULL) && there;
}

static bool check(struct db *db, const struct store_hook *h, struct err *err)
{
    if (h->actor.n && !is_there(db, "SELECT 1 FROM actors WHERE key = :key", h->actor))
        return fail(err, ERR_MISSING, "there is no such actor");
    if (h->issue.n && !is_there(db, "SELECT 1 FROM issues WHERE key = :key", h->issue))
        return fail(err, ERR_MISSING, "there is no such issue");
    return db_number(db, "SELECT count(*) FROM hooks", 0, 0) < HOOK_MOST ||
           fail(err, ERR_CONFLICT, "there are %d webhooks already", HOOK_MOST);
}

static bool add(struct db *db, const struct store_hook *h, int64_t *id, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(
        db, "INSERT INTO hooks (url, secret, actor, issue, seen, created) VALUES (:url, :secret,"
            " :actor, :issue, coalesce((SELECT max(id) FROM statements), 0), :now) RETURNING id");
    query_str(&q, ":url", h->url);
    query_str(&q, ":secret", h->secret);
    query_str(&q, ":actor", h->actor);
    query_str(&q, ":issue", h->issue);
    query_str(&q, ":now", stamp_str(&now));
    return query_id(&q, id, err);
}

bool store_hook_add(struct store *store, const struct store_hook *hook, int64_t *id,
                    struct err *err)
{
    int64_t given = 0;
    struct db *db = store_write_begin(store, err);
    if (!db || !store_write_end(store, check(db, hook, err) && add(db, hook, &given, err),
                                CHANGED_WATCHES, err))
        return false;
    *id = given;
    return true;
}

bool store_hook_load(struct store *store, struct arena *a, int64_t id, struct store_hook *out,
                     struct err *err)
{
    struct db *db = store_read_begin(store, 0, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "SELECT url, secret, actor, issue FROM hooks WHERE id = :id");
    query_int(&q, ":id", id);
    bool there = query_step(&q);
    if (there)
        *out = (struct store_hook){query_get_str(&q, 0, a), query_get_str(&q, 1, a),
                                   query_get_str(&q, 2, a), query_get_str(&q, 3, a)};
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok && (there || fail(err, ERR_MISSING, "there is no such webhook"));
}

bool store_hook_remove(struct store *store, int64_t id, struct err *err)
{
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    bool ok = db_number(db, "SELECT id FROM hooks WHERE id = :id", id, 0) ||
              fail(err, ERR_MISSING, "there is no such webhook");
    struct query q = query_begin(db, "DELETE FROM hooks WHERE id = :id AND :ok");
    query_int(&q, ":id", id);
    query_int(&q, ":ok", ok);
    return store_write_end(store, query_do(&q, err) && ok, CHANGED_WATCHES, err);
}

/* ------------------------------------------------------------------------------------- gathering
 */

/* The statements that the hook is to hear of next, as the call's body has them. */
#define NEWS                                                                                       \
    " FROM (SELECT st.id, json_object('id', st.id, 'story', st.story, 'article', st.article,"      \
    " 'outlet', (SELECT o.name FROM outlets o WHERE o.id = a.outlet), 'title', a.title,"           \
    " 'url', nullif(a.url, ''), 'published', nullif(a.published, ''), 'kind', st.kind,"            \
    " 'speaker', st.speaker,"                                                                      \
    " 'speaker_name', (SELECT x.name FROM actors x WHERE x.key = st.speaker),"                     \
    " 'words', " STATEMENT_WORDS ", 'said_on', nullif(st.said_on, ''), 'positions',"               \
    " (SELECT json_group_array(json_object('issue', g.issue, 'title', i.title, 'stance',"          \
    "  g.stance, 'confidence', round(g.confidence, 3))) FROM (SELECT *"                            \
    "  FROM statement_positions WHERE statement = st.id ORDER BY issue) g"                         \
    "  JOIN issues i ON i.key = g.issue)) AS one"                                                  \
    " FROM hooks h CROSS JOIN statements st ON st.id > h.seen"                                     \
    " JOIN articles a ON a.id = st.article WHERE h.id = :id AND st.story > 0"                      \
    " AND st.status <> 'rejected' AND (h.actor = '' OR st.speaker = h.actor)"                      \
    " AND (h.issue = '' OR EXISTS (SELECT 1 FROM statement_positions f"                            \
    "  WHERE f.statement = st.id AND f.issue = h.issue)) ORDER BY st.id LIMIT 100) n"

static bool make_call(struct db *db, int64_t hook, bool *more, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(
        db, "INSERT INTO hook_calls (hook, statements, last, body, due, created)"
            " SELECT :id, count(*), max(n.id), json_object('event', 'statements', 'hook', :id,"
            " 'statements', json_group_array(json(n.one))), :ms, :now" NEWS " HAVING count(*) > 0"
            " RETURNING statements");
    query_int(&q, ":id", hook);
    query_int(&q, ":ms", wall_ms());
    query_str(&q, ":now", stamp_str(&now));
    bool made = query_step(&q);
    *more = made && query_get_int(&q, 0) == 100;
    if (!query_end(&q, err))
        return false;
    q = query_begin(db, "UPDATE hooks SET seen = CASE WHEN :made THEN (SELECT max(c.last) FROM"
                        " hook_calls c WHERE c.hook = :id) ELSE coalesce((SELECT max(id) FROM"
                        " statements), seen) END WHERE id = :id");
    query_int(&q, ":id", hook);
    query_int(&q, ":made", made);
    return query_do(&q, err);
}

static bool next_hook(struct db *db, int64_t after, int64_t *id, struct err *err)
{
    struct query q = query_begin(db, "SELECT id FROM hooks WHERE id > :after AND seen <"
                                     " (SELECT max(id) FROM statements) ORDER BY id LIMIT 1");
    query_int(&q, ":after", after);
    *id = query_step(&q) ? query_get_int(&q, 0) : 0;
    return query_end(&q, err);
}

static bool gather(struct db *db, struct err *err)
{
    int64_t id = 0;
    bool ok = next_hook(db, 0, &id, err);
    while (ok && id) {
        bool more = true;
        while (ok && more)
            ok = make_call(db, id, &more, err);
        ok = ok && next_hook(db, id, &id, err);
    }
    struct query q =
        query_begin(db, "DELETE FROM hook_calls WHERE status <> 'waiting' AND due < :before");
    query_int(&q, ":before", wall_ms() - (int64_t)KEPT_DAYS * 86400000);
    return query_do(&q, err) && ok;
}

bool store_hook_gather(struct store *store, struct err *err)
{
    int64_t id = 0;
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    bool ok = db && next_hook(db, 0, &id, err);
    if (db)
        store_read_end(store, db);
    if (!ok || !id)
        return ok;
    db = store_write_begin(store, err);
    return db && store_write_end(store, gather(db, err), CHANGED_WATCHES, err);
}

/* --------------------------------------------------------------------------------------- telling
 */

bool store_hook_take(struct store *store, struct arena *a, struct store_hook_call *out,
                     struct err *err)
{
    *out = (struct store_hook_call){0};
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "SELECT c.id, c.hook, c.tries, h.url, h.secret, c.body"
                                     " FROM hook_calls c JOIN hooks h ON h.id = c.hook"
                                     " WHERE c.status = 'waiting' AND c.due <= :now"
                                     " ORDER BY c.due, c.id LIMIT 1");
    query_int(&q, ":now", wall_ms());
    if (query_step(&q))
        *out = (struct store_hook_call){query_get_int(&q, 0),    query_get_int(&q, 1),
                                        query_get_int(&q, 2),    query_get_str(&q, 3, a),
                                        query_get_str(&q, 4, a), query_get_str(&q, 5, a)};
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok;
}

bool store_hook_told(struct store *store, const struct store_hook_call *call, long status,
                     struct str problem, struct err *err)
{
    struct stamp now = stamp_now();
    int64_t pause = HOOK_FIRST_PAUSE;
    bool over = !problem.n || call->tries + 1 >= HOOK_TRIES;
    for (int64_t i = 0; i < call->tries; i++)
        pause *= 4;
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "UPDATE hook_calls SET tries = tries + 1, code = :code,"
                                     " error = :error, due = :due, status = :status,"
                                     " finished = :now WHERE id = :id");
    query_int(&q, ":id", call->id);
    query_int(&q, ":code", status);
    query_str(&q, ":error", problem);
    query_int(&q, ":due", over ? wall_ms() : wall_ms() + pause);
    query_str(&q, ":status", !problem.n ? S("done") : over ? S("failed") : S("waiting"));
    query_str_opt(&q, ":now", over ? stamp_str(&now) : S(""));
    return store_write_end(store, query_do(&q, err), CHANGED_WATCHES, err);
}
