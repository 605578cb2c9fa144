/* Telling feeds apart, JSON Feed, and the feeds that web pages announce. */
#include "page/feed/parts.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/url.h"
#include "page/html/html.h"
#include "page/text/date.h"
#include "page/text/encoding.h"

/* ---- JSON Feed (jsonfeed.org, versions 1 and 1.1) ----------------------------------------------
 */

static struct str member(struct arena *a, const cJSON *o, const char *key)
{
    const char *s = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, key));
    return s ? arena_str(a, str_of(s)) : (struct str){0};
}

/* Plain text as markup: what stands between blank lines is a paragraph. */
static struct str paragraphs(struct arena *a, struct str text)
{
    struct buf out = {0};
    struct str line;
    bool open = false;
    while (str_split(&text, '\n', &line)) {
        line = str_trim(line);
        if (open == (line.n == 0))
            buf_add(&out, open ? S("</p>") : S("<p>"));
        open = line.n > 0;
        for (size_t i = 0; i < line.n; i++)
            buf_add(&out, line.p[i] == '<'   ? S("&lt;")
                          : line.p[i] == '&' ? S("&amp;")
                                             : str_slice(line, i, i + 1));
        buf_char(&out, '\n');
    }
    if (open)
        buf_add(&out, S("</p>"));
    struct str s = arena_str(a, str_trim(buf_str(&out)));
    buf_finish(&out);
    return s;
}

static struct feed_item read_item(struct feed_reader *r, const cJSON *o)
{
    struct arena *a = r->a;
    const cJSON *authors = cJSON_GetObjectItemCaseSensitive(o, "authors");
    const cJSON *author = cJSON_IsArray(authors) ? cJSON_GetArrayItem(authors, 0)
                                                 : cJSON_GetObjectItemCaseSensitive(o, "author");
    struct str url = member(a, o, "url"), html = member(a, o, "content_html"),
               id = member(a, o, "id");
    struct feed_item x = {.url =
                              url_resolve(a, r->base, url.n ? url : member(a, o, "external_url")),
                          .title = feed_plain(a, member(a, o, "title")),
                          .published = date_machine(a, member(a, o, "date_published")),
                          .author = feed_plain(a, member(a, author, "name")),
                          .summary = member(a, o, "summary"),
                          .content = html.n ? html : member(a, o, "content_text")};
    x.updated = date_machine(a, member(a, o, "date_modified"));
    if (html.n == 0)
        x.content = paragraphs(a, x.content);
    x.id = id.n ? id : x.url;
    return x;
}

bool feed_read_json(struct feed_reader *r, struct str text, struct err *err)
{
    cJSON *tree = NULL;
    if (!json_parse(text, &tree, err))
        return false;
    const cJSON *items = cJSON_GetObjectItemCaseSensitive(tree, "items"), *x;
    bool ok =
        str_contains(member(r->a, tree, "version"), S("jsonfeed.org")) && cJSON_IsArray(items);
    if (ok) {
        r->feed.kind = FEED_JSON;
        r->feed.outlet = feed_plain(r->a, member(r->a, tree, "title"));
        r->feed.site = url_resolve(r->a, r->base, member(r->a, tree, "home_page_url"));
        r->feed.language = str_slice(member(r->a, tree, "language"), 0, 2);
        cJSON_ArrayForEach(x, items)
            feed_add(r, read_item(r, x));
    }
    cJSON_Delete(tree);
    return ok || fail(err, ERR_INVALID, "that is JSON, but not a JSON Feed");
}

/* ---- what is it? -------------------------------------------------------------------------------
 */

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

bool feed_looks_like(struct str bytes, struct str content_type)
{
    static const struct str roots[] = {STR("<rss"), STR("<rdf:RDF"), STR("<opml"),
                                       STR("<sitemapindex")};
    struct str head = str_slice(bytes, 0, 1024);
    if (str_contains(content_type, S("feed+json")) ||
        (str_starts(str_trim(head), S("{")) && str_contains(head, S("jsonfeed.org"))))
        return true;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (str_contains(head, roots[i]))
            return true;
    return (str_contains(head, S("<feed")) && str_contains(head, S("Atom"))) ||
           (str_contains(head, S("<urlset")) && !str_contains(head, S("<html")));
}

static bool is_page(struct str text)
{
    struct str head = str_trim(str_slice(text, 0, 1024));
    return str_eq_case(str_slice(head, 0, 14), S("<!doctype html")) ||
           str_eq_case(str_slice(head, 0, 5), S("<html"));
}

bool feed_read(struct arena *a, const struct page_source *source, struct feed *out, struct err *err)
{
    struct feed_reader r = {.a = a, .base = source->url};
    struct str text;
    if (!encoding_decode(a, source->bytes, source->content_type, &text, err))
        return false;
    text = str_trim(text);
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
