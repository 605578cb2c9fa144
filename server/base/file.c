/* Reading files: see file.h. */
#include "base/file.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

static bool read_all(int fd, const char *path, size_t limit, struct buf *out, struct err *err)
{
    for (;;) {
        ssize_t got = read(fd, buf_reserve(out, CHUNK), CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(err, ERR_IO, "%s cannot be read: %s", path, strerror(errno));
        if (got == 0)
            return true;
        out->n += (size_t)got;
        if (out->n > limit)
            return fail(err, ERR_TOO_LARGE, "%s is larger than %zu MB", path, limit >> 20);
    }
}

bool file_read(struct arena *a, const char *path, size_t limit, struct str *bytes, struct err *err)
{
    bool input = strcmp(path, "-") == 0;
    int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s cannot be opened: %s", path,
                    strerror(errno));
    struct stat st = {0};
    struct buf out = {0};
    bool ok;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        ok = fail(err, ERR_INVALID, "%s is a folder, not a file", path);
    } else {
        if (S_ISREG(st.st_mode) && st.st_size > 0 && (size_t)st.st_size <= limit)
            buf_reserve(&out, (size_t)st.st_size + CHUNK); /* no growing step by step */
        ok = read_all(fd, path, limit, &out, err);
    }
    if (ok)
        *bytes = arena_str(a, buf_str(&out));
    buf_finish(&out);
    if (!input)
        close(fd);
    return ok;
}
