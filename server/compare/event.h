/* Events as articles tell them, for the rules that compare them and their tests. */
#ifndef COMPARE_EVENT_H
#define COMPARE_EVENT_H

#include "compare/parts.h"

enum { THEME_MAX = 4 };

/* "the ministerial talks were postponed": what happened, and to what. */
struct telling {
    uint32_t article, term;
    struct span at; /* the event's words */
    uint16_t group, member;
    bool passive;
    uint64_t theme[THEME_MAX]; /* stems, the nearest to the verb first */
    size_t n_theme;
};

size_t tellings_of(struct work *w, uint32_t article, struct telling **out);
bool tellings_contradict(const struct work *w, const struct telling *a, const struct telling *b);

#endif
