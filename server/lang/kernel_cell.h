/* The parts of a kernel that the compiler turns into vectors by itself: included by each kernel's
 * file, which is compiled for its instruction set. Only single IEEE operations, never fused. */
#ifndef LANG_KERNEL_CELL_H
#define LANG_KERNEL_CELL_H

#include "lang/kernel.h"

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

static void cell_row(const float *restrict g, float *restrict cell, uint8_t *restrict state,
                     size_t units)
{
    for (size_t k = 0; k < units; k++) {
        struct ratio i = tangent(g[k] * 0.5f), f = tangent(g[units + k] * 0.5f);
        struct ratio o = tangent(g[2 * units + k] * 0.5f), z = tangent(g[3 * units + k]);
        float keep = 0.5f + 0.5f * (f.up / f.down);
        float add = ((i.down + i.up) * z.up) / (2.0f * (i.down * z.down));
        float c = keep * cell[k] + add;
        struct ratio t = tangent(c);
        float h = ((o.down + o.up) * t.up) / (2.0f * (o.down * t.down));
        cell[k] = c;
        state[k] = (uint8_t)(int32_t)(h * (float)KERNEL_STATE + (KERNEL_ZERO + 0.5f));
    }
}

enum { MOST_UNITS = 256 };

static void step_rows(const struct kernel_step *s)
{
    float g[4 * MOST_UNITS];
    size_t n = 4 * (size_t)s->units;
    for (uint32_t r = 0; r < s->rows; r++) {
        const int32_t *restrict sums = s->sums + r * n;
        const int16_t *restrict input = s->input[r];
        const float *restrict scale = s->scale;
        for (size_t j = 0; j < n; j++)
            g[j] = (float)sums[j] * scale[j] + (float)input[j] * (1.0f / KERNEL_FIXED);
        if (s->flag) {
            const int16_t *restrict flag = s->flag[r];
            for (size_t j = 0; j < n; j++)
                g[j] = g[j] + (float)flag[j] * (1.0f / KERNEL_FIXED);
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

#endif
