/* Texts of tests with one attribution marked in them: {source} <cue> [content]. */
#ifndef TESTS_SUPPORT_MARKED_H
#define TESTS_SUPPORT_MARKED_H

#include <string.h>

#include "lang/parts.h"

struct marked {
    char text[1024];
    size_t n;
    struct span at[3]; /* source, cue, content */
};

/* Takes the brackets out and notes what stood between them; the last of each counts. */
static inline void unmark(struct str line, struct marked *m)
{
    static const char open[] = "{<[", close[] = "}>]";
    memset(m, 0, sizeof *m);
    for (size_t i = 0; i < line.n && m->n + 1 < sizeof m->text; i++) {
        const char *o = strchr(open, line.p[i]), *c = strchr(close, line.p[i]);
        if (o)
            m->at[o - open].start = (uint32_t)m->n;
        else if (c)
            m->at[c - close].end = (uint32_t)m->n;
        else
            m->text[m->n++] = line.p[i];
    }
}

#endif
