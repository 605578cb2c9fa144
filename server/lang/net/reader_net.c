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
    uint8_t *inner;            /* [steps][GROUP]: what goes into the second layer */
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

/* Takes the first layer's states through the narrow layer. */
static void narrow(struct net *net)
{
    const struct kernel_matrix *narrow = &net->m->between;
    struct recur_group *g = &net->group;
    size_t width = net->m->input[1].in;
    for (size_t t = 0; t < g->steps; t++) {
        net->k->multiply(narrow, net->state + t * GROUP * narrow->in, narrow->in, g->alive[t],
                         g->sums);
        for (size_t r = 0; r < g->alive[t]; r++)
            net->k->squash(g->sums + r * narrow->out, narrow->scale, net->m->between_bias, width,
                           net->inner + (t * GROUP + r) * width);
    }
}

static void run_layers(struct net *net)
{
    const struct reader_model *m = net->m;
    struct recur_input second = {&m->input[1], m->bias[1], net->inner};
    recur_run(&net->group, net->k, &(struct recur_layer){m->recur[0], NULL, m->flags, m->units[0]},
              net->state);
    narrow(net);
    recur_run(&net->group, net->k, &(struct recur_layer){m->recur[1], &second, NULL, m->units[1]},
              net->state);
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
    free(net->inner);
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
    net->inner = net_alloc(cells * m->input[1].in);
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
        run_layers(net);
        score_labels(net, scores);
    }
    return scores;
}
