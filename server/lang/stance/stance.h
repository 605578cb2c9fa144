/* Who is for or against whom or what: shared by the reading of an article and, where issues are
 * given, by positions. */
#ifndef LANG_STANCE_STANCE_H
#define LANG_STANCE_STANCE_H

#include "lang/lean/polarity.h"
#include "lang/lean/terms.h"
#include "lang/parts.h"

/* A place where an entity (an actor of the reading, or an issue) stands. */
struct place {
    uint32_t first, end; /* tokens, half-open */
    uint32_t entity;
};

/* One finding of a rule in one sentence; several in a sentence of one pair: the first counts. */
struct finding {
    int32_t subject, object; /* entities */
    int32_t sign;            /* +1 or -1 */
    uint32_t sentence;
    struct span at;
    const char *rule;
    float confidence;
};

/* The document with its entities: places by first token, statements with entities as speakers. */
struct stance_input {
    struct lang_doc *doc;
    const struct place *places;
    size_t n_places;
    const struct str *names; /* of entities: what stances call them */
    size_t n_entities;
    size_t first_issue; /* entities from this on are issues; some of them actors, too */
    const struct lang_issues *issues;
    const struct lang_statement *statements;
    size_t n_statements;
    const int32_t *speakers;     /* entity of each statement's speaker, or NO_ACTOR */
    const int32_t *chiefs;       /* entity that each entity belongs to or acts for, or NO_ACTOR */
    const struct finding *given; /* what is known already */
    size_t n_given;
};

struct findings {
    struct finding *v;
    size_t n, cap;
    size_t begun; /* findings of earlier sentences */
};

/* A sentence (or part of a very long one) with what the rules look at. */
struct judge {
    const struct stance_input *in;
    struct findings *out;
    uint32_t sentence;
    size_t from, to; /* its tokens */
    const struct place *places;
    size_t n_places;
    struct polar_hits hits;
    const int32_t *speaker;      /* per token: entity that says it, or NO_ACTOR */
    struct stance_score *scores; /* what the network says of its pairs (stance_net.h) */
    size_t n_scores;
};

/* Appends a finding, unless the pair has one in this sentence already or is none (either end
 * missing, both the same, sign 0), or the network sees nothing between the two. */
void lang_find_stance(struct judge *j, int32_t subject, int32_t object, int sign, const char *rule);

/* The confidence of a finding where the network has no say. */
extern const float lang_stance_unseen;

/* What an article's findings come to, pair by pair. */
struct history;
struct history *lang_history_make(struct arena *a, const struct findings *found);
/* The sum of the signs of subject towards object; 0 if nothing is known. */
int lang_history_sign(const struct history *h, int32_t subject, int32_t object);
/* The actor that each actor of the reading belongs to or acts for, or NO_ACTOR. */
int32_t *lang_stance_chiefs(struct arena *a, const struct lang_reading *r);

/* Judges a reading anew with issues among the entities: those that are actors of the reading (by
 * name) count as one with them. doc is the reading's text up to quotations. */
void lang_judge_with_issues(struct lang_doc *doc, const struct lang_issues *issues,
                            struct lang_reading *reading);

/* What there is to judge in a reading whose text's words doc holds. */
struct stance_input lang_stance_input(struct lang_doc *doc, const struct lang_reading *r);
/* The sentences (very long ones in parts), with their places, speakers, words for and against. */
struct judge *lang_stance_judges(const struct stance_input *in, struct findings *out, size_t *n);

/* All stances of the document, in the order of its sentences. */
void lang_judge(const struct stance_input *in, struct lang_stance **v, size_t *n);

#endif
