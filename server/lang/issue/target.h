/* Inside the engine: what somebody takes a side on, as the text puts it. */
#ifndef LANG_ISSUE_TARGET_H
#define LANG_ISSUE_TARGET_H

#include "lang/text/lexicon.h"

#define NO_TOKEN UINT32_MAX

/* A noun phrase ("the independent inquiry into the strike"), or a verb with what it is done to
 * ("lift sanctions on Norland"); tokens, half-open. */
struct issue_target {
    uint32_t first, end; /* all of it */
    uint32_t noun;       /* where its noun phrase begins, behind determiners */
    uint32_t head;       /* the noun; NO_TOKEN where a verb stands alone ("resign") */
    uint32_t noun_end;   /* with complements: "on Norland" */
    uint32_t verb;       /* NO_TOKEN where there is none */
    uint32_t verb_end;   /* behind "of" where the verb is put as a noun ("repeal of"), else 0 */
    int32_t who;         /* actor by whom a personal verb is to be done ("Reed should resign") */
    bool personal;
    int8_t turn;    /* wanting the verb done is being for (+1) or against (-1) the noun */
    bool nominal;   /* the verb gives the key, its object tells: "raise taxes" as "tax increase" */
    bool taken_up;  /* by a pronoun: it stands before what is said */
    bool undone;    /* a word before it turns it all: "refuse to", "reverse the policy of" */
    struct str key; /* what the noun, or the lone verb, counts as: equal keys, equal things */
};

/* One sentence of what is said. */
struct issue_scene {
    struct arena *arena;
    const struct lang_doc *doc;
    const struct lang_reading *reading;
    size_t from, to; /* tokens */
    unsigned depth;  /* of "the plan to try to ...": deep ones say nothing */
};

/* The target that begins at token t (determiners, "to" included); false where none does. */
bool issue_target_at(const struct issue_scene *s, size_t t, struct issue_target *out);
/* The verb at token t and what it is done to; false where there is no such verb or nothing that
 * tells. */
bool issue_action_at(const struct issue_scene *s, size_t t, struct issue_target *out);
/* The same where only a verb can stand: behind "to" or "should". */
bool issue_verb_at(const struct issue_scene *s, size_t t, struct issue_target *out);
/* Is the noun for people: "officials", "pacifists"? */
bool issue_is_somebody(struct str word);
/* doer.c: "the council to close the harbour", "them from closing it", "that he close it": what
 * somebody is to do or to be kept from; false where the words at t tell no such thing. */
bool issue_done_by_at(const struct issue_scene *s, size_t t, struct issue_target *out);
/* doer.c: "endorse Reed": the verb at token t and whom it is done to. */
bool issue_backs_at(const struct issue_scene *s, size_t t, struct issue_target *out);
/* doer.c: "win the nomination": what somebody wants for himself, and nobody is against. */
bool issue_is_prize(const struct issue_scene *s, const struct issue_target *x);
/* event.c: the event that the tokens from t on assert: the first that can be so or not, a noun only
 * where it is the object of what the speaker does (`nouns`); negated: sign -1. */
bool issue_event_in(const struct issue_scene *s, size_t t, bool nouns, struct issue_target *out,
                    int8_t *sign);
/* Where the tokens from t on are but "the allegations": the event that the text told last. */
bool issue_event_alleged(const struct issue_scene *s, size_t t, struct issue_target *out);
/* Is the first of the next words that names a thing one for what is alleged ("their claims")? */
bool issue_is_allegation(const struct issue_scene *s, size_t t);
/* Where "was likely to" before the verb at token t begins; t where nothing of the kind stands
 * there. */
size_t issue_prospect_start(const struct issue_scene *s, size_t t);
/* "the notion that", "claims that" at token t: whoever rejects it disputes what is said, and takes
 * no side on what is to be done. */
bool issue_is_claim(const struct issue_scene *s, size_t t);
bool issue_is_event(const struct issue_scene *s, size_t t);
/* Is the condition of the tokens [first, end) but a formality: "if elected", "if you break the
 * law"?
 */
bool issue_is_formality(const struct lang_doc *doc, size_t first, size_t end);
bool issue_negates(struct str word);
/* The noun phrase that ends before token t, as a predicate's subject. */
bool issue_subject_before(const struct issue_scene *s, size_t t, struct issue_target *out);
/* Does the word judge ("reckless") rather than tell one thing from another? */
bool issue_evaluates(struct str word);
/* Does the word tell one thing of a kind from another? Evaluations do not, nor "new". */
bool issue_tells(struct str word);
/* Is the noun for what is itself decided on ("bill"), so that all done to it is for or against it?
 */
bool issue_is_policy(const struct issue_scene *s, const struct issue_target *x);
/* Where what restricts the noun from behind ends ("the bill that would ..."; antecedent.c). */
uint32_t issue_restricted_end(const struct lang_doc *doc, const struct issue_target *x);
/* What a word counts as (words/kin.txt, else its stem), in the arena. */
struct str issue_key(struct arena *a, struct str word);
/* The actor whose mention the token is part of, or NO_ACTOR; places are none. */
int32_t issue_actor_at(const struct issue_scene *s, size_t t);

#endif
