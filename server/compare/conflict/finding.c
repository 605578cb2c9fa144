/* Collects what the conflict rules find: one entry per finding, with an id made of its rule, its
 * articles and the words it points at, so that a person's verdict meets it again. */
#include "compare/parts.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SPANS = 12 };

/* Ids stay below 2^53, which JavaScript's numbers hold. A stored article is known by its number: it
 * is in one story only, wherever it moves, while another story may have a report of the same outlet
 * and title with the same words. Files that are only compared have no lasting numbers; `by_head`
 * asks for that id, which stores of before know. */
static int64_t finding_id(const struct work *w, const struct finding *f, bool by_head)
{
    uint64_t hash = str_hash(str_of(f->rule));
    for (size_t i = 0; i < f->n_spans; i++) {
        const struct compare_article *from = &w->in->articles[f->spans[i].article];
        hash = str_hash_more(
            hash, by_head ? from->outlet : (struct str){(const char *)&from->id, sizeof from->id});
        hash = str_hash_more(hash, by_head ? from->title : S(""));
        hash = str_hash_more(hash, S("\n"));
        hash = str_hash_more(hash, text_slice(&w->texts[f->spans[i].article], f->spans[i].at));
    }
    return (int64_t)(hash & ((UINT64_C(1) << 53) - 1)) | 1;
}

static bool has_span(const struct conflict *c, const struct conflict_span *span)
{
    for (size_t i = 0; i < c->n_spans; i++)
        if (c->spans[i].article == span->article && c->spans[i].at.start < span->at.end &&
            span->at.start < c->spans[i].at.end)
            return true;
    return false;
}

/* Is it shown already, by this rule or by another: are places of two sides, or - where there are no
 * sides - of two articles, in it? */
static bool is_shown(const struct conflict *c, const struct finding *f)
{
    const struct conflict_span *one = NULL;
    size_t n = 0;
    for (size_t i = 0; i < f->n_spans; i++) {
        const struct conflict_span *s = &f->spans[i];
        if (!has_span(c, s))
            continue;
        n++;
        if (one && (one->side != s->side || (!s->side && one->article != s->article)))
            return true;
        one = one ? one : s;
    }
    return n == f->n_spans;
}

/* Is it what both point at: one place, or two tellings of one saying? */
static bool is_one_place(const struct work *w, const struct conflict_span *a,
                         const struct conflict_span *b)
{
    if (a->article == b->article && a->at.start < b->at.end && b->at.start < a->at.end)
        return true;
    const struct saying *x = saying_at(w, a->article, a->at), *y = saying_at(w, b->article, b->at);
    return x && y && x->utterance == y->utterance;
}

/* Where two finish one dispute of speakers: how the other's sides are told in it, or 0. */
static int turn_of(const struct work *w, const struct conflict *c, const struct finding *f)
{
    if (!str_eq(str_of(c->nature), str_of(f->nature)) ||
        !str_eq(str_of(f->nature), S("speakers-disagree")))
        return 0;
    for (size_t i = 0; i < c->n_spans; i++)
        for (size_t k = 0; k < f->n_spans; k++)
            if (c->spans[i].side && f->spans[k].side && is_one_place(w, &c->spans[i], &f->spans[k]))
                return c->spans[i].side == f->spans[k].side ? 1 : -1;
    return 0;
}

/* What one asserts and two deny is one dispute: its places join those that are shown. */
static bool joins_dispute(struct work *w, const struct finding *f)
{
    for (size_t i = 0; i < w->out->n_conflicts; i++) {
        struct conflict *c = &w->out->conflicts[i];
        int turn = turn_of(w, c, f);
        if (!turn)
            continue;
        struct conflict_span *all = arena_array(w->arena, c->n_spans + f->n_spans, sizeof *all);
        memcpy(all, c->spans, c->n_spans * sizeof *all);
        c->spans = all;
        for (size_t k = 0; k < f->n_spans && c->n_spans < MOST_SPANS; k++) {
            if (has_span(c, &f->spans[k]))
                continue;
            all[c->n_spans] = f->spans[k];
            all[c->n_spans++].side = turn > 0 ? f->spans[k].side : 3 - f->spans[k].side;
        }
        return true;
    }
    return false;
}

void conflict_add(struct work *w, const struct finding *f)
{
    struct comparison *out = w->out;
    struct conflict c = {
        .rule = f->rule, .nature = f->nature, .note = f->note, .n_spans = f->n_spans};
    for (size_t i = 0; i < out->n_conflicts; i++)
        if (is_shown(&out->conflicts[i], f))
            return;
    if (joins_dispute(w, f))
        return;
    c.former = finding_id(w, f, true);
    c.id = w->in->stored ? finding_id(w, f, false) : c.former;
    for (size_t i = 0; i < out->n_conflicts; i++) /* the same words twice in one article */
        if (out->conflicts[i].id == c.id)
            c.id = (c.id + 2) & ((INT64_C(1) << 53) - 1);
    c.spans = arena_array(w->arena, f->n_spans + 1, sizeof *c.spans);
    if (f->n_spans)
        memcpy(c.spans, f->spans, f->n_spans * sizeof *c.spans);
    out->conflicts = arena_grow(w->arena, out->conflicts, out->n_conflicts, &w->conflict_cap,
                                sizeof *out->conflicts);
    out->conflicts[out->n_conflicts++] = c;
}

const char *conflict_nature(const struct work *w, const struct conflict_span *a,
                            const struct conflict_span *b)
{
    const struct saying *x = saying_at(w, a->article, a->at), *y = saying_at(w, b->article, b->at);
    int32_t said_x = x ? day_parse(x->day) : NO_DAY, said_y = y ? day_parse(y->day) : NO_DAY;
    int32_t told_x = day_parse(w->in->articles[a->article].published);
    int32_t told_y = day_parse(w->in->articles[b->article].published);
    if (x && y && str_eq(x->speaker, y->speaker) && said_x != NO_DAY && said_y != NO_DAY &&
        said_x != said_y)
        return "actor-changed";
    if (x && y && a->article == b->article && !str_eq(x->speaker, y->speaker))
        return "speakers-disagree";
    if (told_x != NO_DAY && told_y != NO_DAY && told_x != told_y)
        return "times-differ";
    return "outlets-disagree";
}

/* Whose the words are: the outlet's; within one report the speaker's. */
static struct str owner_of(const struct work *w, const struct conflict_span *s, bool one_report)
{
    const struct saying *said = one_report ? saying_at(w, s->article, s->at) : NULL;
    struct str outlet = said ? saying_speaker_name(w, said) : w->in->articles[s->article].outlet;
    return outlet.n ? outlet : S("one report");
}

static struct str pair_note(struct work *w, const struct conflict_span *a,
                            const struct conflict_span *b)
{
    bool one = a->article == b->article;
    return arena_fmt(w->arena, "%.*s has “%.*s”, %.*s has “%.*s”.", STR_ARG(owner_of(w, a, one)),
                     STR_ARG(text_slice(&w->texts[a->article], a->at)),
                     STR_ARG(owner_of(w, b, one)),
                     STR_ARG(text_slice(&w->texts[b->article], b->at)));
}

static size_t set_of(size_t *parent, size_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* One finding for the places `in`, ascending, which hang together. */
static void add_set(struct work *w, const struct contradictions *c, const size_t *in, size_t n)
{
    struct conflict_span spans[MOST_SPANS];
    size_t n_spans = n < MOST_SPANS ? n : MOST_SPANS;
    for (size_t i = 0; i < n_spans; i++)
        spans[i] = c->at[in[i]];
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k <= i + MOST_RIVALS; k++) {
            if (!c->against(w, c->items, in[i], in[k]))
                continue;
            const struct conflict_span *x = &c->at[in[i]], *y = &c->at[in[k]];
            conflict_add(w, &(struct finding){c->rule, conflict_nature(w, x, y), pair_note(w, x, y),
                                              spans, n_spans});
            return;
        }
}

struct keyed {
    uint64_t key;
    size_t item;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* Unites those of one key that exclude each other. */
static void unite(struct work *w, const struct contradictions *c, const struct keyed *v, size_t n,
                  size_t *parent)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k <= i + MOST_RIVALS; k++) {
            size_t x = set_of(parent, v[i].item), y = set_of(parent, v[k].item);
            if (x != y && c->against(w, c->items, v[i].item, v[k].item))
                parent[x < y ? y : x] = x < y ? x : y;
        }
}

void conflict_add_sets(struct work *w, const struct contradictions *c)
{
    size_t *parent = arena_array(w->arena, c->n + 1, sizeof *parent);
    struct keyed *v = arena_array(w->arena, c->n + 1, sizeof *v);
    for (size_t i = 0; i < c->n; i++) {
        parent[i] = i;
        v[i] = (struct keyed){c->key ? c->key[i] : 0, i};
    }
    qsort(v, c->n, sizeof *v, by_key);
    for (size_t first = 0, end; first < c->n; first = end) {
        for (end = first + 1; end < c->n && v[end].key == v[first].key;)
            end++;
        unite(w, c, v + first, end - first, parent);
    }
    for (size_t i = 0; i < c->n; i++)
        v[i] = (struct keyed){set_of(parent, i), i};
    qsort(v, c->n, sizeof *v, by_key);
    size_t *in = arena_array(w->arena, c->n + 1, sizeof *in);
    for (size_t first = 0, end; first < c->n; first = end) {
        for (end = first; end < c->n && v[end].key == v[first].key; end++)
            in[end - first] = v[end].item;
        if (end - first > 1)
            add_set(w, c, in, end - first);
    }
}

static void obey_verdicts(struct work *w)
{
    for (size_t v = 0; v < w->in->n_verdicts; v++) {
        const struct compare_verdict *verdict = &w->in->verdicts[v];
        for (size_t i = 0; i < w->out->n_conflicts; i++) {
            struct conflict *c = &w->out->conflicts[i];
            if (c->id != verdict->a)
                continue;
            if (verdict->what == VERDICT_CONFLICT_CONFIRMED)
                c->status = CONFLICT_CONFIRMED;
            else if (verdict->what == VERDICT_CONFLICT_DISMISSED)
                c->status = CONFLICT_DISMISSED;
        }
    }
}

void work_conflicts(struct work *w)
{
    static void (*const rules[])(struct work *) = {
        conflict_event,    conflict_time,     conflict_presence, conflict_stance,
        conflict_speaker,  conflict_number,   conflict_channel,  conflict_denial,
        conflict_contrary, conflict_opposite, conflict_headline, conflict_wording};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        rules[i](w);
    obey_verdicts(w);
}
