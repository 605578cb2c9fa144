/* What one version of a text says otherwise than the one before it. Pure. */
#ifndef COMPARE_CHANGES_H
#define COMPARE_CHANGES_H

#include "base/arena.h"

enum change_kind {
    CHANGE_ADDED,
    CHANGE_DROPPED,
    CHANGE_REWORDED,     /* the same thing in other words */
    CHANGE_REATTRIBUTED, /* the same words by another speaker */
    CHANGE_COUNT
};
/* "added", "dropped", "reworded", "re-attributed". */
extern const char *const change_names[CHANGE_COUNT];

/* A statement as far as it matters: its id (kept while its words or their place stay), who says it
 * (empty: the text does not tell), and its content. */
struct told {
    int64_t id;
    struct str speaker, words;
};

/* The statements of one version. */
struct tellings {
    const struct told *v;
    size_t n;
};

/* `before` and `after` index the two lists; -1: not there. */
struct change {
    enum change_kind kind;
    int32_t before, after;
};

/* Pairs the statements of two versions and lists those that differ, in the order of the later
 * text, what was dropped at the end. Same words (but for case, white space and the shape of
 * quotation marks) by the same speaker are no change; what is left is paired by shared words
 * (Dice over words, the best first) from one half on, or from three quarters where the speaker
 * differs. *out holds at most before.n + after.n, in the arena; returns how many. */
size_t compare_changes(struct arena *a, struct tellings before, struct tellings after,
                       struct change **out);

#endif
