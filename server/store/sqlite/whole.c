/* The file as a whole: what it says of itself, copies, putting one back, a thorough look. */
#include "store/sqlite/link.h"

#include <errno.h>
#include <fcntl.h>
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

/* What goes through the whole file would otherwise have all of it in memory. */
static bool unmap(struct engine_link *link, struct err *err)
{
    return link_run(link, "PRAGMA mmap_size = 0; PRAGMA cache_size = -16384", err);
}

static bool vacuum_into(struct engine_link *link, const char *to, struct err *err)
{
    sqlite3_stmt *q = NULL;
    bool reads = link->access != ENGINE_WRITE; /* such a connection writes nothing, not even this */
    if (!unmap(link, err) || !link_run(link, LINK_PAGES, err) ||
        (reads && !link_run(link, "PRAGMA query_only = 0", err)))
        return false;
    int code = sqlite3_prepare_v2(link->handle, "VACUUM INTO :to", -1, &q, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(q, 1, to, -1, SQLITE_STATIC);
        code = sqlite3_step(q);
    }
    bool ok = code == SQLITE_DONE || link_fail(link, code, err);
    sqlite3_finalize(q);
    return (!reads || link_run(link, "PRAGMA query_only = 1; PRAGMA mmap_size = 1073741824",
                               ok ? err : NULL)) &&
           ok;
}

/* VACUUM INTO leaves it to the system when the copy is on the disk. */
static bool reach_disk(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

static void reach_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf folder = {0};
    buf_fmt(&folder, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
    reach_disk(folder.p);
    buf_finish(&folder);
}

/* Written beside it first. */
bool link_copy(struct engine_link *link, const char *to, struct err *err)
{
    struct buf part = {0};
    buf_fmt(&part, "%s.part", to);
    unlink(part.p);
    bool ok = vacuum_into(link, part.p, err);
    if (ok && (!link_seal(part.p) || !reach_disk(part.p) || rename(part.p, to) != 0))
        ok = fail(err, ERR_IO, "the copy could not be put in its place");
    reach_folder(to);
    if (!ok)
        unlink(part.p);
    buf_finish(&part);
    return ok;
}

/* "PATH.before-restore", or with a number behind it: what an earlier restore kept stays. */
static void name_keepsake(const char *where, struct buf *out)
{
    for (int n = 1; out->n == 0 || access(out->p, F_OK) == 0; n++) {
        out->n = 0;
        buf_fmt(out, n > 1 ? "%s.before-restore-%d" : "%s.before-restore", where, n);
    }
}

/* Moves PATH and what is added to it, if it is there. */
static bool move(const char *from, const char *to, const char *added)
{
    struct buf a = {0}, b = {0};
    buf_fmt(&a, "%s%s", from, added);
    buf_fmt(&b, "%s%s", to, added);
    bool ok = rename(a.p, b.p) == 0 || errno == ENOENT;
    buf_finish(&a);
    buf_finish(&b);
    return ok;
}

/* All of the store in its one file, so that this can be replaced in one step. A damaged store
 * cannot be brought together: its journal is moved apart. */
static bool close_journal(const char *where)
{
    struct engine_link link = {.access = ENGINE_WRITE, .lock = -1};
    bool ok =
        sqlite3_open_v2(where, &link.handle, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        link_run(&link, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE", NULL);
    sqlite3_close(link.handle);
    return ok;
}

bool link_accept(const char *where, struct err *err)
{
    int lock = link_lock(where, err);
    if (lock < 0)
        return false;
    link_configure();
    bool ok = (link_seal(where) && close_journal(where) && reach_disk(where)) ||
              fail(err, ERR_IO, "the store's file cannot be read and written as a whole");
    close(lock);
    return ok;
}

/* At no time is there no store: the old one gets a second name, then the new one takes its first.
 * Only where files cannot have two names there is a moment between, which link_open knows. */
static bool put_in_place(const char *fresh, const char *where, struct err *err)
{
    struct buf keepsake = {0};
    bool there = access(where, F_OK) == 0;
    name_keepsake(where, &keepsake);
    bool ok = !there || close_journal(where) || move(where, keepsake.p, "-wal");
    move(where, keepsake.p, "-shm");
    if (ok && there && link(where, keepsake.p) != 0)
        ok = rename(where, keepsake.p) == 0;
    ok = ok && rename(fresh, where) == 0;
    reach_folder(where);
    buf_finish(&keepsake);
    return ok || fail(err, ERR_IO, "the backup could not be put in the store's place");
}

/* The copy is complete, made ready and beside the store before anything of the store is moved. */
static bool make_fresh(const char *from, const char *fresh,
                       bool (*ready)(const char *copy, struct err *err), struct err *err)
{
    struct engine_link *link = NULL;
    struct engine_version version;
    struct buf findings = {0}, lock = {0};
    bool ok = link_open(from, ENGINE_LOOK, &link, err) && link_version(link, &version, err) &&
              link_verify(link, &findings, err);
    if (ok && findings.n)
        ok = fail(err, ERR_IO, "the backup is damaged and was not restored");
    ok = ok && link_copy(link, fresh, err);
    link_close(link);
    ok = ok && ready(fresh, err);
    buf_fmt(&lock, "%s.lock", fresh);
    unlink(lock.p);
    buf_finish(&lock);
    buf_finish(&findings);
    return ok;
}

static bool restore(const char *from, const char *where,
                    bool (*ready)(const char *copy, struct err *err), struct err *err)
{
    struct buf fresh = {0};
    buf_fmt(&fresh, "%s" RESTORED, where);
    bool ok = make_fresh(from, fresh.p, ready, err) && put_in_place(fresh.p, where, err);
    if (!ok && access(where, F_OK) == 0)
        unlink(fresh.p);
    buf_finish(&fresh);
    return ok;
}

/* Whoever writes to the store holds its lock; nobody begins to while it is replaced. */
bool link_restore(const char *from, const char *where,
                  bool (*ready)(const char *copy, struct err *err), struct err *err)
{
    struct err why = {0};
    int lock = link_lock(where, &why);
    if (lock < 0 && why.kind == ERR_BUSY)
        return fail(err, ERR_BUSY, "the store is in use: stop the server first");
    if (lock < 0)
        return fail(err, why.kind, "%s", why.message);
    bool ok = restore(from, where, ready, err);
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
    return unmap(link, err) &&
           add_lines(link,
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
