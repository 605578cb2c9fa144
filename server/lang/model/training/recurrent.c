/* Recurrent layers (both directions) and the CRF of the reader, forward and backward, for training.
 *
 * The cell is an LSTM whose input gate is what its forget gate leaves (Greff et al. 2017, CIFG):
 * c = f c' + (1 - f) z, which keeps c within -1..1, so that h = o c needs no squashing.
 * train.py compiles this with -O3 -march=native -ffast-math against OpenBLAS and calls it through
 * ctypes. Rows of a batch are sorted by falling length, so the rows alive at step t are a prefix.
 * Layout: [direction][time][row][unit]; gates in the order f, o, z. Inactive cells stay zero. */
#include <cblas.h>
#include <math.h>
#include <stddef.h>
#include <string.h>
#include <xmmintrin.h>

struct shape {
    int T, B, H;
    const int *alive; /* rows alive at each step */
};

static inline float tangent(float x)
{
    float e = expf(-2.0f * (x > 15.0f ? 15.0f : x < -15.0f ? -15.0f : x));
    return (1.0f - e) / (1.0f + e);
}

static void cell_forward(int n, int H, float *restrict g, const float *restrict c0,
                         float *restrict c, float *restrict h)
{
    for (int b = 0; b < n; b++) {
        float *x = g + (size_t)b * 3 * H;
        for (int k = 0; k < 2 * H; k++)
            x[k] = 0.5f + 0.5f * tangent(0.5f * x[k]);
        for (int k = 2 * H; k < 3 * H; k++)
            x[k] = tangent(x[k]);
        for (int k = 0; k < H; k++) {
            float old = c0 ? c0[(size_t)b * H + k] : 0.0f, z = x[2 * H + k];
            float v = z + x[k] * (old - z);
            c[(size_t)b * H + k] = v;
            h[(size_t)b * H + k] = x[H + k] * v;
        }
    }
}

/* gates: in, the input projections with bias; out, the activated gates. */
void layer_forward(int T, int B, int H, const int *alive, float *gates, const float *U, float *c,
                   float *h)
{
    _mm_setcsr(_mm_getcsr() | 0x8040);
    memset(c, 0, sizeof(float) * 2 * T * B * H);
    memset(h, 0, sizeof(float) * 2 * T * B * H);
    for (int d = 0; d < 2; d++)
        for (int s = 0; s < T; s++) {
            int t = d ? T - 1 - s : s, p = d ? t + 1 : t - 1, n = alive[t];
            size_t at = ((size_t)d * T + t) * B, before = ((size_t)d * T + p) * B;
            float *g = gates + at * 3 * H;
            if (s > 0)
                cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, 3 * H, H, 1,
                            h + before * H, H, U + (size_t)d * H * 3 * H, 3 * H, 1, g, 3 * H);
            cell_forward(n, H, g, s > 0 ? c + before * H : NULL, c + at * H, h + at * H);
        }
}

static void cell_backward(int n, int H, float *restrict g, const float *restrict c0,
                          const float *restrict c, const float *restrict dh, float *restrict dc)
{
    for (int b = 0; b < n; b++) {
        float *x = g + (size_t)b * 3 * H;
        for (int k = 0; k < H; k++) {
            float f = x[k], o = x[H + k], z = x[2 * H + k];
            float up = dh[(size_t)b * H + k], d = dc[(size_t)b * H + k] + up * o;
            float old = c0 ? c0[(size_t)b * H + k] : 0.0f;
            x[k] = d * (old - z) * f * (1 - f);
            x[H + k] = up * c[(size_t)b * H + k] * o * (1 - o);
            x[2 * H + k] = d * (1 - f) * (1 - z * z);
            dc[(size_t)b * H + k] = d * f;
        }
    }
}

/* gates: in, the activated gates; out, the gradient of the projections. dh is changed. dU is set.
 */
void layer_backward(int T, int B, int H, const int *alive, float *gates, const float *U,
                    const float *c, const float *h, float *dh, float *dc, float *dU)
{
    _mm_setcsr(_mm_getcsr() | 0x8040);
    for (int d = 0; d < 2; d++) {
        memset(dc, 0, sizeof(float) * B * H);
        for (int s = T - 1; s >= 0; s--) {
            int t = d ? T - 1 - s : s, p = d ? t + 1 : t - 1, n = alive[t];
            size_t at = ((size_t)d * T + t) * B, before = ((size_t)d * T + p) * B;
            float *g = gates + at * 3 * H;
            cell_backward(n, H, g, s > 0 ? c + before * H : NULL, c + at * H, dh + at * H, dc);
            memset(g + (size_t)n * 3 * H, 0, sizeof(float) * (size_t)(B - n) * 3 * H);
            if (s > 0) /* dh of the step before */
                cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, n, H, 3 * H, 1, g, 3 * H,
                            U + (size_t)d * H * 3 * H, 3 * H, 1, dh + before * H, H);
        }
        size_t base = (size_t)d * T * B, rows = (size_t)(T - 1) * B;
        size_t now = base + (d ? 0 : (size_t)B), old = base + (d ? (size_t)B : 0);
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, H, 3 * H, (int)rows, 1, h + old * H, H,
                    gates + now * 3 * H, 3 * H, 0, dU + (size_t)d * H * 3 * H, 3 * H);
    }
}

enum { MOST = 16 };

/* One row: the negative log-likelihood (0 without gold) and the gradients de [T][K] and dA, dS
 * (added to). Without gold, de is set to the marginals. With soft [T][K], emissions learn towards
 * these probabilities (gold mixed with a teacher's marginals) instead. Emissions e, transitions A
 * [from][to], starts S; step and row strides in floats. */
static double crf_row(int T, int K, const float *e, size_t stride, const float *A, const float *S,
                      const int *gold, const float *soft, float *de, float *dA, float *dS,
                      double *work)
{
    double *al = work, *be = work + (size_t)T * K, EA[MOST * MOST], z = 0;
    for (int i = 0; i < K * K; i++)
        EA[i] = exp(A[i]);
    for (int t = 0; t < T; t++) { /* scaled forward */
        double sum = 0, top = -1e30, in[MOST];
        for (int k = 0; k < K; k++)
            top = e[t * stride + k] > top ? e[t * stride + k] : top;
        for (int k = 0; k < K; k++) {
            in[k] = t ? 0 : exp(S[k]);
            for (int j = 0; t && j < K; j++)
                in[k] += al[(t - 1) * K + j] * EA[j * K + k];
            al[t * K + k] = in[k] * exp(e[t * stride + k] - top);
            sum += al[t * K + k];
        }
        for (int k = 0; k < K; k++)
            al[t * K + k] /= sum;
        z += log(sum) + top;
    }
    for (int t = T - 1; t >= 0; t--) {
        double sum = 0;
        for (int k = 0; k < K; k++) {
            double v = t == T - 1;
            for (int j = 0; t < T - 1 && j < K; j++)
                v += EA[k * K + j] * be[(t + 1) * K + j]; /* be carries the emission of its step */
            de[t * stride + k] = (float)(al[t * K + k] * v);
            sum += al[t * K + k] * v;
            be[t * K + k] = v;
        }
        for (int k = 0; k < K; k++)
            de[t * stride + k] /= (float)sum;
        double top = -1e30, s = 0;
        for (int k = 0; k < K; k++)
            top = e[t * stride + k] > top ? e[t * stride + k] : top;
        if (t && dA) { /* pair marginals of t-1, t */
            double pair[MOST * MOST], all = 0;
            for (int j = 0; j < K; j++)
                for (int k = 0; k < K; k++) {
                    pair[j * K + k] = al[(t - 1) * K + j] * EA[j * K + k] *
                                      exp(e[t * stride + k] - top) * be[t * K + k];
                    all += pair[j * K + k];
                }
            for (int i = 0; i < K * K; i++)
                dA[i] += (float)(pair[i] / all);
        }
        for (int k = 0; k < K; k++) {
            be[t * K + k] *= exp(e[t * stride + k] - top);
            s += be[t * K + k];
        }
        for (int k = 0; k < K; k++)
            be[t * K + k] /= s;
    }
    if (!gold)
        return 0;
    for (int k = 0; k < K; k++)
        dS[k] += de[k];
    double score = S[gold[0]];
    dS[gold[0]] -= 1;
    for (int t = 0; t < T; t++) {
        score += e[t * stride + gold[t]];
        if (soft)
            for (int k = 0; k < K; k++)
                de[t * stride + k] -= soft[t * stride + k];
        else
            de[t * stride + gold[t]] -= 1;
        if (t) {
            score += A[gold[t - 1] * K + gold[t]];
            dA[gold[t - 1] * K + gold[t]] -= 1;
        }
    }
    return z - score;
}

/* e, de: [T][B][K]; gold [B][T] or NULL for marginals. Returns the summed loss. */
double crf(int T, int B, int K, const int *length, const float *e, const float *A, const float *S,
           const int *gold, const float *soft, float *de, float *dA, float *dS, double *work)
{
    double loss = 0;
    for (int b = 0; b < B; b++)
        loss += crf_row(length[b], K, e + (size_t)b * K, (size_t)B * K, A, S,
                        gold ? gold + (size_t)b * T : NULL, soft ? soft + (size_t)b * K : NULL,
                        de + (size_t)b * K, dA, dS, work);
    return loss;
}
