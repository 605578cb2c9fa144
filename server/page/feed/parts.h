/* What the readers of the feed formats share. */
#ifndef PAGE_FEED_PARTS_H
#define PAGE_FEED_PARTS_H

#include "page/feed/feed.h"

struct feed_reader {
    struct arena *a;
    struct str base;    /* where the feed came from */
    struct str authors; /* the feed's own: of entries that name none */
    struct feed feed;
    size_t cap;
};

/* Adds an item. Its text loses the line by which blogs send readers of copies back to them. */
void feed_add(struct feed_reader *r, struct feed_item item);
/* Plain text of a title or name that may hold markup and entities. */
struct str feed_plain(struct arena *a, struct str s);
/* Text without any tag as markup: what stands between blank lines is a paragraph. `escaped`: it is
 * plain text, in which signs of markup stand for themselves; else the text itself where it has tags
 * or no blank line. */
struct str feed_paragraphs(struct arena *a, struct str text, bool escaped);
/* "en" of "en-GB"; empty for what is no such code. */
struct str feed_language(struct str told);
/* "A. Reed, B. Stone": the names with one more, unless it is there or empty. */
struct str feed_names(struct arena *a, struct str names, struct str more);

/* Local name of the first element, whatever comments and declarations stand before it; of JSON
 * "{"; or empty. */
struct str feed_root(struct str text);

/* XML as a strict parser takes it: no characters that XML forbids, in CDATA and as references
 * neither; HTML's entities as characters, stray ampersands and less-than signs escaped, HTML's
 * empty elements closed; and no declaration, for the text is decoded. */
struct str feed_repair(struct arena *a, struct str text);

bool feed_read_xml(struct feed_reader *r, struct str text, struct err *err);
bool feed_read_json(struct feed_reader *r, struct str text, struct err *err);

#endif
