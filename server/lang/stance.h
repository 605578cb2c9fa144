/* Who is for or against whom or what: shared by the reading of an article and, where issues are
 * given, by positions. */
#ifndef LANG_STANCE_H
#define LANG_STANCE_H

#include "lang/parts.h"
#include "lang/terms.h"

/* A place where an entity (an actor of the reading, or an issue) stands. */
struct place {
    uint32_t first, end; /* tokens, half-open */
    uint32_t entity;
};

/* The document with its entities: places by first token, statements with entities as speakers. */
struct stance_input {
    struct lang_doc *doc;
    const struct place *places;
    size_t n_places;
    const struct str *names; /* of entities: what stances call them */
    size_t n_entities;
    const struct lang_statement *statements;
    size_t n_statements;
    const int32_t *speakers; /* entity of each statement's speaker, or NO_ACTOR */
};

struct lang_stances {
    struct lang_stance *v;
    size_t n, cap;
};

/* Judges a reading anew with issues among the entities: those that are actors of the reading (by
 * name) count as one with them. doc is the reading's text up to quotations. */
void lang_judge_with_issues(struct lang_doc *doc, const struct lang_issues *issues,
                            struct terms *terms, struct lang_reading *reading);

/* Appends the stances found, once each per sentence, in the order of the text. */
void lang_judge(const struct stance_input *in, struct lang_stances *out);

#endif
