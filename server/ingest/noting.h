/* A thread that notes comparisons which take long (store_note_long), while there may be any. */
#ifndef INGEST_NOTING_H
#define INGEST_NOTING_H

#include "store/store.h"

struct noting;

/* NULL where no thread could be had: nothing is noted then. */
struct noting *noting_start(struct store *store);
void noting_stop(struct noting *noting); /* NULL is allowed */

#endif
