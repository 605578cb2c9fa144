/* Which pairs of articles can be rewrites at all, by the sentences they have alike.
 *
 * Laying out two articles sentence by sentence costs the product of their lengths, and a story of
 * 500 has 125,000 pairs. Whether one can be a rewrite follows from the sentences that are alike,
 * and these are few: an index from words to sentences finds them, as in "all pairs" similarity
 * search (Bayardo, Ma and Srikant, WWW 2007), and the best chain is found among them alone. */
#include "compare/origin.h"

#include <string.h>

/* Sentences that are nearly the same stand in no two reports by chance: a few that are much of a
 * report, or many, are a copy, in whatever order. */
#define COPIED_SHARE 0.40
#define COPIED_LEAST 0.30
#define REWRITE_SHARE 0.33
#define REWRITE_BACK 0.30
#define CUT_SHARE 0.50
#define REWRITE_ORDERED 0.80
/* What lines that share less than two words' full weight have in common counts less. */
#define CONTAINED 0.8
#define FULL_WEIGHT 2
#define SLACK 1e-6
/* MOST_ALIKE: of two articles with more sentences alike, only the layout tells. */
enum { LEAST_SENTENCES = 5, FEW_COPIED = 3, MANY_COPIED = 5, MOST_ALIKE = 1000 };

/* Dice, or containment for a sentence that was split or joined. */
static inline double alike(const struct bag *a, const struct bag *b, double shared)
{
    double least = a->weight < b->weight ? a->weight : b->weight;
    double dice = 2 * shared / (a->weight + b->weight);
    double contained =
        CONTAINED * shared / least * (shared < FULL_WEIGHT ? shared / FULL_WEIGHT : 1);
    return dice > contained ? dice : contained;
}

double lines_alike(const struct bag *a, const struct bag *b, double shared)
{
    return alike(a, b, shared);
}

static bool is_copy(const struct chain *x)
{
    return (x->n_copied >= FEW_COPIED && x->copied >= COPIED_SHARE) ||
           (x->n_copied >= MANY_COPIED && x->copied >= COPIED_LEAST);
}

bool chains_may_rewrite(const struct chain *x, const struct chain *y)
{
    return chains_copy(x, y) || (x->met >= LEAST_SENTENCES && x->anywhere >= REWRITE_SHARE) ||
           (y->met >= LEAST_SENTENCES && y->anywhere >= REWRITE_SHARE);
}

bool chains_copy(const struct chain *x, const struct chain *y)
{
    return is_copy(x) || is_copy(y);
}

/* Either each follows the other, or one is little but the other. */
bool chains_rewrite(const struct chain *x, const struct chain *y)
{
    const struct chain *more = x->ordered >= y->ordered ? x : y, *less = more == x ? y : x;
    if (chains_copy(x, y))
        return true;
    if (more->met < LEAST_SENTENCES || more->ordered < REWRITE_ORDERED * more->anywhere)
        return false;
    return more->ordered >= CUT_SHARE ||
           (more->ordered >= REWRITE_SHARE && less->ordered >= REWRITE_BACK &&
            less->ordered >= REWRITE_ORDERED * less->anywhere);
}

/* Two lines that are alike: the article's that is taken up, and one of an article behind it. */
struct like {
    uint32_t line, other, next; /* places in their articles; the article's next such + 1, or 0 */
    double like;
};

/* The same as one article following the other has it. */
struct step {
    uint32_t by, of, next; /* next: of the line of `by`, + 1, or 0 */
    double like, best;     /* best: of the chain that begins here */
};

struct near {
    struct arena *arena;
    const struct work *w;
    const struct matter *matters;
    struct bag *lines; /* of all articles, in canonical order */
    uint32_t *first;   /* rank -> its first line; n_articles + 1 */
    uint32_t *rank;    /* line -> its article's */
    struct meetings m; /* its index of words alone */
    double *shared;    /* by line: weight of the words it has in common with the one looked at */
    uint32_t *met;     /* lines of other articles */
    size_t n_met;
    struct like *likes; /* of the article taken up */
    size_t n_likes, cap_likes;
    uint32_t at, other;      /* its rank; that of the one it was measured with last */
    uint32_t *last, *n_with; /* rank -> the last of its likes + 1; how many, or MOST_ALIKE + 1 */
    struct step *steps;      /* MOST_ALIKE */
    uint32_t *steps_of;      /* by line of `by` */
    double *row, *other_row; /* by line of one of two articles, and one more */
};

static const struct matter *matter_at(const struct near *near, uint32_t rank)
{
    return &near->matters[near->w->order[rank]];
}

static size_t count_lines(const struct near *near, size_t *longest)
{
    size_t all = 0;
    *longest = 0;
    for (size_t i = 0; i < near->w->in->n_articles; i++) {
        all += near->matters[i].n;
        *longest = near->matters[i].n > *longest ? near->matters[i].n : *longest;
    }
    return all;
}

static void gather_lines(struct near *near)
{
    size_t n = near->w->in->n_articles;
    uint32_t at = 0;
    for (uint32_t r = 0; r < n; r++) {
        const struct matter *m = &near->matters[near->w->order[r]];
        near->first[r] = at;
        for (size_t i = 0; i < m->n; i++, at++) {
            near->lines[at] = m->lines[i].bag;
            near->rank[at] = r;
        }
    }
    near->first[n] = at;
}

struct near *near_index(struct arena *a, const struct work *w, const struct matter *matters)
{
    size_t n = w->in->n_articles, longest;
    struct near *near = arena_array(a, 1, sizeof *near);
    *near = (struct near){.arena = a, .w = w, .matters = matters};
    size_t lines = count_lines(near, &longest);
    near->first = arena_array(a, n + 1, sizeof *near->first);
    near->last = arena_array(a, n + 1, sizeof *near->last);
    near->n_with = arena_array(a, n + 1, sizeof *near->n_with);
    near->lines = arena_array(a, lines + 1, sizeof *near->lines);
    near->rank = arena_array(a, lines + 1, sizeof *near->rank);
    near->shared = arena_array(a, lines + 1, sizeof *near->shared);
    near->met = arena_array(a, lines + 1, sizeof *near->met);
    near->steps = arena_array(a, MOST_ALIKE, sizeof *near->steps);
    near->steps_of = arena_array(a, longest + 1, sizeof *near->steps_of);
    near->row = arena_array(a, longest + 1, sizeof *near->row);
    near->other_row = arena_array(a, longest + 1, sizeof *near->other_row);
    gather_lines(near);
    meetings_index(a, near->lines, lines, &near->m);
    return near;
}

/* Fills met and shared with lines of the articles behind; words add up in the layout's order. One
 * that is met for the first time is noted without asking: a guess would be wrong every other time.
 */
static void look_up(struct near *near, uint32_t line)
{
    const struct meetings *m = &near->m;
    const struct bag *words = &near->lines[line];
    uint32_t end = near->first[near->at + 1];
    size_t n = 0;
    for (uint32_t k = 0; k < words->n; k++) {
        double weight = (double)words->v[k].weight;
        uint32_t p = m->at[m->first_word[line] + k];
        while (!(m->bag[p] & LAST_OF_WORD) && (m->bag[p + 1] & ~LAST_OF_WORD) < end)
            p++;
        while (!(m->bag[p] & LAST_OF_WORD)) {
            uint32_t other = m->bag[++p] & ~LAST_OF_WORD;
            near->met[n] = other;
            n += near->shared[other] <= 0;
            near->shared[other] += weight;
        }
    }
    near->n_met = n;
}

/* Of two articles that have very much alike, no more is kept. */
static void keep_alike(struct near *near, uint32_t line, uint32_t other, double like)
{
    uint32_t rank = near->rank[other];
    if (near->n_with[rank] > MOST_ALIKE || ++near->n_with[rank] > MOST_ALIKE)
        return;
    near->likes =
        arena_grow(near->arena, near->likes, near->n_likes, &near->cap_likes, sizeof *near->likes);
    near->likes[near->n_likes++] = (struct like){.line = line - near->first[near->at],
                                                 .other = other - near->first[rank],
                                                 .next = near->last[rank],
                                                 .like = like};
    near->last[rank] = (uint32_t)near->n_likes;
}

/* Quicker than lines_alike, and never true where that reaches SENTENCE_ALIKE. */
static bool far_apart(const struct bag *a, const struct bag *b, double shared)
{
    double least = a->weight < b->weight ? a->weight : b->weight;
    double full = shared < FULL_WEIGHT ? shared / FULL_WEIGHT : 1;
    return 2 * shared < (SENTENCE_ALIKE - SLACK) * (a->weight + b->weight) &&
           CONTAINED * shared * full < (SENTENCE_ALIKE - SLACK) * least;
}

void near_find(struct near *near, uint32_t rank)
{
    size_t n = near->w->in->n_articles;
    near->at = rank;
    near->n_likes = 0;
    memset(near->last, 0, n * sizeof *near->last);
    memset(near->n_with, 0, n * sizeof *near->n_with);
    for (uint32_t line = near->first[rank]; line < near->first[rank + 1]; line++) {
        const struct bag *a = &near->lines[line];
        look_up(near, line);
        for (size_t k = 0; k < near->n_met; k++) {
            const struct bag *b = &near->lines[near->met[k]];
            double shared = near->shared[near->met[k]];
            near->shared[near->met[k]] = 0;
            if (shared <= 0 || far_apart(a, b, shared))
                continue;
            double like = alike(a, b, shared);
            if (like >= SENTENCE_ALIKE)
                keep_alike(near, line, near->met[k], like);
        }
    }
}

/* The chains that can begin with a line: row[k] is the best of those that begin at line k of `of`
 * or behind it, and never rises with k. */
static void begin_chains(struct near *near, struct step *steps, uint32_t first, double weight)
{
    for (uint32_t at = first; at; at = steps[at - 1].next)
        steps[at - 1].best = near->row[steps[at - 1].of] + steps[at - 1].like * weight;
    for (uint32_t at = first; at; at = steps[at - 1].next)
        for (size_t k = steps[at - 1].of + (size_t)1; k-- > 0;) {
            if (near->row[k] >= steps[at - 1].best)
                break;
            near->row[k] = steps[at - 1].best;
        }
}

/* The steps by line of `by`. */
static void sort_steps(struct near *near, const struct matter *by, struct step *steps, size_t n)
{
    memset(near->steps_of, 0, by->n * sizeof *near->steps_of);
    for (uint32_t i = 0; i < n; i++) {
        steps[i].next = near->steps_of[steps[i].by];
        near->steps_of[steps[i].by] = i + 1;
    }
}

static double best_chain(struct near *near, const struct matter *of, const struct matter *by,
                         size_t n)
{
    sort_steps(near, by, near->steps, n);
    memset(near->row, 0, (of->n + 1) * sizeof *near->row);
    for (size_t i = by->n; i-- > 0;)
        begin_chains(near, near->steps, near->steps_of[i], by->lines[i].bag.weight);
    return by->weight > 0 ? near->row[0] / by->weight : 0;
}

/* All that is known without a chain, from how alike each line of `by` is to any. */
static struct chain measure(const struct matter *by, const double *most)
{
    struct chain c = {0};
    if (by->weight <= 0)
        return c;
    for (size_t i = by->n; i-- > 0;) {
        double weight = by->lines[i].bag.weight;
        bool copied = most[i] >= SENTENCE_COPIED;
        c.anywhere += most[i] * weight;
        c.copied += copied ? weight : 0;
        c.n_copied += copied;
        c.met += most[i] > 0;
    }
    c.anywhere /= by->weight;
    c.copied /= by->weight;
    return c;
}

bool near_measure(struct near *near, uint32_t other, struct chain *b_after_a,
                  struct chain *a_after_b)
{
    const struct matter *a = matter_at(near, near->at), *b = matter_at(near, other);
    double *most_a = near->row, *most_b = near->other_row;
    near->other = other;
    if (near->n_with[other] > MOST_ALIKE)
        return false;
    memset(most_a, 0, a->n * sizeof *most_a);
    memset(most_b, 0, b->n * sizeof *most_b);
    for (uint32_t at = near->last[other]; at; at = near->likes[at - 1].next) {
        const struct like *l = &near->likes[at - 1];
        most_a[l->line] = l->like > most_a[l->line] ? l->like : most_a[l->line];
        most_b[l->other] = l->like > most_b[l->other] ? l->like : most_b[l->other];
    }
    *b_after_a = measure(b, most_b);
    *a_after_b = measure(a, most_a);
    return true;
}

double near_ordered(struct near *near, bool b_after_a)
{
    const struct matter *a = matter_at(near, near->at), *b = matter_at(near, near->other);
    size_t n = 0;
    for (uint32_t at = near->last[near->other]; at; at = near->likes[at - 1].next) {
        const struct like *l = &near->likes[at - 1];
        near->steps[n++] = (struct step){.by = b_after_a ? l->other : l->line,
                                         .of = b_after_a ? l->line : l->other,
                                         .like = l->like};
    }
    return b_after_a ? best_chain(near, a, b, n) : best_chain(near, b, a, n);
}
