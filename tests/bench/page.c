/* Pages per second of the page side alone, by stage, and the memory it needs:
 *   bench-page [--pages N] FILE...
 * The files are read again and again, one after the other, until N pages (default 10,000) have been
 * read; a page's memory is released before the next. CPU time of this thread; reading files counts
 * in the last line only. Unreadable pages count as read: refusing them is work too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "page/html/html.h"
#include "page/page.h"
#include "page/text/encoding.h"

enum { LARGEST = 64 << 20 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct spent {
    double file, decode, parse, page;
    size_t pages, bytes, refused;
};

/* Decoding and parsing are timed by themselves, then done again as part of the whole. */
static bool run(const char *path, struct spent *s)
{
    struct arena a = {0};
    struct str bytes, text;
    struct page page;
    struct html html;
    struct err err = {0};
    double began = now();
    bool ok = file_read(&a, path, LARGEST, &bytes, &err);
    if (!ok) {
        fprintf(stderr, "bench-page: %s: %s\n", path, err.message);
        arena_finish(&a);
        return false;
    }
    double read = now();
    bool decoded = encoding_decode(&a, bytes, (struct str){0}, &text, &err);
    double decoding = now();
    if (decoded && html_parse(text, &html, &err))
        html_finish(&html);
    double parsing = now();
    s->refused +=
        !page_read(&a, &(struct page_source){.bytes = bytes, .type = PAGE_HTML}, &page, &err);
    s->page += now() - parsing;
    s->file += read - began;
    s->decode += decoding - read;
    s->parse += parsing - decoding;
    s->bytes += bytes.n;
    s->pages++;
    arena_finish(&a);
    return true;
}

static void say(const char *what, const struct spent *s, double seconds)
{
    printf("%-22s %8.0f pages/s %8.1f MB/s\n", what, (double)s->pages / seconds,
           1e-6 * (double)s->bytes / seconds);
}

int main(int argc, char **argv)
{
    size_t wanted = 10000;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "--pages") == 0) {
        wanted = strtoul(argv[2], NULL, 10);
        first = 3;
    }
    if (argc <= first) {
        fprintf(stderr, "usage: bench-page [--pages N] FILE...\n");
        return 2;
    }
    struct spent s = {0};
    while (s.pages < wanted)
        for (int i = first; i < argc && s.pages < wanted; i++)
            if (!run(argv[i], &s))
                return 1;
    say("decoding alone", &s, s.decode);
    say("parsing alone", &s, s.parse);
    say("bytes to article", &s, s.page);
    say("file to article", &s, s.page + s.file);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%zu pages, %zu refused, peak %.1f MB resident\n", s.pages, s.refused,
           (double)used.ru_maxrss / 1024);
    return 0;
}
