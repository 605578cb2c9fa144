/* The cell's arithmetic on whole registers, operation for operation what cell.h does: included by
 * the kernels' files whose compilers turn that into slow vectors, with a scalar tail. Such a file
 * says before how wide its registers are (KERNEL_VECTOR), and has limit (each number cut at -most
 * and most), shorts_at (16-bit numbers as a register of 32-bit ones), put_bytes and put_shorts
 * (such a register, stored as bytes or 16 bits). */
#ifndef LANG_KERNEL_WIDE_H
#define LANG_KERNEL_WIDE_H

#include "lang/kernel/pair.h"

#define INTS MASK

static inline FLOATS limit(FLOATS x, float most);
static inline INTS shorts_at(const int16_t *p);
static inline void put_bytes(uint8_t *to, INTS v);
static inline void put_shorts(int16_t *to, INTS v);

static inline FLOATS floats_at(const int32_t *p)
{
    INTS v;
    memcpy(&v, p, sizeof v);
    return __builtin_convertvector(v, FLOATS);
}

struct ratios {
    FLOATS up, down;
};

static inline struct ratios tangents(FLOATS x)
{
    x = limit(x, 4.97f);
    FLOATS s = x * x;
    return (struct ratios){x * (10395.0f + s * (1260.0f + s * 21.0f)),
                           10395.0f + s * (4725.0f + s * (210.0f + s))};
}

static inline void put_states(uint8_t *to, FLOATS v)
{
    v = v * (float)KERNEL_STATE + (KERNEL_ZERO + 0.5f);
    put_bytes(to, __builtin_convertvector(v, INTS));
}

/* The tangents that gates j and on of a row ask for: products, input and flag. */
static inline struct ratios gates_at(const struct kernel_step *s, const int16_t *flag, size_t r,
                                     size_t j)
{
    INTS fixed = shorts_at(s->input[r] + j);
    if (flag)
        fixed += shorts_at(flag + j);
    FLOATS in = __builtin_convertvector(fixed, FLOATS) * (1.0f / KERNEL_FIXED);
    return tangents(floats_at(s->sums + r * s->stride + j) * get(s->scale + j, 0) + in);
}

static inline void step_units(const struct kernel_step *s, const int16_t *flag, size_t r)
{
    size_t units = s->units;
    float *cell = s->cell + r * units;
    for (size_t k = 0; k < units; k += IN_PART) {
        struct ratios f = gates_at(s, flag, r, k), o = gates_at(s, flag, r, units + k),
                      z = gates_at(s, flag, r, 2 * units + k);
        FLOATS old = (f.down + f.up) * (z.down * get(cell + k, 0)), new = (f.down - f.up) * z.up;
        FLOATS wide = o.down + o.down, all = (f.down * z.down) * wide;
        FLOATS part = ((old + new) * 0.5f) / all;
        put(cell + k, 0, part * wide);
        put_states(s->state[r] + k, part * (o.down + o.up));
    }
}

static void step_wide(const struct kernel_step *s)
{
    for (uint32_t r = 0; r < s->rows; r++)
        if (s->flag)
            step_units(s, s->flag[r], r);
        else
            step_units(s, NULL, r);
}

static void project_wide(const int32_t *sums, const float *scale, const float *bias, size_t n,
                         int16_t *out)
{
    for (size_t j = 0; j < n; j += IN_PART) {
        FLOATS v =
            (floats_at(sums + j) * get(scale + j, 0) + get(bias + j, 0)) * (float)KERNEL_FIXED;
        put_shorts(out + j, __builtin_convertvector(limit(v, 32000.0f), INTS));
    }
}

static void squash_wide(const int32_t *sums, const float *scale, const float *bias, size_t n,
                        uint8_t *out)
{
    for (size_t j = 0; j < n; j += IN_PART) {
        struct ratios t = tangents(floats_at(sums + j) * get(scale + j, 0) + get(bias + j, 0));
        put_states(out + j, t.up / t.down);
    }
}

#endif
