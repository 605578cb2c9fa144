/* Words for and against (lang/stance/words/stance.txt) found in a sentence, with the negations over
 * them. */
#ifndef LANG_LEAN_POLARITY_H
#define LANG_LEAN_POLARITY_H

#include "lang/text/lexicon.h"

enum polar_kind { POLAR_VERB, POLAR_NOUN, POLAR_QUALITY, POLAR_CALL };

struct polar_hit {
    const struct lexicon_entry *entry;
    uint32_t first, end; /* tokens, half-open */
    enum polar_kind kind;
    enum word_form form;
    int8_t sign; /* +1 or -1, negation counted */
    bool negated;
    bool wants;   /* asks something of somebody: no praise of him */
    bool passive; /* what it is done to stands before it */
};

struct polar_hits {
    struct polar_hit *v;
    size_t n;
};

/* The hits among the tokens [from, to) of one sentence, in order. */
struct polar_hits lang_polar_hits(struct arena *a, const struct lang_doc *doc, size_t from,
                                  size_t to);

#endif
