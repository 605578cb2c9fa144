/* Which route of the table a path belongs to: see http.h. */
#include "http/parts.h"

static const int64_t largest_id = INT64_C(9007199254740991); /* 2^53-1, the last that JSON holds */

/* Cuts ".csv" off the path of a list and returns "csv"; NULL where no suffix is there. */
static const char *take_suffix(const char *const *suffixes, struct str *path)
{
    for (; suffixes && *suffixes; suffixes++) {
        struct str suffix = str_of(*suffixes);
        if (path->n > suffix.n && str_ends(*path, suffix) &&
            path->p[path->n - suffix.n - 1] == '.') {
            *path = str_slice(*path, 0, path->n - suffix.n - 1);
            return *suffixes;
        }
    }
    return NULL;
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
    r->suffix = route->flags & HTTP_LIST ? take_suffix(x->server->options.suffixes, &path) : NULL;
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
