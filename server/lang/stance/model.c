/* model/stance.bin: header, checks and the places of its sections
 * (lang/model/training/stance_export.py). */
#include <pthread.h>

#include "lang/net/model_file.h"
#include "lang/net/reader_model.h"
#include "lang/stance/net.h"

enum { MAGIC = 0x54534453, VERSION = 1 };

static bool read_places(struct str file, struct stance_model *model)
{
    uint32_t h[MODEL_HEAD];
    struct model_sections s = model_file_open(file, MAGIC, VERSION, h);
    bool sane = s.ok && h[4] == reader_input_size(reader_model()) && h[5] && h[5] % 16 == 0 &&
                h[5] <= RECUR_UNITS / 2 && h[6] && h[6] % 16 == 0 && h[6] <= STANCE_MOST_WIDTH &&
                h[7] && h[7] % 16 == 0 && h[7] <= STANCE_MOST_WIDTH;
    if (!sane)
        return false;
    struct stance_model m = {.units = h[5], .width = h[6], .hidden = h[7]};
    size_t row = m.width * sizeof(float);
    m.input = model_matrix(&s, h[4], 6 * m.units + m.width);
    m.input_bias = model_section(&s, (6 * m.units + m.width) * sizeof(float));
    m.flags = model_section(&s, STANCE_FLAGS * 6 * m.units * sizeof *m.flags);
    for (int d = 0; d < 2; d++)
        m.recur[d] = model_matrix(&s, m.units, 3 * m.units);
    m.narrow = model_matrix(&s, 2 * m.units, m.width);
    m.narrow_bias = model_section(&s, row);
    m.from_first = model_section(&s, STANCE_DISTANCES * row);
    m.from_second = model_section(&s, STANCE_DISTANCES * row);
    m.sayer = model_section(&s, STANCE_SAYERS * row);
    m.attention = model_section(&s, row);
    m.hide = model_section(&s, 4 * row * m.hidden);
    m.hide_bias = model_section(&s, m.hidden * sizeof(float));
    m.out = model_section(&s, 6 * m.hidden * sizeof(float));
    m.out_bias = model_section(&s, 6 * sizeof(float));
    if (!s.ok || s.rest.n)
        return false;
    *model = m;
    return true;
}

bool stance_model_open(struct str file, struct stance_model *model)
{
    return model_file_whole(file) && read_places(file, model);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct stance_model embedded;

static void load(void)
{
    if (!read_places(model_file_embedded("stance.bin"), &embedded))
        model_file_damaged("stance.bin");
}

const struct stance_model *stance_model(void)
{
    pthread_once(&once, load);
    return &embedded;
}
