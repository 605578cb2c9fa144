/* Where the rows of a list go. A list is read by one statement; its sink decides whether that
 * becomes JSON objects, CSV or NDJSON. Values point into the statement's memory and are valid
 * only during the call. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "base/json.h"

enum row_type { ROW_NULL, ROW_INT, ROW_REAL, ROW_TEXT, ROW_BOOL, ROW_JSON };

/* One value. ROW_JSON: `text` is a finished JSON array or object. */
struct row_value {
    enum row_type type;
    int64_t integer; /* ROW_INT, ROW_BOOL */
    double real;
    struct str text;
};

struct row_sink {
    /* Once, before any row, even if there are none: the columns' names (CSV's header). May be NULL.
     */
    void (*columns)(struct row_sink *sink, const char *const *names, size_t n);
    void (*begin)(struct row_sink *sink);
    void (*value)(struct row_sink *sink, const char *name, const struct row_value *value);
    void (*end)(struct row_sink *sink);
};

/* Objects, appended to the array that is open in *j (or the one value that is due, for an item). */
struct row_json {
    struct row_sink sink;
    struct json *j;
};
struct row_json row_json_make(struct json *j);

/* One object a line. */
struct row_ndjson {
    struct row_sink sink;
    struct buf *out;
    struct json j;
};
struct row_ndjson row_ndjson_make(struct buf *out);

/* RFC 4180 with a header line, CRLF. Spans become their words joined by " … ", other arrays of
 * texts are joined by "; ", anything deeper stays JSON. `guard` puts an apostrophe before cells
 * that a spreadsheet would take for a formula (begin with = + - @ TAB CR); numbers stay. */
struct row_csv {
    struct row_sink sink;
    struct buf *out;
    struct buf words; /* of the present cell */
    bool guard, first;
};
struct row_csv row_csv_make(struct buf *out, bool guard);
void row_csv_finish(struct row_csv *csv);

/* A number or truth value as JSON has it. */
void row_number(struct buf *out, const struct row_value *value);
/* Appends the words of a finished [SPAN], or the items of [text] and [number]; false where `json`
 * is neither, and what was appended then means nothing. */
bool row_words(struct str json, struct buf *out);

#endif
