/* Krippendorff's alpha-u for one category: how far coders agree on which pieces of a continuum it
 * is found in. Between the pieces of a coder lie gaps; observed is how far pieces that overlap
 * differ in their ends, and the squares of pieces that lie within a gap of another coder. */
#include "agree/agree.h"

#include <stdlib.h>

static int by_place(const void *a, const void *b)
{
    const struct agree_unit *x = a, *y = b;
    if (x->coder != y->coder)
        return x->coder < y->coder ? -1 : 1;
    return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
                                : (x->end > y->end) - (x->end < y->end);
}

/* Sorted, within the continuum, and those of one coder that overlap as one. */
static void settle(struct agree_units *u)
{
    size_t n = 0;
    if (u->n)
        qsort(u->v, u->n, sizeof *u->v, by_place);
    for (size_t i = 0; i < u->n; i++) {
        struct agree_unit x = u->v[i];
        x.start = x.start < 0 ? 0 : x.start;
        x.end = x.end > u->length ? u->length : x.end;
        if (x.end <= x.start)
            continue;
        if (n && u->v[n - 1].coder == x.coder && x.start < u->v[n - 1].end)
            u->v[n - 1].end = x.end > u->v[n - 1].end ? x.end : u->v[n - 1].end;
        else
            u->v[n++] = x;
    }
    u->n = n;
}

static size_t first_of(const struct agree_units *u, size_t coder)
{
    size_t i = 0;
    while (i < u->n && u->v[i].coder < coder)
        i++;
    return i;
}

static double square(int64_t x)
{
    return (double)x * (double)x;
}

/* A piece against all that another coder marked: it overlaps some of it, which the other's pieces
 * say once more, or lies in a gap, which says nothing itself and is counted here from both sides.
 */
static double against(const struct agree_units *u, const struct agree_unit *one, size_t coder)
{
    double sum = 0;
    bool met = false;
    for (size_t i = first_of(u, coder); i < u->n && u->v[i].coder == coder; i++) {
        const struct agree_unit *other = &u->v[i];
        if (other->start >= one->end)
            break;
        if (other->end <= one->start)
            continue;
        met = true;
        sum += square(one->start - other->start) + square(one->end - other->end);
    }
    return met ? sum : 2 * square(one->end - one->start);
}

static double observed(const struct agree_units *u)
{
    double sum = 0;
    for (size_t i = 0; i < u->n; i++)
        for (size_t c = 0; c < u->coders; c++)
            if (c != u->v[i].coder)
                sum += against(u, &u->v[i], c);
    return sum;
}

/* In how many places of the coder's gaps a piece of that length fits. */
static double fits(const struct agree_units *u, size_t coder, int64_t length)
{
    int64_t from = 0;
    double places = 0;
    for (size_t i = first_of(u, coder);; i++) {
        bool last = i >= u->n || u->v[i].coder != coder;
        int64_t gap = (last ? u->length : u->v[i].start) - from;
        places += gap >= length ? (double)(gap - length + 1) : 0;
        if (last)
            return places;
        from = u->v[i].end;
    }
}

struct agree_disagreement agree_unitizing(struct agree_units *u)
{
    struct agree_disagreement out = {0, 0};
    double m = (double)u->coders, length = (double)u->length, sum = 0, own = 0;
    settle(u);
    if (u->coders < 2 || u->length < 1)
        return out;
    out.observed = observed(u) / (m * (m - 1) * length * length);
    for (size_t i = 0; i < u->n; i++) {
        double l = (double)(u->v[i].end - u->v[i].start), places = 0;
        for (size_t c = 0; c < u->coders; c++)
            places += fits(u, c, u->v[i].end - u->v[i].start);
        sum += ((double)u->n - 1) / 3 * (2 * l * l * l - 3 * l * l + l) + l * l * places;
        own += l * (l - 1);
    }
    out.expected = 2 / length * sum / (m * length * (m * length - 1) - own);
    return out;
}
