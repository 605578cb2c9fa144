/* The stance network's arithmetic in floats: included by each kernel's file, like cell.h,
 * with KERNEL_VECTOR saying how many bytes its registers hold. Sums run in sixteen lanes, whatever
 * that is, and in one order, so that every kernel gives the same bits. */
#ifndef LANG_KERNEL_PAIR_H
#define LANG_KERNEL_PAIR_H

#include <string.h>

#include "lang/kernel/kernel.h"

enum { LANES = 16, IN_PART = KERNEL_VECTOR / sizeof(float), PARTS = LANES / IN_PART };

/* A register of floats; one of what comparing them gives. */
#define FLOATS float __attribute__((vector_size(KERNEL_VECTOR)))
#define MASK int32_t __attribute__((vector_size(KERNEL_VECTOR)))

/* The part i of the sixteen numbers at p. */
static inline FLOATS get(const float *p, size_t i)
{
    FLOATS v;
    memcpy(&v, p + i * IN_PART, sizeof v);
    return v;
}

static inline void put(float *p, size_t i, FLOATS v)
{
    memcpy(p + i * IN_PART, &v, sizeof v);
}

/* What is above zero. */
static inline FLOATS positive(FLOATS x)
{
    return (FLOATS)((MASK)x & (x > 0.0f));
}

static inline FLOATS larger(FLOATS x, FLOATS y)
{
    return (FLOATS)(((MASK)x & (x > y)) | ((MASK)y & ~(x > y)));
}

static void pair_shift(const struct kernel_pair *p)
{
    for (size_t d = 0; d < p->width; d++)
        p->most[d] = 0.0f;
    for (size_t t = 0; t < p->tokens; t++) {
        const float *v = p->vectors + t * p->width, *a = p->shifts[0][t], *b = p->shifts[1][t],
                    *c = p->shifts[2][t];
        float *to = p->shifted + t * p->width, sum = 0.0f;
        FLOATS product[PARTS] = {{0}};
        for (size_t d = 0; d < p->width; d += LANES)
            for (size_t i = 0; i < PARTS; i++) {
                FLOATS x = get(v + d, i) + get(a + d, i) + (get(b + d, i) + get(c + d, i));
                x = positive(x);
                product[i] += x * get(p->attention + d, i);
                put(to + d, i, x);
                put(p->most + d, i, larger(x, get(p->most + d, i)));
            }
        for (size_t i = 0; i < LANES; i++)
            sum += product[i / IN_PART][i % IN_PART];
        p->weight[t] = sum;
    }
}

static void pair_blend(const float *rows, const float *weight, size_t n, size_t width, float *out)
{
    for (size_t d = 0; d < width; d += LANES) {
        FLOATS sum[PARTS] = {{0}};
        for (size_t t = 0; t < n; t++)
            for (size_t i = 0; i < PARTS; i++)
                sum[i] += weight[t] * get(rows + t * width + d, i);
        for (size_t i = 0; i < PARTS; i++)
            put(out + d, i, sum[i]);
    }
}

static void pair_dense(const float *x, size_t in, const float *weights, const float *bias,
                       size_t out, float *y)
{
    for (size_t o = 0; o < out; o += LANES) {
        FLOATS sum[PARTS];
        for (size_t i = 0; i < PARTS; i++)
            sum[i] = get(bias + o, i);
        for (size_t k = 0; k < in; k++)
            for (size_t i = 0; i < PARTS; i++)
                sum[i] += x[k] * get(weights + k * out + o, i);
        for (size_t i = 0; i < PARTS; i++)
            put(y + o, i, positive(sum[i]));
    }
}

#endif
