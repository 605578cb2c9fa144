/* Statements and transactions of a connection, and what their failures mean for people. */
#include "store/sqlite/link.h"

#include <stdint.h>

static sqlite3_stmt *of(struct engine_statement *statement)
{
    return (sqlite3_stmt *)statement;
}

bool link_run(struct engine_link *link, const char *sql, struct err *err)
{
    return sqlite3_exec(link->handle, sql, NULL, NULL, NULL) == SQLITE_OK ||
           link_fail(link, 0, err);
}

/* -------------------------------------------------------------------------------- transactions */

static bool take_step(struct engine_link *link, enum link_step which, struct err *err)
{
    static const char *const texts[STEP_COUNT] = {
        [STEP_BEGIN] = "BEGIN",          [STEP_BEGIN_WRITE] = "BEGIN IMMEDIATE",
        [STEP_COMMIT] = "COMMIT",        [STEP_ROLLBACK] = "ROLLBACK",
        [STEP_PART] = "SAVEPOINT part",  [STEP_PART_BACK] = "ROLLBACK TO part",
        [STEP_PART_END] = "RELEASE part"};
    sqlite3_stmt **step = &link->steps[which];
    int code = SQLITE_OK;
    if (!*step)
        code = sqlite3_prepare_v3(link->handle, texts[which], -1, SQLITE_PREPARE_PERSISTENT, step,
                                  NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(*step);
    bool ok = code == SQLITE_DONE || link_fail(link, code, err);
    sqlite3_reset(*step);
    return ok;
}

/* A new file need not survive a power cut before anything is in it: waiting for the disk at each
 * step would take longer than all the rest of the start. */
static bool begin_schema(struct engine_link *link, struct err *err)
{
    struct engine_version found;
    return link_version(link, &found, err) &&
           (!found.empty ||
            link_run(link, LINK_PAGES "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;",
                     err)) &&
           take_step(link, STEP_BEGIN_WRITE, err);
}

bool link_begin(struct engine_link *link, enum engine_span span, struct err *err)
{
    switch (span) {
    case SPAN_READ:
        return take_step(link, STEP_BEGIN, err);
    case SPAN_WRITE:
    case SPAN_QUEUE: /* there is one writer */
        return take_step(link, STEP_BEGIN_WRITE, err);
    case SPAN_DURABLE: /* `synchronous` can only be changed outside a transaction */
        return link_run(link, "PRAGMA synchronous = FULL", err) &&
               take_step(link, STEP_BEGIN_WRITE, err);
    case SPAN_SCHEMA:
        return begin_schema(link, err);
    case SPAN_PART:
        return take_step(link, STEP_PART, err);
    }
    return false;
}

/* Some failures have taken everything back already. */
static void roll_back(struct engine_link *link)
{
    if (!sqlite3_get_autocommit(link->handle))
        take_step(link, STEP_ROLLBACK, NULL);
}

/* A new store is made without waiting for the disk. Its file must be there before anything in it is
 * promised: SQLite drops the journal of a file that the power cut left empty. */
static const char reach_disk[] = "PRAGMA synchronous = NORMAL; PRAGMA wal_checkpoint(PASSIVE);";

bool link_end(struct engine_link *link, enum engine_span span, bool commit, struct err *err)
{
    if (span == SPAN_PART) {
        if (!commit)
            take_step(link, STEP_PART_BACK, NULL);
        return take_step(link, STEP_PART_END, err) && commit;
    }
    bool kept = commit && take_step(link, STEP_COMMIT, err);
    if (!kept)
        roll_back(link);
    if (span == SPAN_DURABLE)
        link_run(link, "PRAGMA synchronous = NORMAL", NULL);
    if (span == SPAN_SCHEMA && kept)
        link_run(link, reach_disk, NULL);
    return kept;
}

/* ---------------------------------------------------------------------------------- statements */

int link_prepare(struct engine_link *link, const char *sql, struct engine_statement **out)
{
    sqlite3_stmt *statement = NULL;
    int code =
        sqlite3_prepare_v3(link->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    *out = (struct engine_statement *)statement;
    return code;
}

void link_finish(struct engine_statement *statement)
{
    sqlite3_finalize(of(statement));
}

int link_parameter(struct engine_statement *statement, const char *name)
{
    return sqlite3_bind_parameter_index(of(statement), name);
}

void link_bind(struct engine_statement *statement, int at, const struct engine_value *value)
{
    const struct str *text = &value->text;
    switch (value->type) {
    case ENGINE_NULL:
        sqlite3_bind_null(of(statement), at);
        break;
    case ENGINE_INT:
        sqlite3_bind_int64(of(statement), at, value->integer);
        break;
    case ENGINE_REAL:
        sqlite3_bind_double(of(statement), at, value->real);
        break;
    case ENGINE_TEXT:
        sqlite3_bind_text64(of(statement), at, text->n ? text->p : "", text->n, SQLITE_STATIC,
                            SQLITE_UTF8);
        break;
    case ENGINE_BLOB:
        sqlite3_bind_blob64(of(statement), at, text->p, text->n, SQLITE_STATIC);
        break;
    }
}

int link_step(struct engine_statement *statement)
{
    int code = sqlite3_step(of(statement));
    return code == SQLITE_ROW ? ENGINE_ROW : code == SQLITE_DONE ? ENGINE_DONE : code;
}

void link_reset(struct engine_statement *statement, bool unbind)
{
    sqlite3_reset(of(statement));
    if (unbind)
        sqlite3_clear_bindings(of(statement));
}

const char *link_name(struct engine_statement *statement, int column)
{
    return column < sqlite3_column_count(of(statement)) ? sqlite3_column_name(of(statement), column)
                                                        : NULL;
}

static enum engine_type own_type(sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return ENGINE_INT;
    case SQLITE_FLOAT:
        return ENGINE_REAL;
    case SQLITE_NULL:
        return ENGINE_NULL;
    case SQLITE_TEXT:
        return ENGINE_TEXT;
    default:
        return ENGINE_BLOB;
    }
}

struct engine_value link_column(struct engine_statement *statement, int column, enum engine_type as)
{
    struct engine_value value = {.type = as ? as : own_type(of(statement), column)};
    switch (value.type) {
    case ENGINE_NULL:
        break;
    case ENGINE_INT:
        value.integer = sqlite3_column_int64(of(statement), column);
        break;
    case ENGINE_REAL:
        value.real = sqlite3_column_double(of(statement), column);
        break;
    case ENGINE_TEXT:
    case ENGINE_BLOB:
        value.text.p = sqlite3_column_blob(of(statement), column);
        value.text.n = value.text.p ? (size_t)sqlite3_column_bytes(of(statement), column) : 0;
        break;
    }
    return value;
}

/* ------------------------------------------------------------------------------------ failures */

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

bool link_fail(struct engine_link *link, int code, struct err *err)
{
    static const char *const sentences[ERR_COUNT] = {
        [ERR_FULL] = "no space left on the disk that holds the store",
        [ERR_BUSY] = "the store is in use by another program",
        [ERR_TIMEOUT] = "the query took too long and was stopped",
        [ERR_READ_ONLY] = "the store can only be read",
        [ERR_IO] = "the store's file cannot be opened or read",
    };
    code = code ? code : sqlite3_extended_errcode(link->handle);
    enum err_kind kind = kind_of(code);
    if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
        return fail(err, kind, "the store's file is damaged or not a synoptic store");
    if (sentences[kind])
        return fail(err, kind, "%s", sentences[kind]);
    return fail(err, kind, "the store failed: %s", sqlite3_errmsg(link->handle));
}
