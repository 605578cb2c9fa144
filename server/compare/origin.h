/* Origins, for their own file and its tests. */
#ifndef COMPARE_ORIGIN_H
#define COMPARE_ORIGIN_H

#include "compare/parts.h"

/* The share of `by` that follows `of` in order, and how much of all likeness lies in that order. */
double origin_share(struct work *w, uint32_t of, uint32_t by, double *ordered);

/* runs.c: the share of the words of `by` that run, five at a time, in `of` too; 0 of few words. */
double runs_shared(struct arena *scratch, const struct text *of, const struct text *by);

#endif
