/* Inside api/coding: the codings of a sample made ready to be compared. */
#ifndef API_CODING_PARTS_H
#define API_CODING_PARTS_H

#include "agree/agree.h"
#include "api/parts.h"
#include "store/coding.h"

/* What is compared. STATEMENT: is it one at all? The others are only of those who say so. WORDS:
 * which pieces of the text. STANCE: of each issue that a coder gave the statement. */
enum study_field {
    STUDY_STATEMENT,
    STUDY_SPEAKER,
    STUDY_VIA,
    STUDY_KIND,
    STUDY_ISSUE,
    STUDY_STANCE,
    STUDY_CHANNEL,
    STUDY_SAID_ON,
    STUDY_WORDS,
    STUDY_COUNT
};
extern const char *const study_field_names[STUDY_COUNT];

struct study_row {
    const struct store_coding *coding;
    cJSON *tree;
    size_t coder, unit;
};

struct study {
    struct arena *arena;
    struct store_codings codings;
    struct str *coders;
    size_t n_coders;
    struct study_row *rows; /* by statement, then coder */
    size_t n;
    size_t units; /* statements that were coded */
};

/* Loads the codings of the request's sample, of the coders that it asks for. ERR_DENIED: who asks
 * has not coded all of it, and is not to see what others say. The caller ends it. */
bool study_begin(struct http_context *c, struct study *s, struct err *err);
void study_end(struct study *s);
/* What the row says in a field, as a text that is equal where the same is meant; false: nothing. Of
 * STUDY_STANCE the issue is given. */
bool study_value(const struct study *s, const struct study_row *row, enum study_field field,
                 const char *issue, struct str *value);
/* The row's n-th issue; NULL: it has no more, or is no statement to its coder. */
const char *study_issue(const struct study_row *row, int n);
/* The last row of the statement that row `from` is of, and 1. */
size_t study_unit_end(const struct study *s, size_t from);
/* Do two of the rows say otherwise in the field? */
bool study_differs(const struct study *s, size_t from, size_t to, enum study_field field);

#endif
