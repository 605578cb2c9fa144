/* Articles that a site splits over several pages: which page of which article one is, and several
 * joined into one. Told by addresses: the next page's is the page's own with the next number in one
 * of the usual places, and a link of the page (rel=next, rel=prev, or the number itself) leads to
 * it. Paginated comments and neighbouring articles do not qualify. */
#ifndef PAGE_FORMAT_SPLIT_H
#define PAGE_FORMAT_SPLIT_H

#include "base/arena.h"
#include "base/err.h"

enum { SPLIT_PAGES = 30 };

struct split_place {
    struct str base; /* the address without the number: the same for all pages of an article */
    unsigned number; /* from 1 */
    struct str next; /* address of the next page, or empty on the last */
};

/* False if the page is not one of several. `url` may be empty: then the page's own word is taken.
 * Cheap for pages without any such link. */
bool split_find(struct arena *a, struct str bytes, struct str content_type, struct str url,
                struct split_place *out);

struct split_page {
    struct str url, content_type, bytes;
};
/* The pages as they are in one text (MIME multipart/mixed), which page_read reads as one article:
 * what page 1 says of title, author and day holds, and the others' paragraphs follow its own. */
struct str split_join(struct arena *a, const struct split_page *pages, size_t n);
/* The pages of such a text; false if it is none. Slices of `joined`. */
bool split_parts(struct str joined, struct split_page pages[SPLIT_PAGES], size_t *n);

/* One text of two pages of an article: paragraphs of `more` that `text` has already are left out
 * (headlines, standfirsts, boxes). The same text if nothing new stands in it. */
struct str split_append(struct arena *a, struct str text, struct str more);

#endif
