/* Feeds: RSS 0.9x to 2.0, Atom, JSON Feed; news sitemaps and OPML lists of feeds. */
#ifndef PAGE_FEED_FEED_H
#define PAGE_FEED_FEED_H

#include "page/page.h"

/* FEED_INDEX: a sitemap that lists sitemaps. */
enum feed_kind {
    FEED_RSS,
    FEED_ATOM,
    FEED_JSON,
    FEED_SITEMAP,
    FEED_OPML,
    FEED_INDEX,
    FEED_KIND_COUNT
};

struct feed_item {
    struct str url;       /* absolute http(s); of FEED_OPML and FEED_INDEX: of a feed */
    struct str id;        /* guid or id, else the address */
    struct str title;     /* plain text */
    struct str published; /* as of page.h; may be empty */
    struct str updated;   /* likewise, of the last change */
    struct str author;    /* several parted by ", "; the feed's own where it names none */
    struct str content;   /* HTML, full text where the feed has it; else empty */
    struct str summary;   /* HTML */
};

struct feed {
    enum feed_kind kind;
    struct str outlet;       /* the channel's title, plain text */
    struct str site;         /* its page */
    struct str language;     /* ISO 639-1, or empty */
    struct feed_item *items; /* in the feed's order; every one has a url, a text or a title */
    size_t n;
};

/* Reads a feed; links are resolved against source->url. Never loads anything, expands no entities.
 * Fails with a sentence for people when it is not a feed; of a web page the sentence tells its
 * feed's address.
 */
bool feed_read(struct arena *a, const struct page_source *source, struct feed *out,
               struct err *err);

/* Is the entry's content the whole report, as far as its text shows? */
bool feed_item_is_full(const struct feed_item *entry);
/* How much text there is of an entry: none, a line or two, or enough to stand in for its page. */
enum feed_text { FEED_NO_TEXT, FEED_TEASER, FEED_TEXT };
enum feed_text feed_item_text(const struct feed_item *entry);
/* The entry as the page it would be, in the arena: what the feed tells stands where pages tell it.
 */
struct str feed_item_page(struct arena *a, const struct feed *feed, const struct feed_item *entry);

/* Do the bytes look like one, by their first tag? (Headers often say text/xml for pages too.) */
bool feed_looks_like(struct str bytes, struct str content_type);

/* The address of the feed that a web page announces, or empty. */
struct str feed_link(struct arena *a, struct str html, struct str url);

#endif
