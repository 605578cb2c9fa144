/* Which language a text is in, by its little words (words/languages.txt). */
#ifndef ASSETS_LANGUAGE_H
#define ASSETS_LANGUAGE_H

#include "base/str.h"

struct language {
    struct str code; /* ISO 639-1, a slice of the list; empty: not sure */
    size_t words;    /* that were looked at: a line's worth says little */
};

/* Looks at the first 4,000 bytes, some 600 words. At least one word in ten must be of the language,
 * and a third more than of the next one; of others than English two that differ, for one may be a
 * name. */
struct language language_detect(struct str text);

#endif
