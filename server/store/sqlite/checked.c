/* Pages that were damaged on the disk are not served: a VFS over the usual one that keeps a digest
 * in the last eight bytes of each page of a database file and looks at it when the page is read.
 * (SQLite has an extension for the like, cksumvfs; Debian's library comes without.)
 *
 * The digest is made where a page is written to the file itself, at a checkpoint for instance; the
 * journal has SQLite's own. Whether a file has digests its header says: eight bytes reserved in
 * each page. Files made before are read as they are, and a copy of one (VACUUM INTO) gets digests.
 * Another program may read such a file, but what it writes has none: the pages then count as
 * damaged. */
#include "store/sqlite/link.h"

#include <endian.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    HEADER = 100,      /* bytes of the file's header, at the start of the first page */
    PAGE_SIZE_AT = 16, /* in it: two bytes, big-endian; 1 stands for 65536 */
    RESERVED_AT = 20,  /* in it: bytes reserved at the end of every page */
    LARGEST_PAGE = 65536,
    LANES = 4
};

struct checked_file {
    sqlite3_file base;
    sqlite3_file *real;
    uint32_t page_size; /* 0: not known yet, or a file without digests */
    /* Of mapped pages, which were looked at: a bit each. What is mapped is looked at once. */
    unsigned char *seen;
    uint32_t n_seen;
};

static sqlite3_vfs *usual, checked;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct checked_file *)file)->real;
}

/* Every word goes through steps that can be undone, so that one changed word always changes the
 * digest; the page's number is part of it, for pages that were written to another's place. */
static uint64_t digest(const unsigned char *page, size_t n, uint64_t number)
{
    uint64_t lanes[LANES] = {number + 1, 0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9,
                             0x94d049bb133111eb};
    for (size_t i = 0; i + 8 <= n; i += 8) {
        uint64_t word, *lane = &lanes[i / 8 % LANES];
        memcpy(&word, page + i, sizeof word);
        *lane = (*lane ^ le64toh(word)) * UINT64_C(0x9fb21c651e98df25);
        *lane ^= *lane >> 29;
    }
    uint64_t all = 0;
    for (size_t i = 0; i < LANES; i++)
        all = (all ^ lanes[i]) * UINT64_C(0xd6e8feb86659fd93) + i;
    return all;
}

/* Learns from the file's header whether it has digests. */
static void learn(struct checked_file *f, const unsigned char *header)
{
    uint32_t size = (uint32_t)header[PAGE_SIZE_AT] << 8 | header[PAGE_SIZE_AT + 1];
    size = size == 1 ? LARGEST_PAGE : size;
    bool sensible = size >= 512 && (size & (size - 1)) == 0;
    f->page_size = sensible && header[RESERVED_AT] == CHECKED_RESERVE ? size : 0;
}

static bool is_page(const struct checked_file *f, int n, sqlite3_int64 at)
{
    return f->page_size && (uint32_t)n == f->page_size && at % n == 0;
}

static bool is_whole(const struct checked_file *f, const unsigned char *page, sqlite3_int64 at)
{
    uint64_t kept;
    size_t n = f->page_size - CHECKED_RESERVE;
    memcpy(&kept, page + n, sizeof kept);
    return le64toh(kept) == digest(page, n, (uint64_t)at / f->page_size);
}

/* ------------------------------------------------------------------------------ a database file */

static int checked_close(sqlite3_file *file)
{
    struct checked_file *f = (struct checked_file *)file;
    free(f->seen);
    return f->real->pMethods ? f->real->pMethods->xClose(f->real) : SQLITE_OK;
}

static int checked_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    struct checked_file *f = (struct checked_file *)file;
    int code = f->real->pMethods->xRead(f->real, to, n, at);
    if (code != SQLITE_OK)
        return code;
    if (at == 0 && n >= HEADER)
        learn(f, to);
    return !is_page(f, n, at) || is_whole(f, to, at) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int checked_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
    struct checked_file *f = (struct checked_file *)file;
    unsigned char page[LARGEST_PAGE];
    if (at == 0 && n >= HEADER)
        learn(f, from);
    if (!is_page(f, n, at))
        return f->real->pMethods->xWrite(f->real, from, n, at);
    memcpy(page, from, f->page_size);
    size_t body = f->page_size - CHECKED_RESERVE;
    uint64_t kept = htole64(digest(page, body, (uint64_t)(at / n)));
    memcpy(page + body, &kept, sizeof kept);
    return f->real->pMethods->xWrite(f->real, page, n, at);
}

static bool note_seen(struct checked_file *f, uint32_t number)
{
    if (number >= f->n_seen) {
        uint32_t n = (number + 4096) & ~UINT32_C(7);
        f->seen = needed(realloc(f->seen, n / 8));
        memset(f->seen + f->n_seen / 8, 0, (n - f->n_seen) / 8);
        f->n_seen = n;
    }
    bool known = f->seen[number / 8] >> number % 8 & 1;
    f->seen[number / 8] |= (unsigned char)(1 << number % 8);
    return known;
}

static int checked_fetch(sqlite3_file *file, sqlite3_int64 at, int n, void **out)
{
    struct checked_file *f = (struct checked_file *)file;
    *out = NULL;
    int code = f->real->pMethods->iVersion < 3 ? SQLITE_OK
                                               : f->real->pMethods->xFetch(f->real, at, n, out);
    if (code != SQLITE_OK || !*out || !is_page(f, n, at) || note_seen(f, (uint32_t)(at / n)) ||
        is_whole(f, *out, at))
        return code;
    f->seen[at / n / 8] &= (unsigned char)~(1 << at / n % 8);
    f->real->pMethods->xUnfetch(f->real, at, *out);
    *out = NULL;
    return SQLITE_IOERR_DATA;
}

static int checked_unfetch(sqlite3_file *file, sqlite3_int64 at, void *page)
{
    bool maps = real_of(file)->pMethods->iVersion >= 3;
    return maps ? real_of(file)->pMethods->xUnfetch(real_of(file), at, page) : SQLITE_OK;
}

static int checked_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int checked_sync(sqlite3_file *file, int flags)
{
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int checked_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int checked_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int checked_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int checked_is_reserved(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int checked_control(sqlite3_file *file, int what, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int checked_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int checked_device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int checked_shm_map(sqlite3_file *file, int region, int size, int extend,
                           void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), region, size, extend, out);
}

static int checked_shm_lock(sqlite3_file *file, int at, int n, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), at, n, flags);
}

static void checked_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int checked_shm_unmap(sqlite3_file *file, int gone)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), gone);
}

static const sqlite3_io_methods methods = {.iVersion = 3,
                                           .xClose = checked_close,
                                           .xRead = checked_read,
                                           .xWrite = checked_write,
                                           .xTruncate = checked_truncate,
                                           .xSync = checked_sync,
                                           .xFileSize = checked_size,
                                           .xLock = checked_lock,
                                           .xUnlock = checked_unlock,
                                           .xCheckReservedLock = checked_is_reserved,
                                           .xFileControl = checked_control,
                                           .xSectorSize = checked_sector,
                                           .xDeviceCharacteristics = checked_device,
                                           .xShmMap = checked_shm_map,
                                           .xShmLock = checked_shm_lock,
                                           .xShmBarrier = checked_shm_barrier,
                                           .xShmUnmap = checked_shm_unmap,
                                           .xFetch = checked_fetch,
                                           .xUnfetch = checked_unfetch};

/* Only database files are wrapped; journals are opened as they always are, in the same room. */
static int checked_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    if (!(flags & SQLITE_OPEN_MAIN_DB))
        return usual->xOpen(usual, name, file, flags, out);
    struct checked_file *f = (struct checked_file *)file;
    *f = (struct checked_file){.real = (sqlite3_file *)(f + 1)};
    int code = usual->xOpen(usual, name, f->real, flags, out);
    if (f->real->pMethods)
        f->base.pMethods = &methods;
    return code;
}

/* Pages of a new file that are written before its first one have no digest: nobody knew of the
 * reserve. */
static bool seal_page(int fd, const struct checked_file *f, unsigned char *page, off_t at)
{
    size_t size = f->page_size, body = size - CHECKED_RESERVE;
    if (pread(fd, page, size, at) != (ssize_t)size)
        return false;
    if (is_whole(f, page, at))
        return true;
    uint64_t kept = htole64(digest(page, body, (uint64_t)at / size));
    memcpy(page + body, &kept, sizeof kept);
    return pwrite(fd, page, size, at) == (ssize_t)size;
}

bool link_seal(const char *path)
{
    unsigned char page[LARGEST_PAGE];
    struct checked_file f = {.page_size = 0};
    int fd = open(path, O_RDWR | O_CLOEXEC);
    off_t size = fd >= 0 ? lseek(fd, 0, SEEK_END) : 0;
    bool ok = fd >= 0 && pread(fd, page, HEADER, 0) == HEADER;
    if (ok)
        learn(&f, page);
    for (off_t at = 0; ok && f.page_size && at < size; at += f.page_size)
        ok = seal_page(fd, &f, page, at);
    if (fd >= 0)
        close(fd);
    return ok;
}

void link_check_pages(void)
{
    usual = sqlite3_vfs_find(NULL);
    checked = *usual;
    checked.zName = "checked";
    checked.szOsFile = (int)sizeof(struct checked_file) + usual->szOsFile;
    checked.xOpen = checked_open;
    sqlite3_vfs_register(&checked, 1);
}
