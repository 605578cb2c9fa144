/* BibTeX (UTF-8, for biber or a Unicode engine): an @article each. What TeX would take for its own
 * is written so that it prints; capitals of titles are kept. */
#include "export/reference/reference.h"

#include <string.h>

static void text(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if ((unsigned char)c < 32)
            buf_char(out, ' ');
        else if (c == '\\')
            buf_add(out, S("\\textbackslash{}"));
        else if (c == '~')
            buf_add(out, S("\\textasciitilde{}"));
        else if (c == '^')
            buf_add(out, S("\\textasciicircum{}"));
        else if (strchr("{}%&$#_", c))
            buf_fmt(out, "\\%c", c);
        else
            buf_char(out, c);
    }
}

static void field(struct buf *out, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_fmt(out, ",\n  %s = {", name);
    text(out, value);
    buf_char(out, '}');
}

static void authors(struct buf *out, const struct reference *r)
{
    for (size_t i = 0; i < r->n_authors; i++) {
        buf_add(out, i ? S(" and ") : S(",\n  author = {"));
        text(out, r->author[i]);
    }
    if (r->n_authors)
        buf_char(out, '}');
}

static void take(struct reference_sink *sink, struct buf *out, const struct reference *r)
{
    (void)sink;
    buf_fmt(out, "@article{synoptic-%lld", (long long)r->id);
    if (r->title.n) {
        buf_add(out, S(",\n  title = {{"));
        text(out, r->title);
        buf_add(out, S("}}"));
    }
    field(out, "subtitle", r->subtitle);
    authors(out, r);
    field(out, "journal", r->outlet);
    if (r->year) /* BibTeX's own fields, and biblatex's */
        buf_fmt(out,
                ",\n  year = {%04d},\n  month = {%d},\n  day = {%d},\n  date = {%04d-%02d-%02d}",
                r->year, r->month, r->day, r->year, r->month, r->day);
    field(out, "language", r->language);
    if (r->url.n) { /* verbatim: styles put it into \url */
        buf_add(out, S(",\n  url = {"));
        for (size_t i = 0; i < r->url.n; i++)
            if (strchr("{}\\", r->url.p[i]))
                buf_fmt(out, "%%%02X", (unsigned char)r->url.p[i]);
            else
                buf_char(out, r->url.p[i]);
        buf_char(out, '}');
    }
    buf_add(out, S("\n}\n\n"));
}

bool export_bibtex(struct export_job *job, struct err *err)
{
    struct reference_sink sink = {take, false};
    return references_each(job, &sink, err);
}
