/* compare_write: the comparison document of DESIGN.md 3.3, with what server/api/README.md adds.
 *
 * Articles stand in canonical order as everything else, so that the document depends on what was
 * compared alone. Offsets are converted here and nowhere else. */
#include "compare/parts.h"

#include <stdio.h>

enum { CONTEXT = 32 };

struct writer {
    const struct comparison *c;
    const struct compare_input *in;
    struct json *j;
    struct utf8_index *indices;
    uint32_t *order;
    enum offset_unit unit;
    bool bare;
};

/* Members that a bare document leaves out where they say nothing. */
static void write_opt(const struct writer *w, const char *name, struct str value)
{
    if (!w->bare || value.n)
        json_field_opt(w->j, name, value);
}

static void write_bool(const struct writer *w, const char *name, bool value)
{
    if (!w->bare || value)
        json_field_bool(w->j, name, value);
}

static void write_span_fields(const struct writer *w, uint32_t article, struct span at)
{
    const struct utf8_index *x = &w->indices[article];
    size_t points = utf8_offset(x, at.start, OFFSET_CODE_POINTS),
           end = utf8_offset(x, at.end, OFFSET_CODE_POINTS);
    size_t from = utf8_byte(x, points > CONTEXT ? points - CONTEXT : 0),
           to = utf8_byte(x, end + CONTEXT);
    json_field_int(w->j, "start", (int64_t)utf8_offset(x, at.start, w->unit));
    json_field_int(w->j, "end", (int64_t)utf8_offset(x, at.end, w->unit));
    if (w->bare)
        return;
    json_field_str(w->j, "exact", str_slice(x->text, at.start, at.end));
    json_field_str(w->j, "prefix", str_slice(x->text, from, at.start));
    json_field_str(w->j, "suffix", str_slice(x->text, at.end, to));
}

/* Bare: [start, end]. */
static void write_span(const struct writer *w, uint32_t article, struct span at)
{
    const struct utf8_index *x = &w->indices[article];
    if (w->bare) {
        json_array(w->j);
        json_int(w->j, (int64_t)utf8_offset(x, at.start, w->unit));
        json_int(w->j, (int64_t)utf8_offset(x, at.end, w->unit));
        json_end_array(w->j);
        return;
    }
    json_object(w->j);
    write_span_fields(w, article, at);
    json_end_object(w->j);
}

static void write_spans(const struct writer *w, const char *key, uint32_t article,
                        struct spans spans)
{
    if (w->bare && spans.n == 0)
        return;
    json_key(w->j, key);
    json_array(w->j);
    for (size_t i = 0; i < spans.n; i++)
        write_span(w, article, spans.v[i]);
    json_end_array(w->j);
}

static void write_ids(struct json *j, const char *key, const int64_t *ids, size_t n)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < n; i++)
        json_int(j, ids[i]);
    json_end_array(j);
}

static void write_story(const struct writer *w)
{
    json_key(w->j, "story");
    json_object(w->j);
    json_field_int(w->j, "id", w->in->story_id);
    json_field_str(w->j, "title", w->c->title);
    json_field_int(w->j, "articles", (int64_t)w->in->n_articles);
    json_field_int(w->j, "origins", (int64_t)w->c->n_origins);
    json_end_object(w->j);
}

static size_t statements_of(const struct compare_article *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->reading->n_statements; i++)
        n += !a->statement_status || a->statement_status[i] != STATUS_REJECTED;
    return n;
}

static void write_articles(const struct writer *w)
{
    struct json *j = w->j;
    json_key(j, "articles");
    json_array(j);
    for (size_t r = 0; r < w->in->n_articles; r++) {
        const struct compare_article *a = &w->in->articles[w->order[r]];
        json_object(j);
        json_field_int(j, "id", a->id);
        json_field_opt(j, "file", a->file);
        json_field_opt(j, "outlet", a->outlet);
        json_field_str(j, "title", a->title);
        json_field_opt(j, "published", a->published);
        json_field_opt(j, "url", a->url);
        json_field_opt(j, "language", a->reading->language);
        json_field_str(j, "text", a->reading->text);
        json_field_int(j, "origin", w->c->origin[w->order[r]]);
        json_field_int(j, "statements", (int64_t)statements_of(a));
        json_field_bool(j, "reviewed", a->reviewed);
        json_field_opt(j, "notice",
                       a->notice.n || a->reading->fully_read
                           ? a->notice
                           : S("Not in English: only direct quotations were read."));
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_actors(const struct writer *w)
{
    struct json *j = w->j;
    json_key(j, "actors");
    json_array(j);
    for (size_t i = 0; i < w->c->n_actors; i++) {
        const struct story_actor *s = &w->c->actors[i];
        json_object(j);
        json_field_str(j, "key", s->actor->key);
        json_field_str(j, "name", s->actor->name);
        json_field_str(j, "kind", str_of(actor_kind_names[s->actor->kind]));
        json_field_opt(j, "role", s->actor->role);
        json_field_opt(j, "of", s->actor->of);
        json_key(j, "names");
        json_array(j);
        for (size_t k = 0; k < s->actor->n_names; k++)
            json_str(j, s->actor->names[k].text);
        json_end_array(j);
        json_field_int(j, "statements", (int64_t)s->n_statements);
        write_ids(j, "articles", s->articles, s->n_articles);
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_issues(const struct writer *w)
{
    struct json *j = w->j;
    json_key(j, "issues");
    json_array(j);
    for (size_t i = 0; w->in->issues && i < w->in->issues->n; i++) {
        const struct lang_issue *issue = &w->in->issues->v[i];
        json_object(j);
        json_field_str(j, "id", issue->id);
        json_field_str(j, "title", issue->title);
        json_key(j, "terms");
        json_array(j);
        for (size_t k = 0; k < issue->n_terms; k++)
            json_str(j, issue->terms[k]);
        json_end_array(j);
        json_field_str(j, "sort", str_of(issue_sort_names[issue->sort]));
        json_field_str(j, "by", issue->by_person ? S("person") : S("engine"));
        json_end_object(j);
    }
    json_end_array(j);
}

static struct str key_of(const struct lang_reading *r, int32_t actor)
{
    return actor >= 0 && (size_t)actor < r->n_actors ? r->actors[actor].key : (struct str){0};
}

static void write_confidence(struct json *j, float confidence)
{
    json_key(j, "confidence");
    json_num(j, (double)confidence, 3);
}

static void write_taken(const struct writer *w, const struct lang_statement *st)
{
    struct json *j = w->j;
    if (w->bare && st->n_positions == 0)
        return;
    json_key(j, "positions");
    json_array(j);
    for (size_t i = 0; i < st->n_positions; i++) {
        json_object(j);
        json_field_str(j, "issue", st->positions[i].issue);
        json_field_str(j, "stance", str_of(stance_names[st->positions[i].stance]));
        write_opt(w, "condition", st->positions[i].condition);
        write_confidence(j, st->positions[i].confidence);
        json_end_object(j);
    }
    json_end_array(j);
}

/* Bare: left out where it is what most are. */
static void write_unless(const struct writer *w, const char *name, struct str value,
                         struct str usual)
{
    if (!w->bare || !str_eq(value, usual))
        json_field_opt(w->j, name, value);
}

static void write_wording(const struct writer *w, const struct wording *at, struct str speaker)
{
    struct json *j = w->j;
    const struct compare_article *a = &w->in->articles[at->article];
    const struct lang_statement *st = &a->reading->statements[at->statement];
    enum statement_status status =
        a->statement_status ? a->statement_status[at->statement] : STATUS_PROPOSED;
    json_object(j);
    json_field_int(j, "id", a->statement_ids ? a->statement_ids[at->statement] : 0);
    json_field_int(j, "article", a->id);
    json_field_str(j, "kind", str_of(statement_kind_names[st->kind]));
    write_unless(w, "speaker", key_of(a->reading, st->speaker), speaker);
    write_spans(w, "source", at->article, st->source);
    write_spans(w, "cue", at->article, st->cue);
    write_spans(w, "content", at->article, st->content);
    write_opt(w, "via", key_of(a->reading, st->via));
    write_opt(w, "channel", st->channel);
    write_opt(w, "said_on", st->said_on);
    json_key(j, "confidence");
    json_num(j, (double)st->confidence, 3);
    write_unless(w, "rule", str_of(st->rule), S("reader.model"));
    if (!w->bare || status != STATUS_PROPOSED)
        json_field_str(j, "status", str_of(statement_status_names[status]));
    json_field_str(j, "variant", str_of(variant_names[at->variant]));
    write_bool(w, "fullest", at->fullest);
    write_bool(w, "quotes_differ", at->quotes_differ);
    write_taken(w, st);
    json_end_object(j);
}

/* [{article, why}]; bare: {why: [article]}. */
static void write_absences(const struct writer *w, const struct utterance *u)
{
    struct json *j = w->j;
    json_key(j, "absent");
    json_array(j);
    for (size_t i = 0; i < u->n_absent; i++) {
        json_object(j);
        json_field_int(j, "article", w->in->articles[u->absent[i].article].id);
        json_field_str(j, "why", str_of(absence_names[u->absent[i].why]));
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_bare_absences(const struct writer *w, const struct utterance *u)
{
    struct json *j = w->j;
    json_key(j, "absent");
    json_object(j);
    for (int why = 0; why < ABSENT_COUNT; why++) {
        bool begun = false;
        for (size_t i = 0; i < u->n_absent; i++) {
            if (u->absent[i].why != (enum absence)why)
                continue;
            if (!begun) {
                json_key(j, absence_names[why]);
                json_array(j);
            }
            begun = true;
            json_int(j, w->in->articles[u->absent[i].article].id);
        }
        if (begun)
            json_end_array(j);
    }
    json_end_object(j);
}

static void write_utterance(const struct writer *w, const struct utterance *u)
{
    struct json *j = w->j;
    json_object(j);
    json_field_int(j, "id", u->id);
    write_opt(w, "speaker", u->speaker);
    write_opt(w, "issue", u->issue);
    write_opt(w, "said_on", u->said_on);
    write_opt(w, "rule", str_of(u->rule));
    json_key(j, "statements");
    json_array(j);
    for (size_t i = 0; i < u->n_wordings; i++)
        write_wording(w, &u->wordings[i], u->speaker);
    json_end_array(j);
    if (!w->bare)
        write_absences(w, u);
    else if (u->n_absent)
        write_bare_absences(w, u);
    json_end_object(j);
}

static void write_position(const struct writer *w, const struct position *p)
{
    struct json *j = w->j;
    json_object(j);
    json_field_str(j, "actor", p->actor);
    json_field_str(j, "issue", p->issue);
    json_field_str(j, "stance", str_of(stance_names[p->stance]));
    json_field_opt(j, "condition", p->condition);
    write_confidence(j, p->confidence);
    write_ids(j, "statements", p->statements, p->n_statements);
    write_ids(j, "articles", p->articles, p->n_articles);
    json_field_bool(j, "disputed", p->disputed);
    json_field_opt(j, "since", p->since);
    json_field_opt(j, "since_by",
                   !p->since.n     ? (struct str){0}
                   : p->since_said ? S("said")
                                   : S("published"));
    json_field_opt(j, "was", p->was);
    json_end_object(j);
}

static void write_conflict(const struct writer *w, const struct conflict *c)
{
    static const char *const status[] = {"proposed", "confirmed", "dismissed"};
    struct json *j = w->j;
    json_object(j);
    json_field_int(j, "id", c->id);
    json_field_str(j, "rule", str_of(c->rule));
    json_field_str(j, "nature", str_of(c->nature));
    json_field_str(j, "note", c->note);
    json_key(j, "spans");
    json_array(j);
    for (size_t i = 0; i < c->n_spans; i++) {
        json_object(j);
        json_field_int(j, "article", w->in->articles[c->spans[i].article].id);
        write_span_fields(w, c->spans[i].article, c->spans[i].at);
        if (c->spans[i].side)
            json_field_int(j, "side", c->spans[i].side);
        json_end_object(j);
    }
    json_end_array(j);
    json_field_str(j, "status", str_of(status[c->status]));
    json_end_object(j);
}

static void write_rewrite(const struct writer *w, const struct rewrite *r)
{
    struct json *j = w->j;
    json_object(j);
    json_field_int(j, "of", w->in->articles[r->of].id);
    json_field_int(j, "by", w->in->articles[r->by].id);
    json_key(j, "share");
    json_num(j, r->share, 3);
    json_key(j, "passages");
    json_array(j);
    for (size_t i = 0; i < r->n_passages; i++) {
        json_object(j);
        json_key(j, "of");
        write_span(w, r->of, r->passages[i].of);
        json_key(j, "by");
        write_span(w, r->by, r->passages[i].by);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

/* What was left out of the comparison, if anything was. */
static void write_notice(const struct writer *w)
{
    char notice[160];
    if (!w->c->n_limited)
        return;
    snprintf(notice, sizeof notice,
             "%zu statements share words with so many others that each was compared with some of "
             "them only.",
             w->c->n_limited);
    json_field_str(w->j, "notice", str_of(notice));
}

static void write_rest(const struct writer *w)
{
    json_key(w->j, "utterances");
    json_array(w->j);
    for (size_t i = 0; i < w->c->n_utterances; i++)
        write_utterance(w, &w->c->utterances[i]);
    json_end_array(w->j);
    json_key(w->j, "positions");
    json_array(w->j);
    for (size_t i = 0; i < w->c->n_positions; i++)
        write_position(w, &w->c->positions[i]);
    json_end_array(w->j);
    json_key(w->j, "conflicts");
    json_array(w->j);
    for (size_t i = 0; i < w->c->n_conflicts; i++)
        write_conflict(w, &w->c->conflicts[i]);
    json_end_array(w->j);
    json_key(w->j, "rewrites");
    json_array(w->j);
    for (size_t i = 0; i < w->c->n_rewrites; i++)
        write_rewrite(w, &w->c->rewrites[i]);
    json_end_array(w->j);
    write_notice(w);
}

void compare_write_as(const struct comparison *c, struct compare_form form, struct json *j)
{
    struct arena scratch = {0};
    struct work order = {.arena = &scratch, .in = c->input};
    struct writer w = {.c = c, .in = c->input, .j = j, .unit = form.unit, .bare = form.bare};
    work_order(&order);
    w.order = order.order;
    w.indices = arena_array(&scratch, c->input->n_articles + 1, sizeof *w.indices);
    for (size_t i = 0; i < c->input->n_articles; i++)
        w.indices[i] = utf8_index_make(&scratch, c->input->articles[i].reading->text);
    json_object(j);
    write_story(&w);
    write_articles(&w);
    write_actors(&w);
    write_issues(&w);
    write_rest(&w);
    json_end_object(j);
    arena_finish(&scratch);
}

void compare_write(const struct comparison *c, enum offset_unit unit, struct json *j)
{
    compare_write_as(c, (struct compare_form){unit, false}, j);
}
