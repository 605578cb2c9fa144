/* A project file of Discourse Network Analyzer 3: see store/project.h. */
#include "export/export.h"
#include "store/project.h"

bool export_dna(struct export_job *job, struct err *err)
{
    return store_project_write(job->store, &job->query.filter, job->out, err);
}
