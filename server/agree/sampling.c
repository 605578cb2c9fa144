/* Which are drawn, how many of each stratum, and how sure a share is. */
#include "agree/agree.h"

#include <math.h>

struct agree_interval agree_wilson(double p, double n)
{
    const double z = 1.959963984540054;
    if (!(n > 0))
        return (struct agree_interval){0, 1};
    double share = z * z / n, middle = (p + share / 2) / (1 + share);
    double half = z / (1 + share) * sqrt(p * (1 - p) / n + share / (4 * n));
    return (struct agree_interval){fmax(0, middle - half), fmin(1, middle + half)};
}

static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

uint64_t agree_rank(uint64_t seed, uint64_t id)
{
    return mix(mix(seed) ^ id);
}

/* One more for each that still has some, until all are given out. */
void agree_allot(const int64_t *sizes, size_t strata, int64_t size, int64_t *drawn)
{
    for (size_t i = 0; i < strata; i++)
        drawn[i] = 0;
    for (bool any = true; any && size > 0;) {
        any = false;
        for (size_t i = 0; i < strata && size > 0; i++)
            if (drawn[i] < sizes[i]) {
                drawn[i]++;
                size--;
                any = true;
            }
    }
}
