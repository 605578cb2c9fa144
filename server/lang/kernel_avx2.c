/* Kernel for processors with AVX2: products of 7-bit states and 8-bit weights, added in pairs,
 * fit 16 bits (2 * 127 * 127 = 32258), so nothing saturates. */
#include <immintrin.h>

#include "lang/kernel_cell.h"

static inline __m256i spread(const uint8_t *x)
{
    int32_t quad;
    __builtin_memcpy(&quad, x, sizeof quad);
    return _mm256_set1_epi32(quad);
}

static inline __m256i dot(__m256i acc, __m256i x, __m256i w)
{
    __m256i pairs = _mm256_maddubs_epi16(x, w);
    return _mm256_add_epi32(acc, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

static inline __m256i load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static inline void panel(const struct kernel_matrix *m, size_t at, const uint8_t *x, size_t stride,
                         size_t rows, int32_t *sums)
{
    __m256i acc[4][2];
    for (size_t r = 0; r < rows; r++)
        for (size_t b = 0; b < 2; b++)
            acc[r][b] = load(m->zero + at + 8 * b);
    const int8_t *w = m->weights + at * m->in;
    for (size_t k = 0; k < m->in; k += 4, w += 64) {
        __m256i w0 = load(w), w1 = load(w + 32);
        for (size_t r = 0; r < rows; r++) {
            __m256i a = spread(x + r * stride + k);
            acc[r][0] = dot(acc[r][0], a, w0);
            acc[r][1] = dot(acc[r][1], a, w1);
        }
    }
    for (size_t r = 0; r < rows; r++)
        for (size_t b = 0; b < 2; b++)
            _mm256_storeu_si256((__m256i *)(sums + r * m->out + at + 8 * b), acc[r][b]);
}

static void multiply(const struct kernel_matrix *m, const uint8_t *x, size_t stride, size_t rows,
                     int32_t *sums)
{
    for (size_t at = 0; at < m->out; at += KERNEL_BLOCK) {
        size_t r = 0;
        for (; r + 4 <= rows; r += 4)
            panel(m, at, x + r * stride, stride, 4, sums + r * m->out);
        const uint8_t *rest = x + r * stride;
        if (rows - r == 3)
            panel(m, at, rest, stride, 3, sums + r * m->out);
        else if (rows - r == 2)
            panel(m, at, rest, stride, 2, sums + r * m->out);
        else if (rows - r == 1)
            panel(m, at, rest, stride, 1, sums + r * m->out);
    }
}

const struct kernel kernel_avx2 = {"avx2", multiply, step_rows, project_row};
