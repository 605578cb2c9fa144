/* Inside the queue: what importing, fetching and watching share. */
#ifndef STORE_QUEUE_QUEUE_H
#define STORE_QUEUE_QUEUE_H

#include "store/db/db.h"
#include "store/watch.h"

/* What an item brings, kept until it has ended. */
bool queue_keep_bytes(struct db *db, int64_t item, struct str bytes, struct err *err);
/* Items for an import, in the transaction that runs; *import as in store_import_add. */
bool queue_add(struct db *db, const struct store_import_batch *batch, int64_t *import,
               struct err *err);
/* The columns of an item that was taken, as QUEUE_ITEM yields them. */
#define QUEUE_ITEM                                                                                 \
    " id, import, name, kind, (SELECT b.bytes FROM import_bytes b WHERE b.item = "                 \
    "import_items.id),"                                                                            \
    " content_type, page_type, url, title, outlet, published, sample, polite, source, error, "     \
    "tries, deaths"
void queue_read(struct query *q, struct arena *a, struct store_import_item *out);
/* Items have ended, well or badly; the last one ends the import. */
bool queue_count(struct db *db, int64_t import, int done, int failed, struct err *err);
/* The import is served: others come first the next time. */
bool queue_turn(struct db *db, int64_t import, struct err *err);

/* The host is asked by this program; it is no more. */
bool queue_host_busy(struct db *db, struct str name, struct err *err);
bool queue_host_free(struct db *db, struct str name, const struct store_host_rest *rest,
                     struct err *err);

/* deaths.c: what that program had under way when it ended waits again or is set aside. */
bool queue_take_up(struct db *db, int64_t worker, struct err *err);
/* The same for all programs that are no more; *any: there were some. */
bool queue_take_over(struct db *db, bool *any, struct err *err);
/* That every few seconds, where several programs share the store. */
bool queue_look_around(struct store *store, struct err *err);

/* Is a time that was set ahead, in milliseconds, here? One that is further ahead than any is set
 * was set before the clock was put back. */
#define QUEUE_IS_HERE(time) "(" time " <= :now OR " time " > :now + 691200000)"

#endif
