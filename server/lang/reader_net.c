/* Running the reader's network: embeddings, two recurrent layers in both directions with a narrow
 * one between them, label scores.
 *
 * Windows of the document are rows that go through a layer in step, longest first, so that the
 * weights of a step are read once for all of them; rows that have ended are simply left out. Each
 * thread keeps its working memory, and in it the word types it has met (reader_types.c). */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "lang/reader_types.h"

enum { GROUP = 16 };

struct net {
    const struct reader_model *m;
    const struct kernel *k;
    const struct lang_doc *doc;
    struct reader_types *types;
    struct window rows[GROUP]; /* of the group in hand, longest first */
    size_t n_rows, steps;
    uint32_t alive[MOST_WINDOW];
    int16_t **gates; /* [steps][GROUP] of the layer in hand: both directions */
    uint8_t *state;  /* [steps][GROUP][2 units] */
    int16_t *second; /* projections into the second layer */
    int32_t sums[GROUP * KERNEL_MOST_OUT];
    float cell[GROUP * 256];
};

static void *must_alloc(size_t n)
{
    void *p = malloc(n);
    if (!p)
        abort();
    return p;
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
    reader_types_make_room(net->types, n * MOST_WINDOW);
    for (size_t r = 0; r < n; r++)
        for (size_t t = 0; t < net->rows[r].end - net->rows[r].first; t++)
            net->gates[t * GROUP + r] =
                reader_types_gates(net->types, lang_token_text(net->doc, net->rows[r].first + t));
    reader_types_compute(net->types, net->k);
}

static unsigned flags_of(const struct net *net, size_t row, size_t t)
{
    unsigned flags = reader_flags(net->doc, net->rows[row].first + t);
    return net->rows[row].alone && t == 0 ? flags | FLAG_SENTENCE | FLAG_PARAGRAPH : flags;
}

/* The gates of step t's rows, asked for while the step before is computed. */
static void fetch_ahead(const struct net *net, size_t t, size_t first, size_t n)
{
    enum { LINE = 32 };
    for (size_t r = 0; r < net->alive[t]; r++)
        for (size_t j = 0; j < n; j += LINE)
            __builtin_prefetch(net->gates[t * GROUP + r] + first + j);
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
            input[r] = net->gates[t * GROUP + r] + (size_t)d * 3 * units;
            flag[r] = m->flags + (flags_of(net, r, t) * 2u + (unsigned)d) * 3 * units;
            state[r] = net->state + (t * GROUP + r) * wide + (size_t)d * units;
        }
        if (s + 1 < net->steps)
            fetch_ahead(net, d ? t - 1 : t + 1, (size_t)d * 3 * units, 3 * units);
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
                                   .stride = recur->out,
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

/* Takes the first layer's states through the narrow layer into the second layer's gates. */
static void enter_second(struct net *net)
{
    const struct kernel_matrix *narrow = &net->m->between, *w = &net->m->input[1];
    uint8_t inner[GROUP * 256];
    for (size_t t = 0; t < net->steps; t++) {
        size_t n = net->alive[t];
        net->k->multiply(narrow, net->state + t * GROUP * narrow->in, narrow->in, n, net->sums);
        for (size_t r = 0; r < n; r++)
            net->k->squash(net->sums + r * narrow->out, narrow->scale, net->m->between_bias, w->in,
                           inner + r * w->in);
        net->k->multiply(w, inner, w->in, n, net->sums);
        for (size_t r = 0; r < n; r++) {
            int16_t *gates = net->second + (t * GROUP + r) * w->used;
            net->k->project(net->sums + r * w->out, w->scale, net->m->bias[1], w->used, gates);
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

static void net_destroy(void *of)
{
    struct net *net = of;
    if (!net)
        return;
    reader_types_destroy(net->types);
    free(net->gates);
    free(net->state);
    free(net->second);
    free(net);
}

static struct net *net_create(const struct reader_model *m)
{
    struct net *net = must_alloc(sizeof *net);
    size_t cells = (size_t)MOST_WINDOW * GROUP;
    net->m = m;
    net->types = reader_types_create(m);
    net->gates = must_alloc(cells * sizeof *net->gates);
    net->state = must_alloc(cells * widest(m));
    net->second = must_alloc(cells * m->input[1].used * sizeof *net->second);
    return net;
}

static pthread_key_t nets;
static pthread_once_t nets_once = PTHREAD_ONCE_INIT;

static void make_key(void)
{
    if (pthread_key_create(&nets, net_destroy) != 0)
        abort();
}

/* This thread's network. */
static struct net *net_of(const struct reader_model *m)
{
    pthread_once(&nets_once, make_key);
    struct net *net = pthread_getspecific(nets);
    if (net && net->m == m)
        return net;
    net_destroy(net);
    net = net_create(m);
    if (pthread_setspecific(nets, net) != 0)
        abort();
    return net;
}

float *reader_scores(const struct reader_model *m, const struct kernel *k,
                     const struct lang_doc *doc, const struct window *windows, size_t n)
{
    float *scores = calloc(doc->n_tokens + 1, LABEL_COUNT * sizeof *scores);
    if (!scores)
        abort();
    struct net *net = net_of(m);
    net->k = k;
    net->doc = doc;
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
    return scores;
}
