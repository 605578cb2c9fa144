/* Rule "opposite": of two sentences that tell the same in like words, one has "into", the other
 * "out of"; one a brother, the other a sister (words/opposites.txt).
 *
 * The words beside must be the same, the sentences alike, and neither report may know the other's
 * word in a sentence like these: many things happen on both sides. */
#include "compare/parts.h"

/* Likeness of the sentences; and beside the same words on both sides of the two. */
#define LIKE_SENTENCES 0.5
#define LIKE_BETWEEN 0.2
enum { BESIDE_TERMS = 3 };

struct place {
    uint32_t article, sentence;
    struct span at;
    uint16_t group, member;
    uint64_t before, behind; /* stems of the nearest words that say something, or 0 */
};

struct places {
    struct place *v;
    size_t n, cap;
};

static uint64_t beside(const struct text *t, uint32_t from, int step)
{
    struct term_range s = t->sentences[t->terms[from].sentence];
    int64_t at = (int64_t)from + step;
    for (int i = 0; i < BESIDE_TERMS && at >= s.first && at < s.end; i++, at += step)
        if (!(t->terms[at].flags & TERM_STOP))
            return t->terms[at].raw_stem;
    return 0;
}

/* Of "left" and "left knee" the latter. */
static const struct phrase *longest_at(const struct work *w, const struct text *t, uint32_t at)
{
    const struct phrase *p, *best = NULL;
    for (size_t i = 0; (p = phrase_at(&w->lex.opposites, t, at, &i));)
        best = best && best->n >= p->n ? best : p;
    return best;
}

static void collect(struct work *w, uint32_t article, struct places *to)
{
    const struct text *t = &w->texts[article];
    for (uint32_t i = 0; i < t->n_terms; i++) {
        const struct phrase *p = longest_at(w, t, i);
        if (!p || (t->terms[i].flags & (TERM_ACTOR | TERM_INNER)))
            continue;
        struct place x = {.article = article,
                          .sentence = t->terms[i].sentence,
                          .group = p->group,
                          .member = p->member};
        x.at = text_span(t, (struct term_range){i, i + p->n});
        x.before = beside(t, i, -1);
        x.behind = beside(t, i + p->n - 1, 1);
        to->v = arena_grow(w->arena, to->v, to->n, &to->cap, sizeof *to->v);
        to->v[to->n++] = x;
        i += p->n - 1u;
    }
}

static double likeness(const struct work *w, const struct place *a, const struct place *b)
{
    struct bag in_a = sentence_bag(w, &w->texts[a->article], a->sentence);
    struct bag in_b = sentence_bag(w, &w->texts[b->article], b->sentence);
    return bag_likeness(&in_a, &in_b).dice;
}

static bool is_word_of(const struct place *p, const struct place *x, const struct place *y)
{
    return p->article == x->article && p->group == x->group && p->member == y->member &&
           (p->sentence == x->sentence || (p->behind == x->behind && p->before == x->before));
}

/* Has the report of place i the word of y too, in its sentence or beside the same word? */
static bool has_both(const struct places *all, size_t i, const struct place *y)
{
    const struct place *x = &all->v[i];
    for (size_t k = i; k-- > 0 && all->v[k].article == x->article;)
        if (is_word_of(&all->v[k], x, y))
            return true;
    for (size_t k = i + 1; k < all->n && all->v[k].article == x->article; k++)
        if (is_word_of(&all->v[k], x, y))
            return true;
    return false;
}

static bool against(const struct work *w, const void *items, size_t i, size_t k)
{
    const struct places *all = items;
    const struct place *x = &all->v[i], *y = &all->v[k];
    if (x->article == y->article || x->member == y->member)
        return false;
    bool before = x->before && x->before == y->before, behind = x->behind && x->behind == y->behind;
    if ((!before && !behind) || has_both(all, i, y) || has_both(all, k, x))
        return false;
    return likeness(w, x, y) >= (before && behind ? LIKE_BETWEEN : LIKE_SENTENCES);
}

void conflict_opposite(struct work *w)
{
    struct places all = {0};
    for (size_t r = 0; r < w->in->n_articles; r++)
        collect(w, w->order[r], &all);
    struct conflict_span *at = arena_array(w->arena, all.n + 1, sizeof *at);
    uint64_t *key = arena_array(w->arena, all.n + 1, sizeof *key);
    for (size_t i = 0; i < all.n; i++) {
        at[i] = (struct conflict_span){all.v[i].article, all.v[i].at, all.v[i].member};
        key[i] = all.v[i].group;
    }
    conflict_add_sets(w, &(struct contradictions){"opposite", at, all.n, against, &all, key});
}
