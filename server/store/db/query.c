/* One connection: prepared statements kept by their literal, parameters bound by name (an unknown
 * name is a mistake of ours, caught by an assertion), failures turned into sentences. */
#include "store/db/db.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

static int out_of_time(void *context)
{
    struct db *db = context;
    return db->deadline && monotonic_ms() > db->deadline;
}

/* Only parameters of a literal are optional here: a list's filters (see list.c). */
static int parameter(struct query *q, const char *name)
{
    int at = sqlite3_bind_parameter_index(q->statement, name);
    assert(at > 0 && "no such parameter");
    return at;
}

/* The path as a URI: everything but the plainest characters is percent-encoded. */
static void add_uri(struct buf *uri, const char *path, bool immutable)
{
    buf_add(uri, S("file:"));
    for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
        bool plain = isalnum(*p) || strchr("/._-~", *p);
        if (plain)
            buf_char(uri, (char)*p);
        else
            buf_fmt(uri, "%%%02X", *p);
    }
    buf_add(uri, immutable ? S("?immutable=1") : S(""));
    buf_char(uri, '\0');
}

bool db_open(struct db *db, const char *path, int flags, bool immutable, struct err *err)
{
    struct buf uri = {0};
    add_uri(&uri, path, immutable);
    flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    int code = sqlite3_open_v2(uri.p, &db->handle, flags, NULL);
    buf_finish(&uri);
    if (code != SQLITE_OK)
        return db_fail(db, err);
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, 5000);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_progress_handler(db->handle, 2000, out_of_time, db);
    return store_add_functions(db, err);
}

void db_close(struct db *db)
{
    for (size_t i = 0; i < STATEMENT_SLOTS; i++)
        sqlite3_finalize(db->slots[i].statement);
    sqlite3_close(db->handle);
    *db = (struct db){0};
}

bool db_run(struct db *db, const char *sql, struct err *err)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK || db_fail(db, err);
}

static enum err_kind kind_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_INTERRUPT:
        return ERR_TIMEOUT;
    case SQLITE_READONLY:
        return ERR_READ_ONLY;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ERR_IO;
    default:
        return ERR_INTERNAL;
    }
}

static bool fail_code(struct db *db, int code, struct err *err)
{
    enum err_kind kind = kind_of(code);
    static const char *const sentences[ERR_COUNT] = {
        [ERR_FULL] = "no space left on the disk that holds the store",
        [ERR_BUSY] = "the store is in use by another program",
        [ERR_READ_ONLY] = "the store can only be read",
    };
    if (kind == ERR_TIMEOUT) {
        if (db->store)
            atomic_fetch_add(&db->store->timeouts, 1);
        return fail(err, kind, "the query took too long and was stopped");
    }
    if (sentences[kind])
        return fail(err, kind, "%s", sentences[kind]);
    if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
        return fail(err, kind, "the store's file is damaged or not a synoptic store");
    if (kind == ERR_IO)
        return fail(err, kind, "the store's file cannot be opened or read");
    return fail(err, kind, "the store failed: %s", sqlite3_errmsg(db->handle));
}

bool db_fail(struct db *db, struct err *err)
{
    return fail_code(db, sqlite3_extended_errcode(db->handle), err);
}

/* The literal's address is the key: the same literal is the same statement. */
static sqlite3_stmt *prepared(struct db *db, const char *sql, int *code)
{
    size_t slot = ((uintptr_t)sql >> 4) * UINT64_C(0x9e3779b97f4a7c15) % STATEMENT_SLOTS,
           probes = 0;
    while (db->slots[slot].sql && db->slots[slot].sql != sql && probes++ < STATEMENT_SLOTS)
        slot = (slot + 1) % STATEMENT_SLOTS;
    assert(probes < STATEMENT_SLOTS);
    if (!db->slots[slot].sql) {
        *code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                   &db->slots[slot].statement, NULL);
        if (*code != SQLITE_OK)
            return NULL;
        db->slots[slot].sql = sql;
    }
    return db->slots[slot].statement;
}

struct query query_begin(struct db *db, const char *sql)
{
    struct query q = {.db = db, .code = SQLITE_OK};
    q.statement = prepared(db, sql, &q.code);
    assert((q.statement || q.code != SQLITE_ERROR) && "a literal that does not compile");
    return q;
}

void query_int(struct query *q, const char *name, int64_t value)
{
    if (q->statement)
        sqlite3_bind_int64(q->statement, parameter(q, name), value);
}

void query_int_opt(struct query *q, const char *name, int64_t value)
{
    if (q->statement && value)
        sqlite3_bind_int64(q->statement, parameter(q, name), value);
    else if (q->statement)
        sqlite3_bind_null(q->statement, parameter(q, name));
}

void query_real(struct query *q, const char *name, double value)
{
    if (q->statement)
        sqlite3_bind_double(q->statement, parameter(q, name), value);
}

void query_str(struct query *q, const char *name, struct str value)
{
    if (q->statement)
        sqlite3_bind_text64(q->statement, parameter(q, name), value.n ? value.p : "", value.n,
                            SQLITE_STATIC, SQLITE_UTF8);
}

void query_str_opt(struct query *q, const char *name, struct str value)
{
    if (value.n)
        query_str(q, name, value);
    else if (q->statement)
        sqlite3_bind_null(q->statement, parameter(q, name));
}

void query_blob(struct query *q, const char *name, struct str value)
{
    if (q->statement && value.n)
        sqlite3_bind_blob64(q->statement, parameter(q, name), value.p, value.n, SQLITE_STATIC);
    else if (q->statement)
        sqlite3_bind_null(q->statement, parameter(q, name));
}

bool query_step(struct query *q)
{
    if (!q->statement || q->code != SQLITE_OK)
        return false;
    int code = sqlite3_step(q->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        q->code = code;
    return code == SQLITE_ROW;
}

bool query_end(struct query *q, struct err *err)
{
    if (q->statement) {
        sqlite3_reset(q->statement);
        sqlite3_clear_bindings(q->statement);
    }
    return q->code == SQLITE_OK || fail_code(q->db, q->code, err);
}

bool query_do(struct query *q, struct err *err)
{
    while (query_step(q))
        ;
    return query_end(q, err);
}

bool query_run(struct db *db, const char *sql, struct err *err)
{
    struct query q = query_begin(db, sql);
    return query_do(&q, err);
}

void query_again(struct query *q)
{
    while (query_step(q))
        ;
    if (q->statement)
        sqlite3_reset(q->statement);
}

int64_t query_get_int(struct query *q, int column)
{
    return sqlite3_column_int64(q->statement, column);
}

double query_get_real(struct query *q, int column)
{
    return sqlite3_column_double(q->statement, column);
}

struct str query_peek_str(struct query *q, int column)
{
    const char *text = sqlite3_column_blob(q->statement, column);
    return (struct str){text, text ? (size_t)sqlite3_column_bytes(q->statement, column) : 0};
}

struct str query_get_str(struct query *q, int column, struct arena *a)
{
    return arena_str(a, query_peek_str(q, column));
}

bool query_is_null(struct query *q, int column)
{
    return sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}

int64_t db_number(struct db *db, const char *sql, int64_t id, int64_t otherwise)
{
    struct query q = query_begin(db, sql);
    if (q.statement && sqlite3_bind_parameter_index(q.statement, ":id"))
        query_int(&q, ":id", id);
    int64_t value = query_step(&q) ? query_get_int(&q, 0) : otherwise;
    return query_end(&q, NULL) ? value : otherwise;
}
