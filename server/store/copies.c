/* One copy of the store a day in a folder, verified before it counts, the older ones thinned out.
 */
#include "store/copies.h"

#include "base/day.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { WEEKS = 4, MOST_COPIES = 4096 };

/* ------------------------------------------------------------------------------ what is kept */

static int week_of(int32_t day)
{
    return (day - day_weekday(day)) / 7;
}

void store_copies_choose(const int32_t *days, size_t n, unsigned keep, bool *stays)
{
    int weeks = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        int week = week_of(days[i]);
        bool opens = i >= keep && weeks < WEEKS && (weeks == 0 || week != last);
        stays[i] = i < keep || opens;
        if (opens) {
            weeks++;
            last = week;
        }
    }
}

static void name_copy(struct buf *out, const char *folder, int32_t day)
{
    int y, m, d;
    day_civil(day, &y, &m, &d);
    out->n = 0;
    buf_fmt(out, "%s/synoptic-%04d-%02d-%02d.db", folder, y, m, d);
}

static int32_t day_of_name(const char *name)
{
    struct str s = str_of(name);
    bool ours = s.n == strlen("synoptic-2026-01-31.db") && str_starts(s, S("synoptic-")) &&
                str_ends(s, S(".db")) && day_valid(str_slice(s, 9, 19));
    return ours ? day_parse(str_slice(s, 9, 19)) : NO_DAY;
}

static int newest_first(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x < y) - (x > y);
}

/* The days of the copies in the folder, the newest first. */
static size_t list_copies(const char *folder, int32_t days[MOST_COPIES])
{
    size_t n = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && n < MOST_COPIES && (e = readdir(dir));)
        if ((days[n] = day_of_name(e->d_name)) != NO_DAY)
            n++;
    if (dir)
        closedir(dir);
    qsort(days, n, sizeof *days, newest_first);
    return n;
}

int32_t store_copies_newest(const char *folder)
{
    int32_t days[MOST_COPIES];
    return list_copies(folder, days) ? days[0] : NO_DAY;
}

/* What a copy that was cut short left behind. */
static void sweep(const char *folder)
{
    struct buf path = {0};
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        struct str name = str_of(e->d_name);
        if (!str_starts(name, S("synoptic-")) || !str_contains(name, S(".db.unverified")))
            continue;
        path.n = 0;
        buf_fmt(&path, "%s/%s", folder, e->d_name);
        unlink(path.p);
    }
    if (dir)
        closedir(dir);
    buf_finish(&path);
}

static void thin_out(const char *folder, unsigned keep)
{
    int32_t days[MOST_COPIES];
    bool keeps[MOST_COPIES];
    struct buf path = {0};
    size_t n = list_copies(folder, days);
    store_copies_choose(days, n, keep, keeps);
    for (size_t i = 0; i < n; i++) {
        name_copy(&path, folder, days[i]);
        if (!keeps[i])
            unlink(path.p);
    }
    buf_finish(&path);
}

/* ------------------------------------------------------------------------------ one copy */

static bool written_since(const char *db, const char *added, const struct timespec *when)
{
    struct buf path = {0};
    struct stat at;
    buf_fmt(&path, "%s%s", db, added);
    bool newer = stat(path.p, &at) == 0 &&
                 (at.st_mtim.tv_sec > when->tv_sec ||
                  (at.st_mtim.tv_sec == when->tv_sec && at.st_mtim.tv_nsec > when->tv_nsec));
    buf_finish(&path);
    return newer;
}

/* Was the store written to since its newest copy was made? */
static bool is_due(const struct store_copies *o)
{
    int32_t newest = store_copies_newest(o->folder);
    if (newest == NO_DAY)
        return true;
    struct buf path = {0};
    struct stat copy;
    name_copy(&path, o->folder, newest);
    bool due =
        newest < o->today && (stat(path.p, &copy) != 0 || written_since(o->of, "", &copy.st_mtim) ||
                              written_since(o->of, "-wal", &copy.st_mtim));
    buf_finish(&path);
    return due;
}

/* A copy must not be what fills the disk. */
static bool has_room(const struct store_copies *o, struct err *err)
{
    struct stat store;
    struct statvfs disk;
    if (stat(o->of, &store) != 0 || statvfs(o->folder, &disk) != 0)
        return fail(err, ERR_IO, "the folder for backups cannot be used: %s", strerror(errno));
    uint64_t free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
    return free_bytes / 2 > (uint64_t)store.st_size ||
           fail(err, ERR_FULL, "too little space is free for a backup");
}

static bool is_sound(const char *copy, struct err *err)
{
    struct store *store = NULL;
    struct arena a = {0};
    struct str findings = {0};
    struct store_options options = {.path = copy, .read_only = true, .readers = 1};
    bool ok = store_open(&options, &store, err) && store_verify(store, &a, &findings, err);
    if (ok && findings.n)
        ok = fail(err, ERR_IO, "the store is damaged: its copy was not kept");
    store_close(store);
    arena_finish(&a);
    return ok;
}

static bool make_copy(struct store *store, const struct store_copies *o, struct err *err)
{
    struct buf path = {0}, fresh = {0};
    name_copy(&path, o->folder, o->today);
    buf_fmt(&fresh, "%s.unverified", path.p);
    sweep(o->folder);
    bool ok = store_backup(store, fresh.p, err) && is_sound(fresh.p, err);
    if (ok && rename(fresh.p, path.p) != 0)
        ok = fail(err, ERR_IO, "the backup could not be put in its place: %s", strerror(errno));
    sweep(o->folder); /* opening a copy leaves files beside it */
    buf_finish(&path);
    buf_finish(&fresh);
    return ok;
}

bool store_copies_keep(struct store *store, const struct store_copies *copies, bool *made,
                       struct err *err)
{
    *made = false;
    if (mkdir(copies->folder, 0700) != 0 && errno != EEXIST)
        return fail(err, ERR_IO, "the folder for backups cannot be made: %s", strerror(errno));
    if (!is_due(copies))
        return true;
    *made = has_room(copies, err) && make_copy(store, copies, err);
    if (*made)
        thin_out(copies->folder, copies->keep);
    return *made;
}
