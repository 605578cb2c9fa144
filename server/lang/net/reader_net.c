/* Running the reader's network: embeddings, two recurrent layers in both directions with a narrow
 * one between them, label scores.
 *
 * Windows of the document are the rows that go through a layer in step (recur.h). Each thread keeps
 * its working memory, and in it the word types it has met (types.c). */
#include <stdlib.h>
#include <string.h>

#include "lang/net/slot.h"
#include "lang/net/types.h"

enum { GROUP = RECUR_ROWS };

struct net {
    const struct reader_model *m;
    const struct kernel *k;
    const struct lang_doc *doc;
    struct reader_types *types;
    struct recur_group group;
    struct window rows[GROUP]; /* of the group in hand, longest first */
    uint8_t *state;            /* [steps][GROUP][2 units] */
    int16_t *second;           /* projections into the second layer */
};

static int longest_first(const void *a, const void *b)
{
    const struct window *x = a, *y = b;
    uint32_t m = x->end - x->first, n = y->end - y->first;
    return m != n ? (m < n ? 1 : -1) : (x->first < y->first ? -1 : x->first > y->first);
}

static unsigned flags_of(const struct net *net, size_t row, size_t t)
{
    unsigned flags = reader_flags(net->doc, net->rows[row].first + t);
    return net->rows[row].alone && t == 0 ? flags | FLAG_SENTENCE | FLAG_PARAGRAPH : flags;
}

static void take_group(struct net *net, const struct window *windows, size_t n)
{
    uint32_t lengths[GROUP];
    memcpy(net->rows, windows, n * sizeof *windows);
    qsort(net->rows, n, sizeof *net->rows, longest_first);
    for (size_t r = 0; r < n; r++)
        lengths[r] = net->rows[r].end - net->rows[r].first;
    recur_begin(&net->group, lengths, n);
    reader_types_make_room(net->types, n * MOST_WINDOW);
    for (size_t r = 0; r < n; r++)
        for (size_t t = 0; t < lengths[r]; t++) {
            net->group.gates[t * GROUP + r] =
                reader_types_gates(net->types, lang_token_text(net->doc, net->rows[r].first + t));
            net->group.flags[t * GROUP + r] = (uint8_t)flags_of(net, r, t);
        }
    reader_types_compute(net->types, net->k);
}

static void run_layer(struct net *net, int layer)
{
    const struct reader_model *m = net->m;
    recur_run(&net->group, net->k,
              &(struct recur_layer){m->recur[layer], layer == 0 ? m->flags : NULL, m->units[layer]},
              net->state);
}

/* Takes the first layer's states through the narrow layer into the second layer's gates. */
static void enter_second(struct net *net)
{
    const struct kernel_matrix *narrow = &net->m->between, *w = &net->m->input[1];
    uint8_t inner[GROUP * RECUR_UNITS];
    struct recur_group *g = &net->group;
    for (size_t t = 0; t < g->steps; t++) {
        size_t n = g->alive[t];
        net->k->multiply(narrow, net->state + t * GROUP * narrow->in, narrow->in, n, g->sums);
        for (size_t r = 0; r < n; r++)
            net->k->squash(g->sums + r * narrow->out, narrow->scale, net->m->between_bias, w->in,
                           inner + r * w->in);
        net->k->multiply(w, inner, w->in, n, g->sums);
        for (size_t r = 0; r < n; r++) {
            int16_t *gates = net->second + (t * GROUP + r) * w->used;
            net->k->project(g->sums + r * w->out, w->scale, net->m->bias[1], w->used, gates);
            g->gates[t * GROUP + r] = gates;
        }
    }
}

static void score_labels(struct net *net, float *scores)
{
    const struct kernel_matrix *w = &net->m->out;
    struct recur_group *g = &net->group;
    for (size_t t = 0; t < g->steps; t++) {
        net->k->multiply(w, net->state + t * GROUP * w->in, w->in, g->alive[t], g->sums);
        for (size_t r = 0; r < g->alive[t]; r++)
            for (size_t k = 0; k < LABEL_COUNT; k++)
                scores[(net->rows[r].first + t) * LABEL_COUNT + k] =
                    (float)g->sums[r * w->out + k] * w->scale[k] + net->m->out_bias[k];
    }
}

static size_t widest(const struct reader_model *m)
{
    return 2 * (size_t)(m->units[0] > m->units[1] ? m->units[0] : m->units[1]);
}

static void net_destroy(void *of)
{
    struct net *net = of;
    reader_types_destroy(net->types);
    free(net->state);
    free(net->second);
    free(net);
}

static void *net_create(const void *model)
{
    const struct reader_model *m = model;
    struct net *net = net_alloc(sizeof *net);
    size_t cells = (size_t)MOST_WINDOW * GROUP;
    net->m = m;
    net->types = reader_types_create(m, &m->input[0], m->bias[0]);
    net->state = net_alloc(cells * widest(m));
    net->second = net_alloc(cells * m->input[1].used * sizeof *net->second);
    return net;
}

float *reader_scores(const struct reader_model *m, const struct kernel *k,
                     const struct lang_doc *doc, const struct window *windows, size_t n)
{
    float *scores = needed(calloc(doc->n_tokens + 1, LABEL_COUNT * sizeof *scores));
    struct net *net = net_of_thread(NET_READER, m, net_create, net_destroy);
    net->k = k;
    net->doc = doc;
    for (size_t i = 0; i < n; i += GROUP) {
        take_group(net, windows + i, n - i < GROUP ? n - i : GROUP);
        for (int layer = 0; layer < 2; layer++) {
            if (layer == 1)
                enter_second(net);
            run_layer(net, layer);
        }
        score_labels(net, scores);
    }
    return scores;
}
