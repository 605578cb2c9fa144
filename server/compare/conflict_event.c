/* Rule "event.excludes": two reports tell of one thing what cannot both have happened to it -
 * the meeting was cancelled, was postponed (compare-events.txt).
 *
 * What the event happened to ("theme") is the noun phrase before a passive or objectless verb,
 * or behind an active one. Two tellings meet when they are wordings of one utterance, or when
 * the heads of their themes mean the same and no name speaks against it. */
#include "compare/event.h"

#include <stdlib.h>

enum { THEME_WORDS = 6, MOST_SPANS = 12 };

static bool is_be(const struct term *t)
{
    static const char *const forms[] = {"was", "were",  "been", "be", "is",
                                        "are", "being", "got",  "get"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (t->word == str_hash(str_of(forms[i])))
            return true;
    return false;
}

static bool turned(const struct work *w, const struct text *t, uint32_t at)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; i-- > first && i + 4 > at;)
        if (table_get(&w->lex.marks, t->terms[i].word, 0) &
            (MARK_NEGATION | MARK_NEGATIVE | MARK_DENIAL))
            return true;
    return false;
}

/* Does text lie between the two terms that parts clauses? */
static bool clause_break(const struct text *t, uint32_t a, uint32_t b)
{
    struct str between = text_slice(t, (struct span){t->terms[a].at.end, t->terms[b].at.start});
    return str_find_char(between, ',', 0) != STR_NONE ||
           str_find_char(between, ';', 0) != STR_NONE || str_find_char(between, ':', 0) != STR_NONE;
}

static void add_theme(struct telling *e, const struct term *t)
{
    if (e->n_theme < THEME_MAX && term_is_content(t) && !(t->flags & TERM_NUMBER))
        e->theme[e->n_theme++] = t->stem;
}

/* Backwards from the verb: auxiliaries, then up to THEME_WORDS words of the noun phrase. */
static void theme_before(const struct text *t, uint32_t at, struct telling *e)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first, i = at, seen = 0;
    while (i-- > first && seen < THEME_WORDS) {
        if (e->n_theme && clause_break(t, i, i + 1))
            return;
        add_theme(e, &t->terms[i]);
        seen += e->n_theme > 0;
    }
}

static void theme_behind(const struct text *t, uint32_t at, struct telling *e)
{
    uint32_t end = t->sentences[t->terms[at].sentence].end, seen = 0;
    for (uint32_t i = at; i < end && seen < THEME_WORDS; i++, seen++) {
        if (i > at && clause_break(t, i - 1, i))
            return;
        add_theme(e, &t->terms[i]);
    }
}

static bool is_passive(const struct text *t, uint32_t at)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; i-- > first && i + 3 > at;)
        if (is_be(&t->terms[i]))
            return true;
    return false;
}

static const struct event_word *event_at(const struct work *w, const struct text *t, uint32_t at)
{
    const struct event_word *best = NULL;
    uint32_t end = t->sentences[t->terms[at].sentence].end;
    for (size_t i = 0; i < w->lex.n_events; i++) {
        const struct event_word *e = &w->lex.events[i];
        if (best && best->n >= e->n)
            continue;
        uint32_t k = 0;
        while (k < e->n && at + k < end && t->terms[at + k].raw_stem == e->stem[k])
            k++;
        if (k == e->n)
            best = e;
    }
    return best;
}

static bool in_quotation_of_future(const struct work *w, const struct text *t, uint32_t at)
{
    static const char *const words[] = {"would", "could", "might", "may", "if", "should", "will"};
    (void)w;
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; i-- > first && i + 5 > at;)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (t->terms[i].word == str_hash(str_of(words[k])))
                return true;
    return false;
}

size_t tellings_of(struct work *w, uint32_t article, struct telling **out)
{
    const struct text *t = &w->texts[article];
    struct telling *all = NULL;
    size_t n = 0, cap = 0;
    for (uint32_t i = 0; i < t->n_terms; i++) {
        const struct event_word *e = event_at(w, t, i);
        if (!e || turned(w, t, i) || in_quotation_of_future(w, t, i))
            continue;
        struct telling x = {.article = article, .group = e->group, .member = e->member, .term = i};
        x.at = text_span(t, (struct term_range){i, i + e->n});
        x.passive = is_passive(t, i);
        if (x.passive || !e->takes_object)
            theme_before(t, i, &x);
        else
            theme_behind(t, i + e->n, &x);
        all = arena_grow(w->arena, all, n, &cap, sizeof *all);
        if (x.n_theme)
            all[n++] = x;
        i += e->n - 1u;
    }
    *out = all;
    return n;
}

static bool shares(const struct telling *a, const struct telling *b, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < a->n_theme; i++)
        for (size_t k = 0; k < b->n_theme; k++)
            if (a->theme[i] == b->theme[k]) {
                ++*n;
                break;
            }
    return *n > 0 && (a->theme[0] == b->theme[0] || *n >= 2);
}

static const struct saying *saying_at(const struct work *w, const struct telling *e)
{
    for (size_t i = 0; i < w->n_sayings; i++) {
        const struct saying *s = &w->sayings[i];
        if (s->article == e->article && s->n_terms && s->terms[0] <= e->term &&
            e->term <= s->terms[s->n_terms - 1])
            return s;
    }
    return NULL;
}

bool tellings_contradict(const struct work *w, const struct telling *a, const struct telling *b)
{
    size_t n;
    if (a->group != b->group || a->member == b->member || a->article == b->article)
        return false;
    const struct saying *x = saying_at(w, a), *y = saying_at(w, b);
    if (x && y && x->utterance == y->utterance)
        return true;
    return shares(a, b, &n);
}

static struct str note_of(struct work *w, const struct telling *a, const struct telling *b)
{
    return arena_fmt(w->arena, "One has “%.*s”, another “%.*s”.",
                     STR_ARG(text_slice(&w->texts[a->article], a->at)),
                     STR_ARG(text_slice(&w->texts[b->article], b->at)));
}

/* All tellings of the group that contradict the first, in one finding with it. */
static void report(struct work *w, const struct telling *all, size_t n, size_t first, bool *used)
{
    struct conflict_span spans[MOST_SPANS] = {{all[first].article, all[first].at}};
    size_t n_spans = 1, other = n;
    for (size_t k = first + 1; k < n && n_spans < MOST_SPANS; k++) {
        if (used[k] || all[k].group != all[first].group)
            continue;
        bool against = tellings_contradict(w, &all[first], &all[k]);
        bool along = other < n && tellings_contradict(w, &all[other], &all[k]);
        if (!against && !along)
            continue;
        other = against && other == n ? k : other;
        used[k] = true;
        spans[n_spans++] = (struct conflict_span){all[k].article, all[k].at};
    }
    if (other == n)
        return;
    used[first] = true;
    conflict_add(w, &(struct finding){"event.excludes", "outlets-disagree",
                                      note_of(w, &all[first], &all[other]), spans, n_spans});
}

void conflict_event(struct work *w)
{
    struct telling *all = NULL;
    size_t n = 0, cap = 0;
    for (size_t r = 0; r < w->in->n_articles; r++) {
        struct telling *here;
        size_t found = tellings_of(w, w->order[r], &here);
        for (size_t i = 0; i < found; i++) {
            all = arena_grow(w->arena, all, n, &cap, sizeof *all);
            all[n++] = here[i];
        }
    }
    bool *used = arena_array(w->arena, n + 1, sizeof *used);
    for (size_t i = 0; i < n; i++)
        if (!used[i])
            report(w, all, n, i, used);
}
