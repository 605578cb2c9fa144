/* How much of a text runs word for word in another: what two sentences' likeness does not tell in
 * reports of a sentence or two, nor where passages of another's text stand between one's own. */
#include "compare/origin.h"

#include <stdlib.h>

/* Words of the reporters' own that run alike are a copy, however the sentences are laid. */
#define SHARE 0.35
/* So many runs are copied though the rest is not: a wire text below a lead of one's own. */
#define SHARE_OF_MANY 0.12
enum { RUN = 5, LEAST_RUNS = 10, MANY_RUNS = 30 };

/* The hash of the words [at, at + RUN) of one sentence, none of them quoted: everybody has the same
 * quotations; 0 if there are none such. */
static uint64_t run_at(const struct text *t, size_t at)
{
    uint64_t hash = RUN;
    for (size_t i = at; i < at + RUN; i++) {
        if ((t->terms[i].flags & TERM_QUOTED) || t->terms[i].sentence != t->terms[at].sentence)
            return 0;
        hash = hash * UINT64_C(1099511628211) + t->terms[i].word;
    }
    return hash | 1;
}

static int by_hash(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;
    return (x->stem > y->stem) - (x->stem < y->stem);
}

/* The runs of a text, each with how often it stands there; the weight is how many that is. */
static struct bag runs_of(struct arena *a, const struct text *t)
{
    struct bag runs = {.v = arena_array(a, t->n_terms + 1, sizeof *runs.v)};
    size_t n = 0;
    for (size_t i = 0; i + RUN <= t->n_terms; i++) {
        uint64_t hash = run_at(t, i);
        if (hash)
            runs.v[n++] = (struct weighted){hash, 1};
    }
    qsort(runs.v, n, sizeof *runs.v, by_hash);
    for (size_t i = 0; i < n; i++) {
        if (runs.n && runs.v[runs.n - 1].stem == runs.v[i].stem)
            runs.v[runs.n - 1].weight++;
        else
            runs.v[runs.n++] = runs.v[i];
    }
    runs.weight = (double)n;
    return runs;
}

bool runs_have(const struct runs *runs, uint32_t a, uint32_t b)
{
    uint32_t at = runs->last[a];
    while (at && runs->v[at - 1].other != b)
        at = runs->v[at - 1].next;
    return at != 0;
}

/* With either; one that both find is there twice. */
static void note(struct arena *a, struct runs *to, uint32_t x, uint32_t y)
{
    for (int i = 0; i < 2; i++) {
        uint32_t of = i ? y : x, other = i ? x : y;
        to->v = arena_grow(a, to->v, to->n, &to->cap, sizeof *to->v);
        to->v[to->n++] = (struct run_pair){other, to->last[of]};
        to->last[of] = (uint32_t)to->n;
    }
}

/* By how many of `all` runs the other has too. */
static bool are_copied(double shared, double all)
{
    return all >= LEAST_RUNS &&
           (shared / all >= SHARE || (shared >= MANY_RUNS && shared / all >= SHARE_OF_MANY));
}

static struct bag *all_runs(struct arena *a, const struct text *texts, size_t n)
{
    struct bag *runs = arena_array(a, n + 1, sizeof *runs);
    for (size_t i = 0; i < n; i++)
        runs[i] = runs_of(a, &texts[i]);
    return runs;
}

void runs_find(struct arena *a, const struct text *texts, size_t n, struct runs *to)
{
    struct arena scratch = {0};
    struct bag *runs = all_runs(&scratch, texts, n);
    *to = (struct runs){.last = arena_array(a, n + 1, sizeof *to->last)};
    struct meetings m;
    meetings_index(&scratch, runs, n, &m);
    for (uint32_t i = 0; i < n; i++) {
        if (runs[i].weight < LEAST_RUNS)
            continue;
        meetings_with(&m, i);
        for (size_t k = 0; k < m.n_met; k++)
            if (are_copied(m.shared[m.met[k]], runs[i].weight))
                note(a, to, i, m.met[k]);
    }
    arena_finish(&scratch);
}

void runs_find_fresh(struct arena *a, const struct text *texts, const bool *fresh, size_t n,
                     struct runs *to)
{
    struct arena scratch = {0};
    struct bag *runs = all_runs(&scratch, texts, n);
    *to = (struct runs){.last = arena_array(a, n + 1, sizeof *to->last)};
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; fresh[i] && k < n; k++)
            if (i != k && (are_copied(bag_shared(&runs[i], &runs[k]), runs[i].weight) ||
                           are_copied(bag_shared(&runs[k], &runs[i]), runs[k].weight)))
                note(a, to, i, k);
    arena_finish(&scratch);
}
