/* Integer arithmetic of the reader's network: products of 7-bit states with 8-bit weights, and the
 * cell of an LSTM.
 *
 * One table of functions for each instruction set, chosen at run time. Sums are integers and the
 * cell uses single IEEE operations in one order, so every kernel gives the same bits. States and
 * inputs are stored as round(63 v) + 64, so 0 is exact; weights as -127..127 with a scale for each
 * output. */
#ifndef LANG_KERNEL_H
#define LANG_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KERNEL_BLOCK = 16, KERNEL_ZERO = 64, KERNEL_STATE = 63, KERNEL_FIXED = 512 };

/* Weights [out / 16][in / 4][16][4]; `in` is a multiple of 4, `out` of 64. */
struct kernel_matrix {
    const int8_t *weights;
    const int32_t *zero; /* what the sums start from: -64 times the weights of each output */
    const float *scale;  /* of each output */
    uint32_t in, out;
};

/* One step of an LSTM for some rows. Gates in the order i, f, o, g, `units` of each. */
struct kernel_step {
    const int32_t *sums;         /* [rows][4 units]: products of the state before */
    const float *scale;          /* [4 units] of the sums */
    const int16_t *const *input; /* [rows]: [4 units] of projected input, in 1/512 */
    const int16_t *const *flag;  /* [rows] or NULL: the same, added */
    float *cell;                 /* [rows][units], in and out */
    uint8_t *const *state;       /* [rows]: where the new states go */
    uint32_t rows, units;
};

struct kernel {
    const char *name;
    /* sums[row][out] = zero + weights x[row]; x rows are `stride` bytes apart. */
    void (*multiply)(const struct kernel_matrix *m, const uint8_t *x, size_t stride, size_t rows,
                     int32_t *sums);
    void (*step)(const struct kernel_step *s);
    /* out = sums * scale + bias, in 1/512, saturated. */
    void (*project)(const int32_t *sums, const float *scale, const float *bias, size_t n,
                    int16_t *out);
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
