/* The comparison: what several articles of one story say, laid side by side (DESIGN.md, 3.3).
 *
 * Pure, deterministic and independent of the articles' order: no SQL, HTTP or clock. Input are
 * articles with their readings (lang/lang.h); output is a `struct comparison`, which
 * compare_write prints as the comparison document. Spans are bytes in memory, code points in the
 * document. Each join, label and conflict names its rule. */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"
#include "lang/lang.h"

enum statement_status {
    STATUS_PROPOSED,
    STATUS_CONFIRMED,
    STATUS_REJECTED,
    STATUS_EDITED,
    STATUS_COUNT
};
extern const char *const statement_status_names[STATUS_COUNT];

/* One article of the story. Statements are reading->statements; parallel arrays say what the
 * store knows of them (ids are positive and unique in the story; the command line numbers them). */
struct compare_article {
    int64_t id;
    struct str file, outlet, title, published, url; /* published: RFC 3339 or day, may be empty */
    struct str notice; /* why the text may not be the whole article; may be empty */
    const struct lang_reading *reading;
    const int64_t *statement_ids; /* reading->n_statements of them */
    const enum statement_status
        *statement_status; /* likewise; NULL: all proposed. Rejected ones are left out */
    bool reviewed;
};

/* A verdict of a person that outranks the engine: two statements are or are not one utterance,
 * a conflict stands or does not. */
struct compare_verdict {
    enum {
        VERDICT_JOIN,
        VERDICT_SPLIT,
        VERDICT_CONFLICT_CONFIRMED,
        VERDICT_CONFLICT_DISMISSED
    } what;
    int64_t a, b; /* statement ids; for conflicts a is the conflict's id */
};

struct compare_input {
    int64_t story_id;
    struct str title; /* empty: made from the articles */
    const struct compare_article *articles;
    size_t n_articles;
    bool stored; /* the articles' numbers are a store's: they are for good, and no other story's */
    const struct lang_issues *issues;
    const struct compare_verdict *verdicts;
    size_t n_verdicts;
};

enum variant {
    VARIANT_VERBATIM,
    VARIANT_CUT,
    VARIANT_MERGED,
    VARIANT_WORD_CHANGED,
    VARIANT_NEGATION,
    VARIANT_NUMBER_CHANGED,
    VARIANT_PARAPHRASE,
    VARIANT_COUNT
};
extern const char *const variant_names[VARIANT_COUNT];

enum absence {
    ABSENT_ABSENT,
    ABSENT_PUBLISHED_BEFORE,
    ABSENT_COPY,
    ABSENT_NOT_REVIEWED,
    ABSENT_COUNT
};
extern const char *const absence_names[ABSENT_COUNT];
/* Why an article does not carry an utterance: COPY - it rewrites an article that lacks it too;
 * PUBLISHED_BEFORE - it appeared before the day of saying; NOT_REVIEWED - nobody has gone through
 * it and it has a sentence close to the utterance, or was not fully read; ABSENT - else. In a
 * story of more than MOST_LISTED articles ABSENT is left out of the lists, where it would fill
 * nine tenths of the document: whatever neither carries an utterance nor is listed is ABSENT. */
enum { MOST_LISTED = 100 };

struct wording {
    uint32_t article, statement; /* index into articles; into that article's reading->statements */
    enum variant variant;
    bool fullest;       /* the wording the others are compared with */
    bool quotes_differ; /* it and the fullest quote, and not the same words: within quotation
                         * marks that is no other way of telling it, one of the two is wrong */
};

struct utterance {
    int64_t id;         /* the smallest id of its statements: stable while they are */
    struct str speaker; /* actor key, empty if unknown */
    struct str issue;   /* issue id, empty if none */
    struct str said_on; /* YYYY-MM-DD or empty */
    const char *rule;   /* why these were joined */
    struct wording *wordings;
    size_t n_wordings;
    struct silence {
        uint32_t article;
        enum absence why;
    } * absent;
    size_t n_absent;
};

struct position {
    struct str actor, issue, condition;
    float confidence; /* 0..1: how likely the stance is right */
    enum stance stance;
    int64_t *statements; /* ids */
    size_t n_statements;
    int64_t *articles; /* ids */
    size_t n_articles;
    bool disputed;    /* outlets disagree about it */
    struct str since; /* day of saying of the earliest statement, else the day it was first
                       * published, or empty */
    bool since_said;  /* it is the former */
    struct str was;   /* the stance before, where it changed between two dated statements */
};

struct conflict {
    int64_t id;       /* from rule and spans: the same when the same articles are read again */
    int64_t former;   /* by outlets and titles: what it was called in stores of before step 022 */
    const char *rule; /* "event.excludes", "speaker.differs", … */
    const char
        *nature;     /* "outlets-disagree", "actor-changed", "times-differ", "speakers-disagree" */
    struct str note; /* one sentence */
    struct conflict_span {
        uint32_t article;
        struct span at;
        uint32_t side; /* spans of one side say the same; 0: sides are as the words differ */
    } * spans;
    size_t n_spans;
    enum { CONFLICT_PROPOSED, CONFLICT_CONFIRMED, CONFLICT_DISMISSED } status;
};

struct rewrite {
    uint32_t of, by; /* articles: `by` rewrites `of` */
    double share;    /* 0..1 of by's matter that stands in of */
    struct passage {
        struct span of, by;
    } * passages; /* shared passages, to look at */
    size_t n_passages;
};

/* Actors of the story over all its articles, by weight. */
struct story_actor {
    const struct lang_actor *actor;
    size_t n_statements;
    int64_t *articles; /* ids of articles with a statement by or mention of it */
    size_t n_articles;
};

struct comparison {
    const struct compare_input *input;
    const uint32_t *order; /* canonical rank -> article */
    struct str title;
    uint32_t *origin; /* per article: number of its origin, 1.. */
    size_t n_origins;
    struct story_actor *actors;
    size_t n_actors;
    struct utterance *utterances;
    size_t n_utterances;
    struct position *positions;
    size_t n_positions;
    struct conflict *conflicts;
    size_t n_conflicts;
    struct rewrite *rewrites;
    size_t n_rewrites;
    size_t n_limited; /* statements that were not matched with all that share words with them, for
                         there are too many */
};

/* `in` must outlive `out`; everything in `out` lives in the arena. Articles may be none. */
void compare_story(struct arena *a, const struct compare_input *in, struct comparison *out);

/* Prints the comparison document of DESIGN.md 3.3 (with prefix and suffix of 32 units to every
 * span); with "notice", a sentence, where some of the comparison was left out for its size. */
void compare_write(const struct comparison *c, enum offset_unit unit, struct json *j);

/* How it is written: `bare`, without what stands in the texts (exact, prefix, suffix), without
 * members that are null, false, empty or as most are, spans of statements and passages as [start,
 * end]: for readers that have the texts before them, as the page has. */
struct compare_form {
    enum offset_unit unit;
    bool bare;
};
void compare_write_as(const struct comparison *c, struct compare_form form, struct json *j);

/* Story membership. `text` is the body with its title in front (the title is weighed anew); day is
 * YYYY-MM-DD or longer, or empty. */
struct group_article {
    struct str title, text, published;
};
/* Gives each article the number of its story (0.., by first member in input order); the sets do not
 * depend on the order. */
void compare_group(struct arena *a, const struct group_article *articles, size_t n,
                   uint32_t *story);

/* The same from the articles' signatures (below), for a store that does not read them again. */
void compare_group_signatures(const struct str *signatures, size_t n, uint32_t *story);

/* For a store that takes in one article at a time without reading the others again:
 * 1. keep compare_signature(article) as a blob beside each article (at most 1 KB, opaque, in the
 *    arena; the first 4 bytes are its version: a blob of another version is to be made again);
 * 2. keep the numbers of compare_signature_keys in an index (key -> article);
 * 3. for a new article, look up the articles that share one of its keys - those that share most
 *    first, a few hundred suffice - and give compare_place their blobs and stories. */
struct str compare_signature(struct arena *a, const struct group_article *article);
/* The heaviest words of a signature as numbers, heaviest first; at most `max` (16 is enough). */
size_t compare_signature_keys(struct str signature, uint32_t *keys, size_t max);
/* How alike two articles are, 0 to a little over 1, days included. */
double compare_likeness(struct str a, struct str b);

struct compare_candidate {
    int64_t story;
    struct str signature;
};
/* The story the article belongs to - the one it is most like on average over the story's
 * candidates - or 0 if it begins a new one. Ties go to the smaller number. */
int64_t compare_place(struct str signature, const struct compare_candidate *candidates, size_t n);

/* Lets go of what is kept in memory for the next comparison of a story: for tests, that change
 * nothing by it but time. */
void compare_forget(void);

#endif
