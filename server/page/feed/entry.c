/* One entry of a feed: taken up by the readers, and as the page it would be. */
#include "page/feed/parts.h"

#include "base/buf.h"
#include "page/html/html.h"
#include "page/text/encoding.h"

enum { FULL_TEXT = 900, FULL_SHARE = 2 };

void feed_add(struct feed_reader *r, struct feed_item item)
{
    if (item.url.n == 0 && item.content.n == 0)
        return;
    r->feed.items = arena_grow(r->a, r->feed.items, r->feed.n, &r->cap, sizeof *r->feed.items);
    r->feed.items[r->feed.n++] = item;
}

struct str feed_plain(struct arena *a, struct str s)
{
    struct html h;
    if (s.n == 0)
        return s;
    if (str_find_char(s, '<', 0) == STR_NONE)
        return text_clean(a, html_value(a, s));
    if (!html_parse(s, &h, NULL))
        return (struct str){0};
    struct str plain = text_clean(a, html_text(a, &h, 0));
    html_finish(&h);
    return plain;
}

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

struct str feed_item_page(struct arena *a, const struct feed *feed, const struct feed_item *entry)
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
