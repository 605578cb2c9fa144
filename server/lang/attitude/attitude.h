/* Attitudes: what somebody is for or against in the words of one statement, as the words themselves
 * show it ("rejected the plan", "the plan is reckless", "sanctions must be lifted"), with the part
 * that it is about. Found by words/attitudes.txt and the small words of words/clause-words.txt. */
#ifndef LANG_ATTITUDE_H
#define LANG_ATTITUDE_H

#include "lang/text/lexicon.h"

/* What an attitude makes of its target: something to do or not, good or bad, so or not so. */
enum attitude_sort { ATTITUDE_PROPOSAL, ATTITUDE_JUDGEMENT, ATTITUDE_FACT, ATTITUDE_SORT_COUNT };

/* How it is put. */
enum attitude_form {
    ATTITUDE_VERB,    /* "rejected the plan" */
    ATTITUDE_PASSIVE, /* "the plan, rejected by Reed" */
    ATTITUDE_NOUN,    /* "her support for the plan" */
    ATTITUDE_PEOPLE,  /* "critics of the plan": always of another */
    ATTITUDE_FEELING, /* "is opposed to", "was pleased with", "is for" */
    ATTITUDE_IS,      /* "the plan is reckless" */
    ATTITUDE_NAMED,   /* "called the plan reckless" */
    ATTITUDE_BESIDE,  /* "this reckless plan" */
    ATTITUDE_MUST,    /* "the plan must be dropped" */
    ATTITUDE_WILL,    /* "we will never accept the plan" */
    ATTITUDE_ASKS,    /* "who needs a plan?" */
    ATTITUDE_FORM_COUNT
};

/* Token ranges are half-open. */
struct attitude {
    enum attitude_sort sort;
    enum attitude_form form;
    int8_t sign;                    /* +1 for, -1 against the target; negation and, where one
                                       attitude is taken to another, both are counted */
    bool negated, question, hedged; /* "may", "could" before it */
    bool composed;                  /* towards what another is for or against ("the critics of X are
                                       wrong", "urged him to drop X"): sign is towards X */
    bool clause;                    /* its target is a sentence: "denied that it was unsafe" */
    bool of_another;                /* not the speaker's: of holder, or of nobody that is named */
    bool conditional;               /* with the condition, if the attitude stands outside of it */
    bool supposed;                  /* it stands in a condition: nobody's for certain */
    uint32_t first, end;            /* the words that bear it */
    uint32_t target, target_end;    /* what it is about; empty: what was spoken of before */
    uint32_t head_end;              /* end of the target's first noun phrase or verb group */
    uint32_t holder, holder_end;    /* its subject as named, if it is another's */
    uint32_t condition, condition_end;
    float strength; /* 0..1: how plainly the words say it (no probability) */
};

struct attitudes {
    struct attitude *v;
    size_t n;
};

/* The attitudes in the statement's content and in its cue, in the order of the text; they live in
 * `a`. `doc` holds the words of the reading's text (lang_words_of); the reading tells who is meant
 * by a subject. Words of a cue count where it governs the content ("rejected [the plan]") or the
 * content itself is the target ("[the plan] was wrong, he complained"). */
struct attitudes lang_attitudes(struct arena *a, const struct lang_doc *doc,
                                const struct lang_reading *reading,
                                const struct lang_statement *statement);

/* own.c: is the attitude, one of `all` that the statement bears, the speaker's own and certain? */
bool lang_is_speakers(const struct lang_doc *doc, const struct lang_reading *reading,
                      const struct lang_statement *statement, const struct attitudes *all,
                      const struct attitude *x);

/* The attitude's sign towards the tokens [first, end): turned by words of undoing
 * (words/undoing.txt) between the attitude and them ("urged to lift sanctions": -1 towards
 * "sanctions"); 0 if they are no part of the target. */
int lang_attitude_towards(const struct lang_doc *doc, const struct attitude *x, size_t first,
                          size_t end);

/* -1 if what ends or keeps off stands among the tokens an odd number of times, else 1. */
int lang_undoing(const struct lang_doc *doc, size_t from, size_t to);

/* The class of a small word (words/clause-words.txt), 0 if it is none. */
char lang_clause_class(const struct lang_doc *doc, size_t token);

#endif
