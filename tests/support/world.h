/* Made-up stories out of a seed: a few reports of two events, with the same speakers, quotations
 * and quarrels in other words; and all that a store shows of itself, as one text. */
#ifndef TESTS_SUPPORT_WORLD_H
#define TESTS_SUPPORT_WORLD_H

#include "support/stored.h"

struct world {
    struct stored *stored;
    uint64_t state; /* of the random numbers */
    int articles;   /* brought so far */
};

/* 0..n-1. */
size_t world_random(struct world *w, size_t n);
/* Brings one report and compares the stories; `again`: other words at the address of an earlier
 * one. */
void world_bring(struct world *w, bool again);
/* Everything that lists and items show, comparisons included, but for the times of changes; the
 * caller finishes it. */
struct buf world_snapshot(struct stored *s);
/* What refers to nothing, or does not follow from its rows: empty, or one finding a line. */
struct str world_dangling(struct stored *s, struct arena *a);

#endif
