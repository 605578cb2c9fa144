/* May two groups of statements become one saying?
 *
 * One likely pair is not enough: a group that grows from neighbour to neighbour takes in sentences
 * of other acts. A logistic regression (enum merge_feature, words/merge.txt) weighs the pair beside
 * what all the others say: how likely they are on the whole and at the least, and whether a group
 * that would be joined stands in articles whose share of the saying is found already, and how far
 * from it. Learnt on merges of annotated stories (tests/bench/joins.py --merges). */
#include "compare/join/join.h"

#include <math.h>

/* What two unlike statements of one article say for their groups: two points of one speech. */
#define BESIDE 0.41
/* Of two that nobody compares, and where there is nothing to be compared. */
#define UNRELATED 0.02
#define UNKNOWN 0.4

/* Likelihoods: their sum, number and least. */
struct sum {
    double of, least;
    size_t n;
};

/* What the pairs of two groups say. */
struct weighed {
    struct sum across, all, alone;
    double twin, beside;
    uint32_t gap; /* sentences; UINT32_MAX: none in one article */
};

static void add(struct sum *s, double x)
{
    s->least = s->n++ ? fmin(s->least, x) : x;
    s->of += x;
}

static double logit(double p)
{
    double odds = log(fmax(1e-3, p) / fmax(1e-3, 1 - p));
    return fmax(-4, fmin(4, odds)) / 4;
}

static double logit_of_mean(const struct sum *s)
{
    return logit(s->n ? s->of / (double)s->n : UNKNOWN);
}

struct match join_match(const struct work *w, const struct join_pairs *pairs, uint32_t x,
                        uint32_t y)
{
    uint32_t low = x < y ? x : y, high = x < y ? y : x;
    uint32_t at = join_pairs_get(pairs, low, high);
    if (at == NEVER_PAIR)
        return (struct match){.never = true, .unlike = true, .rule = "none"};
    return at ? join_pair_at(pairs, at - 1)->match
              : saying_match(w, &w->sayings[low], &w->sayings[high]);
}

static uint32_t apart(const struct work *w, const struct saying *p, const struct saying *q)
{
    uint32_t a = sentence_of(w, p, false), b = sentence_of(w, q, false);
    return a > b ? a - b : b - a;
}

/* Two of different articles. */
static void weigh_across(struct weighed *g, const struct match *m)
{
    double score = m->never ? UNRELATED : m->score;
    add(&g->across, score);
    add(&g->all, score);
    add(&g->alone, m->never ? UNRELATED : (double)m->alone);
    g->beside = fmax(g->beside, (double)m->beside);
}

/* Two of one article: unlike ones say nothing, for one act is reported in many sentences. */
static void weigh_within(struct weighed *g, const struct match *m, uint32_t gap)
{
    g->twin = fmax(g->twin, m->never ? UNRELATED : (double)m->alone);
    g->gap = gap < g->gap ? gap : g->gap;
    if (m->unlike)
        add(&g->all, BESIDE);
}

/* False if the two can't be one. */
static bool weigh(const struct merge *m, uint32_t x, uint32_t y, struct weighed *g)
{
    const struct saying *p = &m->w->sayings[x], *q = &m->w->sayings[y];
    struct match match = join_match(m->w, m->pairs, x, y);
    enum kinship kin = saying_kinship(p, q);
    bool two_known = p->speaker.n && q->speaker.n && kin == KIN_NONE; /* whom a third would join */
    if (match.never && (kin == KIN_SAME || two_known))
        return false;
    if (p->article != q->article)
        weigh_across(g, &match);
    else
        weigh_within(g, &match, apart(m->w, p, q));
    return true;
}

static void fill_best(const struct merge *m, double *f)
{
    const struct saying *p = &m->w->sayings[m->best->a], *q = &m->w->sayings[m->best->b];
    enum kinship kin = saying_kinship(p, q);
    f[MERGE_BEST] = logit(m->best->match.score);
    f[MERGE_BEST_ALONE] = logit((double)m->best->match.alone);
    f[MERGE_UNLIKE] = m->best->match.unlike;
    f[MERGE_QUOTED] = m->best->match.quoted;
    f[MERGE_WITHIN] = p->article == q->article;
    f[MERGE_OTHERS] = kin == KIN_NONE;
    f[MERGE_ACTS_FOR] = kin == KIN_ACTS_FOR;
}

/* What the members are by themselves. */
struct members {
    double siblings, document, n_quoted;
};

static void look_at(const struct work *w, const uint32_t *members, size_t n, struct members *of)
{
    for (size_t i = 0; i < n; i++) {
        const struct saying *s = &w->sayings[members[i]];
        of->siblings = fmax(of->siblings, s->siblings);
        of->document = of->document > 0 || channel_is_document(w, s->channel);
        of->n_quoted += s->n_quoted > 0;
    }
}

/* Share of the smaller group's members in articles that the larger one has. */
static double shared_articles(const struct merge *m)
{
    bool a_is_small = m->size_a <= m->size_b;
    const uint32_t *small = a_is_small ? m->a : m->b, *large = a_is_small ? m->b : m->a;
    size_t n_small = a_is_small ? m->n_a : m->n_b, n_large = a_is_small ? m->n_b : m->n_a, n = 0;
    for (size_t i = 0; i < n_small; i++) {
        bool found = false;
        for (size_t k = 0; k < n_large && !found; k++)
            found = m->w->sayings[small[i]].article == m->w->sayings[large[k]].article;
        n += found;
    }
    return (double)n / (double)n_small;
}

static void fill_groups(const struct merge *m, double *f)
{
    struct members a = {0, 0, 0}, b = {0, 0, 0};
    look_at(m->w, m->a, m->n_a, &a);
    look_at(m->w, m->b, m->n_b, &b);
    f[MERGE_SINGLE] = m->size_a == 1 && m->size_b == 1;
    f[MERGE_SIZE] = log(fmax(m->size_a, m->size_b));
    f[MERGE_SHARED] = shared_articles(m);
    f[MERGE_SIBLINGS] = log1p(fmax(a.siblings, b.siblings)) / 3;
    f[MERGE_DOCUMENT] = a.document > 0 || b.document > 0;
    f[MERGE_BOTH_QUOTE] = f[MERGE_NO_GAP] == 0 && a.n_quoted > 0 && b.n_quoted > 0;
    f[MERGE_QUOTES] = (a.n_quoted + b.n_quoted) / (double)(m->n_a + m->n_b);
}

bool merge_features(const struct merge *m, double f[MERGE_COUNT], double *mean)
{
    struct weighed g = {.gap = UINT32_MAX};
    for (size_t i = 0; i < m->n_a; i++)
        for (size_t k = 0; k < m->n_b; k++)
            if (!weigh(m, m->a[i], m->b[k], &g))
                return false;
    *mean = g.all.n ? g.all.of / (double)g.all.n : 1;
    f[MERGE_BIAS] = 1;
    f[MERGE_MEAN] = logit_of_mean(&g.across);
    f[MERGE_LEAST] = logit(g.across.n ? g.across.least : UNKNOWN);
    f[MERGE_MEAN_ALL] = logit_of_mean(&g.all);
    f[MERGE_ALONE] = logit_of_mean(&g.alone);
    f[MERGE_TWIN] = g.twin;
    f[MERGE_ANYWHERE] = g.beside;
    f[MERGE_NO_GAP] = g.gap == UINT32_MAX;
    f[MERGE_GAP] = g.gap == UINT32_MAX ? 0 : log1p(g.gap) / 3;
    fill_best(m, f);
    fill_groups(m, f);
    return true;
}

double merge_likelihood(const struct work *w, const double f[MERGE_COUNT])
{
    double sum = 0;
    for (size_t i = 0; i < MERGE_COUNT; i++)
        sum += w->lex.merge[i] * f[i];
    return 1 / (1 + exp(-sum));
}
