/* Actors of a story into the tables: what the story says of each, the difference to what it said
 * before, and what follows from that for the actors of all stories (schema/005-claims.sql). */
#include "store/list/fragments.h"
#include "store/story/saving.h"

#include <stdlib.h>

/* What the story says of an actor. */
struct claim {
    struct str key, names, role, of;
    int64_t kind, statements, articles;
};

struct claims {
    struct claim *v;
    size_t n, cap;
};

static void add_claim(struct saving *s, struct claims *to, struct claim claim)
{
    to->v = arena_grow(&s->arena, to->v, to->n, &to->cap, sizeof *to->v);
    to->v[to->n++] = claim;
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct claim *)a)->key, ((const struct claim *)b)->key);
}

/* Every actor that a row of the story may refer to has one of its own. */
static bool make_rows(struct saving *s, const struct lang_reading *reading,
                      const struct claims *before)
{
    struct query q = query_begin(s->db, "INSERT INTO actors (key, name, kind, role, of,"
                                        " number) SELECT :key, :name, :kind, :role, :of,"
                                        " (SELECT coalesce(max(number), 0) + 1 FROM actors)"
                                        " WHERE NOT EXISTS (SELECT 1 FROM actors WHERE"
                                        " key = :key)");
    for (size_t i = 0; i < reading->n_actors; i++) {
        const struct lang_actor *actor = &reading->actors[i];
        if (before->n && bsearch(&(struct claim){.key = actor->key}, before->v, before->n,
                                 sizeof *before->v, by_key))
            continue;
        query_str(&q, ":key", actor->key);
        query_str(&q, ":name", actor->name);
        query_str(&q, ":kind", str_of(actor_kind_names[actor->kind]));
        query_str(&q, ":role", actor->role);
        query_str(&q, ":of", actor->of);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

/* ---------------------------------------------------------------------------------- the actors */

static struct claims claims_now(struct saving *s)
{
    struct claims now = {0};
    for (size_t i = 0; i < s->c->n_actors; i++) {
        const struct story_actor *of = &s->c->actors[i];
        add_claim(s, &now,
                  (struct claim){of->actor->key, names_column(s, of->actor), of->actor->role,
                                 of->actor->of, of->actor->kind, (int64_t)of->n_statements,
                                 (int64_t)of->n_articles});
    }
    if (now.n)
        qsort(now.v, now.n, sizeof *now.v, by_key);
    return now;
}

static bool claims_before(struct saving *s, struct claims *before)
{
    struct query q =
        query_begin(s->db, "SELECT actor, names, role, of, kind_number, statements, articles"
                           " FROM story_actors WHERE story = :story ORDER BY actor");
    query_int(&q, ":story", s->story->id);
    while (query_step(&q))
        add_claim(s, before,
                  (struct claim){query_get_str(&q, 0, &s->arena), query_get_str(&q, 1, &s->arena),
                                 query_get_str(&q, 2, &s->arena), query_get_str(&q, 3, &s->arena),
                                 query_get_int(&q, 4), query_get_int(&q, 5), query_get_int(&q, 6)});
    return query_end(&q, s->err);
}

static bool same_claim(const struct claim *a, const struct claim *b)
{
    return str_eq(a->names, b->names) && a->kind == b->kind && str_eq(a->role, b->role) &&
           str_eq(a->of, b->of) && a->statements == b->statements && a->articles == b->articles;
}

static bool put_claim(struct saving *s, const struct claim *now)
{
    struct query q = query_begin(
        s->db,
        "INSERT INTO story_actor_rows (story, actor_number, statements, articles, names, "
        "kind_number,"
        " role, of) VALUES (:story, (SELECT number FROM actors WHERE key = :actor), :statements,"
        " :articles, :names, :kind, :role, :of) ON CONFLICT (story, actor_number) DO UPDATE SET "
        "statements = excluded.statements,"
        " articles = excluded.articles, names = excluded.names,"
        " kind_number = excluded.kind_number, role = excluded.role, of = excluded.of");
    query_int(&q, ":story", s->story->id);
    query_str(&q, ":actor", now->key);
    query_int(&q, ":statements", now->statements);
    query_int(&q, ":articles", now->articles);
    query_str(&q, ":names", now->names);
    query_int(&q, ":kind", now->kind);
    query_str(&q, ":role", now->role);
    query_str(&q, ":of", now->of);
    return query_do(&q, s->err);
}

static bool drop_claim(struct saving *s, struct str key)
{
    struct query q =
        query_begin(s->db, "DELETE FROM story_actor_rows WHERE story = :story"
                           " AND actor_number = (SELECT number FROM actors WHERE key = :actor)");
    query_int(&q, ":story", s->story->id);
    query_str(&q, ":actor", key);
    return query_do(&q, s->err);
}

/* The actor's own row: counts change by what this story has more or fewer, the rest follows from
 * what all stories say. An actor that no story names any more keeps what it had. Offices are
 * ordered by themselves, too, for their own index to be taken: without it all of the actor's
 * stories that have none are walked. */
static bool settle_actor(struct saving *s, const struct claim *was, const struct claim *now)
{
    static const struct claim none = {0};
    struct str key = now ? now->key : was->key;
    const struct claim *before = was ? was : &none, *after = now ? now : &none;
    struct query q = query_begin(
        s->db,
        "UPDATE actors SET statements = statements + :statements, articles = articles + :articles,"
        " stories = stories + :stories,"
        " name = coalesce((SELECT t.name FROM story_actors t WHERE t.actor = :key AND t.name <> ''"
        "  ORDER BY -t.statements, t.story LIMIT 1), name),"
        " kind = coalesce((SELECT t.kind FROM story_actors t WHERE t.actor = :key AND t.name <> ''"
        "  ORDER BY -t.statements, t.story LIMIT 1), kind),"
        " role = coalesce((SELECT t.role FROM story_actors t WHERE t.actor = :key AND t.role <> ''"
        "  ORDER BY -t.statements, t.story, t.role LIMIT 1), ''),"
        " of = coalesce((SELECT t.of FROM story_actors t WHERE t.actor = :key AND t.of <> ''"
        "  ORDER BY -t.statements, t.story, t.of LIMIT 1), '') WHERE key = :key");
    query_str(&q, ":key", key);
    query_int(&q, ":statements", after->statements - before->statements);
    query_int(&q, ":articles", after->articles - before->articles);
    query_int(&q, ":stories", (now != NULL) - (was != NULL));
    return query_do(&q, s->err);
}

/* A store from before the claims: what stood there and no story has said since goes. */
static bool forget_earlier(struct saving *s, struct str key)
{
    static const char *const forget[] = {
        "DELETE FROM actor_name_rows WHERE actor_number = (SELECT number FROM actors WHERE key = "
        ":key)"
        " AND NOT EXISTS (SELECT 1 FROM story_actors w WHERE w.actor = :key AND " HAS_NAME(
            "w", "actor_name_rows.text") ")",
        "DELETE FROM actor_roles WHERE actor = :key AND NOT EXISTS (SELECT 1 FROM story_roles t"
        " WHERE t.actor = :key AND t.title = actor_roles.title AND t.of = actor_roles.of)"};
    for (size_t i = 0; i < 2; i++) {
        struct query q = query_begin(s->db, forget[i]);
        query_str(&q, ":key", key);
        if (!query_do(&q, s->err))
            return false;
    }
    return true;
}

/* Whom no story names any more is as the lists have it that brought it, and as it was edited since:
 * what the last story said of its office is no reason. */
static bool settle_listed(struct saving *s, struct str key)
{
    struct query q = query_begin(
        s->db,
        "UPDATE actors SET name = b.name, kind = b.kind, role = b.role, of = b.of FROM"
        " (SELECT d.id, json_extract(x.value, '$.name') AS name, json_extract(x.value, '$.kind')"
        "   AS kind, json_extract(x.value, '$.role') AS role, json_extract(x.value, '$.of') AS of"
        "  FROM decisions d JOIN json_each(d.after, '$.actors') x ON json_extract(x.value, '$.key')"
        "   = :key WHERE d.target = 'actor' AND d.action = 'add' AND NOT " DECISION_UNDONE
        " UNION ALL SELECT d.id, json_extract(d.after, '$.name'), json_extract(d.after, '$.kind'),"
        "  json_extract(d.after, '$.role'), json_extract(d.after, '$.of') FROM decisions d WHERE"
        "  d.target = 'actor' AND d.action = 'edit' AND d.target_key = :key AND "
        "NOT " DECISION_UNDONE " ORDER BY 1 DESC LIMIT 1) b"
        " WHERE actors.key = :key AND actors.stories = 0 AND actors.list_names <> ''");
    query_str(&q, ":key", key);
    return query_do(&q, s->err);
}

static bool change_claim(struct saving *s, const struct claim *was, const struct claim *now)
{
    if ((!was && !now) || (was && now && same_claim(was, now)))
        return true;
    return (now ? put_claim(s, now) : drop_claim(s, was->key)) && settle_actor(s, was, now) &&
           (now || settle_listed(s, was->key)) &&
           (!was || was->names.n || forget_earlier(s, was->key));
}

/* Both are in the order of the keys. */
static bool save_claims(struct saving *s, const struct claims *before)
{
    struct claims now = claims_now(s);
    bool ok = true;
    for (size_t i = 0, k = 0; ok && (i < before->n || k < now.n);) {
        int order = i == before->n ? 1 : k == now.n ? -1 : by_key(&before->v[i], &now.v[k]);
        ok = change_claim(s, order <= 0 ? &before->v[i] : NULL, order >= 0 ? &now.v[k] : NULL);
        i += order <= 0;
        k += order >= 0;
    }
    return ok;
}

bool save_actors(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    struct claims before = {0};
    bool ok = claims_before(s, &before);
    for (size_t i = 0; ok && i < in->n_articles; i++)
        ok = make_rows(s, in->articles[i].reading, &before);
    return ok && save_names(s) && save_claims(s, &before);
}

/* What the other stories say of the same form, and of the same office. */
#define SAME_NAME                                                                                  \
    "story_actor_rows w WHERE w.actor_number = actor_name_rows.actor_number AND w.story <> :id "   \
    "AND " HAS_NAME("w", "actor_name_rows.text")
#define SAME_ROLE                                                                                  \
    "story_roles o WHERE o.actor = actor_roles.actor AND o.title = actor_roles.title"              \
    " AND o.of = actor_roles.of AND o.story <> :id"
#define BEST(column, has)                                                                          \
    "(SELECT o." column " FROM story_actor_rows o WHERE o.actor_number = actors.number AND o." has \
    " <> '' AND o.story <> :id ORDER BY -o.statements, o.story, o." column " LIMIT 1)"
#define OF_STORY_NAMES                                                                             \
    " WHERE actor_number IN (SELECT t.actor_number FROM story_actor_rows t WHERE t.story = :id) "  \
    "AND"                                                                                          \
    " EXISTS (SELECT 1 FROM story_actor_rows t WHERE t.story = :id AND t.actor_number = "          \
    "actor_name_rows.actor_number AND " HAS_NAME("t", "actor_name_rows.text") ")"
#define OF_STORY_ROLES                                                                             \
    " WHERE (actor, title, of) IN (SELECT t.actor, t.title, t.of FROM story_roles t"               \
    " WHERE t.story = :id)"

/* Names and offices that another story has stay; the actors' own rows follow from the others. */
static const char *const leaving[] = {
    "DELETE FROM actor_name_rows" OF_STORY_NAMES " AND NOT EXISTS (SELECT 1 FROM " SAME_NAME ")",
    "UPDATE actor_name_rows SET kind = " KIND_OF_NAME("(SELECT min(" LETTER_OF_NAME(
        "w", "actor_name_rows.text") ") FROM " SAME_NAME ")") OF_STORY_NAMES,
    "DELETE FROM actor_roles" OF_STORY_ROLES " AND NOT EXISTS (SELECT 1 FROM " SAME_ROLE ")",
    "UPDATE actor_roles SET (first_day, last_day) = (SELECT min(o.first_day), max(o.last_day)"
    " FROM " SAME_ROLE ")" OF_STORY_ROLES,
    /* clang-format off */
    "UPDATE actors SET"
    " name = coalesce(" BEST("name", "name") ", name),"
    " kind = coalesce(" BEST("kind", "name") ", kind),"
    " role = coalesce(" BEST("role", "role") ", ''),"
    " of = coalesce(" BEST("of", "of") ", '')"
    " WHERE number IN (SELECT t.actor_number FROM story_actor_rows t WHERE t.story = :id)",
    /* clang-format on */
};

bool claims_leave(struct db *db, int64_t story, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof leaving / sizeof *leaving; i++) {
        struct query q = query_begin(db, leaving[i]);
        query_int(&q, ":id", story);
        ok = query_do(&q, err);
    }
    return ok;
}
