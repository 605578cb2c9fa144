/* Inside sqlite/: the connection, and the functions of the table in engine.h. sqlite3.h is included
 * here and nowhere else (tests/check/rules.sh). */
#ifndef STORE_SQLITE_LINK_H
#define STORE_SQLITE_LINK_H

#include "store/sqlite/sqlite.h"

#include <sqlite3.h>
#include <sys/types.h>

/* What begins and ends transactions, prepared once. */
enum link_step {
    STEP_BEGIN,
    STEP_BEGIN_WRITE,
    STEP_COMMIT,
    STEP_ROLLBACK,
    STEP_PART,
    STEP_PART_BACK,
    STEP_PART_END,
    STEP_COUNT
};

struct engine_link {
    sqlite3 *handle;
    enum engine_access access;
    int lock;      /* file descriptor of the writer's lock, or -1 */
    int file_lock; /* the same on the store itself, for whoever deletes the lock; or -1 */
    char *where;
    dev_t device; /* and inode: of the file that was opened; 0 before it is known */
    ino_t inode;
    _Atomic int64_t until; /* milliseconds of the monotonic clock; 0: no limit */
    sqlite3_stmt *steps[STEP_COUNT];
    sqlite3_stmt *indexing[2][2]; /* of articles, of statements; out, in */
};

/* open.c */
/* Settings of the whole process, once, before SQLite is used. */
void link_configure(void);
bool link_may_write(const char *where);
void link_places(struct arena *a, const char *where, struct store_places *out);
bool link_open(const char *where, enum engine_access access, struct engine_link **out,
               struct err *err);
bool link_settle(struct engine_link *link, bool *left, struct err *err);
bool link_look(struct engine_link *link, struct err *err);
void link_close(struct engine_link *link);
bool link_present(struct engine_link *link, struct err *err);
void link_limit(struct engine_link *link, int64_t until);
/* The lock that a writer of this file holds: its file descriptor, or -1 with err. */
int link_lock(const char *where, struct err *err);

/* Of a new file, and of copies: most rows are short, and of a text of some kilobytes the last page
 * of its own is half empty. Files made before keep theirs until a copy is put back. */
#define LINK_PAGES "PRAGMA page_size = 2048;"

/* checked.c: from now on the pages of database files carry digests, where this many bytes are
 * reserved in them. Before anything is opened. */
enum { CHECKED_RESERVE = 8 };
void link_check_pages(void);
/* Gives every page of a file that SQLite has just made its digest, if it is to have them. */
bool link_seal(const char *path);

/* statement.c */
bool link_run(struct engine_link *link, const char *sql, struct err *err);
bool link_begin(struct engine_link *link, enum engine_span span, struct err *err);
bool link_end(struct engine_link *link, enum engine_span span, bool commit, struct err *err);
int link_prepare(struct engine_link *link, const char *sql, struct engine_statement **out);
void link_finish(struct engine_statement *statement);
int link_parameter(struct engine_statement *statement, const char *name);
void link_bind(struct engine_statement *statement, int at, const struct engine_value *value);
int link_step(struct engine_statement *statement);
void link_reset(struct engine_statement *statement, bool unbind);
const char *link_name(struct engine_statement *statement, int column);
struct engine_value link_column(struct engine_statement *statement, int column,
                                enum engine_type as);
bool link_fail(struct engine_link *link, int code, struct err *err);

/* whole.c */
bool link_version(struct engine_link *link, struct engine_version *out, struct err *err);
bool link_mark(struct engine_link *link, int64_t schema, struct err *err);
bool link_copy(struct engine_link *link, const char *to, struct err *err);
/* What a restore leaves beside the store until it is in its place. */
#define RESTORED ".restored"
bool link_restore(const char *from, const char *where,
                  bool (*ready)(const char *copy, struct err *err), struct err *err);
bool link_verify(struct engine_link *link, struct buf *findings, struct err *err);
bool link_accept(const char *where, struct err *err);
void link_size(const char *where, int64_t *bytes, int64_t *log_bytes);

/* memory.c */
bool link_memory(const struct str *bytes, struct engine_link **out, struct err *err);
bool link_bytes(struct engine_link *link, struct buf *out, struct err *err);

/* search.c */
bool link_match(struct arena *a, struct str words, struct str *out, struct err *err);
bool link_index(struct engine_link *link, const struct engine_rows *rows, bool add,
                struct err *err);

/* functions.c: the SQL functions that the search's literals use. */
bool link_add_functions(struct engine_link *link, struct err *err);

#endif
