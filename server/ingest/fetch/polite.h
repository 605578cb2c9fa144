/* Inside the fetchers: asking a host the way it wants to be asked. */
#ifndef INGEST_FETCH_POLITE_H
#define INGEST_FETCH_POLITE_H

#include "ingest/fetch/fetch.h"
#include "ingest/options.h"
#include "store/watch.h"

struct polite {
    struct store *store;
    const struct worker_options *options;
    const atomic_bool *cancel;
};

/* One request and what it means for the next ones to the same host. */
struct polite_answer {
    struct fetched got;
    struct store_host_rest rest;
    bool busy; /* the host asked to come back later (429, 503) */
};

/* May a program fetch the address, as the host's robots.txt says? It is read once a day. A host
 * that has none, or whose options say so, allows everything; one that cannot be asked (5xx, no
 * answer) allows nothing for now, as RFC 9309 wants. ERR_DENIED, with a sentence. */
bool polite_allowed(const struct polite *p, struct arena *a, struct str url, struct err *err);
/* An address, and what is known of the copy that is here: empty, or its ETag and Last-Modified. */
struct polite_request {
    struct str url, etag, last_modified;
};
/* Fetches; on failure too, out->rest and out->busy tell how the host is to be treated. */
bool polite_fetch(const struct polite *p, struct arena *a, struct polite_request request,
                  struct polite_answer *out, struct err *err);

#endif
