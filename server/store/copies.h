/* Copies of the store in a folder, one a day, verified when they are made. */
#ifndef STORE_COPIES_H
#define STORE_COPIES_H

#include "store/store.h"

/* Their names: "synoptic-2026-01-31.db". */
struct store_copies {
    const char *of;     /* the store's file */
    const char *folder; /* made if missing */
    unsigned keep;      /* how many days, at least 1 */
    int32_t today;      /* as in base/day.h */
};
/* Makes the day's copy where none is there and the store was written to since the newest, verifies
 * it, and removes older ones: those stay that store_copies_choose keeps. *made: there is one more.
 * ERR_FULL: less than twice the store's size is free. */
bool store_copies_keep(struct store *store, const struct store_copies *copies, bool *made,
                       struct err *err);
/* The day of the newest; NO_DAY: there is none. */
int32_t store_copies_newest(const char *folder);
/* Of `n` days, the newest first, the first `keep` stay, and of those before the newest of each of
 * four weeks: sets stays[i]. */
void store_copies_choose(const int32_t *days, size_t n, unsigned keep, bool *stays);

#endif
