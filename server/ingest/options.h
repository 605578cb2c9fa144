/* What an import may do: asked for on the command line, obeyed by the worker and the fetchers. */
#ifndef INGEST_OPTIONS_H
#define INGEST_OPTIONS_H

#include <stdbool.h>

struct worker_options {
    bool allow_private_fetch; /* may fetch from loopback and private addresses */
    bool forget_originals;    /* the bytes of pages are not kept beside their articles */
    bool ignore_robots;       /* what robots.txt asks of programs is not heeded */
    bool answer_only;         /* items are added and wait for other programs */
    bool watch;               /* watched feeds are looked at */
    bool watch_once;          /* draining: those that are due now are looked at, once */
    /* Milliseconds between two requests to a host for items that a feed named; 0: as its robots.txt
     * says, one second at least, and none for this machine itself; -1: none. */
    int host_delay;
};

#endif
