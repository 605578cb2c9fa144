/* A recurrent layer in both directions over a group of rows (windows, sentences) that go in step,
 * longest first, so that the weights of a step are read once for all of them; rows that have ended
 * are left out. The cell is kernel.h's. */
#ifndef LANG_NET_RECUR_H
#define LANG_NET_RECUR_H

#include "lang/kernel/kernel.h"

enum { RECUR_ROWS = 16, RECUR_STEPS = 160, RECUR_UNITS = 256 };

struct recur_group {
    uint32_t steps;              /* of the longest row */
    uint32_t alive[RECUR_STEPS]; /* rows that have a token at this step */
    int16_t
        *gates[RECUR_STEPS * RECUR_ROWS]; /* of both directions, 1/512; of a layer without input */
    uint8_t flags[RECUR_STEPS * RECUR_ROWS];
    int32_t sums[RECUR_ROWS * KERNEL_MOST_OUT];
    float cell[RECUR_ROWS * RECUR_UNITS];
};

/* What a layer's gates are made of, at each step as it comes: kept for a whole group they would not
 * stay in the processor's cache. */
struct recur_input {
    const struct kernel_matrix *matrix; /* into the gates of both directions */
    const float *bias;
    const uint8_t *x; /* [steps][RECUR_ROWS][matrix->in] */
};

struct recur_layer {
    const struct kernel_matrix *recur; /* [2]: forwards, backwards */
    const struct recur_input *input;   /* or NULL: the group's gates */
    const int16_t *flags;              /* [flag][6 units] added to the gates, or NULL */
    uint32_t units;                    /* of one direction */
};

/* Takes rows of these lengths, longest first. */
void recur_begin(struct recur_group *g, const uint32_t *lengths, size_t n);
/* The states of the layer: [steps][RECUR_ROWS][2 units]. gates and flags of every row's steps are
 * the caller's to fill in before. */
void recur_run(struct recur_group *g, const struct kernel *k, const struct recur_layer *layer,
               uint8_t *state);

#endif
