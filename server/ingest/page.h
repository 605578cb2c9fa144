/* What is recovered of one article from the bytes of a page, a text file or a feed item. */
#ifndef INGEST_PAGE_H
#define INGEST_PAGE_H

#include "base/arena.h"
#include "base/err.h"

/* `text`: a plain-text export whose first line is the title and whose boilerplate is to go;
 * `body`: the bytes are the body and stay as they are (text == bytes; must be UTF-8). */
enum page_type { PAGE_AUTO, PAGE_HTML, PAGE_TEXT, PAGE_BODY, PAGE_TYPE_COUNT };

/* All slices valid UTF-8 in the caller's arena; unknown fields are empty. */
struct page {
    struct str url;       /* as given */
    struct str canonical; /* as the page says, made absolute */
    struct str title, subtitle, outlet, domain;
    struct str byline;              /* authors, parted by ", " */
    struct str agency;              /* agency credit: "Reuters" */
    struct str published, modified; /* RFC 3339, or YYYY-MM-DD */
    struct str language;            /* ISO 639-1 */
    struct str section;
    struct str text;   /* paragraphs parted by a blank line (html); lines kept (text, body) */
    struct str notice; /* said when the text may not be the article: "paywall" (a stub, perhaps),
                          "consent wall", "no article" (these two: text is empty) */
};

/* Reads one page; PAGE_AUTO tells HTML, plain text, saved pages in one file (MHTML), mails, JSON
 * (NewsArticle, ninjs and others), Markdown, PDF, and split articles joined (split.h) apart.
 * `content_type` is the HTTP header's value or empty. Fails with a sentence for people on
 * empty input, binary data, and pages with neither headline nor article; a page with a headline
 * alone gives its metadata, an empty text and a notice. */
bool page_read(struct arena *a, struct str bytes, enum page_type type, struct str content_type,
               struct str url, struct page *out, struct err *err);

#endif
