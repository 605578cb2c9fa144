/* RIS, as Zotero, EndNote, Citavi and Mendeley read it: a newspaper article each. Lines end in CR
 * LF, a value is one line. */
#include "export/reference/reference.h"

static void line(struct buf *out, const char *tag, struct str value)
{
    if (!value.n)
        return;
    buf_fmt(out, "%s  - ", tag);
    for (size_t i = 0; i < value.n; i++)
        buf_char(out, (unsigned char)value.p[i] < 32 ? ' ' : value.p[i]);
    buf_add(out, S("\r\n"));
}

static void take(struct reference_sink *sink, struct buf *out, const struct reference *r)
{
    (void)sink;
    line(out, "TY", S("NEWS"));
    buf_fmt(out, "ID  - synoptic-%lld\r\n", (long long)r->id);
    line(out, "TI", r->title);
    line(out, "AB", r->subtitle);
    for (size_t i = 0; i < r->n_authors; i++)
        line(out, "AU", r->author[i]);
    line(out, "T2", r->outlet);
    if (r->year)
        buf_fmt(out, "PY  - %04d\r\nDA  - %04d/%02d/%02d\r\n", r->year, r->year, r->month, r->day);
    line(out, "LA", r->language);
    line(out, "UR", r->url);
    buf_add(out, S("ER  - \r\n\r\n"));
}

bool export_ris(struct export_job *job, struct err *err)
{
    struct reference_sink sink = {take, false};
    return references_each(job, &sink, err);
}
