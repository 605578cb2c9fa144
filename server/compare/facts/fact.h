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
    FACT_TOLL,  /* people to whom something happened */
    FACT_TIMES, /* how often somebody did something: "married three times" */
    FACT_CLOCK, /* a time of day, minutes */
    FACT_LATER, /* days after what was told before: "the next day" */
    FACT_MONTH, /* "in December" */
    FACT_DAY,   /* the day of something */
    FACT_YEAR,
    FACT_KINDS
};

struct fact {
    uint32_t article, sentence, first, end; /* terms */
    struct span at;
    enum fact_kind kind;
    uint64_t what; /* the noun, the currency, whose age, what is measured, the fate, the deed, the
                    * zone of a clock; 0: of a day or year */
    uint64_t prev, next; /* the content words before and behind, or 0 */
    uint64_t acts[2];    /* of a day or year: what happens then; or 0 */
    uint64_t owner;      /* the nearest actor before, or 0 */
    uint64_t work;       /* of a year: the title of what it is said of, or 0 */
    uint64_t month;      /* of a count: named in its sentence, or 0 */
    uint64_t link;       /* of a span: "after", "ago" behind it, or 0 */
    double value, scale; /* scale: 1e6 where it is given in millions, 1 else */
    bool least, most, under, about, quoted, supposed, resolved, said; /* under: "almost" */
    bool half;            /* of a clock: whether before or after noon is not said */
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

/* ---- beside.c */
/* "Arrested", "shot": what can have a day. What is expected of it is told by the verb behind. */
bool fact_is_past(const struct work *w, const struct text *t, uint32_t at);
/* Fills in what stands beside it and adds it. */
void fact_add(struct work *w, const struct text *t, struct fact *f, struct facts *out);

/* ---- values.c: can both values be right of one thing? */
bool facts_agree(const struct fact *x, const struct fact *y);

/* ---- names.c */
/* Does its sentence name a day or month? */
bool fact_names_date(const struct work *w, const struct fact *f);
/* Both sentences have names, but none that the other has: near Cusco, near Potosi. */
bool facts_name_others(const struct work *w, const struct fact *x, const struct fact *y);

/* ---- age.c */
/* Is the number an age? f->what is then whose, or 0. */
bool fact_is_age(const struct text *t, struct fact *f);

/* ---- toll.c: f is a number and what it counts is not read yet. Is it a toll? */
bool fact_is_toll(const struct work *w, const struct text *t, struct fact *f);
/* ---- clock.c: is there a time of day at the term? */
bool fact_is_clock(const struct text *t, uint32_t at, struct fact *f);
bool clocks_agree(const struct fact *x, const struct fact *y);
double clocks_apart(const struct fact *x, const struct fact *y); /* minutes */

/* ---- fact_like.c */
/* Do two facts of different articles tell the same thing, and differently? */
bool facts_contradict(const struct work *w, const struct facts *all, size_t i, size_t k);
/* Facts whose keys are alike may; the others cannot. */
uint64_t fact_key(const struct fact *f);

#endif
