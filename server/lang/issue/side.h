/* Inside the engine: sides that a statement takes by explicit words, each with what it is taken on.
 */
#ifndef LANG_ISSUE_SIDE_H
#define LANG_ISSUE_SIDE_H

#include "lang/attitude/attitude.h"
#include "lang/issue/target.h"

struct issue_side {
    struct issue_target target;
    int8_t
        sign; /* towards the target as it stands: an action is wanted, a noun is thought well of */
    enum issue_sort sort;
    uint32_t at, at_end;         /* tokens of the words that take it */
    uint32_t clause, clause_end; /* of a fact: the tokens of a clause that says it, or none */
    bool
        foreign; /* another's, asked, supposed: the words are there, but no side of the speaker's */
    bool acted;  /* by what is to be done to the noun, told elsewhere: "that it be lifted" */
    bool composed; /* by what is thought of another's attitude */
    bool weak;     /* a worry or a doubt: "is wary of" */
    int32_t doer;  /* actor by whom it is to be done, + 1; 0 where nothing tells */
    bool conditional;
    struct span condition;
    float confidence;
    const char *rule;
};

struct issue_sides {
    struct issue_side *v;
    size_t n, cap;
    struct attitudes attitudes; /* what they were made of; none where none were looked for */
    bool found;
};

/* The sides that statement i takes, by the place of their words; none in a question. */
struct issue_sides issue_sides_of(struct arena *a, const struct lang_doc *doc,
                                  const struct lang_reading *reading, size_t i);
/* The same, and the statement's attitudes: those that the reading holds already, if it does. */
static inline struct issue_sides issue_sides_again(struct arena *a, const struct lang_doc *doc,
                                                   const struct lang_reading *reading, size_t i)
{
    return reading->sides && reading->sides[i].found ? reading->sides[i]
                                                     : issue_sides_of(a, doc, reading, i);
}
static inline struct attitudes issue_attitudes_again(struct arena *a, const struct lang_doc *doc,
                                                     const struct lang_reading *reading, size_t i)
{
    return reading->sides && reading->sides[i].attitudes.n
               ? reading->sides[i].attitudes
               : lang_attitudes(a, doc, reading, &reading->statements[i]);
}

/* "declined to confirm" (taking.c): no side, whatever else the words say. */
bool issue_declines(const struct lang_doc *doc, const struct lang_statement *s);
/* Does the content go on with what its sentence is about, behind a clause that names the speaker?
 */
bool issue_goes_on(const struct lang_doc *doc, const struct lang_statement *s);
/* Does somebody only suppose it ("if a country wants to")? */
bool issue_supposes(const struct lang_doc *doc, const struct lang_statement *s);

#endif
