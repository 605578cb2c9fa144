/* Inside save*.c and saving.c: one story on its way into the tables. */
#ifndef STORE_STORY_SAVING_H
#define STORE_STORY_SAVING_H

#include "store/story/story.h"

/* Spans as they are stored: where the one there is begins and how long it is, or, of several, JSON.
 */
struct placed {
    int64_t at, length; /* `at` of source and cue: counted from where the content begins */
    struct str list;
};

/* A statement as its row will be, and how the row is now. */
struct statement_row {
    int64_t id, utterance; /* utterance: 0 for none */
    int64_t others;        /* in the utterance */
    size_t article;        /* of the input */
    const struct lang_statement *statement;
    const struct wording *wording; /* in its utterance, or NULL */
    enum statement_status status;
    struct placed content, source, cue;
    struct str words; /* of several spans */
    int64_t worth;    /* in millionths: as save_worth will have it, most likely */
    bool is_there, same_words, same;
};

/* What is kept of the comparison, compressed, and its bytes before. */
struct saved_document {
    size_t size;
    struct str packed;
};

struct saving {
    struct db *db;
    const struct store_story *story;
    const struct comparison *c;
    struct utf8_index *indexes; /* per article of the input */
    struct article_row {
        int64_t slot, rank, mentions;
    } * stored;     /* likewise: as the tables have it */
    int64_t *slots; /* likewise: where its letter stands in utterances.absent, from 1 */
    size_t n_slots;
    struct statement_row *rows; /* article by article, in the order of the readings */
    size_t n_rows;
    struct statement_row **by_id;
    struct saved_document kept;
    struct arena arena;
    struct err *err;
};

/* Makes the rows of the statements; needs no transaction. */
void prepare_statements(struct saving *s);
/* Of the rows: so that they need not be written once more within the transaction. */
void prepare_worth(struct saving *s);
/* Each replaces its part of the story. */
bool save_actors(struct saving *s);
bool save_names(struct saving *s);                    /* of save_actors: names, offices */
bool save_articles(struct saving *s);                 /* origins, mentions */
bool save_mentions(struct saving *s, size_t article); /* of save_articles, which has a number */
bool save_statements(struct saving *s);
bool save_issues(struct saving *s);
bool save_utterances(struct saving *s);
bool save_positions(struct saving *s);
bool save_conflicts(struct saving *s);
bool save_worth(struct saving *s);
bool save_changes(struct saving *s); /* behind the statements */
/* Makes what is kept of the comparison; needs no transaction. */
void prepare_document(struct saving *s);
bool save_document(struct saving *s);

/* What story_actors.names (schema/019-numbers.sql) has of the actor. */
struct str names_column(struct saving *s, const struct lang_actor *actor);
/* Of row w of story_actors: is the text among its names, and which letter stands for its kind? */
#define NAME_IN(text) "char(10) || " text " || char(9)"
#define HAS_NAME(w, text) "instr(" w ".names, " NAME_IN(text) ") > 0"
#define LETTER_OF_NAME(w, text)                                                                    \
    "substr(" w ".names, instr(" w ".names, " NAME_IN(text) ") + length(" text ") + 2, 1)"
#define KIND_OF_NAME(letter)                                                                       \
    "CASE " letter " WHEN 'f' THEN 'full' WHEN 's' THEN 'short' WHEN 'a' THEN 'acronym'"           \
    " WHEN 'd' THEN 'demonym' WHEN 'm' THEN 'metonym' ELSE 'native' END"

/* The statement's row; NULL: there is none. */
struct statement_row *saving_row(const struct saving *s, int64_t id);
/* Ids of rows. */
struct ids {
    const int64_t *v;
    size_t n;
};
/* A confidence as the tables have it. */
int64_t saving_millionths(double confidence);
/* The ids as the parameter :ids of SAVING_AMONG. */
struct str saving_list(struct saving *s, const struct ids *ids);
#define SAVING_AMONG "(SELECT CAST(rtrim(value, '') AS INTEGER) FROM json_each(:ids))"
/* Runs the query and ends it: which of the ids it yields are not among the `n` that stay? */
bool saving_gone(struct saving *s, struct query *q, const int64_t *stay, size_t n, struct ids *out);
/* Runs the literal for each :id. */
bool saving_delete(struct saving *s, const char *sql, const struct ids *ids);

/* Code points of a span of article `i`. */
int64_t saving_point(const struct saving *s, size_t article, uint32_t byte);
/* The actor's key in a reading, or empty for NO_ACTOR. */
struct str saving_key(const struct lang_reading *reading, int32_t actor);

#endif
