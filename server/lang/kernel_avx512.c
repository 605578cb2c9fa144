/* Kernel for processors with AVX-512 and its dot-product instruction: four rows and 64 outputs at
 * a time stay in registers while a panel of weights is read once. */
#include <immintrin.h>

#include "lang/kernel_cell.h"

static inline __m512i spread(const uint8_t *x)
{
    int32_t quad;
    __builtin_memcpy(&quad, x, sizeof quad);
    return _mm512_set1_epi32(quad);
}

/* `rows` is a constant in every call, so the loops over it unroll. */
static inline void panel(const struct kernel_matrix *m, size_t at, const uint8_t *x, size_t stride,
                         size_t rows, int32_t *sums)
{
    __m512i acc[4][4];
    for (size_t b = 0; b < 4; b++)
        for (size_t r = 0; r < rows; r++)
            acc[r][b] = _mm512_loadu_si512(m->zero + at + b * KERNEL_BLOCK);
    size_t block = (size_t)m->in * KERNEL_BLOCK;
    const int8_t *w = m->weights + at * m->in;
    for (size_t k = 0; k < m->in; k += 4, w += 64) {
        __m512i w0 = _mm512_loadu_si512(w), w1 = _mm512_loadu_si512(w + block);
        __m512i w2 = _mm512_loadu_si512(w + 2 * block), w3 = _mm512_loadu_si512(w + 3 * block);
        for (size_t r = 0; r < rows; r++) {
            __m512i a = spread(x + r * stride + k);
            acc[r][0] = _mm512_dpbusd_epi32(acc[r][0], a, w0);
            acc[r][1] = _mm512_dpbusd_epi32(acc[r][1], a, w1);
            acc[r][2] = _mm512_dpbusd_epi32(acc[r][2], a, w2);
            acc[r][3] = _mm512_dpbusd_epi32(acc[r][3], a, w3);
        }
    }
    for (size_t r = 0; r < rows; r++)
        for (size_t b = 0; b < 4; b++)
            _mm512_storeu_si512(sums + r * m->out + at + b * KERNEL_BLOCK, acc[r][b]);
}

static void multiply(const struct kernel_matrix *m, const uint8_t *x, size_t stride, size_t rows,
                     int32_t *sums)
{
    for (size_t at = 0; at < m->out; at += 4 * KERNEL_BLOCK) {
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

const struct kernel kernel_avx512 = {"avx512", multiply, step_rows, project_row};
