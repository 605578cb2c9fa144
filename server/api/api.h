/* The API and the pages as one running server over a store. */
#ifndef API_API_H
#define API_API_H

#include "http/http.h"
#include "ingest/worker.h"

struct api;

/* Starts to serve and returns at once. `http` says where and for whom (host, port, token,
 * allow_hosts, web_dir, threads, log); routes, app and state are filled in here. The store, the
 * worker (NULL: the store is only read) and what `http` points to must outlive the server.
 * Errors: those of http_start. Signals are the caller's: block them before, wait, then stop. */
bool api_start(struct http_options *http, struct store *store, struct worker *worker,
               struct api **out, struct err *err);
/* Where it answers: "http://127.0.0.1:8080". */
const char *api_address(const struct api *api);
/* Lets running requests finish for at most `seconds`, then frees all. NULL is allowed. */
void api_stop(struct api *api, unsigned seconds);

#endif
