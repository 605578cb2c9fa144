/* Reads ahead: while one thread imports, another finds the attributions of the articles that came,
 * so that comparing their stories finds them in the store. A shortcut and nothing more: what it has
 * not come to, comparing finds itself. */
#ifndef INGEST_STORY_AHEAD_H
#define INGEST_STORY_AHEAD_H

#include "store/store.h"

struct ahead;

/* Starts the thread. NULL, which the others allow, where there is no second core for it. */
struct ahead *ahead_start(struct store *store);
/* An article was stored; its texts are copied. Passed over when too much waits already. */
void ahead_take(struct ahead *ahead, int64_t article, const struct store_article *texts);
/* From now on articles that come wait, since their transaction may be taken back. */
void ahead_hold(struct ahead *ahead);
/* Those are to be read, or to be forgotten. */
void ahead_release(struct ahead *ahead, bool stands);
/* Stores what was found, if it is much: for a thread that is writing anyway. */
bool ahead_save(struct ahead *ahead, struct err *err);
/* Drops what waits, lets the article at hand end, and stores what was found. */
void ahead_settle(struct ahead *ahead);
/* Ends the thread, storing what was found. */
void ahead_stop(struct ahead *ahead);

#endif
