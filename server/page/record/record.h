/* Articles that come as data: rows of a CSV table, lines of JSON Lines, objects of JSON (ninjs 1.x
 * and 2.x, schema.org NewsArticle, or anything with a column that looks like an article's text).
 *
 * Which column is what comes from a map or is guessed from the columns' names (words/columns.txt)
 * and, where no name is known, from what stands in them. Each article is handed on as one
 * NewsArticle object of JSON-LD, which page_read reads: there is one way in for all of them. */
#ifndef PAGE_RECORD_RECORD_H
#define PAGE_RECORD_RECORD_H

#include "base/json.h"

enum record_field {
    RECORD_TITLE,
    RECORD_TEXT,
    RECORD_URL,
    RECORD_OUTLET,
    RECORD_PUBLISHED,
    RECORD_AUTHOR,
    RECORD_LANGUAGE,
    RECORD_SUBTITLE,
    RECORD_MODIFIED,
    RECORD_SECTION,
    RECORD_FIELDS
};
/* "title", "text", ...: as in a map. */
extern const char *const record_field_names[RECORD_FIELDS];

/* One article's fields, valid UTF-8, as written; absent ones are empty. The text may be HTML. */
struct record {
    struct str field[RECORD_FIELDS];
};

/* The column of each field that the user mapped: bit f of `told`. An empty column: none. */
struct record_map {
    struct str column[RECORD_FIELDS];
    uint32_t told;
};
/* Reads "title=headline,text=Body text,author=": a field of record_field_names, "=", the name of a
 * column (of JSON a key, or "source.name"; in quotation marks where it has a comma); empty text
 * gives the empty map. Fails with a sentence that names what is wrong. Slices point into `text`. */
bool record_map_parse(struct str text, struct record_map *out, struct err *err);

/* Which field a column's name usually stands for; *rank is 1 for the surest names, up to 9. */
bool record_guess(struct str column, enum record_field *field, int *rank);

/* The article as a NewsArticle object (JSON), in the arena. */
struct str record_write(struct arena *a, const struct record *record);
/* The fields of one object: of NewsArticle and its kin, of ninjs, else by map and guesses. False
 * if it holds no text. Strings live in the arena. */
bool record_of_json(struct arena *a, const cJSON *object, const struct record_map *map,
                    struct record *out);

/* Takes the articles one after the other: `number` counts rows, lines or objects from 1. A row
 * that cannot be read has `problem` set and no record. What is handed over lives only during the
 * call. Returning false ends the reading. */
struct record_sink {
    bool (*take)(struct record_sink *sink, size_t number, const struct record *record,
                 struct str problem);
};
/* Both fail with a sentence where nothing can be read at all: no column looks like the text (the
 * sentence names the columns), a mapped column is missing, binary data, broken JSON. */
bool records_of_csv(struct str bytes, const struct record_map *map, struct record_sink *sink,
                    struct err *err);
bool records_of_json(struct str bytes, const struct record_map *map, struct record_sink *sink,
                     struct err *err);
/* A table's rows as they are, whatever they hold: names and cells, `n` of both. Returning false
 * ends it. What is handed over lives only during the call. */
struct cells_sink {
    size_t line; /* where the row begins in the file, from 1: set before each call */
    bool (*row)(struct cells_sink *sink, const struct str *names, const struct str *cells,
                size_t n);
};
bool cells_of_csv(struct str bytes, struct cells_sink *sink, struct err *err);
/* Does it begin like JSON (or is said to be), so that records_of_json may try? */
bool json_is_likely(struct str bytes, struct str content_type);

/* The beginning of a table for somebody to look at: its columns, which field each would be
 * (RECORD_FIELDS: none), and its first rows (cells as they are, cut to 200 bytes). `cut`: the bytes
 * are the beginning of a longer file, so a last row without its end is left out. */
enum { TABLE_ROWS = 5, TABLE_COLUMNS = 60 };
struct table_view {
    struct str column[TABLE_COLUMNS];
    enum record_field field[TABLE_COLUMNS];
    struct str cell[TABLE_ROWS][TABLE_COLUMNS];
    size_t n_columns, n_rows;
    bool known; /* ninjs or schema.org: there is nothing to map */
};
bool table_view_csv(struct arena *a, struct str bytes, bool cut, struct table_view *out,
                    struct err *err);
bool table_view_json(struct arena *a, struct str bytes, bool cut, struct table_view *out,
                     struct err *err);

#endif
