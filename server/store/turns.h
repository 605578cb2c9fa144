/* Whose turn it is, among the threads of a program and the programs on one store; and what of work
 * under way whose program ends. */
#ifndef STORE_TURNS_H
#define STORE_TURNS_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct store;

/* One comparison of a story at a time: held around load, compare and save. Others go on. */
void store_story_lock(struct store *store, int64_t story);
void store_story_unlock(struct store *store, int64_t story);
/* The same where somebody else has it: false, at once. */
bool store_story_try(struct store *store, int64_t story);
enum { STORE_REGROUPS = -4 }; /* in the place of a story: all whose articles are sorted anew */
/* Within a batch: is a taken item this program's still, and will it be until the batch has ended?
 * ERR_CONFLICT: another took it over, thinking this one dead; what came of it must not be stored.
 */
bool store_import_ours(struct store *store, int64_t item, struct err *err);
/* What one program among those that share the store does; true: it is this one. It is until it
 * returns the role, or ends. */
enum store_role { STORE_ROLE_COMPARES = 3 }; /* stories, while there are items; below: locks */
bool store_claim_role(struct store *store, enum store_role role, bool take);
/* To be called every second or so while stories are compared: those that take long are noted, so
 * that one which ends the program twice is set aside (store_story_load: ERR_TOO_LARGE, and no more
 * stale) until somebody has it read again. */
void store_note_long(struct store *store);
/* The program is about to end with things under way, and by nobody's fault. Other threads may be in
 * any call; nothing but the end may follow (store_close does nothing then). */
void store_abandon(struct store *store);

#endif
