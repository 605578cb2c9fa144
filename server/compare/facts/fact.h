/* Plain facts of a text that can be compared: how many, how much, how old, on which day. */
#ifndef COMPARE_FACTS_FACT_H
#define COMPARE_FACTS_FACT_H

#include "compare/facts/when.h"

enum fact_kind {
    FACT_COUNT,   /* of a noun */
    FACT_SHARE,   /* per cent */
    FACT_MONEY,   /* of a currency */
    FACT_SPAN,    /* days, of any unit of time */
    FACT_MEASURE, /* of any other unit */
    FACT_AGE,
    FACT_DAY, /* the day of something */
    FACT_YEAR,
    FACT_KINDS
};

struct fact {
    uint32_t article, sentence, first, end; /* terms */
    struct span at;
    enum fact_kind kind;
    uint64_t what; /* the noun, the currency, whose age, what is measured; 0: of a day or year */
    uint64_t prev, next; /* the content words before and behind, or 0 */
    uint64_t acts[2];    /* of a day or year: what happens then; or 0 */
    uint64_t owner;      /* the nearest actor before, or 0 */
    uint64_t link;       /* of a span: "after", "ago" behind it, or 0 */
    double value, scale; /* scale: 1e6 where it is given in millions, 1 else */
    bool least, most, about, quoted, supposed, resolved, said;
    bool compound, tally; /* "a 41-yard pass"; a count of which there are many: points, yards */
    const struct saying *saying;
    struct bag near, around; /* content words beside it, and of its sentence */
};

struct facts {
    struct fact *v;
    size_t n, cap;
};

/* What the article tells, added to `out` in order. */
void facts_in(struct work *w, const struct when_words *words, uint32_t article, struct facts *out);

/* ---- fact_like.c */
/* Do two facts of different articles tell the same thing, and differently? */
bool facts_contradict(const struct work *w, const struct facts *all, size_t i, size_t k);
/* Facts whose keys are alike may; the others cannot. */
uint64_t fact_key(const struct fact *f);

#endif
