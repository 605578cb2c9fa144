/* The words of two statements beside each other: what variant.c labels, and what the rule that
 * compares quotations asks for. */
#ifndef COMPARE_SAYING_WORDING_H
#define COMPARE_SAYING_WORDING_H

#include "compare/parts.h"

/* A statement's words: those inside quotation marks alone where it quotes. */
struct wordlist {
    const struct text *text;
    uint32_t *terms;
    size_t n;
    bool quoted;
};

struct wordlist wordlist_of(struct work *w, const struct saying *s);
const struct term *wordlist_term(const struct wordlist *l, size_t i);
/* to[i]: the place in f that word i of v stands for, or -1. Returns the number of words met. */
size_t wordlist_align(struct work *w, const struct wordlist *f, const struct wordlist *v, int *to);

/* ---- replaced.c */
/* Does nearly all that one quotes stand in the other? */
bool quotes_are_close(struct work *w, const struct saying *full, const struct saying *s);
/* Both quote a passage alike, but where one has words that say something the other has others:
 * *at_f and *at_s are the two with some words around. */
bool words_are_replaced(struct work *w, const struct saying *full, const struct saying *s,
                        struct span *at_f, struct span *at_s);
/* The same where the one runs on without some words of the other and shows no gap. */
bool words_are_omitted(struct work *w, const struct saying *full, const struct saying *s,
                       struct span *at_f, struct span *at_s);

#endif
