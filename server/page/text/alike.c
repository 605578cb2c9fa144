/* Containment of shingles: see alike.h. */
#include "page/page.h"

#include <stdlib.h>

enum { RUN = 4 };

struct shingles {
    uint64_t *v;
    size_t n;
};

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Sorted hashes of all runs of four words; of a shorter text the one run there is. */
static struct shingles shingles_of(struct arena *a, struct str text)
{
    uint64_t run[RUN] = {0};
    size_t words = 0, cap = 0;
    struct shingles out = {0};
    for (size_t i = 0; i < text.n;) {
        while (i < text.n && (unsigned char)text.p[i] <= ' ')
            i++;
        size_t from = i;
        while (i < text.n && (unsigned char)text.p[i] > ' ')
            i++;
        if (i == from)
            break;
        run[words++ % RUN] = str_hash(str_slice(text, from, i));
        if (words < RUN && i < text.n)
            continue;
        uint64_t hash = 0;
        for (size_t k = 0; k < RUN; k++)
            hash = hash * UINT64_C(0x9e3779b97f4a7c15) + run[(words + k) % RUN];
        out.v = arena_grow(a, out.v, out.n, &cap, sizeof *out.v);
        out.v[out.n++] = hash;
    }
    if (out.n)
        qsort(out.v, out.n, sizeof *out.v, by_value);
    return out;
}

bool page_texts_alike(struct arena *a, struct str x, struct str y)
{
    struct shingles p = shingles_of(a, x), q = shingles_of(a, y);
    size_t i = 0, k = 0, shared = 0, least = p.n < q.n ? p.n : q.n, most = p.n < q.n ? q.n : p.n;
    while (i < p.n && k < q.n) {
        if (p.v[i] == q.v[k]) {
            shared++;
            i++;
            k++;
        } else if (p.v[i] < q.v[k]) {
            i++;
        } else {
            k++;
        }
    }
    return least && 2 * least >= most && 10 * shared >= 9 * least;
}
