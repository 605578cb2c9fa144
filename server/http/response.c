/* From a filled http_response, or an err, to the answer: status, headers every answer carries,
 * validators, compression, problem documents (RFC 9457). */
#include "http/parts.h"

#include "base/json.h"
#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { SMALLEST_GZIP = 1400 }; /* below, everything fits one packet anyway */

static int err_status(enum err_kind kind)
{
    static const int status[ERR_COUNT] = {
        [ERR_NONE] = 500,      [ERR_INVALID] = 400,  [ERR_USAGE] = 400,     [ERR_DENIED] = 403,
        [ERR_MISSING] = 404,   [ERR_CONFLICT] = 409, [ERR_TOO_LARGE] = 413, [ERR_UNSUPPORTED] = 415,
        [ERR_READ_ONLY] = 503, [ERR_BUSY] = 503,     [ERR_TIMEOUT] = 503,   [ERR_FULL] = 507,
        [ERR_REMOTE] = 502,    [ERR_IO] = 500,       [ERR_INTERNAL] = 500,
    };
    return kind < ERR_COUNT ? status[kind] : 500;
}

const char *response_reason(int status)
{
    const char *reason = MHD_get_reason_phrase_for((unsigned)status);
    return reason ? reason : "Error";
}

void response_security_headers(struct MHD_Response *r)
{
    static const char *const headers[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
         "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Referrer-Policy", "no-referrer"},
        {"Cache-Control", "no-cache"},
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(r, headers[i][0], headers[i][1]);
}

/* The route's pattern instead of the address: that may hold names and words that somebody looks
 * for. */
static void log_slow(const struct exchange *x, int status, int64_t ms)
{
    const struct http_route *route = x->context.route;
    struct log l = log_begin(LOG_WARNING, "slow_request", S("a request took long"));
    log_str(&l, "method", str_of(http_method_names[x->context.request.method]));
    log_str(&l, "route", str_of(route ? route->path : "pages"));
    log_int(&l, "status", status);
    log_int(&l, "ms", ms);
    log_end(&l);
}

enum MHD_Result response_queue(struct exchange *x, int status, struct MHD_Response *r)
{
    x->status = status;
    x->answered = true;
    connection_phase(x->connection, PHASE_ANSWER);
    int64_t us = clock_us() - x->started_us;
    metrics_count(&x->server->metrics, status, us, x->sent);
    unsigned slow = x->server->options.slow_ms;
    if (slow && us >= (int64_t)slow * 1000)
        log_slow(x, status, us / 1000);
    return MHD_queue_response(x->mhd, (unsigned)status, r);
}

/* The comparison of 48 long reports, 546 KB, goes out in 94 KB instead of 110 for 10 ms more, once:
 * finished answers are kept (cache.c). */
enum { GZIP_LEVEL = 4 };

bool response_compress(struct buf *body)
{
    z_stream z = {0};
    if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    struct buf out = {0};
    z.next_in = (Bytef *)body->p;
    z.avail_in = (uInt)body->n;
    z.avail_out = (uInt)body->n - 1;
    z.next_out = (Bytef *)buf_reserve(&out, body->n);
    bool smaller = deflate(&z, Z_FINISH) == Z_STREAM_END;
    out.n = z.total_out;
    deflateEnd(&z);
    if (!smaller) {
        buf_finish(&out);
        return false;
    }
    buf_finish(body);
    *body = out;
    return true;
}

bool response_accepts_gzip(struct str accept)
{
    struct str item;
    while (str_split(&accept, ',', &item)) {
        size_t semicolon = str_find_char(item, ';', 0);
        if (!str_eq_case(str_trim(str_slice(item, 0, semicolon)), S("gzip")))
            continue;
        struct str q =
            semicolon == STR_NONE ? S("q=1") : str_trim(str_slice(item, semicolon + 1, item.n));
        for (size_t i = 2; i < q.n; i++) /* any weight but 0, 0.0, ... */
            if (q.p[i] >= '1' && q.p[i] <= '9')
                return true;
        return false;
    }
    return false;
}

bool response_etag_listed(struct str header, struct str etag)
{
    struct str item;
    while (str_split(&header, ',', &item)) {
        item = str_trim(item);
        if (str_starts(item, S("W/")))
            item = str_slice(item, 2, item.n);
        if (item.n == etag.n + 2 && item.p[0] == '"' && item.p[item.n - 1] == '"' &&
            str_eq(str_slice(item, 1, item.n - 1), etag))
            return true;
    }
    return false;
}

const char *response_state_tag(struct exchange *x)
{
    uint64_t hash = str_hash(x->context.request.target);
    return arena_fmt(&x->arena, "%llx-%llx-%llx", (unsigned long long)x->server->metrics.started,
                     (unsigned long long)x->state, (unsigned long long)hash)
        .p;
}

bool http_if_match(const struct http_context *c, uint64_t *state, struct err *err)
{
    struct str rest = c->request.if_match, started, number;
    *state = 0;
    if (!rest.n || str_eq(rest, S("*")))
        return true;
    struct str own = arena_fmt(c->arena, "\"%llx", (unsigned long long)c->server->metrics.started);
    if (!str_split(&rest, '-', &started) || !str_split(&rest, '-', &number) ||
        !str_eq(started, own) || number.n > 16)
        return fail(err, ERR_CONFLICT, "what you saw is no longer what is here");
    *state = strtoull(arena_str(c->arena, number).p, NULL, 16);
    return true;
}

static void add_etag(struct exchange *x, struct MHD_Response *r, const char *etag)
{
    MHD_add_response_header(r, "ETag", arena_fmt(&x->arena, "\"%s\"", etag).p);
}

enum MHD_Result response_not_modified(struct exchange *x, const char *etag)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (!r)
        return MHD_NO;
    response_security_headers(r);
    add_etag(x, r, etag);
    MHD_add_response_header(r, "Vary", "Accept-Encoding");
    x->sent = 0;
    enum MHD_Result result = response_queue(x, 304, r);
    MHD_destroy_response(r);
    return result;
}

/* Gives a successful read its tag; true when the client has that answer already. */
static bool client_has_it(struct exchange *x)
{
    struct http_response *a = &x->context.response;
    if (x->context.request.method != HTTP_GET || a->status != 200)
        return false;
    if (!a->etag)
        a->etag = arena_fmt(&x->arena, "%llx", (unsigned long long)str_hash(buf_str(&a->body))).p;
    struct str wanted = x->header[H_IF_NONE_MATCH];
    return str_eq(wanted, S("*")) || response_client_tag(x, a->etag);
}

const char *response_client_tag(struct exchange *x, const char *etag)
{
    struct str wanted = x->header[H_IF_NONE_MATCH];
    struct str zipped = arena_fmt(&x->arena, "%s-gz", etag);
    if (!wanted.n)
        return NULL;
    if (response_etag_listed(wanted, zipped))
        return zipped.p;
    return response_etag_listed(wanted, str_of(etag)) ? etag : NULL;
}

static void add_headers(struct exchange *x, struct MHD_Response *r, bool zipped)
{
    const struct http_response *a = &x->context.response;
    response_security_headers(r);
    MHD_add_response_header(r, "Content-Type", a->type);
    MHD_add_response_header(r, "Vary", "Accept-Encoding");
    if (zipped)
        MHD_add_response_header(r, "Content-Encoding", "gzip");
    if (a->etag)
        add_etag(x, r, zipped ? arena_fmt(&x->arena, "%s-gz", a->etag).p : a->etag);
    if (x->allow.n && (x->status == 405 || x->context.request.method == HTTP_OPTIONS))
        MHD_add_response_header(r, "Allow", x->allow.p);
    if (x->close)
        MHD_add_response_header(r, "Connection", "close");
    if (x->status == 401)
        MHD_add_response_header(r, "WWW-Authenticate", "Bearer");
    for (const struct http_header *h = a->headers; h; h = h->next)
        MHD_add_response_header(r, h->name, h->value);
}

/* Hands the body over to libmicrohttpd. */
static struct MHD_Response *take_body(struct exchange *x)
{
    struct buf *body = &x->context.response.body;
    x->sent = body->n;
    char *fitting = x->cacheable && body->n ? realloc(body->p, body->n) : NULL;
    struct MHD_Response *r =
        MHD_create_response_from_buffer(body->n, fitting ? fitting : body->p,
                                        body->p ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (r)
        *body = (struct buf){0};
    else if (fitting)
        body->p = fitting;
    return r;
}

/* The tag was decided before any work, or there is none: nobody has read a long answer whole. */
static enum MHD_Result send_stream(struct exchange *x)
{
    struct MHD_Response *r = stream_response(x);
    if (!r)
        return MHD_NO;
    x->status = x->context.response.status;
    add_headers(x, r, stream_is_zipped(x->stream));
    enum MHD_Result result = response_queue(x, x->status, r);
    MHD_destroy_response(r);
    return result;
}

enum MHD_Result response_send(struct exchange *x)
{
    struct http_response *a = &x->context.response;
    if (x->stream && stream_waits(x))
        return MHD_YES;
    if (x->stream && !stream_settle(x, &x->err))
        return response_problem(x);
    if (x->stream)
        return send_stream(x);
    if (client_has_it(x)) {
        const char *tag = response_client_tag(x, a->etag);
        buf_finish(&a->body);
        return response_not_modified(x, tag ? tag : a->etag);
    }
    bool zipped = a->body.n >= SMALLEST_GZIP && a->body.n < UINT32_MAX &&
                  response_accepts_gzip(x->header[H_ACCEPT_ENCODING]) &&
                  response_compress(&a->body);
    struct MHD_Response *r = take_body(x);
    if (!r)
        return MHD_NO;
    x->status = a->status;
    add_headers(x, r, zipped);
    enum MHD_Result result = response_queue(x, a->status, r);
    if (!x->cacheable || a->status != 200 || !cache_add(x->server->cache, x, r, x->sent))
        MHD_destroy_response(r);
    return result;
}

int response_problem_text(const struct exchange *x, struct buf *out)
{
    int status = x->status ? x->status : err_status(x->err.kind);
    if (status == 409 && x->context.request.if_match.n)
        status = 412;
    struct json j = json_begin(out);
    json_object(&j);
    json_field_str(&j, "type", S("about:blank"));
    json_field_str(&j, "title", str_of(response_reason(status)));
    json_field_int(&j, "status", status);
    json_field_str(&j, "detail", str_of(x->err.message));
    json_field_str(&j, "kind", str_of(err_name(x->err.kind)));
    json_end_object(&j);
    return status;
}

enum MHD_Result response_problem(struct exchange *x)
{
    struct http_response *a = &x->context.response;
    buf_finish(&a->body);
    a->etag = NULL;
    a->type = "application/problem+json";
    a->status = response_problem_text(x, &a->body);
    return response_send(x);
}

void http_header(struct http_context *c, const char *name, struct str value)
{
    struct http_header *h = arena_alloc(c->arena, sizeof *h);
    *h = (struct http_header){name, arena_str(c->arena, value).p, NULL};
    struct http_header **end = &c->response.headers;
    while (*end)
        end = &(*end)->next;
    *end = h;
}
