/* How far several people who coded the same agree, how sure a share is, and which are drawn for a
 * sample: figures only. Pure: no SQL, no HTTP, no clock. What is not defined is not-a-number.
 *
 * percent  pairs of codes of one unit that are equal, of all such pairs
 * kappa    J. Cohen, "A coefficient of agreement for nominal scales" (1960); of more than two
 * coders the mean over their pairs (R. J. Light, 1971) alpha    K. Krippendorff, "Computing
 * Krippendorff's Alpha-Reliability" (2011), nominal; codes may be missing alpha-u  K. Krippendorff,
 * "On the reliability of unitizing continuous data" (1995), as in "Content Analysis" (2004),
 * chapter 11: for pieces of a continuum that coders marked on their own Wilson   E. B. Wilson
 * (1927), at 95 %; of weighted units with the effective number of L. Kish (1965), (sum of
 * weights)^2 / sum of squared weights */
#ifndef AGREE_AGREE_H
#define AGREE_AGREE_H

#include "base/arena.h"

enum { AGREE_NO_CODE = -1 };

/* What each coder said of each unit: v[unit * coders + coder], a number of a value or
 * AGREE_NO_CODE.
 */
struct agree_codes {
    const int32_t *v;
    size_t units, coders;
    int32_t values; /* codes are below it */
};

struct agree_figures {
    size_t units; /* that two or more coded */
    double percent, kappa, alpha;
};
struct agree_figures agree_nominal(const struct agree_codes *codes);

/* A piece of the continuum [0, length) that a coder marked. */
struct agree_unit {
    size_t coder;
    int64_t start, end;
};
/* Of one category. Pieces of one coder that overlap are one. The units are sorted. */
struct agree_units {
    struct agree_unit *v;
    size_t n, coders;
    int64_t length;
};
struct agree_disagreement {
    double observed,
        expected; /* alpha-u is 1 - observed / expected; over categories: of the sums */
};
struct agree_disagreement agree_unitizing(struct agree_units *units);

/* The interval for a share `p` of `n` units, which may be a broken number. n <= 0: 0 to 1. */
struct agree_interval {
    double low, high;
};
struct agree_interval agree_wilson(double p, double n);

/* Where something stands in the order of a draw: the same for the same seed and number. The mixing
 * is that of splitmix64 (G. Steele, D. Lea, C. Flood, 2014): mix(mix(seed) ^ id). */
uint64_t agree_rank(uint64_t seed, uint64_t id);

/* How many are drawn of each stratum: equally many, those of small ones all; drawn[i] <= sizes[i].
 */
void agree_allot(const int64_t *sizes, size_t strata, int64_t size, int64_t *drawn);

#endif
