/* What has been added to the journal, for those who watch. */
#include "store/decision/deciding.h"

static bool take_rows(struct db *db, struct store_events *out, struct err *err)
{
    struct query q = query_begin(
        db, "SELECT d.id, d.action, coalesce(o.target, d.target), coalesce(o.target_id,"
            " d.target_id), coalesce(o.target_key, d.target_key), d.by, (SELECT"
            " json_group_array(t.story) FROM decision_stories t WHERE t.decision = d.id)"
            " FROM decisions d LEFT JOIN decisions o ON d.target = 'decision'"
            " AND o.id = d.target_id WHERE d.id > :after ORDER BY d.id LIMIT :most");
    query_int(&q, ":after", out->after);
    query_int(&q, ":most", out->most);
    bool more = true;
    while (more && query_step(&q)) {
        struct store_event e = {.id = query_get_int(&q, 0),
                                .target_id = query_get_int(&q, 3),
                                .action = query_peek_str(&q, 1),
                                .target = query_peek_str(&q, 2),
                                .key = query_peek_str(&q, 4),
                                .by = query_peek_str(&q, 5),
                                .stories = query_peek_str(&q, 6)};
        more = out->take(&e, out->to);
        out->n++;
    }
    return query_end(&q, err);
}

bool store_events(struct store *store, struct store_events *events, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    events->n = 0;
    events->newest = db_number(db, "SELECT coalesce(max(id), 0) FROM decisions", 0, 0);
    bool ok = events->after < 0 || take_rows(db, events, err);
    store_read_end(store, db);
    return ok;
}
