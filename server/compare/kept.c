/* Comparisons as bytes and back: see kept.h.
 *
 * Each function below goes through one struct, field by field, for both directions: `wire.reads`
 * says which. Numbers are LEB128 (of seven bits a byte), spans and ids the difference to the one
 * before, a text is written once and then by its number. Bytes are not trusted: what does not fit
 * sets `bad`, and every place and number is checked before it is used. */
#include "compare/kept.h"

#include "base/buf.h"
#include "base/map.h"

#include <math.h>

/* To be counted on when the form changes. */
enum { FORM = 1 };

struct wire {
    struct arena *a;
    bool reads, bad;
    struct buf out;
    struct str in; /* what is left of it */
    struct str *texts;
    size_t n_texts, cap_texts;
    struct map places; /* hash of a text -> its number + 1 */
    uint32_t place;    /* end of the last span */
    int64_t id;        /* the last id */
};

static uint64_t take(struct wire *x)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (x->in.n == 0)
            break;
        unsigned char byte = (unsigned char)x->in.p[0];
        x->in = str_slice(x->in, 1, x->in.n);
        value |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return value;
    }
    x->bad = true;
    return 0;
}

static uint64_t number(struct wire *x, uint64_t value)
{
    if (x->reads)
        return take(x);
    uint64_t rest = value;
    for (; rest >= 128; rest >>= 7)
        buf_char(&x->out, (char)(rest | 128));
    buf_char(&x->out, (char)rest);
    return value;
}

/* A field that holds a number of `most` at most. */
#define NUMBER(x, field, most)                                                                     \
    do {                                                                                           \
        uint64_t n_ = number((x), (x)->reads ? 0 : (uint64_t)(field));                             \
        (x)->bad |= n_ > (uint64_t)(most);                                                         \
        if ((x)->reads)                                                                            \
            (field) = (x)->bad ? 0 : n_;                                                           \
    } while (0)

/* Differences are small either way: the sign goes into the lowest bit. */
static int64_t difference(struct wire *x, int64_t value)
{
    uint64_t n = number(x, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
    return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

static int64_t wire_id(struct wire *x, int64_t value)
{
    uint64_t step = (uint64_t)difference(x, (int64_t)((uint64_t)value - (uint64_t)x->id));
    x->id = (int64_t)((uint64_t)x->id + step);
    return x->id;
}

/* Each element takes a byte at least. */
static size_t count(struct wire *x, size_t n)
{
    uint64_t found = number(x, n);
    if (x->reads && found > x->in.n)
        x->bad = true;
    return x->bad ? 0 : (size_t)found;
}

/* The array is there when written and made when read. */
#define ARRAY(x, array, n)                                                                         \
    do {                                                                                           \
        (n) = count((x), (n));                                                                     \
        if ((x)->reads)                                                                            \
            (array) = arena_array((x)->a, (n) + 1, sizeof *(array));                               \
    } while (0)

/* ---------------------------------------------------------------------------------- the leaves */

static struct str new_text(struct wire *x, struct str text)
{
    size_t n = count(x, text.n);
    if (x->reads) {
        text = arena_str(x->a, str_slice(x->in, 0, n));
        x->in = str_slice(x->in, n, x->in.n);
    } else {
        buf_add(&x->out, text);
    }
    x->texts = arena_grow(x->a, x->texts, x->n_texts, &x->cap_texts, sizeof *x->texts);
    x->texts[x->n_texts++] = text;
    return text;
}

/* 0: the empty one; 1: a new one; else one that was there. Two of one hash are both written. */
static struct str wire_text(struct wire *x, struct str text)
{
    uint64_t n = 0;
    if (!x->reads && text.n) {
        uint32_t *place = map_at(x->a, &x->places, str_hash(text));
        bool known = *place && str_eq(x->texts[*place - 1], text);
        n = known ? *place + 1 : 1;
        if (!known)
            *place = (uint32_t)x->n_texts + 1;
    }
    n = number(x, n);
    if (n == 1)
        return new_text(x, text);
    x->bad |= n > x->n_texts + 1;
    return n && !x->bad ? x->texts[n - 2] : (struct str){0};
}

static void text(struct wire *x, struct str *field)
{
    struct str s = wire_text(x, *field);
    if (x->reads)
        *field = s;
}

static void word(struct wire *x, const char **field)
{
    struct str s = wire_text(x, x->reads ? (struct str){0} : str_of(*field ? *field : ""));
    if (x->reads)
        *field = s.n ? s.p : "";
}

/* Figures are written with three decimals. */
static void figure(struct wire *x, float *field)
{
    int64_t n = difference(x, x->reads ? 0 : lround((double)*field * 1000));
    if (x->reads)
        *field = (float)((double)n / 1000);
}

static void span(struct wire *x, struct span *at, struct str of)
{
    int64_t step = difference(x, (int64_t)at->start - (int64_t)x->place);
    uint64_t length = number(x, at->end - at->start);
    int64_t start = (int64_t)x->place + step;
    if (x->reads) {
        x->bad |= start < 0 || length > of.n || (uint64_t)start > of.n - length;
        *at = x->bad ? (struct span){0}
                     : (struct span){(uint32_t)start, (uint32_t)((uint64_t)start + length)};
    }
    x->place = at->end;
}

static void spans(struct wire *x, struct spans *list, struct str of)
{
    ARRAY(x, list->v, list->n);
    for (size_t i = 0; i < list->n; i++)
        span(x, &list->v[i], of);
}

static void ids(struct wire *x, int64_t **list, size_t *n)
{
    ARRAY(x, *list, *n);
    for (size_t i = 0; i < *n; i++)
        if (x->reads)
            (*list)[i] = wire_id(x, 0);
        else
            wire_id(x, (*list)[i]);
}

/* ---------------------------------------------------------------------------------- an article */

static void positions(struct wire *x, struct lang_statement *st)
{
    ARRAY(x, st->positions, st->n_positions);
    for (size_t i = 0; i < st->n_positions; i++) {
        struct lang_position *p = &st->positions[i];
        text(x, &p->issue);
        NUMBER(x, p->stance, STANCE_COUNT - 1);
        text(x, &p->condition);
        figure(x, &p->confidence);
    }
}

/* NO_ACTOR is -1. */
static void actor(struct wire *x, int32_t *field)
{
    uint64_t n = number(x, (uint64_t)((int64_t)*field + 1));
    x->bad |= n > INT32_MAX;
    if (x->reads)
        *field = x->bad ? NO_ACTOR : (int32_t)n - 1;
}

static void one_statement(struct wire *x, struct lang_statement *st, struct str of)
{
    NUMBER(x, st->kind, STATEMENT_KIND_COUNT - 1);
    actor(x, &st->speaker);
    actor(x, &st->via);
    spans(x, &st->source, of);
    spans(x, &st->cue, of);
    spans(x, &st->content, of);
    text(x, &st->channel);
    text(x, &st->said_on);
    figure(x, &st->confidence);
    word(x, &st->rule);
    positions(x, st);
}

static void statements(struct wire *x, struct compare_article *article, struct lang_reading *r)
{
    int64_t *numbers = NULL;
    enum statement_status *statuses = NULL;
    size_t n = r->n_statements;
    ARRAY(x, r->statements, n);
    if (x->reads) {
        r->n_statements = n;
        article->statement_ids = numbers = arena_array(x->a, n + 1, sizeof *numbers);
        article->statement_status = statuses = arena_array(x->a, n + 1, sizeof *statuses);
    }
    for (size_t i = 0; i < n; i++) {
        int64_t id = !x->reads && article->statement_ids ? article->statement_ids[i] : 0;
        enum statement_status status =
            !x->reads && article->statement_status ? article->statement_status[i] : STATUS_PROPOSED;
        id = wire_id(x, id);
        NUMBER(x, status, STATUS_COUNT - 1);
        one_statement(x, &r->statements[i], r->text);
        if (numbers && statuses) {
            numbers[i] = id;
            statuses[i] = status;
        }
    }
}

static void read_text(struct wire *x, struct compare_article *article, struct lang_reading *r,
                      const struct compare_texts *texts, struct err *err)
{
    uint64_t hash = number(x, x->reads ? 0 : str_hash(r->text));
    if (x->reads && texts && !x->bad)
        x->bad = !texts->find(texts->context, article->id, hash, &r->text, err);
}

/* What is written is a copy of the article and of its reading's own struct. */
static void article(struct wire *x, struct compare_article *at, struct lang_reading *r,
                    const struct compare_texts *texts, struct err *err)
{
    at->id = wire_id(x, at->id);
    text(x, &at->file);
    text(x, &at->outlet);
    text(x, &at->title);
    text(x, &at->published);
    text(x, &at->url);
    text(x, &at->notice);
    NUMBER(x, at->reviewed, 1);
    text(x, &r->language);
    NUMBER(x, r->fully_read, 1);
    read_text(x, at, r, texts, err);
    ARRAY(x, r->actors, r->n_actors);
    for (size_t i = 0; i < r->n_actors; i++)
        text(x, &r->actors[i].key);
    x->place = 0;
    statements(x, at, r);
}

static void articles(struct wire *x, struct comparison *c, struct compare_input *in,
                     const struct compare_texts *texts, struct err *err)
{
    const struct compare_article *given = in->articles;
    size_t n = count(x, in->n_articles);
    struct compare_article *all = arena_array(x->a, n + 1, sizeof *all);
    struct lang_reading *readings = arena_array(x->a, n + 1, sizeof *readings);
    if (x->reads)
        c->origin = arena_array(x->a, n + 1, sizeof *c->origin);
    for (size_t i = 0; i < n && !x->bad; i++) {
        if (!x->reads && given) {
            all[i] = given[i];
            readings[i] = *given[i].reading;
        }
        article(x, &all[i], &readings[i], texts, err);
        all[i].reading = &readings[i];
        NUMBER(x, c->origin[i], UINT32_MAX);
    }
    if (x->reads) {
        in->articles = all;
        in->n_articles = n;
    }
}

/* ----------------------------------------------------------------------------------- the story */

static void story_actor(struct wire *x, struct story_actor *s)
{
    struct lang_actor *who = arena_array(x->a, 1, sizeof *who);
    if (!x->reads)
        *who = *s->actor;
    text(x, &who->key);
    text(x, &who->name);
    NUMBER(x, who->kind, ACTOR_KIND_COUNT - 1);
    text(x, &who->role);
    text(x, &who->of);
    ARRAY(x, who->names, who->n_names);
    for (size_t i = 0; i < who->n_names; i++)
        text(x, &who->names[i].text);
    NUMBER(x, s->n_statements, SIZE_MAX);
    ids(x, &s->articles, &s->n_articles);
    if (x->reads)
        s->actor = who;
}

static void issues(struct wire *x, struct compare_input *in)
{
    struct lang_issues *all = arena_array(x->a, 1, sizeof *all);
    if (!x->reads && in->issues)
        *all = *in->issues;
    ARRAY(x, all->v, all->n);
    for (size_t i = 0; i < all->n; i++) {
        struct lang_issue *issue = &all->v[i];
        text(x, &issue->id);
        text(x, &issue->title);
        ARRAY(x, issue->terms, issue->n_terms);
        for (size_t k = 0; k < issue->n_terms; k++)
            text(x, &issue->terms[k]);
        NUMBER(x, issue->sort, ISSUE_SORT_COUNT - 1);
        NUMBER(x, issue->by_person, 1);
    }
    if (x->reads)
        in->issues = all;
}

/* An article's number; when read, there are as many. */
static void place(struct wire *x, uint32_t *field, const struct compare_input *in)
{
    NUMBER(x, *field, UINT32_MAX);
    x->bad |= *field >= in->n_articles;
    if (x->bad && x->reads)
        *field = 0;
}

static struct str text_at(const struct wire *x, const struct compare_input *in, uint32_t article)
{
    return x->bad || !in->articles ? (struct str){0} : in->articles[article].reading->text;
}

static void wording(struct wire *x, struct wording *w, const struct compare_input *in)
{
    place(x, &w->article, in);
    NUMBER(x, w->statement, UINT32_MAX);
    x->bad =
        x->bad || !in->articles || w->statement >= in->articles[w->article].reading->n_statements;
    NUMBER(x, w->variant, VARIANT_COUNT - 1);
    NUMBER(x, w->fullest, 1);
    NUMBER(x, w->quotes_differ, 1);
}

static void utterance(struct wire *x, struct utterance *u, const struct compare_input *in)
{
    u->id = wire_id(x, u->id);
    text(x, &u->speaker);
    text(x, &u->issue);
    text(x, &u->said_on);
    word(x, &u->rule);
    ARRAY(x, u->wordings, u->n_wordings);
    for (size_t i = 0; i < u->n_wordings; i++)
        wording(x, &u->wordings[i], in);
    ARRAY(x, u->absent, u->n_absent);
    for (size_t i = 0; i < u->n_absent; i++) {
        place(x, &u->absent[i].article, in);
        NUMBER(x, u->absent[i].why, ABSENT_COUNT - 1);
    }
}

static void position(struct wire *x, struct position *p)
{
    text(x, &p->actor);
    text(x, &p->issue);
    NUMBER(x, p->stance, STANCE_COUNT - 1);
    text(x, &p->condition);
    figure(x, &p->confidence);
    ids(x, &p->statements, &p->n_statements);
    ids(x, &p->articles, &p->n_articles);
    NUMBER(x, p->disputed, 1);
    text(x, &p->since);
    NUMBER(x, p->since_said, 1);
    text(x, &p->was);
}

static void conflict(struct wire *x, struct conflict *c, const struct compare_input *in)
{
    c->id = wire_id(x, c->id);
    word(x, &c->rule);
    word(x, &c->nature);
    text(x, &c->note);
    ARRAY(x, c->spans, c->n_spans);
    for (size_t i = 0; i < c->n_spans; i++) {
        place(x, &c->spans[i].article, in);
        span(x, &c->spans[i].at, text_at(x, in, c->spans[i].article));
        NUMBER(x, c->spans[i].side, UINT32_MAX);
    }
    NUMBER(x, c->status, CONFLICT_DISMISSED);
}

static void rewrite(struct wire *x, struct rewrite *r, const struct compare_input *in)
{
    float share = (float)r->share;
    place(x, &r->of, in);
    place(x, &r->by, in);
    figure(x, &share);
    r->share = x->reads ? (double)share : r->share;
    ARRAY(x, r->passages, r->n_passages);
    for (size_t i = 0; i < r->n_passages; i++) {
        span(x, &r->passages[i].of, text_at(x, in, r->of));
        span(x, &r->passages[i].by, text_at(x, in, r->by));
    }
}

/* What compare_write writes, in its order. */
static void document(struct wire *x, struct comparison *c, struct compare_input *in,
                     const struct compare_texts *texts, struct err *err)
{
    in->story_id = wire_id(x, in->story_id);
    text(x, &c->title);
    NUMBER(x, c->n_origins, SIZE_MAX);
    articles(x, c, in, texts, err);
    ARRAY(x, c->actors, c->n_actors);
    for (size_t i = 0; i < c->n_actors && !x->bad; i++)
        story_actor(x, &c->actors[i]);
    issues(x, in);
    ARRAY(x, c->utterances, c->n_utterances);
    for (size_t i = 0; i < c->n_utterances && !x->bad; i++)
        utterance(x, &c->utterances[i], in);
    ARRAY(x, c->positions, c->n_positions);
    for (size_t i = 0; i < c->n_positions && !x->bad; i++)
        position(x, &c->positions[i]);
    ARRAY(x, c->conflicts, c->n_conflicts);
    for (size_t i = 0; i < c->n_conflicts && !x->bad; i++)
        conflict(x, &c->conflicts[i], in);
    ARRAY(x, c->rewrites, c->n_rewrites);
    for (size_t i = 0; i < c->n_rewrites && !x->bad; i++)
        rewrite(x, &c->rewrites[i], in);
    NUMBER(x, c->n_limited, SIZE_MAX);
}

struct str compare_keep(struct arena *a, const struct comparison *c)
{
    struct arena scratch = {0};
    struct wire x = {.a = &scratch};
    struct comparison copy = *c;
    struct compare_input in = *c->input;
    number(&x, FORM);
    document(&x, &copy, &in, NULL, NULL);
    struct str bytes = arena_str(a, buf_str(&x.out));
    buf_finish(&x.out);
    arena_finish(&scratch);
    return bytes;
}

bool compare_kept(struct arena *a, struct str bytes, const struct compare_texts *texts,
                  struct comparison *out, struct err *err)
{
    struct wire x = {.a = a, .reads = true, .in = bytes};
    struct compare_input *in = arena_array(a, 1, sizeof *in);
    struct err why = {0};
    *out = (struct comparison){.input = in};
    *in = (struct compare_input){0};
    if (number(&x, 0) == FORM)
        document(&x, out, in, texts, &why);
    else
        x.bad = true;
    if (why.message[0])
        return fail(err, why.kind, "%s", why.message);
    return (!x.bad && x.in.n == 0) || fail(err, ERR_IO, "the kept comparison is damaged");
}
