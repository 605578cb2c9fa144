/* The journal: decisions are appended, never changed; undo and redo are entries of their own.
 * What a decision means is worked out when a story is compared (effect/); only where
 * articles belong and what they are called is changed at once. */
#include "store/decision/deciding.h"

#include "store/list/fragments.h"
#include "store/listing.h"

static bool fill_in(struct deciding *d)
{
    static const struct {
        const char *target;
        bool (*decide)(struct deciding *d);
    } targets[] = {{"statement", decide_statement}, {"utterance", decide_utterance},
                   {"conflict", decide_conflict},   {"issue", decide_issue},
                   {"actor", decide_actor},         {"article", decide_article},
                   {"story", decide_story},         {"outlet", decide_outlet},
                   {"coding", decide_coding}};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        if (str_eq(d->decision->target, str_of(targets[i].target)))
            return targets[i].decide(d);
    return fail(d->err, ERR_INVALID, "there is nothing of that type to decide about");
}

static bool consider(struct deciding *d)
{
    bool ok = fill_in(d);
    return d->failed.kind ? fail(d->err, d->failed.kind, "%s", d->failed.message) : ok;
}

/* One line of the journal. */
struct entry {
    struct str action, target, key, exact, note, by;
    int64_t id, article;
    const cJSON *before, *after;
};

static bool append(struct db *db, const struct entry *e, int64_t *id, struct err *err)
{
    struct stamp now = stamp_now();
    char *before = e->before ? cJSON_PrintUnformatted(e->before) : NULL;
    char *after = e->after ? cJSON_PrintUnformatted(e->after) : NULL;
    struct query q = query_begin(
        db, "INSERT INTO decisions (time, action, target, target_id, target_key, article, exact,"
            " before, after, note, by, revision) VALUES (:time, :action, :target, :id, :key,"
            " :article, :exact, coalesce(:before, 'null'), coalesce(:after, 'null'), :note, :by,"
            " :revision) RETURNING id");
    query_str(&q, ":by", e->by);
    query_int(&q, ":revision", (int64_t)shared_revision(db).content + 1);
    query_str(&q, ":time", stamp_str(&now));
    query_str(&q, ":action", e->action);
    query_str(&q, ":target", e->target);
    query_int_opt(&q, ":id", e->id);
    query_str_opt(&q, ":key", e->key);
    query_int_opt(&q, ":article", e->article);
    query_str_opt(&q, ":exact", e->exact);
    query_str_opt(&q, ":before", str_of(before));
    query_str_opt(&q, ":after", str_of(after));
    query_str(&q, ":note", e->note);
    bool ok = query_id(&q, id, err);
    cJSON_free(before);
    cJSON_free(after);
    return ok;
}

/* The story is to be compared anew, and the journal knows which decision touched it. */
static bool touch(struct db *db, int64_t decision, int64_t story, struct err *err)
{
    struct query q = query_begin(db, "INSERT INTO decision_stories (decision, story)"
                                     " VALUES (:decision, :story) ON CONFLICT DO NOTHING");
    query_int(&q, ":decision", decision);
    query_int(&q, ":story", story);
    return query_do(&q, err) && story_refresh(db, story, err);
}

/* Has anybody decided about the same, or taken that back, since this was looked at? Whatever else
 * happens in the store is no reason to refuse. */
static bool check_revision(struct db *db, const struct store_decision *decision, struct err *err)
{
    if (!decision->if_revision)
        return true;
    struct query q = query_begin(
        db, "SELECT 1 FROM decisions d WHERE d.id IN (SELECT a.id FROM decisions a"
            "  WHERE a.target = :target AND a.target_id = :id AND :id > 0 UNION SELECT b.id"
            "  FROM decisions b WHERE b.target = :target AND b.target_key = :key)"
            " AND (d.revision > :revision OR EXISTS (SELECT 1 FROM decisions u WHERE"
            "  u.target = 'decision' AND u.target_id = d.id AND u.revision > :revision)) LIMIT 1");
    query_str(&q, ":target", decision->target);
    query_int(&q, ":id", decision->id);
    query_str_opt(&q, ":key", decision->key);
    query_int(&q, ":revision", (int64_t)decision->if_revision);
    bool decided = query_step(&q);
    if (!query_end(&q, err))
        return false;
    return !decided ||
           fail(err, ERR_CONFLICT, "somebody has decided about it since you looked at it");
}

/* Who an actor is matters wherever one is named so, in stories that have come since as well; an
 * outlet's name wherever it has an article. */
static bool touch_named(struct deciding *d, struct str target, const cJSON *state)
{
    const cJSON *outlet;
    if (str_eq(target, S("actor")))
        return decide_touch_named(d, state);
    cJSON_ArrayForEach(outlet, cJSON_GetObjectItemCaseSensitive(state, "outlets")) {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(outlet, "id");
        if (!decide_touch_all(d,
                              "SELECT story FROM articles WHERE outlet = :id AND story > 0 UNION"
                              " SELECT story FROM articles WHERE outlet_named = :id AND story > 0",
                              id ? (int64_t)id->valuedouble : 0, (struct str){0}))
            return false;
    }
    return true;
}

static bool record(struct deciding *d, int64_t *id)
{
    if (!consider(d))
        return false;
    if (d->nothing)
        return true;
    if (!touch_named(d, d->decision->target, d->before) ||
        !touch_named(d, d->decision->target, d->after))
        return false;
    struct entry e = {.action = d->decision->action,
                      .target = d->decision->target,
                      .key = d->key,
                      .exact = d->exact,
                      .note = d->decision->note,
                      .by = d->decision->by,
                      .id = d->id,
                      .article = d->article,
                      .before = d->before,
                      .after = d->after};
    if (!append(d->db, &e, id, d->err) || !decide_apply(d->db, d->before, d->after, d->err))
        return false;
    for (size_t i = 0; i < d->n_stories; i++)
        if (!touch(d->db, *id, d->stories[i], d->err))
            return false;
    return true;
}

bool store_decide(struct store *store, const struct store_decision *decision, int64_t *id,
                  struct err *err)
{
    int64_t entry = 0;
    struct deciding d = {
        .decision = decision, .err = err, .id = decision->id, .key = decision->key};
    d.db = store_write_begin_durable(store, err);
    if (!d.db)
        return false;
    bool dry = decision->listing && decision->listing->dry;
    bool ok = check_revision(d.db, decision, err) && (dry ? consider(&d) : record(&d, &entry));
    if (!ok || !dry)
        ok = store_write_end(store, ok, CHANGED_CONTENT, err);
    else
        store_write_end(store, false, CHANGED_CONTENT, &(struct err){0});
    cJSON_Delete(d.before);
    cJSON_Delete(d.after);
    arena_finish(&d.arena);
    if (ok)
        *id = entry;
    return ok;
}

/* -------------------------------------------------------------------------------- undo, redo */

static bool copy_touched(struct db *db, int64_t from, int64_t to, struct err *err)
{
    struct arena a = {0};
    int64_t *stories = NULL;
    size_t n = 0, cap = 0;
    struct query q = query_begin(db, "SELECT story FROM decision_stories WHERE decision = :id");
    query_int(&q, ":id", from);
    while (query_step(&q)) {
        stories = arena_grow(&a, stories, n, &cap, sizeof *stories);
        stories[n++] = query_get_int(&q, 0);
    }
    bool ok = query_end(&q, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = touch(db, to, stories[i], err);
    arena_finish(&a);
    return ok;
}

/* A decision to go back behind or forth to, and what was recorded when it was undone last. */
struct turn {
    int64_t id;
    struct str target; /* "actor", "outlet", or nothing of interest here */
    cJSON *before, *after, *undone;
};

static cJSON *tree_of(struct query *q, int column)
{
    struct str text = query_peek_str(q, column);
    return text.n ? cJSON_ParseWithLength(text.p, text.n) : NULL;
}

static struct str target_of(struct str target)
{
    return str_eq(target, S("actor"))    ? S("actor")
           : str_eq(target, S("outlet")) ? S("outlet")
                                         : (struct str){0};
}

static void turn_finish(struct turn *t)
{
    cJSON_Delete(t->before);
    cJSON_Delete(t->after);
    cJSON_Delete(t->undone);
}

/* Undo: the newest that stands. Redo: of those taken back since anything was decided, the one that
 * was taken back last. Of one person, where one is asked for; one that is named goes at any time.
 */
/* One that is named rests on a text that is still there: its id may be another statement's since.
 */
#define SAME_TEXT                                                                                  \
    " AND (:about IS NULL OR d.article IS NULL OR NOT EXISTS (SELECT 1 FROM article_versions v"    \
    "  WHERE v.article = d.article AND v.current AND v.version > 1 AND v.seen >= d.time))"
#define DECISION_ASKED " AND (:about IS NULL OR d.id = :about)"
static bool find_turn(struct db *db, bool back, const struct store_turn *asked, struct turn *out,
                      struct err *err)
{
    struct query q = query_begin(
        db,
        back ? "SELECT d.id, d.before, d.after, NULL, d.target FROM decisions d"
               " WHERE d.target <> 'decision' AND NOT " DECISION_UNDONE DECISION_ASKED
               " AND (:by IS NULL OR :about IS NOT NULL OR d.by = :by) ORDER BY d.id DESC LIMIT 1"
             : "SELECT d.id, d.before, d.after, (SELECT u.before FROM decisions u WHERE"
               "  u.target = 'decision' AND u.target_id = d.id ORDER BY u.id DESC LIMIT 1),"
               " d.target FROM decisions d WHERE d.id IN (SELECT u.target_id FROM "
               "decisions u WHERE"
               "  u.target = 'decision'"
               "  AND (:by IS NULL OR :about IS NOT NULL OR u.by = :by)"
               "  AND (:about IS NOT NULL OR u.id > (SELECT w.id FROM decisions w WHERE w.target "
               "<> 'decision'"
               "   AND (:by IS NULL OR w.by = :by) ORDER BY w.id DESC LIMIT 1)))"
               " AND " DECISION_UNDONE DECISION_ASKED SAME_TEXT " ORDER BY (SELECT max(u.id) FROM"
               "  decisions u WHERE u.target = 'decision' AND u.target_id = d.id) DESC LIMIT 1");
    query_str_opt(&q, ":by", asked->by);
    query_int_opt(&q, ":about", asked->about);
    if (query_step(&q))
        *out = (struct turn){query_get_int(&q, 0), target_of(query_peek_str(&q, 4)), tree_of(&q, 1),
                             tree_of(&q, 2), tree_of(&q, 3)};
    return query_end(&q, err) &&
           (out->id ||
            fail(err, ERR_MISSING, back ? "there is nothing to undo" : "there is nothing to redo"));
}

/* What was decided about the same later rests on it: these must be taken back first. */
static bool check_free(struct db *db, int64_t about, struct err *err)
{
    struct query q =
        query_begin(db, "SELECT d.id FROM decisions o JOIN decisions d ON " DECISION_RESTS
                        " WHERE o.id = :about ORDER BY d.id DESC LIMIT 1");
    query_int(&q, ":about", about);
    int64_t later = query_step(&q) ? query_get_int(&q, 0) : 0;
    if (!query_end(&q, err))
        return false;
    return !later || fail(err, ERR_CONFLICT,
                          "it was decided about the same again since (entry %lld of the journal): "
                          "take that back first",
                          (long long)later);
}

static bool go_back(struct db *db, const struct turn *t, struct store_turn *asked, struct err *err)
{
    struct err why = {0};
    cJSON *since = decide_came_since(db, t->before, t->after, &why);
    cJSON *moved = decide_moved(since, t->before);
    struct entry e = {.action = S("undo"),
                      .target = S("decision"),
                      .by = asked->by,
                      .id = t->id,
                      .before = since,
                      .after = moved};
    bool ok = !why.kind || fail(err, why.kind, "%s", why.message);
    ok = ok && append(db, &e, &asked->id, err) && decide_apply(db, NULL, moved, err) &&
         decide_apply(db, t->after, t->before, err);
    cJSON_Delete(since);
    cJSON_Delete(moved);
    return ok;
}

static bool go_forth(struct db *db, const struct turn *t, struct store_turn *asked, struct err *err)
{
    struct entry e = {.action = S("redo"), .target = S("decision"), .by = asked->by, .id = t->id};
    return append(db, &e, &asked->id, err) && decide_apply(db, NULL, t->undone, err) &&
           decide_apply(db, t->before, t->after, err);
}

/* Where nobody was named any more since: in what came after somebody was found to be nobody, and
 * where articles have moved since. */
#define CAME_SINCE                                                                                 \
    "SELECT DISTINCT a.story FROM decisions x JOIN article_versions v ON v.seen >= x.time"         \
    " JOIN articles a ON a.id = v.article WHERE x.id = :id AND x.target = 'actor'"                 \
    " AND x.action = 'dismiss' AND a.story > 0 UNION SELECT t.story FROM decisions x"              \
    " JOIN decisions d ON d.id > x.id AND d.target IN ('story', 'article', 'decision')"            \
    " JOIN decision_stories t ON t.decision = d.id WHERE x.id = :id AND x.target = 'actor'"        \
    " AND x.action = 'dismiss' AND t.story > 0"

/* The stories that the decision touched, the one that its article has come to, and those that name
 * its actors by now. */
static bool touch_again(struct db *db, const struct turn *t, int64_t entry, struct err *err)
{
    struct deciding d = {.db = db, .err = err};
    bool ok = copy_touched(db, t->id, entry, err) &&
              decide_touch_all(&d,
                               "SELECT a.story FROM decisions x JOIN articles a ON a.id = x.article"
                               " WHERE x.id = :id AND x.target <> 'coding' AND a.story > 0",
                               t->id, (struct str){0});
    ok = ok && decide_touch_all(&d, CAME_SINCE, t->id, (struct str){0});
    ok = ok && touch_named(&d, t->target, t->before) && touch_named(&d, t->target, t->after);
    for (size_t i = 0; ok && i < d.n_stories; i++)
        ok = touch(db, entry, d.stories[i], err);
    arena_finish(&d.arena);
    return ok;
}

static bool go_back_or_forth(struct db *db, bool back, struct store_turn *asked, struct err *err)
{
    struct turn turn = {0};
    bool ok = find_turn(db, back, asked, &turn, err) && check_free(db, turn.id, err) &&
              (back ? go_back(db, &turn, asked, err) : go_forth(db, &turn, asked, err)) &&
              touch_again(db, &turn, asked->id, err);
    asked->about = turn.id;
    turn_finish(&turn);
    return ok;
}

static bool step(struct store *store, bool back, struct store_turn *asked, struct err *err)
{
    struct store_turn turn = *asked;
    struct db *db = store_write_begin_durable(store, err);
    if (!db)
        return false;
    bool ok = go_back_or_forth(db, back, &turn, err);
    if (!store_write_end(store, ok, CHANGED_CONTENT, err))
        return false;
    *asked = turn;
    return true;
}

bool store_turn_back(struct store *store, struct store_turn *turn, struct err *err)
{
    return step(store, true, turn, err);
}

bool store_turn_forth(struct store *store, struct store_turn *turn, struct err *err)
{
    return step(store, false, turn, err);
}

bool store_undo(struct store *store, int64_t *id, struct err *err)
{
    struct store_turn turn = {0};
    bool ok = step(store, true, &turn, err);
    *id = ok ? turn.id : *id;
    return ok;
}

bool store_redo(struct store *store, int64_t *id, struct err *err)
{
    struct store_turn turn = {0};
    bool ok = step(store, false, &turn, err);
    *id = ok ? turn.id : *id;
    return ok;
}

bool store_decision_stories(struct store *store, struct arena *a, int64_t decision,
                            struct store_touched *out, struct err *err)
{
    size_t cap = 0;
    struct store_touched found = {0};
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "SELECT s.id, s.articles FROM decision_stories t"
                                     " JOIN stories s ON s.id = t.story WHERE t.decision = :id");
    query_int(&q, ":id", decision);
    while (query_step(&q)) {
        found.v = arena_grow(a, found.v, found.n, &cap, sizeof *found.v);
        found.v[found.n].story = query_get_int(&q, 0);
        found.v[found.n++].articles = query_get_int(&q, 1);
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    if (ok)
        *out = found;
    return ok;
}

bool store_decision_by(struct store *store, struct arena *a, int64_t decision, struct str *by,
                       struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(db, "SELECT d.by FROM decisions d WHERE d.id = :id");
    query_int(&q, ":id", decision);
    *by = query_step(&q) ? query_get_str(&q, 0, a) : (struct str){0};
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok;
}
