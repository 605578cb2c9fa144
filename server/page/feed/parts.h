/* What the readers of the feed formats share. */
#ifndef PAGE_FEED_PARTS_H
#define PAGE_FEED_PARTS_H

#include "page/feed/feed.h"

struct feed_reader {
    struct arena *a;
    struct str base; /* where the feed came from */
    struct feed feed;
    size_t cap;
};

/* Adds an item that has an address or text; others are dropped. */
void feed_add(struct feed_reader *r, struct feed_item item);
/* Plain text of a title or name that may hold markup and entities. */
struct str feed_plain(struct arena *a, struct str s);

bool feed_read_xml(struct feed_reader *r, struct str text, struct err *err);
bool feed_read_json(struct feed_reader *r, struct str text, struct err *err);

#endif
