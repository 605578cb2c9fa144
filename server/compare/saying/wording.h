/* What variant.c knows of two wordings, for the rule that compares quotations. */
#ifndef COMPARE_SAYING_WORDING_H
#define COMPARE_SAYING_WORDING_H

#include "compare/parts.h"

/* Does nearly all that one quotes stand in the other? */
bool quotes_are_close(struct work *w, const struct saying *full, const struct saying *s);
/* Both quote nearly the same words, but where one has a word that says something the other has
 * another: *at_f and *at_s are the two with some words around. */
bool word_is_replaced(struct work *w, const struct saying *full, const struct saying *s,
                      struct span *at_f, struct span *at_s);

#endif
