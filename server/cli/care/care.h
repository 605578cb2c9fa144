/* Looking after an installation: copies of the store made by themselves, and what `doctor` finds.
 */
#ifndef CLI_CARE_CARE_H
#define CLI_CARE_CARE_H

#include "cli/open.h"
#include "store/copies.h"

/* The folder that --backups names, that beside the store where it says nothing ("PATH.backups"), or
 * NULL for "off" and for stores that are no files. */
const char *care_folder(struct arena *a, const struct config *config, const char *db);

/* A thread that calls store_copies_keep: ten seconds after the start, then every minute. */
struct care;
struct care_options {
    struct store *store;
    struct store_copies copies; /* folder NULL: none are wanted */
};
struct care *care_start(const struct care_options *options);
/* Waits for a copy under way. False where that takes longer: it goes on, and only store_abandon and
 * the program's end may follow; the next copy sweeps up what it leaves. NULL is allowed. */
bool care_stop(struct care *care, unsigned seconds);

#endif
