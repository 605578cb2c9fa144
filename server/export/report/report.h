/* A story to read on paper, in a mail or in notes: its reports, issues with everybody's position
 * and words, what else was said, conflicts. Walked once (report.c), written as Markdown or HTML. */
#ifndef EXPORT_REPORT_REPORT_H
#define EXPORT_REPORT_REPORT_H

#include "export/article/article.h"

struct report_writer {
    void (*heading)(struct buf *out, int level, struct str text);
    /* A line of a list; `link` may be empty. */
    void (*item)(struct buf *out, struct str text, struct str link);
    /* Words as they stand in an article, and where. */
    void (*quote)(struct buf *out, struct str words, struct str source, struct str link);
    void (*begin)(struct buf *out, struct str title);
    void (*end)(struct buf *out);
};

bool report_write(struct export_job *job, const struct report_writer *writer, struct err *err);

#endif
