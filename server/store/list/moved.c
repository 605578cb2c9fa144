/* Where what was merged is now: the old address of an actor, an issue, an outlet or a story leads
 * there for good, for as long as the decision stands; that of a conflict, to its number now. */
#include "store/list/fragments.h"
#include "store/list/list.h"

enum { MOST_HOPS = 32 };

#define MERGED(type, to)                                                                           \
    "SELECT json_extract(d.after, '$.into." to "') FROM decisions d WHERE d.target = '" type       \
    "' AND d.target_key = :from AND d.action = 'merge' AND NOT " DECISION_UNDONE                   \
    " ORDER BY d.id DESC LIMIT 1"

static const char *way_of(enum store_noun noun)
{
    if (noun == NOUN_ACTOR)
        return MERGED("actor", "key");
    if (noun == NOUN_ISSUE)
        return MERGED("issue", "id");
    if (noun == NOUN_CONFLICT)
        return "SELECT CAST(m.conflict AS TEXT) FROM conflict_moves m"
               " WHERE m.former = CAST(:from AS INTEGER) AND EXISTS"
               " (SELECT 1 FROM conflicts c WHERE c.id = m.conflict)";
    if (noun == NOUN_OUTLET)
        return "SELECT CAST(o.part_of AS TEXT) FROM outlets o"
               " WHERE o.id = CAST(:from AS INTEGER) AND o.part_of IS NOT NULL";
    return "SELECT CAST(json_extract(x.value, '$.story') AS TEXT)"
           " FROM decision_stories t JOIN decisions d ON d.id = t.decision,"
           " json_each(d.after, '$.articles') x, json_each(d.before, '$.articles') y"
           " WHERE t.story = CAST(:from AS INTEGER) AND d.target IN ('story', 'article')"
           " AND json_extract(x.value, '$.id') = json_extract(y.value, '$.id')"
           " AND json_extract(y.value, '$.story') = t.story"
           " AND json_extract(x.value, '$.story') <> t.story"
           " AND json_extract(x.value, '$.story') > 0"
           " AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.story = t.story)"
           " AND NOT " DECISION_UNDONE " ORDER BY d.id DESC LIMIT 1";
}

static struct str follow(struct db *db, struct arena *a, const char *way, struct str from,
                         struct err *err)
{
    struct query q = query_begin(db, way);
    query_str(&q, ":from", from);
    struct str to = query_step(&q) ? query_get_str(&q, 0, a) : (struct str){0};
    return query_end(&q, err) ? to : (struct str){0};
}

/* One step; the empty text when nothing leads on. The story's own articles would have to be gone:
 * by a decision, or because further reports showed that it was another one. */
static struct str next_of(struct db *db, struct arena *a, enum store_noun noun, struct str from,
                          struct err *err)
{
    struct str to = follow(db, a, way_of(noun), from, err);
    if (to.n || noun != NOUN_STORY)
        return to;
    return follow(db, a,
                  "SELECT CAST(m.went AS TEXT) FROM story_moves m WHERE m.story ="
                  " CAST(:from AS INTEGER) AND NOT EXISTS (SELECT 1 FROM articles a"
                  " WHERE a.story = m.story)",
                  from, err);
}

bool store_moved(struct store *store, struct arena *a, const struct store_query *what,
                 struct str *to, struct err *err)
{
    struct err why = {0};
    *to = (struct str){0};
    bool by_key = what->noun == NOUN_ACTOR || what->noun == NOUN_ISSUE;
    struct str at = by_key ? what->key : arena_fmt(a, "%lld", (long long)what->id);
    const struct str from = at;
    if (!by_key && what->noun != NOUN_STORY && what->noun != NOUN_OUTLET &&
        what->noun != NOUN_CONFLICT)
        return true;
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    for (int i = 0; i < MOST_HOPS; i++) {
        struct str next = next_of(db, a, what->noun, at, &why);
        if (!next.n || str_eq(next, from))
            break;
        *to = at = next;
    }
    store_read_end(store, db);
    return !why.kind || fail(err, why.kind, "%s", why.message);
}
