/* Full-text search by FTS5: the users' words made into a query, and the index kept in step
 * with the tables. The literals of a search: store/search/hits.c. */
#include "store/sqlite/link.h"

#include "base/json.h"

static bool is_word_byte(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z');
}

static bool has_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_word_byte(s.p[i]))
            return true;
    return false;
}

/* "words", with quotation marks inside doubled as FTS5 wants it. */
static void add_quoted(struct buf *out, struct str s, bool prefix)
{
    if (!has_word(s))
        return;
    if (out->n)
        buf_char(out, ' ');
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(out, '"');
        if (s.p[i])
            buf_char(out, s.p[i]);
    }
    buf_char(out, '"');
    if (prefix)
        buf_char(out, '*');
}

bool link_match(struct arena *a, struct str words, struct str *match, struct err *err)
{
    return engine_match(a, words, add_quoted, match, err);
}

/* ----------------------------------------------------------------------------------- the index */

#define AMONG " IN (SELECT value FROM json_each(?1)) ORDER BY id"

static const char *index_sql(const struct engine_rows *rows, bool add)
{
    if (rows->of == ROWS_OF_ARTICLES)
        return add ? "INSERT INTO article_search (rowid, title, text)"
                     " SELECT id, title, text FROM article_versions WHERE id" AMONG
                   : "INSERT INTO article_search (article_search, rowid, title, text)"
                     " SELECT 'delete', id, title, text FROM article_versions WHERE id" AMONG;
    return add ? "INSERT INTO statement_search (rowid, words)"
                 " SELECT id, words FROM statement_words WHERE id" AMONG
               : "INSERT INTO statement_search (statement_search, rowid, words)"
                 " SELECT 'delete', id, words FROM statement_words WHERE id" AMONG;
}

static void write_ids(const struct engine_rows *rows, struct buf *out)
{
    struct json j = json_begin(out);
    json_array(&j);
    for (size_t i = 0; i < rows->n; i++)
        json_int(&j, rows->ids[i]);
    json_end_array(&j);
}

/* One statement for all rows: FTS5 writes its index out between two. */
bool link_index(struct engine_link *link, const struct engine_rows *rows, bool add, struct err *err)
{
    struct buf ids = {0};
    sqlite3_stmt **kept = &link->indexing[rows->of == ROWS_OF_STATEMENTS][add];
    int code = SQLITE_OK;
    if (rows->n == 0)
        return true;
    if (!*kept)
        code = sqlite3_prepare_v3(link->handle, index_sql(rows, add), -1, SQLITE_PREPARE_PERSISTENT,
                                  kept, NULL);
    write_ids(rows, &ids);
    if (code == SQLITE_OK) {
        sqlite3_bind_text64(*kept, 1, ids.p, ids.n, SQLITE_STATIC, SQLITE_UTF8);
        code = sqlite3_step(*kept);
    }
    bool ok = code == SQLITE_DONE || link_fail(link, code, err);
    sqlite3_reset(*kept);
    buf_finish(&ids);
    return ok;
}
