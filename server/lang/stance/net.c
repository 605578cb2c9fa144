/* Running the stance network.
 *
 * Sentences go through the recurrent layer in groups (recur.h). A token's vector is a linear map of
 * its states and of its word; for a pair of places it is shifted by the token's distances from both
 * and by who says it, and cut at zero. The pair's vector is the largest and the attended of these,
 * and their means over either place; a hidden layer makes three scores of it, and three of the way
 * back. */
#include "lang/stance/net.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lang/net/slot.h"
#include "lang/net/types.h"

enum { CELLS = RECUR_STEPS * RECUR_ROWS };

struct net {
    const struct stance_model *m;
    const struct kernel *kernel;
    struct reader_types *types;
    struct recur_group group;
    struct judge *rows[RECUR_ROWS];
    uint8_t *state;                                 /* [steps][RECUR_ROWS][2 units] */
    float *vectors;                                 /* [RECUR_ROWS][steps][width] */
    float shifted[RECUR_STEPS * STANCE_MOST_WIDTH]; /* of the pair in hand */
    float weight[RECUR_STEPS];
    uint8_t distance[STANCE_PLACES][RECUR_STEPS]; /* of each token from each place: a bucket */
};

void lang_stance_flags(const struct judge *j, uint8_t *flags)
{
    for (size_t t = j->from; t < j->to; t++)
        flags[t - j->from] = (uint8_t)((j->in->doc->tokens[t].in_quote ? STANCE_QUOTED : 0) |
                                       (j->speaker[t - j->from] != NO_ACTOR ? STANCE_SAID : 0));
    for (size_t i = 0; i < j->n_places; i++)
        for (size_t t = j->places[i].first; t < j->places[i].end; t++)
            flags[t - j->from] |= STANCE_NAMED;
    for (size_t i = 0; i < j->hits.n; i++) {
        const struct polar_hit *h = &j->hits.v[i];
        int class = (h->kind == POLAR_VERB ? 1 : 3) + (h->sign < 0);
        for (size_t t = h->first; t < h->end; t++)
            flags[t - j->from] = (uint8_t)((flags[t - j->from] & (STANCE_WORD - 1)) | class << 3);
    }
}

static void net_destroy(void *of)
{
    struct net *net = of;
    reader_types_destroy(net->types);
    free(net->state);
    free(net->vectors);
    free(net);
}

static void *net_create(const void *model)
{
    const struct stance_model *m = model;
    struct net *net = net_alloc(sizeof *net);
    net->m = m;
    net->types = reader_types_create(reader_model(), &m->input, m->input_bias);
    net->state = net_alloc((size_t)CELLS * 2 * m->units);
    net->vectors = net_alloc((size_t)CELLS * m->width * sizeof *net->vectors);
    return net;
}

static void encode(struct net *net, size_t n)
{
    uint32_t lengths[RECUR_ROWS];
    struct recur_group *g = &net->group;
    for (size_t r = 0; r < n; r++)
        lengths[r] = (uint32_t)(net->rows[r]->to - net->rows[r]->from);
    recur_begin(g, lengths, n);
    reader_types_make_room(net->types, n * RECUR_STEPS);
    for (size_t r = 0; r < n; r++) {
        const struct judge *j = net->rows[r];
        uint8_t flags[RECUR_STEPS] = {0};
        lang_stance_flags(j, flags);
        for (size_t t = 0; t < lengths[r]; t++) {
            g->gates[t * RECUR_ROWS + r] =
                reader_types_gates(net->types, lang_token_text(j->in->doc, j->from + t));
            g->flags[t * RECUR_ROWS + r] = flags[t];
        }
    }
    reader_types_compute(net->types, net->kernel);
    recur_run(g, net->kernel,
              &(struct recur_layer){net->m->recur, NULL, net->m->flags, net->m->units}, net->state);
}

/* Each token's vector from its states and its word. */
static void make_vectors(struct net *net)
{
    const struct stance_model *m = net->m;
    struct recur_group *g = &net->group;
    for (size_t t = 0; t < g->steps; t++) {
        net->kernel->multiply(&m->narrow, net->state + t * RECUR_ROWS * m->narrow.in, m->narrow.in,
                              g->alive[t], g->sums);
        for (size_t r = 0; r < g->alive[t]; r++) {
            const int32_t *restrict sums = g->sums + r * m->narrow.out;
            const int16_t *restrict word = g->gates[t * RECUR_ROWS + r] + 6 * m->units;
            float *restrict v = net->vectors + (r * RECUR_STEPS + t) * m->width;
            for (size_t d = 0; d < m->width; d++)
                v[d] = (float)sums[d] * m->narrow.scale[d] + m->narrow_bias[d] +
                       (float)word[d] * (1.0f / KERNEL_FIXED);
        }
    }
}

/* The buckets of the row's tokens: 6 within the place, below it before, above it behind. */
static void measure(struct net *net, size_t row, size_t place)
{
    enum { WITHIN = STANCE_DISTANCES / 2 };
    const struct judge *j = net->rows[row];
    const struct place *p = &j->places[place];
    for (size_t t = j->from; t < j->to; t++) {
        size_t d = t < p->first ? p->first - t : t >= p->end ? t - p->end + 1 : 0, bucket = 0;
        for (; d && bucket < WITHIN; d >>= 1)
            bucket++;
        net->distance[place][t - j->from] =
            (uint8_t)(t < p->first ? WITHIN - bucket : WITHIN + bucket);
    }
}

static const float *sayer_of(const struct stance_model *m, const struct judge *j, size_t t,
                             const struct place *a, const struct place *b)
{
    int32_t says = j->speaker[t];
    size_t who = 3;
    if (says == NO_ACTOR)
        who = 0;
    else if (says == (int32_t)a->entity)
        who = 1;
    else if (says == (int32_t)b->entity)
        who = 2;
    return m->sayer + who * m->width;
}

/* The tokens' vectors as this pair sees them, their largest values, their weights. */
static void shift(struct net *net, size_t row, const struct place *a, const struct place *b,
                  float *most)
{
    const struct stance_model *m = net->m;
    const struct judge *j = net->rows[row];
    const float *first[RECUR_STEPS], *second[RECUR_STEPS], *sayer[RECUR_STEPS];
    size_t n = j->to - j->from;
    const uint8_t *far_a = net->distance[a - j->places], *far_b = net->distance[b - j->places];
    for (size_t t = 0; t < n; t++) {
        first[t] = m->from_first + far_a[t] * m->width;
        second[t] = m->from_second + far_b[t] * m->width;
        sayer[t] = sayer_of(m, j, t, a, b);
    }
    net->kernel->shift(&(struct kernel_pair){.vectors = net->vectors + row * RECUR_STEPS * m->width,
                                             .shifts = {first, second, sayer},
                                             .attention = m->attention,
                                             .tokens = n,
                                             .width = m->width,
                                             .shifted = net->shifted,
                                             .most = most,
                                             .weight = net->weight});
}

/* The weights' softmax, then the sum of the tokens by it. */
static void attend(struct net *net, size_t n, float *to)
{
    float largest = net->weight[0], sum = 0.0f;
    for (size_t t = 1; t < n; t++)
        largest = net->weight[t] > largest ? net->weight[t] : largest;
    for (size_t t = 0; t < n; t++)
        sum += net->weight[t] = expf(net->weight[t] - largest);
    for (size_t t = 0; t < n; t++)
        net->weight[t] /= sum;
    net->kernel->blend(net->shifted, net->weight, n, net->m->width, to);
}

static void mean_of(const struct net *net, const struct judge *j, const struct place *p, float *to)
{
    float share[RECUR_STEPS];
    size_t n = p->end - p->first;
    for (size_t t = 0; t < n; t++)
        share[t] = 1.0f / (float)n;
    net->kernel->blend(net->shifted + (p->first - j->from) * net->m->width, share, n, net->m->width,
                       to);
}

static struct stance_score score_of(const float *out, const struct place *subject,
                                    const struct place *object)
{
    float most = fmaxf(out[0], fmaxf(out[1], out[2]));
    float none = expf(out[0] - most), support = expf(out[1] - most), oppose = expf(out[2] - most);
    float all = none + support + oppose;
    return (struct stance_score){(int32_t)subject->entity, (int32_t)object->entity, support / all,
                                 oppose / all};
}

/* What the entity at place a is towards the one at b behind it, and back. */
static void score_pair(struct net *net, size_t row, const struct place *a, const struct place *b,
                       struct stance_score *scores)
{
    const struct stance_model *m = net->m;
    const struct judge *j = net->rows[row];
    size_t width = m->width;
    float pair[4 * STANCE_MOST_WIDTH], hidden[STANCE_MOST_WIDTH], out[6];
    shift(net, row, a, b, pair);
    attend(net, j->to - j->from, pair + width);
    mean_of(net, j, a, pair + 2 * width);
    mean_of(net, j, b, pair + 3 * width);
    net->kernel->dense(pair, 4 * width, m->hide, m->hide_bias, m->hidden, hidden);
    memcpy(out, m->out_bias, sizeof out);
    for (size_t h = 0; h < m->hidden; h++)
        for (size_t o = 0; o < 6; o++)
            out[o] += hidden[h] * m->out[h * 6 + o];
    scores[0] = score_of(out, a, b);
    scores[1] = score_of(out + 3, b, a);
}

static size_t places_of(const struct judge *j)
{
    return j->n_places < STANCE_PLACES ? j->n_places : STANCE_PLACES;
}

/* Two entities of a sentence, where they stand closest; a before b. */
struct couple {
    const struct place *a, *b;
};

static bool same_two(const struct couple *c, uint32_t x, uint32_t y)
{
    return (c->a->entity == x && c->b->entity == y) || (c->a->entity == y && c->b->entity == x);
}

/* Adds two places, or puts them in the stead of two further apart. */
static size_t add_couple(struct couple *v, size_t n, const struct place *a, const struct place *b)
{
    size_t i = 0;
    while (i < n && !same_two(&v[i], a->entity, b->entity))
        i++;
    if (i == n || b->first - a->end < v[i].b->first - v[i].a->end)
        v[i] = (struct couple){a, b};
    return i == n ? n + 1 : n;
}

static void score_pairs(struct net *net, size_t row)
{
    struct judge *j = net->rows[row];
    struct couple v[STANCE_PLACES * STANCE_PLACES / 2];
    size_t n = 0, places = places_of(j);
    for (size_t i = 0; i < places; i++)
        measure(net, row, i);
    for (size_t b = 1; b < places; b++)
        for (size_t a = 0; a < b; a++)
            if (j->places[a].entity != j->places[b].entity)
                n = add_couple(v, n, &j->places[a], &j->places[b]);
    j->scores = arena_array(j->in->doc->arena, 2 * n, sizeof *j->scores);
    j->n_scores = 2 * n;
    for (size_t i = 0; i < n; i++)
        score_pair(net, row, v[i].a, v[i].b, j->scores + 2 * i);
}

static bool has_pairs(const struct judge *j)
{
    for (size_t i = 1; i < places_of(j); i++)
        if (j->places[i].entity != j->places[0].entity)
            return true;
    return false;
}

static int longest_first(const void *a, const void *b)
{
    const struct judge *x = *(const struct judge *const *)a, *y = *(const struct judge *const *)b;
    size_t m = x->to - x->from, n = y->to - y->from;
    return m != n ? (m < n ? 1 : -1) : (x->from < y->from ? -1 : x->from > y->from);
}

static void score_group(struct net *net, size_t n)
{
    encode(net, n);
    make_vectors(net);
    for (size_t r = 0; r < n; r++)
        score_pairs(net, r);
}

void lang_stance_score(const struct stance_model *m, const struct kernel *k, struct judge *judges,
                       size_t n)
{
    struct net *net = net_of_thread(NET_STANCE, m, net_create, net_destroy);
    size_t rows = 0;
    if (!n)
        return;
    net->kernel = k;
    struct judge **all = arena_array(judges->in->doc->arena, n, sizeof(struct judge *));
    for (size_t i = 0; i < n; i++)
        if (has_pairs(&judges[i]))
            all[rows++] = &judges[i];
    qsort(all, rows, sizeof *all, longest_first); /* those of like length go together */
    for (size_t i = 0; i < rows; i += RECUR_ROWS) {
        size_t some = rows - i < RECUR_ROWS ? rows - i : RECUR_ROWS;
        memcpy(net->rows, all + i, some * sizeof *all);
        score_group(net, some);
    }
}

const struct stance_score *lang_stance_score_of(const struct judge *j, int32_t subject,
                                                int32_t object)
{
    for (size_t i = 0; i < j->n_scores; i++)
        if (j->scores[i].subject == subject && j->scores[i].object == object)
            return &j->scores[i];
    return NULL;
}
