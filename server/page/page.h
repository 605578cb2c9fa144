/* What is recovered of one article from the bytes of a page, a text file or a feed item. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"

/* `text`: a plain-text export whose first line is the title and whose boilerplate is to go;
 * `body`: the bytes are the body and stay as they are (text == bytes; must be UTF-8). */
enum page_type { PAGE_AUTO, PAGE_HTML, PAGE_TEXT, PAGE_BODY, PAGE_TYPE_COUNT };
extern const char *const page_type_names[PAGE_TYPE_COUNT]; /* "auto", "html", "text", "body" */
/* PAGE_AUTO if no type is called so. */
enum page_type page_type_named(struct str name);

/* The fields of a page whose source is recorded. */
enum page_field {
    FIELD_TITLE,
    FIELD_SUBTITLE,
    FIELD_OUTLET,
    FIELD_BYLINE,
    FIELD_AGENCY,
    FIELD_PUBLISHED,
    FIELD_MODIFIED,
    FIELD_LANGUAGE,
    FIELD_SECTION,
    FIELD_CANONICAL,
    FIELD_COUNT
};
extern const char *const page_field_names[FIELD_COUNT]; /* as in JSON */

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
                          "by script" (the text comes from the page's data), "much left out",
                          "consent wall", "no article" (these two: text is empty), "feed text" (the
                          page could not be fetched; its feed gave this) */
    struct str rest;   /* with "much left out": that text, its paragraphs parted by a blank line */
    /* Where each field was found, NULL for an empty one: "json-ld", "opengraph", "meta",
     * "microdata", "link", "html" (its lang), "title" (the element), "heading", "time", "page"
     * (seen by readers near the headline), "text" (in the text itself), "url", "header" (of a mail
     * or a saved page), "words" (a guess from the text's function words), "given" (by the
     * importer). */
    const char *source[FIELD_COUNT];
};

/* The place of a field; setting it with its source; setting it only where it is empty. */
struct str *page_field(struct page *p, enum page_field field);
void page_set(struct page *p, enum page_field field, struct str value, const char *source);
void page_fill(struct page *p, enum page_field field, struct str value, const char *source);

/* The page's fields ("url" to "notice", then "sources") into the open object; all but language and
 * text, which a reading of the page writes itself. */
void page_write(const struct page *p, struct json *j);
/* The value of "sources": {"title":"heading",...}. */
void page_write_sources(const struct page *p, struct json *j);
/* What a notice means for the importer of the page, as a sentence without its full stop. */
const char *page_notice_sentence(struct str notice);
/* The page with all slices copied to the arena. */
struct page page_copy(struct arena *a, const struct page *from);

/* Bytes to read, and what came with them. */
struct page_source {
    struct str bytes;
    enum page_type type;
    struct str content_type; /* the HTTP header's value, or empty; "; text=feed": a feed's words for
                                a page that could not be fetched */
    struct str url;          /* where they came from, or empty */
};

/* Reads one page; PAGE_AUTO tells HTML, plain text, saved pages in one file (MHTML), mails, JSON
 * (NewsArticle, ninjs and others), Markdown, PDF, and split articles joined (unpack.h) apart.
 * Fails with a sentence for people on
 * empty input, binary data, and pages with neither headline nor article; a page with a headline
 * alone gives its metadata, an empty text and a notice. */
bool page_read(struct arena *a, const struct page_source *source, struct page *out,
               struct err *err);

/* Are two texts one text, give or take a line? True when at least nine tenths of the shorter text's
 * runs of four words stand in the longer one, and the shorter is at least half as long (after
 * Broder's containment of shingles). */
bool page_texts_alike(struct arena *a, struct str x, struct str y);

#endif
