/* See client.h. */
#include "support/client.h"

#include "support/support.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int client_connect(const char *address)
{
    const char *port = strrchr(address, ':');
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    at.sin_port = htons((uint16_t)atoi(port + 1));
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert(fd >= 0);
    ck_assert_msg(connect(fd, (struct sockaddr *)&at, sizeof at) == 0, "cannot connect to %s",
                  address);
    return fd;
}

void client_send(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* refused early: the answer is there to be read */
        bytes = str_slice(bytes, (size_t)n, bytes.n);
    }
}

struct str client_header(const struct answer *answer, const char *name)
{
    struct str rest = answer->head, line;
    while (str_split(&rest, '\n', &line)) {
        size_t colon = str_find_char(line, ':', 0);
        if (colon != STR_NONE && str_eq_case(str_slice(line, 0, colon), str_of(name)))
            return str_trim(str_slice(line, colon + 1, line.n));
    }
    return (struct str){0};
}

static bool more(int fd, struct buf *in)
{
    ssize_t n = recv(fd, buf_reserve(in, 65536), 65536, 0);
    in->n += n > 0 ? (size_t)n : 0;
    return n > 0;
}

struct answer client_read(struct arena *a, int fd, bool head, int seconds)
{
    struct answer out = {0};
    struct buf in = {0};
    struct timeval limit = {.tv_sec = seconds};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    size_t end;
    while ((end = str_find(buf_str(&in), S("\r\n\r\n"), 0)) == STR_NONE)
        if (!more(fd, &in)) {
            out.closed = true;
            break;
        }
    if (end != STR_NONE) {
        out.head = arena_str(a, str_slice(buf_str(&in), 0, end));
        if (str_starts(out.head, S("HTTP/1.")))
            out.status = atoi(out.head.p + 9);
        uint64_t length = 0;
        if (!head && out.status != 204 && out.status != 304)
            str_to_u64(client_header(&out, "Content-Length"), &length);
        while (in.n < end + 4 + length && !out.closed)
            out.closed = !more(fd, &in);
        out.body = arena_str(a, str_slice(buf_str(&in), end + 4, end + 4 + length));
        out.closed |= str_eq_case(client_header(&out, "Connection"), S("close"));
    }
    buf_finish(&in);
    return out;
}

struct answer client_raw(struct arena *a, const char *address, struct str request)
{
    int fd = client_connect(address);
    client_send(fd, request);
    struct answer out = client_read(a, fd, str_starts(request, S("HEAD ")), 5);
    close(fd);
    return out;
}

struct answer client_ask(struct arena *a, const char *address, const char *method, const char *path,
                         const char *headers, struct str body)
{
    struct str type = S("");
    if (body.n && !strstr(headers, "Content-Type"))
        type = S("Content-Type: application/json\r\n");
    struct str request =
        arena_fmt(a, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%.*sContent-Length: %zu\r\n\r\n",
                  method, path, headers, STR_ARG(type), body.n);
    struct buf all = {0};
    buf_add(&all, request);
    buf_add(&all, body);
    struct answer out = client_raw(a, address, buf_str(&all));
    buf_finish(&all);
    return out;
}
