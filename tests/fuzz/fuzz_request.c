/* The target of a request line: decoding, arguments, routing, Host names, header parameters. */
#include "http/parts.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct http_route routes[] = {
    {HTTP_GET, "/api/things", NULL, HTTP_LIST, 0, "q", "", 0},
    {HTTP_GET, "/api/things/{id}/x/{key}", NULL, 0, 0, "q", "", 0},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_server server = {.options = {.routes = routes, .n_routes = 2}};
    struct exchange x = {.server = &server, .context.arena = &x.arena};
    struct str text = {(const char *)data, size};
    struct err err;
    if (request_parse_target(&x, text, &err)) {
        route_find(&x);
        assert(x.context.request.path.n && x.context.request.path.p[0] == '/');
        http_arg(&x.context, "q");
    }
    uint64_t state;
    x.context.server = &server;
    x.context.request.if_match = text;
    http_if_match(&x.context, &state, &err);
    guard_host_allowed(&server, text);
    request_header_param(&x.arena, text, S("boundary"));
    response_accepts_gzip(text);
    response_etag_listed(text, S("abc"));
    arena_finish(&x.arena);
    return 0;
}
