/* What rows of the store can be written as. The API's addresses (/api/v1/statements.csv,
 * /api/v1/exports?format=csv), its description, `synoptic export` and its help are made from one
 * table, EXPORT_FORMATS. */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "store/store.h"

/* One document to write. */
struct export_job {
    struct store *store;
    struct store_query query;
    bool all;           /* every row, in one snapshot; else the page that `query` names */
    bool guard;         /* keep spreadsheets from calculating cells */
    const char *member; /* what a document that names its rows calls them: "data" */
    struct buf *out;
    struct store_page page; /* filled unless `all` */
};

/* The table: name (in --format and ?format=), suffix (of a file, and behind the path of a list),
 * media type, and whether every list can be had in it or exports only. The writer of a format is
 * export_NAME in NAME.c; the first is the default of `synoptic export`. */
#define EXPORT_FORMATS(row)                                                                        \
    row(json, "json", "application/json", false)                                                   \
        row(csv, "csv", "text/csv; charset=utf-8; header=present", true)                           \
            row(ndjson, "ndjson", "application/x-ndjson", true)

/* A writer appends the document to job->out; on failure a part of it may be there. */
#define EXPORT_WRITER(name, suffix, type, lists)                                                   \
    bool export_##name(struct export_job *job, struct err *err);
EXPORT_FORMATS(EXPORT_WRITER)
#undef EXPORT_WRITER

struct export_format {
    const char *name, *suffix, *type;
    bool lists;
    bool (*write)(struct export_job *job, struct err *err);
};
/* The rows of the table, closed by a NULL name. */
extern const struct export_format export_formats[];

/* The format of that name, or NULL. */
const struct export_format *export_named(struct str name);
/* The format of lists whose suffix it is, or NULL. */
const struct export_format *export_of_list(struct str suffix);
/* Appends the names of all formats with `between` between them. */
void export_names(struct buf *out, const char *between);

/* For writers: the job's rows into the sink. */
bool export_rows(struct export_job *job, struct row_sink *sink, struct err *err);

#endif
