/* See server.h. */
#include "support/server.h"

#include "base/buf.h"
#include "support/support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void (*respond_to)(int fd, struct str request); /* of the server's process */

static void send_all(int fd, struct str s)
{
    while (s.n) {
        ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        s = str_slice(s, (size_t)n, s.n);
    }
}

void server_answer(int fd, const char *status, const char *headers, struct str body)
{
    struct buf out = {0};
    buf_fmt(&out, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n%s\r\n", status,
            body.n, headers);
    buf_add(&out, body);
    send_all(fd, buf_str(&out));
    buf_finish(&out);
}

struct str server_path(struct str request)
{
    return str_slice(request, 4, str_find_char(request, ' ', 4));
}

static void *serve_one(void *context)
{
    int fd = (int)(intptr_t)context;
    char request[8192];
    ssize_t n = recv(fd, request, sizeof request, 0);
    if (n > 4)
        respond_to(fd, (struct str){request, (size_t)n});
    close(fd);
    return NULL;
}

static void serve(int listener)
{
    for (int fd; (fd = accept(listener, NULL, NULL)) >= 0;) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve_one, (void *)(intptr_t)fd) == 0)
            pthread_detach(thread);
    }
}

static int open_listener(unsigned *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&at, size), 0);
    ck_assert_int_eq(listen(listener, 64), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&at, &size), 0);
    *port = ntohs(at.sin_port);
    return listener;
}

void server_start(struct server *server, void (*respond)(int fd, struct str request))
{
    int listener = open_listener(&server->port);
    respond_to = respond;
    server->pid = fork();
    if (server->pid == 0) {
        serve(listener);
        _exit(0);
    }
    close(listener);
}

void server_stop(struct server *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
}
