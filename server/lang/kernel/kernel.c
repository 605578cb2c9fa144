/* The portable kernel, and the choice among those built. */
#include "lang/kernel/kernel.h"

#include <string.h>

#include "lang/kernel/cell.h"
#define KERNEL_VECTOR 16
#include "lang/kernel/pair.h"

static void multiply(const struct kernel_matrix *m, const uint8_t *x, size_t stride, size_t rows,
                     int32_t *sums)
{
    size_t quads = m->in / 4;
    for (size_t r = 0; r < rows; r++) {
        const uint8_t *row = x + r * stride;
        int32_t *out = sums + r * m->out;
        const int8_t *w = m->weights;
        for (size_t b = 0; b < m->used; b += KERNEL_BLOCK) {
            int32_t acc[KERNEL_BLOCK];
            memcpy(acc, m->zero + b, sizeof acc);
            for (size_t q = 0; q < quads; q++, w += 4 * KERNEL_BLOCK) {
                int32_t a = row[4 * q], c = row[4 * q + 1], d = row[4 * q + 2], e = row[4 * q + 3];
                for (size_t j = 0; j < KERNEL_BLOCK; j++)
                    acc[j] += a * w[4 * j] + c * w[4 * j + 1] + d * w[4 * j + 2] + e * w[4 * j + 3];
            }
            memcpy(out + b, acc, sizeof acc);
        }
    }
}

const struct kernel kernel_portable = {"portable", multiply,   step_rows,  project_row,
                                       squash_row, pair_shift, pair_blend, pair_dense};

const struct kernel *const *kernel_all(void)
{
#ifdef KERNEL_X86
    static const struct kernel *const sets[][4] = {
        {&kernel_portable, NULL},
        {&kernel_portable, &kernel_avx2, NULL},
        {&kernel_portable, &kernel_avx2, &kernel_avx512, NULL},
    };
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2"))
        return sets[0];
    bool wide = __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
                __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    return sets[1 + wide];
#else
    static const struct kernel *const set[] = {&kernel_portable, NULL};
    return set;
#endif
}

const struct kernel *kernel_best(void)
{
    const struct kernel *const *all = kernel_all(), *best = *all;
    while (*all)
        best = *all++;
    return best;
}
