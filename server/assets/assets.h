/* Files that were packed into the binary by embed.c: pages, schema, word lists, models, the
 * sample story. Each table is sorted by key and ends with a NULL key. Sees base only. */
#ifndef ASSETS_ASSETS_H
#define ASSETS_ASSETS_H

#include "base/str.h"

struct embedded {
    const char *key;  /* "story.html", "lib/api.js", "001-articles.sql" */
    struct str bytes; /* followed by a zero byte; 64-byte aligned */
    struct str gzip;  /* compressed copy, empty where that gains nothing */
    const char *etag; /* 16 hex digits over the bytes */
};

extern const struct embedded assets_web[];
extern const struct embedded assets_schema[];
extern const struct embedded assets_files[]; /* tables of other programs' files */
extern const struct embedded assets_words[];
extern const struct embedded assets_model[];
extern const struct embedded assets_sample[];

/* The entry with this key, or NULL. */
const struct embedded *asset_find(const struct embedded *table, struct str key);

#endif
