/* Keeps the result of a comparison, in one transaction: what was derived before is replaced, ids
 * of statements stay. The parts are in save_*.c, the document in document.c. */
#include "store/story/saving.h"

/* ----------------------------------------------------------------------------------- articles */

static bool save_origins(struct saving *s)
{
    struct query q = query_begin(s->db, "DELETE FROM origins WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db,
                    "INSERT INTO origins (story, number, articles) VALUES (:story, :number, 1)"
                    " ON CONFLICT (story, number) DO UPDATE SET articles = articles + 1");
    for (size_t i = 0; i < s->c->input->n_articles; i++) {
        query_int(&q, ":story", s->story->id);
        query_int(&q, ":number", s->c->origin[i]);
        query_again(&q);
    }
    if (!query_end(&q, s->err))
        return false;
    q = query_begin(s->db, "DELETE FROM rewrites WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db, "INSERT INTO rewrites (story, of, by, share)"
                           " VALUES (:story, :of, :by, :share)"
                           " ON CONFLICT (story, of, by) DO UPDATE SET share = excluded.share");
    for (size_t i = 0; i < s->c->n_rewrites; i++) {
        const struct rewrite *r = &s->c->rewrites[i];
        query_int(&q, ":story", s->story->id);
        query_int(&q, ":of", s->c->input->articles[r->of].id);
        query_int(&q, ":by", s->c->input->articles[r->by].id);
        query_real(&q, ":share", r->share);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

/* What the articles' rows hold that is saved here, at once: on a server each question is waited
 * for.
 */
static bool load_stored(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    size_t n = in->n_articles;
    s->stored = arena_array(&s->arena, n + 1, sizeof *s->stored);
    struct query q = query_begin(
        s->db,
        "SELECT id, slot, rank, mentions FROM articles WHERE story = :story ORDER BY day, id");
    query_int(&q, ":story", s->story->id);
    for (size_t at = 0; query_step(&q); at++) { /* nearly always in the order of the input */
        int64_t id = query_get_int(&q, 0);
        size_t i = at, tried = 0;
        while (tried < n && in->articles[i % n].id != id)
            i++, tried++;
        if (tried < n)
            s->stored[i % n] = (struct article_row){query_get_int(&q, 1), query_get_int(&q, 2),
                                                    query_get_int(&q, 3)};
    }
    return query_end(&q, s->err);
}

/* The slots that the story's articles have, 0 for one that has none or that another has, too. No
 * slot is so high that the letters of articles which went would outweigh those of what is left. */
static void load_slots(struct saving *s, bool *taken, int64_t most)
{
    for (size_t i = 0; i < s->c->input->n_articles; i++) {
        int64_t slot = s->stored[i].slot;
        if (slot <= 0 || slot > most || taken[slot])
            continue;
        taken[slot] = true;
        s->slots[i] = slot;
    }
}

static void give_slots(struct saving *s)
{
    size_t n = s->c->input->n_articles, most = 2 * n + 8, last = 0;
    bool *taken = arena_array(&s->arena, most + 1, sizeof *taken);
    s->slots = arena_array(&s->arena, n + 1, sizeof *s->slots);
    load_slots(s, taken, (int64_t)most);
    for (size_t r = 0; r < n; r++) {
        int64_t *slot = &s->slots[s->c->order[r]];
        while (*slot == 0 && taken[++last])
            ;
        *slot = *slot ? *slot : (int64_t)last;
        s->n_slots = (size_t)*slot > s->n_slots ? (size_t)*slot : s->n_slots;
    }
}

static bool save_ranks(struct saving *s)
{
    struct query q = query_begin(s->db, "UPDATE articles SET slot = :slot, rank = :rank"
                                        " WHERE id = :id AND (slot <> :slot OR rank <> :rank)");
    for (size_t r = 0; r < s->c->input->n_articles; r++) {
        size_t article = s->c->order[r];
        if (s->stored[article].slot == s->slots[article] &&
            s->stored[article].rank == (int64_t)r + 1)
            continue;
        query_int(&q, ":slot", s->slots[article]);
        query_int(&q, ":rank", (int64_t)r + 1);
        query_int(&q, ":id", s->c->input->articles[article].id);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

bool save_articles(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    if (!load_stored(s))
        return false;
    give_slots(s);
    for (size_t i = 0; i < in->n_articles; i++)
        if (!save_mentions(s, i))
            return false;
    for (size_t i = 0; i < s->story->n_articles; i++)
        if (s->story->articles[i].attributions_new &&
            !attributions_save(s->db, &s->story->articles[i], s->err))
            return false;
    struct query q = query_begin(
        s->db,
        "UPDATE articles SET origin = :origin, language = CASE WHEN :language = "
        "'' THEN language ELSE :language END,"
        " statements = (SELECT count(*) FROM statements WHERE article = :article"
        " AND status <> 'rejected') WHERE id = :article AND"
        " (origin IS NOT :origin OR (:language <> '' AND language <> :language) OR statements <>"
        " (SELECT count(*) FROM statements WHERE article = :article"
        " AND status <> 'rejected'))");
    for (size_t i = 0; i < in->n_articles; i++) {
        query_int(&q, ":origin", s->c->origin[i]);
        query_str(&q, ":language", in->articles[i].reading->language);
        query_int(&q, ":article", in->articles[i].id);
        query_again(&q);
    }
    return query_end(&q, s->err) && save_ranks(s) && save_origins(s);
}

#define IN_STORY "article IN (SELECT id FROM articles WHERE story = :id) AND status <> 'rejected'"

/* -------------------------------------------------------------------------------------- story */

static bool save_head(struct saving *s)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(
        s->db,
        "UPDATE stories SET title = CASE WHEN title_by = 'person' OR :title = '' THEN title ELSE "
        ":title END,"
        " stale = max(0, stale - :stale), saved = saved + 1, updated = :now, origins = :origins,"
        " statements = (SELECT count(*) FROM statement_rows WHERE " IN_STORY "),"
        " utterances = (SELECT count(*) FROM utterances WHERE story = :id),"
        " speakers = (SELECT count(DISTINCT speaker_number) FROM statement_rows WHERE " IN_STORY
        "),"
        " reviewed = coalesce((SELECT avg(CASE WHEN status = 'proposed' THEN 0.0 ELSE 1.0 END)"
        "  FROM statement_rows WHERE " IN_STORY "), 0),"
        " issues = (SELECT count(DISTINCT issue_number) FROM position_rows WHERE story = :id),"
        " conflicts = (SELECT count(*) FROM conflicts WHERE story = :id AND status <> 'dismissed')"
        " WHERE id = :id");
    query_int(&q, ":id", s->story->id);
    query_str(&q, ":title", s->c->title);
    query_int(&q, ":stale", s->story->stale);
    query_int(&q, ":origins", (int64_t)s->c->n_origins);
    query_str(&q, ":now", stamp_str(&now));
    return query_do(&q, s->err);
}

static bool save_parts(struct saving *s)
{
    return save_actors(s) && save_issues(s) && save_statements(s) && save_articles(s) &&
           save_changes(s) && save_utterances(s) && save_positions(s) && save_conflicts(s) &&
           save_worth(s) && save_document(s) && save_head(s);
}

/* Somebody else saved the story, or an article of it went, since this comparison read it: who
 * compares holds a lock of the story, but a lock is lost with its connection. */
static bool saved_since(const struct saving *s)
{
    return db_number(s->db, "SELECT saved FROM stories WHERE id = :id", s->story->id, -1) !=
           s->story->saved;
}

/* What was compared counts for nothing: the story waits to be compared by whoever comes next. */
static bool compare_again(struct saving *s)
{
    struct query q =
        query_begin(s->db, "UPDATE stories SET stale = 1 WHERE id = :id AND stale = 0");
    query_int(&q, ":id", s->story->id);
    return query_do(&q, s->err);
}

bool store_story_save(struct store *store, const struct store_story *story,
                      const struct comparison *comparison, struct err *err)
{
    struct saving s = {.story = story, .c = comparison, .err = err};
    const struct compare_input *in = comparison->input;
    s.indexes = arena_array(&s.arena, in->n_articles + 1, sizeof *s.indexes);
    for (size_t i = 0; i < in->n_articles; i++)
        s.indexes[i] = utf8_index_make(&s.arena, in->articles[i].reading->text);
    prepare_statements(&s);
    prepare_document(&s);
    s.db = store_write_begin(store, err);
    bool ok = s.db && (saved_since(&s) ? compare_again(&s) : save_parts(&s));
    ok = s.db && store_write_end(store, ok, CHANGED_CONTENT, err);
    arena_finish(&s.arena);
    return ok;
}
