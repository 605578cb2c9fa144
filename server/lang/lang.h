/* The engine: reads one article and says who is named in it, who says what, and for or against.
 *
 * Pure: from constant text to structs in the caller's arena; no file, SQL, HTTP or clock. Stages,
 * each a file of its own and testable alone (parts.h): token, sentence, tag, name, quote/reader,
 * coref, resolve, stance.
 *
 * Attribution follows PolNeAR (Newell, Margolin, Ruths 2018): a statement has a source (who, as
 * the text puts it), a cue ("said") and a content; each may be several spans. Offsets are bytes
 * into the article's text, half-open; the writers of JSON convert them (base/utf8.h). */
#ifndef LANG_LANG_H
#define LANG_LANG_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "base/memo.h"

struct span {
    uint32_t start, end; /* bytes into the text, half-open */
};

struct spans {
    struct span *v;
    size_t n;
};

enum actor_kind {
    ACTOR_PERSON,
    ACTOR_ORGANISATION,
    ACTOR_COUNTRY,
    ACTOR_GROUP,
    ACTOR_OUTLET,
    ACTOR_UNNAMED,
    ACTOR_KIND_COUNT
};

enum name_kind {
    NAME_FULL,
    NAME_SHORT,
    NAME_ACRONYM,
    NAME_DEMONYM,
    NAME_METONYM,
    NAME_NATIVE,
    NAME_KIND_COUNT
};

/* How a mention is to be read: "Kyiv" the government (ACTOR) or the city (PLACE). */
enum mention_reading {
    READING_ACTOR,
    READING_PLACE,
    READING_PRONOUN,
    READING_NOMINAL,
    READING_COUNT
};

enum statement_kind { STATEMENT_DIRECT, STATEMENT_MIXED, STATEMENT_INDIRECT, STATEMENT_KIND_COUNT };

enum stance {
    STANCE_SUPPORT,
    STANCE_OPPOSE,
    STANCE_CONDITIONAL,
    STANCE_MIXED,
    STANCE_NEUTRAL,
    STANCE_DECLINES,
    STANCE_DENIES,
    STANCE_COUNT
};

/* What one is for or against in an issue: doing it or not, good or bad, so or not. */
enum issue_sort { ISSUE_PROPOSAL, ISSUE_JUDGEMENT, ISSUE_FACT, ISSUE_SORT_COUNT };

/* The words of DESIGN.md for each value ("person", "full", "actor", "direct", "support"). */
extern const char *const actor_kind_names[ACTOR_KIND_COUNT];
extern const char *const name_kind_names[NAME_KIND_COUNT];
extern const char *const mention_reading_names[READING_COUNT];
extern const char *const statement_kind_names[STATEMENT_KIND_COUNT];
extern const char *const stance_names[STANCE_COUNT];
extern const char *const issue_sort_names[ISSUE_SORT_COUNT];

/* What the engine is given of an article. `text` is the clean body (DESIGN.md 3.1); it must be
 * valid UTF-8 and outlive the reading. Unknown fields are empty. */
struct lang_article {
    struct str title, subtitle, text, outlet, language;
    struct str published; /* RFC 3339 or YYYY-MM-DD */
};

struct lang_name {
    struct str text;
    enum name_kind kind;
};

struct lang_actor {
    struct str
        key; /* a slug of the name, e.g. "marco-rubio": the same for the same actor in a run */
    struct str name; /* canonical: the same string for the same actor in every article of a run */
    struct str role; /* "US Secretary of State", as the fullest article has it; may be empty */
    struct str of; /* key of the actor it belongs to or acts for ("united-states"); may be empty */
    enum actor_kind kind;
    struct lang_name *names; /* every form met in this article or known to the run */
    size_t n_names;
};

enum { NO_ACTOR = -1 };

struct lang_mention {
    struct span at;
    int32_t actor; /* index into reading.actors */
    enum mention_reading reading;
};

struct lang_position {
    struct str issue; /* the issue's id */
    enum stance stance;
    struct str condition; /* the words of the condition, for STANCE_CONDITIONAL */
    float confidence;     /* 0..1, calibrated: that the stance is right */
};

struct lang_statement {
    enum statement_kind kind;
    int32_t speaker, via; /* index into reading.actors, or NO_ACTOR */
    struct spans source, cue, content;
    struct str channel; /* "X", "press conference", "social media"; may be empty */
    struct str said_on; /* YYYY-MM-DD where the text tells, else empty */
    float confidence;   /* 0..1, calibrated: see model/README.md */
    const char
        *rule; /* the rule or model that made it, in words with dots: "reader.quote.before" */
    struct lang_position *positions;
    size_t n_positions;
};

/* Who is for or against whom or what: names are canonical, or issue ids. */
struct lang_stance {
    struct str subject, object;
    bool positive;
    struct span at;   /* the evidence */
    const char *rule; /* the rule that found it: "stance.verb" */
    float confidence; /* 0..1, calibrated where both are named: see model/README.md */
};

struct lang_issue {
    struct str id, title;
    struct str *terms;
    size_t n_terms;
    bool by_person; /* given by a person rather than proposed by the engine */
    bool actor;     /* rather somebody whom stances are for or against ("kind": "actor") */
    enum issue_sort sort;
    const struct issue_marks *marks; /* how the engine knows its own proposal again, or NULL */
};

struct lang_issues {
    struct lang_issue *v;
    size_t n;
};

/* What was found in one article: statements by the start of their content, mentions by start. */
struct lang_reading {
    struct str text;                /* the article's */
    const struct lang_draft *draft; /* it was read from, spares finding its words again; or NULL */
    struct str language;            /* ISO 639-1, found or given */
    bool fully_read;                /* false: not English, only direct quotations were taken */
    struct lang_mention *mentions;
    size_t n_mentions;
    struct lang_actor *actors;
    size_t n_actors;
    struct lang_statement *statements;
    size_t n_statements;
    struct lang_stance *stances;
    size_t n_stances;
    const struct issue_sides *sides; /* inside lang/issue: of each statement, or NULL */
};

/* An article read by itself: words, attributions and names, not yet resolved to actors. It lives in
 * the arena and points into the article's texts. `attributions` is what lang_draft_attributions
 * gave for the same text - finding them is most of the work - or empty; what does not fit is not
 * used.
 */
struct lang_draft;
struct lang_draft *lang_draft(struct arena *a, const struct lang_article *article,
                              struct str attributions);
/* Its attributions as bytes, for the next time; good for this build of the program only. */
struct str lang_draft_attributions(const struct lang_draft *draft, struct arena *a);
/* The same bytes without a draft, in the arena: for reading ahead. Of the article, only text and
 * language count. */
struct str lang_find_attributions(struct arena *a, const struct lang_article *article);
/* Were the attributions given rather than found? */
bool lang_draft_stored(const struct lang_draft *draft);

/* A run: articles that are read together, so that an actor bears one name in all of them.
 * First every article's draft is surveyed (cheap: names only), then each is read. Given the same
 * set of articles, the result does not depend on their order. Reading does not change the run. */
struct lang_run;
struct lang_run *lang_run_create(void);
void lang_run_destroy(struct lang_run *run);
/* An actor known from before (the store), with its names; a person's decision outranks what the
 * articles suggest. */
void lang_run_know(struct lang_run *run, const struct lang_actor *actor);
void lang_run_survey(struct lang_run *run, const struct lang_draft *draft);

/* Reads one article: everything but positions and stances. The result lives in the arena and points
 * into the article's text and, as long as that is there, the draft. Any valid UTF-8 ends in a
 * result. */
void lang_read(const struct lang_run *run, struct arena *a, const struct lang_draft *draft,
               struct lang_reading *out);

/* For comparing: parts statements of several quotations ("“A,” he said. “B.”") into one statement
 * for each, with the same speaker, source and carrier; only the first keeps the cue. What the
 * author says
 * ("We doubt that") is left out. */
void lang_part_statements(struct arena *a, struct lang_reading *reading);

/* Issues proposed from the readings of one story: few, each with at least two actors. */
void lang_propose_issues(struct arena *a, const struct lang_reading *readings, size_t n,
                         struct lang_issues *out);

/* Is the actor one person whom only an office tells: "the Labour nominee"; not "a minister"? */
bool lang_is_by_office(const struct lang_actor *actor);

/* Adds `positions` to the statements. */
void lang_take_positions(struct arena *a, const struct lang_issues *issues,
                         struct lang_reading *reading);
/* The same, from memory where the same statements were asked for the same issues lately: `key` is
 * lang_issues_key(issues), made once for all readings of a story. */
void lang_take_positions_again(struct arena *a, const struct lang_issues *issues,
                               struct memo_key key, struct lang_reading *reading);
struct memo_key lang_issues_key(const struct lang_issues *issues);
/* Lets go of what is in memory: for tests. */
void lang_forget_positions(void);

/* Finds `stances`: who is for or against whom and, with issues (or an empty list), what; positions
 * taken before count. Texts in other languages than English have none. */
void lang_find_stances(struct arena *a, const struct lang_issues *issues,
                       struct lang_reading *reading);

/* The sort that a person's title reads as: "Lifting sanctions" and "An inquiry" are proposals,
 * "The rules" and "The deal as a success" judgements; facts come out as judgements. */
enum issue_sort lang_issue_sort(struct str title);

/* Reads an issues file: [{"id","title","terms":[],"kind":"issue|actor","sort"}]; all but id and
 * title are optional, sort is then read off the title.
 * The result lives in the arena. Fails with a sentence on anything else. */
bool lang_issues_parse(struct arena *a, struct str json, struct lang_issues *out, struct err *err);

/* Prints the reading's fields of DESIGN.md 3.1 ("language" to "stances") into the open object,
 * offsets in code points. */
void lang_write_reading(struct arena *a, const struct lang_reading *reading, struct json *j);

/* What a word means, as the reader's network has it: fills v[LANG_SENSE], of length 1; false if the
 * word is unknown. Any thread. */
enum { LANG_SENSE = 100 };
bool lang_word_sense(struct str word, float *v);

#endif
