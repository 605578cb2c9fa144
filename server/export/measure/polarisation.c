/* How polarised a network is, as JSON: the score, what it is made of, and who stands with whom. */
#include "export/measure/measure.h"

#include <math.h>

enum { MOST_NODES = 2000, STARTS = 50, MOST_CLUSTERS = 9 };

struct parting {
    size_t n, k;
    const double
        *b;       /* n x n: what it is worth that two are in one cluster; the score is their sum */
    double *with; /* n x k: the worth of a node's being with all of a cluster */
    unsigned char *cluster, *best;
    double score, best_score;
};

/* Adds what one network makes it worth: sign / 2 of (weight - what chance would give) / total. */
static void add_worth(double *b, const double *m, size_t n, double sign)
{
    struct arena a = {0};
    double *sums = arena_array(&a, n + 1, sizeof *sums), total = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++)
            sums[i] += m[i * n + k];
        total += sums[i];
    }
    for (size_t i = 0; total > 0 && i < n; i++)
        for (size_t k = 0; k < n; k++)
            b[i * n + k] += sign / 2 * (m[i * n + k] - sums[i] * sums[k] / total) / total;
    arena_finish(&a);
}

static double modularity(const double *m, const struct parting *p)
{
    struct arena a = {0};
    double *b = arena_array(&a, p->n * p->n + 1, sizeof *b), sum = 0;
    add_worth(b, m, p->n, 2);
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < p->n; k++)
            sum += p->best[i] == p->best[k] ? b[i * p->n + k] : 0;
    arena_finish(&a);
    return sum;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* Equal sizes, in an order by lot that is the same each time. */
static void deal(struct parting *p, uint64_t *lot)
{
    for (size_t i = 0; i < p->n; i++)
        p->cluster[i] = (unsigned char)(i % p->k);
    for (size_t i = p->n; i > 1; i--) {
        size_t other = next_random(lot) % i;
        unsigned char kept = p->cluster[i - 1];
        p->cluster[i - 1] = p->cluster[other];
        p->cluster[other] = kept;
    }
    p->score = 0;
    for (size_t i = 0; i < p->n; i++) {
        for (size_t c = 0; c < p->k; c++)
            p->with[i * p->k + c] = 0;
        for (size_t m = 0; m < p->n; m++)
            p->with[i * p->k + p->cluster[m]] += p->b[i * p->n + m];
        p->score += p->with[i * p->k + p->cluster[i]];
    }
}

/* What the score gains when two of different clusters change places. */
static double gain(const struct parting *p, size_t i, size_t j)
{
    const double *x = &p->with[i * p->k], *y = &p->with[j * p->k];
    unsigned char at = p->cluster[i], to = p->cluster[j];
    return 2 * (x[to] - x[at] + y[at] - y[to] + p->b[i * p->n + i] + p->b[j * p->n + j] -
                2 * p->b[i * p->n + j]);
}

static void exchange(struct parting *p, size_t i, size_t j)
{
    unsigned char at = p->cluster[i], to = p->cluster[j];
    p->score += gain(p, i, j);
    p->cluster[i] = to;
    p->cluster[j] = at;
    for (size_t m = 0; m < p->n; m++) {
        double change = p->b[m * p->n + j] - p->b[m * p->n + i];
        p->with[m * p->k + at] += change;
        p->with[m * p->k + to] -= change;
    }
}

static bool improve(struct parting *p)
{
    bool any = false;
    for (size_t i = 0; i < p->n; i++)
        for (size_t j = i + 1; j < p->n; j++)
            if (p->cluster[i] != p->cluster[j] && gain(p, i, j) > 1e-12) {
                exchange(p, i, j);
                any = true;
            }
    return any;
}

static void search(struct parting *p)
{
    uint64_t lot = 20250401;
    p->best_score = -INFINITY;
    for (int start = 0; start < STARTS; start++) {
        deal(p, &lot);
        for (int turn = 0; turn < 1000 && improve(p);)
            turn++;
        if (p->score <= p->best_score + 1e-12)
            continue;
        p->best_score = p->score;
        for (size_t i = 0; i < p->n; i++)
            p->best[i] = p->cluster[i];
    }
}

/* Clusters are numbered by their first members. */
static void write_members(struct json *j, const struct network *net, const struct parting *p)
{
    int number[MOST_CLUSTERS] = {0}, given = 0;
    json_key(j, "members");
    json_array(j);
    for (size_t i = 0; i < p->n; i++) {
        int *mine = &number[p->best[i]];
        *mine = *mine ? *mine : ++given;
        json_object(j);
        json_field_str(j, "id", net->rows[i].key);
        json_field_str(j, "label", net->rows[i].label);
        json_field_int(j, "cluster", *mine);
        json_end_object(j);
    }
    json_end_array(j);
}

static void field_number(struct json *j, const char *key, double value)
{
    struct buf number = {0};
    json_key(j, key);
    network_number(&number, value);
    json_raw(j, buf_str(&number));
    buf_finish(&number);
}

static void write_parting(struct export_job *job, const struct network *net, const double *like,
                          const double *unlike)
{
    struct arena a = {0};
    double *b = arena_array(&a, net->n_rows * net->n_rows + 1, sizeof *b);
    struct parting p = {.n = net->n_rows, .b = b};
    p.k = (size_t)(export_get(job, EXPORT_CLUSTERS).p[0] - '0');
    p.with = arena_array(&a, p.n * p.k + 1, sizeof *p.with);
    p.cluster = arena_array(&a, p.n + 1, sizeof *p.cluster);
    p.best = arena_array(&a, p.n + 1, sizeof *p.best);
    add_worth(b, like, p.n, 1);
    add_worth(b, unlike, p.n, -1);
    search(&p);
    struct json json = json_begin(job->out), *j = &json;
    json_object(j);
    field_number(j, "polarisation", p.n ? p.best_score : 0);
    field_number(j, "congruence_modularity", modularity(like, &p));
    field_number(j, "conflict_modularity", modularity(unlike, &p));
    json_field_int(j, "clusters", (int64_t)p.k);
    json_field_int(j, "ties", (int64_t)net->n_ties);
    write_members(j, net, &p);
    json_end_object(j);
    arena_finish(&a);
}

bool export_polarisation(struct export_job *job, struct err *err)
{
    struct network like = {0}, unlike = {0};
    struct arena a = {0};
    struct measure_wish wishes[] = {{S("congruence"), MOST_NODES}, {S("conflict"), MOST_NODES}};
    bool ok = measure_network(job, &wishes[0], &like, err) &&
              measure_network(job, &wishes[1], &unlike, err);
    if (ok)
        write_parting(job, &like, measure_matrix(&like, &a), measure_matrix(&unlike, &a));
    network_finish(&like);
    network_finish(&unlike);
    arena_finish(&a);
    return ok;
}
