/* A report as Markdown (CommonMark). */
#include "export/report/report.h"

#include <string.h>

/* Text in which nothing is markup; ends of lines become blanks. */
static void plain(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n' || c == '\r') {
            buf_char(out, ' ');
            continue;
        }
        bool first = i == 0 || text.p[i - 1] == '\n';
        if (strchr("\\`*_[]<>#|&", c) || (first && strchr("-+", c)))
            buf_char(out, '\\');
        buf_char(out, c);
        bool number = c >= '0' && c <= '9' && i + 1 < text.n && strchr(".)", text.p[i + 1]);
        for (size_t k = 0; number && k < i; k++)
            number = text.p[k] >= '0' && text.p[k] <= '9';
        if (number) /* "1." begins a list */
            buf_char(out, '\\');
    }
}

static void link_around(struct buf *out, struct str text, struct str link)
{
    if (!link.n) {
        plain(out, text);
        return;
    }
    buf_char(out, '[');
    plain(out, text);
    buf_add(out, S("](<"));
    for (size_t i = 0; i < link.n; i++) {
        if (strchr("<>\n\r\\ ", link.p[i]))
            buf_fmt(out, "%%%02X", (unsigned char)link.p[i]);
        else
            buf_char(out, link.p[i]);
    }
    buf_add(out, S(">)"));
}

static void heading(struct buf *out, int level, struct str text)
{
    bool apart = out->n < 2 || out->p[out->n - 2] == '\n';
    buf_fmt(out, "%s%.*s ", apart ? "" : "\n", level, "######");
    plain(out, text);
    buf_add(out, S("\n\n"));
}

static void item(struct buf *out, struct str text, struct str link)
{
    buf_add(out, S("- "));
    link_around(out, text, link);
    buf_char(out, '\n');
}

static void quote(struct buf *out, struct str words, struct str source, struct str link)
{
    buf_add(out, S("> "));
    plain(out, words);
    buf_add(out, S("\n>\n> — "));
    link_around(out, source, link);
    buf_add(out, S("\n\n"));
}

static void begin(struct buf *out, struct str title)
{
    (void)out, (void)title;
}

static void end(struct buf *out)
{
    (void)out;
}

bool export_markdown(struct export_job *job, struct err *err)
{
    static const struct report_writer writer = {heading, item, quote, begin, end};
    return report_write(job, &writer, err);
}
