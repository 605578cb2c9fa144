/* Story membership, for signature.c, group.c and their tests. */
#ifndef COMPARE_GROUPING_GROUP_H
#define COMPARE_GROUPING_GROUP_H

#include "compare/parts.h"

enum { SIGN_TERMS = 120, SIGN_BYTES = 20000 };

/* Two groups are one story from this mean likeness on: the middle of the best stretch on SEESAW
 * (measure/grouping.py, both halves). */
#define GROUP_ALIKE 0.205
/* The background counts as so many articles beside those at hand; rare words are stressed. */
#define BACKGROUND 30.0
#define RARITY_POWER 1.2

struct sign_term {
    uint32_t term;
    float weight;   /* by occurrences, title and name */
    uint8_t common; /* band of words/common.txt */
    bool named;     /* mostly capitalised inside sentences, and no day or month */
};

enum { WEEKDAYS = 7, MOST_NAMED = 15, MOST_NAMES = 12 };

/* Heaviest terms first. */
struct signature {
    int32_t day;
    uint8_t named[WEEKDAYS]; /* how often the beginning names each weekday, Monday first */
    uint8_t n_names;
    uint32_t names[MOST_NAMES]; /* the heaviest terms that are names, ascending */
    size_t n;
    struct sign_term terms[SIGN_TERMS];
};

/* Signatures whose terms are weighed together (weigh.c). */
struct weighed {
    struct arena *a;
    size_t n;
    struct signature *signs;
    uint8_t *rare; /* by article: so many of its terms, in front, are rare; the rest by term */
    uint32_t n_terms, *df; /* by term: in how many articles it counts */
};
/* From so many articles on few pairs have all their words looked at. */
enum { WEIGH_MANY = 2000, WEIGH_OF_STORY = 6 };

/* Terms become numbers from 0, in the order in which they are met. */
void weigh_number(struct weighed *w);
/* In how many articles each term stands; of those that are one story by a first look (story[] by
 * article, or NULL), WEIGH_OF_STORY count. */
void weigh_count(struct weighed *w, const uint32_t *story);
/* Rarity among `n` articles or stories sharpens the weights the more there are to count (0: by the
 * background alone); then unit length. Parts the rare terms. */
void weigh_sharpen(struct weighed *w, double n);

void signature_make(struct arena *a, const struct vocabulary *lex,
                    const struct group_article *article, struct signature *out);
/* How much the term tells articles apart when `df` of `n` articles at hand have it (0 of 0: by the
 * background alone). */
double sign_rarity(const struct sign_term *t, double df, double n);
bool signature_unpack(struct str blob, struct signature *out);
/* 1 for articles within two days of each other, down to 0.4 for those months apart. */
double days_nearness(int32_t a, int32_t b);
/* By the weekdays two texts name: about 1 where they are the same or one names none, down to 0.7.
 * All reports of what happened on a Tuesday name that Tuesday, whatever their words; and texts
 * without a date of publishing have no better one. */
double weekdays_agreement(const struct signature *a, const struct signature *b);
/* 1 where the two have a name in common or one names hardly any, else 0.6: two crashes of one kind,
 * in other places and with other people. */
double names_agreement(const struct signature *a, const struct signature *b);
/* The product of the three. */
#define MOST_AGREEMENT 1.05
double circumstances_agree(const struct signature *a, const struct signature *b);

#endif
