/* An issue's title as something one is for or against: what being for one of its words means. */
#include "lang/lean/lean.h"

/* LEAD: where the word stands that says what is done ("A ban on", "Ending"). */
enum { MOST_WORDS = 40, STEM_ROOM = 128, LEAD = 3 };

static bool is_small(struct str word)
{
    return word.n < 3 || lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) ||
           lexicon_find(lexicon_open(WORDS_CLAUSE_WORDS), word);
}

static void add_word(struct arena *a, struct lean_title *t, struct str word, bool polar)
{
    char stem[STEM_ROOM];
    if (t->n >= MOST_WORDS || word.n >= STEM_ROOM || is_small(word))
        return;
    t->stems[t->n] = arena_str(a, lang_term_stem(word, stem, sizeof stem));
    t->signs[t->n] = 1;
    t->polar[t->n++] = polar;
}

/* Is what the title says of its subject good or bad ("The files as a danger")? 1 if it says neither
 * or the title is of another kind. */
static int8_t said_of_subject(struct arena *a, const struct lang_doc *d, bool *polar)
{
    int8_t sign = 1;
    size_t as = 0;
    while (as < d->n_tokens && !str_eq_case(lang_token_text(d, as), S("as")) &&
           !str_eq_case(lang_token_text(d, as), S("being")))
        as++;
    struct polar_hits hits = lang_polar_hits(a, d, as, d->n_tokens);
    for (size_t i = 0; i < hits.n; i++)
        for (size_t t = hits.v[i].first; t < hits.v[i].end; t++)
            polar[t] = true;
    for (size_t t = as, n = 1; t < d->n_tokens; t += n) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_ATTITUDES), d, t, d->n_tokens, &n);
        if (!e)
            n = 1;
        else if (e->class.p[0] == 'q' && str_starts(e->more, S("-")))
            return -1;
    }
    for (size_t i = 0; i < hits.n; i++)
        if (hits.v[i].kind != POLAR_CALL)
            sign = hits.v[i].sign < 0 ? -1 : sign;
    return sign;
}

/* What undoes turns what follows it; what is said of the subject turns all before it. */
static void weigh(struct arena *a, const struct lang_doc *d, struct lean_title *t)
{
    bool *polar = arena_array(a, d->n_tokens + 1, sizeof *polar);
    int8_t said = said_of_subject(a, d, polar);
    for (size_t k = 0; k < d->n_tokens; k++) {
        size_t before = t->n;
        add_word(a, t, lang_token_text(d, k), polar[k]);
        if (t->n > before && !polar[k])
            t->signs[before] = (int8_t)(lang_undoing(d, 0, k) * said);
    }
    t->sign = (int8_t)(lang_undoing(d, 0, d->n_tokens < LEAD ? d->n_tokens : LEAD) * said);
}

static bool is_bare(const struct lang_doc *d)
{
    for (size_t t = 0; t < d->n_tokens; t++) {
        struct str word = lang_token_text(d, t);
        char c = lang_clause_class(d, t);
        if ((word.n > 4 && str_ends(word, S("ing"))) || c == 'b' || c == 's' || c == 't')
            return false;
    }
    return true;
}

struct lean_title lang_lean_title(struct arena *a, struct str title)
{
    struct lang_doc d = {.arena = a, .text = title};
    struct lean_title t = {.stems = arena_array(a, MOST_WORDS, sizeof *t.stems),
                           .signs = arena_array(a, MOST_WORDS, sizeof *t.signs),
                           .polar = arena_array(a, MOST_WORDS, sizeof *t.polar)};
    lang_tokenise(&d);
    lang_split_sentences(&d);
    weigh(a, &d, &t);
    t.bare = is_bare(&d);
    return t;
}
