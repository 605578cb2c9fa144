/* The full-text index: users' words, and rows that come and go. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "store/db/db.h"

/* The user's words in FTS5's grammar: each quoted, "phrases" kept, prefix* kept. Fails with
 * ERR_INVALID when there is no word in it. */
bool search_words(struct arena *a, struct str words, struct str *match, struct err *err);

/* Puts the row into the index or, before it changes or goes, takes it out. */
bool search_article(struct db *db, int64_t version, bool add, struct err *err);
/* The same for statements, a JSON array of ids: many at once, since the index writes itself out
 * whenever another table is written in between. */
bool search_statements(struct db *db, struct str ids, bool add, struct err *err);

#endif
