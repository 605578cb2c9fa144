/* Times in a text, as days from the day of the report: for time.c and its tests. */
#ifndef COMPARE_FACTS_WHEN_H
#define COMPARE_FACTS_WHEN_H

#include "compare/parts.h"

enum when_kind {
    WHEN_DAYS,
    WHEN_VAGUE,
    WHEN_WEEK,
    WHEN_MONTH,
    WHEN_YEAR,
    WHEN_END_WEEK,
    WHEN_END_MONTH,
    WHEN_END_YEAR,
    WHEN_MONTH_NAME,
    WHEN_WEEKDAY,
    WHEN_UNIT,
    WHEN_KIND_COUNT
};

struct when_word {
    uint64_t word[4]; /* folded */
    uint8_t n;
    enum when_kind kind;
    int32_t from, to;
};

struct when_words {
    struct when_word *v;
    size_t n;
    struct map first;
};

struct when {
    struct span at;
    uint32_t first, end; /* terms */
    enum when_kind kind;
    int32_t from, to; /* days from the report's day; for names of an unknown year: month and day */
    bool resolved;    /* from and to are days */
    bool deadline;    /* "by …" */
};

void when_load(struct arena *a, struct when_words *words);
/* The time that begins at or around term `at`; `base`: the report's day or NO_DAY. */
bool when_at(const struct when_words *words, const struct text *t, uint32_t at, int32_t base,
             struct when *out);
/* Can both times not be meant? The bases are the two reports' days or NO_DAY. */
bool whens_contradict(const struct when *x, int32_t base_x, const struct when *y, int32_t base_y);

#endif
