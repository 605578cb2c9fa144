/* How much of a text runs word for word in another: what two sentences' likeness does not tell in
 * reports of a sentence or two. */
#include "compare/origin.h"

enum { RUN = 5, LEAST_RUNS = 10 };

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

double runs_shared(struct arena *scratch, const struct text *of, const struct text *by)
{
    struct map runs = {0};
    size_t all = 0, shared = 0;
    for (size_t i = 0; i + RUN <= of->n_terms; i++)
        if (run_at(of, i))
            *map_at(scratch, &runs, run_at(of, i)) = 1;
    for (size_t i = 0; i + RUN <= by->n_terms; i++) {
        uint64_t hash = run_at(by, i);
        all += hash != 0;
        shared += hash && map_get(&runs, hash, 0);
    }
    return all >= LEAST_RUNS ? (double)shared / (double)all : 0;
}
