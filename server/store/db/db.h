/* Inside the store: connections, queries and the helpers that its files share.
 *
 * A query is a literal with `:named` parameters, prepared once per connection and kept. Use:
 *
 *     struct query q = query_begin(db, "SELECT ... WHERE id = :id");
 *     query_int(&q, ":id", id);
 *     while (query_step(&q))
 *         ... query_get_int(&q, 0) ...
 *     return query_end(&q, err);
 *
 * The first failure is kept: steps after it do nothing and query_end reports it. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "assets/assets.h"
#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

enum {
    STORE_APPLICATION_ID = 0x73796e6f,
    /* "syno" */ STATEMENT_SLOTS = 640,
    LIST_LIMIT = 200,
    STORIES_AT_ONCE = 32
};

/* One connection with its prepared statements, found by the literal's address. */
struct db {
    sqlite3 *handle;
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } slots[STATEMENT_SLOTS];
    int64_t deadline; /* monotonic milliseconds; 0: none */
    struct store *store;
    struct db *next_free;
};

struct store {
    char *path;
    bool read_only, immutable;
    bool durable; /* the write that runs is to reach the disk before it is acknowledged */
    int lock;     /* file descriptor, -1 in a read-only store */
    struct db writer;
    int batch_changed; /* revisions that the open batch will raise */
    pthread_mutex_t writing, pooling, comparing;
    pthread_cond_t returned, compared;
    int64_t in_work[STORIES_AT_ONCE]; /* the stories being compared; 0: a free place */
    struct db *readers, *free;
    size_t n_readers;
    atomic_uint_fast64_t content, imports, watches, reads, writes, timeouts;
    atomic_int_fast64_t statement_id;
};

/* db.c ------------------------------------------------------------------------------------------
 */

enum { READ_LIMIT_MS = 1000, SEARCH_LIMIT_MS = 250 };

/* `immutable`: a file that nobody can be writing, on a disk that cannot be written. */
bool db_open(struct db *db, const char *path, int flags, bool immutable, struct err *err);
void db_close(struct db *db);
/* Runs SQL without results, several statements if need be. */
bool db_run(struct db *db, const char *sql, struct err *err);
/* Runs one statement without parameters or results, kept prepared. */
bool query_run(struct db *db, const char *sql, struct err *err);
/* What the connection's last failure means for people. */
bool db_fail(struct db *db, struct err *err);

/* transaction.c ---------------------------------------------------------------------------------
 */

/* A read connection in a read transaction, for at most `limit_ms`; waits while all are in use.
 * NULL with err when it cannot be opened. */
struct db *store_read_begin(struct store *store, int limit_ms, struct err *err);
void store_read_end(struct store *store, struct db *db);

/* The writer in a write transaction. store_write_end commits if `ok`, and takes everything back
 * otherwise; returns whether it stands. `changed` says which revisions grow. */
enum { CHANGED_NOTHING = 0, CHANGED_CONTENT = 1, CHANGED_IMPORTS = 2, CHANGED_WATCHES = 4 };
struct db *store_write_begin(struct store *store, struct err *err);
/* The same for what a power cut must not take: decisions. */
struct db *store_write_begin_durable(struct store *store, struct err *err);
bool store_write_end(struct store *store, bool ok, int changed, struct err *err);

struct query {
    struct db *db;
    sqlite3_stmt *statement;
    int code;
};

struct query query_begin(struct db *db, const char *sql);
void query_int(struct query *q, const char *name, int64_t value);
void query_real(struct query *q, const char *name, double value);
/* The text is not copied: it must live until query_end. */
void query_str(struct query *q, const char *name, struct str value);
/* The empty text becomes NULL, and 0 likewise. */
void query_str_opt(struct query *q, const char *name, struct str value);
void query_int_opt(struct query *q, const char *name, int64_t value);
void query_blob(struct query *q, const char *name, struct str value);
bool query_step(struct query *q);
bool query_end(struct query *q, struct err *err);
/* Steps to the end and ends. */
bool query_do(struct query *q, struct err *err);
/* Runs it and puts it back to be bound and run again; the first failure stops the rest. */
void query_again(struct query *q);

int64_t query_get_int(struct query *q, int column);
double query_get_real(struct query *q, int column);
/* Copied into the arena. */
struct str query_get_str(struct query *q, int column, struct arena *a);
/* The statement's own, until the next step. */
struct str query_peek_str(struct query *q, int column);
bool query_is_null(struct query *q, int column);

/* One number out of a query without parameters or with :id; `otherwise` when there is no row. */
int64_t db_number(struct db *db, const char *sql, int64_t id, int64_t otherwise);

/* migrate.c -------------------------------------------------------------------------------------
 */

/* Refuses what is not ours or is newer; brings the schema up to date (after a backup). */
bool store_migrate(struct store *store, const struct embedded *steps, struct err *err);
/* A copy of the whole database as the file `to`, written beside it first. */
bool store_copy(struct db *db, const char *to, struct err *err);

/* time.c ----------------------------------------------------------------------------------------
 */

/* Now, as "2026-01-31T12:00:00Z". */
struct stamp {
    char text[32];
};
struct stamp stamp_now(void);
/* Now, in milliseconds since 1970: for what lies ahead. */
int64_t wall_ms(void);
struct str stamp_str(const struct stamp *stamp);
int64_t monotonic_ms(void);

/* functions.c -----------------------------------------------------------------------------------
 */

/* The SQL functions that the literals use: snippet_parts(text), ... */
bool store_add_functions(struct db *db, struct err *err);

#endif
