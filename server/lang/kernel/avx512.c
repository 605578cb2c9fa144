/* Kernel for processors with AVX-512 and its dot-product instruction: up to six rows and 64 outputs
 * at a time stay in registers while a panel of weights is read once. The registers have names, for
 * compilers shuffle an array of them about. */
#include <immintrin.h>

#include "lang/kernel/cell.h"
#define KERNEL_VECTOR 64
#include "lang/kernel/pair.h"

static inline __m512i spread(const uint8_t *x)
{
    int32_t quad;
    __builtin_memcpy(&quad, x, sizeof quad);
    return _mm512_set1_epi32(quad);
}

#define dot(acc, x, w) (acc) = _mm512_dpbusd_epi32(acc, x, w)
#define DO1(STEP) STEP(0)
#define DO2(STEP) DO1(STEP) STEP(1)
#define DO3(STEP) DO2(STEP) STEP(2)
#define DO4(STEP) DO3(STEP) STEP(3)
#define DO5(STEP) DO4(STEP) STEP(4)
#define DO6(STEP) DO5(STEP) STEP(5)

#define START(r) __m512i s##r##0 = z0, s##r##1 = z1, s##r##2 = z2, s##r##3 = z3;
#define ADD(r)                                                                                     \
    {                                                                                              \
        __m512i v = spread(x + r * stride + k);                                                    \
        dot(s##r##0, v, w0);                                                                       \
        dot(s##r##1, v, w1);                                                                       \
        dot(s##r##2, v, w2);                                                                       \
        dot(s##r##3, v, w3);                                                                       \
    }
#define STORE(r)                                                                                   \
    _mm512_storeu_si512(out + r * m->out, s##r##0);                                                \
    _mm512_storeu_si512(out + r * m->out + KERNEL_BLOCK, s##r##1);                                 \
    _mm512_storeu_si512(out + r * m->out + 2 * KERNEL_BLOCK, s##r##2);                             \
    _mm512_storeu_si512(out + r * m->out + 3 * KERNEL_BLOCK, s##r##3);

/* panel_N: outputs [at, at + 64) of N rows. */
#define PANEL(N)                                                                                   \
    static void panel_##N(const struct kernel_matrix *m, size_t at, const uint8_t *x,              \
                          size_t stride, int32_t *out)                                             \
    {                                                                                              \
        const int32_t *z = m->zero + at;                                                           \
        __m512i z0 = _mm512_loadu_si512(z), z1 = _mm512_loadu_si512(z + KERNEL_BLOCK);             \
        __m512i z2 = _mm512_loadu_si512(z + 2 * KERNEL_BLOCK);                                     \
        __m512i z3 = _mm512_loadu_si512(z + 3 * KERNEL_BLOCK);                                     \
        size_t block = (size_t)m->in * KERNEL_BLOCK;                                               \
        const int8_t *w = m->weights + at * m->in;                                                 \
        DO##N(START) for (size_t k = 0; k < m->in; k += 4, w += 64)                                \
        {                                                                                          \
            __m512i w0 = _mm512_loadu_si512(w), w1 = _mm512_loadu_si512(w + block);                \
            __m512i w2 = _mm512_loadu_si512(w + 2 * block);                                        \
            __m512i w3 = _mm512_loadu_si512(w + 3 * block);                                        \
            DO##N(ADD)                                                                             \
        }                                                                                          \
        DO##N(STORE)                                                                               \
    }

PANEL(1)
PANEL(2)
PANEL(3)
PANEL(4)
PANEL(5)
PANEL(6)

enum { MOST_ROWS = 6 };

static void multiply(const struct kernel_matrix *m, const uint8_t *x, size_t stride, size_t rows,
                     int32_t *sums)
{
    static void (*const panels[MOST_ROWS + 1])(const struct kernel_matrix *, size_t,
                                               const uint8_t *, size_t, int32_t *) = {
        NULL, panel_1, panel_2, panel_3, panel_4, panel_5, panel_6};
    size_t parts = (rows + MOST_ROWS - 1) / MOST_ROWS;
    for (size_t at = 0; at < m->out; at += 4 * KERNEL_BLOCK)
        for (size_t p = 0, r = 0; p < parts; p++) { /* rows shared out evenly: 7 are 4 and 3 */
            size_t n = rows / parts + (p < rows % parts);
            panels[n](m, at, x + r * stride, stride, sums + r * m->out + at);
            r += n;
        }
}

const struct kernel kernel_avx512 = {"avx512",   multiply,   step_rows,  project_row,
                                     squash_row, pair_shift, pair_blend, pair_dense};
