/* One JSON object whose only member is the array of the rows. */
#include "export/export.h"

bool export_json(struct export_job *job, struct err *err)
{
    struct json j = json_begin(job->out);
    struct row_json rows = row_json_make(&j);
    json_object(&j);
    json_key(&j, job->member);
    json_array(&j);
    if (!export_rows(job, &rows.sink, err))
        return false;
    json_end_array(&j);
    json_end_object(&j);
    return true;
}
