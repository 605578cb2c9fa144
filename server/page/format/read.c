/* Reading a page: decode, choose the reader by type, then fill in what every reader leaves open. */
#include "page/page.h"

#include "assets/language.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/feed/feed.h"
#include "page/format/format.h"
#include "page/format/sender.h"
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
    page_set(out, FIELD_LANGUAGE, language_detect(bytes).code, "words");
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

static bool read_text(struct arena *a, const struct page_source *in, struct page *page,
                      struct err *err)
{
    struct str text;
    if (!encoding_decode(a, in->bytes, in->content_type, &text, err))
        return false;
    enum page_type type = in->type == PAGE_AUTO ? guess_type(text, in->content_type) : in->type;
    bool ok = type == PAGE_HTML ? html_read(a, text, page, err)
                                : plain_read(a, text_clean(a, text), false, page, err);
    if (ok)
        page_fill(page, FIELD_PUBLISHED, date_of_url(a, page->url), "url");
    return ok;
}

/* format=flowed (RFC 3676): a line that ends in a blank goes on in the next; "DelSp=yes": without
 * the blank. The mark of a signature is no such line. */
static struct str unflow(struct arena *a, struct str text, struct str type)
{
    struct buf out = {0};
    struct str line;
    bool drop = str_contains(type, S("DelSp=yes")) || str_contains(type, S("delsp=yes"));
    if (!str_contains(type, S("flowed")))
        return text;
    while (str_split(&text, '\n', &line)) {
        bool flows = str_ends(line, S(" ")) && !str_eq(line, S("-- "));
        if (str_starts(line, S(" "))) /* put before "From" and quotation marks */
            line = str_slice(line, 1, line.n);
        buf_add(&out, str_slice(line, 0, line.n - (flows && drop && line.n > 0)));
        if (!flows)
            buf_char(&out, '\n');
    }
    struct str joined = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return joined;
}

/* A plain mail: the subject is its title line. */
static bool read_mail(struct arena *a, const struct mime *m, struct page *page, struct err *err)
{
    struct str text;
    if (!encoding_decode(a, m->bytes, m->content_type, &text, err))
        return false;
    text = unflow(a, text_clean(a, text), m->content_type);
    if (m->subject.n)
        text = arena_fmt(a, "%.*s\n\n%.*s", STR_ARG(m->subject), STR_ARG(text));
    return plain_read(a, text, m->subject.n > 0, page, err);
}

/* A saved page or a mail: what its headers tell fills the gaps. */
static bool read_mime(struct arena *a, const struct mime *m, struct page *page, struct err *err)
{
    if (page->url.n == 0 && url_is_web(m->location)) {
        page->url = utf8_repair(a, arena_str(a, m->location));
        page->domain = url_domain(a, page->url);
    }
    struct page_source part = {.bytes = m->bytes,
                               .type = m->rank == 2 ? PAGE_HTML : PAGE_AUTO,
                               .content_type = m->content_type};
    bool plain = m->rank == 1 && (m->content_type.n || guess_type(m->bytes, S("")) == PAGE_TEXT);
    if (!(plain ? read_mail(a, m, page, err) : read_text(a, &part, page, err)))
        return false;
    if (m->mail && m->subject.n)
        page_set(page, FIELD_TITLE, m->subject, "header");
    page_fill(page, FIELD_TITLE, m->subject, "header");
    page_fill(page, FIELD_PUBLISHED, date_machine(a, m->date), "header");
    if (m->mail) {
        struct sender sender = sender_read(a, m->from);
        page_fill(page, FIELD_BYLINE, sender.name, "header");
        page_fill(page, FIELD_OUTLET, sender.outlet, "header");
    }
    return true;
}

/* JSON that cannot be read is a text, unless it is said to be JSON. */
static bool read_json(struct arena *a, const struct page_source *in, struct page *page,
                      struct err *err)
{
    struct page before = *page;
    struct err why = {0};
    if (json_read(a, in->bytes, page, &why))
        return true;
    *page = before;
    if (str_contains(in->content_type, S("json")))
        return fail(err, why.kind, "%s", why.message);
    struct page_source text = *in;
    text.type = PAGE_TEXT;
    return read_text(a, &text, page, err);
}

static bool read_markdown(struct arena *a, const struct page_source *in, struct page *page,
                          struct err *err)
{
    struct str text;
    return encoding_decode(a, in->bytes, in->content_type, &text, err) &&
           markdown_read(a, text, page, err);
}

/* One page of a split article. */
static bool read_page(struct arena *a, const struct split_page *from, struct page *page,
                      struct err *err)
{
    struct page_source in = {
        .bytes = from->bytes, .type = PAGE_HTML, .content_type = from->content_type};
    return read_text(a, &in, page, err);
}

/* The pages of a split article. One that cannot be read is left out, unless it is the first. */
static bool read_pages(struct arena *a, const struct split_page *pages, size_t n, struct page *page,
                       struct err *err)
{
    struct page first = *page;
    if (first.url.n == 0)
        first.url = utf8_repair(a, arena_str(a, pages[0].url));
    first.domain = url_domain(a, first.url);
    if (!read_page(a, &pages[0], &first, err))
        return false;
    for (size_t i = 1; i < n; i++) {
        struct page more = {.url = utf8_repair(a, arena_str(a, pages[i].url))};
        if (read_page(a, &pages[i], &more, NULL))
            first.text = split_append(a, first.text, more.text);
    }
    *page = first;
    return true;
}

/* PAGE_AUTO: by the bytes, and by the content type where they do not tell. */
static bool read_any(struct arena *a, const struct page_source *in, struct page *page,
                     struct err *err)
{
    struct mime mime;
    struct split_page pages[SPLIT_PAGES];
    size_t n;
    if (split_parts(in->bytes, pages, &n))
        return read_pages(a, pages, n, page, err);
    if (str_find(str_slice(in->bytes, 0, 1024), S("%PDF-"), 0) != STR_NONE)
        return pdf_read(a, in->bytes, page, err);
    if (mime_read(a, in->bytes, &mime))
        return read_mime(a, &mime, page, err);
    if (feed_looks_like(in->bytes, in->content_type))
        return fail(err, ERR_INVALID, "that is a feed: it tells of articles and is none itself");
    if (json_is_likely(in->bytes, in->content_type))
        return read_json(a, in, page, err);
    if (markdown_is_likely(in->bytes, in->content_type))
        return read_markdown(a, in, page, err);
    return read_text(a, in, page, err);
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

bool page_read(struct arena *a, const struct page_source *source, struct page *out, struct err *err)
{
    if (source->bytes.n > SIZE_MAX_PAGE)
        return fail(err, ERR_TOO_LARGE, "the input is over 64 MB");
    struct arena own = {0}; /* a page is much larger than what is kept of it */
    struct page page = {.url = source->url, .domain = url_domain(&own, source->url)};
    bool ok = source->type == PAGE_BODY   ? body_read(source->bytes, &page, err)
              : source->type == PAGE_AUTO ? read_any(&own, source, &page, err)
                                          : read_text(&own, source, &page, err);
    if (ok && page.text.n && page.notice.n == 0 &&
        str_contains(source->content_type, S("text=feed")))
        page.notice = S("feed text");
    if (ok)
        *out = page_copy(a, &page);
    arena_finish(&own);
    return ok;
}
