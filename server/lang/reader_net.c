/* Running the reader's network: embeddings, two layers of LSTMs in both directions, label scores.
 *
 * Windows of the document are rows that go through a layer in step, longest first, so that the
 * weights of a step are read once for all of them; rows that have ended are simply left out. What
 * a word type adds to the first layer's gates is computed once and kept for the whole document. */
#include <stdlib.h>
#include <string.h>

#include "lang/reader_model.h"

enum {
    GROUP = 16,
    TYPE_SLOTS = 1 << 14,
    MOST_TYPES = 6000,
    CHUNK_TYPES = 128,
    MOST_GATES = 8 * 256,
    LONGEST_INPUT = 768
};

struct types {
    uint32_t slots[TYPE_SLOTS]; /* type + 1, 0 for free */
    struct str text[MOST_TYPES];
    int16_t *chunks[MOST_TYPES / CHUNK_TYPES + 1];
    uint32_t n, done; /* done: how many have their gates */
};

struct net {
    const struct reader_model *m;
    const struct kernel *k;
    const struct lang_doc *doc;
    struct types *types;
    struct window rows[GROUP]; /* of the group in hand, longest first */
    size_t n_rows, steps;
    uint32_t alive[MOST_WINDOW];
    int16_t **gates; /* [steps][GROUP] of the layer in hand: both directions */
    uint8_t *state;  /* [steps][GROUP][2 units] */
    int16_t *second; /* projections into the second layer */
    int32_t sums[GROUP * MOST_GATES];
    float cell[GROUP * 256];
};

static void *must_alloc(size_t n)
{
    void *p = malloc(n);
    if (!p)
        abort();
    return p;
}

static int16_t *type_gates(struct net *net, uint32_t type)
{
    size_t width = net->m->input[0].out;
    int16_t **chunk = &net->types->chunks[type / CHUNK_TYPES];
    if (!*chunk)
        *chunk = must_alloc(CHUNK_TYPES * width * sizeof **chunk);
    return *chunk + (type % CHUNK_TYPES) * width;
}

/* The gates that a token's type asks for; a new type's are filled in by compute_types. */
static int16_t *gates_of(struct net *net, size_t token)
{
    struct types *types = net->types;
    struct str text = lang_token_text(net->doc, token);
    uint32_t slot = (uint32_t)str_hash(text) % TYPE_SLOTS;
    for (; types->slots[slot]; slot = (slot + 1) % TYPE_SLOTS)
        if (str_eq(types->text[types->slots[slot] - 1], text))
            return type_gates(net, types->slots[slot] - 1);
    types->text[types->n++] = text;
    types->slots[slot] = types->n;
    return type_gates(net, types->n - 1);
}

/* Computes the gates of the types that came since the last call, some at a time so that the
 * weights are read less often. */
static void compute_types(struct net *net)
{
    const struct kernel_matrix *w = &net->m->input[0];
    uint8_t input[GROUP * LONGEST_INPUT];
    for (uint32_t t = net->types->done; t < net->types->n; t += GROUP) {
        uint32_t n = net->types->n - t < GROUP ? net->types->n - t : GROUP;
        for (uint32_t i = 0; i < n; i++)
            reader_input(net->m, net->types->text[t + i], input + i * w->in);
        net->k->multiply(w, input, w->in, n, net->sums);
        for (uint32_t i = 0; i < n; i++)
            net->k->project(net->sums + i * w->out, w->scale, net->m->bias[0], w->out,
                            type_gates(net, t + i));
    }
    net->types->done = net->types->n;
}

static void forget_types(struct types *types)
{
    memset(types->slots, 0, sizeof types->slots);
    types->n = types->done = 0;
}

static int longest_first(const void *a, const void *b)
{
    const struct window *x = a, *y = b;
    uint32_t m = x->end - x->first, n = y->end - y->first;
    return m != n ? (m < n ? 1 : -1) : (x->first < y->first ? -1 : x->first > y->first);
}

static void take_group(struct net *net, const struct window *windows, size_t n)
{
    memcpy(net->rows, windows, n * sizeof *windows);
    qsort(net->rows, n, sizeof *net->rows, longest_first);
    net->n_rows = n;
    net->steps = net->rows[0].end - net->rows[0].first;
    for (size_t t = 0, left = n; t < net->steps; t++) {
        while (net->rows[left - 1].end - net->rows[left - 1].first <= t)
            left--;
        net->alive[t] = (uint32_t)left;
    }
    if (net->types->n + n * MOST_WINDOW > MOST_TYPES)
        forget_types(net->types);
    for (size_t r = 0; r < n; r++)
        for (size_t t = 0; t < net->rows[r].end - net->rows[r].first; t++)
            net->gates[t * GROUP + r] = gates_of(net, net->rows[r].first + t);
    compute_types(net);
}

static unsigned flags_of(const struct net *net, size_t row, size_t t)
{
    unsigned flags = reader_flags(net->doc, net->rows[row].first + t);
    return net->rows[row].alone && t == 0 ? flags | FLAG_SENTENCE | FLAG_PARAGRAPH : flags;
}

/* One direction of a layer over the group. */
static void run_direction(struct net *net, int layer, int d)
{
    const struct reader_model *m = net->m;
    const struct kernel_matrix *recur = &m->recur[layer][d];
    size_t units = m->units[layer], wide = 2 * units, before = 0;
    uint8_t still[GROUP * 256];
    memset(still, KERNEL_ZERO, sizeof still);
    for (size_t s = 0; s < net->steps; s++) {
        size_t t = d ? net->steps - 1 - s : s, n = net->alive[t];
        const int16_t *input[GROUP], *flag[GROUP];
        uint8_t *state[GROUP];
        for (size_t r = 0; r < n; r++) {
            input[r] = net->gates[t * GROUP + r] + (size_t)d * 4 * units;
            flag[r] = m->flags + (flags_of(net, r, t) * 2u + (unsigned)d) * 4 * units;
            state[r] = net->state + (t * GROUP + r) * wide + (size_t)d * units;
        }
        /* Rows that start now (the end of a shorter window, read backwards) have no past. */
        size_t old = s ? (d ? net->alive[t + 1] : n) : 0;
        if (old)
            net->k->multiply(recur, net->state + before * GROUP * wide + (size_t)d * units, wide,
                             old, net->sums);
        if (old < n) {
            net->k->multiply(recur, still, units, n - old, net->sums + old * recur->out);
            memset(net->cell + old * units, 0, (n - old) * units * sizeof *net->cell);
        }
        struct kernel_step step = {.sums = net->sums,
                                   .scale = recur->scale,
                                   .input = input,
                                   .flag = layer == 0 ? flag : NULL,
                                   .cell = net->cell,
                                   .state = state,
                                   .rows = (uint32_t)n,
                                   .units = (uint32_t)units};
        net->k->step(&step);
        before = t;
    }
}

/* Projects the first layer's states into the second layer's gates. */
static void enter_second(struct net *net)
{
    const struct kernel_matrix *w = &net->m->input[1];
    for (size_t t = 0; t < net->steps; t++) {
        net->k->multiply(w, net->state + t * GROUP * w->in, w->in, net->alive[t], net->sums);
        for (size_t r = 0; r < net->alive[t]; r++) {
            int16_t *gates = net->second + (t * GROUP + r) * w->out;
            net->k->project(net->sums + r * w->out, w->scale, net->m->bias[1], w->out, gates);
            net->gates[t * GROUP + r] = gates;
        }
    }
}

static void score_labels(struct net *net, float *scores)
{
    const struct kernel_matrix *w = &net->m->out;
    for (size_t t = 0; t < net->steps; t++) {
        net->k->multiply(w, net->state + t * GROUP * w->in, w->in, net->alive[t], net->sums);
        for (size_t r = 0; r < net->alive[t]; r++)
            for (size_t k = 0; k < LABEL_COUNT; k++)
                scores[(net->rows[r].first + t) * LABEL_COUNT + k] =
                    (float)net->sums[r * w->out + k] * w->scale[k] + net->m->out_bias[k];
    }
}

static size_t widest(const struct reader_model *m)
{
    return 2 * (size_t)(m->units[0] > m->units[1] ? m->units[0] : m->units[1]);
}

float *reader_scores(const struct reader_model *m, const struct kernel *k,
                     const struct lang_doc *doc, const struct window *windows, size_t n)
{
    struct net *net = must_alloc(sizeof *net);
    net->m = m;
    net->k = k;
    net->doc = doc;
    net->types = calloc(1, sizeof *net->types);
    float *scores = calloc(doc->n_tokens + 1, LABEL_COUNT * sizeof *scores);
    if (!net->types || !scores)
        abort();
    size_t cells = (size_t)MOST_WINDOW * GROUP;
    net->gates = must_alloc(cells * sizeof *net->gates);
    net->state = must_alloc(cells * widest(m));
    net->second = must_alloc(cells * m->input[1].out * sizeof *net->second);
    for (size_t i = 0; i < n; i += GROUP) {
        take_group(net, windows + i, n - i < GROUP ? n - i : GROUP);
        for (int layer = 0; layer < 2; layer++) {
            if (layer == 1)
                enter_second(net);
            for (int d = 0; d < 2; d++)
                run_direction(net, layer, d);
        }
        score_labels(net, scores);
    }
    for (size_t i = 0; i < sizeof net->types->chunks / sizeof *net->types->chunks; i++)
        free(net->types->chunks[i]);
    free(net->types);
    free(net->gates);
    free(net->state);
    free(net->second);
    free(net);
    return scores;
}
