/* A table with a header line (RFC 4180). */
#include "export/export.h"

bool export_csv(struct export_job *job, struct err *err)
{
    if (job->mark)
        buf_add(job->out, S("\xEF\xBB\xBF"));
    struct row_csv csv = row_csv_make(job->out, job->guard);
    bool ok = export_rows(job, &csv.sink, err);
    row_csv_finish(&csv);
    return ok;
}
