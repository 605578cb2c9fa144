/* Inside postgres/: the connection, and the functions of the table in engine.h. */
#ifndef STORE_POSTGRES_LINK_H
#define STORE_POSTGRES_LINK_H

#include "store/postgres/dialect/dialect.h"
#include "store/postgres/libpq.h"
#include "store/postgres/postgres.h"

#include <stdatomic.h>

enum { SCHEMA_SIZE = 64 };

struct engine_link {
    const struct libpq *pq;
    struct pg_conn *conn;
    enum engine_access access;
    char *address; /* without what is only ours */
    char schema[SCHEMA_SIZE];
    unsigned connects; /* how often it was connected: statements prepared before are gone */
    unsigned names;    /* statements that were given one */
    unsigned listens;  /* as connects when it began to listen; 0: it does not */
    int64_t caught_up; /* to which place in the log of writes what it reads is known to have come */
    int64_t primary_until; /* reads the primary until then, monotonic milliseconds; 0: any host */
    unsigned sent;         /* changes whose answers were not waited for */
    bool writes;           /* in a write transaction */
    int64_t anew;          /* when a lost connection was last made anew, monotonic ms; 0: never */
    bool opening;          /* nobody else opens the store for writing meanwhile */
    _Atomic int64_t until;
    int64_t *claims; /* what it claimed: claimed again by a new connection */
    size_t n_claims;
    int code; /* of the last failure: its SQLSTATE, see state_code */
    char why[200];
};

/* A place for a value; the bytes of numbers are kept beside it. */
struct parameter {
    struct engine_value value;
    bool bound;
    unsigned type; /* as it was prepared, by PostgreSQL's number; 0: not known yet */
    char bytes[8];
};

struct engine_statement {
    struct engine_link *link;
    struct arena arena; /* its text, its names */
    struct arena row;   /* what was made of values of the present row */
    struct dialect dialect;
    struct parameter *parameters; /* as dialect.names */
    char name[16];
    unsigned connects; /* as the link's when it was prepared; 0: it is not */
    bool stale;        /* a parameter turned out to be of another type */
    bool sent;         /* it runs, and yields nothing */
    struct pg_result *result;
    int at, n; /* the row, how many */
};

/* PostgreSQL's numbers of types. */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTES = 17,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_JSON = 114,
    TYPE_FLOAT4 = 700,
    TYPE_FLOAT8 = 701,
    TYPE_NUMERIC = 1700,
    TYPE_RECORD = 2249
};

/* open.c */
bool pg_may_write(const char *where);
void pg_places(struct arena *a, const char *where, struct store_places *out);
bool pg_open(const char *where, enum engine_access access, struct engine_link **out,
             struct err *err);
/* Of a connection that writes. */
bool pg_writes(const struct engine_link *link);
bool pg_settle(struct engine_link *link, bool *left, struct err *err);
bool pg_look(struct engine_link *link, struct err *err);
bool pg_present(struct engine_link *link, struct err *err);
void pg_close(struct engine_link *link);
void pg_limit(struct engine_link *link, int64_t until);
/* Connects anew if the connection was lost; for a while, if need be. */
bool pg_revive(struct engine_link *link, struct err *err);
/* A number for the locks of all programs that share the store. */
int64_t pg_lock_key(const struct engine_link *link, int64_t of);

/* The same, once, and even if it was not lost. */
bool pg_connect(struct engine_link *link, struct err *err);

/* hosts.c */
bool pg_several_hosts(const struct engine_link *link);
/* The kind of session that the library shall look for among several hosts; NULL: the first. */
const char *pg_session(const struct engine_link *link);
/* Commits, and notes the place in the log of writes that reads must have come to from now on. */
bool pg_commit(struct engine_link *link, struct err *err);
/* Before a reader begins: it sees what this program wrote, if need be from another host. */
bool pg_catch_up(struct engine_link *link, struct err *err);
enum engine_heard pg_hear(struct engine_link *link, int ms);

/* run.c */
int64_t pg_now_ms(void);
/* The result of what was sent, the last one if there are several; NULL: it failed (link->code). */
struct pg_result *pg_answer(struct engine_link *link);
/* Waits for the answers of all changes that were sent; false: one of them failed. */
bool pg_drain(struct engine_link *link);
/* PostgreSQL's own SQL, several statements if need be. */
bool pg_do(struct engine_link *link, const char *sql, struct err *err);
/* One number out of such; `otherwise` where there is none. */
int64_t pg_number(struct engine_link *link, const char *sql, int64_t otherwise);
bool pg_run(struct engine_link *link, const char *sql, struct err *err);
bool pg_begin(struct engine_link *link, enum engine_span span, struct err *err);
bool pg_end(struct engine_link *link, enum engine_span span, bool commit, struct err *err);
bool pg_claim(struct engine_link *link, int64_t story, bool take);
void pg_wait(struct engine_link *link, int64_t story, int ms);
bool pg_gone(struct engine_link *link, int64_t worker, int seconds);
/* What was claimed, with a new connection. */
void pg_claim_again(struct engine_link *link);

/* fail.c */
/* Five characters as a number above 0. */
int state_code(const char *state);
/* Keeps why something failed. */
void pg_failed(struct engine_link *link, const char *state, const char *why);
bool pg_fail(struct engine_link *link, int code, struct err *err);

/* statement.c */
int pg_prepare(struct engine_link *link, const char *sql, struct engine_statement **out);
void pg_finish(struct engine_statement *statement);
int pg_parameter(struct engine_statement *statement, const char *name);
void pg_bind(struct engine_statement *statement, int at, const struct engine_value *value);
int pg_step(struct engine_statement *statement);
void pg_reset(struct engine_statement *statement, bool unbind);
const char *pg_name(struct engine_statement *statement, int column);

/* value.c */
struct engine_value pg_column(struct engine_statement *statement, int column, enum engine_type as);
/* The bytes of a bound value as PostgreSQL takes them; its length. */
const char *parameter_bytes(struct parameter *parameter, int *length);

/* whole.c */
bool pg_version(struct engine_link *link, struct engine_version *out, struct err *err);
bool pg_mark(struct engine_link *link, int64_t schema, struct err *err);
bool pg_verify(struct engine_link *link, struct buf *findings, struct err *err);
void pg_size(const char *where, int64_t *bytes, int64_t *log_bytes);
/* The functions that the store's SQL calls, where they are not those of this program. */
bool pg_add_functions(struct engine_link *link, struct err *err);

/* search.c */
bool pg_match(struct arena *a, struct str words, struct str *out, struct err *err);
bool pg_index(struct engine_link *link, const struct engine_rows *rows, bool add, struct err *err);

#endif
