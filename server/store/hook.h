/* Webhooks: addresses that are told when an actor that is watched says something, or something is
 * said on an issue that is watched. What is to be told is gathered from the statements that came
 * since (their ids grow), and kept as calls until it is told or given up: the journal. */
#ifndef STORE_HOOK_H
#define STORE_HOOK_H

#include "store/store.h"

enum { HOOK_MOST = 100, HOOK_TRIES = 8, HOOK_FIRST_PAUSE = 2000 };

struct store_hook {
    struct str url, secret;
    struct str actor, issue; /* keys; one may be empty, not both */
};
/* ERR_MISSING: no such actor or issue; ERR_CONFLICT: there are HOOK_MOST already. What is there
 * already is not told. */
bool store_hook_add(struct store *store, const struct store_hook *hook, int64_t *id,
                    struct err *err);
/* Its texts are the arena's. ERR_MISSING. */
bool store_hook_load(struct store *store, struct arena *a, int64_t id, struct store_hook *out,
                     struct err *err);
/* With its journal. ERR_MISSING. */
bool store_hook_remove(struct store *store, int64_t id, struct err *err);

/* Makes calls of what is new, at most 100 statements each. */
bool store_hook_gather(struct store *store, struct err *err);
/* The call that is due longest; id 0: none. */
struct store_hook_call {
    int64_t id, hook, tries;
    struct str url, secret, body;
};
bool store_hook_take(struct store *store, struct arena *a, struct store_hook_call *out,
                     struct err *err);
/* How it went; `problem` empty: it was taken. After HOOK_TRIES failures it is given up; before that
 * it waits 2 s, 8 s, 32 s ... */
bool store_hook_told(struct store *store, const struct store_hook_call *call, long status,
                     struct str problem, struct err *err);

#endif
