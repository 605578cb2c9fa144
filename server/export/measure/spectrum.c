/* Networks as matrices, and their spectra: Householder's reduction to three diagonals, of which the
 * eigenvalues are found by bisection (Sturm's count of those below a number). */
#include "export/measure/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool measure_network(struct export_job *job, const struct measure_wish *wish, struct network *net,
                     struct err *err)
{
    struct export_job own = *job;
    own.settings[EXPORT_MODE] = S("one");
    if (wish->qualifier.n)
        own.settings[EXPORT_QUALIFIER] = wish->qualifier;
    if (!network_make(&own, net, err))
        return false;
    return net->n_rows <= wish->most ||
           fail(err, ERR_TOO_LARGE, "%zu nodes are more than the %zu that this is computed for",
                net->n_rows, wish->most);
}

double *measure_matrix(const struct network *net, struct arena *a)
{
    size_t n = net->n_rows;
    double *m = arena_array(a, n * n + 1, sizeof *m);
    for (size_t i = 0; i < net->n_edges; i++) {
        const struct network_edge *e = &net->edges[i];
        m[e->from * n + e->to] = m[e->to * n + e->from] = e->weight > 0 ? e->weight : 0;
    }
    return m;
}

/* Row sums minus weights; only the row sums where that is asked for. */
static void make_laplacian(double *m, size_t n, bool degrees)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t k = 0; k < n; k++) {
            sum += m[i * n + k];
            m[i * n + k] = degrees ? 0 : -m[i * n + k];
        }
        m[i * n + i] = sum;
    }
}

/* One step: the row `k` below the subdiagonal becomes 0; v and p are room for n numbers each. */
static void reflect(double *m, size_t n, size_t k, double *v)
{
    double norm = 0, *p = v + n, dot = 0, length = 0;
    for (size_t i = k + 1; i < n; i++)
        norm += m[i * n + k] * m[i * n + k];
    double rest = norm - m[(k + 1) * n + k] * m[(k + 1) * n + k];
    if (rest <= 0)
        return;
    norm = sqrt(norm);
    for (size_t i = k + 1; i < n; i++)
        v[i] = m[i * n + k];
    v[k + 1] += v[k + 1] < 0 ? -norm : norm;
    for (size_t i = k + 1; i < n; i++)
        length += v[i] * v[i];
    for (size_t i = k; i < n; i++) {
        p[i] = 0;
        for (size_t j = k + 1; j < n; j++)
            p[i] += m[i * n + j] * v[j];
        p[i] *= 2 / length;
    }
    for (size_t i = k + 1; i < n; i++)
        dot += p[i] * v[i];
    v[k] = 0;
    for (size_t i = k; i < n; i++)
        p[i] -= dot / length * v[i];
    for (size_t i = k; i < n; i++)
        for (size_t j = k; j < n; j++)
            m[i * n + j] -= v[i] * p[j] + p[i] * v[j];
}

/* How many eigenvalues of the three diagonals are below x; `beside` holds squares. */
static size_t count_below(const double *diagonal, const double *beside, size_t n, double x)
{
    size_t below = 0;
    double q = 1;
    for (size_t i = 0; i < n; i++) {
        double before = i ? beside[i - 1] / (fabs(q) < 1e-300 ? 1e-300 : q) : 0;
        q = diagonal[i] - x - before;
        below += q < 0;
    }
    return below;
}

/* The i-th smallest, between low and high. */
static double find(const double *diagonal, const double *beside, size_t n, size_t i)
{
    double low = 0, high = 0;
    for (size_t k = 0; k < n; k++) {
        double reach = (k ? sqrt(beside[k - 1]) : 0) + (k + 1 < n ? sqrt(beside[k]) : 0);
        low = fmin(low, diagonal[k] - reach);
        high = fmax(high, diagonal[k] + reach);
    }
    for (int turn = 0; turn < 70; turn++) {
        double mid = low + (high - low) / 2;
        if (count_below(diagonal, beside, n, mid) > i)
            high = mid;
        else
            low = mid;
    }
    return low + (high - low) / 2;
}

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x > y ? -1 : x < y;
}

void measure_spectrum(double *m, size_t n, bool degrees, double *out)
{
    struct arena a = {0};
    double *room = arena_array(&a, 2 * n + 2, sizeof *room), *diagonal = room, *beside = room + n;
    double sum = 0;
    make_laplacian(m, n, degrees);
    for (size_t k = 0; !degrees && k + 2 < n; k++)
        reflect(m, n, k, room);
    for (size_t i = 0; i < n; i++) {
        diagonal[i] = m[i * n + i];
        beside[i] = i + 1 < n ? m[(i + 1) * n + i] * m[(i + 1) * n + i] : 0;
    }
    for (size_t i = 0; i < n; i++)
        sum += out[i] = degrees ? diagonal[i] : find(diagonal, beside, n, i);
    if (n)
        qsort(out, n, sizeof *out, falling);
    for (size_t i = 0; sum > 0 && i < n; i++)
        out[i] /= sum;
    arena_finish(&a);
}
