/* Several people and measured trust: what each coded, and statements drawn by chance. How a coding
 * is made, undone and made again: store_decide with the target "coding". Lists: NOUN_CODING,
 * NOUN_SAMPLE, NOUN_SAMPLED. */
#ifndef STORE_CODING_H
#define STORE_CODING_H

#include "store/store.h"

enum { SAMPLE_MOST = 10000 };

struct store_sample {
    struct str purpose; /* "coding", "audit" */
    struct str title, by;
    struct str strata;  /* "", "outlet", "kind", "rule", "sort": equally many of each */
    int64_t story;      /* 0: the whole store */
    int64_t seed, size; /* size 0: all there are */
    bool blind;         /* coders see the words, not what the program read in them */
};
/* Draws from the statements that the program found, whatever was decided of them since.
 * ERR_INVALID: a word that is none of these, or fewer than two for each stratum; ERR_MISSING:
 * nothing to draw from; ERR_TOO_LARGE: more than SAMPLE_MOST. */
bool store_sample_draw(struct store *store, const struct store_sample *sample, int64_t *id,
                       struct err *err);
/* Forgets the draw; what was coded and decided stays. */
bool store_sample_remove(struct store *store, int64_t id, struct err *err);

/* One coding, in the order of statements and coders. */
struct store_coding {
    int64_t statement, article;
    struct str coder, verdict, coding; /* coding: JSON */
    struct str speaker; /* what its speaker is called; empty: nobody, or nobody known */
    bool sampled;       /* false: of a statement that its coder added to an article of the sample */
    bool settled;       /* a decision about the statement stands that is newer */
};
struct store_codings {
    struct store_coding *v;
    size_t n;
    struct store_coded_article {
        int64_t id, length; /* code points */
    } * articles;           /* with codings, by id */
    size_t n_articles;
};
/* The codings in the articles of a sample. ERR_MISSING: no such sample. */
bool store_codings(struct store *store, struct arena *a, int64_t sample, struct store_codings *out,
                   struct err *err);
/* How many of the sample's statements there are, and how many of them the coder has coded. */
struct store_coder_left {
    int64_t coded, all;
};
bool store_coder_left(struct store *store, int64_t sample, struct str coder,
                      struct store_coder_left *out, struct err *err);

/* A statement of an audit: what it was when drawn, and what people have made of it since. */
struct store_judged {
    struct str stratum, outlet, kind, rule, sort;
    double weight; /* statements of its stratum a judged one of it */
    bool judged;   /* false: nobody has decided about it yet */
    bool whole, statement, speaker, of_kind, position; /* right, each */
};
struct store_judgements {
    struct store_judged *v;
    size_t n;
    int64_t population, judged, gone; /* gone: no more in the store */
};
bool store_judgements(struct store *store, struct arena *a, int64_t sample,
                      struct store_judgements *out, struct err *err);

#endif
