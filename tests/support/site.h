/* A web site of its own for tests that fetch: a process that answers on the loopback interface and
 * counts what it is asked for. */
#ifndef TESTS_SUPPORT_SITE_H
#define TESTS_SUPPORT_SITE_H

#include "base/arena.h"
#include "support/server.h"

#include <stdatomic.h>

enum { SITE_PAGES = 2000 };

/* Shared with the process. */
struct site_state {
    atomic_int pages[SITE_PAGES]; /* how often /a/N was asked for */
    atomic_int feeds, unchanged, robots, closed, busy, others;
    atomic_int at_once, most_at_once; /* connections that are being answered */
    atomic_uint port;
    /* What the test sets. */
    atomic_int items;     /* how many the feed lists */
    atomic_int edition;   /* tag of the feed, and in the text of every page */
    atomic_int feed_fail; /* status that the feed answers with instead; 0: none */
    atomic_int slow_ms;   /* how long a page takes */
    atomic_int full;      /* 1: the feed carries the texts */
    atomic_int broken;    /* how often /busy still answers 503 */
};

struct site {
    struct server server;
    struct site_state *state;
};

/* /feed (RSS), /list (OPML of /feed), /page (HTML that announces /feed), /a/N (reports), /closed/N
 * (which robots.txt forbids), /busy (503 with Retry-After while state->broken lasts). */
void site_start(struct site *site);
void site_stop(struct site *site);
/* "http://127.0.0.1:PORT/path" in the arena. */
struct str site_url(struct site *site, struct arena *a, const char *path);
/* The sum of all pages asked for, and how often the one asked for most was. */
int site_pages(const struct site *site, int *most);

#endif
