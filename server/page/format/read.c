/* Reading a page: decode, choose the reader by type, then fill in what every reader leaves open. */
#include "page/page.h"

#include "base/url.h"
#include "base/utf8.h"
#include "page/format/format.h"
#include "page/record/record.h"
#include "page/text/date.h"
#include "page/text/encoding.h"
#include "page/text/words.h"
#include "page/unpack/unpack.h"

enum { SIZE_MAX_PAGE = 64 << 20 };

static bool body_read(struct str bytes, struct page *out, struct err *err)
{
    if (bytes.n == 0)
        return fail(err, ERR_INVALID, "the input is empty");
    if (!utf8_valid(bytes) || str_find_char(bytes, '\0', 0) != STR_NONE)
        return fail(err, ERR_INVALID, "the body must be UTF-8 text without zero bytes");
    out->text = bytes;
    page_set(out, FIELD_LANGUAGE, guess_language(bytes), "words");
    return true;
}

/* HTML where the header says so or a tag stands near the beginning. */
static enum page_type guess_type(struct str text, struct str content_type)
{
    static const struct str tags[] = {STR("<!doctype"), STR("<html"), STR("<head"),
                                      STR("<body"),     STR("<div"),  STR("<p>"),
                                      STR("<p "),       STR("<meta"), STR("<article")};
    if (str_contains(content_type, S("html")))
        return PAGE_HTML;
    struct str head = str_slice(text, 0, 2048);
    for (size_t at = 0; (at = str_find_char(head, '<', at)) != STR_NONE; at++)
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
            if (str_eq_case(str_slice(head, at, at + tags[i].n), tags[i]))
                return PAGE_HTML;
    return PAGE_TEXT;
}

static bool read_text(struct arena *a, struct str bytes, enum page_type type,
                      struct str content_type, struct page *page, struct err *err)
{
    struct str text;
    if (!encoding_decode(a, bytes, content_type, &text, err))
        return false;
    if (type == PAGE_AUTO)
        type = guess_type(text, content_type);
    bool ok = type == PAGE_HTML ? html_read(a, text, page, err)
                                : plain_read(a, text_clean(a, text), false, page, err);
    if (ok)
        page_fill(page, FIELD_PUBLISHED, date_of_url(a, page->url), "url");
    return ok;
}

/* A saved page or a mail: what its headers tell fills the gaps. */
static bool read_mime(struct arena *a, const struct mime *m, struct page *page, struct err *err)
{
    if (page->url.n == 0 && url_is_web(m->location)) {
        page->url = utf8_repair(a, arena_str(a, m->location));
        page->domain = url_domain(a, page->url);
    }
    struct str bytes = m->bytes;
    if (m->rank == 1 && m->subject.n) /* the subject is the title line of a plain mail */
        bytes = arena_fmt(a, "%.*s\n\n%.*s", STR_ARG(m->subject), STR_ARG(bytes));
    if (!read_text(a, bytes, m->rank == 2 ? PAGE_HTML : PAGE_TEXT, m->content_type, page, err))
        return false;
    page_fill(page, FIELD_TITLE, m->subject, "header");
    page_fill(page, FIELD_PUBLISHED, date_machine(a, m->date), "header");
    return true;
}

/* JSON that cannot be read is a text, unless it is said to be JSON. */
static bool read_json(struct arena *a, struct str bytes, struct str content_type, struct page *page,
                      struct err *err)
{
    struct page before = *page;
    struct err why = {0};
    if (json_read(a, bytes, page, &why))
        return true;
    *page = before;
    return str_contains(content_type, S("json"))
               ? fail(err, why.kind, "%s", why.message)
               : read_text(a, bytes, PAGE_TEXT, content_type, page, err);
}

static bool read_markdown(struct arena *a, struct str bytes, struct str content_type,
                          struct page *page, struct err *err)
{
    struct str text;
    return encoding_decode(a, bytes, content_type, &text, err) && markdown_read(a, text, page, err);
}

/* The pages of a split article. One that cannot be read is left out, unless it is the first. */
static bool read_pages(struct arena *a, const struct split_page *pages, size_t n, struct page *page,
                       struct err *err)
{
    struct page first = *page;
    if (first.url.n == 0)
        first.url = utf8_repair(a, arena_str(a, pages[0].url));
    first.domain = url_domain(a, first.url);
    if (!read_text(a, pages[0].bytes, PAGE_HTML, pages[0].content_type, &first, err))
        return false;
    for (size_t i = 1; i < n; i++) {
        struct page more = {.url = utf8_repair(a, arena_str(a, pages[i].url))};
        if (read_text(a, pages[i].bytes, PAGE_HTML, pages[i].content_type, &more, NULL))
            first.text = split_append(a, first.text, more.text);
    }
    *page = first;
    return true;
}

/* PAGE_AUTO: by the bytes, and by the content type where they do not tell. */
static bool read_any(struct arena *a, struct str bytes, struct str content_type, struct page *page,
                     struct err *err)
{
    struct mime mime;
    struct split_page pages[SPLIT_PAGES];
    size_t n;
    if (split_parts(bytes, pages, &n))
        return read_pages(a, pages, n, page, err);
    if (str_find(str_slice(bytes, 0, 1024), S("%PDF-"), 0) != STR_NONE)
        return pdf_read(a, bytes, page, err);
    if (mime_read(a, bytes, &mime))
        return read_mime(a, &mime, page, err);
    if (json_is_likely(bytes, content_type))
        return read_json(a, bytes, content_type, page, err);
    if (markdown_is_likely(bytes, content_type))
        return read_markdown(a, bytes, content_type, page, err);
    return read_text(a, bytes, PAGE_AUTO, content_type, page, err);
}

const char *const page_type_names[PAGE_TYPE_COUNT] = {
    [PAGE_AUTO] = "auto", [PAGE_HTML] = "html", [PAGE_TEXT] = "text", [PAGE_BODY] = "body"};

enum page_type page_type_named(struct str name)
{
    for (int type = 0; type < PAGE_TYPE_COUNT; type++)
        if (str_eq(name, str_of(page_type_names[type])))
            return (enum page_type)type;
    return PAGE_AUTO;
}

bool page_read(struct arena *a, struct str bytes, enum page_type type, struct str content_type,
               struct str url, struct page *out, struct err *err)
{
    if (bytes.n > SIZE_MAX_PAGE)
        return fail(err, ERR_TOO_LARGE, "the input is over 64 MB");
    struct arena own = {0}; /* a page is much larger than what is kept of it */
    struct page page = {.url = url, .domain = url_domain(&own, url)};
    bool ok = type == PAGE_BODY   ? body_read(bytes, &page, err)
              : type == PAGE_AUTO ? read_any(&own, bytes, content_type, &page, err)
                                  : read_text(&own, bytes, type, content_type, &page, err);
    if (ok)
        *out = page_copy(a, &page);
    arena_finish(&own);
    return ok;
}
