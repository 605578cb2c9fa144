/* A web server for tests that fetch: a process of its own on the loopback interface that hands
 * every request to a function of the test, each in a thread of its own. */
#ifndef TESTS_SUPPORT_SERVER_H
#define TESTS_SUPPORT_SERVER_H

#include "base/str.h"

#include <sys/types.h>

struct server {
    pid_t pid;
    unsigned port;
};

/* `respond` runs in the server's process (what it writes to memory the test does not see, unless
 * that is shared) and answers by server_answer; the connection is closed afterwards. */
void server_start(struct server *server, void (*respond)(int fd, struct str request));
void server_stop(struct server *server);
/* status: "200 OK"; headers: "" or lines that end in CR LF. */
void server_answer(int fd, const char *status, const char *headers, struct str body);
/* The path of a GET request, with its query. */
struct str server_path(struct str request);

#endif
