/* Shared by tests of archives: small zip, tar, gzip and WARC files made in memory. */
#ifndef TESTS_SUPPORT_PACKED_H
#define TESTS_SUPPORT_PACKED_H

#include "base/arena.h"

struct packed_file {
    struct str name, bytes;
};

enum packed_kind { PACKED_ZIP, PACKED_ZIP_STORED, PACKED_ZIP_LOCKED, PACKED_TAR, PACKED_TAR_GZ };

/* The files in one archive, in the arena. */
struct str packed_make(struct arena *a, enum packed_kind kind, const struct packed_file *files,
                       size_t n);
struct str packed_gzip(struct arena *a, struct str bytes);
/* A WARC record; `head` holds further lines, each with its CR LF. */
struct str packed_record(struct arena *a, const char *type, const char *url,
                         const char *content_type, struct str block);
/* An HTTP answer with status 200; `head` as above. */
struct str packed_answer(struct arena *a, const char *head, struct str body);

#endif
