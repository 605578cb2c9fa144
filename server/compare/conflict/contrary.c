/* Rule "contrary": one says that somebody did something, another that they did not ("did not
 * mislead the public", "misled the public").
 *
 * A deed is a word behind a "not" or "never" that says something, and the same word elsewhere
 * without one; with whose deed it is - the nearest actor before, the speaker for "I" - and what it
 * was done to, the words behind. Both must be told as facts: no "would", no "yet", no question. */
#include "compare/parts.h"

enum { SUBJECT_TERMS = 8, OBJECT_TERMS = 7, MOST_OBJECTS = 4, NOT_TERMS = 4, UNREAL_TERMS = 4 };
/* Words that are everywhere say nothing by being denied. */
#define LEAST_RARITY 0.05
#define LIKE_WITHOUT_SUBJECT 0.35

struct deed {
    uint32_t article, term;
    struct span at;
    uint64_t what, who, objects[MOST_OBJECTS]; /* who: an actor's stem, or 0 */
    size_t n_objects;
    bool denied;
    const struct saying *saying;
};

struct deeds {
    struct deed *v;
    size_t n, cap;
};

static bool is(const struct term *t, const char *word)
{
    return t->word == str_hash(str_of(word));
}

static bool is_marked(const struct work *w, const struct term *t, uint32_t marks)
{
    return map_get(&w->lex.marks, t->word, 0) & marks;
}

/* "Not", "never", "didn't": "no" and "without" belong to nouns. */
static bool is_verb_negation(const struct term *t)
{
    static const char *const nouns[] = {"no",      "none",    "nothing", "nobody",
                                        "without", "neither", "nor"};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (is(t, nouns[i]))
            return false;
    return true;
}

/* The "not" that the deed at the term stands under, or NULL: no word that says something may stand
 * between. */
static const struct term *not_before(const struct work *w, const struct text *t, uint32_t at)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; i-- > first && i + NOT_TERMS >= at;) {
        if (is_marked(w, &t->terms[i], MARK_NEGATION))
            return is_verb_negation(&t->terms[i]) ? &t->terms[i] : NULL;
        if (term_is_content(&t->terms[i]) || (t->terms[i].flags & TERM_INNER))
            return NULL;
    }
    return NULL;
}

/* "Is not the one who fired": the "not", or NULL. */
static const struct term *not_the_one(const struct work *w, const struct text *t, uint32_t at)
{
    static const char *const ones[] = {"one", "person", "man", "woman", "people"};
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    if (at < first + 4 || !is(&t->terms[at - 1], "who") || !is(&t->terms[at - 3], "the"))
        return NULL;
    const struct term *no = &t->terms[at - 4];
    for (size_t k = 0; k < sizeof ones / sizeof *ones; k++)
        if (is(&t->terms[at - 2], ones[k]))
            return is_marked(w, no, MARK_NEGATION) && is_verb_negation(no) ? no : NULL;
    return NULL;
}

/* "Not only", "no longer", "not yet", "if", "would": the deed is no fact, or one of another time.
 */
static bool is_unsure(const struct work *w, const struct text *t, uint32_t at)
{
    struct term_range s = t->sentences[t->terms[at].sentence];
    for (uint32_t i = at; i-- > s.first && i + UNREAL_TERMS >= at;) {
        if (is_marked(w, &t->terms[i], MARK_UNREAL | MARK_CONDITION | MARK_UNSURE))
            return true;
    }
    struct span end = t->terms[s.end - 1].at;
    return end.end < t->text.n && t->text.p[end.end] == '?';
}

/* Whose deed it is: the nearest actor before in the clause; the speaker for "I" and "we". */
static uint64_t who_at(const struct work *w, const struct text *t, const struct deed *d)
{
    static const char *const self[] = {"i", "we", "ive", "weve", "im"};
    uint32_t first = t->sentences[t->terms[d->term].sentence].first;
    bool one = not_the_one(w, t, d->term);
    for (uint32_t i = d->term; i-- > first && i + SUBJECT_TERMS >= d->term;) {
        if (one && i + 4 >= d->term)
            continue;
        if (t->terms[i].flags & TERM_ACTOR)
            return t->terms[i].stem;
        for (size_t k = 0; k < sizeof self / sizeof *self; k++)
            if (is(&t->terms[i], self[k]))
                return d->saying && d->saying->speaker.n ? str_hash(d->saying->speaker) : 0;
        if (is_marked(w, &t->terms[i], MARK_CLAUSE) && i + 2 < d->term)
            return 0;
    }
    return 0;
}

/* Does a mark stand before the term? */
static bool is_parted(const struct text *t, uint32_t at)
{
    struct span between = {t->terms[at - 1].at.end, t->terms[at].at.start};
    struct str mark = str_trim(text_slice(t, between));
    return mark.n && !str_eq(mark, S("-")) && !str_eq(mark, S("'s"));
}

/* "Did not use the word maliciously", "not because": it was done, though not so. */
static bool denies_manner(const struct text *t, uint32_t at)
{
    uint32_t end = t->sentences[t->terms[at].sentence].end;
    for (uint32_t i = at + 1; i < end && i <= at + OBJECT_TERMS; i++)
        if (str_ends(text_slice(t, t->terms[i].at), S("ly")) || is(&t->terms[i], "because"))
            return true;
    return false;
}

static void find_objects(const struct work *w, const struct text *t, struct deed *d)
{
    uint32_t end = t->sentences[t->terms[d->term].sentence].end;
    for (uint32_t i = d->term + 1; i < end && i <= d->term + OBJECT_TERMS; i++) {
        if (is_marked(w, &t->terms[i], MARK_CLAUSE | MARK_JOINING) || is(&t->terms[i], "by") ||
            is(&t->terms[i], "that") || is_parted(t, i))
            return;
        if (!term_is_content(&t->terms[i]))
            continue;
        if (d->n_objects < MOST_OBJECTS)
            d->objects[d->n_objects++] = t->terms[i].stem;
        d->at.end = t->terms[i].at.end;
    }
}

static bool is_adverb(const struct text *t, uint32_t at)
{
    static const char *const adverbs[] = {"already", "also", "ever", "never", "not", "once"};
    for (size_t k = 0; k < sizeof adverbs / sizeof *adverbs; k++)
        if (is(&t->terms[at], adverbs[k]))
            return true;
    return str_ends(text_slice(t, t->terms[at].at), S("ly"));
}

/* "Has", "was", "didn't". */
static bool is_auxiliary(const struct work *w, const struct text *t, uint32_t at)
{
    static const char *const words[] = {"has",  "have", "had",  "did",
                                        "does", "ive",  "weve", "theyve"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (is(&t->terms[at], words[k]))
            return true;
    return is_marked(w, &t->terms[at], MARK_BE) ||
           (is_marked(w, &t->terms[at], MARK_NEGATION) && is_verb_negation(&t->terms[at]));
}

/* Is the word a verb that tells of somebody: "Romney paid", "she has never paid"? "People who paid"
 * are any that did. */
static bool is_verb(const struct work *w, const struct text *t, uint32_t at)
{
    static const char *const whoever[] = {"who", "which", "that", "those", "whoever"};
    static const char *const subjects[] = {"i", "we", "he", "she", "they", "it", "you"};
    uint32_t first = t->sentences[t->terms[at].sentence].first, i = at;
    bool helped = false;
    while (i > first && (is_adverb(t, i - 1) || is_auxiliary(w, t, i - 1))) {
        helped = helped || is_auxiliary(w, t, i - 1);
        i--;
    }
    if (i == first || (!helped && str_ends(text_slice(t, t->terms[at].at), S("ing"))))
        return false;
    for (size_t k = 0; k < sizeof whoever / sizeof *whoever; k++)
        if (is(&t->terms[i - 1], whoever[k]))
            return false;
    for (size_t k = 0; k < sizeof subjects / sizeof *subjects; k++)
        helped = helped || is(&t->terms[i - 1], subjects[k]);
    return helped || (t->terms[i - 1].flags & (TERM_ACTOR | TERM_INNER));
}

/* Can the word be a deed? No name and no number. */
static bool may_be_deed(const struct work *w, const struct text *t, uint32_t at)
{
    const struct term *term = &t->terms[at];
    if (!term_is_content(term) || (term->flags & (TERM_NUMBER | TERM_CAPITAL | TERM_ACTOR)) ||
        vocabulary_rarity(&w->lex, term->raw_stem) < LEAST_RARITY ||
        is_marked(w, term, MARK_NEGATION | MARK_DENIAL | MARK_UNREAL))
        return false;
    return is_verb(w, t, at) || not_the_one(w, t, at);
}

static void add(struct work *w, uint32_t article, uint32_t at, struct deeds *to)
{
    const struct text *t = &w->texts[article];
    struct deed d = {.article = article, .term = at, .what = t->terms[at].raw_stem};
    const struct term *no = not_the_one(w, t, at);
    no = no ? no : not_before(w, t, at);
    if (is_unsure(w, t, at) || (no && denies_manner(t, at)))
        return;
    d.denied = no;
    d.saying = saying_at(w, article, t->terms[at].at);
    d.who = who_at(w, t, &d);
    d.at = (struct span){no ? no->at.start : t->terms[at].at.start, t->terms[at].at.end};
    find_objects(w, t, &d);
    if (!d.n_objects)
        return;
    to->v = arena_grow(w->arena, to->v, to->n, &to->cap, sizeof *to->v);
    to->v[to->n++] = d;
}

/* The words that stand under a "not" anywhere in the story: only these can be contradicted. */
static void find_denied(struct work *w, struct map *denied)
{
    for (size_t r = 0; r < w->in->n_articles; r++) {
        const struct text *t = &w->texts[r];
        for (uint32_t i = 0; i < t->n_terms; i++)
            if (may_be_deed(w, t, i) && (not_before(w, t, i) || not_the_one(w, t, i)))
                *map_at(w->arena, denied, t->terms[i].raw_stem) = 1;
    }
}

static size_t shared_objects(const struct deed *x, const struct deed *y)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n_objects; i++)
        for (size_t k = 0; k < y->n_objects; k++)
            n += x->objects[i] == y->objects[k];
    return n;
}

static double likeness(const struct work *w, const struct deed *a, const struct deed *b)
{
    const struct text *x = &w->texts[a->article], *y = &w->texts[b->article];
    struct bag in_a = sentence_bag(w, x, x->terms[a->term].sentence);
    struct bag in_b = sentence_bag(w, y, y->terms[b->term].sentence);
    return bag_likeness(&in_a, &in_b).dice;
}

/* In one report only two who disagree contradict each other. */
static bool may_disagree(const struct deed *x, const struct deed *y)
{
    if (x->article != y->article)
        return true;
    return x->saying && y->saying && x->saying->speaker.n && y->saying->speaker.n &&
           saying_kinship(x->saying, y->saying) == KIN_NONE;
}

/* "I did not feel that we were", "I felt that we were not": one's own words, told in two ways. */
static bool are_one_saying(const struct work *w, const struct deed *x, const struct deed *y)
{
    const struct term *a = &w->texts[x->article].terms[x->term],
                      *b = &w->texts[y->article].terms[y->term];
    return x->saying && y->saying && saying_kinship(x->saying, y->saying) == KIN_SAME &&
           (x->saying->utterance == y->saying->utterance || (a->flags & b->flags & TERM_QUOTED));
}

static bool against(const struct work *w, const void *items, size_t i, size_t k)
{
    const struct deed *x = (const struct deed *)items + i, *y = (const struct deed *)items + k;
    if (x->denied == y->denied || !may_disagree(x, y) || are_one_saying(w, x, y))
        return false;
    size_t shared = shared_objects(x, y);
    if (x->who && y->who)
        return x->who == y->who && (x->objects[0] == y->objects[0] || shared >= 2);
    return shared >= 2 && likeness(w, x, y) >= LIKE_WITHOUT_SUBJECT;
}

void conflict_contrary(struct work *w)
{
    struct map denied = {0};
    struct deeds all = {0};
    find_denied(w, &denied);
    for (size_t r = 0; r < w->in->n_articles; r++) {
        uint32_t article = w->order[r];
        const struct text *t = &w->texts[article];
        for (uint32_t i = 0; i < t->n_terms; i++)
            if (map_get(&denied, t->terms[i].raw_stem, 0) && may_be_deed(w, t, i))
                add(w, article, i, &all);
    }
    struct conflict_span *at = arena_array(w->arena, all.n + 1, sizeof *at);
    uint64_t *key = arena_array(w->arena, all.n + 1, sizeof *key);
    for (size_t i = 0; i < all.n; i++) {
        at[i] = (struct conflict_span){all.v[i].article, all.v[i].at, 1 + all.v[i].denied};
        key[i] = all.v[i].what;
    }
    conflict_add_sets(w, &(struct contradictions){"contrary", at, all.n, against, all.v, key});
}
