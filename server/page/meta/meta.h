/* What a page says about its article: title, outlet, authors, days, language, addresses. */
#ifndef PAGE_META_META_H
#define PAGE_META_META_H

#include "page/body/body.h"
#include "page/page.h"

enum meta_key {
    META_TITLE_OG,
    META_TITLE_TWITTER,
    META_TITLE_OTHER,
    META_TITLE_LD,
    META_TITLE_PROP,
    META_TITLE_TAG,
    META_SITE_OG,
    META_SITE_LD,
    META_SITE_OTHER,
    META_AUTHOR_LD,
    META_AUTHOR_ORG,
    META_AUTHOR_PERSON,
    META_AUTHOR_META,
    META_AUTHOR_PROP,
    META_PUBLISHED_LD,
    META_PUBLISHED_META,
    META_PUBLISHED_PROP,
    META_PUBLISHED_OTHER,
    META_PUBLISHED_PAGE,
    META_CREATED, /* when its record was made */
    META_MODIFIED_LD,
    META_MODIFIED_META,
    META_SECTION_LD,
    META_SECTION_META,
    META_CANONICAL,
    META_URL_OG,
    META_LANGUAGE,
    META_LANGUAGE_OTHER,
    META_DESCRIPTION,
    META_SUBTITLE,
    META_KEYS
};

/* A value found in metadata and the name of its source, as in page.h (source). */
struct told {
    struct str value;
    const char *source;
};

struct meta {
    const struct html *h;
    struct arena *a;
    const uint32_t *hints;         /* own hints by node */
    struct str found[META_KEYS];   /* the first value of each kind, entities resolved */
    const char *source[META_KEYS]; /* and where it stood */
    const char *from;              /* where the values put now stand */
    struct str article_body;       /* of JSON-LD */
    struct str locale;             /* language and, where it is known, region: "en-GB" */
    int references;                /* of JSON-LD that were followed; each may cost its length */
    bool free_access_denied;       /* isAccessibleForFree: false */
};

/* Collects from head, structured data and microdata, and sets title, outlet and addresses. */
void meta_read(struct meta *m, struct page *out);
/* Authors, days and the rest, for which the body must be known. */
void meta_finish(struct meta *m, const struct body *b, struct page *out);

/* The authors, parted by ", ": from metadata, unless the page shows its readers others. */
struct told meta_authors(struct meta *m, const struct body *b, const struct page *p);
/* The names in a byline but the outlet's, parted by ", "; and the name somebody goes by on this
 * site
 * ("eseppelt"), if the text is one. Empty if there is none. */
struct str meta_usable_names(struct arena *a, struct str byline, const struct page *p);
struct str meta_handle(struct str text, const struct page *p);
/* The names in the element that says most surely who wrote. */
struct str meta_author_element(struct meta *m, const struct body *b, const struct page *p);
/* Those in the first link that says rel=author. */
struct str meta_author_link(struct meta *m, const struct body *b, const struct page *p);
/* The nodes between which the article stands: its headline (0 if it is not seen) and the last
 * block that is kept. */
void meta_span(const struct body *b, const struct page *p, size_t *from, size_t *to);

/* The outlet's name: from metadata, else what stands in the title behind the headline, else empty.
 */
void meta_outlet(struct meta *m, struct page *out);
/* The headline as the page shows it, without the outlet's name and the kicker. */
void meta_title(struct meta *m, struct page *out);

/* One JSON-LD script's text. */
void meta_json_ld(struct meta *m, struct str json);
/* The value of a key; of the first of two keys that has one. */
struct told meta_told(const struct meta *m, enum meta_key key);
struct told meta_first(const struct meta *m, enum meta_key a, enum meta_key b);
/* Keeps the first value of a kind. */
void meta_put(struct meta *m, enum meta_key key, struct str value);
/* The same under the name of a <meta>, with entities in `raw`; authors are gathered. Names that say
 * nothing of an article are passed over. */
void meta_put_named(struct meta *m, struct str name, struct str raw);

#endif
