/* Reading a page: decode, choose the reader by type, then fill in what every reader leaves open. */
#include "ingest/page.h"

#include "base/utf8.h"
#include "ingest/date.h"
#include "ingest/encoding.h"
#include "ingest/page_parts.h"
#include "ingest/page_words.h"
#include "ingest/url.h"

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
                                : plain_read(a, text_clean(a, text), page, err);
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

bool page_read(struct arena *a, struct str bytes, enum page_type type, struct str content_type,
               struct str url, struct page *out, struct err *err)
{
    if (bytes.n > SIZE_MAX_PAGE)
        return fail(err, ERR_TOO_LARGE, "the input is over 64 MB");
    struct arena own = {0}; /* a page is much larger than what is kept of it */
    struct page page = {.url = url, .domain = url_domain(&own, url)};
    struct mime mime;
    bool ok = type == PAGE_BODY ? body_read(bytes, &page, err)
              : type == PAGE_AUTO && mime_read(&own, bytes, &mime)
                  ? read_mime(&own, &mime, &page, err)
                  : read_text(&own, bytes, type, content_type, &page, err);
    if (ok)
        *out = page_copy(a, &page);
    arena_finish(&own);
    return ok;
}
