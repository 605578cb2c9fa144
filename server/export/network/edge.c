/* What an edge rests on: the numbers of its statements. */
#include "export/network/network.h"

#include <stdlib.h>

static const struct network_cell *cell_at(const struct network *net, size_t row, uint32_t column)
{
    for (size_t i = net->cells_of[row]; i < net->cells_of[row + 1]; i++)
        if (net->cells[i].column == column)
            return &net->cells[i];
    return NULL;
}

struct proving {
    struct arena *a;
    struct network_proof proof;
    size_t cap;
};

/* The cell's ties at levels of the set (a bit each). */
static void take(const struct network *net, struct proving *p, const struct network_cell *c,
                 unsigned levels)
{
    size_t n = (size_t)c->at[0] + c->at[1] + c->at[2];
    for (size_t i = c->first; i < c->first + n; i++) {
        if (!(levels >> net->ties[i].level & 1))
            continue;
        p->proof.v = arena_grow(p->a, p->proof.v, p->proof.n, &p->cap, sizeof *p->proof.v);
        p->proof.v[p->proof.n++] = net->ties[i].statement;
    }
}

/* The levels of x that count against those of y. */
static unsigned counting(const struct network *net, const struct network_cell *x,
                         const struct network_cell *y)
{
    enum network_qualifier q = net->options.qualifier;
    unsigned levels = 0;
    for (int i = 0; i < LEVEL_COUNT; i++)
        for (int k = 0; k < LEVEL_COUNT; k++)
            if (y->at[k] && (q != QUALIFIER_CONGRUENCE || i == k) &&
                (q != QUALIFIER_CONFLICT || i != k))
                levels |= 1u << i;
    (void)x;
    return levels;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void tidy(struct network_proof *p)
{
    size_t n = 0;
    if (p->n)
        qsort(p->v, p->n, sizeof *p->v, by_number);
    for (size_t i = 0; i < p->n; i++)
        if (!n || p->v[n - 1] != p->v[i])
            p->v[n++] = p->v[i];
    p->n = n;
}

struct network_proof network_proof(const struct network *net, struct arena *a,
                                   const struct network_edge *edge)
{
    struct proving p = {.a = a};
    for (size_t i = net->cells_of[edge->from]; i < net->cells_of[edge->from + 1]; i++) {
        const struct network_cell *x = &net->cells[i], *y;
        if (!net->options.one_mode) {
            if (x->column == edge->to)
                take(net, &p, x, 7);
        } else if ((y = cell_at(net, edge->to, x->column))) {
            take(net, &p, x, counting(net, x, y));
            take(net, &p, y, counting(net, y, x));
        }
    }
    tidy(&p.proof);
    return p.proof;
}
