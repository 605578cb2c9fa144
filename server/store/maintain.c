/* Looking after the file: counters, verification, copies, putting a copy back. */
#include "store/db/db.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t size_of(const char *path, const char *suffix)
{
    struct buf name = {0};
    struct stat info;
    buf_fmt(&name, "%s%s", path, suffix);
    int64_t size = stat(name.p, &info) == 0 ? info.st_size : 0;
    buf_finish(&name);
    return size;
}

bool store_count(struct store *store, struct store_counters *out, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db,
        "SELECT (SELECT count(*) FROM stories WHERE articles > 0), (SELECT count(*) FROM articles),"
        " (SELECT count(*) FROM statements), (SELECT count(*) FROM actors WHERE stories > 0),"
        " (SELECT count(*) FROM decisions),"
        " (SELECT count(*) FROM import_items WHERE status = 'queued' AND fetched = 0)"
        "  + (SELECT count(*) FROM import_items WHERE status = 'queued' AND fetched = 1),"
        " (SELECT count(*) FROM watches)");
    if (query_step(&q))
        *out = (struct store_counters){.stories = query_get_int(&q, 0),
                                       .articles = query_get_int(&q, 1),
                                       .statements = query_get_int(&q, 2),
                                       .actors = query_get_int(&q, 3),
                                       .decisions = query_get_int(&q, 4),
                                       .queued = query_get_int(&q, 5),
                                       .watches = query_get_int(&q, 6)};
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    out->reads = atomic_load(&store->reads);
    out->writes = atomic_load(&store->writes);
    out->timeouts = atomic_load(&store->timeouts);
    out->file_bytes = size_of(store->path, "");
    out->wal_bytes = size_of(store->path, "-wal");
    return ok;
}

/* Each check yields one line a finding. */
static bool findings_of(struct db *db, struct buf *out, struct err *err)
{
    static const char *const checks[] = {
        "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
        "SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent || ' that is not "
        "there'"
        " FROM pragma_foreign_key_check LIMIT 100",
        "SELECT 'article ' || id || ' has no current text' FROM articles a WHERE NOT EXISTS"
        " (SELECT 1 FROM article_versions v WHERE v.article = a.id AND v.current) LIMIT 100",
        "SELECT 'story ' || id || ' counts ' || articles || ' articles' FROM stories s WHERE "
        "articles <>"
        " (SELECT count(*) FROM articles a WHERE a.story = s.id) LIMIT 100",
        "SELECT 'statement ' || st.id || ' does not stand where it should in article ' || "
        "st.article"
        " FROM statements st JOIN article_versions v ON v.article = st.article AND v.current"
        " JOIN stories s ON s.id = st.story AND s.stale = 0"
        " WHERE substr(v.text, json_extract(st.content, '$[0].start') + 1,"
        "  json_extract(st.content, '$[0].end') - json_extract(st.content, '$[0].start'))"
        " <> json_extract(st.content, '$[0].exact') LIMIT 100",
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        struct query q = query_begin(db, checks[i]);
        while (query_step(&q)) {
            buf_add(out, query_peek_str(&q, 0));
            buf_char(out, '\n');
        }
        if (!query_end(&q, err))
            return false;
    }
    return true;
}

bool store_verify(struct store *store, struct arena *a, struct str *findings, struct err *err)
{
    struct buf out = {0};
    struct db *db = store_read_begin(store, 0, err);
    if (!db)
        return false;
    bool ok = findings_of(db, &out, err);
    store_read_end(store, db);
    if (ok)
        *findings = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return ok;
}

bool store_backup(struct store *store, const char *to, struct err *err)
{
    if (access(to, F_OK) == 0)
        return fail(err, ERR_CONFLICT, "there is a file of that name already");
    struct db db = {0};
    bool ok = db_open(&db, store->path, SQLITE_OPEN_READONLY, store->immutable, err) &&
              store_copy(&db, to, err);
    db_close(&db);
    return ok;
}

static bool check_backup(const char *backup, struct err *err)
{
    struct store *store = NULL;
    struct arena a = {0};
    struct str findings = {0};
    struct store_options options = {.path = backup, .read_only = true, .readers = 1};
    if (!store_open(&options, &store, err))
        return false;
    bool ok = store_verify(store, &a, &findings, err);
    if (ok && findings.n)
        ok = fail(err, ERR_IO, "the backup is damaged and was not restored");
    store_close(store);
    arena_finish(&a);
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
static bool put_in_place(const char *backup, const char *path, struct err *err)
{
    struct db db = {0};
    struct buf fresh = {0};
    buf_fmt(&fresh, "%s.restored", path);
    bool ok =
        db_open(&db, backup, SQLITE_OPEN_READONLY, false, err) && store_copy(&db, fresh.p, err);
    db_close(&db);
    buf_finish(&fresh);
    if (!ok)
        return false;
    ok = move(path, "", ".before-restore") && move(path, "-wal", ".before-restore-wal") &&
         move(path, "-shm", ".before-restore-shm") && move(path, ".restored", "");
    return ok || fail(err, ERR_IO, "the backup could not be put in the store's place");
}

bool store_restore(const char *backup, const char *path, struct err *err)
{
    struct store *store = NULL;
    if (!check_backup(backup, err))
        return false;
    /* Whoever writes to the store holds its lock: opening it tells, and checkpoints it. */
    struct err why = {0};
    struct store_options options = {.path = path, .readers = 1};
    if (access(path, F_OK) == 0 && !store_open(&options, &store, &why) && why.kind == ERR_BUSY)
        return fail(err, ERR_BUSY, "the store is in use: stop the server first");
    store_close(store);
    return put_in_place(backup, path, err);
}
