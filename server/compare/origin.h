/* Origins, for their own files. */
#ifndef COMPARE_ORIGIN_H
#define COMPARE_ORIGIN_H

#include "base/memo.h"
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

/* matter.c: the article's sentences, with words as they weigh in the work. */
struct matter matter_read(const struct work *w, struct arena *a, const struct text *t);

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

/* runs.c: pairs of articles of which one has a third of its words, five at a time, in the other
 * too, or so many of them that they are no chance; articles of few words are in none. */
struct runs {
    struct run_pair {
        uint32_t other, next; /* next: of the article, + 1, or 0 */
    } * v;
    size_t n, cap;
    uint32_t *last; /* by article: of its pairs, + 1 */
};
void runs_find(struct arena *a, const struct text *texts, size_t n, struct runs *to);
/* The same of pairs with an article that is `fresh`. */
void runs_find_fresh(struct arena *a, const struct text *texts, const bool *fresh, size_t n,
                     struct runs *to);
/* For tests: are the two a pair? */
bool runs_have(const struct runs *runs, uint32_t a, uint32_t b);

/* ---- copies.c: who copied whom, from one comparison of a story to the next. */
/* In a story of more reports than LARGE_STORY, words weigh as a sample of so many of them has them,
 * counted up to all of them: what two reports have in common does not change with each that is
 * added. */
enum { LARGE_STORY = 100, SAMPLED = 64 };

/* Ranks of two articles, a before b, of which one is a rewrite of the other; how much of the later
 * one is: below zero, if nobody had to know exactly, minus what it is at most. */
struct copied {
    uint32_t a, b;
    double share;
};
struct copies {
    struct arena *arena;
    struct memo_key *key;     /* by rank: all that it depends on who copied whom */
    uint32_t sample[SAMPLED]; /* ranks; of no more than there are articles */
    size_t n_sample;
    size_t about; /* how many articles the sample stands for: at most n, in steps of a quarter */
    struct memo_key sampled; /* of these, and of that */
    size_t n;                /* articles */
    struct copied *v;        /* by a, then b */
    size_t n_v, cap;
};
/* Begins with none; chooses the sample, by what the articles are. */
void copies_begin(struct arena *a, const struct work *w, struct copies *c);
void copies_add(struct copies *c, struct copied pair);
/* What was found at the last comparison of a story with the same sample, among those that
 * are there still, in today's ranks; fresh[rank]: it was not there. False if nothing is known. */
bool copies_recall(const struct copies *c, struct copies *known, bool *fresh);
void copies_keep(const struct copies *c);

#endif
