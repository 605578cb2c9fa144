/* Copies and rewrites: which articles tell another's matter.
 *
 * Each article is a row of sentences, each sentence a bag of weighted words (numbers and names
 * weigh most by being rare). The best monotone chain of like sentences (dynamic programming, a
 * sentence may meet two neighbours) gives the share of `by` that follows `of`. Independent
 * reports of one event share facts but not their order and choice, so the share must be high and
 * most of the likeness must lie on the chain. */
#include "compare/origin.h"

#include <math.h>
#include <string.h>

/* Words of the reporters' own that run alike are a copy, however the sentences are laid. */
#define RUNS_SHARE 0.35
#define WORTH_COMPARING 0.30
#define QUOTED_COUNTS 0.4
/* Two articles' sentences are laid out in a table: of a very long one, so many stand for it. */
enum { MOST_LINES = 1500 };

/* Quoted words count little: everybody who was there has the same. */
static double line_weight(const struct work *w, const struct term *t)
{
    return work_weight(w, t) * (t->flags & TERM_QUOTED ? QUOTED_COUNTS : 1);
}

static void read_line(const struct work *w, struct arena *a, const struct text *t,
                      struct term_range r, struct line *line)
{
    *line = (struct line){.at = text_span(t, r)};
    line->bag.v = arena_array(a, r.end - r.first + 1, sizeof *line->bag.v);
    for (uint32_t i = r.first; i < r.end; i++)
        if (term_is_content(&t->terms[i]))
            line->bag.v[line->bag.n++] =
                (struct weighted){t->terms[i].stem, (float)line_weight(w, &t->terms[i])};
    bag_close(&line->bag);
}

/* The place of the stem among the words of the whole article, where it is. */
static size_t word_of(const struct matter *m, uint64_t stem)
{
    size_t low = 0, high = m->all.n;
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (m->all.v[mid].stem <= stem)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static void index_lines(struct arena *a, struct matter *m)
{
    size_t n = 0;
    m->first = arena_array(a, m->all.n + 2, sizeof *m->first);
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->lines[i].bag.n; k++, n++)
            m->first[word_of(m, m->lines[i].bag.v[k].stem) + 1]++;
    for (size_t i = 0; i < m->all.n; i++)
        m->first[i + 1] += m->first[i];
    uint32_t *next = arena_array(a, m->all.n + 1, sizeof *next);
    memcpy(next, m->first, m->all.n * sizeof *next);
    m->postings = arena_array(a, n + 1, sizeof *m->postings);
    for (uint32_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->lines[i].bag.n; k++)
            m->postings[next[word_of(m, m->lines[i].bag.v[k].stem)]++] =
                (struct posting){i, m->lines[i].bag.v[k].weight};
}

static struct matter read_matter(const struct work *w, struct arena *a, const struct text *t)
{
    struct matter m = {0};
    m.lines = arena_array(a, t->n_sentences + 1, sizeof *m.lines);
    struct line all;
    read_line(w, a, t, (struct term_range){0, (uint32_t)t->n_terms}, &all);
    m.all = all.bag;
    for (size_t i = 0; i < t->n_sentences && m.n < MOST_LINES; i++) {
        read_line(w, a, t, t->sentences[i], &m.lines[m.n]);
        m.weight += m.lines[m.n].bag.weight;
        m.n += m.lines[m.n].bag.n >= 3;
    }
    index_lines(a, &m);
    return m;
}

/* What word i of `a`, which is word k of `b`, adds to the weight that their lines share. */
static void share_word(const struct matter *a, size_t i, const struct matter *b, size_t k,
                       double *shared)
{
    for (uint32_t x = a->first[i]; x < a->first[i + 1]; x++)
        for (uint32_t y = b->first[k]; y < b->first[k + 1]; y++)
            shared[a->postings[x].line * b->n + b->postings[y].line] +=
                (double)a->postings[x].weight;
}

/* Likeness of every line of `a` with every line of `b`, what is too little as 0. */
static double *liken(struct arena *scratch, const struct matter *a, const struct matter *b)
{
    double *like = arena_array(scratch, a->n * b->n + 1, sizeof *like);
    for (size_t i = 0, k = 0; i < a->all.n && k < b->all.n;) {
        if (a->all.v[i].stem == b->all.v[k].stem)
            share_word(a, i++, b, k++, like);
        else if (a->all.v[i].stem < b->all.v[k].stem)
            i++;
        else
            k++;
    }
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++) {
            double *at = &like[i * b->n + k];
            double s = *at > 0 ? lines_alike(&a->lines[i].bag, &b->lines[k].bag, *at) : 0;
            *at = s < SENTENCE_ALIKE ? 0 : s;
        }
    return like;
}

/* Aligns `by` with `of` in order: every sentence of `by` meets at most one of `of`; the places in
 * `of` never go back. like[i * across + k * along] compares by's i with of's k. */
struct telling_after {
    const struct matter *of, *by;
    const double *like;
    size_t across, along;
    double *best;   /* of the rest, from (i, k) on */
    uint32_t *twin; /* by line of `by`: the line of `of` that is nearly the same + 1, or 0 */
};

static double like_at(const struct telling_after *t, size_t i, size_t k)
{
    return t->like[i * t->across + k * t->along];
}

static void fill_best(struct arena *scratch, struct telling_after *t, struct chain *c)
{
    size_t width = t->of->n + 1;
    double anywhere = 0;
    t->best = arena_array(scratch, (t->by->n + 1) * width, sizeof *t->best);
    t->twin = arena_array(scratch, t->by->n + 1, sizeof *t->twin);
    for (size_t i = t->by->n; i-- > 0;) {
        double *row = t->best + i * width, *next = row + width, most = 0;
        for (size_t k = t->of->n; k-- > 0;) {
            double s = like_at(t, i, k),
                   take = s > 0 ? next[k] + s * t->by->lines[i].bag.weight : 0;
            if (s > most && s >= SENTENCE_COPIED)
                t->twin[i] = (uint32_t)k + 1;
            most = s > most ? s : most;
            double skip = next[k] > row[k + 1] ? next[k] : row[k + 1];
            row[k] = take > skip ? take : skip;
        }
        anywhere += most * t->by->lines[i].bag.weight;
        c->copied += t->twin[i] ? t->by->lines[i].bag.weight : 0;
        c->n_copied += t->twin[i] != 0;
    }
    if (t->by->weight > 0) {
        c->ordered = t->best[0] / t->by->weight;
        c->anywhere = anywhere / t->by->weight;
        c->copied /= t->by->weight;
    }
}

static void trace(struct arena *a, const struct telling_after *t, struct chain *c)
{
    size_t width = t->of->n + 1, i = 0, k = 0;
    c->passages = arena_array(a, t->by->n + 1, sizeof *c->passages);
    while (i < t->by->n && k < t->of->n) {
        double here = t->best[i * width + k], add = like_at(t, i, k) * t->by->lines[i].bag.weight;
        if (add > 0 && here <= t->best[(i + 1) * width + k] + add) {
            c->passages[c->n_passages++] = (struct passage){t->of->lines[k].at, t->by->lines[i].at};
            i++;
        } else if (here <= t->best[i * width + k + 1]) {
            k++;
        } else {
            i++;
        }
    }
    c->met = c->n_passages;
}

/* A copy in another order: its sentences rather than the chain. */
static void trace_copied(const struct telling_after *t, struct chain *c)
{
    if (c->copied <= c->ordered)
        return;
    c->n_passages = 0;
    for (size_t i = 0; i < t->by->n; i++)
        if (t->twin[i])
            c->passages[c->n_passages++] =
                (struct passage){t->of->lines[t->twin[i] - 1].at, t->by->lines[i].at};
}

static struct chain find_chain(struct arena *scratch, struct telling_after t)
{
    struct chain c = {0};
    fill_best(scratch, &t, &c);
    trace(scratch, &t, &c);
    trace_copied(&t, &c);
    return c;
}

static size_t quoted_words(const struct text *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_terms; i++)
        n += (t->terms[i].flags & TERM_QUOTED) != 0;
    return n;
}

/* Before any sentence is compared: the share of the lesser article's words in the other. */
static bool worth_comparing(const struct bag *a, const struct bag *b, double shared)
{
    double least = a->weight < b->weight ? a->weight : b->weight;
    return least > 0 && shared >= WORTH_COMPARING * least;
}

struct found_origins {
    struct work *w;
    struct arena scratch;
    const struct matter *matters;
    struct near *near;
    struct map runs;      /* pairs of articles that have runs of words in common */
    struct rewrite *best; /* by article: of what it is a rewrite, share 0 if of nothing */
    uint32_t *parent;
    size_t *quoted; /* by article: its words within quotation marks */
};

static uint32_t root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* Which of two is the original: the earlier; else the one that quotes more (who rewrites has only
 * the quotations he found); else the longer. */
static bool goes_first(const struct found_origins *f, uint32_t a, uint32_t b)
{
    const struct work *w = f->w;
    const struct str x = w->in->articles[a].published, y = w->in->articles[b].published;
    int order = x.n == y.n ? str_cmp(x, y) : 0;
    if (order && x.n)
        return order < 0;
    if (f->quoted[a] != f->quoted[b])
        return f->quoted[a] > f->quoted[b];
    if (w->texts[a].n_terms != w->texts[b].n_terms)
        return w->texts[a].n_terms > w->texts[b].n_terms;
    return w->rank[a] < w->rank[b];
}

static void note_best(struct found_origins *f, uint32_t of, uint32_t by, const struct chain *c)
{
    struct rewrite *best = &f->best[by];
    double share = c->copied > c->ordered ? c->copied : c->ordered;
    if (best->share < share)
        *best = (struct rewrite){.of = of, .by = by, .share = share};
}

/* How two articles follow each other, a before b in canonical order. */
struct layout {
    struct chain b_after_a, a_after_b;
};

/* Sentence by sentence; passages are in the scratch arena. */
static struct layout lay_out(struct found_origins *f, uint32_t a, uint32_t b)
{
    const struct matter *x = &f->matters[a], *y = &f->matters[b];
    const double *like = liken(&f->scratch, x, y);
    return (struct layout){
        find_chain(&f->scratch, (struct telling_after){x, y, like, 1, y->n, NULL, NULL}),
        find_chain(&f->scratch, (struct telling_after){y, x, like, y->n, 1, NULL, NULL})};
}

/* Notes that one is a rewrite of the other; the order is found only where it can matter. */
static void note(struct found_origins *f, uint32_t a, uint32_t b, struct layout *l, bool ordered)
{
    bool a_first = goes_first(f, a, b);
    struct chain *c = a_first ? &l->b_after_a : &l->a_after_b;
    uint32_t by = a_first ? b : a;
    f->parent[root(f->parent, a)] = root(f->parent, b);
    if (!ordered && fmax(c->copied, c->anywhere) <= f->best[by].share)
        return;
    if (!ordered)
        c->ordered = near_ordered(f->near, a_first);
    note_best(f, a_first ? a : b, by, c);
}

/* Laid out only where what is known without does not tell. */
static void consider(struct found_origins *f, uint32_t r, uint32_t s)
{
    uint32_t a = f->w->order[r], b = f->w->order[s];
    struct layout l;
    bool known = near_measure(f->near, s, &l.b_after_a, &l.a_after_b);
    bool runs = f->runs.n && map_get(&f->runs, runs_key(a, b), 0);
    if (known && !runs && !chains_may_rewrite(&l.b_after_a, &l.a_after_b))
        return;
    if (known && (runs || chains_copy(&l.b_after_a, &l.a_after_b))) {
        note(f, a, b, &l, false);
        return;
    }
    if (known) {
        l.b_after_a.ordered = near_ordered(f->near, true);
        l.a_after_b.ordered = near_ordered(f->near, false);
        if (!chains_rewrite(&l.b_after_a, &l.a_after_b))
            return;
    }
    l = lay_out(f, a, b);
    if (runs || chains_rewrite(&l.b_after_a, &l.a_after_b))
        note(f, a, b, &l, true);
    arena_reset(&f->scratch);
}

/* The passages of a rewrite that was found. */
static void fill_passages(struct found_origins *f, struct rewrite *r)
{
    bool of_first = f->w->rank[r->of] < f->w->rank[r->by];
    struct layout l = of_first ? lay_out(f, r->of, r->by) : lay_out(f, r->by, r->of);
    const struct chain *c = of_first ? &l.b_after_a : &l.a_after_b;
    r->n_passages = c->n_passages;
    r->passages = arena_array(f->w->arena, c->n_passages + 1, sizeof *r->passages);
    memcpy(r->passages, c->passages, c->n_passages * sizeof *r->passages);
    arena_reset(&f->scratch);
}

static void number_origins(struct work *w, uint32_t *parent)
{
    size_t n = w->in->n_articles;
    uint32_t *number = arena_array(w->arena, n + 1, sizeof *number);
    w->out->origin = arena_array(w->arena, n + 1, sizeof *w->out->origin);
    for (size_t r = 0; r < n; r++) {
        uint32_t top = root(parent, w->order[r]);
        if (!number[top])
            number[top] = (uint32_t)++w->out->n_origins;
        w->out->origin[w->order[r]] = number[top];
    }
}

/* Every pair that has enough words in common, in canonical order. */
static void consider_all(struct found_origins *f)
{
    struct work *w = f->w;
    size_t n = w->in->n_articles;
    struct arena a = {0};
    struct bag *bags = arena_array(&a, n + 1, sizeof *bags);
    for (size_t r = 0; r < n; r++)
        bags[r] = f->matters[w->order[r]].all;
    struct meetings m;
    meetings_index(&a, bags, n, &m);
    f->near = near_index(&a, w, f->matters);
    f->runs = (struct map){0};
    runs_find(&a, w->texts, n, RUNS_SHARE, &f->runs);
    for (uint32_t r = 0; r < n; r++) {
        meetings_after(&m, r);
        near_find(f->near, r);
        for (size_t k = 0; k < m.n_met; k++)
            if (worth_comparing(&bags[r], &bags[m.met[k]], m.shared[m.met[k]]))
                consider(f, r, m.met[k]);
    }
    arena_finish(&a);
}

/* What the articles' words and sentences take is let go again. */
void work_origins(struct work *w)
{
    size_t n = w->in->n_articles;
    struct comparison *out = w->out;
    struct arena a = {0};
    struct matter *matters = arena_array(&a, n + 1, sizeof *matters);
    struct found_origins f = {.w = w, .matters = matters};
    f.best = arena_array(&a, n + 1, sizeof *f.best);
    f.parent = arena_array(&a, n + 1, sizeof *f.parent);
    f.quoted = arena_array(&a, n + 1, sizeof *f.quoted);
    for (uint32_t i = 0; i < n; i++) {
        matters[i] = read_matter(w, &a, &w->texts[i]);
        f.parent[i] = i;
        f.quoted[i] = quoted_words(&w->texts[i]);
    }
    consider_all(&f);
    out->rewrites = arena_array(w->arena, n + 1, sizeof *out->rewrites);
    for (size_t r = 0; r < n; r++) {
        struct rewrite *best = &f.best[w->order[r]];
        if (best->share <= 0)
            continue;
        fill_passages(&f, best);
        out->rewrites[out->n_rewrites++] = *best;
    }
    number_origins(w, f.parent);
    arena_finish(&f.scratch);
    arena_finish(&a);
}
