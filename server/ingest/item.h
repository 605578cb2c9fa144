/* Inside the worker: one item of the queue from its source to its article. */
#ifndef INGEST_ITEM_H
#define INGEST_ITEM_H

#include "ingest/worker.h"

struct item_run {
    struct store *store;
    const struct worker_options *options;
    const atomic_bool *stop;
    struct ahead *ahead; /* or NULL */
    bool batched;        /* the caller has a batch of the store open */
};

/* Reads and stores what was handed in or fetched; a feed becomes further items of its import
 * (outcome->more), an archive's members likewise, in portions. What went wrong is in
 * outcome->problem; all in the arena. False when the store fails: nothing is known of the item. */
bool item_import(const struct item_run *run, struct arena *a, const struct store_import_item *item,
                 struct store_outcome *outcome, struct err *err);

#endif
