/* Running a recurrent layer step by step. */
#include "lang/net/recur.h"

#include <string.h>

void recur_begin(struct recur_group *g, const uint32_t *lengths, size_t n)
{
    g->steps = n ? lengths[0] : 0;
    for (uint32_t t = 0, left = (uint32_t)n; t < g->steps; t++) {
        while (lengths[left - 1] <= t)
            left--;
        g->alive[t] = left;
    }
}

/* The gates of step t's rows, asked for while the step before is computed. */
static void fetch_ahead(const struct recur_group *g, size_t t, size_t first, size_t n)
{
    enum { LINE = 32 };
    for (size_t r = 0; r < g->alive[t]; r++)
        for (size_t j = 0; j < n; j += LINE)
            __builtin_prefetch(g->gates[t * RECUR_ROWS + r] + first + j);
}

/* The gates of one direction. */
struct entry {
    struct kernel_matrix matrix;
    const float *bias;
    const uint8_t *x;
    int16_t gates[RECUR_ROWS][3 * RECUR_UNITS]; /* of the step in hand */
};

static struct kernel_matrix outputs_of(const struct kernel_matrix *m, size_t from, size_t n)
{
    return (struct kernel_matrix){.weights = m->weights + from * m->in,
                                  .zero = m->zero + from,
                                  .scale = m->scale + from,
                                  .in = m->in,
                                  .out = m->out,
                                  .used = (uint32_t)n};
}

static void entry_begin(struct entry *e, const struct recur_input *input, size_t from, size_t n)
{
    e->x = input ? input->x : NULL;
    if (!input)
        return;
    e->matrix = outputs_of(input->matrix, from, n);
    e->bias = input->bias + from;
}

/* Of step t's rows. */
static void enter(struct entry *e, const struct kernel *k, int32_t *sums, size_t t, size_t rows)
{
    const struct kernel_matrix *m = &e->matrix;
    k->multiply(m, e->x + t * RECUR_ROWS * m->in, m->in, rows, sums);
    for (size_t r = 0; r < rows; r++)
        k->project(sums + r * m->out, m->scale, e->bias, m->used, e->gates[r]);
}

static void run_direction(struct recur_group *g, const struct kernel *k,
                          const struct recur_layer *layer, int d, uint8_t *states)
{
    const struct kernel_matrix *recur = &layer->recur[d];
    size_t units = layer->units, wide = 2 * units, before = 0, from = (size_t)d * 3 * units;
    uint8_t still[RECUR_ROWS * RECUR_UNITS];
    struct entry entry;
    entry_begin(&entry, layer->input, from, 3 * units);
    memset(still, KERNEL_ZERO, sizeof still);
    for (size_t s = 0; s < g->steps; s++) {
        size_t t = d ? g->steps - 1 - s : s, n = g->alive[t];
        const int16_t *input[RECUR_ROWS], *flag[RECUR_ROWS];
        uint8_t *state[RECUR_ROWS];
        if (entry.x)
            enter(&entry, k, g->sums, t, n);
        for (size_t r = 0; r < n; r++) {
            size_t at = t * RECUR_ROWS + r;
            input[r] = entry.x ? entry.gates[r] : g->gates[at] + from;
            flag[r] = layer->flags ? layer->flags + g->flags[at] * 6u * units + from : NULL;
            state[r] = states + at * wide + (size_t)d * units;
        }
        if (s + 1 < g->steps && !entry.x)
            fetch_ahead(g, d ? t - 1 : t + 1, from, 3 * units);
        /* Rows that start now (the end of a shorter window, read backwards) have no past. */
        size_t old = s ? (d ? g->alive[t + 1] : n) : 0;
        if (old)
            k->multiply(recur, states + before * RECUR_ROWS * wide + (size_t)d * units, wide, old,
                        g->sums);
        if (old < n) {
            k->multiply(recur, still, units, n - old, g->sums + old * recur->out);
            memset(g->cell + old * units, 0, (n - old) * units * sizeof *g->cell);
        }
        struct kernel_step step = {.sums = g->sums,
                                   .stride = recur->out,
                                   .scale = recur->scale,
                                   .input = input,
                                   .flag = layer->flags ? flag : NULL,
                                   .cell = g->cell,
                                   .state = state,
                                   .rows = (uint32_t)n,
                                   .units = (uint32_t)units};
        k->step(&step);
        before = t;
    }
}

void recur_run(struct recur_group *g, const struct kernel *k, const struct recur_layer *layer,
               uint8_t *state)
{
    for (int d = 0; d < 2; d++)
        run_direction(g, k, layer, d, state);
}
