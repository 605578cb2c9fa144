/* Imports: what is submitted goes into the queue of the store, from which one worker takes it,
 * item by item. The queue survives a crash; a bad item ends with its reason and the next one
 * follows. Progress is read from the store (NOUN_IMPORT, NOUN_IMPORT_ITEM). */
#ifndef INGEST_WORKER_H
#define INGEST_WORKER_H

#include "ingest/options.h"
#include "ingest/story/pipeline.h"
#include "page/record/record.h"

struct worker;

/* What a worker has done since it began, for /metrics. */
struct worker_counters {
    uint64_t items, failed;    /* worked off, of these with a problem */
    double reading, comparing; /* seconds */
};

/* Starts the thread. It logs one line per failed item to standard error. */
bool worker_start(struct store *store, const struct worker_options *options, struct worker **out,
                  struct err *err);
/* Lets the item and the comparisons at hand end. False where that takes longer than this: they go
 * on, and only store_abandon and the program's end may follow. NULL is allowed. */
bool worker_stop(struct worker *worker, unsigned seconds);
void worker_count(const struct worker *worker, struct worker_counters *out);
/* Something was submitted: look now. (Without it the worker looks once a second.) */
void worker_wake(struct worker *worker);
/* Cancels an import: what waits is dropped, what is being fetched is broken off, what is stored
 * stays. ERR_MISSING: no such import. */
bool worker_cancel(struct worker *worker, int64_t import, struct err *err);

/* Whoever watches an import being worked off: `seen` is called after each item; returning false
 * stops. */
struct worker_watch {
    bool (*seen)(struct worker_watch *watch, const struct store_import *state,
                 const struct store_import_item *item, const struct store_outcome *outcome);
    const atomic_bool *stop; /* set to true by the interrupting thread; or NULL */
};
/* Runs the queue in this thread until it is empty and every story is compared: what the command
 * line does. With options->watch it goes on looking at the watched feeds until it is stopped.
 * `watch` may be NULL. */
bool worker_drain(struct store *store, const struct worker_options *options,
                  struct worker_watch *watch, struct err *err);

/* Submits; *import is its id. ERR_INVALID: no such thing to import. */
bool ingest_submit_url(struct store *store, struct str url, int64_t *import, struct err *err);
bool ingest_submit_feed(struct store *store, struct str url, int64_t *import, struct err *err);
/* Texts or uploaded files: their bytes are copied into the queue. */
/* The made-up story. */
bool ingest_submit_sample(struct store *store, int64_t *import, struct err *err);
bool ingest_submit_items(struct store *store, const struct store_import_batch *batch,
                         int64_t *import, struct err *err);
struct ingest_files {
    const char *const *paths;
    size_t n;
    const char *type;           /* "auto", "html", "text", "body" */
    struct record_map map;      /* the columns of tables */
    struct worker_watch *watch; /* its callback gets what cannot be queued; or NULL */
};
/* Files, folders (every file below them that can be read), URLs, or "-" for standard input; a file
 * or a URL that turns out to be a feed is read as one, one that holds several articles (unpack.h)
 * is unpacked. */
bool ingest_submit_files(struct store *store, const struct ingest_files *files, int64_t *import,
                         struct err *err);

#endif
