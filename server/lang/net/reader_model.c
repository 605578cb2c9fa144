/* model/reader.bin: header, checks and the places of its sections (lang/model/training/export.py
 * writes it). */
#include "lang/net/reader_model.h"

#include <pthread.h>

#include "lang/net/model_file.h"

enum { MAGIC = 0x31445253, VERSION = 3, MOST_UNITS = 256 };

/* `between` values go from the first layer to the second. */
static void place_sections(struct reader_model *m, uint32_t between, struct model_sections *p)
{
    m->word_hash = model_section(p, m->n_words * sizeof *m->word_hash);
    m->words = model_section(p, (size_t)(m->n_words + 1) * m->word_dims);
    m->affixes = model_section(p, (size_t)READER_AFFIXES * m->affix_rows * m->affix_dims);
    m->shape_rows = model_section(p, (size_t)m->shapes * m->shape_dims);
    for (int layer = 0; layer < 2; layer++) {
        uint32_t units = m->units[layer];
        uint32_t in = layer ? between : (uint32_t)reader_input_size(m);
        if (layer == 1) {
            m->between = model_matrix(p, 2 * m->units[0], between);
            m->between_bias = model_section(p, between * sizeof(float));
        }
        m->input[layer] = model_matrix(p, in, 6 * units);
        m->bias[layer] = model_section(p, 6 * units * sizeof(float));
        if (layer == 0)
            m->flags = model_section(p, (size_t)READER_FLAGS * 6 * units * sizeof *m->flags);
        for (int d = 0; d < 2; d++)
            m->recur[layer][d] = model_matrix(p, units, 3 * units);
    }
    m->out = model_matrix(p, 2 * m->units[1], LABEL_COUNT);
    m->out_bias = model_section(p, LABEL_COUNT * sizeof(float));
    m->follow = model_section(p, LABEL_COUNT * LABEL_COUNT * sizeof(float));
    m->begin = model_section(p, LABEL_COUNT * sizeof(float));
    m->links = model_section(p, 2 * LINK_FEATURES * sizeof(float));
    m->calibration = model_section(p, 6 * sizeof(float));
}

static bool read_places(struct str file, struct reader_model *model)
{
    uint32_t h[MODEL_HEAD];
    struct model_sections p = model_file_open(file, MAGIC, VERSION, h);
    if (!p.ok)
        return false;
    bool sane = h[4] < 1u << 24 && h[5] <= 512 && h[6] && h[6] < 1u << 20 && h[7] <= 64 &&
                h[8] >= 12 && h[8] <= 64 && h[9] <= 64 && h[10] == READER_FLAGS &&
                h[11] <= MOST_UNITS && h[12] <= MOST_UNITS && h[11] % 16 == 0 && h[12] % 16 == 0 &&
                h[13] == LABEL_COUNT && h[14] && h[14] <= MOST_UNITS && h[14] % KERNEL_BLOCK == 0;
    if (!sane)
        return false;
    struct reader_model m = {.n_words = h[4],
                             .word_dims = h[5],
                             .affix_rows = h[6],
                             .affix_dims = h[7],
                             .shapes = h[8],
                             .shape_dims = h[9],
                             .units = {h[11], h[12]}};
    place_sections(&m, h[14], &p);
    if (!p.ok || p.rest.n)
        return false;
    *model = m;
    return true;
}

bool reader_model_open(struct str file, struct reader_model *model)
{
    return model_file_whole(file) && read_places(file, model);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct reader_model embedded;

static void load(void)
{
    /* The tests look at its checksum: that would take a tenth of the program's start. */
    if (!read_places(model_file_embedded("reader.bin"), &embedded))
        model_file_damaged("reader.bin");
}

const struct reader_model *reader_model(void)
{
    pthread_once(&once, load);
    return &embedded;
}
