/* One entry of a feed: taken up by the readers, and as the page it would be. */
#include "page/feed/parts.h"

#include "base/buf.h"
#include "page/html/html.h"
#include "page/text/encoding.h"
#include "page/text/words.h"

#include <string.h>

enum {
    FULL_TEXT = 900,
    FULL_SHARE = 2,
    STANDS_IN = 250,
    FOOTER = 120,
    TITLE = 90,
    LINK = 80,
    NAMES = 1000
};

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

/* "The post TITLE appeared first on OUTLET." in any language: a last paragraph of little more than
 * both names, or than two links, for the outlet may be called otherwise than its feed. */
static struct str without_footer(const struct feed_reader *r, struct str content, struct str title)
{
    struct arena a = {0};
    size_t at = STR_NONE;
    for (size_t next = str_find(content, S("<p"), 0); next != STR_NONE;
         next = str_find(content, S("<p"), next + 1))
        at = next;
    if (at != STR_NONE && title.n) {
        struct str markup = str_slice(content, at, content.n), last = feed_plain(&a, markup);
        size_t link = str_find(markup, S("<a "), 0);
        bool links = link != STR_NONE && str_find(markup, S("<a "), link + 1) != STR_NONE;
        if (last.n > title.n && last.n <= title.n + r->feed.outlet.n + FOOTER &&
            str_contains(last, title) &&
            (links || (r->feed.outlet.n && str_contains(last, r->feed.outlet))))
            content = str_trim(str_slice(content, 0, at));
    }
    arena_finish(&a);
    return content;
}

/* Of an entry without a title, as short messages are: the beginning of its text, unless that is all
 * there is. */
static struct str made_title(struct arena *a, struct str text)
{
    struct str first = str_slice(text, 0, str_find(text, S("</p>"), 0));
    text = str_trim(feed_plain(a, text));
    first = str_trim(feed_plain(a, first));
    if (text.n <= TITLE)
        return (struct str){0};
    if (first.n && first.n <= TITLE)
        return first;
    size_t end = TITLE;
    while (end && text.p[end] != ' ')
        end--;
    return end ? arena_fmt(a, "%.*s…", (int)end, text.p) : (struct str){0};
}

void feed_add(struct feed_reader *r, struct feed_item item)
{
    if (item.url.n == 0 && item.content.n == 0 && item.summary.n == 0 && item.title.n == 0)
        return;
    item.content = without_footer(r, item.content, item.title);
    item.summary = without_footer(r, item.summary, item.title);
    if (item.title.n == 0)
        item.title = made_title(r->a, item.content.n ? item.content : item.summary);
    if (item.author.n == 0)
        item.author = r->authors;
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

struct str feed_paragraphs(struct arena *a, struct str text, bool escaped)
{
    struct buf out = {0};
    struct str line;
    bool open = false;
    if (!escaped && (str_find_char(text, '<', 0) != STR_NONE ||
                     (!str_contains(text, S("\n\n")) && !str_contains(text, S("\n\r\n")))))
        return text;
    while (str_split(&text, '\n', &line)) {
        line = str_trim(line);
        if (open == (line.n == 0))
            buf_add(&out, open ? S("</p>") : S("<p>"));
        open = line.n > 0;
        for (size_t i = 0; i < line.n; i++)
            buf_add(&out, line.p[i] == '<'              ? S("&lt;")
                          : escaped && line.p[i] == '&' ? S("&amp;")
                                                        : str_slice(line, i, i + 1));
        buf_char(&out, '\n');
    }
    if (open)
        buf_add(&out, S("</p>"));
    struct str s = arena_str(a, str_trim(buf_str(&out)));
    buf_finish(&out);
    return s;
}

struct str feed_language(struct str told)
{
    for (size_t i = 0; i < 2; i++)
        if (i >= told.n || (told.p[i] | 32) < 'a' || (told.p[i] | 32) > 'z')
            return (struct str){0};
    return str_slice(told, 0, 2);
}

struct str feed_names(struct arena *a, struct str names, struct str more)
{
    more = str_trim(more);
    if (more.n == 0 || names.n > NAMES || str_contains(names, more))
        return names;
    return names.n ? arena_fmt(a, "%.*s, %.*s", STR_ARG(names), STR_ARG(more)) : more;
}

/* Are the text's last words those of a link to the rest? */
static bool ends_in_link(struct str text)
{
    char folded[FOLD_MAX];
    struct str value,
        line = fold_line(str_slice(text, text.n > LINK ? text.n - LINK : 0, text.n), folded);
    for (size_t from = line.n; from-- > 0;) {
        char before = from ? line.p[from - 1] : ' ';
        bool inside =
            (before & 0x80) || (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9');
        if (!inside && word_find(LIST_CUTS, str_slice(line, from, line.n), &value))
            return true;
    }
    return false;
}

/* Takes the marks behind a link off the text's end. */
static bool take_mark(struct str *text)
{
    static const struct str marks[] = {STR("]"), STR(")"), STR("»"), STR("→"), STR("›")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_ends(*text, marks[i])) {
            *text = str_trim(str_slice(*text, 0, text->n - marks[i].n));
            return true;
        }
    return false;
}

static bool is_cut(struct str text)
{
    bool arrow = str_ends(text, S("»")) || str_ends(text, S("→"));
    while (take_mark(&text))
        ;
    return arrow || str_ends(text, S("…")) || str_ends(text, S("...")) ||
           (!str_ends(text, S(".")) && ends_in_link(text));
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

/* The content, or the description where it says more. */
static struct str best_text(struct arena *a, const struct feed_item *entry)
{
    if (entry->summary.n == 0 || entry->content.n > entry->summary.n)
        return entry->content;
    return plain(a, entry->summary).n > plain(a, entry->content).n ? entry->summary
                                                                   : entry->content;
}

enum feed_text feed_item_text(const struct feed_item *entry)
{
    struct arena a = {0};
    size_t n = plain(&a, best_text(&a, entry)).n;
    arena_finish(&a);
    return n == 0 ? FEED_NO_TEXT : n < STANDS_IN ? FEED_TEASER : FEED_TEXT;
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
    buf_add(&out, best_text(a, entry));
    buf_add(&out, S("</div></article></body></html>"));
    struct str page = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return page;
}
