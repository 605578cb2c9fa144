/* The threads that wait for other hosts, so that nobody else has to: they take items of the queue
 * and watched feeds that are due, ask the host (one connection each, as often as it likes), and
 * leave the bytes in the store for the worker to read. What was fetched is never fetched twice,
 * also when the program is killed in between. */
#ifndef INGEST_FETCH_FETCHER_H
#define INGEST_FETCH_FETCHER_H

#include "ingest/options.h"
#include "store/store.h"

struct fetchers;

/* `arrived` is called from the threads, with `context`, when there is something to read. */
struct fetcher_call {
    void (*arrived)(void *context);
    void *context;
};

/* Starts the threads. `options` is copied. */
bool fetchers_start(struct store *store, const struct worker_options *options,
                    struct fetcher_call call, struct fetchers **out, struct err *err);
/* Look now: something was queued. NULL is allowed, as below. */
void fetchers_wake(struct fetchers *fetchers);
/* Breaks off what is fetched for the import. */
void fetchers_cancel(struct fetchers *fetchers, int64_t import);
/* Breaks off whatever is under way - it is fetched again the next time - and joins. */
void fetchers_stop(struct fetchers *fetchers);

#endif
