/* Watched feeds: see look.h. */
#include "ingest/fetch/watch_look.h"

#include "base/pack.h"
#include "page/html/html.h"

enum { FULL_TEXT = 900, FULL_SHARE = 2, UNPACKED = 32 << 20 };

/* ------------------------------------------------------------------------------ entries to items
 */

/* Plain text of the content, for measuring it. */
static struct str plain(struct arena *a, struct str content)
{
    struct html h;
    if (!html_parse(content, &h, NULL))
        return (struct str){0};
    struct str text = str_trim(html_text(a, &h, 0));
    html_finish(&h);
    return text;
}

static bool is_cut(struct str text)
{
    static const struct str ends[] = {STR("…"),  STR("..."),  STR("[…]"), STR("[...]"),
                                      STR("…]"), STR("more"), STR("»"),   STR("→")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(text, ends[i]))
            return true;
    return false;
}

bool feed_item_is_full(const struct feed_item *entry)
{
    struct arena a = {0};
    struct str text = plain(&a, entry->content), summary = plain(&a, entry->summary);
    bool full = text.n >= FULL_TEXT && !is_cut(text) &&
                (summary.n == 0 || str_eq(summary, text) || text.n >= FULL_SHARE * summary.n);
    arena_finish(&a);
    return full;
}

static void escape(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '<')
            buf_add(out, S("&lt;"));
        else if (s.p[i] == '&')
            buf_add(out, S("&amp;"));
        else if (s.p[i] == '"')
            buf_add(out, S("&quot;"));
        else
            buf_char(out, s.p[i]);
    }
}

static void meta(struct buf *out, const char *kind, const char *name, struct str value)
{
    if (value.n == 0)
        return;
    buf_fmt(out, "<meta %s=\"%s\" content=\"", kind, name);
    escape(out, value);
    buf_add(out, S("\">"));
}

/* The entry as the page it would be: what the feed tells stands where pages tell it. */
static struct str as_page(struct arena *a, const struct feed *feed, const struct feed_item *entry)
{
    struct buf out = {0};
    buf_add(&out, S("<!doctype html><html"));
    if (feed->language.n) {
        buf_add(&out, S(" lang=\""));
        escape(&out, feed->language);
        buf_char(&out, '"');
    }
    buf_add(&out, S("><head><meta charset=\"utf-8\"><title>"));
    escape(&out, entry->title);
    buf_add(&out, S("</title>"));
    meta(&out, "property", "og:title", entry->title);
    meta(&out, "property", "og:site_name", feed->outlet);
    meta(&out, "property", "og:url", entry->url);
    meta(&out, "name", "author", entry->author);
    meta(&out, "property", "article:published_time", entry->published);
    buf_add(&out, S("</head><body><article><h1>"));
    escape(&out, entry->title);
    buf_add(&out, S("</h1><div>"));
    buf_add(&out, entry->content);
    buf_add(&out, S("</div></article></body></html>"));
    struct str page = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return page;
}

struct store_import_item feed_import_item(struct arena *a, const struct feed *feed,
                                          const struct feed_item *entry)
{
    bool list = feed->kind == FEED_OPML || feed->kind == FEED_INDEX;
    bool full = entry->url.n == 0 || (!list && feed_item_is_full(entry));
    return (struct store_import_item){.kind = list   ? IMPORT_FEED
                                              : full ? IMPORT_BYTES
                                                     : IMPORT_URL,
                                      .name = entry->title.n ? entry->title : entry->url,
                                      .url = entry->url,
                                      .published = entry->published,
                                      .bytes = entry->content.n ? as_page(a, feed, entry)
                                                                : (struct str){0},
                                      .page_type = S("html"),
                                      .title = full ? entry->title : (struct str){0},
                                      .outlet = entry->url.n ? (struct str){0} : feed->outlet,
                                      .polite = true};
}

/* -------------------------------------------------------------------------------------- one look
 */

/* What names an entry, and what it says: other words under the same name are worth another look. */
static struct store_entry entry_of(struct arena *a, const struct feed *feed,
                                   const struct feed_item *from)
{
    uint64_t print = str_hash(from->url);
    print = str_hash_more(print, from->title);
    print = str_hash_more(print, from->updated);
    print = str_hash_more(print, from->content);
    return (struct store_entry){(int64_t)str_hash(from->id.n ? from->id : from->url),
                                (int64_t)print, feed_import_item(a, feed, from)};
}

static void take_feed(struct arena *a, const struct feed *feed, struct store_look *look)
{
    bool list = feed->kind == FEED_OPML || feed->kind == FEED_INDEX;
    struct store_entry *entries = arena_array(a, feed->n + 1, sizeof *entries);
    struct str *feeds = arena_array(a, feed->n + 1, sizeof *feeds);
    look->title = feed->outlet;
    look->entries = entries;
    look->feeds = feeds;
    for (size_t i = 0; i < feed->n; i++) {
        if (list)
            feeds[look->n_feeds++] = feed->items[i].url;
        else
            entries[look->n++] = entry_of(a, feed, &feed->items[i]);
    }
}

static void read_answer(struct arena *a, const struct fetched *got, const struct store_watch *watch,
                        struct store_look *look)
{
    struct feed feed = {0};
    struct err err = {0};
    struct str bytes;
    look->etag = got->etag;
    look->last_modified = got->last_modified;
    if (gunzip(a, got->body, UNPACKED, &bytes, &err) &&
        feed_read(a, bytes, got->content_type, got->url, &feed, &err)) {
        take_feed(a, &feed, look);
        return;
    }
    /* A page that announces its feed: that is what is watched from now on. */
    struct str link = feed_link(a, got->body, got->url);
    if (link.n && !str_eq(link, watch->url))
        look->moved = link;
    else
        look->problem = arena_str(a, str_of(err.message));
}

bool look_at_watch(const struct polite *p, const struct store_watch *watch, int64_t *import,
                   struct err *err)
{
    struct arena a = {0};
    struct store_look look = {0};
    struct polite_answer answer = {0};
    struct err why = {0};
    bool ok = polite_allowed(p, &a, watch->url, &why) &&
              polite_fetch(p, &a, watch->url, watch->etag, watch->last_modified, &answer, &why);
    look.stopped = !ok && p->cancel && atomic_load(p->cancel);
    if (!ok)
        look.problem = arena_str(&a, str_of(why.message[0] ? why.message : "it failed"));
    else if (answer.got.unchanged)
        look.unchanged = true;
    else
        read_answer(&a, &answer.got, watch, &look);
    look.pause = answer.rest.closed;
    ok = store_watch_looked(p->store, watch, &look, &answer.rest, import, err);
    arena_finish(&a);
    return ok;
}
