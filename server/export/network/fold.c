/* Ties of one kind in one period count once; nodes are named and put in order; ties that join the
 * same two nodes become a cell. */
#include "export/network/network.h"

#include <stdlib.h>
#include <string.h>

#define BY(x, y)                                                                                   \
    if ((x) != (y))                                                                                \
    return (x) < (y) ? -1 : 1

static int by_time(const struct network_tie *x, const struct network_tie *y)
{
    BY(x->day, y->day);
    BY(x->statement, y->statement);
    BY(x->order, y->order);
    return 0;
}

static int by_level(const void *a, const void *b)
{
    const struct network_tie *x = a, *y = b;
    BY(x->row, y->row);
    BY(x->column, y->column);
    BY(x->level, y->level);
    BY(x->period, y->period);
    return by_time(x, y);
}

/* The same, with no eye for the side taken. */
static int by_period(const void *a, const void *b)
{
    const struct network_tie *x = a, *y = b;
    BY(x->row, y->row);
    BY(x->column, y->column);
    BY(x->period, y->period);
    return by_time(x, y);
}

static void sort(struct network *net, int (*order)(const void *, const void *))
{
    if (net->n_ties)
        qsort(net->ties, net->n_ties, sizeof *net->ties, order);
}

/* The earliest of its kind stays. */
static void drop_duplicates(struct network *net)
{
    bool sides = net->options.qualifier != QUALIFIER_IGNORE;
    size_t n = 0;
    sort(net, sides ? by_level : by_period);
    for (size_t i = 0; i < net->n_ties; i++) {
        const struct network_tie *t = &net->ties[i], *last = &net->ties[n ? n - 1 : 0];
        bool same = n && t->row == last->row && t->column == last->column &&
                    t->period == last->period && (!sides || t->level == last->level);
        if (!same)
            net->ties[n++] = *t;
    }
    net->n_ties = n;
}

static void earliest(int32_t *since, int32_t day)
{
    if (day != NO_DAY && (*since == NO_DAY || day < *since))
        *since = day;
}

static void count_ties(struct network *net)
{
    for (size_t i = 0; i < net->n_ties; i++) {
        const struct network_tie *t = &net->ties[i];
        net->rows[t->row].ties++;
        net->columns[t->column].ties++;
        earliest(&net->rows[t->row].since, t->day);
        earliest(&net->columns[t->column].since, t->day);
    }
}

struct numbered {
    struct network_node node;
    uint32_t was;
};

static int by_label(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    int order = str_cmp(x->node.label, y->node.label);
    return order ? order : str_cmp(x->node.key, y->node.key);
}

/* Puts nodes in order, drops those without ties unless isolates are wanted, and makes equal labels
 * differ; the result says where each has gone. */
static uint32_t *settle(struct network *net, struct network_node *nodes, size_t *n)
{
    struct numbered *sorted = arena_array(&net->arena, *n + 1, sizeof *sorted);
    uint32_t *to = arena_array(&net->arena, *n + 1, sizeof *to);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (nodes[i].ties || net->options.isolates)
            sorted[kept++] = (struct numbered){nodes[i], (uint32_t)i};
    qsort(sorted, kept, sizeof *sorted, by_label);
    for (size_t i = 0; i < kept; i++) {
        struct network_node *at = &nodes[i], was = sorted[i].node;
        bool twin = (i > 0 && str_eq(sorted[i - 1].node.label, was.label)) ||
                    (i + 1 < kept && str_eq(sorted[i + 1].node.label, was.label));
        *at = was;
        if (twin)
            at->label = arena_fmt(&net->arena, "%.*s (%.*s)", STR_ARG(was.label), STR_ARG(was.key));
        to[sorted[i].was] = (uint32_t)i;
    }
    *n = kept;
    return to;
}

static void number_anew(struct network *net)
{
    const uint32_t *rows = settle(net, net->rows, &net->n_rows),
                   *columns = settle(net, net->columns, &net->n_columns);
    for (size_t i = 0; i < net->n_ties; i++) {
        net->ties[i].row = rows[net->ties[i].row];
        net->ties[i].column = columns[net->ties[i].column];
    }
    sort(net, by_level);
}

static void make_cells(struct network *net)
{
    struct network_cell *cell = NULL;
    net->cells = arena_array(&net->arena, net->n_ties + 1, sizeof *net->cells);
    net->cells_of = arena_array(&net->arena, net->n_rows + 1, sizeof *net->cells_of);
    for (size_t i = 0; i < net->n_ties; i++) {
        const struct network_tie *t = &net->ties[i];
        if (!cell || cell->row != t->row || cell->column != t->column) {
            cell = &net->cells[net->n_cells++];
            *cell = (struct network_cell){
                t->row, t->column, (uint32_t)i, {0}, {NO_DAY, NO_DAY, NO_DAY}};
            net->cells_of[t->row + 1]++;
        }
        cell->at[t->level]++;
        earliest(&cell->since[t->level], t->day);
    }
    for (size_t i = 0; i < net->n_rows; i++)
        net->cells_of[i + 1] += net->cells_of[i];
}

void network_fold(struct network *net)
{
    drop_duplicates(net);
    count_ties(net);
    number_anew(net);
    make_cells(net);
}
