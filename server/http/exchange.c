/* The life of a request under libmicrohttpd: see parts.h for the flow.
 *
 * Its threads call exchange_begin when the first line is there, exchange_step once with the header,
 * then with pieces of the body, then once more at the end; exchange_end when the answer is sent or
 * the connection is lost. A refusal is sent before the body is read, and the connection then
 * closed. */
#include "http/parts.h"

#include <string.h>
#include <sys/socket.h>

enum { UPLOADS_AT_ONCE = 256 << 20 };

static bool known_method(const char *name, struct http_request *r)
{
    if (strcmp(name, "GET") == 0 || strcmp(name, "HEAD") == 0)
        r->method = HTTP_GET;
    else if (strcmp(name, "POST") == 0)
        r->method = HTTP_POST;
    else if (strcmp(name, "DELETE") == 0)
        r->method = HTTP_DELETE;
    else if (strcmp(name, "OPTIONS") == 0)
        r->method = HTTP_OPTIONS;
    else
        return false;
    return true;
}

static struct connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void release_body(struct exchange *x)
{
    atomic_fetch_sub(&x->server->uploading, x->body.n);
    buf_finish(&x->body);
}

static void release(struct exchange *x)
{
    stream_end(x->stream);
    if (x->connection)
        x->connection->asked = NULL;
    atomic_fetch_sub(&x->server->metrics.running, 1);
    release_body(x);
    buf_finish(&x->context.response.body);
    struct arena arena = x->arena; /* x itself lies in it */
    arena_finish(&arena);
}

void exchange_forget(struct connection *c)
{
    if (c && c->asked)
        release(c->asked);
}

/* A request whose arguments or cookies libmicrohttpd has no room for ends here without a word from
 * it: neither exchange_step nor exchange_end is called. Its connection remembers it. */
void *exchange_begin(void *cls, const char *target, struct MHD_Connection *mhd)
{
    struct arena arena = {0};
    struct exchange *x = arena_alloc(&arena, sizeof *x);
    x->arena = arena;
    x->server = cls;
    x->mhd = mhd;
    x->connection = connection_of(mhd);
    exchange_forget(x->connection);
    if (x->connection)
        x->connection->asked = x;
    x->started_us = clock_us();
    x->context.arena = &x->arena;
    x->context.app = x->server->options.app;
    x->context.server = x->server;
    x->context.response.status = 200;
    x->context.response.type = "application/json";
    atomic_fetch_add(&x->server->metrics.running, 1);
    x->target_end = target + strlen(target);
    request_parse_target(x, str_of(target), &x->err);
    if (x->connection && x->connection->beyond)
        x->close = refuse(x, 503, &x->err, "too many connections: try again in a moment") || true;
    return x;
}

void exchange_end(void *cls, struct MHD_Connection *mhd, void **con_cls,
                  enum MHD_RequestTerminationCode how)
{
    (void)cls, (void)mhd, (void)how;
    struct exchange *x = *con_cls;
    if (!x)
        return;
    connection_phase(x->connection, PHASE_HEADER);
    release(x);
    *con_cls = NULL;
}

/* The header is there. */
static enum MHD_Result begin(struct exchange *x, const char *method, const char *version)
{
    struct http_request *r = &x->context.request;
    x->begun = true;
    x->bad_method = !known_method(method, r);
    request_check_target(x, version);
    request_read_headers(x);
    if (!x->err.kind)
        guard_check(x, &x->err);
    if (x->err.kind && x->has_body)
        return response_problem(x);
    connection_phase(x->connection, x->has_body ? PHASE_BODY : PHASE_WORK);
    return MHD_YES;
}

/* libmicrohttpd takes no answer in the middle of a body, so a short one goes past it before the
 * connection is closed. Nothing else can be under way: the request before has been answered. */
static enum MHD_Result refuse_body(struct exchange *x, enum err_kind kind, const char *message)
{
    struct buf problem = {0}, answer = {0};
    fail(&x->err, kind, "%s", message);
    x->status = response_problem_text(x, &problem);
    buf_fmt(&answer,
            "HTTP/1.1 %d %s\r\nContent-Type: application/problem+json\r\nContent-Length: %zu\r\n"
            "X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n"
            "Connection: close\r\n\r\n",
            x->status, response_reason(x->status), problem.n);
    buf_add(&answer, buf_str(&problem));
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info && send(info->connect_fd, answer.p, answer.n, MSG_NOSIGNAL | MSG_DONTWAIT) > 0)
        metrics_count(&x->server->metrics, x->status, clock_us() - x->started_us, problem.n);
    buf_finish(&problem);
    buf_finish(&answer);
    return MHD_NO;
}

static enum MHD_Result take_body(struct exchange *x, struct str piece)
{
    if (x->err.kind || x->answered)
        return MHD_YES;
    if (x->body.n + piece.n > x->body_cap)
        return refuse_body(x, ERR_TOO_LARGE, "the body is larger than this address takes");
    if (atomic_load(&x->server->uploading) + piece.n > UPLOADS_AT_ONCE)
        return refuse_body(x, ERR_BUSY, "too much is being uploaded at once");
    buf_add(&x->body, piece);
    atomic_fetch_add(&x->server->uploading, piece.n);
    if (x->connection)
        atomic_fetch_add(&x->connection->bytes, piece.n);
    return MHD_YES;
}

static bool read_parts(struct exchange *x, struct err *err)
{
    struct http_request *r = &x->context.request;
    struct str type = x->header[H_CONTENT_TYPE];
    r->body = buf_str(&x->body);
    if (!x->context.route || !(x->context.route->flags & HTTP_MULTIPART) ||
        !str_eq_case(str_slice(type, 0, 10), S("multipart/")))
        return true;
    r->multipart = true;
    struct str boundary = request_header_param(&x->arena, type, S("boundary"));
    return multipart_parse(&x->arena, r->body, boundary, r, err);
}

/* Is the answer there already, with the client or in the cache? */
static bool answer_known(struct exchange *x, enum MHD_Result *result)
{
    const struct http_route *route = x->context.route;
    const struct http_options *o = &x->server->options;
    if (!(route->flags & HTTP_CACHEABLE) || !o->state)
        return false;
    x->state = o->state(o->app, route);
    x->cacheable = true;
    x->context.response.etag = response_state_tag(x);
    const char *had = response_client_tag(x, x->context.response.etag);
    if (had)
        *result = response_not_modified(x, had);
    return had || cache_answer(x->server->cache, x, result);
}

static enum MHD_Result run_route(struct exchange *x)
{
    enum MHD_Result result;
    if (answer_known(x, &result))
        return result;
    if (read_parts(x, &x->err) && x->context.route->handler(&x->context, &x->err))
        return response_send(x);
    if (!x->err.kind)
        fail(&x->err, ERR_INTERNAL, "something went wrong here");
    return response_problem(x);
}

/* The request is complete. */
static enum MHD_Result answer(struct exchange *x)
{
    connection_phase(x->connection, PHASE_WORK);
    x->started_us = clock_us();
    enum MHD_Result result;
    if (x->err.kind)
        return asset_missing(x, &result) ? result : response_problem(x);
    if (x->context.request.method == HTTP_OPTIONS) {
        x->context.response.status = 204;
        return response_send(x);
    }
    if (x->context.route)
        return run_route(x);
    if (x->context.response.status != 200) /* the guard's redirection */
        return response_send(x);
    if (asset_answer(x, &result))
        return result;
    fail(&x->err, ERR_MISSING, "there is nothing at this address");
    return response_problem(x);
}

/* libmicrohttpd says which parameters. */
// NOLINTNEXTLINE(readability-function-size)
enum MHD_Result exchange_step(void *cls, struct MHD_Connection *mhd, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **con_cls)
{
    (void)cls, (void)mhd, (void)url;
    struct exchange *x = *con_cls;
    if (!x->begun)
        return begin(x, method, version);
    if (*upload_size) {
        enum MHD_Result result = take_body(x, (struct str){upload, *upload_size});
        *upload_size = 0;
        return result;
    }
    if (x->answered)
        return MHD_YES;
    return x->stream ? response_send(x) : answer(x);
}
