/* An article that comes as one JSON object: NewsArticle of schema.org, ninjs, or any other whose
 * members record.h knows. Its text, HTML or plain, goes through the same judgement as a page's. */
#include "page/format/format.h"
#include "page/record/record.h"

#include "assets/language.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/html/html.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/encoding.h"
#include "page/text/words.h"

/* "en", "en-GB", "en_US" give "en"; names of languages give nothing. */
static struct str language_code(struct arena *a, struct str s)
{
    size_t n = 0;
    while (n < s.n && (s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z')
        n++;
    bool code = n == 2 && (s.n == 2 || s.p[2] == '-' || s.p[2] == '_');
    return code ? arena_fmt(a, "%c%c", s.p[0] | 32, s.p[1] | 32) : (struct str){0};
}

static bool looks_like_html(struct str text)
{
    static const struct str tags[] = {STR("</p>"), STR("<p>"),    STR("<br"),
                                      STR("<div"), STR("</div>"), STR("<html")};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_contains(text, tags[i]))
            return true;
    return false;
}

static void add_escaped(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        buf_add(out, s.p[i] == '<'   ? S("&lt;")
                     : s.p[i] == '&' ? S("&amp;")
                                     : (struct str){s.p + i, 1});
}

/* A body that is part of a page becomes one with a headline. */
static bool read_html_body(struct arena *a, struct str title, struct str body, struct page *page,
                           struct err *err)
{
    struct buf out = {0};
    if (str_contains(body, S("<html"))) {
        buf_add(&out, body);
    } else {
        buf_add(&out, S("<html><head><title>"));
        add_escaped(&out, title);
        buf_add(&out, S("</title></head><body><article><h1>"));
        add_escaped(&out, title);
        buf_add(&out, S("</h1>\n"));
        buf_add(&out, body);
        buf_add(&out, S("</article></body></html>"));
    }
    bool ok = html_read(a, arena_str(a, buf_str(&out)), page, err);
    buf_finish(&out);
    return ok;
}

static bool read_body(struct arena *a, struct str title, struct str body, struct page *page,
                      struct err *err)
{
    if (looks_like_html(body) && read_html_body(a, title, body, page, err) && page->text.n)
        return true;
    if (looks_like_html(body)) {
        struct html h = {0};
        if (!html_parse(body, &h, err))
            return false;
        body = html_text(a, &h, 0);
        html_finish(&h);
    }
    struct page plain = *page;
    struct str lines = title.n ? arena_fmt(a, "%.*s\n\n%.*s", STR_ARG(title), STR_ARG(body)) : body;
    bool ok = plain_read(a, text_clean(a, lines), title.n > 0, &plain, err);
    if (ok)
        *page = plain;
    if (ok || title.n)
        return ok;
    page->text = text_clean(a, str_trim(body)); /* one paragraph without a headline */
    page->language = language_detect(page->text).code;
    return page->text.n > 0;
}

static struct str one_line(struct arena *a, struct str s)
{
    return text_clean(a, html_value(a, s));
}

bool page_of_record(struct arena *a, const struct record *r, struct page *page, struct err *err)
{
    struct str title = one_line(a, r->field[RECORD_TITLE]);
    struct str url = str_trim(r->field[RECORD_URL]), language;
    if (page->url.n == 0 && url_is_web(url)) {
        page->url = arena_str(a, url);
        page->domain = url_domain(a, page->url);
    }
    if (!read_body(a, title, r->field[RECORD_TEXT], page, err))
        return false;
    struct str said[] = {
        title,
        one_line(a, r->field[RECORD_SUBTITLE]),
        one_line(a, r->field[RECORD_OUTLET]),
        byline_clean(a, one_line(a, r->field[RECORD_AUTHOR])),
        date_machine(a, str_trim(r->field[RECORD_PUBLISHED])),
        date_machine(a, str_trim(r->field[RECORD_MODIFIED])),
        one_line(a, r->field[RECORD_SECTION]),
    };
    struct str *const to[] = {&page->title,     &page->subtitle, &page->outlet, &page->byline,
                              &page->published, &page->modified, &page->section};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (said[i].n)
            *to[i] = said[i];
    language = language_code(a, str_trim(r->field[RECORD_LANGUAGE]));
    if (language.n)
        page->language = language;
    if (page->published.n == 0)
        page->published = date_find(a, r->field[RECORD_PUBLISHED], page->language);
    if (page->published.n == 0)
        page->published = date_of_url(a, page->url);
    return true;
}

/* The first article of a JSON text: what a file with one of them holds. */
struct first {
    struct record_sink sink;
    struct arena *a;
    struct record record;
    bool found;
};

static bool take_first(struct record_sink *sink, size_t number, const struct record *record,
                       struct str problem)
{
    struct first *f = (struct first *)sink;
    (void)number;
    (void)problem;
    if (!record)
        return true;
    for (int i = 0; i < RECORD_FIELDS; i++)
        f->record.field[i] = arena_str(f->a, record->field[i]);
    f->found = true;
    return false;
}

bool json_read(struct arena *a, struct str bytes, struct page *page, struct err *err)
{
    struct first first = {.sink = {take_first}, .a = a};
    struct record_map none = {0};
    if (!records_of_json(bytes, &none, &first.sink, err))
        return false;
    if (!first.found)
        return fail(err, ERR_INVALID, "the JSON holds no article: no object in it has a text");
    return page_of_record(a, &first.record, page, err);
}
