/* Actors of a story into the tables: their names and offices, and how often they speak where. */
#include "store/story/saving.h"

#include "base/map.h"

/* True the first time these words are asked for. `written` holds by hash the rows that were written
 * for this story: the readings of a story repeat their actors, and asking the tables is dear. */
static bool written_first(struct arena *a, struct map *written, const struct str *words, size_t n)
{
    uint64_t hash = 1;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ str_hash(words[i])) * UINT64_C(0x9e3779b97f4a7c15);
    return (*map_at(a, written, hash))++ == 0;
}

static bool actor_names(struct saving *s, const struct lang_actor *actor, struct map *w)
{
    struct query q = query_begin(s->db, "INSERT INTO actor_names (actor, text, kind)"
                                        " VALUES (:key, :text, :kind)"
                                        " ON CONFLICT DO NOTHING");
    for (size_t i = 0; i < actor->n_names; i++) {
        const struct str row[] = {actor->key, actor->names[i].text};
        if (!written_first(&s->arena, w, row, 2))
            continue;
        query_str(&q, ":key", actor->key);
        query_str(&q, ":text", actor->names[i].text);
        query_str(&q, ":kind", str_of(name_kind_names[actor->names[i].kind]));
        query_again(&q);
    }
    return query_end(&q, s->err);
}

static bool actor_role(struct saving *s, const struct lang_actor *actor, struct str day)
{
    if (actor->role.n == 0)
        return true;
    struct query q =
        query_begin(s->db, "INSERT INTO actor_roles (actor, title, of, first_day, last_day)"
                           " VALUES (:key, :title, :of, :day, :day) ON CONFLICT DO UPDATE SET"
                           " first_day = min(coalesce(first_day, excluded.first_day), "
                           "coalesce(excluded.first_day, first_day)),"
                           " last_day = max(coalesce(last_day, excluded.last_day), "
                           "coalesce(excluded.last_day, last_day))");
    query_str(&q, ":key", actor->key);
    query_str(&q, ":title", actor->role);
    query_str(&q, ":of", actor->of);
    query_str_opt(&q, ":day", str_slice(day, 0, 10));
    return query_do(&q, s->err);
}

static bool actor_row(struct saving *s, const struct lang_actor *actor)
{
    struct query q = query_begin(
        s->db,
        "INSERT INTO actors (key, name, kind, role, of) VALUES (:key, :name, :kind, :role, :of)"
        " ON CONFLICT (key) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
        " role = CASE WHEN excluded.role = '' THEN role ELSE excluded.role END,"
        " of = CASE WHEN excluded.of = '' THEN of ELSE excluded.of END"
        " WHERE name <> excluded.name OR kind <> excluded.kind"
        " OR (excluded.role <> '' AND role <> excluded.role)"
        " OR (excluded.of <> '' AND of <> excluded.of)");
    query_str(&q, ":key", actor->key);
    query_str(&q, ":name", actor->name);
    query_str(&q, ":kind", str_of(actor_kind_names[actor->kind]));
    query_str(&q, ":role", actor->role);
    query_str(&q, ":of", actor->of);
    return query_do(&q, s->err);
}

/* The actor's row unless it was written already. */
static bool actor_save(struct saving *s, const struct lang_actor *actor, struct map *w)
{
    const struct str row[] = {S("actor"), actor->key};
    return (!written_first(&s->arena, w, row, 2) || actor_row(s, actor)) &&
           actor_names(s, actor, w);
}

/* The counts over all stories change by what this story has more or fewer of. */
static bool count_actors(struct saving *s, int sign)
{
    struct query q = query_begin(
        s->db, "UPDATE actors SET statements = actors.statements + :sign * t.statements,"
               " articles = actors.articles + :sign * t.articles, stories = stories + :sign"
               " FROM story_actors t WHERE t.story = :story AND t.actor = actors.key");
    query_int(&q, ":sign", sign);
    query_int(&q, ":story", s->story->id);
    return query_do(&q, s->err);
}

static bool story_actors(struct saving *s)
{
    struct query q = query_begin(s->db, "DELETE FROM story_actors WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db, "INSERT INTO story_actors (story, actor, statements, articles)"
                           " VALUES (:story, :actor, :statements, :articles)");
    for (size_t i = 0; i < s->c->n_actors; i++) {
        const struct story_actor *actor = &s->c->actors[i];
        query_int(&q, ":story", s->story->id);
        query_str(&q, ":actor", actor->actor->key);
        query_int(&q, ":statements", (int64_t)actor->n_statements);
        query_int(&q, ":articles", (int64_t)actor->n_articles);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

/* The story's actors first, for the story has the last word on each; then the other actors of
 * the readings, since mentions refer to them. */
bool save_actors(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    struct map w = {0};
    for (size_t i = 0; i < s->c->n_actors; i++)
        if (!actor_save(s, s->c->actors[i].actor, &w))
            return false;
    for (size_t i = 0; i < in->n_articles; i++)
        for (size_t k = 0; k < in->articles[i].reading->n_actors; k++) {
            const struct lang_actor *actor = &in->articles[i].reading->actors[k];
            if (!actor_save(s, actor, &w) || !actor_role(s, actor, in->articles[i].published))
                return false;
        }
    return count_actors(s, -1) && story_actors(s) && count_actors(s, 1);
}
