/* compare_place: the story among the candidates' to which an article belongs, by the mean likeness
 * to the story's articles. Words are numbered, so that how rare each is gets reckoned once and a
 * candidate's likeness is one walk over its signature. */
#include "compare/grouping/group.h"

#include <math.h>
#include <stdlib.h>

/* A word of the candidates or of the article. */
struct word {
    uint32_t story, stories; /* the last story seen with it, counting from 1; how many have it */
    uint8_t common;
    double rarity, weight; /* weight: in the article to be placed, 0 if it is not there */
};

enum { BANDS = 16, FEW_STORIES = 16 };

struct rarities {
    double of[BANDS][FEW_STORIES]; /* 0: not reckoned yet, for none is */
};

struct choice {
    struct arena arena;
    struct map numbers; /* term -> number + 1 */
    struct word *words;
    size_t n_words, cap_words;
    struct signature sign; /* the article's */
    struct signature *others;
    const struct compare_candidate **candidates; /* by story; parallel to others */
    size_t n;
    double stories;
    double length; /* of the article's vector */
};

static int by_story(const void *a, const void *b)
{
    const struct compare_candidate *const *x = a, *const *y = b;
    if ((*x)->story != (*y)->story)
        return (*x)->story < (*y)->story ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

static uint32_t number_of(struct choice *c, const struct sign_term *t)
{
    uint32_t *at = map_at(&c->arena, &c->numbers, t->term);
    if (!*at) {
        c->words = arena_grow(&c->arena, c->words, c->n_words, &c->cap_words, sizeof *c->words);
        c->words[c->n_words++] = (struct word){.common = t->common};
        *at = (uint32_t)c->n_words;
    }
    return *at - 1;
}

/* From here on the terms of the signature are numbers of words. */
static void number_terms(struct choice *c, struct signature *s)
{
    for (size_t t = 0; t < s->n; t++)
        s->terms[t].term = number_of(c, &s->terms[t]);
}

/* The candidates by story, unpacked; in how many stories each word occurs. By story, not by
 * article: a story of a hundred articles must not make its own words common. */
static void take_candidates(struct choice *c, const struct compare_candidate *all, size_t n)
{
    uint32_t stories = 0;
    c->others = arena_array(&c->arena, n + 1, sizeof *c->others);
    c->candidates = arena_array(&c->arena, n + 1, sizeof *c->candidates);
    for (size_t i = 0; i < n; i++)
        c->candidates[i] = &all[i];
    qsort(c->candidates, n, sizeof *c->candidates, by_story);
    for (size_t i = 0; i < n; i++) {
        struct signature *s = &c->others[c->n];
        c->candidates[c->n] = c->candidates[i];
        if (!signature_unpack(c->candidates[i]->signature, s))
            continue;
        stories += !c->n || c->candidates[c->n]->story != c->candidates[c->n - 1]->story;
        number_terms(c, s);
        for (size_t t = 0; t < s->n; t++) {
            struct word *w = &c->words[s->terms[t].term];
            w->stories += w->story != stories;
            w->story = stories;
        }
        c->n++;
    }
    c->stories = stories;
}

/* Reckoned once for all words of a band that so many stories have: most have few. */
static double rarity_of(const struct choice *c, struct rarities *known, const struct word *w)
{
    struct sign_term t = {.common = w->common};
    if (w->common >= BANDS || w->stories >= FEW_STORIES)
        return sign_rarity(&t, w->stories, c->stories);
    double *at = &known->of[w->common][w->stories];
    *at = *at > 0 ? *at : sign_rarity(&t, w->stories, c->stories);
    return *at;
}

static void weigh_words(struct choice *c)
{
    struct rarities known = {{{0}}};
    number_terms(c, &c->sign);
    for (size_t i = 0; i < c->n_words; i++)
        c->words[i].rarity = rarity_of(c, &known, &c->words[i]);
    for (size_t t = 0; t < c->sign.n; t++) {
        struct word *w = &c->words[c->sign.terms[t].term];
        w->weight = (double)c->sign.terms[t].weight * w->rarity;
        c->length += w->weight * w->weight;
    }
}

static double likeness(const struct choice *c, const struct signature *other)
{
    double dot = 0, length = 0;
    for (size_t t = 0; t < other->n; t++) {
        const struct word *w = &c->words[other->terms[t].term];
        double weight = (double)other->terms[t].weight * w->rarity;
        dot += weight * w->weight;
        length += weight * weight;
    }
    if (length <= 0 || c->length <= 0)
        return 0;
    return dot / sqrt(length * c->length) * circumstances_agree(&c->sign, other);
}

/* While few stories are known their words do not stand out from everyday ones: the threshold is
 * higher. A wrong join is worse than one that is missing, which a person mends in one step. */
static double threshold(double stories)
{
    return GROUP_ALIKE * (1 + 0.5 * 15 / (15 + stories));
}

static int64_t best_story(const struct choice *c)
{
    int64_t best = 0;
    double best_mean = threshold(c->stories);
    for (size_t i = 0, end; i < c->n; i = end) {
        double sum = 0;
        for (end = i; end < c->n && c->candidates[end]->story == c->candidates[i]->story; end++)
            sum += likeness(c, &c->others[end]);
        if (sum / (double)(end - i) > best_mean) {
            best_mean = sum / (double)(end - i);
            best = c->candidates[i]->story;
        }
    }
    return best;
}

int64_t compare_place(struct str signature, const struct compare_candidate *candidates, size_t n)
{
    struct choice c = {.n = 0};
    int64_t best = 0;
    if (n && signature_unpack(signature, &c.sign)) {
        take_candidates(&c, candidates, n);
        weigh_words(&c);
        best = best_story(&c);
    }
    arena_finish(&c.arena);
    return best;
}
