/* Telling webhooks what is new: a thread beside the import worker. Addresses are checked like those
 * that are fetched; calls are signed; those that fail are tried again later. */
#ifndef INGEST_FETCH_HOOK_H
#define INGEST_FETCH_HOOK_H

#include "ingest/options.h"
#include "store/store.h"

struct hooks;
struct hooks *hooks_start(struct store *store, const struct worker_options *options);
/* NULL is allowed. */
void hooks_stop(struct hooks *hooks);

/* The value of X-Synoptic-Signature: "t=SECONDS,v1=HEX", HMAC-SHA-256 by the secret over
 * "SECONDS.BODY". */
struct str hook_signature(struct arena *a, struct str secret, int64_t seconds, struct str body);

#endif
