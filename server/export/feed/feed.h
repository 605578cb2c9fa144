/* The newest statements, changed positions and conflicts as a feed: what Atom and JSON Feed have in
 * common. */
#ifndef EXPORT_FEED_FEED_H
#define EXPORT_FEED_FEED_H

#include "export/export.h"

enum { FEED_ENTRIES = 100 };

struct news_entry {
    struct str id; /* urn:synoptic:statement:12, ...:conflict:34, ...:change:56:... */
    int64_t story;
    struct str title; /* "Ida Lund: We cannot wait" */
    struct str words, outlet, article, link;
    struct str updated;   /* RFC 3339: when its article came */
    struct str positions; /* JSON: ["Build the quay: support"]; of conflicts the rule */
};

struct news {
    struct news_entry *v;
    size_t n;
    struct str updated; /* of the newest; of an empty feed 1970 */
    struct arena arena;
};

/* news_finish in any case. */
bool news_read(struct export_job *job, struct news *out, struct err *err);
void news_finish(struct news *feed);

#endif
