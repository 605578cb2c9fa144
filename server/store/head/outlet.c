/* Outlets by the names that pages have for them: renamed by a person they are found by the old name
 * as well, and articles of one that was merged are the other's. */
#include "store/head/head.h"

bool outlet_find(struct db *db, struct str name, int64_t *id, struct err *err)
{
    *id = 0;
    if (!name.n)
        return true;
    struct query q = query_begin(db, "SELECT id FROM outlets WHERE name = :name UNION ALL"
                                     " SELECT id FROM outlets WHERE found = :name LIMIT 1");
    query_str(&q, ":name", name);
    if (query_step(&q))
        *id = query_get_int(&q, 0);
    return query_end(&q, err);
}

/* One that made room (below) has its name again. */
static bool take_back(struct db *db, struct str name, int64_t *id, struct err *err)
{
    struct query q = query_begin(db, "UPDATE outlets SET name = :name WHERE name = :name ||"
                                     " ' (unused ' || id || ')' RETURNING id");
    query_str(&q, ":name", name);
    return query_id(&q, id, err);
}

bool outlet_put(struct db *db, struct str name, struct str domain, int64_t *id, struct err *err)
{
    if (!outlet_find(db, name, id, err) || !name.n)
        return !name.n;
    if (!*id && !take_back(db, name, id, err))
        return false;
    struct query q =
        *id ? query_begin(db, "UPDATE outlets SET domain = :domain WHERE id = :id AND domain = ''"
                              " AND :domain <> '' RETURNING id")
            : query_begin(db, "INSERT INTO outlets (name, domain) VALUES (:name, :domain)"
                              " RETURNING id");
    if (query_has(&q, ":id"))
        query_int(&q, ":id", *id);
    if (query_has(&q, ":name"))
        query_str(&q, ":name", name);
    query_str(&q, ":domain", domain);
    return query_id(&q, id, err);
}

bool outlet_make_room(struct db *db, struct str name, int64_t outlet, struct err *err)
{
    struct query q = query_begin(
        db, "UPDATE outlets SET name = name || ' (unused ' || id || ')' WHERE name = :name"
            " AND id <> :id AND NOT EXISTS (SELECT 1 FROM"
            " articles a WHERE a.outlet = outlets.id) AND NOT EXISTS (SELECT 1 FROM articles a"
            " WHERE a.outlet_named = outlets.id) AND NOT EXISTS (SELECT 1 FROM article_heads h"
            " WHERE h.outlet = outlets.id) AND NOT EXISTS (SELECT 1 FROM outlets p WHERE"
            " p.part_of = outlets.id) AND part_of IS NULL");
    query_int(&q, ":id", outlet);
    query_str(&q, ":name", name);
    int64_t other = 0;
    if (!query_do(&q, err) || !outlet_find(db, name, &other, err))
        return false;
    return !other || other == outlet ||
           fail(err, ERR_CONFLICT, "there is another outlet of that name: merge the two");
}

bool outlet_settle(struct db *db, int64_t outlet, struct err *err)
{
    struct query q = query_begin(
        db, "UPDATE articles SET outlet = (SELECT coalesce(o.part_of, o.id) FROM outlets o WHERE"
            " o.id = :id) WHERE outlet_named = :id");
    query_int(&q, ":id", outlet);
    return query_do(&q, err);
}
