/* The weights of edges; the formulas stand in network.h. */
#include "export/network/network.h"

#include <string.h>

static uint32_t all_of(const struct network_cell *c)
{
    return c->at[LEVEL_AGAINST] + c->at[LEVEL_FOR] + c->at[LEVEL_UNCLEAR];
}

static int32_t sooner(int32_t a, int32_t b)
{
    return a == NO_DAY ? b : b == NO_DAY || a < b ? a : b;
}

static void add_edge(struct network *net, size_t *cap, struct network_edge edge)
{
    if (edge.weight == 0)
        return;
    net->edges = arena_grow(&net->arena, net->edges, net->n_edges, cap, sizeof *net->edges);
    net->edges[net->n_edges++] = edge;
}

/* Two-mode --------------------------------------------------------------------------------------
 */

static double cell_value(const struct network *net, const struct network_cell *c)
{
    if (net->options.qualifier == QUALIFIER_SUBTRACT)
        return (double)c->at[LEVEL_FOR] - (double)c->at[LEVEL_AGAINST];
    if (net->options.qualifier == QUALIFIER_COMBINE)
        return (c->at[LEVEL_FOR] ? 1 : 0) + (c->at[LEVEL_AGAINST] ? 2 : 0);
    return all_of(c);
}

/* What each row (or column) is divided by. */
static double *norms(struct network *net, bool by_column)
{
    size_t n = by_column ? net->n_columns : net->n_rows;
    double *norm = arena_array(&net->arena, n + 1, sizeof *norm);
    for (size_t i = 0; i < net->n_cells; i++) {
        const struct network_cell *c = &net->cells[i];
        norm[by_column ? c->column : c->row] +=
            net->options.qualifier == QUALIFIER_COMBINE ? 1 : all_of(c);
    }
    return norm;
}

static void weigh_two(struct network *net)
{
    bool by_row = str_eq(net->options.normalise, S("activity")),
         by_column = str_eq(net->options.normalise, S("prominence"));
    const double *norm = by_row || by_column ? norms(net, by_column) : NULL;
    size_t cap = 0;
    for (size_t i = 0; i < net->n_cells; i++) {
        const struct network_cell *c = &net->cells[i];
        int32_t since =
            sooner(c->since[LEVEL_UNCLEAR], sooner(c->since[LEVEL_AGAINST], c->since[LEVEL_FOR]));
        double value = cell_value(net, c);
        if (norm)
            value /= norm[by_column ? c->column : c->row];
        add_edge(net, &cap, (struct network_edge){c->row, c->column, value, since});
    }
}

/* One-mode --------------------------------------------------------------------------------------
 */

/* What one row has in common with each other row. */
struct common {
    double like, unlike,
        all;             /* sums over issues of products, at like and unlike levels, and of all */
    double mine, theirs; /* ties at an issue and level where the other has some too */
    int32_t since;
    bool any;
};

/* The first day on which two ends of a cell can both be seen, at levels that count. */
static int32_t joined(const struct network *net, const struct network_cell *x,
                      const struct network_cell *y)
{
    enum network_qualifier q = net->options.qualifier;
    int32_t first = NO_DAY;
    for (int i = 0; i < LEVEL_COUNT; i++)
        for (int k = 0; k < LEVEL_COUNT; k++) {
            bool counts = x->at[i] && y->at[k] && (q != QUALIFIER_CONGRUENCE || i == k) &&
                          (q != QUALIFIER_CONFLICT || i != k);
            if (counts && x->since[i] != NO_DAY && y->since[k] != NO_DAY)
                first = sooner(first, x->since[i] > y->since[k] ? x->since[i] : y->since[k]);
        }
    return first;
}

static void meet(const struct network *net, const struct network_cell *x,
                 const struct network_cell *y, struct common *c)
{
    for (int i = 0; i < LEVEL_COUNT; i++) {
        if (!x->at[i] || !y->at[i])
            continue;
        c->like += (double)x->at[i] * y->at[i];
        c->mine += x->at[i];
        c->theirs += y->at[i];
    }
    c->all += (double)all_of(x) * all_of(y);
    c->unlike = c->all - c->like;
    c->since = c->any ? sooner(c->since, joined(net, x, y)) : joined(net, x, y);
    c->any = true;
}

static double pair_value(const struct network *net, const struct common *c)
{
    switch (net->options.qualifier) {
    case QUALIFIER_CONGRUENCE:
        return c->like;
    case QUALIFIER_CONFLICT:
        return c->unlike;
    case QUALIFIER_SUBTRACT:
        return c->like - c->unlike;
    case QUALIFIER_IGNORE:
    case QUALIFIER_COMBINE:
        break;
    }
    return c->all;
}

static double pair_norm(const struct network *net, size_t a, size_t b, const struct common *c)
{
    double mine = net->rows[a].ties, theirs = net->rows[b].ties;
    if (str_eq(net->options.normalise, S("average")))
        return (mine + theirs) / 2;
    if (str_eq(net->options.normalise, S("cosine")))
        return mine * theirs;
    if (str_eq(net->options.normalise, S("jaccard")))
        return (mine - c->mine) + (theirs - c->theirs) + c->like;
    return 1;
}

/* The cells of each column, as a list of numbers by row: at[first[c]] to at[first[c + 1]]. */
struct by_column {
    size_t *first;
    uint32_t *at;
};

static struct by_column turn(struct network *net)
{
    struct by_column t = {arena_array(&net->arena, net->n_columns + 2, sizeof *t.first),
                          arena_array(&net->arena, net->n_cells + 1, sizeof *t.at)};
    for (size_t i = 0; i < net->n_cells; i++)
        t.first[net->cells[i].column + 2]++;
    for (size_t c = 2; c < net->n_columns + 2; c++)
        t.first[c] += t.first[c - 1];
    for (size_t i = 0; i < net->n_cells; i++)
        t.at[t.first[net->cells[i].column + 1]++] = (uint32_t)i;
    return t;
}

static void weigh_row(struct network *net, const struct by_column *t, size_t a,
                      struct common *common)
{
    memset(common, 0, net->n_rows * sizeof *common);
    for (size_t i = net->cells_of[a]; i < net->cells_of[a + 1]; i++) {
        const struct network_cell *x = &net->cells[i];
        for (size_t k = t->first[x->column]; k < t->first[x->column + 1]; k++) {
            const struct network_cell *y = &net->cells[t->at[k]];
            if (y->row > a)
                meet(net, x, y, &common[y->row]);
        }
    }
}

static void weigh_one(struct network *net)
{
    struct by_column t = turn(net);
    struct common *common = arena_array(&net->arena, net->n_rows + 1, sizeof *common);
    size_t cap = 0;
    for (size_t a = 0; a < net->n_rows; a++) {
        weigh_row(net, &t, a, common);
        for (size_t b = a + 1; b < net->n_rows; b++) {
            const struct common *c = &common[b];
            double norm = c->any ? pair_norm(net, a, b, c) : 0;
            if (norm != 0)
                add_edge(net, &cap,
                         (struct network_edge){(uint32_t)a, (uint32_t)b, pair_value(net, c) / norm,
                                               c->since});
        }
    }
}

void network_weigh(struct network *net)
{
    if (net->options.one_mode)
        weigh_one(net);
    else
        weigh_two(net);
}
