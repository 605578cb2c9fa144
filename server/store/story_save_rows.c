/* Statements, issues, utterances, positions and conflicts of a story into the tables. */
#include "store/saving.h"

#include <stdlib.h>

enum { CONTEXT = 240 };

/* ---------------------------------------------------------------------------------- statements */

/* The JSON columns of one statement; buffers are used again for the next. */
struct rendered {
    struct buf words, source, cue, content, context;
};

static void rendered_finish(struct rendered *r)
{
    buf_finish(&r->words);
    buf_finish(&r->source);
    buf_finish(&r->cue);
    buf_finish(&r->content);
    buf_finish(&r->context);
}

static void render_spans(const struct saving *s, size_t article, const struct spans *spans,
                         struct buf *out)
{
    out->n = 0;
    struct json j = json_begin(out);
    json_array(&j);
    for (size_t i = 0; i < spans->n; i++)
        saving_span(s, article, spans->v[i], &j);
    json_end_array(&j);
}

/* All that the statement covers. */
static struct span hull(const struct lang_statement *st)
{
    const struct spans *const roles[] = {&st->source, &st->cue, &st->content};
    struct span all = {UINT32_MAX, 0};
    for (size_t r = 0; r < 3; r++)
        for (size_t i = 0; i < roles[r]->n; i++) {
            struct span at = roles[r]->v[i];
            all.start = at.start < all.start ? at.start : all.start;
            all.end = at.end > all.end ? at.end : all.end;
        }
    return all.end ? all : (struct span){0, 0};
}

static void render(const struct saving *s, size_t article, const struct lang_statement *st,
                   struct rendered *r)
{
    struct str text = s->indexes[article].text;
    struct span all = hull(st);
    r->words.n = r->context.n = 0;
    for (size_t i = 0; i < st->content.n; i++) {
        buf_add(&r->words, i ? S(" … ") : S(""));
        buf_add(&r->words, str_slice(text, st->content.v[i].start, st->content.v[i].end));
    }
    render_spans(s, article, &st->source, &r->source);
    render_spans(s, article, &st->cue, &r->cue);
    render_spans(s, article, &st->content, &r->content);
    struct json j = json_begin(&r->context);
    json_object(&j);
    json_field_str(&j, "before", saving_before(s, article, all.start, CONTEXT));
    json_field_str(&j, "after", saving_behind(s, article, all.end, CONTEXT));
    json_end_object(&j);
}

/* What the index has of it must go before the row changes; the same words stay as they are. */
static bool unindex(struct saving *s, int64_t id, struct str words, bool *same)
{
    struct query q = query_begin(s->db, "SELECT words = :words FROM statements WHERE id = :id");
    query_int(&q, ":id", id);
    query_str(&q, ":words", words);
    bool found = query_step(&q);
    *same = found && query_get_int(&q, 0);
    return query_end(&q, s->err) && (!found || *same || search_statement(s->db, id, false, s->err));
}

static bool save_spans(struct saving *s, size_t article, int64_t id,
                       const struct lang_statement *st)
{
    static const char *const names[] = {"source", "cue", "content"};
    const struct spans *const roles[] = {&st->source, &st->cue, &st->content};
    struct query q = query_begin(s->db, "INSERT OR IGNORE INTO statement_spans"
                                        " (statement, role, start, end)"
                                        " VALUES (:id, :role, :start, :end)");
    for (size_t r = 0; r < 3; r++)
        for (size_t i = 0; i < roles[r]->n; i++) {
            query_int(&q, ":id", id);
            query_str(&q, ":role", str_of(names[r]));
            query_int(&q, ":start", saving_point(s, article, roles[r]->v[i].start));
            query_int(&q, ":end", saving_point(s, article, roles[r]->v[i].end));
            query_again(&q);
        }
    if (!query_end(&q, s->err))
        return false;
    q = query_begin(s->db, "INSERT OR IGNORE INTO statement_positions"
                           " (statement, issue, stance, condition)"
                           " SELECT :id, :issue, :stance, :condition"
                           " WHERE EXISTS (SELECT 1 FROM issues WHERE key = :issue)");
    for (size_t i = 0; i < st->n_positions; i++) {
        query_int(&q, ":id", id);
        query_str(&q, ":issue", st->positions[i].issue);
        query_str(&q, ":stance", str_of(stance_names[st->positions[i].stance]));
        query_str(&q, ":condition", st->positions[i].condition);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

static void bind_statement(struct query *q, const struct lang_reading *reading,
                           const struct lang_statement *st, const struct rendered *r)
{
    query_str(q, ":kind", str_of(statement_kind_names[st->kind]));
    query_str_opt(q, ":speaker", saving_key(reading, st->speaker));
    query_str_opt(q, ":via", saving_key(reading, st->via));
    query_str(q, ":channel", st->channel);
    query_str(q, ":said_on", st->said_on);
    query_real(q, ":confidence", (double)st->confidence);
    query_str(q, ":rule", str_of(st->rule ? st->rule : ""));
    query_str(q, ":words", buf_str(&r->words));
    query_str(q, ":source", buf_str(&r->source));
    query_str(q, ":cue", buf_str(&r->cue));
    query_str(q, ":content", buf_str(&r->content));
    query_str(q, ":context", buf_str(&r->context));
}

static bool save_statement(struct saving *s, size_t article, size_t n, struct rendered *r)
{
    const struct compare_article *from = &s->c->input->articles[article];
    const struct lang_statement *st = &from->reading->statements[n];
    int64_t id = from->statement_ids[n];
    bool same = false;
    enum statement_status status =
        from->statement_status ? from->statement_status[n] : STATUS_PROPOSED;
    render(s, article, st, r);
    if (!unindex(s, id, buf_str(&r->words), &same))
        return false;
    struct query q = query_begin(
        s->db,
        "INSERT INTO statements (id, article, story, start, kind, speaker, via, channel, said_on,"
        " confidence, rule, status, words, source, cue, content, context) VALUES (:id, :article,"
        " :story, :start, :kind, :speaker, :via, :channel, :said_on, :confidence, :rule, :status,"
        " :words, :source, :cue, :content, :context) ON CONFLICT (id) DO UPDATE SET"
        " article = excluded.article, story = excluded.story, start = excluded.start,"
        " kind = excluded.kind, speaker = excluded.speaker, via = excluded.via,"
        " channel = excluded.channel, said_on = excluded.said_on,"
        " confidence = excluded.confidence, rule = excluded.rule, status = excluded.status,"
        " words = excluded.words, source = excluded.source, cue = excluded.cue,"
        " content = excluded.content, context = excluded.context, utterance = NULL,"
        " variant = '', fullest = 0");
    bind_statement(&q, from->reading, st, r);
    query_int(&q, ":id", id);
    query_int(&q, ":article", from->id);
    query_int(&q, ":story", s->story->id);
    query_int(&q, ":start", st->content.n ? saving_point(s, article, st->content.v[0].start) : 0);
    query_str(&q, ":status", str_of(statement_status_names[status]));
    return query_do(&q, s->err) && (same || search_statement(s->db, id, true, s->err)) &&
           save_spans(s, article, id, st);
}

/* Statements that were stored and are no more. `gone` is a JSON array of the ids that stay. */
static bool drop_gone(struct saving *s, struct str stay)
{
    struct query q =
        query_begin(s->db, "INSERT INTO statement_search (statement_search, rowid, words)"
                           " SELECT 'delete', id, words FROM statements WHERE story = :story"
                           " AND id NOT IN (SELECT value FROM json_each(:stay))");
    query_int(&q, ":story", s->story->id);
    query_str(&q, ":stay", stay);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db, "DELETE FROM statements WHERE story = :story"
                           " AND id NOT IN (SELECT value FROM json_each(:stay))");
    query_int(&q, ":story", s->story->id);
    query_str(&q, ":stay", stay);
    return query_do(&q, s->err);
}

/* What hangs on the story's statements goes first, in the order of the references. */
static bool clear_derived(struct saving *s)
{
    static const char *const clear[] = {
        "DELETE FROM positions WHERE story = :id",
        "DELETE FROM utterances WHERE story = :id",
        "DELETE FROM conflicts WHERE story = :id",
        "DELETE FROM statement_spans WHERE statement IN (SELECT id FROM statements WHERE story = "
        ":id)",
        "DELETE FROM statement_positions WHERE statement IN"
        " (SELECT id FROM statements WHERE story = :id)",
    };
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++) {
        struct query q = query_begin(s->db, clear[i]);
        query_int(&q, ":id", s->story->id);
        if (!query_do(&q, s->err))
            return false;
    }
    return true;
}

bool save_statements(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    struct buf stay = {0};
    struct json j = json_begin(&stay);
    struct rendered r = {0};
    json_array(&j);
    for (size_t i = 0; i < in->n_articles; i++)
        for (size_t k = 0; k < in->articles[i].reading->n_statements; k++)
            json_int(&j, in->articles[i].statement_ids[k]);
    json_end_array(&j);
    bool ok = clear_derived(s) && drop_gone(s, buf_str(&stay));
    for (size_t i = 0; ok && i < in->n_articles; i++)
        for (size_t k = 0; ok && k < in->articles[i].reading->n_statements; k++)
            ok = save_statement(s, i, k, &r);
    rendered_finish(&r);
    buf_finish(&stay);
    return ok;
}

/* -------------------------------------------------------------------------------------- issues */

static bool save_issue(struct saving *s, const struct lang_issue *issue)
{
    struct query q = query_begin(
        s->db, "INSERT INTO issues (key, title, by) VALUES (:key, :title, :by)"
               " ON CONFLICT (key) DO UPDATE SET title = excluded.title, by = excluded.by"
               " WHERE excluded.by = 'person' OR by = 'engine'");
    query_str(&q, ":key", issue->id);
    query_str(&q, ":title", issue->title);
    query_str(&q, ":by", issue->by_person ? S("person") : S("engine"));
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db,
                    "INSERT OR IGNORE INTO story_issues (story, issue) VALUES (:story, :key)");
    query_int(&q, ":story", s->story->id);
    query_str(&q, ":key", issue->id);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db, "INSERT OR IGNORE INTO issue_terms (story, issue, number, term)"
                           " VALUES (:story, :key, :number, :term)");
    for (size_t i = 0; i < issue->n_terms; i++) {
        query_int(&q, ":story", s->story->id);
        query_str(&q, ":key", issue->id);
        query_int(&q, ":number", (int64_t)i + 1);
        query_str(&q, ":term", issue->terms[i]);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

bool save_issues(struct saving *s)
{
    const struct lang_issues *issues = s->c->input->issues;
    struct query q = query_begin(s->db, "DELETE FROM issue_terms WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db, "DELETE FROM story_issues WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    for (size_t i = 0; issues && i < issues->n; i++)
        if (!save_issue(s, &issues->v[i]))
            return false;
    return true;
}

/* ----------------------------------------------------------------------------------- utterances */

static size_t count_outlets(const struct saving *s, const struct utterance *u)
{
    size_t n = 0;
    for (size_t i = 0; i < u->n_wordings; i++) {
        struct str outlet = s->c->input->articles[u->wordings[i].article].outlet;
        size_t k = 0;
        while (k < i && !str_eq(outlet, s->c->input->articles[u->wordings[k].article].outlet))
            k++;
        n += k == i;
    }
    return n;
}

static bool save_wordings(struct saving *s, const struct utterance *u)
{
    struct query q = query_begin(s->db, "UPDATE statements SET utterance = :utterance,"
                                        " variant = :variant, fullest = :fullest WHERE id = :id");
    for (size_t i = 0; i < u->n_wordings; i++) {
        const struct wording *w = &u->wordings[i];
        query_int(&q, ":utterance", u->id);
        query_str(&q, ":variant", str_of(variant_names[w->variant]));
        query_int(&q, ":fullest", w->fullest);
        query_int(&q, ":id", s->c->input->articles[w->article].statement_ids[w->statement]);
        query_again(&q);
    }
    if (!query_end(&q, s->err))
        return false;
    q = query_begin(s->db, "INSERT OR IGNORE INTO utterance_absences (utterance, article, why)"
                           " VALUES (:utterance, :article, :why)");
    for (size_t i = 0; i < u->n_absent; i++) {
        query_int(&q, ":utterance", u->id);
        query_int(&q, ":article", s->c->input->articles[u->absent[i].article].id);
        query_str(&q, ":why", str_of(absence_names[u->absent[i].why]));
        query_again(&q);
    }
    return query_end(&q, s->err);
}

bool save_utterances(struct saving *s)
{
    for (size_t i = 0; i < s->c->n_utterances; i++) {
        const struct utterance *u = &s->c->utterances[i];
        struct query q = query_begin(
            s->db,
            "INSERT OR REPLACE INTO utterances (id, story, speaker, issue, said_on, rule, outlets)"
            " VALUES (:id, :story, :speaker,"
            " (SELECT key FROM issues WHERE key = :issue), :said_on, :rule, :outlets)");
        query_int(&q, ":id", u->id);
        query_int(&q, ":story", s->story->id);
        query_str_opt(&q, ":speaker", u->speaker);
        query_str(&q, ":issue", u->issue);
        query_str(&q, ":said_on", u->said_on);
        query_str(&q, ":rule", str_of(u->rule ? u->rule : ""));
        query_int(&q, ":outlets", (int64_t)count_outlets(s, u));
        if (!query_do(&q, s->err) || !save_wordings(s, u))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------ positions, conflicts */

static bool save_evidence(struct saving *s, const struct position *p)
{
    int64_t id = sqlite3_last_insert_rowid(s->db->handle);
    struct query q = query_begin(s->db, "INSERT OR IGNORE INTO position_statements"
                                        " (position, statement) VALUES (:position, :statement)");
    for (size_t i = 0; i < p->n_statements; i++) {
        query_int(&q, ":position", id);
        query_int(&q, ":statement", p->statements[i]);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

bool save_positions(struct saving *s)
{
    for (size_t i = 0; i < s->c->n_positions; i++) {
        const struct position *p = &s->c->positions[i];
        struct query q = query_begin(
            s->db, "INSERT INTO positions (story, actor, issue, stance, condition, since, was,"
                   " disputed, articles) VALUES (:story, :actor, :issue, :stance, :condition,"
                   " :since, :was, :disputed, :articles)");
        query_int(&q, ":story", s->story->id);
        query_str(&q, ":actor", p->actor);
        query_str(&q, ":issue", p->issue);
        query_str(&q, ":stance", str_of(stance_names[p->stance]));
        query_str(&q, ":condition", p->condition);
        query_str(&q, ":since", p->since);
        query_str(&q, ":was", p->was);
        query_int(&q, ":disputed", p->disputed);
        query_int(&q, ":articles", (int64_t)p->n_articles);
        if (!query_do(&q, s->err) || !save_evidence(s, p))
            return false;
    }
    return true;
}

static bool save_conflict_spans(struct saving *s, const struct conflict *c)
{
    struct query q = query_begin(
        s->db,
        "INSERT INTO conflict_spans (conflict, number, article, start, end, exact, prefix, suffix)"
        " VALUES (:conflict, :number, :article, :start, :end, :exact, :prefix, :suffix)");
    for (size_t i = 0; i < c->n_spans; i++) {
        size_t article = c->spans[i].article;
        struct span at = c->spans[i].at;
        query_int(&q, ":conflict", c->id);
        query_int(&q, ":number", (int64_t)i + 1);
        query_int(&q, ":article", s->c->input->articles[article].id);
        query_int(&q, ":start", saving_point(s, article, at.start));
        query_int(&q, ":end", saving_point(s, article, at.end));
        query_str(&q, ":exact", str_slice(s->indexes[article].text, at.start, at.end));
        query_str(&q, ":prefix", saving_before(s, article, at.start, 32));
        query_str(&q, ":suffix", saving_behind(s, article, at.end, 32));
        query_again(&q);
    }
    return query_end(&q, s->err);
}

bool save_conflicts(struct saving *s)
{
    static const char *const statuses[] = {"proposed", "confirmed", "dismissed"};
    for (size_t i = 0; i < s->c->n_conflicts; i++) {
        const struct conflict *c = &s->c->conflicts[i];
        struct query q = query_begin(
            s->db, "INSERT OR REPLACE INTO conflicts (id, story, rule, nature, note, status)"
                   " VALUES (:id, :story, :rule, :nature, :note, :status)");
        query_int(&q, ":id", c->id);
        query_int(&q, ":story", s->story->id);
        query_str(&q, ":rule", str_of(c->rule));
        query_str(&q, ":nature", str_of(c->nature ? c->nature : ""));
        query_str(&q, ":note", c->note);
        query_str(&q, ":status", str_of(statuses[c->status]));
        if (!query_do(&q, s->err) || !save_conflict_spans(s, c))
            return false;
    }
    return true;
}
