/* What the store keeps beside an article's text: the bytes it was read from, the further addresses
 * at which it stands, and the reading of everything once more. Errors as in store.h. */
#ifndef STORE_ORIGINAL_H
#define STORE_ORIGINAL_H

#include "store/store.h"

/* ----------------------------------------------------------------------------------- originals */

/* The bytes a version of an article was read from, and what was said of them. */
struct store_original {
    struct str url, content_type, page_type; /* page_type: "auto", "html", "text", "body" */
    struct str title, outlet, published;     /* given by the importer */
    struct str bytes;
};

/* Keeps the bytes of the article's current version, compressed, unless some are kept already. */
bool store_original_save(struct store *store, int64_t article,
                         const struct store_original *original, struct err *err);
/* One version of an article. */
struct store_version {
    int64_t article, number; /* number 0: the current one */
};
/* The bytes of a version, unpacked into the arena. ERR_MISSING: none were kept; ERR_IO: they are
 * damaged. */
bool store_original_load(struct store *store, struct arena *a, struct store_version version,
                         struct store_original *out, struct err *err);

/* ----------------------------------------------------------------------------------- addresses */

/* A place where an article stands: `key` as url_key makes it, `view` "page", "amp", "print"
 * or "mobile". */
struct store_address {
    struct str key, url, view;
};
/* Remembers it; an address that belongs to another article stays where it is. */
bool store_address_save(struct store *store, int64_t article, const struct store_address *address,
                        struct err *err);
/* The article that stands at the address; *article = 0 if none does. */
bool store_address_find(struct store *store, struct str key, int64_t *article, struct err *err);

/* The current text of an article, in the arena. ERR_MISSING. */
bool store_article_load(struct store *store, struct arena *a, int64_t article,
                        struct store_article *out, struct err *err);
/* Puts a better reading of the same version in the place of the old: title, text and the rest are
 * replaced, what a person decided of them stands, the version stays. The story is stale then. */
bool store_article_reread(struct store *store, const struct store_article *article,
                          struct err *err);

/* ----------------------------------------------------------------------------------- rereading */

struct store_reread {
    int64_t id, total, done, changed, from_text, failed;
    char status[12]; /* running, done, cancelled */
};

/* Queues every story (0) or the one given to be read again; *id is the reading's. One that is under
 * way goes on where it is; a story that is given joins it. ERR_MISSING: no such story, or none at
 * all. */
bool store_reread_begin(struct store *store, int64_t story, int64_t *id, struct err *err);
/* The reading that is under way; id 0: none. */
bool store_reread_now(struct store *store, struct store_reread *out, struct err *err);
bool store_reread_state(struct store *store, int64_t id, struct store_reread *out, struct err *err);
/* The next story behind *story that waits; 0: none does. */
bool store_reread_next(struct store *store, int64_t *story, struct err *err);
/* One story is through: `counts` tells done, changed, from_text and failed; the last one ends the
 * reading. */
bool store_reread_done(struct store *store, int64_t story, const struct store_reread *counts,
                       struct err *err);
/* What waits is left as it is. ERR_MISSING: no such reading; one that is over stays so. */
bool store_reread_cancel(struct store *store, int64_t id, struct err *err);
/* The ids of a story's articles. */
struct store_ids {
    int64_t *v;
    size_t n;
};
bool store_story_articles(struct store *store, struct arena *a, int64_t story,
                          struct store_ids *out, struct err *err);

#endif
