/* Are two texts one text, give or take a line? */
#ifndef PAGE_TEXT_ALIKE_H
#define PAGE_TEXT_ALIKE_H

#include "base/arena.h"

/* True when at least nine tenths of the shorter text's runs of four words stand in the longer one,
 * and the shorter is at least half as long (after Broder's containment of shingles). */
bool texts_alike(struct arena *a, struct str x, struct str y);

#endif
