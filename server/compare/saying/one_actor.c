/* Who stands on an issue under two names: "Harbour Lines" and "HL"; "23 former pilots" and "a group
 * of former pilots", of one letter; "the former mayor" beside the mayor of whom another outlet
 * tells that office, or whom it quotes with the same words. One body or person stands there once.
 *
 * This is told for an issue's own actors alone: elsewhere two groups of former pilots are two, and
 * so they are where the one is for it and the other against. */
#include "compare/parts.h"

enum { MOST_WORDS = 12, LEAST_WORDS = 2, LEAST_QUOTED = 24, MOST_QUOTED = 40 };

static const struct lang_actor *actor_of(const struct work *w, const struct saying *s)
{
    return &w->in->articles[s->article].reading->actors[s->st->speaker];
}

/* "23", "some", "a group of": how many, not who. */
static bool is_quantity(struct str word)
{
    static const char *const words[] = {
        "a",    "an",   "the",   "of",  "group", "dozens", "some", "several", "many",
        "more", "than", "about", "at",  "least", "other",  "all",  "two",     "three",
        "four", "five", "six",   "ten", "few",   "nearly", NULL};
    return !word.n || (word.p[0] >= '0' && word.p[0] <= '9') || str_one_of(word, words);
}

static size_t words_of(struct str text, struct str *v)
{
    struct str word;
    size_t n = 0;
    while (n < MOST_WORDS && str_split(&text, ' ', &word))
        if (!is_quantity(word))
            v[n++] = word;
    return n;
}

static bool holds_all(const struct str *v, size_t n, const struct str *of, size_t n_of)
{
    for (size_t i = 0; i < n; i++) {
        bool met = false;
        for (size_t k = 0; k < n_of && !met; k++)
            met = str_eq_case(v[i], of[k]);
        if (!met)
            return false;
    }
    return true;
}

/* Do two phrases without a name tell of the same people? */
static bool are_one_group(const struct lang_actor *a, const struct lang_actor *b)
{
    struct str x[MOST_WORDS], y[MOST_WORDS];
    size_t n = words_of(a->name, x), m = words_of(b->name, y);
    return n >= LEAST_WORDS && n == m && str_ends(x[n - 1], S("s")) && holds_all(x, n, y, m) &&
           str_eq(a->of, b->of);
}

/* Is the person in the office that the phrase tells: "the harbour board's chairman"? */
static bool is_in_office(const struct lang_actor *phrase, const struct lang_actor *person)
{
    struct str x[MOST_WORDS], y[MOST_WORDS];
    size_t n = words_of(phrase->name, x), m = words_of(person->role, y);
    return person->kind == ACTOR_PERSON && n >= LEAST_WORDS && !str_ends(x[n - 1], S("s")) &&
           holds_all(x, n, y, m);
}

/* Are the same words quoted of both? */
static bool are_quoted_alike(const struct work *w, const struct saying *a, const struct saying *b)
{
    struct str x = saying_words(w, a, MOST_QUOTED), y = saying_words(w, b, MOST_QUOTED);
    size_t n = x.n < y.n ? x.n : y.n;
    return a->n_quoted && b->n_quoted && n >= LEAST_QUOTED &&
           str_eq(str_slice(x, 0, n), str_slice(y, 0, n));
}

bool saying_one_actor(const struct work *w, const struct saying *a, const struct saying *b,
                      bool one_side)
{
    const struct lang_actor *x = actor_of(w, a), *y = actor_of(w, b);
    bool unnamed_x = x->kind == ACTOR_UNNAMED, unnamed_y = y->kind == ACTOR_UNNAMED;
    if (str_eq(a->speaker, b->speaker) || saying_kinship(a, b) == KIN_SAME)
        return true;
    if (a->article == b->article || (!unnamed_x && !unnamed_y))
        return false;
    if (unnamed_x && unnamed_y)
        return one_side && are_one_group(x, y);
    return (unnamed_x ? is_in_office(x, y) : is_in_office(y, x)) || are_quoted_alike(w, a, b);
}

/* "harbour-lines-inc". */
static bool is_corporate(struct str key)
{
    static const char *const ends[] = {"-inc", "-corp", "-ltd", "-plc", "-co", "-llc"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(key, str_of(ends[i])))
            return true;
    return false;
}

/* Is the first the name to show: somebody named, or what tells more? */
bool saying_names_better(const struct work *w, const struct saying *a, const struct saying *b)
{
    bool named_a = actor_of(w, a)->kind != ACTOR_UNNAMED,
         named_b = actor_of(w, b)->kind != ACTOR_UNNAMED;
    if (named_a != named_b)
        return named_a;
    if (is_corporate(a->speaker) != is_corporate(b->speaker))
        return is_corporate(b->speaker);
    return named_a && a->speaker.n != b->speaker.n ? a->speaker.n > b->speaker.n
                                                   : str_cmp(a->speaker, b->speaker) < 0;
}
