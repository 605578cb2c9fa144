/* Words for and against, with negation.
 *
 * A negation turns the next such word within its reach ("would not, however, agree to"), unless
 * the sentence starts anew in between. A past form behind "to be" is passive. */
#include "lang/lean/polarity.h"

enum { REACH = 5, BE_REACH = 3 };

static bool is_passive(const struct lang_doc *doc, size_t from, size_t verb, enum word_form form)
{
    static const char *const be[] = {"be", "is",  "are",  "was", "were", "been", "being",
                                     "'s", "'re", "gets", "get", "got",  NULL};
    if (form != FORM_PAST && form != FORM_PARTICIPLE)
        return false;
    for (size_t back = 1; back <= BE_REACH && verb >= from + back; back++)
        if (str_one_of(lang_token_text(doc, verb - back), be))
            return true;
    return false;
}

static bool parts_clauses(const struct lang_doc *doc, size_t token)
{
    static const char *const marks[] = {";", ":", "but", "although", "while", ".", "?", "!", NULL};
    return str_one_of(lang_token_text(doc, token), marks);
}

static enum polar_kind kind_of(char class)
{
    switch (class) {
    case 'v':
        return POLAR_VERB;
    case 'n':
        return POLAR_NOUN;
    case 'm':
        return POLAR_CALL;
    default:
        return POLAR_QUALITY;
    }
}

/* "his attack", "a new veto": no verb. */
static bool is_noun_here(const struct lang_doc *doc, size_t from, size_t at, enum word_form form)
{
    static const char *const leads[] = {"the",   "a",   "an", "his",  "her", "its",
                                        "their", "our", "my", "this", "any", "no",
                                        "such",  "of",  "in", "'s",   "new", NULL};
    return at > from && (form == FORM_BASE || form == FORM_S) &&
           str_one_of(lang_token_text(doc, at - 1), leads);
}

/* "tax cuts", "debt limit": the second half of a noun, unless an object follows. */
static bool is_compound(const struct lang_doc *doc, size_t from, size_t at, size_t to,
                        enum word_form form)
{
    static const char *const objects[] = {"the", "a",   "an",   "his",  "her",   "its",   "their",
                                          "our", "my",  "this", "that", "these", "those", "any",
                                          "all", "him", "them", "it",   "us",    "to",    NULL};
    if (at == from || (form != FORM_BASE && form != FORM_S))
        return false;
    struct str before = lang_token_text(doc, at - 1);
    if (doc->tokens[at - 1].capital || !doc->tokens[at - 1].word || before.n < 3 ||
        str_ends(before, S("s")) || str_ends(before, S("ly")) ||
        lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), before))
        return false;
    return at + 1 >= to ||
           !(doc->tokens[at + 1].capital || str_one_of(lang_token_text(doc, at + 1), objects));
}

/* "not only" denies nothing. */
static bool is_only(const struct lang_doc *doc, size_t token, size_t to)
{
    return token < to && str_eq_case(lang_token_text(doc, token), S("only"));
}

struct polar_hits lang_polar_hits(struct arena *a, const struct lang_doc *doc, size_t from,
                                  size_t to)
{
    const struct lexicon *words = lexicon_open(WORDS_STANCE);
    struct polar_hits hits = {0};
    size_t cap = 0, n, negation = 0;
    bool pending = false;
    for (size_t t = from; t < to;) {
        const struct lexicon_entry *e = lexicon_match(words, doc, t, to, &n);
        if (!e) {
            pending = pending && t - negation <= REACH && !parts_clauses(doc, t);
            t++;
            continue;
        }
        if (e->class.p[0] == 'x') {
            pending = !is_only(doc, t + n, to) && !(pending && t - negation < 2);
            negation = t;
        } else if (n == 1 && e->class.p[0] == 'v' && is_compound(doc, from, t, to, e->form)) {
            pending = false;
        } else {
            bool negated = pending && t - negation <= REACH;
            bool minus = str_starts(e->more, S("-"));
            hits.v = arena_grow(a, hits.v, hits.n, &cap, sizeof *hits.v);
            hits.v[hits.n++] = (struct polar_hit){
                .entry = e,
                .first = (uint32_t)t,
                .end = (uint32_t)(t + n),
                .kind = e->class.p[0] == 'v' && is_noun_here(doc, from, t, e->form)
                            ? POLAR_NOUN
                            : kind_of(e->class.p[0]),
                .form = e->form,
                .sign = minus != negated ? -1 : 1,
                .negated = negated,
                .wants = str_ends(e->more, S("w")),
                .passive = is_passive(doc, from, t, e->form)};
            pending = false;
        }
        t += n;
    }
    return hits;
}
