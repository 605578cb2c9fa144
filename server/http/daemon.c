/* Starting and stopping: the listening socket, the threads of libmicrohttpd, and who connects. */
#include "http/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Whoever holds a connection open costs some 7 KB and, since the threads wait by poll, a
 * microsecond of every other request's time for each hundred of them. */
enum {
    MOST_CONNECTIONS = 12288,
    BEYOND = 256,      /* more, to be told that there are too many */
    PATIENCE_MS = 300, /* at the end, for a request whose connection is there */
    OTHER_FILES = 256, /* the store's and the fetchers' */
    CONNECTION_MEMORY = 64 << 10,
    MOST_THREADS = 16,
    TOKEN_LEAST = 16
};

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct http_server *s = cls;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        exchange_forget(*context);
        connection_close(&s->connections, *context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    *context = connection_open(&s->connections, info ? info->connect_fd : -1);
}

/* Targets are decoded by request.c. */
static size_t leave_escapes(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls, (void)mhd;
    return strlen(text);
}

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;
        return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *v6 = (const void *)address;
    return address->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

static bool bind_to(int fd, const struct addrinfo *at, struct err *err)
{
    int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, 1024) == 0)
        return true;
    if (errno == EADDRINUSE)
        return fail(err, ERR_BUSY, "the port is in use by another program");
    if (errno == EACCES)
        return fail(err, ERR_DENIED, "this port may not be used without more rights");
    return fail(err, ERR_INVALID, "it is not possible to listen at this address: %s",
                strerror(errno));
}

/* Notes the address people use: for "any address" that is this machine's name for itself. */
static void note_address(struct http_server *s, int fd)
{
    struct sockaddr_storage at;
    socklen_t n = sizeof at;
    char host[64] = "", port[8] = "";
    if (getsockname(fd, (struct sockaddr *)&at, &n) != 0 ||
        getnameinfo((struct sockaddr *)&at, n, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return;
    const char *name = strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0 ? "localhost" : host;
    bool v6 = strchr(name, ':') != NULL;
    snprintf(s->address, sizeof s->address, "http://%s%s%s:%s", v6 ? "[" : "", name, v6 ? "]" : "",
             port);
}

/* Where others can reach the server, its token is all that keeps them out. */
static bool is_guarded(const struct http_options *o, struct err *err)
{
    const char *token = o->token;
    if (o->identify) /* its tokens were made by the program */
        return true;
    if (!token || !*token)
        return fail(err, ERR_DENIED, "listening on an address that others can reach needs a token");
    return strlen(token) >= TOKEN_LEAST ||
           fail(err, ERR_DENIED,
                "a token of less than %d characters can be guessed: others can reach this address",
                TOKEN_LEAST);
}

/* Socket activation, sd_listen_fds(3): the first socket that was opened for this very process waits
 * at descriptor 3. -1: there is none. */
static int inherited_socket(void)
{
    enum { FIRST = 3 };
    const char *pid = getenv("LISTEN_PID"), *n = getenv("LISTEN_FDS");
    uint64_t whom = 0, count = 0;
    if (!pid || !n || !str_to_u64(str_of(pid), &whom) || !str_to_u64(str_of(n), &count) ||
        whom != (uint64_t)getpid() || count < 1)
        return -1;
    fcntl(FIRST, F_SETFD, FD_CLOEXEC);
    fcntl(FIRST, F_SETFL, fcntl(FIRST, F_GETFL) | O_NONBLOCK);
    return FIRST;
}

/* Whoever opened the socket chose its address: the rule about tokens holds for it as well. */
static bool take_socket(struct http_server *s, int fd, struct err *err)
{
    struct sockaddr_storage at = {.ss_family = AF_UNSPEC};
    socklen_t n = sizeof at;
    if (getsockname(fd, (struct sockaddr *)&at, &n) != 0 ||
        (at.ss_family != AF_INET && at.ss_family != AF_INET6))
        return fail(err, ERR_INVALID, "the socket that was handed over is not one of TCP");
    if (!is_loopback((struct sockaddr *)&at) && !is_guarded(&s->options, err))
        return false;
    note_address(s, fd);
    return true;
}

static int open_socket(struct http_server *s, struct err *err)
{
    const struct http_options *o = &s->options;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found = NULL;
    char port[8];
    int fd = inherited_socket();
    s->inherited = fd >= 0;
    if (fd >= 0)
        return take_socket(s, fd, err) ? fd : -1;
    snprintf(port, sizeof port, "%u", o->port & 0xffff);
    if (o->port > 65535 || getaddrinfo(o->host ? o->host : "127.0.0.1", port, &hints, &found) != 0)
        return fail(err, ERR_INVALID, "there is no such address to listen at"), -1;
    if (is_loopback(found->ai_addr) || is_guarded(o, err)) {
        fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd < 0)
            fail(err, ERR_IO, "no socket could be opened");
        else if (!bind_to(fd, found, err))
            close(fd), fd = -1;
    }
    freeaddrinfo(found);
    if (fd >= 0)
        note_address(s, fd);
    return fd;
}

/* As many as the files that the process may open allow, once that limit is raised: the usual one of
 * 1,024 would be used up by the connections alone. */
static unsigned count_connections(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return MOST_CONNECTIONS / 16;
    if (limit.rlim_cur < limit.rlim_max && limit.rlim_cur < 65536) {
        limit.rlim_cur = limit.rlim_max < 65536 ? limit.rlim_max : 65536;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur > MOST_CONNECTIONS + BEYOND + OTHER_FILES)
        return MOST_CONNECTIONS;
    return limit.rlim_cur > 2 * (BEYOND + OTHER_FILES)
               ? (unsigned)(limit.rlim_cur - BEYOND - OTHER_FILES)
               : OTHER_FILES;
}

static unsigned count_threads(unsigned wanted)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = wanted ? wanted : (unsigned)(cores > 0 ? cores * 2 : 2);
    return n < 2 ? 2 : n > MOST_THREADS ? MOST_THREADS : n;
}

static bool start_daemon(struct http_server *s, int fd, unsigned most, struct err *err)
{
    s->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        exchange_step, s, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
        count_threads(s->options.threads), MHD_OPTION_CONNECTION_LIMIT, most + BEYOND,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL, MHD_OPTION_URI_LOG_CALLBACK,
        exchange_begin, s, MHD_OPTION_NOTIFY_COMPLETED, exchange_end, s,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_END);
    return s->daemon || fail(err, ERR_INTERNAL, "the web server could not be started");
}

bool http_start(const struct http_options *options, struct http_server **server, struct err *err)
{
    struct http_server *s = needed(calloc(1, sizeof *s));
    s->options = *options;
    s->metrics.started = time(NULL);
    s->cache = cache_create();
    pthread_mutex_init(&s->streaming, NULL);
    int fd = -1;
    unsigned most = options->connections ? options->connections : count_connections();
    if ((s->assets = assets_create(options->web_dir, err)) && (fd = open_socket(s, err)) >= 0 &&
        connections_start(&s->connections, most, options->deadline_ms, err)) {
        if (start_daemon(s, fd, most, err)) {
            *server = s;
            return true;
        }
        connections_stop(&s->connections);
    }
    if (fd >= 0)
        close(fd);
    assets_destroy(s->assets);
    cache_destroy(s->cache);
    pthread_mutex_destroy(&s->streaming);
    free(s);
    return false;
}

const char *http_address(const struct http_server *server)
{
    return server->address;
}

/* Who has a connection already shall have an answer; who comes later is refused, and a proxy asks
 * another server. */
static void take_waiting(struct http_server *s, int listening)
{
    for (;;) {
        struct sockaddr_storage from;
        socklen_t n = sizeof from;
        int fd = accept4(listening, (struct sockaddr *)&from, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0)
            return;
        MHD_add_connection(s->daemon, fd, (struct sockaddr *)&from, n);
    }
}

void http_stop(struct http_server *s, unsigned seconds)
{
    if (!s)
        return;
    MHD_socket listening = MHD_quiesce_daemon(s->daemon);
    int64_t end = clock_ms() + (int64_t)seconds * 1000;
    if (!s->inherited && listening != MHD_INVALID_SOCKET) {
        take_waiting(s, listening);
        close(listening);
        listening = MHD_INVALID_SOCKET;
    }
    while ((connections_cut_idle(&s->connections, PATIENCE_MS) ||
            atomic_load(&s->metrics.running) > 0) &&
           clock_ms() < end)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    streams_stop(s);
    MHD_stop_daemon(s->daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
    connections_stop(&s->connections);
    assets_destroy(s->assets);
    cache_destroy(s->cache);
    pthread_mutex_destroy(&s->streaming);
    free(s);
}

bool http_token_make(char token[33], struct err *err)
{
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return fail(err, ERR_IO, "no random numbers can be had");
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(token + 2 * i, 3, "%02x", bytes[i]);
    return true;
}
