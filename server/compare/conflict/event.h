/* Events as articles tell them, for the rules that compare them and their tests. */
#ifndef COMPARE_CONFLICT_EVENT_H
#define COMPARE_CONFLICT_EVENT_H

#include "compare/parts.h"

/* "the ministerial talks were postponed": what happened, and to what. */
struct telling {
    uint32_t article, term;
    struct span at; /* the event's words */
    uint16_t group, member;
    bool weak;
    uint64_t theme;              /* stem of what it happened to, or 0 */
    uint64_t owner;              /* key of the person whose it is, or 0 */
    uint64_t named[2];           /* names and numbers before the theme: "the Senate budget"; or 0 */
    const struct saying *saying; /* the statement it stands in, or NULL */
};

/* What the text tells; `article` is where it stands, or IN_TITLE for a headline. */
#define IN_TITLE UINT32_MAX
size_t tellings_in(struct work *w, const struct text *t, uint32_t article, struct telling **out);

#endif
