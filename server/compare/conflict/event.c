/* Rule "event.excludes": two reports tell of one thing what cannot both have happened to it -
 * the meeting was cancelled, was postponed (words/events.txt).
 *
 * What the event happened to ("theme") is the nearest noun that the list allows: before a passive
 * or objectless verb, behind an active one. Two tellings meet when they are wordings of one
 * utterance, or when their themes are the same and no owner ("Rubio's trip") speaks against it. */
#include "compare/conflict/event.h"

/* Likeness from which two sentences may be of one event. */
#define LIKE_SENTENCES 0.15

enum { WINDOW_BEFORE = 22, WINDOW_BEHIND = 9, OWNER_WINDOW = 4 };

static bool is_marked(const struct work *w, const struct term *t, uint32_t marks)
{
    return map_get(&w->lex.marks, t->word, 0) & marks;
}

/* Is the verb negated or not asserted as a fact? Looks back a few words within the sentence. */
static bool not_a_fact(const struct work *w, const struct text *t, uint32_t at)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; i-- > first && i + 5 > at;) {
        if (i + 4 > at && is_marked(w, &t->terms[i], MARK_NEGATION | MARK_NEGATIVE))
            return true;
        if (i + 3 > at && is_marked(w, &t->terms[i], MARK_AGAIN))
            return true;
        if (!is_marked(w, &t->terms[i], MARK_UNREAL))
            continue;
        bool to_be = t->terms[i].word == str_hash(S("to")) && i + 1 < at &&
                     is_marked(w, &t->terms[i + 1], MARK_BE);
        if (!to_be) /* "prompted the meeting to be cancelled" is a fact */
            return true;
    }
    return false;
}

/* Was it done to its theme? "Was postponed", and "was first postponed and then cancelled". */
static bool is_passive(const struct work *w, const struct text *t, uint32_t at)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first, reach = 3;
    for (uint32_t i = at; i-- > first && i + reach >= at;) {
        if (is_marked(w, &t->terms[i], MARK_BE))
            return true;
        reach += is_marked(w, &t->terms[i], MARK_JOINING) ? 2 : 0;
    }
    return false;
}

/* The key of the term if the group can happen to it, else 0. */
static uint64_t theme_of(const struct work *w, const struct term *t, uint16_t group)
{
    uint32_t known = map_get(&w->lex.events.themes, theme_key(group, t->stem), 0);
    if (known)
        return known == 2 ? theme_key(group, 2) : t->stem;
    if ((t->flags & TERM_ACTOR) &&
        map_get(&w->lex.events.themes, theme_key(group, word_stem(S("@"))), 0))
        return t->stem;
    return 0;
}

static void find_owner(const struct work *w, const struct text *t, uint32_t at, struct telling *e)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; e->article != IN_TITLE && i-- > first && i + OWNER_WINDOW > at;)
        if ((t->terms[i].flags & TERM_ACTOR) && actor_is_person(w, e->article, t->terms[i].at)) {
            e->owner = t->terms[i].stem;
            return;
        }
}

static void find_named(const struct text *t, uint32_t at, struct telling *e)
{
    enum { MODIFIERS = 3 };
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    size_t n = 0;
    for (uint32_t i = at; i-- > first + 1 && i + MODIFIERS >= at && n < 2;) {
        if (t->terms[i].flags & TERM_STOP)
            return;
        if (t->terms[i].flags & (TERM_CAPITAL | TERM_NUMBER))
            e->named[n++] = t->terms[i].word;
    }
}

/* Is the noun the last of a compound: not "border" in "border barriers"? */
static bool is_head(const struct text *t, uint32_t at)
{
    const struct term *noun = &t->terms[at], *next = noun + 1;
    if (at + 1 >= t->sentences[noun->sentence].end || next->at.start != noun->at.end + 1)
        return true;
    return !term_is_content(next) || (next->flags & (TERM_CAPITAL | TERM_NUMBER)) ||
           !str_ends(text_slice(t, next->at), S("s"));
}

static bool find_theme_on(const struct work *w, const struct text *t, const struct phrase *p,
                          bool before, struct telling *e)
{
    struct term_range s = t->sentences[t->terms[e->term].sentence];
    uint32_t at = e->term;
    for (int steps = before ? WINDOW_BEFORE : WINDOW_BEHIND + p->n; steps > 0; steps--) {
        if (before ? at == s.first : at + 1 >= s.end)
            return false;
        at = before ? at - 1 : at + 1;
        if (!before && is_marked(w, &t->terms[at], MARK_CLAUSE))
            return false;
        e->theme = theme_of(w, &t->terms[at], p->group);
        if (e->theme && (before || is_head(t, at))) {
            find_owner(w, t, at, e);
            find_named(t, at, e);
            return true;
        }
        e->theme = 0;
    }
    return false;
}

/* Headlines leave out the "was": there both sides are looked at. */
static bool find_theme(const struct work *w, const struct text *t, const struct phrase *p,
                       struct telling *e)
{
    bool before = is_passive(w, t, e->term) || !p->takes_object;
    if (e->article != IN_TITLE || !p->takes_object)
        return find_theme_on(w, t, p, before, e);
    before = str_ends(text_slice(t, t->terms[e->term].at), S("ed"));
    return find_theme_on(w, t, p, before, e) || find_theme_on(w, t, p, !before, e);
}

/* "cancellation" and "cancelling" are no tellings of a fact: their theme stands elsewhere. */
static bool is_noun_form(const struct work *w, const struct text *t, uint32_t at)
{
    struct str word = text_slice(t, t->terms[at].at);
    return str_ends(word, S("ion")) || str_ends(word, S("ment")) || str_ends(word, S("ions")) ||
           str_ends(word, S("oval")) || (str_ends(word, S("ing")) && !is_passive(w, t, at));
}

/* "Lost a third of her support", "drew attention": an object follows. */
static bool has_object(const struct work *w, const struct text *t, const struct phrase *p,
                       uint32_t at)
{
    uint32_t next = at + p->n;
    return next < t->sentences[t->terms[at].sentence].end &&
           (term_is_content(&t->terms[next]) || is_marked(w, &t->terms[next], MARK_DETERMINER));
}

/* Fills in the telling by the phrase at its term, first by one whose group has a theme here; longer
 * phrases go before shorter ones. False if no phrase begins there. */
static bool read_telling(const struct work *w, const struct text *t, struct telling *e)
{
    const struct phrase *p, *best = NULL;
    struct telling found = {0};
    for (size_t i = 0; (p = phrase_at(&w->lex.events, t, e->term, &i));) {
        struct telling x = *e;
        if (p->has_none && has_object(w, t, p, e->term))
            continue;
        x.group = p->group;
        x.member = p->member;
        x.weak = p->weak;
        x.at = text_span(t, (struct term_range){x.term, x.term + p->n});
        x.saying = x.article == IN_TITLE ? NULL : saying_at(w, x.article, x.at);
        bool themed = find_theme(w, t, p, &x);
        if (best && (best->n > p->n || (found.theme && !themed)))
            continue;
        best = p;
        found = x;
    }
    if (best)
        *e = found;
    return best;
}

size_t tellings_in(struct work *w, const struct text *t, uint32_t article, struct telling **out)
{
    struct telling *all = NULL;
    size_t n = 0, cap = 0;
    for (uint32_t i = 0; i < t->n_terms; i++) {
        struct telling e = {.article = article, .term = i};
        if (!map_get(&w->lex.events.first, t->terms[i].raw_stem, 0) || is_noun_form(w, t, i) ||
            not_a_fact(w, t, i) || !read_telling(w, t, &e))
            continue;
        all = arena_grow(w->arena, all, n, &cap, sizeof *all);
        all[n++] = e;
    }
    *out = all;
    return n;
}

struct tellings {
    const struct telling *v;
    size_t n;
};

/* Does the article of `in` also tell what `as` tells, of the same thing or of nobody knows what?
 * Then it knows how both go together: acquitted of one charge, convicted of another. */
static bool tells_too(const struct tellings *all, const struct telling *in,
                      const struct telling *as)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].article == in->article && all->v[i].group == as->group &&
            all->v[i].member == as->member && (!all->v[i].theme || all->v[i].theme == as->theme))
            return true;
    return false;
}

/* "The Senate budget", "the 2014 budget": names that have nothing in common name two things. */
static bool names_differ(const struct telling *a, const struct telling *b)
{
    if (!a->named[0] || !b->named[0])
        return false;
    for (size_t i = 0; i < 2 && a->named[i]; i++)
        if (a->named[i] == b->named[0] || a->named[i] == b->named[1])
            return false;
    return true;
}

static bool is_quoted(const struct work *w, const struct telling *e)
{
    return w->texts[e->article].terms[e->term].flags & TERM_QUOTED;
}

static double likeness(const struct work *w, const struct telling *a, const struct telling *b)
{
    const struct text *x = &w->texts[a->article], *y = &w->texts[b->article];
    struct bag in_a = sentence_bag(w, x, x->terms[a->term].sentence);
    struct bag in_b = sentence_bag(w, y, y->terms[b->term].sentence);
    return bag_likeness(&in_a, &in_b).dice;
}

static bool contradict(const struct work *w, const void *items, size_t i, size_t k)
{
    const struct tellings *all = items;
    const struct telling *a = &all->v[i], *b = &all->v[k];
    if (a->group != b->group || a->member == b->member || a->article == b->article)
        return false;
    if (a->saying && b->saying && a->saying->utterance == b->saying->utterance)
        return true;
    if (a->weak || b->weak || !a->theme || a->theme != b->theme || tells_too(all, a, b) ||
        tells_too(all, b, a))
        return false;
    if ((a->owner && b->owner && a->owner != b->owner) || names_differ(a, b))
        return false;
    /* Within quotation marks it is the speaker's word, not the report's. */
    return !is_quoted(w, a) && !is_quoted(w, b) && likeness(w, a, b) >= LIKE_SENTENCES;
}

void conflict_event(struct work *w)
{
    struct telling *all = NULL;
    size_t n = 0, cap = 0;
    for (size_t r = 0; r < w->in->n_articles; r++) {
        struct telling *here;
        size_t found = tellings_in(w, &w->texts[w->order[r]], w->order[r], &here);
        for (size_t i = 0; i < found; i++) {
            all = arena_grow(w->arena, all, n, &cap, sizeof *all);
            all[n++] = here[i];
        }
    }
    struct conflict_span *at = arena_array(w->arena, n + 1, sizeof *at);
    uint64_t *group = arena_array(w->arena, n + 1, sizeof *group);
    for (size_t i = 0; i < n; i++) {
        at[i] = (struct conflict_span){all[i].article, all[i].at, all[i].member};
        group[i] = all[i].group;
    }
    struct tellings tellings = {all, n};
    conflict_add_sets(
        w, &(struct contradictions){"event.excludes", at, n, contradict, &tellings, group});
}
