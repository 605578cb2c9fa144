/* Fetching one address over http or https, by the rules that keep a server from being used
 * against its own network: every address connected to is checked at the moment of connecting, on
 * each redirect anew; sizes, times and compression ratios are bounded. No cookies, no proxies
 * from the environment, no credentials. */
#ifndef INGEST_FETCH_FETCH_H
#define INGEST_FETCH_FETCH_H

#include "base/arena.h"
#include "base/err.h"

#include <stdatomic.h>
#include <sys/socket.h>

/* How the program names itself to hosts; robots.txt files know it as "synoptic". */
#define FETCH_AGENT "synoptic/" SYNOPTIC_VERSION " (reads news for one person)"

struct fetch_options {
    bool allow_private; /* also loopback and private networks: for tests and intranets */
    struct str etag, last_modified; /* of an earlier answer: ask only for what has changed */
    const atomic_bool *cancel;      /* set to true by another thread to stop; or NULL */
    const struct str *post;         /* a body to send by POST, which no redirect is followed for */
    const char *const *headers;     /* header lines to send with it, closed by NULL */
    size_t limit;                   /* decoded bytes; 0: 10 MB */
    unsigned timeout;               /* seconds for everything; 0: 20 */
    unsigned *retry_after;          /* where to put the seconds a busy server asks for; or NULL */
    long *status; /* where to put the answer's status, also of a failure; or NULL */
};

struct fetched {
    struct str body;         /* decoded, in the caller's arena */
    struct str content_type; /* the header's value, or empty */
    struct str url;          /* after redirects */
    struct str etag, last_modified;
    long status;
    bool unchanged; /* 304: no body */
};

/* Fetches. Fails with a sentence for people: ERR_INVALID (no http(s) address), ERR_DENIED (a
 * forbidden address), ERR_TOO_LARGE, ERR_TIMEOUT (also when cancelled), ERR_REMOTE (the host does
 * not answer, or not with 2xx). Blocks; callable from several threads. */
bool fetch_url(struct arena *a, struct str url, const struct fetch_options *options,
               struct fetched *out, struct err *err);

/* May a connection be made to this address when private ones are not allowed? */
bool address_is_public(const struct sockaddr *address);

/* May this program fetch `url`, as the host's robots.txt (its text) says? */
bool robots_allow(struct str robots, struct str url);
/* The seconds between two requests that the robots.txt asks for (Crawl-delay), 60 at most; 0: none.
 */
unsigned robots_delay(struct str robots);
/* Where the robots.txt for `url` is. */
struct str robots_url(struct arena *a, struct str url);

#endif
