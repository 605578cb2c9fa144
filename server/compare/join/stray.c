/* What stands in a set of statements though none of the others says it.
 *
 * A set is one saying as outlets print it. Sentences of one statement or post are joined as one
 * act, and so a set takes in a sentence that one outlet alone has: another point of the speech. It
 * has no counterpart, and stands apart. A telling before a quotation has its counterpart in the
 * quotation, of whatever report. */
#include "compare/join/join.h"

/* Two are counterparts when so much of the lesser is in the other; or this much, if by themselves
 * they are as likely one, or as like. */
#define MUCH_CONTAINED 0.4
#define LEAST_CONTAINED 0.15
#define LEAST_LIKELY 0.4
#define LEAST_LIKE 0.25
/* In one report nobody says a thing twice but to tell what is quoted. */
#define LEAST_CONTAINED_WITHIN 0.2
/* A member is held against so many at most: time must not grow with the square of a set. */
enum { MOST_ASKED = 256 };

static bool are_counterparts(const struct work *w, const struct join_pairs *pairs, uint32_t a,
                             uint32_t b)
{
    const struct saying *x = &w->sayings[a], *y = &w->sayings[b];
    struct match m = join_match(w, pairs, a, b);
    if (m.never || m.quoted)
        return m.quoted;
    struct likeness l = bag_likeness(&x->bag, &y->bag);
    if (x->article == y->article)
        return l.least >= LEAST_CONTAINED_WITHIN && !x->n_quoted != !y->n_quoted;
    return l.least >= MUCH_CONTAINED || (l.least >= LEAST_CONTAINED &&
                                         ((double)m.alone >= LEAST_LIKELY || l.dice >= LEAST_LIKE));
}

static bool has_counterpart(const struct work *w, const struct join_pairs *pairs,
                            const struct joins *j, uint32_t first, uint32_t member)
{
    size_t asked = 0;
    for (uint32_t i = first; i != UINT32_MAX && asked++ < MOST_ASKED; i = j->next[i])
        if (i != member && are_counterparts(w, pairs, member, i))
            return true;
    return asked > MOST_ASKED;
}

/* Makes a set of its own of each that is marked; the rest stays together, by its first one. */
static void part(struct joins *j, uint32_t first, const bool *stray)
{
    const char *rule = j->rule[first];
    uint32_t root = UINT32_MAX;
    for (uint32_t i = first, next; i != UINT32_MAX; i = next) {
        next = j->next[i];
        j->next[i] = UINT32_MAX;
        j->last[i] = i;
        j->size[i] = 1;
        j->parent[i] = i;
        j->rule[i] = NULL;
        if (stray[i])
            continue;
        if (root == UINT32_MAX) {
            root = i;
            continue;
        }
        j->parent[i] = root;
        j->next[j->last[root]] = i;
        j->last[root] = i;
        j->size[root]++;
        j->rule[root] = rule;
    }
}

void join_part_strays(const struct work *w, const struct join_pairs *pairs, const bool *kept,
                      struct joins *j)
{
    struct arena arena = {0};
    bool *stray = arena_array(&arena, w->n_sayings + 1, sizeof *stray);
    for (uint32_t first = 0; first < w->n_sayings; first++) {
        bool any = false;
        if (j->parent[first] != first || j->size[first] < 2)
            continue;
        for (uint32_t i = first; i != UINT32_MAX; i = j->next[i]) {
            stray[i] = !kept[i] && !has_counterpart(w, pairs, j, first, i);
            any = any || stray[i];
        }
        if (any)
            part(j, first, stray);
    }
    arena_finish(&arena);
}
