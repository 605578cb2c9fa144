/* Reading a page: decode, choose the reader by type, then fill in what every reader leaves open. */
#include "ingest/page.h"

#include "base/utf8.h"
#include "ingest/date.h"
#include "ingest/encoding.h"
#include "ingest/page_parts.h"
#include "ingest/page_words.h"
#include "ingest/url.h"

enum { SIZE_MAX_PAGE = 64 << 20 };

static bool body_read(struct arena *a, struct str bytes, struct page *out, struct err *err)
{
    if (bytes.n == 0)
        return fail(err, ERR_INVALID, "the input is empty");
    if (!utf8_valid(bytes) || str_find_char(bytes, '\0', 0) != STR_NONE)
        return fail(err, ERR_INVALID, "the body must be UTF-8 text without zero bytes");
    out->text = arena_str(a, bytes);
    out->language = guess_language(bytes);
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

bool page_read(struct arena *a, struct str bytes, enum page_type type, struct str content_type,
               struct str url, struct page *out, struct err *err)
{
    struct page page = {.url = arena_str(a, url), .domain = url_domain(a, url)};
    struct str text;
    if (bytes.n > SIZE_MAX_PAGE)
        return fail(err, ERR_TOO_LARGE, "the input is over 64 MB");
    if (type == PAGE_BODY) {
        if (!body_read(a, bytes, &page, err))
            return false;
        *out = page;
        return true;
    }
    if (!encoding_decode(a, bytes, content_type, &text, err))
        return false;
    if (type == PAGE_AUTO)
        type = guess_type(text, content_type);
    bool ok = type == PAGE_HTML ? html_read(a, text, &page, err)
                                : plain_read(a, text_clean(a, text), &page, err);
    if (!ok)
        return false;
    if (page.published.n == 0)
        page.published = date_of_url(a, url);
    *out = page;
    return true;
}
