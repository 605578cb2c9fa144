/* Telling webhooks what is new: a thread beside the import worker. Addresses are checked like those
 * that are fetched; calls are signed; those that fail are tried again later. */
#ifndef INGEST_FETCH_HOOK_H
#define INGEST_FETCH_HOOK_H

#include "ingest/options.h"
#include "store/hook.h"

#include <stdatomic.h>

struct hooks;
struct hooks *hooks_start(struct store *store, const struct worker_options *options);
/* NULL is allowed. */
void hooks_stop(struct hooks *hooks);

/* One call, here and now: signed, to an address that may be called. False where it is not taken;
 * *status is that of the answer, or 0. `cancel` may be NULL. */
struct hook_way {
    bool allow_private;
    const atomic_bool *cancel;
};
bool hook_call(struct arena *a, const struct hook_way *way, const struct store_hook_call *call,
               long *status, struct err *why);

/* The value of X-Synoptic-Signature: "t=SECONDS,v1=HEX", HMAC-SHA-256 by the secret over
 * "SECONDS.BODY". */
struct str hook_signature(struct arena *a, struct str secret, int64_t seconds, struct str body);

#endif
