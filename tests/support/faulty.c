/* The wrapping VFS: see faulty.h. Calls are counted over all connections and threads. */
#include "support/faulty.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 64, PATH = 256 };

struct write {
    sqlite3_int64 at;
    int n;
    struct write *next;
    unsigned char bytes[];
};

/* What of a file the disk is sure to hold, and what was written since, in order. */
struct image {
    char path[PATH];
    unsigned char *bytes;
    size_t n;
    struct write *first, **last;
};

struct faulty_file {
    sqlite3_file base;
    struct image *image;
    sqlite3_file *real;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *real_vfs, faulty_vfs;
static struct image images[FILES];
static size_t n_images;
static enum fault armed;
static long armed_at, calls;
static bool armed_forever, dead;

/* Is it this call's turn? A cut of the power comes with any write or sync. */
static bool strikes(enum fault kind)
{
    bool counts =
        kind == armed || (armed == FAULT_POWER && (kind == FAULT_WRITE || kind == FAULT_SYNC));
    pthread_mutex_lock(&lock);
    if (counts)
        calls++;
    bool now = dead || (counts && (calls == armed_at || (armed_forever && calls > armed_at)));
    dead = dead || (now && armed == FAULT_POWER);
    pthread_mutex_unlock(&lock);
    return now;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct faulty_file *)file)->real;
}

/* ------------------------------------------------------------------------------ what survives */

static void forget_writes(struct image *image)
{
    while (image->first) {
        struct write *next = image->first->next;
        free(image->first);
        image->first = next;
    }
    image->last = &image->first;
}

static struct image *image_of(const char *path)
{
    for (size_t i = 0; i < n_images; i++)
        if (strcmp(images[i].path, path) == 0)
            return &images[i];
    assert(n_images < FILES);
    struct image *image = &images[n_images++];
    snprintf(image->path, PATH, "%s", path);
    image->last = &image->first;
    return image;
}

static void apply(struct image *image, const struct write *w)
{
    size_t end = (size_t)w->at + (size_t)w->n;
    if (end > image->n) {
        image->bytes = realloc(image->bytes, end);
        memset(image->bytes + image->n, 0, end - image->n);
        image->n = end;
    }
    memcpy(image->bytes + w->at, w->bytes, (size_t)w->n);
}

/* With a size, a cut of the file; else a write. */
static void note_write(struct image *image, const void *bytes, int n, sqlite3_int64 at)
{
    if (armed != FAULT_POWER || !image)
        return;
    struct write *w = malloc(sizeof *w + (size_t)n);
    w->at = at, w->n = n, w->next = NULL;
    memcpy(w->bytes, bytes, (size_t)n);
    pthread_mutex_lock(&lock);
    *image->last = w;
    image->last = &w->next;
    pthread_mutex_unlock(&lock);
}

static void note_sync(struct image *image)
{
    if (armed != FAULT_POWER || !image)
        return;
    pthread_mutex_lock(&lock);
    for (struct write *w = image->first; w; w = w->next)
        apply(image, w);
    forget_writes(image);
    pthread_mutex_unlock(&lock);
}

/* A journal that is cut to nothing begins anew: what it held counts no more. */
static void note_truncate(struct image *image, sqlite3_int64 size)
{
    if (armed != FAULT_POWER || !image)
        return;
    pthread_mutex_lock(&lock);
    for (struct write *w = image->first; w; w = w->next)
        apply(image, w);
    forget_writes(image);
    if ((size_t)size < image->n)
        image->n = (size_t)size;
    pthread_mutex_unlock(&lock);
}

void faulty_cut(const char *folder, uint32_t seed)
{
    for (size_t i = 0; i < n_images; i++) {
        struct image *image = &images[i];
        if (strncmp(image->path, folder, strlen(folder)) != 0)
            continue;
        for (struct write *w = image->first; w; w = w->next) {
            seed = seed * 1664525u + 1013904223u;
            if (seed >> 31)
                apply(image, w);
        }
        FILE *f = fopen(image->path, "wb");
        if (f && image->n)
            fwrite(image->bytes, 1, image->n, f);
        if (f)
            fclose(f);
    }
    faulty_forget();
}

void faulty_forget(void)
{
    for (size_t i = 0; i < n_images; i++) {
        forget_writes(&images[i]);
        free(images[i].bytes);
    }
    memset(images, 0, sizeof images);
    n_images = 0;
}

/* ------------------------------------------------------------------------------ files */

static int f_close(sqlite3_file *file)
{
    struct faulty_file *f = (struct faulty_file *)file;
    return f->real->pMethods ? f->real->pMethods->xClose(f->real) : SQLITE_OK;
}

static int f_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    if (strikes(FAULT_READ))
        return SQLITE_IOERR_READ;
    return real_of(file)->pMethods->xRead(real_of(file), to, n, at);
}

static int f_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
    sqlite3_file *real = real_of(file);
    if (strikes(FAULT_WRITE))
        return SQLITE_IOERR_WRITE;
    if (strikes(FAULT_FULL)) {
        real->pMethods->xWrite(real, from, n / 2, at);
        return SQLITE_FULL;
    }
    note_write(((struct faulty_file *)file)->image, from, n, at);
    return real->pMethods->xWrite(real, from, n, at);
}

static int f_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (strikes(FAULT_TRUNCATE))
        return SQLITE_IOERR_TRUNCATE;
    note_truncate(((struct faulty_file *)file)->image, size);
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int f_sync(sqlite3_file *file, int flags)
{
    if (strikes(FAULT_SYNC))
        return SQLITE_IOERR_FSYNC;
    note_sync(((struct faulty_file *)file)->image);
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int f_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int f_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int f_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int f_reserved(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int f_control(sqlite3_file *file, int op, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), op, argument);
}

static int f_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int f_device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int f_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), region, size, extend, out);
}

static int f_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void f_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int f_shm_unmap(sqlite3_file *file, int delete)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), delete);
}

/* Version 2: nothing is mapped into memory, so that every read is a call. */
static const sqlite3_io_methods methods = {
    2,          f_close,       f_read,      f_write,   f_truncate, f_sync,   f_size,
    f_lock,     f_unlock,      f_reserved,  f_control, f_sector,   f_device, f_shm_map,
    f_shm_lock, f_shm_barrier, f_shm_unmap, NULL,      NULL};

static int v_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct faulty_file *f = (struct faulty_file *)file;
    (void)vfs;
    f->real = (sqlite3_file *)(f + 1);
    f->base.pMethods = NULL;
    f->image = NULL;
    if (strikes(FAULT_OPEN))
        return SQLITE_CANTOPEN;
    int code = real_vfs->xOpen(real_vfs, name, f->real, flags, out);
    if (code != SQLITE_OK)
        return code;
    pthread_mutex_lock(&lock);
    if (name && armed == FAULT_POWER)
        f->image = image_of(name);
    pthread_mutex_unlock(&lock);
    f->base.pMethods = &methods;
    return SQLITE_OK;
}

/* A journal that is deleted is gone after the power as well. */
static int v_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    if (dead)
        return SQLITE_IOERR_DELETE;
    pthread_mutex_lock(&lock);
    if (armed == FAULT_POWER) {
        forget_writes(image_of(name));
        image_of(name)->n = 0;
    }
    pthread_mutex_unlock(&lock);
    return real_vfs->xDelete(real_vfs, name, sync);
}

void faulty_install(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    faulty_vfs = *real_vfs;
    faulty_vfs.zName = "faulty";
    faulty_vfs.szOsFile = (int)sizeof(struct faulty_file) + real_vfs->szOsFile;
    faulty_vfs.xOpen = v_open;
    faulty_vfs.xDelete = v_delete;
    sqlite3_vfs_register(&faulty_vfs, 1);
}

void faulty_arm(enum fault kind, long at, bool forever)
{
    pthread_mutex_lock(&lock);
    armed = kind, armed_at = at, armed_forever = forever, calls = 0, dead = false;
    pthread_mutex_unlock(&lock);
}

long faulty_disarm(void)
{
    pthread_mutex_lock(&lock);
    armed = FAULT_NONE, dead = false;
    long n = calls;
    pthread_mutex_unlock(&lock);
    return n;
}
