/* Shared by tests of the store and the pipeline: a store of its own per test, filled from
 * tests/data/, its rows as trees. */
#ifndef TESTS_SUPPORT_STORED_H
#define TESTS_SUPPORT_STORED_H

#include "ingest/story/reread.h"
#include "ingest/worker.h"
#include "support/support.h"

struct stored {
    char folder[64], path[ADDRESS_SIZE];
    struct store *store;
};

void stored_setup(struct stored *s);
void stored_teardown(struct stored *s);
void stored_open(struct stored *s);
void stored_close(struct stored *s);
/* Imports tests/NAME (a file or folder) to the end; the import's id. */
int64_t stored_import(struct stored *s, const char *name);
/* The first page (200 rows) of a noun, an array; one item, an object. The caller's to delete. */
cJSON *stored_rows(struct stored *s, enum store_noun noun, struct store_filter filter);
cJSON *stored_item(struct stored *s, enum store_noun noun, int64_t id, const char *key);
/* Everything read again to the end; false if it fails. */
bool stored_reread(struct stored *s);
cJSON *stored_comparison(struct stored *s, int64_t story);
/* A decision, with a value in JSON or NULL, as its maker's program makes it. */
struct stored_deed {
    const char *action, *target, *key;
    int64_t id;
    const char *value;
};
bool stored_try(struct stored *s, const struct stored_deed *deed, int64_t *entry, struct err *err);
/* Fails the test if it is refused; its entry in the journal. */
int64_t stored_decide(struct stored *s, const char *action, const char *target, int64_t id,
                      const char *value);
/* The number that a query yields, -1 if it yields none; a statement run. */
int64_t stored_number(struct stored *s, const char *sql);
void stored_run(struct stored *s, const char *sql);
/* Fails the test if verify finds something. */
void stored_verify(struct stored *s);
/* The first row whose member `name` is (or, of texts, contains) the value; NULL if none. */
cJSON *row_with(cJSON *rows, const char *name, const char *value);
int64_t row_int(const cJSON *row, const char *name);
/* A text member; "" if it is null. */
const char *row_text(const cJSON *row, const char *name);

#endif
