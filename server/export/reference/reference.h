/* The articles as references: what RIS, BibTeX and CSL-JSON have in common. */
#ifndef EXPORT_REFERENCE_REFERENCE_H
#define EXPORT_REFERENCE_REFERENCE_H

#include "export/export.h"

enum { REFERENCE_AUTHORS = 12 };

struct reference {
    int64_t id;
    struct str title, subtitle, outlet, published, url, language;
    struct str author[REFERENCE_AUTHORS]; /* in natural order: "Ida Lund" */
    size_t n_authors;
    int year, month, day; /* 0: not known */
};

struct reference_sink {
    void (*take)(struct reference_sink *sink, struct buf *out, const struct reference *r);
    bool later; /* one was taken before */
};

/* Hands over every article of the job, which live only during the call. */
bool references_each(struct export_job *job, struct reference_sink *sink, struct err *err);

#endif
