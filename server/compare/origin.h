/* Origins, for their own files. */
#ifndef COMPARE_ORIGIN_H
#define COMPARE_ORIGIN_H

#include "compare/parts.h"

/* Two sentences less alike than this are not alike; from the other on they are nearly the same.
 * Measured on the London talks and on three-outlet stories of independent reports. */
#define SENTENCE_ALIKE 0.22
#define SENTENCE_COPIED 0.60

/* A sentence. */
struct line {
    struct bag bag; /* quoted words weigh less */
    struct span at;
};

/* A line in which a word stands. */
struct posting {
    uint32_t line;
    float weight;
};

/* An article as its sentences. */
struct matter {
    struct line *lines;
    size_t n;
    double weight;
    struct bag all; /* the words of the whole article */
    /* Where the words of `all` stand: those of word i are postings [first[i], first[i + 1]). */
    struct posting *postings;
    uint32_t *first;
};

/* How one article follows another. */
struct chain {
    double ordered, anywhere; /* shares of by's weight */
    double copied;            /* share of by's weight in sentences that are nearly the same */
    size_t n_copied;          /* how many these are */
    size_t met;
    struct passage *passages;
    size_t n_passages;
};

/* near.c: how alike two sentences are that share words of so much weight. */
double lines_alike(const struct bag *a, const struct bag *b, double shared);
/* Is one of the two a rewrite of the other, as each follows the other? */
bool chains_rewrite(const struct chain *x, const struct chain *y);
/* Can they be, whatever their order? */
bool chains_may_rewrite(const struct chain *x, const struct chain *y);
/* Are they, by sentences that are nearly the same, whatever their order? */
bool chains_copy(const struct chain *x, const struct chain *y);

/* How articles follow each other, found by the sentences that are alike, without laying out every
 * pair: rank for rank, against those behind it in canonical order. */
struct near;
struct near *near_index(struct arena *a, const struct work *w, const struct matter *matters);
/* Takes up the article of that rank. */
void near_find(struct near *near, uint32_t rank);
/* How the article taken up and one behind it follow each other: all but the order and passages, and
 * `met` may be too many. False if they have too much alike to tell. */
bool near_measure(struct near *near, uint32_t other, struct chain *b_after_a,
                  struct chain *a_after_b);
/* The order of one of the two measured last. */
double near_ordered(struct near *near, bool b_after_a);

/* runs.c: notes the pairs (runs_key) of articles of which one has at least `least` of its words,
 * five at a time, in the other too, or so many of them that they are no chance; articles of few
 * words are in none. */
uint64_t runs_key(uint32_t a, uint32_t b);
void runs_find(struct arena *a, const struct text *texts, size_t n, double least,
               struct map *pairs);

#endif
