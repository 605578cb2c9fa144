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

/* ---- lost.c */
enum lost { LOST_NOTHING, LOST_NOT, LOST_NUMBER, LOST_CONDITION };
/* What is left out at either end of a sentence of which a wording of n words has those `to`. */
enum lost lost_around(const struct work *w, const struct wordlist *f, const int *to, size_t n);
bool saying_has_condition(const struct work *w, const struct saying *s);
/* Has the full one an amount beside a word of the other, which has none at all? */
bool saying_loses_amount(const struct work *w, const struct saying *full, const struct saying *s);
/* Both of one clause: is just one of them negated? */
bool saying_loses_not(struct work *w, const struct saying *full, const struct saying *s);

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
