/* The web server: libmicrohttpd behind a route table. It knows nothing of news.
 *
 * A program gives it a const array of routes; everything a route does not name is looked up among
 * the embedded files (asset.c). Before a handler runs, the guard has checked the request and the
 * route's flags (guard.c); afterwards response.c adds the headers, validators and compression. A
 * handler sees no socket: it reads the context's request, takes memory from its arena, appends to
 * the response's body and returns true - or false with an err, which becomes a problem document. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum http_method { HTTP_GET, HTTP_POST, HTTP_DELETE, HTTP_OPTIONS, HTTP_METHOD_COUNT };
/* "GET", "POST", "DELETE", "OPTIONS". */
extern const char *const http_method_names[HTTP_METHOD_COUNT];

enum http_flag {
    HTTP_CACHEABLE = 1, /* the answer follows from the target and http_options.state alone */
    HTTP_JSON = 2,      /* takes a body of application/json */
    HTTP_MULTIPART = 4, /* takes files as multipart/form-data */
    HTTP_OPEN = 8,      /* answers without the token */
    HTTP_LIST = 16,     /* may carry a suffix of http_options.suffixes; takes limit and cursor */
    HTTP_OWNER = 32, /* with users: for those of rank HTTP_RANK_OWNER; other writes for reviewers */
};

struct http_context;

struct http_route {
    enum http_method method;
    const char *path; /* "/api/v1/actors/{key}": {id} takes 1..2^53-1, {key} any one segment */
    bool (*handler)(struct http_context *, struct err *);
    unsigned flags;
    size_t body_cap;    /* bytes of a JSON body; HTTP_UPLOAD_CAP holds for multipart */
    const char *params; /* names of the query parameters it takes, separated by blanks, or NULL */
    const char *about;  /* one sentence for the API's description */
    int subject;        /* the program's own: what the handler shall read */
};

enum { HTTP_UPLOAD_CAP = 64 << 20 };

struct http_arg {
    struct str name, value; /* decoded, valid UTF-8 without NUL */
};

/* One part of a multipart body; the bytes are as they were sent. */
struct http_part {
    struct str name, file, type, bytes; /* file: the name given by the client, without folders */
    struct str path;                    /* the same with its folders, parted by "/" */
};

struct http_request {
    enum http_method method;
    struct str target; /* as it was sent */
    struct str path;   /* decoded */
    const struct http_arg *args;
    size_t n_args;
    int64_t id;         /* of {id} */
    struct str key;     /* of {key} */
    const char *suffix; /* behind the path of a list, one of http_options.suffixes; or NULL */
    struct str body;
    bool multipart; /* the body is a form; parts hold it */
    const struct http_part *parts;
    size_t n_parts;
    struct str if_match;      /* the header, or empty */
    struct str last_event_id; /* likewise */
};

struct http_header {
    const char *name, *value;
    struct http_header *next;
};

struct http_response {
    int status;       /* 200 at first */
    const char *type; /* "application/json" at first */
    struct buf body;
    const char *etag; /* without quotation marks; NULL at first, and nothing is sent then */
    struct http_header *headers; /* through http_header; any number, in that order */
};

/* Who asks, where the server knows users (http_options.identify); else nobody by name, and of the
 * highest rank. Readers read, reviewers also write what is not HTTP_OWNER's. */
enum http_rank { HTTP_RANK_NONE, HTTP_RANK_READER, HTTP_RANK_REVIEWER, HTTP_RANK_OWNER };
struct http_user {
    struct str name;
    enum http_rank rank;
};

struct http_context {
    struct http_user user;
    struct arena *arena; /* lives until the answer is sent */
    struct http_request request;
    struct http_response response;
    const struct http_route *route;
    void *app; /* http_options.app */
    struct http_server *server;
};

/* The query parameter's value, or the empty slice. */
struct str http_arg(const struct http_context *c, const char *name);
/* The query parameter as a whole number from 1 to max; `*value` stays as it is when the
 * parameter is absent. Anything else fails with ERR_INVALID. */
bool http_arg_int(const struct http_context *c, const char *name, int64_t max, int64_t *value,
                  struct err *err);
/* The state (http_options.state) that the If-Match header's tag was made from; 0 without the
 * header. ERR_CONFLICT: the tag is none of this server. A write that then fails with ERR_CONFLICT
 * is answered 412. */
bool http_if_match(const struct http_context *c, uint64_t *state, struct err *err);
/* An answer that may be long: `run` makes it in a thread of its own and hands it over in pieces.
 * `state` must live as long as the context and is nobody else's while `run` goes on. */
struct http_stream;
struct http_producer {
    bool (*run)(void *state, struct http_stream *to, struct err *err);
    void *state;
    bool wait; /* the handler has more to do with a short answer */
};
/* With `wait` returns when the answer is complete, in the response's body as if the handler had put
 * it there, or when so much of it has come that it is sent while the rest is made. Else returns at
 * once: it becomes the answer when it has come so far, and no thread of the server waits for it. */
bool http_answer_made_by(struct http_context *c, const struct http_producer *producer,
                         struct err *err);
/* For `run`: hands over the next bytes. Fails when nobody wants them any more. */
bool http_stream_give(struct http_stream *to, struct str bytes, struct err *err);
/* Adds a header to the answer; the value must not hold control characters. */
void http_header(struct http_context *c, const char *name, struct str value);

struct http_options {
    const char *host;  /* an address or a name to bind to; NULL: 127.0.0.1 */
    unsigned port;     /* 0: any free one */
    const char *token; /* NULL or empty: none; needed when the address is not loopback */
    /* Instead of the one token: whose a token is, and what that may do; false: nobody's. */
    bool (*identify)(const void *users, struct str token, struct http_user *out);
    const void *users;
    const char *const *allow_hosts; /* further names for the Host header, closed by NULL; or NULL */
    const char *web_dir;  /* serve pages from this folder instead of from the binary; or NULL */
    unsigned threads;     /* 0: as many as fit the machine */
    unsigned connections; /* at a time, those above are told to come later; 0: 12,288, or what the
                             files that may be open allow */
    unsigned deadline_ms; /* for a header or a short body to arrive; 0: 10 seconds */
    const struct http_route *routes;
    size_t n_routes;
    const char *const *suffixes; /* that lists may carry, "csv", closed by NULL; or NULL */
    void *app;
    /* A number that changes whenever an answer of this route might. */
    uint64_t (*state)(void *app, const struct http_route *route);
    unsigned slow_ms; /* requests whose answer takes longer are logged; 0: none */
};

/* Binds, starts the threads and returns at once. ERR_DENIED: no token although the address is not
 * loopback; ERR_BUSY: the port is in use; ERR_INVALID: no such address. Options must outlive it. */
bool http_start(const struct http_options *options, struct http_server **server, struct err *err);
/* Where it answers: "http://127.0.0.1:8080". */
const char *http_address(const struct http_server *server);
/* Takes no more connections, lets running requests finish for at most `seconds`, frees all. */
void http_stop(struct http_server *server, unsigned seconds);
/* Counters in Prometheus' text format. */
void http_metrics(const struct http_server *server, struct buf *out);
/* 128 random bits as 32 hex digits, zero-terminated: for tokens. */
bool http_token_make(char token[33], struct err *err);

#endif
