/* What words mean, for whoever compares texts: the reader's word vectors, of length 1. */
#include "lang/net/reader_model.h"

#include <math.h>

bool lang_word_sense(struct str word, float *v)
{
    const struct reader_model *m = reader_model();
    const uint8_t *row = reader_word_vector(m, word);
    float sum = 0;
    if (!row)
        return false;
    for (size_t i = 0; i < LANG_SENSE; i++) {
        v[i] = i < m->word_dims ? (float)row[i] - READER_ZERO : 0;
        sum += v[i] * v[i];
    }
    for (size_t i = 0; i < LANG_SENSE && sum > 0; i++)
        v[i] /= sqrtf(sum);
    return sum > 0;
}
