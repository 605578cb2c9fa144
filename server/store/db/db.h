/* Inside the store: connections, queries and transactions over whichever engine runs (engine.h).
 *
 * A query is a literal with `:named` parameters, prepared once per connection and kept. Use:
 *
 *     struct query q = query_begin(db, "SELECT ... WHERE id = :id");
 *     query_int(&q, ":id", id);
 *     while (query_step(&q))
 *         ... query_get_int(&q, 0) ...
 *     return query_end(&q, err);
 *
 * The first failure is kept: steps after it do nothing and query_end reports it. A name that the
 * literal does not have and a connection with no room for another literal are failures as well. */
#ifndef STORE_DB_DB_H
#define STORE_DB_DB_H

#include "assets/assets.h"
#include "store/engine.h"
#include "store/store.h"

#include <pthread.h>
#include <stdatomic.h>

enum { STATEMENT_SLOTS = 640, STORIES_AT_ONCE = 32 };

/* One connection with its prepared statements, found by the literal's address. */
struct db {
    const struct engine *engine;
    struct engine_link *link; /* NULL: not open */
    struct {
        const char *sql;
        struct engine_statement *statement;
    } slots[STATEMENT_SLOTS];
    struct store *store;
    struct db *next_free;
};

/* A story that is being compared. */
struct story_in_work {
    int64_t story, since; /* 0: a free place; monotonic milliseconds */
    bool noted;           /* as one that takes long */
};

struct store {
    const struct engine *engine;
    char *path;
    bool read_only;
    bool is_copy;
    unsigned slow_ms; /* as in store_options */
    bool abandoned;   /* other threads are still in it */
    bool shared;      /* others may write to it: what all must agree on is asked of the store */
    int lease_s;      /* so long a program that shows no sign of life keeps what it has under way */
    int64_t worker;   /* its number among the programs that share the store; 0: it is alone */
    enum engine_span span; /* of the write that runs */
    struct db writer, looker;
    struct db queue, waiter; /* of an engine that locks rows: queueing.c; each behind its mutex */
    pthread_t look;          /* at the whole store, meanwhile */
    bool look_left, looks;   /* it is to be looked at; the thread runs or ran */
    atomic_bool damaged;     /* what it found */
    int batch_changed;       /* revisions that the open batch will raise */
    pthread_mutex_t writing, pooling, comparing, counting, queueing, waiting;
    pthread_cond_t returned, compared;
    struct story_in_work in_work[STORIES_AT_ONCE];
    struct db *readers, *free;
    size_t n_readers;
    atomic_int_fast64_t looked;        /* when the file was seen last, monotonic milliseconds */
    atomic_int_fast64_t looked_around; /* the same of programs that are no more */
    atomic_uint_fast64_t content, imports, watches, reads, writes, timeouts;
    struct db hearer; /* hearing.c */
    pthread_t hearing;
    atomic_bool hearing_begun, hears, hearing_ends;
    atomic_uint_fast64_t wrote, asked; /* own writes that raised revisions; how many when asked */
    int64_t next_id, end_id; /* ids of statements that were reserved and not given out yet */
};

/* Opens the store with the given engine instead of the one that its address says. */
bool store_open_with(const struct engine *engine, const struct store_options *options,
                     struct store **out, struct err *err);

/* query.c ---------------------------------------------------------------------------------------
 */

enum { READ_LIMIT_MS = 1000, SEARCH_LIMIT_MS = 500 };

/* Opens a connection of db->store. */
bool db_open(struct db *db, enum engine_access access, struct err *err);
void db_close(struct db *db);
/* Stops queries after so many milliseconds from now; 0: never. */
void db_limit(struct db *db, int limit_ms);
/* Runs SQL without results, several statements if need be. */
bool db_run(struct db *db, const char *sql, struct err *err);

struct query {
    struct db *db;
    struct engine_statement *statement; /* NULL: it could not be prepared */
    int code;                           /* of the first failure; 0: none */
    const char *unknown;                /* a name that is none of the literal's */
    const char *sql;
    int64_t began; /* monotonic milliseconds, where slow queries are logged */
};

struct query query_begin(struct db *db, const char *sql);
/* Has the literal a parameter of that name? */
bool query_has(struct query *q, const char *name);
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
/* The same for "... RETURNING id": *id is that of the first row, untouched if there is none. */
bool query_id(struct query *q, int64_t *id, struct err *err);
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
/* The same for the queue's tables alone (imports and their items), where the engine can, on a
 * connection of its own: nobody's write is waited for. Rows of items are locked before those of
 * imports, so that two such writes never wait for each other in a ring. */
struct db *store_queue_begin(struct store *store, struct err *err);
bool store_queue_end(struct store *store, bool ok, int changed, struct err *err);
/* The connection by which this program claims what is its own, for the caller alone until
 * store_claims_end. */
struct db *store_claims_begin(struct store *store);
void store_claims_end(struct store *store);
/* Is this thread in a batch of the store? */
bool store_in_batch(const struct store *store);

/* shared.c --------------------------------------------------------------------------------------
 */

/* The revisions as this transaction sees them. */
struct store_revision shared_revision(struct db *db);
bool shared_read_revision(struct db *db, struct store_revision *out);
/* Keeps them; `anew`: even where they are smaller than those known. */
void shared_remember(struct store *store, struct store_revision now, bool anew);
/* One more id for a statement, in the write transaction that runs; 0: that failed. */
int64_t shared_statement_id(struct db *db);
/* At opening, in no transaction: what the store knows of revisions and ids. */
bool shared_open(struct store *store, struct err *err);
/* At closing: reserved ids that were not needed go back. */
void shared_close(struct store *store);

/* hearing.c -------------------------------------------------------------------------------------
 */

/* Are the revisions that are known the store's, but for the moment that word of others takes? The
 * first question begins to listen. */
bool hearing_is_true(struct store *store);
void hearing_end(struct store *store);

/* deaths.c --------------------------------------------------------------------------------------
 */

enum { MOST_DEATHS = 2 };
/* Adds to the deaths of stories. */
void deaths_note(struct store *store, const int64_t *stories, size_t n, int change);
/* A long comparison has ended. */
void deaths_forget(struct store *store, int64_t story);
/* ERR_TOO_LARGE: the story is set aside. */
bool deaths_check(struct db *db, int64_t story, struct err *err);

/* migrate.c -------------------------------------------------------------------------------------
 */

/* Refuses what is not ours or is newer; brings the schema up to date (after a backup). */
bool store_migrate(struct store *store, const struct embedded *steps, struct err *err);

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

#endif
