/* The progress bar: drawn on standard error, at most ten times a second, only on a terminal. */
#include "cli/cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 30, EVERY_MS = 100 };

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct progress progress_begin(const char *what, size_t total)
{
    return (struct progress){what, total, now_ms(), isatty(STDERR_FILENO) && total != 1};
}

void progress_show(struct progress *p, size_t done)
{
    if (!p->terminal || now_ms() - p->shown_at < EVERY_MS)
        return;
    p->shown_at = now_ms();
    if (!p->total) {
        fprintf(stderr, "\r%s: %zu", p->what, done);
        return;
    }
    char bar[WIDTH + 1];
    size_t filled = done * WIDTH / p->total;
    for (size_t i = 0; i < WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[WIDTH] = 0;
    fprintf(stderr, "\r%s [%s] %zu of %zu", p->what, bar, done, p->total);
    fflush(stderr);
}

void progress_end(struct progress *p)
{
    if (p->terminal)
        fputs("\r\033[K", stderr);
}
