/* Project files of Discourse Network Analyzer 3, in memory: what the store holds as such a file,
 * and what stands in one.
 *
 * Written: a document for each article, and a statement for each statement and issue. Where a side
 * is taken, that is a "DNA Statement" (person, organization, concept, agreement): support and
 * conditional agree, oppose and denies do not. All others are "Without a side" (person,
 * organization, concept). Both carry further variables: stance, the one of seven, and record, a
 * JSON object with what that tool has no place for. Offsets are UTF-16 units, a content in several
 * places is the stretch from its first to its last. Titles, names and issues end after 190
 * characters. The coder is "Admin", the password "synoptic". */
#ifndef STORE_PROJECT_H
#define STORE_PROJECT_H

#include "store/store.h"

/* Appends the file: articles (and their statements) that story, article, outlet, from and to of the
 * filter let through, statements that actor, issue and stance do. */
bool store_project_write(struct store *store, const struct store_filter *filter, struct buf *out,
                         struct err *err);

struct project_document {
    int64_t id, date; /* seconds since 1970 */
    struct str title, text, author, source, section, notes, type;
};

struct project_statement {
    int64_t id, document, start, end; /* UTF-16 units */
    struct str type;                  /* label of its type */
    struct str person, organization, concept;
    struct str stance, record; /* where synoptic has written them, else empty */
    int agreement;             /* 1, 0; -1: the type has none */
};

/* Documents first, then statements by document and start. What is handed over lives only during the
 * call; returning false (with err) ends it. */
struct project_sink {
    bool (*document)(struct project_sink *sink, const struct project_document *d, struct err *err);
    bool (*statement)(struct project_sink *sink, const struct project_statement *s,
                      struct err *err);
};
/* Do the bytes begin like such a file (any of SQLite's)? */
bool store_project_likely(struct str bytes);
/* ERR_UNSUPPORTED: damaged, or no project of version 3. */
bool store_project_read(struct store *store, struct str bytes, struct project_sink *sink,
                        struct err *err);

#endif
