/* Copies and rewrites: which articles tell another's matter.
 *
 * Each article is a row of sentences, each sentence a bag of weighted words (numbers and names
 * weigh most by being rare). The best monotone chain of like sentences (dynamic programming, a
 * sentence may meet two neighbours) gives the share of `by` that follows `of`. Independent
 * reports of one event share facts but not their order and choice, so the share must be high and
 * most of the likeness must lie on the chain. */
#include "compare/origin.h"

#include <math.h>
#include <stdlib.h>

/* Measured on the London talks and on three-outlet stories of independent reports. */
#define SENTENCE_ALIKE 0.22
#define REWRITE_SHARE 0.33
#define REWRITE_BACK 0.25
#define CUT_SHARE 0.50
#define REWRITE_ORDERED 0.80
#define QUOTED_COUNTS 0.4
enum { LEAST_SENTENCES = 5 };

struct line {
    struct weighted *bag;
    size_t n;
    double weight;
    struct span at;
};

struct matter {
    struct line *lines;
    size_t n;
    double weight;
};

static int by_stem(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;
    return (x->stem > y->stem) - (x->stem < y->stem);
}

/* Quoted words count little: everybody who was there has the same. */
static double line_weight(const struct work *w, const struct term *t)
{
    return work_weight(w, t) * (t->flags & TERM_QUOTED ? QUOTED_COUNTS : 1);
}

static void read_line(struct work *w, const struct text *t, struct term_range r, struct line *line)
{
    *line = (struct line){.at = text_span(t, r)};
    line->bag = arena_array(w->arena, r.end - r.first + 1, sizeof *line->bag);
    size_t n = 0;
    for (uint32_t i = r.first; i < r.end; i++)
        if (term_is_content(&t->terms[i]))
            line->bag[n++] =
                (struct weighted){t->terms[i].stem, (float)line_weight(w, &t->terms[i])};
    qsort(line->bag, n, sizeof *line->bag, by_stem);
    for (size_t i = 0; i < n; i++)
        if (!line->n || line->bag[line->n - 1].stem != line->bag[i].stem)
            line->bag[line->n++] = line->bag[i];
    for (size_t i = 0; i < line->n; i++)
        line->weight += (double)line->bag[i].weight;
}

static struct matter read_matter(struct work *w, const struct text *t)
{
    struct matter m = {0};
    m.lines = arena_array(w->arena, t->n_sentences + 1, sizeof *m.lines);
    for (size_t i = 0; i < t->n_sentences; i++) {
        read_line(w, t, t->sentences[i], &m.lines[m.n]);
        m.weight += m.lines[m.n].weight;
        m.n += m.lines[m.n].n >= 3;
    }
    return m;
}

/* Dice, or containment for a sentence that was split or joined. */
static double alike(const struct line *a, const struct line *b)
{
    double shared = 0;
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        if (a->bag[i].stem == b->bag[k].stem) {
            shared += (double)a->bag[i++].weight;
            k++;
        } else if (a->bag[i].stem < b->bag[k].stem) {
            i++;
        } else {
            k++;
        }
    }
    double dice = 2 * shared / (a->weight + b->weight);
    double contained = 0.8 * shared / fmin(a->weight, b->weight) * fmin(1, shared / 2);
    return fmax(dice, contained);
}

static double best_anywhere(const struct matter *of, const struct line *line)
{
    double best = 0;
    for (size_t i = 0; i < of->n; i++)
        best = fmax(best, alike(&of->lines[i], line));
    return best < SENTENCE_ALIKE ? 0 : best;
}

struct chain {
    double ordered, anywhere; /* shares of by's weight */
    size_t met;
    struct passage *passages;
    size_t n_passages;
};

static void trace(struct work *w, const struct matter *of, const struct matter *by,
                  const double *best, const double *like, struct chain *c)
{
    size_t width = of->n + 1, i = 0, k = 0;
    c->passages = arena_array(w->arena, by->n + 1, sizeof *c->passages);
    while (i < by->n && k < of->n) {
        double here = best[i * width + k], add = like[i * of->n + k] * by->lines[i].weight;
        if (add > 0 && here == best[(i + 1) * width + k] + add) {
            c->passages[c->n_passages++] = (struct passage){of->lines[k].at, by->lines[i].at};
            i++;
        } else if (here == best[i * width + k + 1]) {
            k++;
        } else {
            i++;
        }
    }
    c->met = c->n_passages;
}

/* Every sentence of `by` meets at most one of `of`; the places in `of` never go back. */
static struct chain find_chain(struct work *w, const struct matter *of, const struct matter *by)
{
    struct chain c = {0};
    size_t width = of->n + 1;
    double *best = arena_array(w->arena, (by->n + 1) * width, sizeof *best);
    double *like = arena_array(w->arena, by->n * of->n + 1, sizeof *like);
    for (size_t i = by->n; i-- > 0;)
        for (size_t k = of->n; k-- > 0;) {
            double s = alike(&of->lines[k], &by->lines[i]);
            s = s < SENTENCE_ALIKE ? 0 : s;
            like[i * of->n + k] = s;
            double take = s > 0 ? best[(i + 1) * width + k] + s * by->lines[i].weight : 0;
            best[i * width + k] =
                fmax(take, fmax(best[(i + 1) * width + k], best[i * width + k + 1]));
        }
    double anywhere = 0;
    for (size_t i = 0; i < by->n; i++)
        anywhere += best_anywhere(of, &by->lines[i]) * by->lines[i].weight;
    if (by->weight > 0) {
        c.ordered = best[0] / by->weight;
        c.anywhere = anywhere / by->weight;
    }
    trace(w, of, by, best, like, &c);
    return c;
}

double origin_share(struct work *w, uint32_t of, uint32_t by, double *ordered)
{
    struct matter x = read_matter(w, &w->texts[of]), y = read_matter(w, &w->texts[by]);
    struct chain c = find_chain(w, &x, &y);
    *ordered = c.anywhere > 0 ? c.ordered / c.anywhere : 0;
    return c.ordered;
}

/* Either each follows the other, or one is little but the other. */
static bool is_rewrite(const struct chain *x, const struct chain *y)
{
    const struct chain *more = x->ordered >= y->ordered ? x : y, *less = more == x ? y : x;
    if (more->met < LEAST_SENTENCES || more->ordered < REWRITE_ORDERED * more->anywhere)
        return false;
    return more->ordered >= CUT_SHARE ||
           (more->ordered >= REWRITE_SHARE && less->ordered >= REWRITE_BACK &&
            less->ordered >= REWRITE_ORDERED * less->anywhere);
}

static size_t quoted_words(const struct text *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_terms; i++)
        n += (t->terms[i].flags & TERM_QUOTED) != 0;
    return n;
}

/* Which of two is the original: the earlier; else the one that quotes more (who rewrites has only
 * the quotations he found); else the longer. */
static bool goes_first(const struct work *w, uint32_t a, uint32_t b)
{
    const struct str x = w->in->articles[a].published, y = w->in->articles[b].published;
    int order = x.n == y.n ? str_cmp(x, y) : 0;
    if (order && x.n)
        return order < 0;
    size_t quoted_a = quoted_words(&w->texts[a]), quoted_b = quoted_words(&w->texts[b]);
    if (quoted_a != quoted_b)
        return quoted_a > quoted_b;
    if (w->texts[a].n_terms != w->texts[b].n_terms)
        return w->texts[a].n_terms > w->texts[b].n_terms;
    return w->rank[a] < w->rank[b];
}

static void consider(struct work *w, const struct matter *matters, uint32_t a, uint32_t b,
                     size_t *cap)
{
    struct chain of_b = find_chain(w, &matters[a], &matters[b]); /* b told after a */
    struct chain of_a = find_chain(w, &matters[b], &matters[a]);
    if (!is_rewrite(&of_a, &of_b))
        return;
    bool first = goes_first(w, a, b);
    struct chain *c = first ? &of_b : &of_a;
    struct comparison *out = w->out;
    out->rewrites =
        arena_grow(w->arena, out->rewrites, out->n_rewrites, cap, sizeof *out->rewrites);
    out->rewrites[out->n_rewrites++] = (struct rewrite){
        first ? a : b, first ? b : a, fmin(1, c->ordered), c->passages, c->n_passages};
}

static uint32_t root(const uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i];
    return i;
}

static void number_origins(struct work *w)
{
    size_t n = w->in->n_articles;
    uint32_t *parent = arena_array(w->arena, n + 1, sizeof *parent),
             *number = arena_array(w->arena, n + 1, sizeof *number);
    for (uint32_t i = 0; i < n; i++)
        parent[i] = i;
    for (size_t i = 0; i < w->out->n_rewrites; i++)
        parent[root(parent, w->out->rewrites[i].by)] = root(parent, w->out->rewrites[i].of);
    w->out->origin = arena_array(w->arena, n + 1, sizeof *w->out->origin);
    for (size_t r = 0; r < n; r++) {
        uint32_t top = root(parent, w->order[r]);
        if (!number[top])
            number[top] = (uint32_t)++w->out->n_origins;
        w->out->origin[w->order[r]] = number[top];
    }
}

void work_origins(struct work *w)
{
    size_t n = w->in->n_articles, cap = 0;
    struct matter *matters = arena_array(w->arena, n + 1, sizeof *matters);
    for (size_t i = 0; i < n; i++)
        matters[i] = read_matter(w, &w->texts[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            consider(w, matters, w->order[i], w->order[k], &cap);
    number_origins(w);
}
