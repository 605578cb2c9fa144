/* Small questions about terms, for the files that find facts. */
#ifndef COMPARE_FACTS_LOOK_H
#define COMPARE_FACTS_LOOK_H

#include "compare/parts.h"

static inline bool term_is(const struct term *t, const char *word)
{
    return t->word == str_hash(str_of(word));
}

static inline bool term_is_any(const struct term *t, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (term_is(t, words[i]))
            return true;
    return false;
}

#define IS_ANY(t, words) term_is_any((t), (words), sizeof(words) / sizeof *(words))

static inline bool term_is_noun(const struct term *t)
{
    return term_is_content(t) && !(t->flags & (TERM_NUMBER | TERM_CAPITAL | TERM_ACTOR));
}

static inline bool term_is_long_noun(const struct term *t)
{
    return term_is_noun(t) && t->at.end - t->at.start > 2;
}

/* Is nothing but a blank or hyphen between the term and the next? */
static inline bool terms_touch(const struct text *t, uint32_t at)
{
    return at + 1 < t->n_terms && t->terms[at + 1].at.start == t->terms[at].at.end + 1 &&
           (t->text.p[t->terms[at].at.end] == ' ' || t->text.p[t->terms[at].at.end] == '-');
}

#endif
