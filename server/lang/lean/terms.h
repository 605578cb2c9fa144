/* Where the text speaks of an issue: its terms in any inflection, near synonyms, short names. */
#ifndef LANG_LEAN_TERMS_H
#define LANG_LEAN_TERMS_H

#include "lang/text/lexicon.h"

struct term_hit {
    uint32_t first, end; /* tokens, half-open */
    uint32_t issue;      /* index into the issues */
    uint32_t term;       /* which of its phrases, counted over all issues */
};

struct term_hits {
    struct term_hit *v;
    size_t n;
};

struct terms;

/* The phrases of the issues, ready to be looked for; lives in the arena, as the issues must. */
struct terms *lang_terms_make(struct arena *a, const struct lang_issues *issues);
/* The hits among the tokens [from, to) of one sentence, by first token; of hits of one issue that
 * overlap only the longest. */
struct term_hits lang_terms_find(struct arena *a, struct terms *terms, const struct lang_doc *doc,
                                 size_t from, size_t to);
/* What a word counts as: lower case, synonyms made one, endings off. Written to out. */
struct str lang_term_stem(struct str word, char *out, size_t room);

#endif
