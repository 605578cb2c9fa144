/* Talks to a server on this machine as tests need it: raw bytes out, one answer back. */
#ifndef TESTS_SUPPORT_CLIENT_H
#define TESTS_SUPPORT_CLIENT_H

#include "base/arena.h"
#include "base/buf.h"

struct answer {
    int status;      /* 0: closed without an answer */
    struct str head; /* status line and header lines */
    struct str body;
    bool closed; /* the server has closed the connection */
};

/* Connects to the port of "http://127.0.0.1:PORT"; fails the test if that does not work. */
int client_connect(const char *address);
void client_send(int fd, struct str bytes);
/* Reads one answer by its Content-Length (none for HEAD, 204, 304). Waits at most `seconds`. */
struct answer client_read(struct arena *a, int fd, bool head, int seconds);
/* All of it on a connection of its own. */
struct answer client_raw(struct arena *a, const char *address, struct str request);
/* A GET, or a POST of JSON when there is a body, with the right Host and further header lines. */
struct answer client_ask(struct arena *a, const char *address, const char *method, const char *path,
                         const char *headers, struct str body);
/* The header's value, or the empty slice. */
struct str client_header(const struct answer *answer, const char *name);

#endif
