/* The store for fetching: the half of the queue that waits for other hosts, what is known of those
 * hosts, and the feeds that are watched. Times are milliseconds since 1970. Errors as in store.h.
 */
#ifndef STORE_WATCH_H
#define STORE_WATCH_H

#include "store/store.h"

/* ------------------------------------------------------------------------------------- fetching */

/* Takes the next item that can be fetched now: imports take turns, a host is asked by one at a
 * time, one that asked to be left alone waits, and items that a feed named (polite) wait until
 * their host is ready. out->id = 0 if there is none; *wait is then how many milliseconds until
 * there may be one, or -1 when nothing is to be fetched. The item's host is busy from here on. */
bool store_fetch_take(struct store *store, struct arena *a, struct store_import_item *out,
                      int64_t *wait, struct err *err);

/* What came of asking a host: when it may be asked again. */
struct store_host_rest {
    int64_t delay;  /* milliseconds until an item that a feed named may ask it again */
    int64_t closed; /* milliseconds until anybody may; 0: at once */
};
/* The item's bytes are here - or why there are none (item->problem) - and it waits to be read.
 * item: id, bytes, content_type, source (the address after redirects), problem. */
bool store_fetch_done(struct store *store, const struct store_import_item *item,
                      const struct store_host_rest *rest, struct err *err);
/* It is to be fetched later: the host is busy (counted as a try) or the program ends. */
bool store_fetch_later(struct store *store, int64_t item, bool counts,
                       const struct store_host_rest *rest, struct err *err);

/* What is known of a host; hosts are named by url_host. */
struct store_host {
    struct str robots; /* its robots.txt */
    bool known;        /* it was read and is still believed */
};
bool store_host_load(struct store *store, struct arena *a, struct str name, struct store_host *out,
                     struct err *err);
/* Believes the robots.txt for `max_age` milliseconds. */
bool store_host_robots(struct store *store, struct str name, struct str robots, int64_t max_age,
                       struct err *err);

/* --------------------------------------------------------------------------------------- watches
 */

enum { WATCH_LEAST = 5, WATCH_USUAL = 30, WATCH_MOST = 10080 }; /* minutes between two looks */

struct store_watch {
    int64_t id, errors, every; /* every: minutes */
    struct str url, title, etag, last_modified;
    bool paused;
    bool known; /* it was looked at before */
};

/* Watches an address; *id is the watch's. ERR_CONFLICT: it is watched already. */
bool store_watch_add(struct store *store, struct str url, int64_t every, int64_t *id,
                     struct err *err);
/* What a person changes: -1 leaves as it is. paused: 0, 1; every: minutes; now: 1 looks at once
 * (but not within a minute of the last look). if_revision as in store_decision. ERR_MISSING,
 * ERR_CONFLICT, ERR_BUSY. */
struct store_watch_change {
    int paused, now;
    int64_t every;
    uint64_t if_revision;
};
bool store_watch_change(struct store *store, int64_t id, const struct store_watch_change *change,
                        struct err *err);
/* What was imported stays. ERR_MISSING, ERR_CONFLICT. */
bool store_watch_remove(struct store *store, int64_t id, uint64_t if_revision, struct err *err);

/* Takes the next watch that is due; out->id = 0 if none is, and *wait says when one will be (-1:
 * nothing is watched). Its host is busy from here on. */
bool store_watch_take(struct store *store, struct arena *a, struct store_watch *out, int64_t *wait,
                      struct err *err);

/* Is there a watch that is being looked at, or could be now? *n is 0 if not: one whose host asked
 * to be left alone waits for its time. */
bool store_watch_open(struct store *store, int64_t *n, struct err *err);

/* One entry of a feed, by what names it and what it says; the item that imports it. */
struct store_entry {
    int64_t entry, print;
    struct store_import_item item;
};
/* What a look yielded. */
struct store_look {
    struct str title, etag, last_modified, problem;
    struct str moved; /* the watch goes on at this address; or empty */
    const struct store_entry *entries;
    size_t n;
    const struct str *feeds; /* a list of feeds: each becomes a watch of its own */
    size_t n_feeds;
    int64_t pause; /* milliseconds until the next look; 0: as the watch and its errors say */
    struct store_host_rest rest;
    bool unchanged, stopped; /* stopped: the program ends; nothing is counted */
};
/* Keeps it: entries that are new, or say something else, become an import (*import, 0: none), in
 * one transaction with the rest. After `errors` failures in a row the next look waits
 * every * 2^errors, a day at most. */
bool store_watch_looked(struct store *store, const struct store_watch *watch,
                        const struct store_look *look, int64_t *import, struct err *err);

#endif
