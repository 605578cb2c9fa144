/* Statements into utterances: pairs by likeness, best first, merged where the two groups agree as a
 * whole (merge.c). A person's verdicts come before all of it. */
#include "compare/join/join.h"

#include <stdlib.h>

/* Pairs from this likelihood on can bring their groups together. */
#define JOIN_CANDIDATE 0.45
/* By itself a pair is likely enough from these on: of different articles, of one, hardly a word in
 * common (two points of one speech are two sayings unless nearly everything around them is the
 * same), nobody knows that both have one speaker. So is the mean of all that the two groups say. */
#define PAIR_ACROSS 0.46
#define PAIR_WITHIN 0.6
#define PAIR_UNLIKE 0.56
#define PAIR_OTHERS 0.6
#define MEAN_SAME 0.4
#define MEAN_OTHERS 0.7
/* Then the groups need to be one as likely as this (merge.c): two statements that both quote, two
 * statements, groups, told in like words by speakers who are not known to be one. From the last one
 * on they are, whatever the pair. */
#define MERGE_QUOTATIONS 0.44
#define MERGE_PAIR 0.66
#define MERGE_GROUPS 0.70
#define MERGE_OTHERS 0.80
#define MERGE_RETOLD 0.52
#define MEAN_RETOLD 0.45
#define MERGE_ANYWAY 0.82
#define SURELY 0.95

struct joining {
    struct work *w;
    struct arena arena;      /* of all but the joins */
    struct join_pairs all;   /* as they were judged */
    struct join_pair *pairs; /* those that are likely enough, best first */
    size_t n_pairs;
    struct joins *to;
    struct map split;                                        /* pairs a person parted */
    bool *kept;                                              /* by saying: joined for good */
    void (*weighed)(const struct merge *m, const double *f); /* or NULL */
};

static uint64_t pair_key(int64_t a, int64_t b)
{
    int64_t low = a < b ? a : b, high = a < b ? b : a;
    return str_hash((struct str){(const char *)(int64_t[]){low, high}, 2 * sizeof low});
}

static uint32_t root(const struct joining *j, uint32_t i)
{
    uint32_t *parent = j->to->parent;
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static void unite(struct joining *j, uint32_t a, uint32_t b, const char *rule)
{
    struct joins *to = j->to;
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    to->parent[high] = low;
    to->next[to->last[low]] = high;
    to->last[low] = to->last[high];
    to->size[low] += to->size[high];
    if (!to->rule[low])
        to->rule[low] = to->rule[high] ? to->rule[high] : rule;
}

/* "confirmed the talks were off, saying: “…”": the quotation completes the sentence before it. */
static bool continues(const struct work *w, const struct saying *a, const struct saying *b)
{
    if (a->article != b->article || saying_kinship(a, b) != KIN_SAME || !a->n_terms ||
        !b->n_terms || b->st->kind != STATEMENT_DIRECT || a->st->kind == STATEMENT_DIRECT)
        return false;
    const struct text *t = &w->texts[a->article];
    const struct term *end = &t->terms[a->terms[a->n_terms - 1]], *begin = &t->terms[b->terms[0]];
    if (end->sentence != begin->sentence || begin->at.start < end->at.end || !b->st->cue.n)
        return false;
    struct term_range cue = text_range(t, b->st->cue.v[0]);
    return cue.end > cue.first && begin->at.start - end->at.end < 40 &&
           t->terms[cue.first].at.start >= end->at.end &&
           (t->terms[cue.first].word == str_hash(S("saying")) ||
            t->terms[cue.first].word == str_hash(S("telling")));
}

static int best_first(const void *a, const void *b)
{
    const struct join_pair *x = a, *y = b;
    if (x->match.score != y->match.score)
        return x->match.score < y->match.score ? 1 : -1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static bool parted(const struct joining *j, uint32_t a, uint32_t b)
{
    return j->split.n && map_get(&j->split, pair_key(j->w->sayings[a].id, j->w->sayings[b].id), 0);
}

static size_t first_members(const struct joining *j, uint32_t group, uint32_t *to)
{
    size_t n = 0;
    for (uint32_t i = group; i != UINT32_MAX && n < MOST_COMPARED; i = j->to->next[i])
        to[n++] = i;
    return n;
}

static bool any_parted(const struct joining *j, const struct merge *m)
{
    for (size_t i = 0; j->split.n && i < m->n_a; i++)
        for (size_t k = 0; k < m->n_b; k++)
            if (parted(j, m->a[i], m->b[k]))
                return true;
    return false;
}

static double least_score(const struct saying *x, const struct saying *y, const struct match *m)
{
    if (x->article == y->article)
        return PAIR_WITHIN;
    if (m->unlike)
        return PAIR_UNLIKE;
    return saying_kinship(x, y) != KIN_SAME ? PAIR_OTHERS : PAIR_ACROSS;
}

/* Are they likely to be one, as likely as such groups must be? */
static bool is_enough(const struct joining *j, const struct merge *m, double mean, double likely)
{
    const struct saying *x = &j->w->sayings[m->best->a], *y = &j->w->sayings[m->best->b];
    bool two = m->size_a == 1 && m->size_b == 1;
    bool others = saying_kinship(x, y) == KIN_NONE && !m->best->match.quoted;
    double least = others                                 ? MERGE_OTHERS
                   : !two                                 ? MERGE_GROUPS
                   : (x->n_quoted > 0 && y->n_quoted > 0) ? MERGE_QUOTATIONS
                                                          : MERGE_PAIR;
    if (two && m->best->match.quoted_apart && m->best->match.beside < PAIR_ACROSS)
        return false;
    if (likely >= MERGE_ANYWAY ||
        (m->best->match.retold && likely >= MERGE_RETOLD && mean >= MEAN_RETOLD))
        return true;
    return m->best->match.score >= least_score(x, y, &m->best->match) && likely >= least &&
           mean >= (saying_kinship(x, y) == KIN_SAME ? MEAN_SAME : MEAN_OTHERS);
}

/* May the groups of a and b become one by this pair? */
static bool groups_agree(const struct joining *j, uint32_t a, uint32_t b,
                         const struct join_pair *best)
{
    struct merge m = {.w = j->w, .pairs = &j->all, .best = best};
    double f[MERGE_COUNT], mean;
    m.n_a = first_members(j, a, m.a);
    m.n_b = first_members(j, b, m.b);
    m.size_a = j->to->size[a];
    m.size_b = j->to->size[b];
    if (any_parted(j, &m))
        return false;
    if (best->match.continues)
        return true;
    if (!merge_features(&m, f, &mean))
        return false;
    if (j->weighed)
        j->weighed(&m, f);
    return is_enough(j, &m, mean, merge_likelihood(j->w, f));
}

static void obey_verdicts(struct joining *j)
{
    struct map at = {0};
    for (uint32_t i = 0; i < j->w->n_sayings; i++)
        *map_at(&j->arena, &at, (uint64_t)j->w->sayings[i].id) = i + 1;
    for (size_t v = 0; v < j->w->in->n_verdicts; v++) {
        const struct compare_verdict *verdict = &j->w->in->verdicts[v];
        uint32_t a = map_get(&at, (uint64_t)verdict->a, 0),
                 b = map_get(&at, (uint64_t)verdict->b, 0);
        if (!a || !b || a == b)
            continue;
        if (verdict->what == VERDICT_SPLIT)
            *map_at(&j->arena, &j->split, pair_key(verdict->a, verdict->b)) = 1;
        else if (verdict->what == VERDICT_JOIN) {
            j->kept[a - 1] = j->kept[b - 1] = true;
            if (root(j, a - 1) != root(j, b - 1))
                unite(j, root(j, a - 1), root(j, b - 1), "person");
        }
    }
}

static void make_sets(struct work *w, struct joins *to)
{
    size_t n = w->n_sayings;
    *to = (struct joins){arena_array(w->arena, n + 1, sizeof *to->parent),
                         arena_array(w->arena, n + 1, sizeof *to->next),
                         arena_array(w->arena, n + 1, sizeof *to->last),
                         arena_array(w->arena, n + 1, sizeof *to->size),
                         arena_array(w->arena, n + 1, sizeof *to->rule)};
    for (uint32_t i = 0; i < n; i++) {
        to->parent[i] = to->last[i] = i;
        to->next[i] = UINT32_MAX;
        to->size[i] = 1;
    }
}

/* The candidates that are likely enough, best first. */
static void choose_pairs(struct joining *j)
{
    struct work *w = j->w;
    size_t cap = 0;
    join_candidates(w, &j->all);
    join_acts(w, &j->all, NULL);
    for (size_t i = 0; i < j->all.n; i++) {
        struct join_pair p = *join_pair_at(&j->all, i);
        const struct saying *x = &w->sayings[p.a], *y = &w->sayings[p.b];
        if (continues(w, x, y))
            p.match = (struct match){.score = SURELY, .continues = true, .rule = "same.sentence"};
        if (p.match.never || p.match.score < JOIN_CANDIDATE)
            continue;
        j->pairs = arena_grow(&j->arena, j->pairs, j->n_pairs, &cap, sizeof *j->pairs);
        j->pairs[j->n_pairs++] = p;
    }
    if (j->n_pairs)
        qsort(j->pairs, j->n_pairs, sizeof *j->pairs, best_first);
}

void work_joins_told(struct work *w, struct joins *to,
                     void (*weighed)(const struct merge *m, const double *f))
{
    struct joining j = {.w = w, .to = to, .weighed = weighed};
    make_sets(w, to);
    j.kept = arena_array(&j.arena, w->n_sayings + 1, sizeof *j.kept);
    obey_verdicts(&j);
    choose_pairs(&j);
    for (size_t i = 0; i < j.n_pairs; i++) {
        const struct join_pair *p = &j.pairs[i];
        uint32_t a = root(&j, p->a), b = root(&j, p->b);
        if (a != b && groups_agree(&j, a, b, p)) {
            unite(&j, a, b, p->match.rule);
            if (p->match.continues) /* a whole sentence has been said */
                j.kept[p->a] = j.kept[p->b] = true;
        }
    }
    join_part_strays(w, &j.all, j.kept, to);
    join_pairs_finish(&j.all);
    arena_finish(&j.arena);
}

void work_joins(struct work *w, struct joins *to)
{
    work_joins_told(w, to, NULL);
}
