/* What one run brings in, on its way into the queue: items go over in portions, so that a large
 * folder or archive is never in memory as a whole; pages of split articles are held back until the
 * run ends and joined where all of one article's are there. */
#ifndef INGEST_GATHER_H
#define INGEST_GATHER_H

#include "ingest/worker.h"
#include "page/unpack/unpack.h"

enum { GATHER_AT_ONCE = 64, GATHER_BYTES = 32 << 20, GATHER_HELD = 64 << 20 };

struct held_page; /* gather.c */

/* The caller sets those down to the template. */
struct gather {
    struct store *store;
    int64_t import;  /* 0: a new one is made */
    struct str what; /* the new one's name */
    struct err *err;
    struct unpack_sink sink;           /* an unpacking's members become items (gather_sink) */
    struct worker_watch *watch;        /* its callback gets items that failed already; or NULL */
    struct store_import_item template; /* what every unpacked member has: outlet, sample, ... */
    struct arena arena, held_arena;
    struct store_import_item items[GATHER_AT_ONCE];
    struct held_page *held;
    size_t n, total, n_held, cap_held, held_bytes;
    bool failed; /* the store could not take them: err says why */
};

/* Is it a page of a split article, which gather_item would hold back? */
bool gather_is_split(const struct store_import_item *item);
/* For use as an unpacking's sink. */
bool gather_sink(struct unpack_sink *sink, const struct unpack_member *member);
/* Adds one item; what it points to is copied. False when the store fails. */
bool gather_item(struct gather *g, struct store_import_item item);
/* Hands over what is left and releases all. *import is 0 if nothing came. */
bool gather_end(struct gather *g, int64_t *import);

#endif
