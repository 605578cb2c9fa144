/* Stories found anew from all their articles: which story an article belongs to must not depend on
 * the order of the articles, on how they were cut into imports, nor on when stories were compared.
 * So what nobody has decided anything of is no story for good: in a store of up to MOST_ANEW
 * articles all of that is grouped anew once an import is complete, in a larger one what came since
 * the import began. A story that becomes part of another leads there (story_moves). */
#include "store/story/story.h"

enum { MOST_ANEW = 1000 };

/* Story s is to be found anew: it is above :after, or was never compared, and no person decided
 * anything of it. */
#define FRESH                                                                                      \
    " s.id > 0 AND NOT EXISTS (SELECT 1 FROM decision_stories d WHERE d.story = s.id)"             \
    " AND (s.id > :after OR (s.stale > 0 AND NOT EXISTS (SELECT 1 FROM comparisons c"              \
    "  WHERE c.story = s.id)))"

#define UNDER_WAY "FROM imports WHERE status IN ('queued', 'running')"

/* The last story of before the oldest of the imports under way. */
static int64_t before_imports(struct db *db)
{
    if (!db_number(db, "SELECT EXISTS (SELECT 1 " UNDER_WAY ")", 0, 0))
        return INT64_MAX;
    return db_number(db,
                     "SELECT s.id FROM stories s WHERE s.created < (SELECT min(created) " UNDER_WAY
                     ") ORDER BY s.id DESC LIMIT 1",
                     0, 0);
}

static bool is_small(struct db *db)
{
    return db_number(db, "SELECT count(*) FROM (SELECT 1 FROM articles LIMIT :id) x", MOST_ANEW + 1,
                     0) <= MOST_ANEW;
}

/* Stories above that number are found anew. */
static int64_t first_of(struct db *db, enum store_fresh_part part)
{
    if (part == FRESH_NEW)
        return INT64_MAX;
    return part == FRESH_ALL && is_small(db) ? 0 : before_imports(db);
}

bool store_fresh_articles(struct store *store, struct arena *a, enum store_fresh_part part,
                          struct store_fresh *out, struct err *err)
{
    size_t cap = 0;
    *out = (struct store_fresh){0};
    struct db *db = store_read_begin(store, 10 * READ_LIMIT_MS, err);
    if (!db)
        return false;
    out->after = first_of(db, part);
    struct query q = query_begin(
        db, "SELECT a.id, a.story, a.signature FROM (SELECT x.id FROM stories x WHERE x.stale > 0"
            " UNION SELECT y.id FROM stories y WHERE y.id > :after) f JOIN stories s ON s.id = f.id"
            " JOIN articles a ON a.story = s.id WHERE" FRESH
            " AND a.signature IS NOT NULL ORDER BY a.story, a.id");
    query_int(&q, ":after", out->after);
    while (query_step(&q)) {
        out->v = arena_grow(a, out->v, out->n, &cap, sizeof *out->v);
        out->v[out->n++] = (struct store_fresh_article){query_get_int(&q, 0), query_get_int(&q, 1),
                                                        query_get_str(&q, 2, a)};
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok;
}

/* Each group keeps a story that one of its articles is in, each story goes to one group; 0 where
 * none is left. Articles are by story. */
static void choose_stories(const struct store_fresh *fresh, const uint32_t *group, int64_t *target)
{
    int64_t given = 0;
    for (size_t i = 0; i < fresh->n; i++) {
        int64_t story = fresh->v[i].story;
        if (target[group[i]] || story == given)
            continue;
        target[group[i]] = given = story;
    }
}

static bool add_story(struct db *db, int64_t article, int64_t *story, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(db, "INSERT INTO stories (title, sample, created, updated)"
                                     " SELECT title, sample, :now, :now FROM articles"
                                     " WHERE id = :article RETURNING id");
    query_int(&q, ":article", article);
    query_str(&q, ":now", stamp_str(&now));
    return query_id(&q, story, err);
}

/* What belongs to the article goes where it went. */
static bool follow(struct db *db, const char *sql, const struct store_fresh_article *article,
                   int64_t to, struct err *err)
{
    struct query q = query_begin(db, sql);
    query_int(&q, ":id", article->id);
    query_int(&q, ":from", article->story);
    query_int(&q, ":to", to);
    return query_do(&q, err);
}

/* Unless a person has been there meanwhile. */
static bool move(struct db *db, const struct store_fresh *fresh, size_t i, int64_t to,
                 struct err *err)
{
#define IF_IT_WENT                                                                                 \
    " WHERE article = :id AND story = :from"                                                       \
    " AND EXISTS (SELECT 1 FROM articles WHERE id = :id AND story = :to)"
    struct query q =
        query_begin(db, "UPDATE articles SET story = :to, slot = 0 WHERE id = :id AND story = :from"
                        " AND EXISTS (SELECT 1 FROM stories s WHERE s.id = :from AND" FRESH ")");
    query_int(&q, ":id", fresh->v[i].id);
    query_int(&q, ":from", fresh->v[i].story);
    query_int(&q, ":to", to);
    query_int(&q, ":after", fresh->after);
    return query_do(&q, err) &&
           follow(db, "UPDATE statement_rows SET story = :to" IF_IT_WENT, &fresh->v[i], to, err) &&
           follow(db, "UPDATE import_items SET story = :to" IF_IT_WENT, &fresh->v[i], to, err);
#undef IF_IT_WENT
}

/* Its address leads to where its articles went. Moves that led to it lead on. */
static bool note_move(struct db *db, int64_t story, int64_t to, struct err *err)
{
    struct query q = query_begin(db, "INSERT INTO story_moves (story, went) VALUES (:id, :to)"
                                     " ON CONFLICT (story) DO UPDATE SET went = excluded.went");
    query_int(&q, ":id", story);
    query_int(&q, ":to", to);
    return query_do(&q, err);
}

/* An empty story leaves; its actors no longer count it. */
static bool drop_story(struct db *db, int64_t story, struct err *err)
{
    static const char *const steps[] = {
        "UPDATE actors SET statements = actors.statements - t.statements,"
        " articles = actors.articles - t.articles, stories = stories - 1"
        " FROM story_actor_rows t WHERE t.story = :id AND t.actor_number = actors.number",
        "DELETE FROM stories WHERE id = :id",
    };
    if (!claims_leave(db, story, err))
        return false;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct query q = query_begin(db, steps[i]);
        query_int(&q, ":id", story);
        if (!query_do(&q, err))
            return false;
    }
    return true;
}

/* Counts of the story anew, or the story gone; `to`: where an article of it went. */
static bool settle(struct db *db, int64_t story, int64_t to, struct err *err)
{
    if (db_number(db, "SELECT EXISTS (SELECT 1 FROM articles WHERE story = :id)", story, 0))
        return story_refresh(db, story, err);
    return note_move(db, story, to, err) && drop_story(db, story, err);
}

static bool regroup(struct db *db, const struct store_fresh *fresh, const uint32_t *group,
                    int64_t *target, struct err *err)
{
    bool ok = true, moved = false;
    choose_stories(fresh, group, target);
    for (size_t i = 0; ok && i < fresh->n; i++) {
        int64_t *to = &target[group[i]];
        ok = *to || add_story(db, fresh->v[i].id, to, err);
        if (ok && *to != fresh->v[i].story)
            ok = story_leaves(db, fresh->v[i].id, *to, err) && move(db, fresh, i, *to, err) &&
                 story_refresh(db, *to, err);
    }
    for (size_t i = 0; ok && i < fresh->n; i++) {
        moved |= target[group[i]] != fresh->v[i].story;
        if (i + 1 < fresh->n && fresh->v[i].story == fresh->v[i + 1].story)
            continue;
        ok = !moved || settle(db, fresh->v[i].story, target[group[i]], err);
        moved = false;
    }
    return ok;
}

/* Is every group one story as it is? */
static bool is_settled(const struct store_fresh *fresh, const uint32_t *group)
{
    for (size_t i = 1; i < fresh->n; i++)
        if ((fresh->v[i].story == fresh->v[i - 1].story) != (group[i] == group[i - 1]))
            return false;
    uint32_t groups = 0;
    for (size_t i = 0; i < fresh->n; i++)
        groups = group[i] >= groups ? group[i] + 1 : groups;
    uint32_t stories = 0;
    for (size_t i = 0; i < fresh->n; i++)
        stories += i == 0 || fresh->v[i].story != fresh->v[i - 1].story;
    return groups == stories;
}

bool store_regroup(struct store *store, const struct store_fresh *fresh, const uint32_t *group,
                   struct err *err)
{
    if (is_settled(fresh, group))
        return true;
    struct arena a = {0};
    int64_t *target = arena_array(&a, fresh->n + 1, sizeof *target);
    struct db *db = store_write_begin(store, err);
    bool ok = db && store_write_end(store, regroup(db, fresh, group, target, err),
                                    CHANGED_CONTENT | CHANGED_IMPORTS, err);
    arena_finish(&a);
    return ok;
}
