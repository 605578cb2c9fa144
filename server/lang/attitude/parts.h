/* Between the files of this room. */
#ifndef LANG_ATTITUDE_PARTS_H
#define LANG_ATTITUDE_PARTS_H

#include "lang/attitude/attitude.h"

/* One sentence's part of a statement, tokens [from, to); what is said itself begins at content. */
struct scan {
    struct arena *arena;
    const struct lang_doc *doc;
    const struct lang_reading *reading;
    const struct lang_statement *statement;
    size_t from, content, to;
    bool question, has_condition, hedged;
    bool threat; /* the condition is what is demanded before an "or" */
    size_t condition, condition_end;
    size_t naming; /* end of the verb that names its object, or 0 */
    bool negated;  /* a negation is open, from token: */
    size_t negation;
    size_t waived; /* what begins here is no side: "does not have to [accept it]"; or 0 */
    struct attitudes *out;
    size_t *cap, begun; /* attitudes of earlier sentences */
};

/* How plainly words say it. */
extern const float lang_plain, lang_clear, lang_fair, lang_weak;

/* An attitude of the word of n tokens at t, with its sign, negation counted; and adding it. */
struct attitude lang_attitude_begin(const struct scan *s, const struct lexicon_entry *e, size_t t,
                                    size_t n);
void lang_attitude_add(struct scan *s, struct attitude x);
/* Is this letter among those behind the word's sign? */
bool lang_attitude_flag(const struct lexicon_entry *e, char flag);

/* verb.c, quality.c, modal.c: adds the attitude of a word, if it is one. */
void lang_take_verb(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n);
void lang_take_noun(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n);
void lang_take_feeling(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n);
void lang_take_quality(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n);
/* "too expensive": true if it is there. */
bool lang_take_too(struct scan *s, size_t t);
void lang_take_modal(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n);
void lang_take_question(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n);
/* "the demand", "his attack", "the proposed plan": no verb. */
bool lang_is_no_verb(const struct scan *s, const struct lexicon_entry *e, size_t t);
/* "denied that the plan was", "hopes the plan is": all of a sentence is the target. */
bool lang_takes_clause(const struct scan *s, const struct attitude *x);
/* Does a form of "to be", at *be, stand before t with nothing but fillers between? */
bool lang_follows_be(const struct scan *s, size_t t, size_t *be);
bool lang_is_possessive(const struct lang_doc *doc, size_t token);

bool lang_is_word(const struct lang_doc *doc, size_t token, const char *word);
/* Are all these adverbs or negations? */
bool lang_is_adverbial(const struct lang_doc *doc, size_t from, size_t to);
/* A mark other than a quotation mark or hyphen. */
bool lang_is_stop(const struct lang_doc *doc, size_t token);
/* Where the verb group that `at` belongs to begins: auxiliaries, adverbs, negations before it. */
size_t lang_group_start(const struct scan *s, size_t at);
/* "The plan, backed by many, was": from behind the aside to before it. */
size_t lang_skip_aside(const struct scan *s, size_t end);
/* Does another clause begin here, or does this one end? */
bool lang_clause_breaks(const struct lang_doc *doc, size_t token);

/* Sets x's target to what stands behind `at`: a noun phrase, or all of a clause where it begins
 * with "that" or "to". */
void lang_attitude_behind(const struct scan *s, size_t at, struct attitude *x);
/* The same up to the end of the clause. */
void lang_attitude_clause(const struct scan *s, size_t at, struct attitude *x);
/* Sets x's target to the subject of the verb group that begins at or before `at`. */
void lang_attitude_subject(const struct scan *s, size_t at, struct attitude *x);
/* holder.c: whose is an attitude whose verb begins at `at`: sets of_another and the holder. False
 * where it is governed by another word ("to support", "opposing"). */
bool lang_attitude_holder(const struct scan *s, size_t at, struct attitude *x);
/* The actor whose mention covers the byte, or NO_ACTOR. */
int32_t lang_actor_at(const struct lang_reading *r, uint32_t at);
/* Is the word at the token another's, by what is quoted or reported within what is said? */
bool lang_is_told_within(const struct scan *s, size_t token);
/* Is somebody else named at the token? */
bool lang_is_anothers(const struct scan *s, size_t token);
/* Is the token's actor the statement's speaker, or whom he speaks for? */
bool lang_is_own(const struct scan *s, size_t token);

/* Attitudes of this passage towards attitudes of others, and those that only seem the speaker's. */
void lang_attitude_join(const struct scan *s);

#endif
