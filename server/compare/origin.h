/* Origins, for their own file and its tests. */
#ifndef COMPARE_ORIGIN_H
#define COMPARE_ORIGIN_H

#include "compare/parts.h"

/* The share of `by` that follows `of` in order, and how much of all likeness lies in that order. */
double origin_share(struct work *w, uint32_t of, uint32_t by, double *ordered);

#endif
