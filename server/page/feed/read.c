/* Telling feeds apart, and the feeds that web pages announce. */
#include "page/feed/parts.h"

#include "base/url.h"
#include "page/html/html.h"
#include "page/text/encoding.h"

#include <string.h>

enum { WARNINGS = 4096 };

static bool is_feed_type(struct str type)
{
    return str_eq_case(type, S("application/rss+xml")) ||
           str_eq_case(type, S("application/atom+xml")) ||
           str_eq_case(type, S("application/feed+json"));
}

struct str feed_link(struct arena *a, struct str html, struct str url)
{
    struct html h;
    struct str found = {0};
    if (!html_parse(str_slice(html, 0, 1 << 20), &h, NULL))
        return found;
    for (size_t i = 1; i < h.n && found.n == 0; i++)
        if (h.nodes[i].tag == TAG_LINK && is_feed_type(html_attr(&h, i, S("type"))))
            found = url_resolve(a, url, html_value(a, html_attr(&h, i, S("href"))));
    html_finish(&h);
    return found;
}

/* Behind a comment, a declaration or an instruction that opens the text; 0 if none does. */
static size_t behind_prologue(struct str s)
{
    bool comment = str_starts(s, S("<!--")), doctype = str_starts(s, S("<!"));
    size_t close = comment                  ? str_find(s, S("-->"), 4)
                   : str_starts(s, S("<?")) ? str_find(s, S("?>"), 2)
                   : doctype                ? str_find_char(s, '>', 2)
                                            : STR_NONE;
    size_t subset = doctype && !comment ? str_find_char(str_slice(s, 0, close), '[', 0) : STR_NONE;
    if (subset != STR_NONE)
        close = str_find(s, S("]"), subset);
    if (close == STR_NONE)
        return 0;
    close = str_find_char(s, '>', close);
    return close == STR_NONE ? 0 : close + 1;
}

struct str feed_root(struct str text)
{
    text = str_trim(text);
    for (size_t n; (n = behind_prologue(text)) > 0;)
        text = str_trim(str_slice(text, n, text.n));
    if (!str_starts(text, S("<")))
        return str_slice(text, 0, str_starts(text, S("{")));
    size_t end = 1;
    while (end < text.n && !strchr(" \t\r\n/><", text.p[end]))
        end++;
    struct str name = str_slice(text, 1, end);
    size_t colon = str_find_char(name, ':', 0);
    return colon == STR_NONE ? name : str_slice(name, colon + 1, name.n);
}

/* UTF-16 is decoded to look at; all else is ASCII as far as tags go. */
static struct str to_look_at(struct arena *a, struct str bytes)
{
    struct str head = str_slice(bytes, 0, 64), text;
    bool wide = str_starts(head, S("\xFF\xFE")) || str_starts(head, S("\xFE\xFF")) ||
                str_find_char(head, '\0', 0) != STR_NONE;
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        return str_slice(bytes, 3, bytes.n);
    return wide && encoding_decode(a, bytes, S(""), &text, NULL) ? text : bytes;
}

static bool is_feed_root(struct str root, struct str text)
{
    static const struct str roots[] = {STR("rss"), STR("RDF"), STR("opml"), STR("sitemapindex"),
                                       STR("urlset")};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (str_eq_case(root, roots[i]))
            return true;
    return str_eq(root, S("feed")) &&
           (str_contains(text, S("Atom")) || str_contains(text, S("atom")) ||
            str_contains(text, S("<entry")));
}

/* Without the warnings that broken sites print before a feed's declaration. */
static struct str without_warnings(struct str text)
{
    size_t at = str_find(str_slice(text, 0, WARNINGS), S("<?xml"), 0);
    struct str feed = at == STR_NONE ? text : str_slice(text, at, text.n);
    return is_feed_root(feed_root(feed), feed) ? feed : text;
}

bool feed_looks_like(struct str bytes, struct str content_type)
{
    struct arena a = {0};
    struct str text = without_warnings(to_look_at(&a, bytes)), root = feed_root(text);
    bool found = str_contains(content_type, S("feed+json")) || is_feed_root(root, text) ||
                 (str_eq(root, S("{")) && str_contains(text, S("jsonfeed.org/version/")));
    arena_finish(&a);
    return found;
}

static bool is_page(struct str text)
{
    return str_eq_case(str_slice(str_trim(text), 0, 14), S("<!doctype html")) ||
           str_eq_case(feed_root(text), S("html"));
}

bool feed_read(struct arena *a, const struct page_source *source, struct feed *out, struct err *err)
{
    struct feed_reader r = {.a = a, .base = source->url};
    struct str text;
    if (!encoding_decode(a, source->bytes, source->content_type, &text, err))
        return false;
    text = without_warnings(str_trim(text));
    if (is_page(text)) {
        struct str link = feed_link(a, text, source->url);
        return link.n ? fail(err, ERR_INVALID,
                             "that is a web page, not a feed; its feed is at %.*s", STR_ARG(link))
                      : fail(err, ERR_INVALID,
                             "that is a web page, not a feed, and it announces none");
    }
    if (!(text.n && text.p[0] == '{' ? feed_read_json(&r, text, err)
                                     : feed_read_xml(&r, text, err)))
        return false;
    *out = r.feed;
    return true;
}
