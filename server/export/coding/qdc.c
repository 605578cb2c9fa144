/* A REFI-QDA code book. */
#include "export/coding/coding.h"

bool export_qdc(struct export_job *job, struct err *err)
{
    buf_add(job->out,
            S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
              "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"synoptic " SYNOPTIC_VERSION
              "\">\n"));
    bool ok = coding_write(job, err);
    buf_add(job->out, S("</CodeBook>\n"));
    return ok;
}
