/* The words of many signatures weighed together: what few of the articles have tells more. Terms
 * are numbered first, so that all else is arrays. */
#include "compare/grouping/group.h"

#include <math.h>
#include <stdlib.h>

/* A word that more than RARE_IN of many articles have brings together everybody with everybody.
 * BANDS: of words/common.txt; COUNTS: of articles with a term, most are less. */
enum { RARE_IN = 200, BANDS = 11, COUNTS = 512 };

static int by_term(const void *a, const void *b)
{
    const struct sign_term *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

void weigh_number(struct weighed *w)
{
    struct own_map numbers = {0};
    for (size_t i = 0; i < w->n; i++)
        for (size_t t = 0; t < w->signs[i].n; t++) {
            uint32_t *number = own_map_at(&numbers, w->signs[i].terms[t].term);
            if (!*number)
                *number = ++w->n_terms;
            w->signs[i].terms[t].term = *number - 1;
        }
    own_map_finish(&numbers);
    w->df = arena_array(w->a, w->n_terms + 1, sizeof *w->df);
}

/* Rare terms to the front, the others in the order of their terms. */
static void part_rare(struct weighed *w)
{
    w->rare = arena_array(w->a, w->n + 1, sizeof *w->rare);
    for (size_t i = 0; i < w->n; i++) {
        struct signature *s = &w->signs[i];
        size_t rare = 0;
        for (size_t t = 0; t < s->n; t++)
            if (w->n <= WEIGH_MANY || w->df[s->terms[t].term] <= RARE_IN) {
                struct sign_term term = s->terms[t];
                s->terms[t] = s->terms[rare];
                s->terms[rare++] = term;
            }
        w->rare[i] = (uint8_t)rare;
        if (s->n > rare + 1)
            qsort(s->terms + rare, s->n - rare, sizeof *s->terms, by_term);
    }
}

/* Articles side by side that are of one story. */
static uint32_t *by_story(struct weighed *w, const uint32_t *story)
{
    uint32_t *end = arena_array(w->a, w->n + 1, sizeof *end),
             *sorted = arena_array(w->a, w->n + 1, sizeof *sorted);
    for (size_t i = 0; i < w->n; i++)
        end[story[i] + 1]++;
    for (size_t i = 0; i < w->n; i++)
        end[i + 1] += end[i];
    for (uint32_t i = 0; i < w->n; i++)
        sorted[end[story[i]]++] = i;
    return sorted;
}

/* A story of a hundred articles must not make its own words common. */
void weigh_count(struct weighed *w, const uint32_t *story)
{
    const uint32_t *sorted = story ? by_story(w, story) : NULL;
    uint32_t *of = arena_array(w->a, w->n_terms + 1, sizeof *of), /* a story, from 1 */
        *in_story = arena_array(w->a, w->n_terms + 1, sizeof *in_story);
    for (size_t i = 0; i < w->n; i++) {
        size_t article = sorted ? sorted[i] : i;
        uint32_t now = story ? story[article] + 1 : (uint32_t)i + 1;
        for (size_t t = 0; t < w->signs[article].n; t++) {
            uint32_t term = w->signs[article].terms[t].term;
            in_story[term] = of[term] == now ? in_story[term] : 0;
            of[term] = now;
            w->df[term] += in_story[term]++ < WEIGH_OF_STORY;
        }
    }
}

/* sign_rarity, which takes a logarithm and a power, for the few pairs of band and count that most
 * terms have. */
struct rarities {
    double n;
    double known[BANDS][COUNTS];
};

static double rarity_of(struct rarities *r, const struct sign_term *t, uint32_t df)
{
    if (t->common >= BANDS || df >= COUNTS)
        return sign_rarity(t, df, r->n);
    double *known = &r->known[t->common][df];
    if (*known == 0)
        *known = sign_rarity(t, df, r->n);
    return *known;
}

void weigh_sharpen(struct weighed *w, double n)
{
    struct rarities rarities = {.n = n};
    for (size_t i = 0; i < w->n; i++) {
        struct signature *s = &w->signs[i];
        double length = 0;
        for (size_t t = 0; t < s->n; t++) {
            uint32_t with = n > 0 ? w->df[s->terms[t].term] : 0;
            s->terms[t].weight *= (float)rarity_of(&rarities, &s->terms[t], with);
            length += (double)s->terms[t].weight * s->terms[t].weight;
        }
        for (size_t t = 0; t < s->n; t++)
            s->terms[t].weight /= (float)sqrt(length > 0 ? length : 1);
    }
    part_rare(w);
}
