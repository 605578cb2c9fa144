/* What a word type adds to the gates of the network's first layer: computed when the type is first
 * met, and kept, for most words of a text were in the texts before it. The gates depend on the
 * model and the word alone, so what is kept never shows in a result. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "lang/reader_types.h"

enum {
    SLOTS = 1 << 14,
    MOST_TYPES = 6144,
    CHUNK = 128,
    TOGETHER = 15,
    LONGEST_INPUT = 768,
    LONGEST_KEPT = 64 /* bytes of a word; longer ones are computed each time */
};

struct reader_types {
    const struct reader_model *model;
    const struct kernel_matrix *w;
    const float *bias;
    struct arena names;
    uint32_t slots[SLOTS]; /* type + 1, 0 for free */
    struct str text[MOST_TYPES];
    int16_t *chunks[MOST_TYPES / CHUNK];
    uint32_t n, done; /* done: how many have their gates */
};

struct reader_types *reader_types_create(const struct reader_model *m,
                                         const struct kernel_matrix *w, const float *bias)
{
    struct reader_types *types = calloc(1, sizeof *types);
    if (!types)
        abort();
    types->model = m;
    types->w = w;
    types->bias = bias;
    return types;
}

void reader_types_destroy(struct reader_types *types)
{
    if (!types)
        return;
    for (size_t i = 0; i < sizeof types->chunks / sizeof *types->chunks; i++)
        free(types->chunks[i]);
    arena_finish(&types->names);
    free(types);
}

void reader_types_make_room(struct reader_types *types, size_t n)
{
    if (types->n + n <= MOST_TYPES)
        return;
    memset(types->slots, 0, sizeof types->slots);
    types->n = types->done = 0;
    arena_reset(&types->names);
}

static int16_t *gates_of(struct reader_types *types, uint32_t type)
{
    size_t width = types->w->used;
    int16_t **chunk = &types->chunks[type / CHUNK];
    if (!*chunk && !(*chunk = malloc(CHUNK * width * sizeof **chunk)))
        abort();
    return *chunk + (type % CHUNK) * width;
}

int16_t *reader_types_gates(struct reader_types *types, struct str word)
{
    bool kept = word.n <= LONGEST_KEPT;
    uint32_t slot = kept ? (uint32_t)str_hash(word) % SLOTS : 0;
    for (; kept && types->slots[slot]; slot = (slot + 1) % SLOTS)
        if (str_eq(types->text[types->slots[slot] - 1], word))
            return gates_of(types, types->slots[slot] - 1);
    types->text[types->n++] = kept ? arena_str(&types->names, word) : word;
    if (kept)
        types->slots[slot] = types->n;
    return gates_of(types, types->n - 1);
}

void reader_types_compute(struct reader_types *types, const struct kernel *k)
{
    const struct kernel_matrix *w = types->w;
    uint8_t input[TOGETHER * LONGEST_INPUT];
    int32_t sums[TOGETHER * KERNEL_MOST_OUT];
    for (uint32_t t = types->done; t < types->n; t += TOGETHER) {
        uint32_t n = types->n - t < TOGETHER ? types->n - t : TOGETHER;
        for (uint32_t i = 0; i < n; i++)
            reader_input(types->model, types->text[t + i], input + i * w->in);
        k->multiply(w, input, w->in, n, sums);
        for (uint32_t i = 0; i < n; i++)
            k->project(sums + i * w->out, w->scale, types->bias, w->used, gates_of(types, t + i));
    }
    types->done = types->n;
}
