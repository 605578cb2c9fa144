/* The conditional random field over the labels of a window: best sequence and marginals. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lang/net/reader_model.h"

enum { K = LABEL_COUNT };

static bool begins(size_t label)
{
    return label % 2 == 1;
}

static float score_of(const float *scores, size_t t, size_t k, float bonus)
{
    return scores[t * K + k] + (begins(k) ? bonus : 0.0f);
}

void reader_decode(const struct reader_model *m, const float *scores, size_t n, float bonus,
                   uint8_t *labels)
{
    uint8_t back[MOST_WINDOW][K];
    float now[K], next[K];
    for (size_t k = 0; k < K; k++)
        now[k] = m->begin[k] + score_of(scores, 0, k, bonus);
    for (size_t t = 1; t < n; t++) {
        for (size_t k = 0; k < K; k++) {
            size_t best = 0;
            for (size_t j = 1; j < K; j++)
                if (now[j] + m->follow[j * K + k] > now[best] + m->follow[best * K + k])
                    best = j;
            back[t][k] = (uint8_t)best;
            next[k] = now[best] + m->follow[best * K + k] + score_of(scores, t, k, bonus);
        }
        memcpy(now, next, sizeof now);
    }
    size_t best = 0;
    for (size_t k = 1; k < K; k++)
        if (now[k] > now[best])
            best = k;
    for (size_t t = n; t-- > 0;) {
        labels[t] = (uint8_t)best;
        if (t)
            best = back[t][best];
    }
}

/* e to the power of x, for x not above 0: the same bits on every processor, good to 1e-6. */
static float power(float x)
{
    if (!(x > -80.0f))
        return 0.0f;
    float z = x * 1.44269504f, whole = floorf(z), f = (z - whole) * 0.693147181f;
    float p = 1.0f + f * (1.0f + f * (0.5f + f * (0.166666667f +
                                                  f * (0.0416666667f + f * (0.00833333333f +
                                                                            f * 0.00138888889f)))));
    uint32_t bits = (uint32_t)((int32_t)whole + 127) << 23;
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}

static void scale_row(float *v)
{
    float sum = 0;
    for (size_t k = 0; k < K; k++)
        sum += v[k];
    for (size_t k = 0; k < K; k++)
        v[k] = v[k] / (sum > 0 ? sum : 1.0f);
}

static void emissions(const float *scores, float *out)
{
    float top = scores[0];
    for (size_t k = 1; k < K; k++)
        top = scores[k] > top ? scores[k] : top;
    for (size_t k = 0; k < K; k++)
        out[k] = power(scores[k] - top);
}

void reader_marginals(const struct reader_model *m, const float *scores, size_t n, float *marginals)
{
    float follow[K * K], emit[MOST_WINDOW][K], back[K];
    for (size_t i = 0; i < K * K; i++)
        follow[i] = power(m->follow[i] - 8.0f); /* transitions may be above 0; a common factor */
    for (size_t t = 0; t < n; t++) {
        emissions(scores + t * K, emit[t]);
        float *now = marginals + t * K;
        const float *last = t ? now - K : NULL;
        for (size_t k = 0; k < K; k++) {
            float in = last ? 0.0f : power(m->begin[k] - 8.0f);
            for (size_t j = 0; last && j < K; j++)
                in += last[j] * follow[j * K + k];
            now[k] = in * emit[t][k];
        }
        scale_row(now);
    }
    for (size_t k = 0; k < K; k++)
        back[k] = 1.0f;
    for (size_t t = n; t-- > 0;) {
        float *now = marginals + t * K, before[K] = {0};
        for (size_t j = 0; j < K; j++)
            for (size_t k = 0; k < K; k++)
                before[j] += follow[j * K + k] * emit[t][k] * back[k];
        for (size_t k = 0; k < K; k++)
            now[k] *= back[k];
        scale_row(now);
        memcpy(back, before, sizeof back);
        scale_row(back);
    }
}
