/* A report as one HTML file that needs nothing else: no script, no picture, no font, no other host.
 */
#include "export/report/report.h"

#include "base/url.h"

static const char style[] =
    "body{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.5 serif;color:#1b1b1b;"
    "background:#fff}"
    "h1,h2,h3,h4{font-family:sans-serif;line-height:1.25}h4{font-weight:600;margin-bottom:.3em}"
    "blockquote{margin:.3em 0 .8em;padding-left:1em;border-left:3px solid #999}"
    "blockquote p{margin:0}footer{color:#555;font-size:.9em}"
    "@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#181818}a{color:#9cf}"
    "footer{color:#aaa}}"
    "@media print{body{margin:0;max-width:none}blockquote,h3,h4{break-inside:avoid}}";

static void link_around(struct buf *out, struct str text, struct str link)
{
    bool web = url_is_web(link);
    if (web) {
        buf_add(out, S("<a rel=\"noopener noreferrer\" href=\""));
        export_xml(out, link);
        buf_add(out, S("\">"));
    }
    export_xml(out, text);
    buf_add(out, web ? S("</a>") : S(""));
}

static void heading(struct buf *out, int level, struct str text)
{
    buf_fmt(out, "<h%d>", level);
    export_xml(out, text);
    buf_fmt(out, "</h%d>\n", level);
}

static void item(struct buf *out, struct str text, struct str link)
{
    buf_add(out, S("<p>"));
    link_around(out, text, link);
    buf_add(out, S("</p>\n"));
}

static void quote(struct buf *out, struct str words, struct str source, struct str link)
{
    buf_add(out, S("<blockquote><p>"));
    export_xml(out, words);
    buf_add(out, S("</p><footer>"));
    link_around(out, source, link);
    buf_add(out, S("</footer></blockquote>\n"));
}

static void begin(struct buf *out, struct str title)
{
    buf_add(out, S("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width\">"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'\"><title>"));
    export_xml(out, title);
    buf_fmt(out, "</title><style>%s</style></head>\n<body>\n", style);
}

static void end(struct buf *out)
{
    buf_add(out, S("</body></html>\n"));
}

bool export_html(struct export_job *job, struct err *err)
{
    static const struct report_writer writer = {heading, item, quote, begin, end};
    return report_write(job, &writer, err);
}
