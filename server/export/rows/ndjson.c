/* One JSON object a line. */
#include "export/export.h"

bool export_ndjson(struct export_job *job, struct err *err)
{
    struct row_ndjson lines = row_ndjson_make(job->out);
    return export_rows(job, &lines.sink, err);
}
