/* How much of a text runs word for word in another: what two sentences' likeness does not tell in
 * reports of a sentence or two, nor where passages of another's text stand between one's own. */
#include "compare/origin.h"

#include <stdlib.h>

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

uint64_t runs_key(uint32_t a, uint32_t b)
{
    uint32_t pair[] = {a < b ? a : b, a < b ? b : a};
    return str_hash((struct str){(const char *)pair, sizeof pair});
}

void runs_find(struct arena *a, const struct text *texts, size_t n, double least, struct map *pairs)
{
    struct arena scratch = {0};
    struct bag *runs = arena_array(&scratch, n + 1, sizeof *runs);
    for (size_t i = 0; i < n; i++)
        runs[i] = runs_of(&scratch, &texts[i]);
    struct meetings m;
    meetings_index(&scratch, runs, n, &m);
    for (uint32_t i = 0; i < n; i++) {
        if (runs[i].weight < LEAST_RUNS)
            continue;
        meetings_with(&m, i);
        for (size_t k = 0; k < m.n_met; k++)
            if (m.shared[m.met[k]] / runs[i].weight >= least ||
                (m.shared[m.met[k]] >= MANY_RUNS &&
                 m.shared[m.met[k]] / runs[i].weight >= SHARE_OF_MANY))
                *map_at(a, pairs, runs_key(i, m.met[k])) = 1;
    }
    arena_finish(&scratch);
}
