/* What is checked before anything is done for a request: the framing, whom it is addressed to,
 * where it comes from, who sends it, and whether the route takes such a body.
 *
 * The page's rules against other sites hold for a program on localhost as well: any page in the
 * same browser can send requests to it (DNS rebinding, cross-site forms). */
#include "http/parts.h"

#include "base/utf8.h"

enum { MAX_HEADER_LINES = 100 };

bool refuse(struct exchange *x, int status, struct err *err, const char *message)
{
    x->status = status;
    return fail(err, ERR_INVALID, "%s", message);
}

/* "name", "name:port", "[v6]:port": the name, or nothing if it is none of these. */
static struct str host_name(struct str host)
{
    size_t end =
        host.n && host.p[0] == '[' ? str_find_char(host, ']', 0) : str_find_char(host, ':', 0);
    if (end != STR_NONE && host.p[0] == '[')
        end++;
    struct str name = str_slice(host, 0, end), port = str_slice(host, name.n, host.n);
    uint64_t number = 1;
    if (port.n &&
        (port.p[0] != ':' || port.n > 6 || !str_to_u64(str_slice(port, 1, port.n), &number) ||
         number < 1 || number > 65535))
        return (struct str){0};
    return name;
}

bool guard_host_allowed(const struct http_server *s, struct str host)
{
    static const struct str always[] = {STR("localhost"), STR("127.0.0.1"), STR("[::1]")};
    struct str name = host_name(host);
    if (!name.n)
        return false;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (str_eq_case(name, always[i]))
            return true;
    for (const char *const *p = s->options.allow_hosts; p && *p; p++)
        if (str_eq_case(name, str_of(*p)))
            return true;
    return false;
}

/* Whatever two readers of the same bytes could understand differently. */
static bool check_framing(struct exchange *x, struct err *err)
{
    static const enum header once[] = {H_CONTENT_LENGTH, H_TRANSFER_ENCODING, H_CONTENT_TYPE,
                                       H_ORIGIN,         H_FETCH_SITE,        H_AUTHORIZATION};
    if (x->header_bytes > MAX_HEADER || x->n_header_lines > MAX_HEADER_LINES)
        return refuse(x, 431, err, "the request's header is too large");
    if (x->nul_in_header || x->nul_in_target)
        return fail(err, ERR_INVALID, "the request's header holds a NUL");
    if (x->bad_header_name)
        return fail(err, ERR_INVALID, "the name of a header field holds what a name may not");
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        if (x->seen[once[i]] > 1)
            return fail(err, ERR_INVALID, "a header that may stand once is repeated");
    if (x->seen[H_CONTENT_LENGTH] && x->seen[H_TRANSFER_ENCODING])
        return fail(err, ERR_INVALID, "the request has both Content-Length and Transfer-Encoding");
    if (x->seen[H_CONTENT_LENGTH] && x->length == SIZE_MAX)
        return fail(err, ERR_INVALID, "Content-Length is not a number");
    if (x->seen[H_TRANSFER_ENCODING] && !str_eq_case(x->header[H_TRANSFER_ENCODING], S("chunked")))
        return refuse(x, 501, err, "this transfer encoding is not understood");
    if (x->seen[H_CONTENT_ENCODING] && !str_eq_case(x->header[H_CONTENT_ENCODING], S("identity")))
        return fail(err, ERR_UNSUPPORTED, "compressed bodies are not taken");
    return true;
}

static bool check_host(struct exchange *x, struct err *err)
{
    if (x->seen[H_HOST] != 1)
        return fail(err, ERR_INVALID, "the request must have one Host header");
    if (!guard_host_allowed(x->server, x->header[H_HOST]))
        return refuse(x, 421, err, "this server does not answer for that host");
    return true;
}

/* Does the Origin header name the host that is asked? */
static bool same_origin(const struct exchange *x)
{
    struct str origin = x->header[H_ORIGIN];
    if (str_starts(origin, S("http://")))
        origin = str_slice(origin, 7, origin.n);
    else if (str_starts(origin, S("https://")))
        origin = str_slice(origin, 8, origin.n);
    else
        return false;
    return str_eq_case(origin, x->header[H_HOST]);
}

/* Other sites may lead people to a page, but neither read the API nor make it do anything. */
static bool check_site(struct exchange *x, struct err *err)
{
    struct str site = x->header[H_FETCH_SITE];
    bool reads_page = !x->context.route && x->context.request.method == HTTP_GET;
    if (reads_page)
        return true;
    if (x->seen[H_FETCH_SITE] && !str_eq_case(site, S("same-origin")) &&
        !str_eq_case(site, S("none")))
        return fail(err, ERR_DENIED, "requests from other sites are not taken");
    if (x->seen[H_ORIGIN] && !same_origin(x))
        return fail(err, ERR_DENIED, "requests from other sites are not taken");
    return true;
}

/* Takes as long whatever the first difference. */
static bool same_secret(struct str a, const char *secret)
{
    struct str b = str_of(secret);
    unsigned char difference = a.n != b.n;
    for (size_t i = 0; i < b.n; i++)
        difference |= (unsigned char)(b.p[i] ^ (a.n ? a.p[i % a.n] : 0));
    return difference == 0;
}

/* Is it the server's token, or that of one of its users? */
static bool is_token(struct exchange *x, struct str given)
{
    const struct http_options *o = &x->server->options;
    if (o->identify)
        return given.n && o->identify(o->users, given, &x->context.user);
    return same_secret(given, o->token);
}

static bool has_token(struct exchange *x)
{
    if (str_starts(x->header[H_AUTHORIZATION], S("Bearer ")) &&
        is_token(x, str_trim(str_slice(x->header[H_AUTHORIZATION], 7, SIZE_MAX))))
        return true;
    struct str cookies = x->header[H_COOKIE], pair;
    while (str_split(&cookies, ';', &pair)) {
        pair = str_trim(pair);
        if (str_starts(pair, S("synoptic=")) && is_token(x, str_slice(pair, 9, pair.n)))
            return true;
    }
    return false;
}

/* A visit that another site led to comes without the cookie (SameSite=Strict). Asked for once more
 * by a page of ours, its script included, it has it; what stands behind "#" stays. Nothing of the
 * store is in the answer, and the second asking is no visit from another site. */
static bool ask_again(struct exchange *x)
{
    struct http_response *r = &x->context.response;
    bool visit = !x->context.route && x->context.request.method == HTTP_GET &&
                 x->seen[H_FETCH_SITE] && !str_eq_case(x->header[H_FETCH_SITE], S("same-origin")) &&
                 !str_eq_case(x->header[H_FETCH_SITE], S("none"));
    if (!visit)
        return false;
    r->status = 401;
    r->type = "text/html; charset=utf-8";
    buf_add(&r->body,
            S("<!doctype html><html lang=\"en\"><title>synoptic</title>"
              "<p>One moment. If nothing comes, open this server’s address with ?token=… once.</p>"
              "<script src=\"/lib/page/again.js\"></script></html>"));
    return true;
}

/* The pages say who sits here by a cookie that they can read. */
static void name_user(struct exchange *x)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf value = {0};
    struct str name = x->context.user.name;
    if (!name.n)
        return;
    buf_add(&value, S("synoptic-name="));
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        buf_char(&value, '%');
        buf_char(&value, hex[c >> 4]);
        buf_char(&value, hex[c & 15]);
    }
    buf_add(&value, S("; Path=/; SameSite=Strict"));
    http_header(&x->context, "Set-Cookie", buf_str(&value));
    buf_finish(&value);
}

static bool check_rank(struct exchange *x, struct err *err)
{
    const struct http_route *route = x->context.route;
    bool reads = x->context.request.method == HTTP_GET || x->context.request.method == HTTP_OPTIONS;
    enum http_rank needed = reads                                ? HTTP_RANK_READER
                            : route && route->flags & HTTP_OWNER ? HTTP_RANK_OWNER
                                                                 : HTTP_RANK_REVIEWER;
    return x->context.user.rank >= needed ||
           fail(err, ERR_DENIED, "this is for %s",
                needed == HTTP_RANK_OWNER ? "owners" : "reviewers and owners");
}

/* A page asked for with ?token=... gets it as a cookie and is asked for again without. */
static bool check_token(struct exchange *x, struct err *err)
{
    const struct http_options *o = &x->server->options;
    struct str given = http_arg(&x->context, "token");
    x->context.user = (struct http_user){.rank = HTTP_RANK_OWNER};
    if ((!o->identify && (!o->token || !*o->token)) ||
        (x->context.route && x->context.route->flags & HTTP_OPEN))
        return true;
    if (!x->context.route && given.n && is_token(x, given)) {
        x->context.response.status = 303;
        struct str target = x->context.request.target; /* a page's: it does not begin with "//" */
        http_header(&x->context, "Location", str_slice(target, 0, str_find_char(target, '?', 0)));
        http_header(&x->context, "Set-Cookie",
                    arena_fmt(&x->arena, "synoptic=%.*s; Path=/; HttpOnly; SameSite=Strict",
                              STR_ARG(given)));
        name_user(x);
        return true;
    }
    if (!has_token(x))
        return ask_again(x) || refuse(x, 401, err, "this server wants its token");
    return check_rank(x, err);
}

static bool check_method(struct exchange *x, struct err *err)
{
    const struct http_request *r = &x->context.request;
    if (x->context.route || (r->method == HTTP_OPTIONS && x->allow.n))
        return true;
    if (x->allow.n)
        return refuse(x, 405, err, "this address does not take that method");
    if (!asset_exists(x))
        return fail(err, ERR_MISSING, "there is nothing at this address");
    x->allow = S("GET, HEAD, OPTIONS");
    if (x->bad_method || r->method == HTTP_POST || r->method == HTTP_DELETE)
        return refuse(x, 405, err, "this address does not take that method");
    return true;
}

static bool check_args(const struct exchange *x, struct err *err)
{
    const struct http_request *r = &x->context.request;
    const struct http_route *route = x->context.route;
    for (size_t i = 0; route && i < r->n_args; i++) {
        struct str name = r->args[i].name;
        bool known = str_listed(route->params, name) ||
                     (route->flags & HTTP_LIST && str_listed("limit cursor flavour", name));
        if (!known)
            return fail(err, ERR_INVALID,
                        "there is a query parameter that this address does not take");
        for (size_t k = 0; k < i; k++)
            if (str_eq(r->args[k].name, name))
                return fail(err, ERR_INVALID, "\"%.40s\" is given twice", name.p);
    }
    return true;
}

/* What the route takes as a body. The media type must be exactly the one: "application/jsonx" or
 * a form must not pass. */
static bool find_body_cap(struct exchange *x, struct err *err)
{
    const struct http_route *route = x->context.route;
    struct str field = x->header[H_CONTENT_TYPE];
    struct str type = str_trim(str_slice(field, 0, str_find_char(field, ';', 0)));
    unsigned takes = route && route->method == HTTP_POST ? route->flags : 0;
    x->body_cap = MAX_HEADER; /* a body without meaning is read and forgotten */
    if (!(takes & (HTTP_JSON | HTTP_MULTIPART)))
        return true;
    if (takes & HTTP_JSON && str_eq_case(type, S("application/json")))
        x->body_cap = route->body_cap;
    else if (takes & HTTP_MULTIPART && str_eq_case(type, S("multipart/form-data")))
        x->body_cap = HTTP_UPLOAD_CAP;
    else
        return fail(err, ERR_UNSUPPORTED, "the body must be application/json%s",
                    takes & HTTP_MULTIPART ? " or multipart/form-data" : "");
    return true;
}

static bool check_body(struct exchange *x, struct err *err)
{
    if (!find_body_cap(x, err))
        return false;
    if (x->length > x->body_cap)
        return fail(err, ERR_TOO_LARGE, "the body is larger than this address takes");
    return true;
}

bool guard_check(struct exchange *x, struct err *err)
{
    if (!check_framing(x, err) || !check_host(x, err))
        return false;
    x->context.route = route_find(x);
    return check_method(x, err) && check_site(x, err) && check_token(x, err) &&
           check_args(x, err) && check_body(x, err);
}
