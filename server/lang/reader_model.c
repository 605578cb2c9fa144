/* model/reader.bin: header, checks and the places of its sections (model/export.py writes it). */
#include "lang/reader_model.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assets/assets.h"

enum { MAGIC = 0x31445253, VERSION = 3, HEAD_FIELDS = 15, ALIGN = 64, MOST_UNITS = 256 };

struct place {
    struct str rest;
    bool ok;
};

static const void *section(struct place *p, size_t bytes)
{
    size_t padded = (bytes + ALIGN - 1) / ALIGN * ALIGN;
    if (!p->ok || padded > p->rest.n) {
        p->ok = false;
        return NULL;
    }
    const void *at = p->rest.p;
    p->rest = str_slice(p->rest, padded, p->rest.n);
    return at;
}

static struct kernel_matrix matrix(struct place *p, uint32_t in, uint32_t out)
{
    struct kernel_matrix m = {.in = in,
                              .out = (out + 63) / 64 * 64,
                              .used = (out + KERNEL_BLOCK - 1) / KERNEL_BLOCK * KERNEL_BLOCK};
    p->ok = p->ok && in % 4 == 0;
    m.weights = section(p, (size_t)m.in * m.out);
    m.zero = section(p, m.out * sizeof *m.zero);
    m.scale = section(p, m.out * sizeof *m.scale);
    return m;
}

/* `between` values go from the first layer to the second. */
static void place_sections(struct reader_model *m, uint32_t between, struct place *p)
{
    m->word_hash = section(p, m->n_words * sizeof *m->word_hash);
    m->words = section(p, (size_t)(m->n_words + 1) * m->word_dims);
    m->affixes = section(p, (size_t)READER_AFFIXES * m->affix_rows * m->affix_dims);
    m->shape_rows = section(p, (size_t)m->shapes * m->shape_dims);
    for (int layer = 0; layer < 2; layer++) {
        uint32_t units = m->units[layer];
        uint32_t in = layer ? between : (uint32_t)reader_input_size(m);
        if (layer == 1) {
            m->between = matrix(p, 2 * m->units[0], between);
            m->between_bias = section(p, between * sizeof(float));
        }
        m->input[layer] = matrix(p, in, 6 * units);
        m->bias[layer] = section(p, 6 * units * sizeof(float));
        if (layer == 0)
            m->flags = section(p, (size_t)READER_FLAGS * 6 * units * sizeof *m->flags);
        for (int d = 0; d < 2; d++)
            m->recur[layer][d] = matrix(p, units, 3 * units);
    }
    m->out = matrix(p, 2 * m->units[1], LABEL_COUNT);
    m->out_bias = section(p, LABEL_COUNT * sizeof(float));
    m->follow = section(p, LABEL_COUNT * LABEL_COUNT * sizeof(float));
    m->begin = section(p, LABEL_COUNT * sizeof(float));
    m->links = section(p, 2 * LINK_FEATURES * sizeof(float));
    m->calibration = section(p, 6 * sizeof(float));
}

static bool read_places(struct str file, struct reader_model *model)
{
    uint32_t h[HEAD_FIELDS];
    if (file.n < ALIGN)
        return false;
    memcpy(h, file.p, sizeof h);
    struct str body = str_slice(file, ALIGN, file.n);
    if (h[0] != MAGIC || h[1] != VERSION || h[2] != body.n)
        return false;
    bool sane = h[4] < 1u << 24 && h[5] <= 512 && h[6] && h[6] < 1u << 20 && h[7] <= 64 &&
                h[8] >= 12 && h[8] <= 64 && h[9] <= 64 && h[10] == READER_FLAGS &&
                h[11] <= MOST_UNITS && h[12] <= MOST_UNITS && h[11] % 16 == 0 && h[12] % 16 == 0 &&
                h[13] == LABEL_COUNT && h[14] && h[14] <= MOST_UNITS && h[14] % 4 == 0;
    if (!sane)
        return false;
    struct reader_model m = {.n_words = h[4],
                             .word_dims = h[5],
                             .affix_rows = h[6],
                             .affix_dims = h[7],
                             .shapes = h[8],
                             .shape_dims = h[9],
                             .units = {h[11], h[12]}};
    struct place p = {body, true};
    place_sections(&m, h[14], &p);
    if (!p.ok || p.rest.n)
        return false;
    *model = m;
    return true;
}

bool reader_model_open(struct str file, struct reader_model *model)
{
    uint32_t h[HEAD_FIELDS];
    if (file.n < ALIGN)
        return false;
    memcpy(h, file.p, sizeof h);
    return h[3] == (uint32_t)str_hash(str_slice(file, ALIGN, file.n)) && read_places(file, model);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct reader_model embedded;

static void load(void)
{
    const struct embedded *file = asset_find(assets_model, S("reader.bin"));
    /* The tests look at its checksum: that would take a tenth of the program's start. */
    if (!file || !read_places(file->bytes, &embedded)) {
        fputs("synoptic: the embedded reader model is damaged\n", stderr);
        abort();
    }
}

const struct reader_model *reader_model(void)
{
    pthread_once(&once, load);
    return &embedded;
}
