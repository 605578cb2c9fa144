/* What the readers of tables and of JSON share; record.h is their face. */
#ifndef PAGE_RECORD_PARTS_H
#define PAGE_RECORD_PARTS_H

#include "base/buf.h"
#include "page/record/record.h"

/* The column of each field by the map, else by the surest guess at its name, else STR_NONE. */
void choose_columns(const struct str *names, size_t n, const struct record_map *map,
                    size_t column[RECORD_FIELDS]);
/* Does the map give the column a field, so that its name says nothing more? */
bool told_otherwise(const struct record_map *map, struct str column);
/* False with a sentence that names the columns where one of the map or the text's is missing. */
bool missing_column(const struct str *names, size_t n, const struct record_map *map,
                    const size_t column[RECORD_FIELDS], struct err *err);

/* A cell to look at: one line of at most 200 bytes, in the arena. */
struct str table_cell(struct arena *a, struct str cell);

/* Parses JSON; NaN and its like are null. The tree is the caller's to delete. */
bool record_parse(struct str text, cJSON **tree, struct err *err);

/* Takes out marks for nothing, makes a printed list of authors names, and an address that stands as
 * outlet the article's. */
void record_tidy(struct arena *a, struct record *record);

#endif
