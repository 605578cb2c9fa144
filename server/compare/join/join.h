/* Statements joined into utterances: sets of sayings as lists. */
#ifndef COMPARE_JOIN_H
#define COMPARE_JOIN_H

#include "compare/parts.h"

/* By saying: the set's first member (its root), the next member or UINT32_MAX; by root: the last
 * member, how many there are, why they were joined (NULL: one alone). */
struct joins {
    uint32_t *parent, *next, *last, *size;
    const char **rule;
};
void work_joins(struct work *w, struct joins *j);
/* The same; `weighed` is told of every two groups that are weighed, with their features. For
 * learning. */
struct merge;
void work_joins_told(struct work *w, struct joins *j,
                     void (*weighed)(const struct merge *m, const double *f));

/* Two sayings worth matching, a before b. */
struct join_pair {
    uint32_t a, b;
    struct match match;
};

/* The pairs of one saying with those behind it: a table, for pairs are looked for row by row. */
struct join_row {
    struct join_slot {
        union {
            struct {
                uint32_t other, at; /* + 1, 0 for none; the pair's place + 1, or NEVER_PAIR */
            };
            struct join_slot *next; /* in the first one of a spare table */
        };
    } * v;
    uint32_t n, cap; /* a power of two */
};

/* A story's pairs, a million of them or so: held apart from what comes of them, let go first, and
 * never copied to grow. */
enum { PAIRS_BLOCK = 1 << 14, ROW_SIZES = 32 };
struct join_pairs {
    struct join_pair **blocks; /* PAIRS_BLOCK each */
    size_t n, cap_blocks;
    struct join_row *rows;              /* by the first of the two */
    struct join_slot *spare[ROW_SIZES]; /* tables that rows grew out of, by binary size; linked */
    struct arena arena;
};
#define NEVER_PAIR UINT32_MAX /* looked at: they can't be one */
static inline struct join_pair *join_pair_at(const struct join_pairs *pairs, size_t i)
{
    return &pairs->blocks[i / PAIRS_BLOCK][i % PAIRS_BLOCK];
}
/* Begins with none, of so many sayings. */
void join_pairs_begin(struct join_pairs *pairs, size_t sayings);
/* The place + 1 of the two: 0 if nobody has looked at them. It stands until the next. */
uint32_t *join_pairs_at(struct join_pairs *pairs, uint32_t a, uint32_t b);
uint32_t join_pairs_get(const struct join_pairs *pairs, uint32_t a, uint32_t b);
/* Adds one and notes its place. */
void join_pairs_add(struct join_pairs *pairs, struct join_pair pair, uint32_t *at);
void join_pairs_finish(struct join_pairs *pairs);

/* The key of two numbers in a table: spread, for tables take a key's low bits. */
uint64_t join_key(uint32_t a, uint32_t b);
/* Every pair that can be one saying: of speakers that may be one, or of like words. */
void join_candidates(struct work *w, struct join_pairs *out);

/* ---- act.c: one act of saying reported in several sentences. */
/* Judges the candidates again, with those that stand near others that are one saying: what is said
 * on one occasion, which are added. `features` may be NULL, else [ACT_COUNT] each, by pair. */
void join_acts(struct work *w, struct join_pairs *pairs, double (**features)[ACT_COUNT]);
/* A lawsuit, a report: made of many claims. */
bool channel_is_document(const struct work *w, struct str channel);
/* The sentence of its first word, or of its last. */
uint32_t sentence_of(const struct work *w, const struct saying *s, bool last);

/* ---- merge.c: may two groups of statements become one? */
enum { MOST_COMPARED = 8 }; /* of a large group the first members speak for all */
struct merge {
    const struct work *w;
    const struct join_pairs *pairs;
    const struct join_pair *best; /* would bring them together */
    uint32_t a[MOST_COMPARED], b[MOST_COMPARED];
    size_t n_a, n_b;
    uint32_t size_a, size_b; /* with those beyond MOST_COMPARED */
};
/* Fills f (enum merge_feature), and the mean likelihood of all pairs; false if two of them can't be
 * one saying. */
bool merge_features(const struct merge *m, double f[MERGE_COUNT], double *mean);
/* 0..1 */
double merge_likelihood(const struct work *w, const double f[MERGE_COUNT]);
/* The two's match as it was judged, else as they are alike by themselves. */
struct match join_match(const struct work *w, const struct join_pairs *pairs, uint32_t x,
                        uint32_t y);

/* ---- kin.c: the word of an unnamed one's key that says what they are, of "a senior officer in
 * Leeds" the third; does the word begin where or whose they are? */
struct str key_head(struct str key);
bool key_begins_place(struct str word);

/* ---- standing.c: a person of another office, or whom a reading takes for "he": not who speaks for
 * a court. */
bool saying_is_beside_court(const struct work *w, const struct saying *s);
bool saying_by_pronoun(const struct work *w, const struct saying *s);
/* Can they not be one: a court and a minister, members and former members? */
bool sayings_stand_apart(const struct work *w, const struct saying *a, const struct saying *b);

/* ---- stray.c */
/* Parts from each set what none of its others says, save what `kept` holds (by saying). */
void join_part_strays(const struct work *w, const struct join_pairs *pairs, const bool *kept,
                      struct joins *j);

#endif
