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

#define WORTH_COMPARING 0.30
/* One of so many articles may be new, for what was found before to be worth asking. */
enum { MOST_FRESH = 8 };

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
    bool *runs;           /* by article: it has runs of words in common with the one looked at */
    struct rewrite *best; /* by article: of what it is a rewrite, share 0 if of nothing */
    uint32_t *parent;
    uint32_t *time;        /* by article: the rank of the first that was published as it was */
    size_t *quoted;        /* by article: its words within quotation marks */
    struct copies *copies; /* of a large story, or NULL */
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
    if (x.n && x.n == y.n && f->time[a] != f->time[b])
        return f->time[a] < f->time[b];
    if (f->quoted[a] != f->quoted[b])
        return f->quoted[a] > f->quoted[b];
    if (w->texts[a].n_terms != w->texts[b].n_terms)
        return w->texts[a].n_terms > w->texts[b].n_terms;
    return w->rank[a] < w->rank[b];
}

static void note_best(struct found_origins *f, uint32_t of, uint32_t by, double share)
{
    if (f->best[by].share < share)
        f->best[by] = (struct rewrite){.of = of, .by = by, .share = share};
}

/* For the next time; `share` as in struct copied. */
static void remember(struct found_origins *f, uint32_t a, uint32_t b, double share)
{
    if (f->copies)
        copies_add(f->copies, (struct copied){f->w->rank[a], f->w->rank[b], share});
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
    double most = fmax(c->copied, c->anywhere);
    f->parent[root(f->parent, a)] = root(f->parent, b);
    if (!ordered && most <= f->best[by].share) {
        remember(f, a, b, -most);
        return;
    }
    if (!ordered)
        c->ordered = near_ordered(f->near, a_first);
    note_best(f, a_first ? a : b, by, fmax(c->copied, c->ordered));
    remember(f, a, b, fmax(c->copied, c->ordered));
}

/* Laid out only where what is known without does not tell. */
static void consider(struct found_origins *f, uint32_t r, uint32_t s)
{
    uint32_t a = f->w->order[r], b = f->w->order[s];
    struct layout l;
    bool runs = f->runs[b];
    bool known = near_measure(f->near, s, &l.b_after_a, &l.a_after_b);
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

static void mark_runs(struct found_origins *f, const struct runs *runs, uint32_t article, bool mark)
{
    for (uint32_t at = runs->last[article]; at; at = runs->v[at - 1].next)
        f->runs[runs->v[at - 1].other] = mark;
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
    struct runs runs;
    meetings_index(&a, bags, n, &m);
    f->near = near_index(&a, w, f->matters);
    runs_find(&a, w->texts, n, &runs);
    f->runs = arena_array(&a, n + 1, sizeof *f->runs);
    for (uint32_t r = 0; r < n; r++) {
        meetings_after(&m, r);
        near_find(f->near, r);
        mark_runs(f, &runs, w->order[r], true);
        for (size_t k = 0; k < m.n_met; k++)
            if (worth_comparing(&bags[r], &bags[m.met[k]], m.shared[m.met[k]]))
                consider(f, r, m.met[k]);
        mark_runs(f, &runs, w->order[r], false);
    }
    arena_finish(&a);
}

/* Two of which one is new: laid out at once, which for few is quicker than to look for what is
 * alike in all, and comes to the same. */
static void consider_fresh(struct found_origins *f, uint32_t r, uint32_t s, const struct runs *runs)
{
    uint32_t a = f->w->order[r], b = f->w->order[s];
    const struct bag *x = &f->matters[a].all, *y = &f->matters[b].all;
    if (!worth_comparing(x, y, bag_shared(x, y)))
        return;
    struct layout l = lay_out(f, a, b);
    if (chains_rewrite(&l.b_after_a, &l.a_after_b) || runs_have(runs, a, b))
        note(f, a, b, &l, true);
    arena_reset(&f->scratch);
}

/* Two that were found before. */
static void consider_known(struct found_origins *f, const struct copied *c)
{
    uint32_t a = f->w->order[c->a], b = f->w->order[c->b];
    bool a_first = goes_first(f, a, b);
    uint32_t by = a_first ? b : a;
    if (c->share < 0 && -c->share > f->best[by].share) { /* now somebody has to know */
        struct layout l = lay_out(f, a, b);
        note(f, a, b, &l, true);
        arena_reset(&f->scratch);
        return;
    }
    f->parent[root(f->parent, a)] = root(f->parent, b);
    note_best(f, a_first ? a : b, by, c->share);
    remember(f, a, b, c->share);
}

/* As consider_all, of what was found before and pairs with a report that was not there. */
static void consider_again(struct found_origins *f, const struct copies *known, const bool *fresh)
{
    struct work *w = f->w;
    size_t n = w->in->n_articles, at = 0;
    struct arena a = {0};
    struct runs runs;
    bool *by_article = arena_array(&a, n + 1, sizeof *by_article);
    for (uint32_t r = 0; r < n; r++)
        by_article[w->order[r]] = fresh[r];
    runs_find_fresh(&a, w->texts, by_article, n, &runs);
    for (uint32_t r = 0; r < n; r++)
        for (uint32_t s = r + 1; s < n; s++) {
            bool found = at < known->n_v && known->v[at].a == r && known->v[at].b == s;
            if (found)
                consider_known(f, &known->v[at++]);
            else if (fresh[r] || fresh[s])
                consider_fresh(f, r, s, &runs);
        }
    arena_finish(&a);
}

static size_t count_fresh(const bool *fresh, size_t n)
{
    size_t found = 0;
    for (size_t r = 0; r < n; r++)
        found += fresh[r];
    return found;
}

/* Of a large story only what is new, if that is little. */
static void consider_new(struct found_origins *f)
{
    size_t n = f->w->in->n_articles;
    if (!f->copies) {
        consider_all(f);
        return;
    }
    bool *fresh = arena_array(f->copies->arena, n + 1, sizeof *fresh);
    struct copies known;
    if (copies_recall(f->copies, &known, fresh) && count_fresh(fresh, n) <= n / MOST_FRESH)
        consider_again(f, &known, fresh);
    else
        consider_all(f);
    copies_keep(f->copies);
}

/* The work with what words weigh in a large story, by its sample: a word that is not in it is taken
 * to be in half a sentence. */
static struct work weighing(const struct work *w, const struct copies *c)
{
    struct work sampled = *w;
    if (!c->n_sample)
        return sampled;
    sampled.arena = c->arena;
    sampled.df = (struct map){0};
    sampled.n_sentences = 0;
    for (size_t i = 0; i < c->n_sample; i++)
        work_count_words(&sampled, &w->texts[w->order[c->sample[i]]]);
    for (size_t i = 0; i < sampled.df.cap; i++)
        sampled.df.values[i] = (uint32_t)(sampled.df.values[i] * c->about / c->n_sample);
    sampled.n_sentences = sampled.n_sentences * c->about / c->n_sample;
    sampled.df_unseen = (uint32_t)(c->about / 2 / c->n_sample);
    return sampled;
}

/* The canonical order begins with when articles were published. */
static uint32_t *find_times(const struct work *w, struct arena *a)
{
    uint32_t *time = arena_array(a, w->in->n_articles + 1, sizeof *time);
    for (uint32_t r = 0; r < w->in->n_articles; r++) {
        uint32_t at = w->order[r], last = r ? w->order[r - 1] : at;
        bool same = str_eq(w->in->articles[at].published, w->in->articles[last].published);
        time[at] = r && same ? time[last] : r;
    }
    return time;
}

/* What the articles' words and sentences take is let go again. */
void work_origins(struct work *w)
{
    size_t n = w->in->n_articles;
    struct comparison *out = w->out;
    struct arena a = {0};
    struct matter *matters = arena_array(&a, n + 1, sizeof *matters);
    struct found_origins f = {.w = w, .matters = matters};
    struct work weights = *w;
    struct copies copies;
    if (n > LARGE_STORY) {
        copies_begin(&a, w, &copies);
        f.copies = &copies;
        weights = weighing(w, &copies);
    }
    f.best = arena_array(&a, n + 1, sizeof *f.best);
    f.parent = arena_array(&a, n + 1, sizeof *f.parent);
    f.quoted = arena_array(&a, n + 1, sizeof *f.quoted);
    f.time = find_times(w, &a);
    for (uint32_t i = 0; i < n; i++) {
        matters[i] = matter_read(&weights, &a, &w->texts[i]);
        f.parent[i] = i;
        f.quoted[i] = quoted_words(&w->texts[i]);
    }
    consider_new(&f);
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
