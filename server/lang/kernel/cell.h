/* The parts of a kernel that the compiler turns into vectors by itself: included by each kernel's
 * file, which is compiled for its instruction set. Only single IEEE operations, never fused. */
#ifndef LANG_KERNEL_CELL_H
#define LANG_KERNEL_CELL_H

#include "lang/kernel/kernel.h"

/* tanh x = up / down, a continued fraction good to 1e-4; x is clamped to where it reaches 1. */
struct ratio {
    float up, down;
};

static inline struct ratio tangent(float x)
{
    x = x > 4.97f ? 4.97f : x;
    x = x < -4.97f ? -4.97f : x;
    float s = x * x;
    float up = x * (10395.0f + s * (1260.0f + s * 21.0f));
    float down = 10395.0f + s * (4725.0f + s * (210.0f + s));
    return (struct ratio){up, down};
}

static inline uint8_t state_of(float v)
{
    return (uint8_t)(int32_t)(v * (float)KERNEL_STATE + (KERNEL_ZERO + 0.5f));
}

static void cell_row(const float *restrict g, float *restrict cell, uint8_t *restrict state,
                     size_t units)
{
    for (size_t k = 0; k < units; k++) {
        struct ratio f = tangent(g[k]), o = tangent(g[units + k]), z = tangent(g[2 * units + k]);
        float old = (f.down + f.up) * (z.down * cell[k]), new = (f.down - f.up) * z.up;
        float wide = o.down + o.down, all = (f.down * z.down) * wide;
        float part = ((old + new) * 0.5f) / all; /* one division for both */
        cell[k] = part * wide;
        state[k] = state_of(part * (o.down + o.up));
    }
}

enum { MOST_UNITS = 256 };

static void step_rows(const struct kernel_step *s)
{
    static const int16_t no_flag[3 * MOST_UNITS];
    float g[3 * MOST_UNITS];
    size_t n = 3 * (size_t)s->units;
    for (uint32_t r = 0; r < s->rows; r++) {
        const int32_t *restrict sums = s->sums + r * s->stride;
        const int16_t *restrict input = s->input[r];
        const float *restrict scale = s->scale;
        const int16_t *restrict flag = s->flag ? s->flag[r] : no_flag;
        for (size_t j = 0; j < n; j++) {
            float fixed = (float)(input[j] + flag[j]) * (1.0f / KERNEL_FIXED);
            g[j] = (float)sums[j] * scale[j] + fixed;
        }
        cell_row(g, s->cell + r * s->units, s->state[r], s->units);
    }
}

static void project_row(const int32_t *restrict sums, const float *restrict scale,
                        const float *restrict bias, size_t n, int16_t *restrict out)
{
    for (size_t j = 0; j < n; j++) {
        float v = ((float)sums[j] * scale[j] + bias[j]) * (float)KERNEL_FIXED;
        v = v > 32000.0f ? 32000.0f : v;
        v = v < -32000.0f ? -32000.0f : v;
        out[j] = (int16_t)(int32_t)v;
    }
}

static void squash_row(const int32_t *restrict sums, const float *restrict scale,
                       const float *restrict bias, size_t n, uint8_t *restrict out)
{
    for (size_t j = 0; j < n; j++) {
        struct ratio t = tangent((float)sums[j] * scale[j] + bias[j]);
        out[j] = state_of(t.up / t.down);
    }
}

#endif
