/* Kernel for processors with AVX2. Products of 7-bit states and 8-bit weights are added in pairs to
 * 16 bits, and four such pairs more before they widen to 32: the weights of a lane are small enough
 * for that (KERNEL_LANE, lang/model/training/export.py), so nothing saturates. */
#include <immintrin.h>

#define KERNEL_VECTOR 32
#include "lang/kernel/pair.h"

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

/* Eight at a time what cell.h does, operation for operation. */
struct ratios {
    __m256 up, down;
};

static inline struct ratios tangents(__m256 x)
{
    x = _mm256_min_ps(x, _mm256_set1_ps(4.97f));
    x = _mm256_max_ps(x, _mm256_set1_ps(-4.97f));
    __m256 s = _mm256_mul_ps(x, x);
    __m256 up = _mm256_add_ps(_mm256_set1_ps(1260.0f), _mm256_mul_ps(s, _mm256_set1_ps(21.0f)));
    up = _mm256_add_ps(_mm256_set1_ps(10395.0f), _mm256_mul_ps(s, up));
    __m256 down = _mm256_add_ps(_mm256_set1_ps(210.0f), s);
    down = _mm256_add_ps(_mm256_set1_ps(4725.0f), _mm256_mul_ps(s, down));
    down = _mm256_add_ps(_mm256_set1_ps(10395.0f), _mm256_mul_ps(s, down));
    return (struct ratios){_mm256_mul_ps(x, up), down};
}

static inline void store_states(uint8_t *out, __m256 v)
{
    v = _mm256_mul_ps(v, _mm256_set1_ps((float)KERNEL_STATE));
    __m256i wide = _mm256_cvttps_epi32(_mm256_add_ps(v, _mm256_set1_ps(KERNEL_ZERO + 0.5f)));
    __m128i half = _mm_packs_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
    _mm_storel_epi64((__m128i *)out, _mm_packus_epi16(half, half));
}

static inline __m256i widen(const int16_t *p)
{
    return _mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)p));
}

/* What gate j of a row asks for: products, input and flag. */
static inline __m256 asked(const struct kernel_step *s, const int16_t *flag, size_t r, size_t j)
{
    __m256i fixed = widen(s->input[r] + j);
    if (flag)
        fixed = _mm256_add_epi32(fixed, widen(flag + j));
    __m256 in = _mm256_mul_ps(_mm256_cvtepi32_ps(fixed), _mm256_set1_ps(1.0f / KERNEL_FIXED));
    __m256 sums = _mm256_cvtepi32_ps(load(s->sums + r * s->stride + j));
    return _mm256_add_ps(_mm256_mul_ps(sums, _mm256_loadu_ps(s->scale + j)), in);
}

enum { MOST_GATES = KERNEL_MOST_OUT / 2 };

/* In two passes, for a cell's operations in a row wait for each other: gates, then cells. */
static void step(const struct kernel_step *s)
{
    float ups[MOST_GATES], downs[MOST_GATES];
    size_t units = s->units;
    for (uint32_t r = 0; r < s->rows; r++) {
        const int16_t *flag = s->flag ? s->flag[r] : NULL;
        float *cell = s->cell + r * units;
        for (size_t j = 0; j < 3 * units; j += 8) {
            struct ratios gate = tangents(asked(s, flag, r, j));
            _mm256_storeu_ps(ups + j, gate.up);
            _mm256_storeu_ps(downs + j, gate.down);
        }
        for (size_t k = 0; k < units; k += 8) {
            __m256 f_up = _mm256_loadu_ps(ups + k), f_down = _mm256_loadu_ps(downs + k);
            __m256 o_up = _mm256_loadu_ps(ups + units + k);
            __m256 o_down = _mm256_loadu_ps(downs + units + k);
            __m256 z_up = _mm256_loadu_ps(ups + 2 * units + k);
            __m256 z_down = _mm256_loadu_ps(downs + 2 * units + k);
            __m256 old = _mm256_mul_ps(_mm256_add_ps(f_down, f_up),
                                       _mm256_mul_ps(z_down, _mm256_loadu_ps(cell + k)));
            __m256 new = _mm256_mul_ps(_mm256_sub_ps(f_down, f_up), z_up);
            __m256 sum = _mm256_add_ps(old, new), wide = _mm256_add_ps(o_down, o_down);
            __m256 all = _mm256_mul_ps(_mm256_mul_ps(f_down, z_down), wide);
            __m256 part = _mm256_div_ps(_mm256_mul_ps(sum, _mm256_set1_ps(0.5f)), all);
            _mm256_storeu_ps(cell + k, _mm256_mul_ps(part, wide));
            store_states(s->state[r] + k, _mm256_mul_ps(part, _mm256_add_ps(o_down, o_up)));
        }
    }
}

static void project(const int32_t *sums, const float *scale, const float *bias, size_t n,
                    int16_t *out)
{
    const __m256 most = _mm256_set1_ps(32000.0f), least = _mm256_set1_ps(-32000.0f);
    for (size_t j = 0; j < n; j += 8) {
        __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(load(sums + j)), _mm256_loadu_ps(scale + j));
        v = _mm256_add_ps(v, _mm256_loadu_ps(bias + j));
        v = _mm256_mul_ps(v, _mm256_set1_ps((float)KERNEL_FIXED));
        __m256i wide = _mm256_cvttps_epi32(_mm256_max_ps(_mm256_min_ps(v, most), least));
        __m128i low = _mm256_castsi256_si128(wide), high = _mm256_extracti128_si256(wide, 1);
        _mm_storeu_si128((__m128i *)(out + j), _mm_packs_epi32(low, high));
    }
}

static void squash(const int32_t *sums, const float *scale, const float *bias, size_t n,
                   uint8_t *out)
{
    for (size_t j = 0; j < n; j += 8) {
        __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(load(sums + j)), _mm256_loadu_ps(scale + j));
        struct ratios t = tangents(_mm256_add_ps(v, _mm256_loadu_ps(bias + j)));
        store_states(out + j, _mm256_div_ps(t.up, t.down));
    }
}

const struct kernel kernel_avx2 = {"avx2", multiply,   step,       project,
                                   squash, pair_shift, pair_blend, pair_dense};
