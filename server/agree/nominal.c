/* Percent agreement, Cohen's kappa and Krippendorff's alpha of nominal codes. */
#include "agree/agree.h"

#include <math.h>

struct counts {
    double *first, *second; /* how often each value was used */
    double both, same;
};

static int32_t code_of(const struct agree_codes *c, size_t unit, size_t coder)
{
    return c->v[unit * c->coders + coder];
}

static double kappa_of_pair(const struct agree_codes *c, size_t a, size_t b, struct counts *n)
{
    double chance = 0;
    *n = (struct counts){n->first, n->second, 0, 0};
    for (int32_t k = 0; k < c->values; k++)
        n->first[k] = n->second[k] = 0;
    for (size_t u = 0; u < c->units; u++) {
        int32_t x = code_of(c, u, a), y = code_of(c, u, b);
        if (x == AGREE_NO_CODE || y == AGREE_NO_CODE)
            continue;
        n->both++;
        n->same += x == y;
        n->first[x]++;
        n->second[y]++;
    }
    for (int32_t k = 0; n->both > 0 && k < c->values; k++)
        chance += n->first[k] / n->both * (n->second[k] / n->both);
    return n->both > 0 && chance < 1 ? (n->same / n->both - chance) / (1 - chance) : NAN;
}

/* Pairs that have no unit in common or for which kappa is not defined are left out of the mean. */
static double kappa_of_all(const struct agree_codes *c, struct counts *n)
{
    double sum = 0, pairs = 0;
    for (size_t a = 0; a < c->coders; a++)
        for (size_t b = a + 1; b < c->coders; b++) {
            double kappa = kappa_of_pair(c, a, b, n);
            sum += isnan(kappa) ? 0 : kappa;
            pairs += !isnan(kappa);
        }
    return pairs > 0 ? sum / pairs : NAN;
}

/* The unit's pairs of coders and how many of them agree; returns how many coded it. */
static size_t pairs_of(const struct agree_codes *c, size_t unit, double *pairs, double *same)
{
    size_t coded = 0;
    *pairs = *same = 0;
    for (size_t a = 0; a < c->coders; a++) {
        if (code_of(c, unit, a) == AGREE_NO_CODE)
            continue;
        coded++;
        for (size_t b = a + 1; b < c->coders; b++)
            if (code_of(c, unit, b) != AGREE_NO_CODE) {
                *pairs += 1;
                *same += code_of(c, unit, a) == code_of(c, unit, b);
            }
    }
    return coded;
}

static double expected_disagreement(const struct agree_codes *c, double *used)
{
    double all = 0, same = 0;
    for (int32_t k = 0; k < c->values; k++)
        used[k] = 0;
    for (size_t u = 0; u < c->units; u++) {
        double pairs, equal;
        if (pairs_of(c, u, &pairs, &equal) < 2)
            continue;
        for (size_t a = 0; a < c->coders; a++)
            if (code_of(c, u, a) != AGREE_NO_CODE) {
                used[code_of(c, u, a)]++;
                all++;
            }
    }
    for (int32_t k = 0; k < c->values; k++)
        same += used[k] * (used[k] - 1);
    return all > 1 ? 1 - same / (all * (all - 1)) : 0;
}

struct agree_figures agree_nominal(const struct agree_codes *c)
{
    struct arena a = {0};
    struct counts n = {arena_array(&a, (size_t)c->values + 1, sizeof(double)),
                       arena_array(&a, (size_t)c->values + 1, sizeof(double)), 0, 0};
    struct agree_figures out = {0, NAN, NAN, NAN};
    double pairs = 0, same = 0, codes = 0, differ = 0;
    for (size_t u = 0; u < c->units; u++) {
        double of_unit, equal;
        size_t coded = pairs_of(c, u, &of_unit, &equal);
        if (coded < 2)
            continue;
        out.units++;
        pairs += of_unit;
        same += equal;
        codes += (double)coded;
        differ += 2 * (of_unit - equal) / (double)(coded - 1);
    }
    if (out.units) {
        double expected = expected_disagreement(c, n.first);
        out.percent = same / pairs;
        out.alpha = expected > 0 ? 1 - differ / codes / expected : NAN;
        out.kappa = kappa_of_all(c, &n);
    }
    arena_finish(&a);
    return out;
}
