/* Between position.c and signs.c. */
#ifndef LANG_POSITION_PARTS_H
#define LANG_POSITION_PARTS_H

#include "lang/lean/lean.h"

/* What one statement says of one issue. */
struct view {
    uint32_t issue, n_terms;
    uint32_t of_title; /* words of the title in the content */
    int plus, minus;   /* weight of signs found */
    bool conditional;  /* with the condition: */
    struct span condition;
};

struct positions {
    struct arena *arena;
    const struct lang_issues *issues;
    struct lang_reading *reading;
    struct lang_doc doc;
    struct terms *terms;
    bool *turned;     /* per issue: its title is against its object */
    uint32_t *common; /* per issue: statements that speak of it */
    struct view *views;
    size_t n_views, cap_views;
    struct lean_passage *passages; /* of the statement in hand */
    size_t n_passages, cap_passages;
    struct lean_title *titles; /* per issue */
    struct lean_space *space;
    uint32_t last_issue, last_sentence; /* spoken of last, for "such a move"; sentence + 1 */
};

/* signs.c: fills in the views of a statement and its passages. */
void lang_weigh_statement(struct positions *p, const struct lang_statement *s);
/* Is the title against its object ("Lifting sanctions")? */
bool lang_title_turns(struct arena *a, struct str title);

#endif
