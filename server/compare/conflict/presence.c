/* Rule "presence.differs": one report has a person pull out, another says that the person never
 * was to be there; or one has it attend and another stay away (words/presence.txt).
 *
 * Whom a phrase speaks of: the last person named before it in the sentence, and those joined to
 * that one by "and"; with "both" the last two. */
#include "compare/parts.h"

enum { MOST_PEOPLE = 3, JOINED_TERMS = 8 };

struct presence {
    uint32_t article;
    struct span at;
    uint16_t member;
    uint64_t people[MOST_PEOPLE];
    size_t n_people;
};

static bool is(const struct term *t, const char *word)
{
    return t->word == str_hash(str_of(word));
}

static bool joined(const struct text *t, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (is(&t->terms[i], "and"))
            return to - from <= JOINED_TERMS;
    return false;
}

static void find_people(const struct work *w, const struct text *t, uint32_t at, struct presence *p)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first, last = at;
    bool both = false;
    for (uint32_t i = at; i-- > first && p->n_people < MOST_PEOPLE;) {
        const struct term *term = &t->terms[i];
        both = both || (is(term, "both") && !p->n_people);
        if (!(term->flags & TERM_ACTOR) || !actor_is_person(w, p->article, term->at))
            continue;
        bool more = p->n_people > 0 && (joined(t, i, last) || (both && p->n_people == 1));
        if (p->n_people && !more)
            return;
        p->people[p->n_people++] = term->stem;
        last = i;
    }
}

/* "May have withdrawn", "declined to attend". */
static bool supposed(const struct text *t, uint32_t at)
{
    static const char *const words[] = {"may", "might",  "could",  "would",
                                        "if",  "should", "whether"};
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    if (at > first && is(&t->terms[at - 1], "to"))
        return true;
    for (uint32_t i = at; i-- > first && i + 4 > at;)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (is(&t->terms[i], words[k]))
                return true;
    return false;
}

static bool denied(const struct work *w, const struct text *t, uint32_t at)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; i-- > first && i + 3 > at;)
        if (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_NEGATION)
            return true;
    return false;
}

/* Members, as the list has them. */
enum { PULLED_OUT = 1, NEVER_PART, THERE, NOT_THERE };

static bool against(const struct work *w, const void *items, size_t i, size_t k)
{
    const struct presence *x = (const struct presence *)items + i,
                          *y = (const struct presence *)items + k;
    (void)w;
    if (x->article == y->article || x->member == y->member)
        return false;
    bool absent_x = x->member != THERE, absent_y = y->member != THERE;
    if (absent_x && absent_y && (x->member == NOT_THERE || y->member == NOT_THERE))
        return false; /* who pulled out was not there */
    for (size_t p = 0; p < x->n_people; p++)
        for (size_t q = 0; q < y->n_people; q++)
            if (x->people[p] == y->people[q])
                return true;
    return false;
}

static size_t collect(struct work *w, uint32_t article, struct presence **all, size_t n,
                      size_t *cap)
{
    const struct text *t = &w->texts[article];
    for (uint32_t i = 0; i < t->n_terms; i++) {
        size_t next = 0;
        const struct phrase *p = phrase_at(&w->lex.presence, t, i, &next);
        if (!p || supposed(t, i) || denied(w, t, i))
            continue;
        struct presence x = {.article = article, .member = p->member};
        x.at = text_span(t, (struct term_range){i, i + p->n});
        find_people(w, t, i, &x);
        i += p->n - 1u;
        if (!x.n_people)
            continue;
        *all = arena_grow(w->arena, *all, n, cap, sizeof **all);
        (*all)[n++] = x;
    }
    return n;
}

void conflict_presence(struct work *w)
{
    struct presence *all = NULL;
    size_t n = 0, cap = 0;
    for (size_t r = 0; r < w->in->n_articles; r++)
        n = collect(w, w->order[r], &all, n, &cap);
    struct conflict_span *at = arena_array(w->arena, n + 1, sizeof *at);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct conflict_span){all[i].article, all[i].at, all[i].member};
    conflict_add_sets(w, &(struct contradictions){"presence.differs", at, n, against, all, NULL});
}
