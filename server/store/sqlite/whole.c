/* The file as a whole: what it says of itself, copies, putting one back, a thorough look. */
#include "store/sqlite/link.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APPLICATION_ID = 0x73796e6f /* "syno" */ };

bool link_version(struct engine_link *link, struct engine_version *out, struct err *err)
{
    static const char sql[] = "SELECT (SELECT application_id FROM pragma_application_id),"
                              " (SELECT user_version FROM pragma_user_version),"
                              " (SELECT count(*) FROM sqlite_schema)";
    sqlite3_stmt *q = NULL;
    int code = sqlite3_prepare_v2(link->handle, sql, -1, &q, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        int64_t application = sqlite3_column_int64(q, 0), schema = sqlite3_column_int64(q, 1);
        *out = (struct engine_version){.ours = application == APPLICATION_ID,
                                       .empty = application == 0 && schema == 0 &&
                                                sqlite3_column_int64(q, 2) == 0,
                                       .schema = schema};
    }
    bool ok = code == SQLITE_ROW || link_fail(link, code, err);
    sqlite3_finalize(q);
    if (!ok && (code & 0xff) == SQLITE_NOTADB)
        return fail(err, ERR_UNSUPPORTED, "the file is not a synoptic store");
    return ok;
}

bool link_mark(struct engine_link *link, int64_t schema, struct err *err)
{
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             APPLICATION_ID, (int)schema);
    return link_run(link, sql, err);
}

static bool vacuum_into(struct engine_link *link, const char *to, struct err *err)
{
    sqlite3_stmt *q = NULL;
    bool reads = link->access != ENGINE_WRITE; /* such a connection writes nothing, not even this */
    if (reads && !link_run(link, "PRAGMA query_only = 0", err))
        return false;
    int code = sqlite3_prepare_v2(link->handle, "VACUUM INTO :to", -1, &q, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(q, 1, to, -1, SQLITE_STATIC);
        code = sqlite3_step(q);
    }
    bool ok = code == SQLITE_DONE || link_fail(link, code, err);
    sqlite3_finalize(q);
    return (!reads || link_run(link, "PRAGMA query_only = 1", ok ? err : NULL)) && ok;
}

/* Written beside it first. */
bool link_copy(struct engine_link *link, const char *to, struct err *err)
{
    struct buf part = {0};
    buf_fmt(&part, "%s.part", to);
    unlink(part.p);
    bool ok = vacuum_into(link, part.p, err);
    if (ok && rename(part.p, to) != 0)
        ok = fail(err, ERR_IO, "the copy could not be put in its place");
    if (!ok)
        unlink(part.p);
    buf_finish(&part);
    return ok;
}

static bool move(const char *path, const char *from, const char *to)
{
    struct buf a = {0}, b = {0};
    buf_fmt(&a, "%s%s", path, from);
    buf_fmt(&b, "%s%s", path, to);
    bool ok = rename(a.p, b.p) == 0 || errno == ENOENT;
    buf_finish(&a);
    buf_finish(&b);
    return ok;
}

/* The copy is complete and beside the store before anything of the store is moved. */
static bool put_in_place(const char *from, const char *where, struct err *err)
{
    struct engine_link *link = NULL;
    struct buf fresh = {0};
    buf_fmt(&fresh, "%s.restored", where);
    bool ok = link_open(from, ENGINE_LOOK, &link, err) && link_copy(link, fresh.p, err);
    link_close(link);
    buf_finish(&fresh);
    if (!ok)
        return false;
    ok = move(where, "", ".before-restore") && move(where, "-wal", ".before-restore-wal") &&
         move(where, "-shm", ".before-restore-shm") && move(where, ".restored", "");
    return ok || fail(err, ERR_IO, "the backup could not be put in the store's place");
}

/* Whoever writes to the store holds its lock; nobody begins to while it is replaced. */
bool link_restore(const char *from, const char *where, struct err *err)
{
    struct err why = {0};
    int lock = link_lock(where, &why);
    if (lock < 0 && why.kind == ERR_BUSY)
        return fail(err, ERR_BUSY, "the store is in use: stop the server first");
    if (lock < 0)
        return fail(err, why.kind, "%s", why.message);
    bool ok = put_in_place(from, where, err);
    close(lock);
    return ok;
}

/* Each row of the query is a line. */
static bool add_lines(struct engine_link *link, const char *sql, struct buf *out, struct err *err)
{
    sqlite3_stmt *q = NULL;
    int code = sqlite3_prepare_v2(link->handle, sql, -1, &q, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        buf_add(out, str_of((const char *)sqlite3_column_text(q, 0)));
        buf_char(out, '\n');
        code = SQLITE_OK;
    }
    bool ok = code == SQLITE_DONE || link_fail(link, code, err);
    sqlite3_finalize(q);
    return ok;
}

bool link_verify(struct engine_link *link, struct buf *findings, struct err *err)
{
    return add_lines(link,
                     "SELECT integrity_check FROM pragma_integrity_check"
                     " WHERE integrity_check <> 'ok'",
                     findings, err) &&
           add_lines(link,
                     "SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent ||"
                     " ' that is not there' FROM pragma_foreign_key_check LIMIT 100",
                     findings, err);
}

static int64_t size_of(const char *path, const char *suffix)
{
    struct buf name = {0};
    struct stat info;
    buf_fmt(&name, "%s%s", path, suffix);
    int64_t size = stat(name.p, &info) == 0 ? info.st_size : 0;
    buf_finish(&name);
    return size;
}

void link_size(const char *where, int64_t *bytes, int64_t *log_bytes)
{
    *bytes = size_of(where, "");
    *log_bytes = size_of(where, "-wal");
}
