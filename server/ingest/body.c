#include "ingest/page_parts.h"
bool html_read(struct arena *a, struct str text, struct page *out, struct err *err)
{
    (void)a;
    (void)text;
    (void)out;
    return fail(err, ERR_UNSUPPORTED, "HTML is not read");
}
