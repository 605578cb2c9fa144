/* Statements into utterances: pairs by likeness, best first, merged while the two groups agree
 * as a whole. A person's verdicts come before all of it. */
#include "compare/saying/join.h"

#include <stdlib.h>

/* From this likelihood on two statements of different articles (of one article) are one saying. */
#define JOIN_ACROSS 0.5
#define JOIN_WITHIN 0.6
/* The same for two that have hardly a word in common: two points of one speech are two sayings
 * unless nearly everything around them is the same. */
#define JOIN_UNLIKE 0.56
/* Mean likelihood that two groups must reach besides their best pair. */
#define JOIN_MEAN 0.4
/* The same where nobody knows that both have one speaker. */
#define JOIN_OTHERS 0.6
#define JOIN_MEAN_OTHERS 0.7
#define SURELY 0.95
/* What two unlike statements of one article say for their groups: two points of one speech. */
#define BESIDE 0.41

enum { MOST_COMPARED = 8 };

struct joining {
    struct work *w;
    struct arena arena;      /* of all but the joins */
    struct join_pairs all;   /* as they were judged */
    struct join_pair *pairs; /* those that are likely enough, best first */
    size_t n_pairs;
    struct joins *to;
    struct map split; /* pairs a person parted */
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
            t->terms[cue.first].word == str_hash(S("adding")) ||
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

/* As it was judged, else as the two are alike by themselves. */
static struct match match_of(const struct joining *j, uint32_t x, uint32_t y)
{
    uint32_t low = x < y ? x : y, high = x < y ? y : x;
    uint32_t at = map_get(&j->all.at.map, join_key(low, high), 0);
    if (at == NEVER_PAIR)
        return (struct match){.never = true, .rule = "none"};
    return at ? join_pair_at(&j->all, at - 1)->match
              : saying_match(j->w, &j->w->sayings[low], &j->w->sayings[high]);
}

/* What two groups' statements say for their being one. */
struct weighing {
    double sum; /* of the likelihoods */
    size_t pairs;
};

/* How much statements x and y speak for their groups being one; false if they forbid it. Two of
 * one article that are unlike say nothing: one act is reported in many sentences.
 */
static bool weigh(const struct joining *j, uint32_t x, uint32_t y, struct weighing *g)
{
    const struct saying *p = &j->w->sayings[x], *q = &j->w->sayings[y];
    if (parted(j, x, y))
        return false;
    bool one = continues(j->w, p, q) || continues(j->w, q, p);
    struct match m = match_of(j, x, y);
    enum kinship kin = saying_kinship(p, q);
    bool two_known = p->speaker.n && q->speaker.n && kin == KIN_NONE; /* whom a third would join */
    if (m.never && (kin == KIN_SAME || two_known) && !one)
        return false;
    if (one || p->article != q->article) {
        g->sum += one ? SURELY : m.score;
        g->pairs++;
    } else if (m.unlike) {
        g->sum += BESIDE;
        g->pairs++;
    }
    return true;
}

/* May the groups of a and b become one? Large groups are judged by their first members. */
static bool groups_agree(const struct joining *j, uint32_t a, uint32_t b, double mean)
{
    struct weighing g = {0};
    size_t i = 0;
    for (uint32_t x = a; x != UINT32_MAX && i < MOST_COMPARED; x = j->to->next[x], i++) {
        size_t k = 0;
        for (uint32_t y = b; y != UINT32_MAX && k < MOST_COMPARED; y = j->to->next[y], k++)
            if (!weigh(j, x, y, &g))
                return false;
    }
    return g.sum >= mean * (double)g.pairs;
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
        else if (verdict->what == VERDICT_JOIN && root(j, a - 1) != root(j, b - 1))
            unite(j, root(j, a - 1), root(j, b - 1), "person");
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

static double least_score(const struct saying *a, const struct saying *b, const struct match *m)
{
    if (a->article == b->article)
        return JOIN_WITHIN;
    if (m->unlike)
        return JOIN_UNLIKE;
    return saying_kinship(a, b) != KIN_SAME ? JOIN_OTHERS : JOIN_ACROSS;
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
            p.match = (struct match){.score = SURELY, .rule = "same.sentence"};
        if (p.match.score < least_score(x, y, &p.match))
            continue;
        j->pairs = arena_grow(&j->arena, j->pairs, j->n_pairs, &cap, sizeof *j->pairs);
        j->pairs[j->n_pairs++] = p;
    }
    if (j->n_pairs)
        qsort(j->pairs, j->n_pairs, sizeof *j->pairs, best_first);
}

void work_joins(struct work *w, struct joins *to)
{
    struct joining j = {.w = w, .to = to};
    make_sets(w, to);
    obey_verdicts(&j);
    choose_pairs(&j);
    for (size_t i = 0; i < j.n_pairs; i++) {
        uint32_t a = root(&j, j.pairs[i].a), b = root(&j, j.pairs[i].b);
        bool kin = saying_kinship(&w->sayings[j.pairs[i].a], &w->sayings[j.pairs[i].b]) == KIN_SAME;
        if (a != b && groups_agree(&j, a, b, kin ? JOIN_MEAN : JOIN_MEAN_OTHERS))
            unite(&j, a, b, j.pairs[i].match.rule);
    }
    join_pairs_finish(&j.all);
    arena_finish(&j.arena);
}
