/* Kernel for processors with AVX-512 and its dot-product instruction: up to eight rows and 48
 * outputs at a time stay in registers while a panel of weights is read once. The registers have
 * names, for compilers shuffle an array of them about. */
#include <immintrin.h>

#define KERNEL_VECTOR 64
#include "lang/kernel/wide.h"

static inline __m512i spread(const uint8_t *x)
{
    int32_t quad;
    __builtin_memcpy(&quad, x, sizeof quad);
    return _mm512_set1_epi32(quad);
}

#define DO1(STEP) STEP(0)
#define DO2(STEP) DO1(STEP) STEP(1)
#define DO3(STEP) DO2(STEP) STEP(2)
#define DO4(STEP) DO3(STEP) STEP(3)
#define DO5(STEP) DO4(STEP) STEP(4)
#define DO6(STEP) DO5(STEP) STEP(5)
#define DO7(STEP) DO6(STEP) STEP(6)
#define DO8(STEP) DO7(STEP) STEP(7)

/* The sums of row r for one, two, three blocks of outputs: what they start from, what is added to
 * them, where they go. */
#define START1(r) __m512i s##r##0 = _mm512_loadu_si512(zero);
#define START2(r) START1(r) __m512i s##r##1 = _mm512_loadu_si512(zero + KERNEL_BLOCK);
#define START3(r) START2(r) __m512i s##r##2 = _mm512_loadu_si512(zero + 2 * KERNEL_BLOCK);
#define DOT(r, b) s##r##b = _mm512_dpbusd_epi32(s##r##b, v, w##b);
#define DOT1(r) DOT(r, 0)
#define DOT2(r) DOT1(r) DOT(r, 1)
#define DOT3(r) DOT2(r) DOT(r, 2)
#define ADD(r, DOTS)                                                                               \
    {                                                                                              \
        __m512i v = spread(x + r * stride + k);                                                    \
        DOTS(r)                                                                                    \
    }
#define ADD1(r) ADD(r, DOT1)
#define ADD2(r) ADD(r, DOT2)
#define ADD3(r) ADD(r, DOT3)
#define STORE(r, b) _mm512_storeu_si512(to + r * all + b * KERNEL_BLOCK, s##r##b);
#define STORE1(r) STORE(r, 0)
#define STORE2(r) STORE1(r) STORE(r, 1)
#define STORE3(r) STORE2(r) STORE(r, 2)
#define LOAD1 __m512i w0 = _mm512_loadu_si512(w);
#define LOAD2 LOAD1 __m512i w1 = _mm512_loadu_si512(w + block);
#define LOAD3 LOAD2 __m512i w2 = _mm512_loadu_si512(w + 2 * block);

/* panel_N_B: the outputs of B blocks from `at` on, of N rows. */
#define PANEL(N, B)                                                                                \
    static void panel_##N##_##B(const struct kernel_matrix *m, size_t at, const uint8_t *x,        \
                                size_t stride, int32_t *to)                                        \
    {                                                                                              \
        const int32_t *zero = m->zero + at;                                                        \
        size_t in = m->in, all = m->out, block = in * KERNEL_BLOCK;                                \
        const int8_t *w = m->weights + at * in;                                                    \
        DO##N(START##B) for (size_t k = 0; k < in;                                                 \
                             k += 4, w += 64){LOAD##B DO##N(ADD##B)}(void)block;                   \
        DO##N(STORE##B)                                                                            \
    }
#define PANELS(N) PANEL(N, 1) PANEL(N, 2) PANEL(N, 3)

PANELS(1)
PANELS(2)
PANELS(3)
PANELS(4)
PANELS(5)
PANELS(6)
PANELS(7)
PANELS(8)

enum { MOST_ROWS = 8, MOST_BLOCKS = 3 };

static void multiply(const struct kernel_matrix *m, const uint8_t *x, size_t stride, size_t rows,
                     int32_t *sums)
{
#define ROW(N)                                                                                     \
    {                                                                                              \
        NULL, panel_##N##_1, panel_##N##_2, panel_##N##_3                                          \
    }
    static void (*const panels[MOST_ROWS + 1][MOST_BLOCKS + 1])(
        const struct kernel_matrix *, size_t, const uint8_t *, size_t,
        int32_t *) = {{NULL}, ROW(1), ROW(2), ROW(3), ROW(4), ROW(5), ROW(6), ROW(7), ROW(8)};
    size_t parts = (rows + MOST_ROWS - 1) / MOST_ROWS;
    for (size_t at = 0, blocks; at < m->used; at += blocks * KERNEL_BLOCK) {
        size_t left = (m->used - at) / KERNEL_BLOCK;
        blocks = left < MOST_BLOCKS ? left : MOST_BLOCKS;
        for (size_t p = 0, r = 0; p < parts; p++) { /* rows shared out evenly: 9 are 5 and 4 */
            size_t n = rows / parts + (p < rows % parts);
            panels[n][blocks](m, at, x + r * stride, stride, sums + r * m->out + at);
            r += n;
        }
    }
}

static inline FLOATS limit(FLOATS x, float most)
{
    x = _mm512_min_ps(x, _mm512_set1_ps(most));
    return _mm512_max_ps(x, _mm512_set1_ps(-most));
}

static inline INTS shorts_at(const int16_t *p)
{
    return (INTS)_mm512_cvtepi16_epi32(_mm256_loadu_si256((const __m256i *)p));
}

static inline void put_bytes(uint8_t *to, INTS v)
{
    _mm_storeu_si128((__m128i *)to, _mm512_cvtepi32_epi8((__m512i)v));
}

static inline void put_shorts(int16_t *to, INTS v)
{
    _mm256_storeu_si256((__m256i *)to, _mm512_cvtepi32_epi16((__m512i)v));
}

const struct kernel kernel_avx512 = {"avx512",    multiply,   step_wide,  project_wide,
                                     squash_wide, pair_shift, pair_blend, pair_dense};
