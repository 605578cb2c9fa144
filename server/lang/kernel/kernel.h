/* Integer arithmetic of the reader's network: products of 7-bit states with 8-bit weights, and the
 * cell of an LSTM with coupled gates (Greff et al. 2017, CIFG) and no squashing of its output.
 *
 * One table of functions for each instruction set, chosen at run time. Sums are integers and the
 * cell uses single IEEE operations in one order, so every kernel gives the same bits. States and
 * inputs are stored as round(63 v) + 64, so 0 is exact; weights as -127..127 with a scale for each
 * output. */
#ifndef LANG_KERNEL_KERNEL_H
#define LANG_KERNEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KERNEL_BLOCK = 16, KERNEL_ZERO = 64, KERNEL_STATE = 63, KERNEL_FIXED = 512 };
/* 127 times the absolute weights of a 16-bit lane (the even or the odd pair of each of the four
 * quads in 16 inputs), added up, must stay below 2^15. */
enum { KERNEL_GROUP = 16, KERNEL_LANE = 258, KERNEL_MOST_OUT = 6 * 256 };

/* Weights [out / 16][in / 4][16][4]; `in` is a multiple of 4, `out` of 64. Outputs from `used` on
 * (a multiple of 16) are padding: their sums may be left unset. */
struct kernel_matrix {
    const int8_t *weights;
    const int32_t *zero; /* what the sums start from: -64 times the weights of each output */
    const float *scale;  /* of each output */
    uint32_t in, out, used;
};

/* One step for some rows. Gates in the order f (forget), o (output), z (new), `units` of each; what
 * f and o ask for comes halved, for a logistic is (1 + tanh(x / 2)) / 2.
 * c = f c + (1 - f) z, which stays within -1..1; the new state is o c. */
struct kernel_step {
    const int32_t *sums;         /* [rows][stride]: products of the state before */
    size_t stride;               /* of the sums: the recurrent matrix' `out` */
    const float *scale;          /* [3 units] of the sums */
    const int16_t *const *input; /* [rows]: [3 units] of projected input, in 1/512 */
    const int16_t *const *flag;  /* [rows] or NULL: the same, added */
    float *cell;                 /* [rows][units], in and out */
    uint8_t *const *state;       /* [rows]: where the new states go */
    uint32_t rows, units;        /* units: a multiple of 16 */
};

/* The vectors of a sentence's tokens as two of its places see them (stance/net.c). */
struct kernel_pair {
    const float *vectors;          /* [tokens][width] */
    const float *const *shifts[3]; /* [tokens] rows of width, added to each token's vector */
    const float *attention;        /* [width] */
    size_t tokens, width;          /* width: a multiple of 16 */
    float *shifted;                /* out, [tokens][width]: the sums, cut at zero */
    float *most;                   /* out, [width]: the largest of all tokens */
    float *weight;                 /* out, [tokens]: products with the attention */
};

struct kernel {
    const char *name;
    /* sums[row][out] = zero + weights x[row]; x rows are `stride` bytes apart. */
    void (*multiply)(const struct kernel_matrix *m, const uint8_t *x, size_t stride, size_t rows,
                     int32_t *sums);
    void (*step)(const struct kernel_step *s);
    /* out = sums * scale + bias, in 1/512, saturated; n is a multiple of 16. */
    void (*project)(const int32_t *sums, const float *scale, const float *bias, size_t n,
                    int16_t *out);
    /* out = tanh(sums * scale + bias), as a state; n is a multiple of 16. */
    void (*squash)(const int32_t *sums, const float *scale, const float *bias, size_t n,
                   uint8_t *out);
    void (*shift)(const struct kernel_pair *p);
    /* out[width] = the sum of rows[n][width], weighted; width is a multiple of 16. */
    void (*blend)(const float *rows, const float *weight, size_t n, size_t width, float *out);
    /* y[out] = max(0, x[in] weights[in][out] + bias[out]); out is a multiple of 16. */
    void (*dense)(const float *x, size_t in, const float *weights, const float *bias, size_t out,
                  float *y);
};

/* The fastest kernel this processor runs. */
const struct kernel *kernel_best(void);
/* All that were built and run here, NULL at the end: for tests. */
const struct kernel *const *kernel_all(void);

extern const struct kernel kernel_portable;
#ifdef KERNEL_X86
extern const struct kernel kernel_avx2, kernel_avx512;
#endif

#endif
