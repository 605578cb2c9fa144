/* Feeds in XML, with libxml2: see feed.h. Elements are known by their local names, because
 * prefixes are chosen freely; those of media and podcast extensions are passed over. */
#include "page/feed/parts.h"

#include "base/buf.h"
#include "base/url.h"
#include "page/html/html.h"
#include "page/text/date.h"

#include <libxml/parser.h>
#include <string.h>

enum { ITEMS_MAX = 10000, TEXT_MAX = 4 << 20 };

static bool is_named(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

/* Of an extension whose elements share names with the feed's own. */
static bool is_extension(const xmlNode *n)
{
    const char *prefix = n->ns && n->ns->prefix ? (const char *)n->ns->prefix : "";
    return strcmp(prefix, "media") == 0 || strcmp(prefix, "itunes") == 0 ||
           strcmp(prefix, "image") == 0;
}

static const xmlNode *child(const xmlNode *n, const char *name)
{
    for (const xmlNode *c = n ? n->children : NULL; c; c = c->next)
        if (is_named(c, name) && !is_extension(c))
            return c;
    return NULL;
}

static struct str attr(struct arena *a, const xmlNode *n, const char *name)
{
    xmlChar *value = n ? xmlGetProp(n, (const xmlChar *)name) : NULL;
    struct str s = value ? arena_str(a, str_trim(str_of((const char *)value))) : (struct str){0};
    xmlFree(value);
    return s;
}

static struct str content(struct arena *a, const xmlNode *n)
{
    xmlChar *text = n ? xmlNodeGetContent(n) : NULL;
    struct str s = text ? arena_str(a, str_trim(str_slice(str_of((const char *)text), 0, TEXT_MAX)))
                        : (struct str){0};
    xmlFree(text);
    return s;
}

/* Atom's xhtml: the markup itself. */
static struct str markup(struct arena *a, const xmlNode *n)
{
    xmlBuffer *out = xmlBufferCreate();
    for (xmlNode *c = n->children; c; c = c->next)
        xmlNodeDump(out, n->doc, c, 0, 0);
    struct str s =
        arena_str(a, str_slice(str_of((const char *)xmlBufferContent(out)), 0, TEXT_MAX));
    xmlBufferFree(out);
    return s;
}

static struct str text_child(struct arena *a, const xmlNode *n, const char *name)
{
    return content(a, child(n, name));
}

static struct str rich(struct arena *a, const xmlNode *n)
{
    if (n && str_eq(attr(a, n, "type"), S("xhtml")))
        return markup(a, n);
    return content(a, n);
}

/* The address of an item: Atom's alternate link, RSS's link, or a guid that is one. */
static struct str item_link(struct arena *a, const xmlNode *item, struct str base)
{
    struct str first = {0};
    for (const xmlNode *c = item->children; c; c = c->next) {
        if (!is_named(c, "link") || is_extension(c))
            continue;
        struct str href = attr(a, c, "href"), rel = attr(a, c, "rel");
        struct str url = url_resolve(a, base, href.n ? href : content(a, c));
        if (url.n && (rel.n == 0 || str_eq(rel, S("alternate"))))
            return url;
        if (first.n == 0 && !str_eq(rel, S("self")) && !str_eq(rel, S("enclosure")))
            first = url;
    }
    struct str guid = text_child(a, item, "guid");
    if (first.n == 0 && url_is_web(guid) &&
        !str_eq(attr(a, child(item, "guid"), "isPermaLink"), S("false")))
        first = guid;
    return first;
}

/* "mail@host (Name)" of RSS; the <name> of Atom; dc:creator. */
static struct str item_author(struct arena *a, const xmlNode *item)
{
    struct str creator = text_child(a, item, "creator");
    const xmlNode *author = child(item, "author");
    struct str name = text_child(a, author, "name");
    if (creator.n || name.n)
        return feed_plain(a, creator.n ? creator : name);
    struct str s = content(a, author);
    size_t open = str_find_char(s, '(', 0), close = str_find_char(s, ')', 0);
    if (str_find_char(s, '@', 0) == STR_NONE)
        return feed_plain(a, s);
    return open != STR_NONE && close != STR_NONE && close > open
               ? feed_plain(a, str_slice(s, open + 1, close))
               : (struct str){0};
}

static struct str item_day(struct arena *a, const xmlNode *item)
{
    static const char *const names[] = {"pubDate", "published", "issued",  "date",
                                        "created", "updated",   "modified"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str day = date_machine(a, text_child(a, item, names[i]));
        if (day.n)
            return day;
    }
    return (struct str){0};
}

static struct feed_item read_item(struct arena *a, const xmlNode *item, struct str base)
{
    const xmlNode *full = child(item, "encoded"), *summary = child(item, "summary");
    struct feed_item x = {.url = item_link(a, item, base),
                          .title = feed_plain(a, text_child(a, item, "title")),
                          .published = item_day(a, item),
                          .author = item_author(a, item)};
    x.updated = date_machine(a, text_child(a, item, "updated"));
    x.id = text_child(a, item, "guid");
    if (x.id.n == 0)
        x.id = text_child(a, item, "id");
    if (x.id.n == 0)
        x.id = x.url;
    x.content = rich(a, full ? full : child(item, "content"));
    x.summary = rich(a, summary ? summary : child(item, "description"));
    return x;
}

static void read_items(struct feed_reader *r, const xmlNode *parent, const char *name)
{
    for (const xmlNode *c = parent->children; c && r->feed.n < ITEMS_MAX; c = c->next)
        if (is_named(c, name))
            feed_add(r, read_item(r->a, c, r->base));
}

static void read_channel(struct feed_reader *r, const xmlNode *channel)
{
    r->feed.outlet = feed_plain(r->a, text_child(r->a, channel, "title"));
    r->feed.language = str_slice(text_child(r->a, channel, "language"), 0, 2);
    r->feed.site = item_link(r->a, channel, r->base);
}

static void read_sitemap(struct feed_reader *r, const xmlNode *root)
{
    for (const xmlNode *c = root->children; c && r->feed.n < ITEMS_MAX; c = c->next) {
        const xmlNode *news = is_named(c, "url") ? child(c, "news") : NULL;
        if (!is_named(c, "url"))
            continue;
        struct str url = url_resolve(r->a, r->base, text_child(r->a, c, "loc"));
        struct str day = text_child(r->a, news, "publication_date");
        const xmlNode *publication = child(news, "publication");
        feed_add(r, (struct feed_item){.url = url,
                                       .id = url,
                                       .title = feed_plain(r->a, text_child(r->a, news, "title")),
                                       .published = date_machine(
                                           r->a, day.n ? day : text_child(r->a, c, "lastmod"))});
        if (r->feed.outlet.n == 0)
            r->feed.outlet = text_child(r->a, publication, "name");
    }
}

static void read_index(struct feed_reader *r, const xmlNode *root)
{
    for (const xmlNode *c = root->children; c && r->feed.n < ITEMS_MAX; c = c->next) {
        if (!is_named(c, "sitemap"))
            continue;
        struct str url = url_resolve(r->a, r->base, text_child(r->a, c, "loc"));
        feed_add(r,
                 (struct feed_item){.url = url,
                                    .id = url,
                                    .updated = date_machine(r->a, text_child(r->a, c, "lastmod"))});
    }
}

/* Outlines nest; libxml2 itself bounds the depth. */
static void read_outlines(struct feed_reader *r, const xmlNode *n)
{
    for (const xmlNode *c = n ? n->children : NULL; c; c = c->next) {
        struct str url = is_named(c, "outline")
                             ? url_resolve(r->a, r->base, attr(r->a, c, "xmlUrl"))
                             : (struct str){0};
        if (url.n) {
            struct str title = attr(r->a, c, "title");
            feed_add(r, (struct feed_item){.url = url,
                                           .id = url,
                                           .title = title.n ? title : attr(r->a, c, "text")});
        }
        read_outlines(r, c);
    }
}

static bool read_root(struct feed_reader *r, const xmlNode *root)
{
    const char *name = (const char *)root->name;
    if (strcmp(name, "rss") == 0 || strcmp(name, "RDF") == 0) {
        const xmlNode *channel = child(root, "channel");
        r->feed.kind = FEED_RSS;
        if (!channel)
            return false;
        read_channel(r, channel);
        read_items(r, channel, "item");
        read_items(r, root, "item"); /* RSS 0.90 and 1.0 keep them outside */
    } else if (strcmp(name, "feed") == 0) {
        r->feed.kind = FEED_ATOM;
        read_channel(r, root);
        read_items(r, root, "entry");
    } else if (strcmp(name, "urlset") == 0) {
        r->feed.kind = FEED_SITEMAP;
        read_sitemap(r, root);
    } else if (strcmp(name, "sitemapindex") == 0) {
        r->feed.kind = FEED_INDEX;
        read_index(r, root);
    } else if (strcmp(name, "opml") == 0) {
        r->feed.kind = FEED_OPML;
        r->feed.outlet = text_child(r->a, child(root, "head"), "title");
        read_outlines(r, child(root, "body"));
    } else {
        return false;
    }
    return true;
}

/* Ampersands that open none of XML's own entities: those of HTML become their characters, bare
 * ones are escaped; feeds are full of both, and the parser would drop them. */
static struct str repair_entities(struct arena *a, struct str text)
{
    static const struct str own[] = {STR("&amp;"),  STR("&lt;"),   STR("&gt;"),
                                     STR("&quot;"), STR("&apos;"), STR("&#")};
    struct buf out = {0};
    size_t from = 0, at = 0;
    while ((at = str_find_char(text, '&', at)) != STR_NONE) {
        struct str rest = str_slice(text, at, at + 16);
        size_t cdata = str_find(str_slice(text, 0, at), S("<![CDATA["), from), n = 0;
        if (cdata != STR_NONE) { /* nothing is escaped in there */
            size_t close = str_find(text, S("]]>"), cdata);
            close = close == STR_NONE ? text.n : close + 3;
            buf_add(&out, str_slice(text, from, close));
            from = close;
            at = at > close ? at : close;
            continue;
        }
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            n |= str_starts(rest, own[i]);
        buf_add(&out, str_slice(text, from, at + n));
        if (!n) {
            size_t semicolon = str_find_char(rest, ';', 0);
            struct str name =
                semicolon == STR_NONE ? (struct str){0} : str_slice(rest, 0, semicolon + 1);
            size_t before = out.n;
            html_decode(&out, name);
            if (out.n > before && out.p[before] != '&') {
                from = at += name.n;
                continue;
            }
            out.n = before;
            buf_add(&out, S("&amp;"));
        }
        from = ++at;
    }
    buf_add(&out, str_slice(text, from, text.n));
    struct str s = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return s;
}

bool feed_read_xml(struct feed_reader *r, struct str text, struct err *err)
{
    text = repair_entities(r->a, text);
    size_t doctype = str_find(str_slice(text, 0, 1 << 16), S("<!DOCTYPE"), 0);
    if (doctype != STR_NONE) {
        size_t bracket = str_find_char(text, '[', doctype),
               close = str_find_char(text, '>', doctype);
        if (bracket < close)
            return fail(err, ERR_DENIED,
                        "the feed declares entities of its own, which are not read");
    }
    xmlDoc *doc = text.n > INT32_MAX
                      ? NULL
                      : xmlReadMemory(text.p, (int)text.n, NULL, "UTF-8",
                                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                          XML_PARSE_RECOVER | XML_PARSE_NOCDATA);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    bool ok = root && read_root(r, root);
    xmlFreeDoc(doc);
    return ok || fail(err, ERR_INVALID,
                      "that is not a feed: neither RSS, Atom, JSON Feed nor a news sitemap");
}
