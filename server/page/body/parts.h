/* What the files of body/ share among themselves. */
#ifndef PAGE_BODY_PARTS_H
#define PAGE_BODY_PARTS_H

#include "base/map.h"
#include "page/body/body.h"

/* cut.c: cuts the page into blocks (b->blocks, b->firsts) and makes b->hints inherited. */
void body_cut(struct body *b);

/* sheet.c: hashes of the class names that the page's style sheets hide. */
struct map body_sheet(struct arena *a, const struct html *h);

/* believe.c: judges own hints by the prose they are put on, and hands them down to blocks. */
void body_believe(struct body *b);

/* told.c: a set of runs of words, and whether it has nearly all runs of a text. */
struct grams {
    uint64_t *slots;
};
struct grams grams_make(struct arena *a);
void grams_add(struct grams *g, struct str s);
bool grams_hold(struct grams *g, struct str s);

/* hints.c: what a class name says. */
uint32_t body_hints_of(struct str name);

/* promo.c: does the block praise the outlet's own channels? */
bool body_is_promo(const struct body *b, const struct block *k);

/* quoted.c: keeps the names below quotations that are kept, among the blocks from..to, and drops
 * quotations that only repeat the text. */
void body_signatures(struct body *b, size_t from, size_t to);

#endif
