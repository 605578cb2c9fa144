/* Feeds in XML, with libxml2: see feed.h. Elements are known by their local names, because
 * prefixes are chosen freely; those of media and podcast extensions are passed over. */
#include "page/feed/parts.h"

#include "base/url.h"
#include "page/html/html.h"
#include "page/text/date.h"

#include <libxml/parser.h>
#include <libxml/xmlsave.h>
#include <string.h>
#include <strings.h>

enum { ITEMS_MAX = 10000, TEXT_MAX = 4 << 20 };

/* The name without its prefix, which stays in the name where it was never declared. */
static const char *local(const xmlNode *n)
{
    const char *name = (const char *)n->name, *colon = strrchr(name, ':');
    return colon && colon[1] ? colon + 1 : name;
}

static bool is_named(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && strcasecmp(local(n), name) == 0;
}

/* Of an extension whose elements share names with the feed's own. */
static bool is_extension(const xmlNode *n)
{
    static const char *const prefixes[] = {"media", "itunes", "image", "googleplay", "podcast"};
    const char *name = (const char *)n->name, *colon = strrchr(name, ':');
    const char *space = n->ns && n->ns->href ? (const char *)n->ns->href : "";
    struct str prefix = n->ns && n->ns->prefix ? str_of((const char *)n->ns->prefix)
                        : colon                ? (struct str){name, (size_t)(colon - name)}
                                               : (struct str){0};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_eq(prefix, str_of(prefixes[i])))
            return true;
    return strstr(space, "/mrss") || strstr(space, "itunes.com");
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

/* Markup knows no prefixes where pages are read. */
static void drop_prefixes(xmlNode *n)
{
    if (n->type != XML_ELEMENT_NODE)
        return;
    if (local(n) != (const char *)n->name) {
        xmlChar *name = xmlStrdup((const xmlChar *)local(n));
        xmlNodeSetName(n, name);
        xmlFree(name);
    }
    n->ns = NULL;
    for (xmlNode *c = n->children; c; c = c->next)
        drop_prefixes(c);
}

/* The markup inside, as HTML's parser takes it: no element but HTML's empty ones ends in "/>". */
static struct str markup(struct arena *a, const xmlNode *n)
{
    xmlBuffer *out = xmlBufferCreate();
    xmlSaveCtxt *save = xmlSaveToBuffer(out, "UTF-8", XML_SAVE_NO_DECL | XML_SAVE_XHTML);
    for (xmlNode *c = n->children; c && save; c = c->next) {
        drop_prefixes(c);
        xmlSaveTree(save, c);
    }
    xmlSaveClose(save);
    struct str s =
        arena_str(a, str_slice(str_of((const char *)xmlBufferContent(out)), 0, TEXT_MAX));
    xmlBufferFree(out);
    return s;
}

static struct str text_child(struct arena *a, const xmlNode *n, const char *name)
{
    return content(a, child(n, name));
}

/* Text that may be markup: escaped, in CDATA, or as elements, whatever its type says. */
static struct str rich(struct arena *a, const xmlNode *n)
{
    for (const xmlNode *c = n ? n->children : NULL; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE)
            return markup(a, n);
    return feed_paragraphs(a, content(a, n), str_eq(attr(a, n, "type"), S("text")));
}

/* The first of the elements that holds something, as markup. */
static struct str rich_child(struct arena *a, const xmlNode *item, const char *const *names)
{
    struct str text = {0};
    for (; *names && text.n == 0; names++)
        text = rich(a, child(item, *names));
    return text;
}

/* What addresses in an element are relative to: xml:base, its own or of those around it. */
static struct str base_of(struct arena *a, const xmlNode *n, struct str base)
{
    xmlChar *told = xmlNodeGetBase(n->doc, (xmlNode *)(uintptr_t)n);
    struct str url =
        told ? url_resolve(a, base, str_trim(str_of((const char *)told))) : (struct str){0};
    xmlFree(told);
    return url.n ? url : base;
}

/* The address of an item: Atom's alternate link, RSS's link, or a guid that is one. */
static struct str item_link(struct arena *a, const xmlNode *item, struct str base)
{
    struct str first = url_resolve(a, base, text_child(a, item, "origLink")); /* behind a counter */
    if (first.n)
        return first;
    for (const xmlNode *c = item->children; c; c = c->next) {
        if (!is_named(c, "link") || is_extension(c))
            continue;
        struct str href = attr(a, c, "href"), rel = attr(a, c, "rel");
        struct str url = url_resolve(a, base_of(a, c, base), href.n ? href : content(a, c));
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
static struct str name_of(struct arena *a, const xmlNode *author)
{
    struct str name = text_child(a, author, "name");
    if (name.n)
        return feed_plain(a, name);
    struct str s = content(a, author);
    size_t open = str_find_char(s, '(', 0), close = str_find_char(s, ')', 0);
    if (str_find_char(s, '@', 0) == STR_NONE)
        return feed_plain(a, s);
    return open != STR_NONE && close != STR_NONE && close > open
               ? feed_plain(a, str_slice(s, open + 1, close))
               : (struct str){0};
}

/* All that are called creator, else all that are called author. */
static struct str authors_of(struct arena *a, const xmlNode *parent)
{
    static const char *const names[] = {"creator", "author"};
    struct str all = {0};
    for (size_t i = 0; i < 2 && all.n == 0; i++)
        for (const xmlNode *c = parent ? parent->children : NULL; c; c = c->next)
            if (is_named(c, names[i]) && !is_extension(c))
                all = feed_names(a, all, name_of(a, c));
    return all;
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
    static const char *const full[] = {"encoded", "content", "full-text", "fulltext", "body", NULL};
    static const char *const brief[] = {"summary", "description", NULL};
    struct feed_item x = {.url = item_link(a, item, base),
                          .title = feed_plain(a, text_child(a, item, "title")),
                          .published = item_day(a, item),
                          .author = authors_of(a, item)};
    x.updated = date_machine(a, text_child(a, item, "updated"));
    x.id = text_child(a, item, "guid");
    if (x.id.n == 0)
        x.id = text_child(a, item, "id");
    if (x.id.n == 0)
        x.id = x.url;
    if (x.author.n == 0)
        x.author = authors_of(a, child(item, "source"));
    x.content = rich_child(a, item, full);
    x.summary = rich_child(a, item, brief);
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
    r->feed.language = feed_language(text_child(r->a, channel, "language"));
    r->feed.site = item_link(r->a, channel, r->base);
    r->authors = authors_of(r->a, channel);
    if (r->base.n == 0) /* a file: its addresses are those of its site */
        r->base = r->feed.site;
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
    if (is_named(root, "rss") || is_named(root, "RDF")) {
        const xmlNode *channel = child(root, "channel");
        r->feed.kind = FEED_RSS;
        if (!channel)
            return false;
        read_channel(r, channel);
        read_items(r, channel, "item");
        read_items(r, root, "item"); /* RSS 0.90 and 1.0 keep them outside */
    } else if (is_named(root, "feed")) {
        r->feed.kind = FEED_ATOM;
        read_channel(r, root);
        read_items(r, root, "entry");
    } else if (is_named(root, "urlset")) {
        r->feed.kind = FEED_SITEMAP;
        read_sitemap(r, root);
    } else if (is_named(root, "sitemapindex")) {
        r->feed.kind = FEED_INDEX;
        read_index(r, root);
    } else if (is_named(root, "opml")) {
        r->feed.kind = FEED_OPML;
        r->feed.outlet = text_child(r->a, child(root, "head"), "title");
        read_outlines(r, child(root, "body"));
    } else {
        return false;
    }
    return true;
}

bool feed_read_xml(struct feed_reader *r, struct str text, struct err *err)
{
    text = feed_repair(r->a, text);
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
