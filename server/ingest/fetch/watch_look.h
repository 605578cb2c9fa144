/* Inside the fetchers: one look at a watched feed. */
#ifndef INGEST_FETCH_WATCH_LOOK_H
#define INGEST_FETCH_WATCH_LOOK_H

#include "ingest/fetch/polite.h"
#include "page/feed/feed.h"

/* Asks for what has changed since the last look, reads it as a feed, a list of feeds or a page that
 * announces one, and stores what is new as an import (*import; 0: none). Failures are stored with
 * the watch; false only when the store fails. */
bool look_at_watch(const struct polite *p, const struct store_watch *watch, int64_t *import,
                   struct err *err);
/* The item that imports a feed's entry: its full text where the feed has it, else the page behind
 * its link (with the text there is, if it is more than a line or two, in case that cannot be
 * fetched). */
struct store_import_item feed_import_item(struct arena *a, const struct feed *feed,
                                          const struct feed_item *entry);

#endif
