/* Story membership, for signature.c, group.c and their tests. */
#ifndef COMPARE_GROUP_H
#define COMPARE_GROUP_H

#include "compare/parts.h"

enum { SIGN_TERMS = 120, SIGN_BYTES = 20000 };

/* Two groups are one story from this mean likeness on (measured: see tests/data/README). */
#define GROUP_ALIKE 0.20

struct sign_term {
    uint32_t term;
    float weight;
};

/* Heaviest terms first. */
struct signature {
    int32_t day;
    size_t n;
    struct sign_term terms[SIGN_TERMS];
};

void signature_make(struct arena *a, const struct vocabulary *lex,
                    const struct group_article *article, struct signature *out);
bool signature_unpack(struct str blob, struct signature *out);
/* 1 for articles within two days of each other, down to 0.4 for those months apart. */
double days_nearness(int32_t a, int32_t b);

#endif
