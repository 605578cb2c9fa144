/* Preloaded (LD_PRELOAD) into a server: one allocation fails. Which one is told by a file that the
 * server and who tests it both map: while `armed`, allocation number `at` fails; `count` is how
 * many there were. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* glibc's own, under names that nothing overrides. */
extern void *__libc_malloc(size_t);          // NOLINT(bugprone-reserved-identifier)
extern void *__libc_calloc(size_t, size_t);  // NOLINT(bugprone-reserved-identifier)
extern void *__libc_realloc(void *, size_t); // NOLINT(bugprone-reserved-identifier)

struct control {
    _Atomic int32_t armed, at, count;
};

static struct control *control;

__attribute__((constructor)) static void map_control(void)
{
    const char *path = getenv("NOMEM_CONTROL");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *at = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (at != MAP_FAILED)
        control = at;
}

static int fails(void)
{
    if (!control || !atomic_load(&control->armed))
        return 0;
    if (atomic_fetch_add(&control->count, 1) + 1 != atomic_load(&control->at))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t n)
{
    return fails() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return fails() ? NULL : __libc_realloc(p, n);
}
