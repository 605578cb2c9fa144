/* Which side a statement takes on an issue that it speaks of, and how surely: a learnt weighing of
 * its attitudes, words and cue (model/leaning.txt, made by model/training/sides/leaning.py). */
#ifndef LANG_LEAN_H
#define LANG_LEAN_H

#include "base/buf.h"
#include "lang/attitude/attitude.h"
#include "lang/lean/polarity.h"
#include "lang/lean/terms.h"

/* What the words of an issue's title do to each other: towards "sanctions" in "Lifting sanctions"
 * it is negative, towards "the files" in "The files as a danger". */
struct lean_title {
    struct str *stems; /* of its words that are no function words */
    int8_t *signs;     /* of each: what being for it means for the title */
    bool *polar;       /* it is such a word itself */
    size_t n;
    int8_t sign; /* towards what the title is about */
    bool bare;   /* a thing alone ("Photo identification"), nothing that is so or is done */
};

/* One part of a statement, all of one sentence: its words for and against, and where the issue is
 * spoken of. */
struct lean_passage {
    size_t from, to; /* tokens */
    struct polar_hits hits;
    struct term_hits terms; /* of all issues */
};

/* A statement as it bears on one issue. */
struct lean_input {
    const struct lang_doc *doc;
    const struct lang_reading *reading;
    const struct lang_statement *statement;
    const struct lang_issue *of;
    uint32_t issue; /* index into the issues: whose terms count */
    const struct lean_title *title;
    const struct lean_passage *passages;
    size_t n_passages;
    struct attitudes attitudes;
    const struct lean_sense *sense;
    int plus, minus;                    /* the weight of the signs around its terms (position.c) */
    uint32_t n_terms, of_title, rivals; /* terms, words of the title, other issues spoken of */
};

/* How near in sense a statement is to an issue's title, by the reader's word vectors. */
struct lean_sense {
    float title, least, mean; /* its words' nearest on average; the two least near; all together */
    float lead;               /* how much nearer than to any other issue; negative: farther */
    float tone, strongest;    /* how good or bad the statement's words are, -1..1 */
    float title_tone;         /* and the title's */
};

enum { LEAN_DIMS = 128, LEAN_MOST = 512 };

/* The titles of the issues as vectors. */
struct lean_space;
struct lean_space *lang_lean_space(struct arena *a, const struct lang_issues *issues);
/* A statement's sense towards each issue; lives in the arena. */
const struct lean_sense *lang_lean_sense(struct arena *a, const struct lean_space *space,
                                         const struct lang_doc *doc,
                                         const struct lang_statement *statement);
/* The words' tone by vector: weights of model/leaning.txt, [LEAN_DIMS]. */
const float *lang_lean_tones(void);

struct lean_feature {
    uint64_t name; /* hash of kind and word */
    float value;
};

/* Features, with their names ("kind:word value", parted by tabs) where a buffer is given. */
struct lean_features {
    struct lean_feature v[LEAN_MOST];
    size_t n;
    int plain;   /* plain words of the speaker's own about the title itself: for +1, against -1 */
    int nearly;  /* the same about a term that the title has no word of, as something to do */
    float shown; /* its words for (positive) and against the title, where they are about it */
    bool conditional;                /* it is said on a condition: */
    size_t condition, condition_end; /* tokens */
    struct buf *names;
};

struct lean_title lang_lean_title(struct arena *a, struct str title);
void lang_lean_features(const struct lean_input *in, struct lean_features *out);

/* Log odds that the statement takes a side on this issue, and that it is for rather than
 * against. */
struct lean {
    float takes, for_it;
};

struct lean lang_lean(const struct lean_features *f);
/* How likely the likelier side is right, calibrated on stories that the weights had not seen. */
float lang_lean_confidence(struct lean l);
/* The same where the side is said in plain words (f->plain, f->nearly); 0 if it is not. */
float lang_lean_plainly(const struct lean_input *in, const struct lean_features *f);
/* From which confidence on a side is taken. */
extern const float lang_lean_least;

/* lang_take_positions, telling of every issue that a statement speaks of, with how surely plain
 * words are for it (negative: against it; 0: there are none); `names` takes the names of its
 * features and is for `candidate` to empty. */
struct lean_trace {
    struct buf *names;
    void (*candidate)(void *to, size_t statement, const struct lang_issue *issue, float plainly);
    /* On an issue of the engine's own: the side that might be taken (sign), and how likely it is
     * right; `names` as above. May be NULL. */
    void (*own)(void *to, size_t statement, const struct lang_issue *issue, int sign);
    void *to;
};

/* A side by explicit words on an issue that the engine itself proposed, and what it rests on. */
struct lean_bearing {
    const struct lang_doc *doc;
    const struct lang_statement *statement;
    size_t number;                  /* of the statement */
    const struct lang_actor *actor; /* its speaker */
    const struct lang_issue *issue;
    const struct lean_title *title;
    int sign;
    uint32_t sides; /* how many of its words take it */
    uint32_t told,
        marks;      /* words that tell its target from others of the kind; of these the issue's */
    bool taken_up;  /* ... which a noun phrase before tells: "the bill" */
    bool named;     /* somebody is named in it and in the issue's sides, by whatever words */
    bool earlier;   /* an earlier phrase of the article tells which it is: "such talks" */
    bool lone, act; /* the target is a verb alone; has a verb */
    float sure;     /* how plainly its words say it (no probability) */
    bool judges;    /* finds it good or bad, rather than wanting it */
    bool foreign;   /* other words on it are another's, or asked or supposed */
    bool composed;  /* by what it thinks of another's attitude */
    uint32_t at;    /* token of the words that take it */
    uint32_t noun;  /* ... with which its target's noun phrase begins */
};

/* bearing.c: how likely it is that the side is right (model/bearing.txt), and from which likelihood
 * on it is shown. `trace` may be NULL. */
float lang_bearing(const struct lean_bearing *b, const struct lean_trace *trace);
float lang_bearing_least(void);
void lang_take_positions_traced(struct arena *a, const struct lang_issues *issues,
                                struct lang_reading *reading, const struct lean_trace *trace);

#endif
