/* What people type into a search box: whatever it is, FTS5 takes what the engine makes of it. */
#include "base/utf8.h"
#include "store/sqlite/sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static sqlite3 *db;
    static sqlite3_stmt *search;
    if (!db && (sqlite3_open(":memory:", &db) != SQLITE_OK ||
                sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5 (words, prefix = '3')", NULL,
                             NULL, NULL) != SQLITE_OK ||
                sqlite3_prepare_v2(db, "SELECT count(*) FROM t WHERE t MATCH ?1", -1, &search,
                                   NULL) != SQLITE_OK))
        abort();
    struct arena a = {0};
    struct str match, words = utf8_repair(&a, (struct str){(const char *)data, size});
    if (sqlite_engine.match(&a, words, &match, NULL)) {
        sqlite3_bind_text(search, 1, match.p, (int)match.n, SQLITE_STATIC);
        if (sqlite3_step(search) != SQLITE_ROW)
            abort();
        sqlite3_reset(search);
    }
    arena_finish(&a);
    return 0;
}
