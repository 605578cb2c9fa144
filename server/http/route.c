/* Which route of the table a path belongs to: see http.h. */
#include "http/parts.h"

static const int64_t largest_id = INT64_C(9007199254740991); /* 2^53-1, the last that JSON holds */

/* Cuts the suffix of a list's twin off. */
static enum http_format take_format(struct str *path)
{
    static const struct {
        struct str suffix;
        enum http_format format;
    } twins[] = {{STR(".csv"), HTTP_AS_CSV}, {STR(".ndjson"), HTTP_AS_NDJSON}};
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (str_ends(*path, twins[i].suffix)) {
            *path = str_slice(*path, 0, path->n - twins[i].suffix.n);
            return twins[i].format;
        }
    return HTTP_AS_JSON;
}

static bool match(struct str pattern, struct str path, struct http_request *r)
{
    struct str want, have;
    while (str_split(&pattern, '/', &want)) {
        if (!str_split(&path, '/', &have))
            return false;
        uint64_t id;
        if (str_eq(want, S("{key}")) && have.n) {
            r->key = have;
        } else if (str_eq(want, S("{id}"))) {
            if (!str_to_u64(have, &id) || id < 1 || id > (uint64_t)largest_id)
                return false;
            r->id = (int64_t)id;
        } else if (!str_eq(want, have)) {
            return false;
        }
    }
    return path.n == 0;
}

static bool route_matches(const struct http_route *route, struct exchange *x)
{
    struct http_request *r = &x->context.request;
    struct str path = r->path;
    /* A slash at the end is another address; str_split does not give the empty field behind it. */
    if (path.n > 1 && path.p[path.n - 1] == '/')
        return false;
    r->format = route->flags & HTTP_LIST ? take_format(&path) : HTTP_AS_JSON;
    return match(str_of(route->path), path, r);
}

const struct http_route *route_find(struct exchange *x)
{
    const struct http_options *o = &x->server->options;
    bool seen[HTTP_METHOD_COUNT] = {false};
    for (size_t i = 0; i < o->n_routes; i++) {
        if (!route_matches(&o->routes[i], x))
            continue;
        if (!x->bad_method && o->routes[i].method == x->context.request.method)
            return &o->routes[i];
        seen[o->routes[i].method] = true;
    }
    if (!seen[HTTP_GET] && !seen[HTTP_POST] && !seen[HTTP_DELETE])
        return NULL;
    x->allow = arena_fmt(&x->arena, "%s%s%sOPTIONS", seen[HTTP_GET] ? "GET, HEAD, " : "",
                         seen[HTTP_POST] ? "POST, " : "", seen[HTTP_DELETE] ? "DELETE, " : "");
    return NULL;
}
