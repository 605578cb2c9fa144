/* From the request line and header to a struct http_request: see http.h and parts.h.
 *
 * The target is decoded here, not by libmicrohttpd, whose C strings would end at %00. */
#include "http/parts.h"

#include "base/utf8.h"

#include <string.h>

const char *const http_method_names[HTTP_METHOD_COUNT] = {
    [HTTP_GET] = "GET", [HTTP_POST] = "POST", [HTTP_DELETE] = "DELETE", [HTTP_OPTIONS] = "OPTIONS"};

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool request_decode(struct arena *a, struct str raw, bool form, struct str *out, struct err *err)
{
    char *text = arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '%') {
            int high = raw.n - i > 2 ? hex(raw.p[i + 1]) : -1;
            int low = raw.n - i > 2 ? hex(raw.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return fail(err, ERR_INVALID, "the address has an incomplete %% escape");
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && form) {
            c = ' ';
        }
        if (c == 0)
            return fail(err, ERR_INVALID, "the address holds a NUL");
        text[n++] = c;
    }
    struct str decoded = {text, n};
    if (!utf8_valid(decoded))
        return fail(err, ERR_INVALID, "the address is not valid UTF-8");
    *out = decoded;
    return true;
}

/* "http://host/path" as proxies send it: the host must be one of ours too. */
static bool strip_authority(struct exchange *x, struct str *target, struct err *err)
{
    if (!str_starts(*target, S("http://")))
        return fail(err, ERR_INVALID, "the request's target is not a path");
    size_t slash = str_find_char(*target, '/', 7);
    slash = slash == STR_NONE ? target->n : slash;
    if (!guard_host_allowed(x->server, str_slice(*target, 7, slash)))
        return refuse(x, 421, err, "this server does not answer for that host");
    *target = slash < target->n ? str_slice(*target, slash, target->n) : S("/");
    return true;
}

static bool parse_args(struct exchange *x, struct str query, struct err *err)
{
    size_t count = 1;
    for (size_t i = 0; i < query.n; i++)
        count += query.p[i] == '&';
    if (count > MAX_ARGS)
        return fail(err, ERR_INVALID, "more than %d query parameters", MAX_ARGS);
    struct http_arg *args = arena_array(&x->arena, count, sizeof *args);
    struct http_request *r = &x->context.request;
    struct str pair;
    while (str_split(&query, '&', &pair)) {
        if (!pair.n)
            continue;
        size_t equals = str_find_char(pair, '=', 0);
        struct http_arg *arg = &args[r->n_args];
        if (!request_decode(&x->arena, str_slice(pair, 0, equals), true, &arg->name, err))
            return false;
        if (equals != STR_NONE &&
            !request_decode(&x->arena, str_slice(pair, equals + 1, pair.n), true, &arg->value, err))
            return false;
        r->n_args++;
    }
    r->args = args;
    return true;
}

bool request_parse_target(struct exchange *x, struct str target, struct err *err)
{
    struct http_request *r = &x->context.request;
    if (target.n > MAX_TARGET)
        return refuse(x, 414, err, "the address is longer than 8 KB");
    r->target = target = arena_str(&x->arena, target);
    if (!str_starts(target, S("/")) && !strip_authority(x, &target, err))
        return false;
    for (size_t i = 0; i < target.n; i++)
        if ((unsigned char)target.p[i] <= ' ' || target.p[i] == 0x7f || target.p[i] == '#')
            return fail(err, ERR_INVALID, "the address holds a character that must be escaped");
    size_t mark = str_find_char(target, '?', 0);
    if (!request_decode(&x->arena, str_slice(target, 0, mark), false, &r->path, err))
        return false;
    return mark == STR_NONE || parse_args(x, str_slice(target, mark + 1, target.n), err);
}

/* libmicrohttpd hands out C strings in its buffer, so that text behind a NUL would stay unseen. A
 * value ends where its line does: there follow the line's end (overwritten with zeros), blanks, or
 * the next name; anything else was cut off by a NUL. */
static bool nul_inside(const struct exchange *x, const char *next_name)
{
    const char *end = x->last_value_end;
    return end && end + 1 != next_name && end[1] && !strchr("\r\n \t", end[1]);
}

/* RFC 9110, 5.6.2. "Content-Length : 5" is another name to libmicrohttpd and the same one to a
 * proxy (RFC 9112, 5.1). */
static bool is_token(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!c || (!word && !strchr("!#$%&'*+-.^_`|~", c)))
            return false;
    }
    return name.n > 0;
}

void request_check_target(struct exchange *x, const char *version)
{
    x->nul_in_target = version && x->target_end && version > x->target_end + 1 &&
                       version < x->target_end + MAX_TARGET + MAX_HEADER;
}

static enum MHD_Result read_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                   size_t name_n, const char *value, size_t value_n)
{
    static const char *const names[H_COUNT] = {
        [H_HOST] = "host",
        [H_ORIGIN] = "origin",
        [H_FETCH_SITE] = "sec-fetch-site",
        [H_CONTENT_TYPE] = "content-type",
        [H_CONTENT_LENGTH] = "content-length",
        [H_TRANSFER_ENCODING] = "transfer-encoding",
        [H_CONTENT_ENCODING] = "content-encoding",
        [H_ACCEPT] = "accept",
        [H_ACCEPT_ENCODING] = "accept-encoding",
        [H_IF_NONE_MATCH] = "if-none-match",
        [H_IF_MATCH] = "if-match",
        [H_LAST_EVENT_ID] = "last-event-id",
        [H_COOKIE] = "cookie",
        [H_AUTHORIZATION] = "authorization",
    };
    (void)kind;
    struct exchange *x = cls;
    x->nul_in_header |= nul_inside(x, name);
    x->bad_header_name |= !is_token((struct str){name, name_n});
    x->last_value_end = value ? value + value_n : NULL;
    x->n_header_lines++;
    x->header_bytes += name_n + value_n + 4;
    for (size_t i = 0; i < H_COUNT; i++) {
        if (!str_eq_case(str_of(names[i]), (struct str){name, name_n}))
            continue;
        if (!x->seen[i])
            x->header[i] = str_trim((struct str){value, value_n});
        x->seen[i] += x->seen[i] < 255;
    }
    return MHD_YES;
}

void request_read_headers(struct exchange *x)
{
    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, read_header, x);
    x->nul_in_header |= nul_inside(x, NULL);
    x->close = x->nul_in_header || x->nul_in_target || x->bad_header_name;
    x->context.request.if_match = x->header[H_IF_MATCH];
    x->context.request.last_event_id = x->header[H_LAST_EVENT_ID];
    uint64_t length = 0;
    if (x->seen[H_CONTENT_LENGTH] && !str_to_u64(x->header[H_CONTENT_LENGTH], &length))
        length = SIZE_MAX;
    x->length = length;
    x->has_body = length || x->seen[H_TRANSFER_ENCODING] || x->seen[H_CONTENT_LENGTH] > 1;
}

struct str request_header_param(struct arena *a, struct str value, struct str name)
{
    size_t at = str_find_char(value, ';', 0);
    while (at != STR_NONE) {
        struct str rest = str_trim(str_slice(value, at + 1, value.n));
        size_t equals = str_find_char(rest, '=', 0);
        if (equals == STR_NONE)
            break;
        struct str found = str_slice(rest, equals + 1, rest.n), text;
        bool wanted = str_eq_case(str_trim(str_slice(rest, 0, equals)), name);
        if (found.n && found.p[0] == '"') {
            char *plain = arena_alloc(a, found.n + 1);
            size_t n = 0, i = 1;
            for (; i < found.n && found.p[i] != '"'; i++) {
                i += found.p[i] == '\\' && i + 1 < found.n && found.p[i + 1] == '"';
                plain[n++] = found.p[i];
            }
            text = (struct str){plain, n};
            at = str_find_char(value, ';', (size_t)(found.p - value.p) + i);
        } else {
            at = str_find_char(value, ';', (size_t)(found.p - value.p));
            text = str_trim(str_slice(found, 0, str_find_char(found, ';', 0)));
        }
        if (wanted)
            return text;
    }
    return (struct str){0};
}

struct str http_arg(const struct http_context *c, const char *name)
{
    for (size_t i = 0; i < c->request.n_args; i++)
        if (str_eq(c->request.args[i].name, str_of(name)))
            return c->request.args[i].value;
    return (struct str){0};
}

bool http_arg_int(const struct http_context *c, const char *name, int64_t max, int64_t *value,
                  struct err *err)
{
    struct str text = http_arg(c, name);
    uint64_t number;
    if (!text.n)
        return true;
    if (!str_to_u64(text, &number) || number < 1 || number > (uint64_t)max)
        return fail(err, ERR_INVALID, "\"%s\" must be a whole number from 1 to %lld", name,
                    (long long)max);
    *value = (int64_t)number;
    return true;
}
