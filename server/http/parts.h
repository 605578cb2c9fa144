/* What the files of http/ share. The flow of a request:
 * exchange.c (target) -> request.c (parse) -> guard.c (header) -> exchange.c (body) -> the route's
 * handler or asset.c -> response.c -> exchange.c (end). connection.c watches the clock meanwhile.
 */
#ifndef HTTP_PARTS_H
#define HTTP_PARTS_H

#include "http/http.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum { MAX_TARGET = 8 << 10, MAX_HEADER = 16 << 10, MAX_ARGS = 100 };

/* Request headers that somebody reads. */
enum header {
    H_HOST,
    H_ORIGIN,
    H_FETCH_SITE,
    H_CONTENT_TYPE,
    H_CONTENT_LENGTH,
    H_TRANSFER_ENCODING,
    H_CONTENT_ENCODING,
    H_ACCEPT,
    H_ACCEPT_ENCODING,
    H_IF_NONE_MATCH,
    H_IF_MATCH,
    H_LAST_EVENT_ID,
    H_COOKIE,
    H_AUTHORIZATION,
    H_COUNT
};

/* connection.c: who is connected, and since when it has been waited for. */
enum phase { PHASE_HEADER, PHASE_BODY, PHASE_WORK, PHASE_ANSWER };

struct connection {
    struct connection *older, *newer;
    int fd;
    bool beyond; /* the limit: it is told so and closed */
    _Atomic int phase;
    _Atomic int64_t since;  /* monotonic milliseconds */
    _Atomic size_t bytes;   /* of the body, or of a long answer, so far */
    struct exchange *asked; /* the request under way, or NULL */
};

struct connections {
    pthread_mutex_t lock;
    struct connection *oldest, *newest;
    size_t count, cap;
    int64_t deadline_ms;
    _Atomic uint64_t opened, reaped;
    pthread_t reaper;
    pthread_cond_t wake;
    bool stopping;
};

bool connections_start(struct connections *all, size_t cap, unsigned deadline_ms, struct err *err);
void connections_stop(struct connections *all);
/* A connection begins or ends; when all places but a few are taken, the one that has let the
 * server wait longest is cut. When all are taken and nobody lets it wait, it is `beyond`. */
struct connection *connection_open(struct connections *all, int fd);
void connection_close(struct connections *all, struct connection *c);
void connection_phase(struct connection *c, enum phase phase);
/* Bytes of a long answer have been taken: that gives time for more. */
void connection_taken(struct connection *c, size_t bytes);
/* Cuts everybody who is not being answered and has let the server wait so long; true: others may
 * still ask. */
bool connections_cut_idle(struct connections *all, int64_t patience_ms);
int64_t clock_ms(void);
int64_t clock_us(void);

/* metrics.c */
enum { LATENCIES = 12 };
struct metrics {
    _Atomic uint64_t answers[6]; /* by hundreds of the status */
    _Atomic uint64_t latency[LATENCIES], latency_us, bytes;
    _Atomic int64_t running;
    time_t started;
};
void metrics_count(struct metrics *m, int status, int64_t microseconds, size_t bytes);

struct http_server {
    struct http_options options;
    struct MHD_Daemon *daemon;
    struct connections connections;
    struct metrics metrics;
    struct asset_set *assets;
    struct cache *cache;
    _Atomic size_t uploading; /* bytes of bodies in memory */
    pthread_mutex_t streaming;
    struct http_stream *streams; /* answers that threads of their own make */
    _Atomic int long_answers;    /* of them, those in a file */
    bool stopping;
    char host[64], address[96];
    bool loopback, inherited; /* inherited: the socket stays open for the next program */
    unsigned port;
};

/* One request from its first line to its last answered byte. */
struct exchange {
    struct http_context context; /* first, so that a context is its exchange */
    struct http_server *server;
    struct connection *connection;
    struct MHD_Connection *mhd;
    struct arena arena;
    struct str header[H_COUNT];
    unsigned char seen[H_COUNT]; /* how often each was sent, at most 255 */
    size_t header_bytes, n_header_lines;
    const char *last_value_end; /* while the header is read */
    const char *target_end;     /* the NUL behind it, in libmicrohttpd's buffer */
    bool nul_in_target, nul_in_header, bad_header_name;
    struct buf body;
    size_t length, body_cap; /* Content-Length (SIZE_MAX: no number); most bytes the route takes */
    struct err err;          /* why the request is refused; kind ERR_NONE: it is not */
    int status;              /* the status that goes with err where its kind does not say it */
    struct str allow;        /* for 405 */
    uint64_t state;          /* of the answer, where `cacheable` */
    bool cacheable, begun, has_body, bad_method, answered;
    bool close; /* the connection ends with the answer: what follows in it cannot be trusted */
    int64_t started_us;
    size_t sent;
    struct http_stream *stream; /* the answer, while it is being made; or NULL */
};

/* exchange.c: what libmicrohttpd calls. */
void *exchange_begin(void *cls, const char *target, struct MHD_Connection *mhd);
enum MHD_Result exchange_step(void *cls, struct MHD_Connection *mhd, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **con_cls);
void exchange_end(void *cls, struct MHD_Connection *mhd, void **con_cls,
                  enum MHD_RequestTerminationCode how);

/* A connection ends: what libmicrohttpd began and did not end with exchange_end goes too. */
void exchange_forget(struct connection *c);

/* request.c: fills request.target, path and args. On failure x->status may be set. */
bool request_parse_target(struct exchange *x, struct str target, struct err *err);
/* Decodes %XX (and + as a blank in `form`) into the arena; refuses bad escapes, NUL and invalid
 * UTF-8. */
bool request_decode(struct arena *a, struct str raw, bool form, struct str *out, struct err *err);
void request_read_headers(struct exchange *x);
/* `version` stands behind the target in libmicrohttpd's buffer: a NUL within would cut it short. */
void request_check_target(struct exchange *x, const char *version);
/* The parameter of a header field: boundary=... */
struct str request_header_param(struct arena *a, struct str value, struct str name);

/* multipart.c: cuts a multipart/form-data body at its boundary; parts are slices of it. */
bool multipart_parse(struct arena *a, struct str body, struct str boundary,
                     struct http_request *request, struct err *err);

/* route.c: finds the route and fills its id, key and format. When the path is known but the
 * method is not, x->allow says which are. */
const struct http_route *route_find(struct exchange *x);

/* guard.c: all checks that need no body. `refuse` sets the status where the kind is not enough. */
bool guard_check(struct exchange *x, struct err *err);
bool guard_host_allowed(const struct http_server *s, struct str host);
bool refuse(struct exchange *x, int status, struct err *err, const char *message);

/* response.c */
enum MHD_Result response_send(struct exchange *x);
enum MHD_Result response_problem(struct exchange *x);
enum MHD_Result response_not_modified(struct exchange *x, const char *etag);
/* The problem document of x->err, and its status. */
int response_problem_text(const struct exchange *x, struct buf *out);
void response_security_headers(struct MHD_Response *r);
bool response_accepts_gzip(struct str accept_encoding);
/* Puts the body's gzip in its place; false, and nothing done, where that does not pay. */
bool response_compress(struct buf *body);
/* Is `etag` (without quotation marks) among the header's tags? Compared weakly. */
bool response_etag_listed(struct str header, struct str etag);
/* The variant of this tag that the client has, or NULL. */
const char *response_client_tag(struct exchange *x, const char *etag);
/* The tag of a cacheable answer, decided before any work. */
const char *response_state_tag(struct exchange *x);
enum MHD_Result response_queue(struct exchange *x, int status, struct MHD_Response *r);
const char *response_reason(int status);

/* stream.c: long answers. stream_waits puts the client to sleep until it is known what the answer
 * is, and then libmicrohttpd asks again; false: it is known, and stream_settle puts a short one
 * into the response's body (x->stream is NULL then) or says why there is none. */
bool stream_waits(struct exchange *x);
bool stream_settle(struct exchange *x, struct err *err);
bool stream_is_zipped(const struct http_stream *s);
struct MHD_Response *stream_response(struct exchange *x);
/* Lets go of it, and waits until its producer has noticed. */
void stream_end(struct http_stream *s);
/* Ends all producers, so that no client sleeps when libmicrohttpd is stopped. */
void streams_stop(struct http_server *server);

/* cache.c: finished answers of cacheable routes, by target, x->state and encoding. */
struct cache *cache_create(void);
void cache_destroy(struct cache *cache);
bool cache_answer(struct cache *cache, struct exchange *x, enum MHD_Result *result);
/* Takes the response over and returns true, or leaves it alone. */
bool cache_add(struct cache *cache, const struct exchange *x, struct MHD_Response *response,
               size_t bytes);

/* bar.c: what all pages share. */
#define BAR_FILE "lib/page/bar.html"
bool bar_wanted(struct str page);
/* Appends the page of that file name ("actors.html") with the bar in place of its marker. */
void bar_fill(struct arena *a, struct str page, struct str name, struct str bar, struct buf *out);

/* asset.c */
struct asset_set *assets_create(const char *web_dir, struct err *err);
void assets_destroy(struct asset_set *set);
/* Answers GET of a page or file; false when there is none under the path. */
bool asset_answer(struct exchange *x, enum MHD_Result *result);
bool asset_exists(struct exchange *x);
/* The page that says so, for a browser that asked for a page that is not there. */
bool asset_missing(struct exchange *x, enum MHD_Result *result);

#endif
