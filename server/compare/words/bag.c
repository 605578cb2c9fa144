/* Bags of weighted words, and which of many bags have words in common.
 *
 * Meeting is asked of an index from words to bags: the work grows with the words that are shared,
 * not with the number of pairs (as in "all pairs" similarity search: Bayardo, Ma and Srikant,
 * WWW 2007, without their bounds). */
#include "compare/parts.h"

#include <stdlib.h>

static int by_stem(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;
    return (x->stem > y->stem) - (x->stem < y->stem);
}

void bag_close(struct bag *bag)
{
    size_t n = 0;
    if (bag->n > 1)
        qsort(bag->v, bag->n, sizeof *bag->v, by_stem);
    bag->weight = 0;
    for (size_t i = 0; i < bag->n; i++) {
        if (n && bag->v[n - 1].stem == bag->v[i].stem)
            continue;
        bag->v[n++] = bag->v[i];
        bag->weight += (double)bag->v[n - 1].weight;
    }
    bag->n = n;
}

struct likeness bag_likeness(const struct bag *a, const struct bag *b)
{
    struct likeness l = {0};
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        if (a->v[i].stem == b->v[k].stem) {
            l.shared += (double)(a->v[i].weight + b->v[k].weight) / 2;
            l.words++;
            i++;
            k++;
        } else if (a->v[i].stem < b->v[k].stem) {
            i++;
        } else {
            k++;
        }
    }
    double least = a->weight < b->weight ? a->weight : b->weight;
    if (least > 0) {
        l.least = l.shared / least;
        l.dice = 2 * l.shared / (a->weight + b->weight);
    }
    return l;
}

double bag_shared(const struct bag *a, const struct bag *b)
{
    double shared = 0;
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        uint64_t x = a->v[i].stem, y = b->v[k].stem;
        if (x == y)
            shared += (double)a->v[i].weight;
        i += x <= y;
        k += y <= x;
    }
    return shared;
}

enum { MANY_MET = 32 }; /* of as many as this, one */

struct entry {
    uint64_t stem;
    uint32_t bag, word;
};

static int by_stem_and_bag(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->stem != y->stem)
        return x->stem < y->stem ? -1 : 1;
    return (x->bag > y->bag) - (x->bag < y->bag);
}

static struct entry *entries_of(struct arena *a, const struct bag *bags, size_t n, size_t *count)
{
    size_t words = 0;
    for (size_t i = 0; i < n; i++)
        words += bags[i].n;
    struct entry *all = arena_array(a, words + 1, sizeof *all);
    *count = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < bags[i].n; k++)
            all[(*count)++] = (struct entry){bags[i].v[k].stem, i, k};
    qsort(all, *count, sizeof *all, by_stem_and_bag);
    return all;
}

void meetings_index(struct arena *a, const struct bag *bags, size_t n, struct meetings *m)
{
    size_t words;
    struct entry *all = entries_of(a, bags, n, &words);
    *m = (struct meetings){.bags = bags, .n = n};
    m->at = arena_array(a, words + 1, sizeof *m->at);
    m->bag = arena_array(a, words + 1, sizeof *m->bag);
    m->first_word = arena_array(a, n + 1, sizeof *m->first_word);
    m->shared = arena_array(a, n + 1, sizeof *m->shared);
    m->words = arena_array(a, n + 1, sizeof *m->words);
    m->met = arena_array(a, n + 1, sizeof *m->met);
    for (size_t i = 0; i < n; i++)
        m->first_word[i + 1] = m->first_word[i] + (uint32_t)bags[i].n;
    for (size_t i = 0; i < words; i++) {
        m->at[m->first_word[all[i].bag] + all[i].word] = (uint32_t)i;
        bool last = i + 1 == words || all[i + 1].stem != all[i].stem;
        m->bag[i] = all[i].bag | (last ? LAST_OF_WORD : 0);
    }
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void forget(struct meetings *m)
{
    for (size_t k = 0; k < m->n_met; k++) {
        m->shared[m->met[k]] = 0;
        m->words[m->met[k]] = 0;
    }
    m->n_met = 0;
}

static void meet(struct meetings *m, uint32_t other, float weight)
{
    if (!m->words[other]++)
        m->met[m->n_met++] = other;
    m->shared[other] += (double)weight;
}

/* Many are found again quicker than sorted. */
static void put_in_order(struct meetings *m, uint32_t first)
{
    if (m->n_met < (m->n - first) / MANY_MET) {
        if (m->n_met > 1)
            qsort(m->met, m->n_met, sizeof *m->met, by_number);
        return;
    }
    size_t n = 0;
    for (uint32_t i = first; n < m->n_met; i++)
        if (m->words[i])
            m->met[n++] = i;
}

static size_t meet_all(struct meetings *m, uint32_t i, bool before)
{
    forget(m);
    uint32_t most = m->most ? m->most : UINT32_MAX;
    for (uint32_t k = 0; k < m->bags[i].n; k++) {
        float weight = m->bags[i].v[k].weight;
        uint32_t own = m->at[m->first_word[i] + k], left = most;
        for (uint32_t p = own; !(m->bag[p] & LAST_OF_WORD) && left > 0; left--)
            meet(m, m->bag[++p] & ~LAST_OF_WORD, weight);
        left = most;
        for (uint32_t p = own; before && p > 0 && !(m->bag[p - 1] & LAST_OF_WORD) && left > 0;
             p--, left--)
            meet(m, m->bag[p - 1], weight);
    }
    put_in_order(m, before ? 0 : i);
    return m->n_met;
}

size_t meetings_after(struct meetings *m, uint32_t i)
{
    return meet_all(m, i, false);
}

size_t meetings_with(struct meetings *m, uint32_t i)
{
    return meet_all(m, i, true);
}
