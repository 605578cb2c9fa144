/* Connections to the file: how they are set up, the writer's lock, files that cannot change. */
#include "store/sqlite/link.h"

#include "store/store.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_AT_ONCE = 16 << 20 }; /* bytes of a store */

static const char writer_settings[] =
    LINK_PAGES "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
               "PRAGMA journal_size_limit = 67108864;"
               "PRAGMA wal_autocheckpoint = 24000; PRAGMA temp_store = MEMORY;"
               "PRAGMA cache_size = -65536;";
static const char reader_settings[] = "PRAGMA query_only = 1; PRAGMA mmap_size = 2147418112;"
                                      "PRAGMA cache_size = -8192;";

/* The file and, for the journal, its folder. */
bool link_may_write(const char *where)
{
    char *folder = strdup(where);
    char *slash = folder ? strrchr(folder, '/') : NULL;
    if (slash)
        *(slash == folder ? slash + 1 : slash) = 0;
    bool may = access(slash ? folder : ".", W_OK) == 0;
    free(folder);
    return may && (access(where, F_OK) != 0 || access(where, W_OK) == 0);
}

void link_places(struct arena *a, const char *where, struct store_places *out)
{
    const char *slash = strrchr(where, '/');
    struct str folder = slash ? arena_fmt(a, "%.*s", (int)(slash - where + 1), where) : S(".");
    out->writable = folder.p;
}

int link_lock(const char *where, struct err *err)
{
    struct buf name = {0};
    buf_fmt(&name, "%s.lock", where);
    int lock = open(name.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    buf_finish(&name);
    if (lock < 0) {
        fail(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "the store's folder cannot be written");
    } else if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        close(lock);
        lock = -1;
        fail(err, ERR_BUSY, "another synoptic is already writing to this store");
    }
    return lock;
}

/* The lock's file can be deleted; the store's own cannot without link_present's noticing. Taken
 * after the other one, and let go after the connection: another descriptor of the same file that is
 * closed takes SQLite's locks with it. */
static bool lock_file(struct engine_link *link, const char *where, struct err *err)
{
    link->file_lock = open(where, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (link->file_lock < 0)
        return fail(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "the store's file cannot be opened");
    return flock(link->file_lock, LOCK_EX | LOCK_NB) == 0 ||
           fail(err, ERR_BUSY, "another synoptic is already writing to this store");
}

bool link_present(struct engine_link *link, struct err *err)
{
    struct stat now;
    if (!link->inode)
        return true;
    if (stat(link->where, &now) == 0 && now.st_dev == link->device && now.st_ino == link->inode &&
        now.st_size > 0)
        return true;
    return fail(err, ERR_IO,
                "the store's file was deleted, replaced or emptied while it was in use: stop this "
                "server, put the store back (or restore a backup) and start it again");
}

static void remember_file(struct engine_link *link)
{
    struct stat now;
    if (stat(link->where, &now) != 0 || now.st_size == 0)
        return;
    link->device = now.st_dev;
    link->inode = now.st_ino;
}

static int out_of_time(void *context)
{
    const struct engine_link *link = context;
    struct timespec now;
    if (!link->until)
        return 0;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 > link->until;
}

void link_limit(struct engine_link *link, int64_t until)
{
    link->until = until;
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

/* `immutable`: a file that nobody can be writing, on a disk that cannot be written. */
static bool connect_to(struct engine_link *link, const char *where, bool immutable, struct err *err)
{
    struct buf uri = {0};
    int flags = link->access == ENGINE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                             : SQLITE_OPEN_READONLY;
    add_uri(&uri, where, immutable);
    int code =
        sqlite3_open_v2(uri.p, &link->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
    buf_finish(&uri);
    if (code != SQLITE_OK)
        return link_fail(link, 0, err);
    int reserve = CHECKED_RESERVE; /* of a new file, or a copy of this one */
    sqlite3_file_control(link->handle, NULL, SQLITE_FCNTL_RESERVE_BYTES, &reserve);
    sqlite3_extended_result_codes(link->handle, 1);
    sqlite3_busy_timeout(link->handle, 5000);
    sqlite3_db_config(link->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(link->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(link->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_progress_handler(link->handle, 2000, out_of_time, link);
    return link_add_functions(link, err) &&
           (link->access == ENGINE_WRITE || link_run(link, reader_settings, err));
}

static bool has_journal(const char *where)
{
    struct buf name = {0};
    struct stat journal;
    buf_fmt(&name, "%s-wal", where);
    bool has = stat(name.p, &journal) == 0 && journal.st_size > 0;
    buf_finish(&name);
    return has;
}

/* A store on a read-only disk has no place for the shared memory of its journal: it is then read
 * as a file that cannot change. */
static bool look_at(struct engine_link *link, const char *where, struct err *err)
{
    if (access(where, R_OK) != 0)
        return fail(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "there is no store to read there");
    for (int attempt = 0; attempt < 2; attempt++) {
        if (attempt == 1 && has_journal(where))
            return fail(err, ERR_IO,
                        "beside the store lies a journal (%s-wal) that cannot be read here: it may "
                        "hold the last decisions. Copy both into a folder that can be written",
                        where);
        if (connect_to(link, where, attempt == 1, NULL) &&
            link_run(link, "SELECT 1 FROM sqlite_schema", NULL))
            return true;
        sqlite3_close(link->handle);
        link->handle = NULL;
    }
    return fail(err, ERR_IO, "the store's file is damaged or not a synoptic store");
}

/* Nothing is begun where a restore has been broken off: the store is beside. */
static bool check_restored(const char *where, struct err *err)
{
    struct buf beside = {0};
    buf_fmt(&beside, "%s" RESTORED, where);
    bool broken_off = access(where, F_OK) != 0 && access(beside.p, F_OK) == 0;
    buf_finish(&beside);
    return !broken_off || fail(err, ERR_IO,
                               "a restore was broken off: the store is in the file %s" RESTORED
                               " beside it; rename that, or restore again",
                               where);
}

static bool open_as(struct engine_link *link, const char *where, struct err *err)
{
    if (link->access == ENGINE_LOOK)
        return look_at(link, where, err);
    if (link->access == ENGINE_WRITE && (link->lock = link_lock(where, err)) < 0)
        return false;
    if (link->access == ENGINE_WRITE &&
        (!check_restored(where, err) || !lock_file(link, where, err)))
        return false;
    return connect_to(link, where, false, err);
}

/* Before SQLite's first use in the process: nobody asks how much memory it has, and counting takes
 * a lock that all threads share. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    link_check_pages();
}

void link_configure(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
}

bool link_open(const char *where, enum engine_access access, struct engine_link **out,
               struct err *err)
{
    link_configure();
    struct engine_link *link = needed(calloc(1, sizeof *link));
    link->access = access;
    link->lock = link->file_lock = -1;
    link->where = needed(strdup(where));
    if (!link->where || !open_as(link, where, err)) {
        link_close(link);
        return false;
    }
    remember_file(link);
    *out = link;
    return true;
}

void link_close(struct engine_link *link)
{
    if (!link)
        return;
    for (size_t i = 0; i < STEP_COUNT; i++)
        sqlite3_finalize(link->steps[i]);
    for (size_t i = 0; i < 4; i++)
        sqlite3_finalize(link->indexing[i / 2][i % 2]);
    sqlite3_close(link->handle);
    if (link->file_lock >= 0)
        close(link->file_lock);
    if (link->lock >= 0)
        close(link->lock);
    free(link->where);
    free(link);
}

static bool is_sound(struct engine_link *link, const char *check, bool *sound, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(link->handle, check, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    *sound =
        code == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    bool ok = code == SQLITE_ROW || link_fail(link, code, err);
    sqlite3_finalize(statement);
    return ok;
}

/* SQLite 3.40's quick check takes some tables without rowid for damaged that are not: what it
 * complains about is looked at closely before anybody is sent to a backup. */
bool link_look(struct engine_link *link, struct err *err)
{
    bool sound = false;
    if (!is_sound(link, "PRAGMA quick_check(1)", &sound, err))
        return false;
    if (!sound && !is_sound(link, "PRAGMA integrity_check(1)", &sound, err))
        return false;
    return sound || fail(err, ERR_IO, "the store's file is damaged: restore a backup");
}

/* A look takes 3 ms for each megabyte. */
bool link_settle(struct engine_link *link, bool *left, struct err *err)
{
    struct stat file;
    if (link->access == ENGINE_WRITE && !link_run(link, writer_settings, err))
        return false;
    remember_file(link);
    *left = stat(link->where, &file) == 0 && file.st_size > LOOK_AT_ONCE;
    return *left || link_look(link, err);
}
