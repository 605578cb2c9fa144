/* What the standing decisions mean for one story: the journal read from its beginning, undone
 * entries left out. Statements are found again by their exact words; those whose words are gone
 * from the article wait in the journal (they are listed as orphaned). */
#include "store/effect/effect.h"
#include "store/list/fragments.h"

/* ---------------------------------------------------------------------------------- the journal */

/* Actors that a decision speaks of and the texts may not name. Office and belonging are what other
 * stories say of them: this one does not. */
static bool know_pinned(struct effects *e, struct err *err)
{
    for (size_t i = 0; i < 2 * e->story->n_pins; i++) {
        struct store_pin *pin = &e->story->pins[i / 2];
        struct str key = i % 2 ? pin->via : pin->speaker;
        struct query q = query_begin(e->db, "SELECT name, kind FROM actors WHERE key = :key");
        query_str(&q, ":key", key);
        if (query_step(&q)) {
            struct lang_actor actor = {.key = key, .name = query_get_str(&q, 0, e->a)};
            actor.kind = (enum actor_kind)effect_word(actor_kind_names, ACTOR_KIND_COUNT,
                                                      query_peek_str(&q, 1));
            actor.names = arena_array(e->a, 1, sizeof *actor.names);
            actor.names[actor.n_names++] = (struct lang_name){actor.name, NAME_FULL};
            e->story->pinned = arena_grow(e->a, e->story->pinned, e->story->n_pinned,
                                          &e->cap_pinned, sizeof *e->story->pinned);
            e->story->pinned[e->story->n_pinned++] = actor;
        }
        if (!query_end(&q, err))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------ what was undone */

static bool is_pinned(const struct effects *e, int64_t id)
{
    for (size_t i = 0; i < e->story->n_pins; i++)
        if (e->story->pins[i].id == id)
            return true;
    return false;
}

/* The words as a statement's row has them. */
static struct str words_of(struct effects *e, const cJSON *content)
{
    struct str words = {0};
    const cJSON *span;
    cJSON_ArrayForEach(span, content) {
        struct str exact = effect_text(e, span, "exact");
        words = words.n ? arena_fmt(e->a, "%.*s … %.*s", STR_ARG(words), STR_ARG(exact)) : exact;
    }
    return words;
}

/* The statement stands as decided in its row, and as the engine found it in the journal: it is to
 * be known again by that. */
static void take_back(struct effects *e, int64_t id, int64_t article, const cJSON *before)
{
    const struct utf8_index *x = effect_index(e, article);
    const cJSON *content = cJSON_GetObjectItem(before, "content");
    for (size_t i = 0; x && i < e->story->n_old; i++) {
        struct store_old_statement *old = &e->story->old[i];
        if (old->id != id)
            continue;
        struct spans at = effect_spans(e, x, content);
        struct spans cue = effect_spans(e, x, cJSON_GetObjectItem(before, "cue"));
        old->words = words_of(e, content);
        old->content = effect_hull(&at);
        old->cue = effect_hull(&cue);
    }
}

/* From the story's statements to the journal (CROSS JOIN: in this order), whose length is no matter
 * then. */
static bool take_undone(struct effects *e, struct err *err)
{
    struct query q = query_begin(
        e->db, "SELECT d.target_id, d.article, d.before FROM statements st CROSS JOIN decisions d"
               " ON d.target = 'statement' AND d.target_id = st.id WHERE " IN_STORY
               " AND st.status <> 'proposed' AND json_extract(d.before, '$.status') = 'proposed'"
               " AND " DECISION_UNDONE " ORDER BY d.id");
    query_int(&q, ":story", e->story->id);
    while (query_step(&q)) {
        struct str text = query_peek_str(&q, 2);
        cJSON *before = cJSON_ParseWithLength(text.p, text.n);
        if (!is_pinned(e, query_get_int(&q, 0)))
            take_back(e, query_get_int(&q, 0), query_get_int(&q, 1), before);
        cJSON_Delete(before);
    }
    return query_end(&q, err);
}

static void take(struct effects *e, struct query *q)
{
    struct str target = query_peek_str(q, 0), text = query_peek_str(q, 4);
    struct str earlier = query_peek_str(q, 5);
    cJSON *after = cJSON_ParseWithLength(text.p, text.n);
    bool was = str_eq(target, S("statement"));
    cJSON *before = was ? cJSON_ParseWithLength(earlier.p, earlier.n) : NULL;
    struct str key = query_get_str(q, 2, e->a);
    if (str_eq(target, S("statement")))
        effect_statement(e, before, after, query_get_int(q, 3));
    else if (str_eq(target, S("utterance")))
        effect_utterance(e, after);
    else if (str_eq(target, S("conflict")))
        effect_conflict(e, after, query_get_int(q, 1));
    else if (str_eq(target, S("issue")))
        effect_issue(e, after, key);
    else if (str_eq(target, S("actor")))
        effect_actor(e, after, key);
    cJSON_Delete(before);
    cJSON_Delete(after);
}

/* An article brings the decisions on its statements along when it moves; actors are everybody's. */
bool decisions_load(struct db *db, struct arena *a, struct store_story *out, struct err *err)
{
    struct effects e = {.db = db, .a = a, .story = out, .err = err};
    e.indexes = arena_array(a, out->n_articles + 1, sizeof *e.indexes);
    e.cap_old = out->n_old;
    for (size_t i = 0; i < out->n_articles; i++)
        e.indexes[i] = utf8_index_make(a, out->articles[i].text);
    struct query q = query_begin(
        db,
        "SELECT d.target, d.target_id, d.target_key, d.article, d.after, d.before FROM decisions d "
        "WHERE (" DECISION_OF_STORY " OR d.target = 'actor')"
        " AND d.target NOT IN ('decision', 'article', 'story', 'coding')"
        " AND NOT " DECISION_UNDONE " ORDER BY d.id");
    query_int(&q, ":story", out->id);
    while (query_step(&q))
        take(&e, &q);
    return query_end(&q, err) && !e.failed && take_undone(&e, err) && know_pinned(&e, err);
}
