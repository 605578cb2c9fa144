/* Kernel for processors with AVX2. Products of 7-bit states and 8-bit weights are added in pairs to
 * 16 bits, and four such pairs more before they widen to 32: the weights of a lane are small enough
 * for that (KERNEL_LANE, lang/model/training/export.py), so nothing saturates. */
#include <immintrin.h>

#define KERNEL_VECTOR 32
#include "lang/kernel/wide.h"

enum { ROWS = 3, QUAD = 4, PANEL_QUAD = QUAD * KERNEL_BLOCK };

static inline __m256i spread(const uint8_t *x)
{
    int32_t quad;
    __builtin_memcpy(&quad, x, sizeof quad);
    return _mm256_set1_epi32(quad);
}

static inline __m256i load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

/* Compilers would collect the products of all quads first and run out of registers (a third of the
 * speed); what passes here is computed before what follows. */
static inline void keep_order(__m256i *a, __m256i *b)
{
    __asm__ volatile("" : "+x"(*a), "+x"(*b));
}

/* Adds the products of `quads` (at most four) steps to the sums of some rows and one block. */
static inline void add_group(__m256i acc[ROWS][2], const int8_t *w, const uint8_t *x, size_t stride,
                             size_t rows, size_t quads)
{
    __m256i pairs[ROWS][2];
    __m256i w0 = load(w), w1 = load(w + 32);
    for (size_t r = 0; r < rows; r++) {
        __m256i a = spread(x + r * stride);
        pairs[r][0] = _mm256_maddubs_epi16(a, w0);
        pairs[r][1] = _mm256_maddubs_epi16(a, w1);
    }
    for (size_t q = 1; q < quads; q++) {
        w0 = load(w + q * PANEL_QUAD);
        w1 = load(w + q * PANEL_QUAD + 32);
        for (size_t r = 0; r < rows; r++) {
            __m256i a = spread(x + r * stride + q * QUAD);
            pairs[r][0] = _mm256_add_epi16(pairs[r][0], _mm256_maddubs_epi16(a, w0));
            pairs[r][1] = _mm256_add_epi16(pairs[r][1], _mm256_maddubs_epi16(a, w1));
            keep_order(&pairs[r][0], &pairs[r][1]);
        }
    }
    for (size_t r = 0; r < rows; r++)
        for (size_t b = 0; b < 2; b++) {
            __m256i wide = _mm256_madd_epi16(pairs[r][b], _mm256_set1_epi16(1));
            acc[r][b] = _mm256_add_epi32(acc[r][b], wide);
        }
}

static inline void panel(const struct kernel_matrix *m, size_t at, const uint8_t *x, size_t stride,
                         size_t rows, int32_t *sums)
{
    __m256i acc[ROWS][2];
    for (size_t r = 0; r < rows; r++)
        for (size_t b = 0; b < 2; b++)
            acc[r][b] = load(m->zero + at + 8 * b);
    const int8_t *w = m->weights + at * m->in;
    size_t k = 0;
    for (; k + KERNEL_GROUP <= m->in; k += KERNEL_GROUP, w += 4 * PANEL_QUAD)
        add_group(acc, w, x + k, stride, rows, 4);
    if (k < m->in)
        add_group(acc, w, x + k, stride, rows, (m->in - k) / QUAD);
    for (size_t r = 0; r < rows; r++)
        for (size_t b = 0; b < 2; b++)
            _mm256_storeu_si256((__m256i *)(sums + r * m->out + at + 8 * b), acc[r][b]);
}

static void multiply(const struct kernel_matrix *m, const uint8_t *x, size_t stride, size_t rows,
                     int32_t *sums)
{
    size_t parts = (rows + ROWS - 1) / ROWS;
    for (size_t at = 0; at < m->used; at += KERNEL_BLOCK)
        for (size_t p = 0, r = 0; p < parts; p++) { /* rows shared out evenly: 4 are 2 and 2 */
            size_t n = rows / parts + (p < rows % parts);
            const uint8_t *from = x + r * stride;
            if (n == 3)
                panel(m, at, from, stride, 3, sums + r * m->out);
            else if (n == 2)
                panel(m, at, from, stride, 2, sums + r * m->out);
            else
                panel(m, at, from, stride, 1, sums + r * m->out);
            r += n;
        }
}

static inline FLOATS limit(FLOATS x, float most)
{
    x = _mm256_min_ps(x, _mm256_set1_ps(most));
    return _mm256_max_ps(x, _mm256_set1_ps(-most));
}

static inline INTS shorts_at(const int16_t *p)
{
    return (INTS)_mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)p));
}

/* Saturated to 16 bits. */
static inline __m128i narrow(INTS v)
{
    __m256i wide = (__m256i)v;
    return _mm_packs_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
}

static inline void put_bytes(uint8_t *to, INTS v)
{
    _mm_storel_epi64((__m128i *)to, _mm_packus_epi16(narrow(v), narrow(v)));
}

static inline void put_shorts(int16_t *to, INTS v)
{
    _mm_storeu_si128((__m128i *)to, narrow(v));
}

const struct kernel kernel_avx2 = {"avx2",      multiply,   step_wide,  project_wide,
                                   squash_wide, pair_shift, pair_blend, pair_dense};
