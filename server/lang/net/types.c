/* What a network's first matrix makes of a word type: computed when the type is first met, and
 * kept, for most words of a text were in the texts before it. It depends on the model and the word
 * alone, so what is kept never shows in a result. When there is no more room, the types met least
 * often are forgotten; how often counts for half each time. */
#include "lang/net/types.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum {
    SLOTS = 1 << 15,
    MOST_TYPES = 8192,
    CHUNK = 128,
    TOGETHER = 15,
    LONGEST_INPUT = 768,
    LONGEST_KEPT = 64 /* bytes of a word; longer ones are computed each time */
};

struct reader_types {
    const struct reader_model *model;
    const struct kernel_matrix *w;
    const float *bias;
    struct arena names[2]; /* of the texts; the other is for sorting them out */
    int which;
    uint32_t slots[SLOTS]; /* type + 1, 0 for free */
    struct str text[MOST_TYPES];
    uint16_t met[MOST_TYPES]; /* 0: a free type */
    int16_t *chunks[MOST_TYPES / CHUNK];
    uint32_t fresh[MOST_TYPES], n_fresh; /* types to be computed */
    uint32_t spare[MOST_TYPES], n_spare; /* free types */
};

struct reader_types *reader_types_create(const struct reader_model *m,
                                         const struct kernel_matrix *w, const float *bias)
{
    struct reader_types *types = needed(calloc(1, sizeof *types));
    types->model = m;
    types->w = w;
    types->bias = bias;
    for (uint32_t t = MOST_TYPES; t > 0; t--)
        types->spare[types->n_spare++] = t - 1;
    return types;
}

void reader_types_destroy(struct reader_types *types)
{
    if (!types)
        return;
    for (size_t i = 0; i < sizeof types->chunks / sizeof *types->chunks; i++)
        free(types->chunks[i]);
    arena_finish(&types->names[0]);
    arena_finish(&types->names[1]);
    free(types);
}

/* The slot of a word: the one that holds it, or the free one where it would go. */
static uint32_t slot_of(const struct reader_types *types, struct str word)
{
    uint32_t slot = (uint32_t)str_hash(word) % SLOTS;
    while (types->slots[slot] && !str_eq(types->text[types->slots[slot] - 1], word))
        slot = (slot + 1) % SLOTS;
    return slot;
}

/* Keeps the types met at least so often. */
static void sweep(struct reader_types *types, uint16_t least)
{
    struct arena *names = &types->names[types->which ^= 1];
    memset(types->slots, 0, sizeof types->slots);
    types->n_spare = 0;
    for (uint32_t t = 0; t < MOST_TYPES; t++) {
        if (types->met[t] < least || types->text[t].n > LONGEST_KEPT) {
            types->met[t] = 0;
            types->spare[types->n_spare++] = t;
            continue;
        }
        types->met[t] = (uint16_t)((types->met[t] + 1) / 2);
        types->text[t] = arena_str(names, types->text[t]);
        types->slots[slot_of(types, types->text[t])] = t + 1;
    }
    arena_reset(&types->names[types->which ^ 1]);
}

void reader_types_make_room(struct reader_types *types, size_t n)
{
    for (uint16_t least = 2; types->n_spare < n; least = (uint16_t)(least * 2))
        sweep(types, least);
}

static int16_t *gates_of(struct reader_types *types, uint32_t type)
{
    size_t width = types->w->used;
    int16_t **chunk = &types->chunks[type / CHUNK];
    if (!*chunk && !(*chunk = malloc(CHUNK * width * sizeof **chunk)))
        out_of_memory();
    return *chunk + (type % CHUNK) * width;
}

int16_t *reader_types_gates(struct reader_types *types, struct str word)
{
    bool kept = word.n <= LONGEST_KEPT;
    uint32_t slot = kept ? slot_of(types, word) : 0;
    if (kept && types->slots[slot]) {
        uint32_t type = types->slots[slot] - 1;
        types->met[type] += types->met[type] < UINT16_MAX;
        return gates_of(types, type);
    }
    uint32_t type = types->spare[--types->n_spare];
    types->text[type] = kept ? arena_str(&types->names[types->which], word) : word;
    types->met[type] = 1;
    types->fresh[types->n_fresh++] = type;
    if (kept)
        types->slots[slot] = type + 1;
    return gates_of(types, type);
}

void reader_types_compute(struct reader_types *types, const struct kernel *k)
{
    const struct kernel_matrix *w = types->w;
    uint8_t input[TOGETHER * LONGEST_INPUT];
    int32_t sums[TOGETHER * KERNEL_MOST_OUT];
    for (uint32_t t = 0; t < types->n_fresh; t += TOGETHER) {
        uint32_t n = types->n_fresh - t < TOGETHER ? types->n_fresh - t : TOGETHER;
        for (uint32_t i = 0; i < n; i++)
            reader_input(types->model, types->text[types->fresh[t + i]], input + i * w->in);
        k->multiply(w, input, w->in, n, sums);
        for (uint32_t i = 0; i < n; i++)
            k->project(sums + i * w->out, w->scale, types->bias, w->used,
                       gates_of(types, types->fresh[t + i]));
    }
    types->n_fresh = 0;
}
