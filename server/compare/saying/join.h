/* Statements joined into utterances: sets of sayings as lists. */
#ifndef COMPARE_JOIN_H
#define COMPARE_JOIN_H

#include "compare/parts.h"

/* By saying: the set's first member (its root), the next member or UINT32_MAX; by root: the last
 * member, how many there are, why they were joined (NULL: one alone). */
struct joins {
    uint32_t *parent, *next, *last, *size;
    const char **rule;
};
void work_joins(struct work *w, struct joins *j);

/* Two sayings worth matching, a before b. */
struct join_pair {
    uint32_t a, b;
    struct match match;
};
/* The key of two numbers in a table: spread, for tables take a key's low bits. */
uint64_t join_key(uint32_t a, uint32_t b);
/* Every pair that can be one saying: of speakers that may be one, or of like words. */
size_t join_candidates(struct work *w, struct join_pair **out);

/* ---- act.c: one act of saying reported in several sentences. */
/* Judges the candidates again, with those that stand near others that are one saying: what is said
 * on one occasion. Returns how many there are now; `features` may be NULL, else [ACT_COUNT] each.
 */
size_t join_acts(struct work *w, struct join_pair **pairs, size_t n,
                 double (**features)[ACT_COUNT]);

#endif
