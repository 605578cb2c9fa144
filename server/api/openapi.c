/* /openapi.json (OpenAPI 3.1), made from the table of routes so that it cannot differ from it. */
#include "api/parts.h"

#include <string.h>

static void parameter(struct json *j, struct str name, const char *in)
{
    bool path = strcmp(in, "path") == 0;
    json_object(j);
    json_field_str(j, "name", name);
    json_field_str(j, "in", str_of(in));
    if (path)
        json_field_bool(j, "required", true);
    json_key(j, "schema");
    if (path || !query_schema(name, j)) {
        json_object(j);
        json_field_str(j, "type", str_eq(name, S("id")) ? S("integer") : S("string"));
        json_end_object(j);
    }
    json_end_object(j);
}

static void parameters(struct json *j, const struct http_route *r)
{
    struct str rest = str_of(r->params), name;
    json_key(j, "parameters");
    json_array(j);
    if (strstr(r->path, "{id}"))
        parameter(j, S("id"), "path");
    if (strstr(r->path, "{key}"))
        parameter(j, S("key"), "path");
    while (str_split(&rest, ' ', &name))
        parameter(j, name, "query");
    rest = r->flags & HTTP_LIST ? S("limit cursor flavour") : S("");
    while (str_split(&rest, ' ', &name))
        parameter(j, name, "query");
    json_end_array(j);
}

/* "content": {"type": {"schema": {"type": "object"}}} for each type. */
static void content(struct json *j, struct str types)
{
    struct str type;
    json_key(j, "content");
    json_object(j);
    while (str_split(&types, ' ', &type)) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", STR_ARG(type));
        json_key(j, name);
        json_raw(j, str_ends(type, S("json")) ? S("{\"schema\":{\"type\":\"object\"}}") : S("{}"));
    }
    json_end_object(j);
}

static void request_body(struct json *j, const struct http_route *r)
{
    if (!(r->flags & (HTTP_JSON | HTTP_MULTIPART)))
        return;
    json_key(j, "requestBody");
    json_object(j);
    content(j, r->flags & HTTP_MULTIPART ? S("application/json multipart/form-data")
                                         : S("application/json"));
    json_end_object(j);
}

static void response(struct json *j, const char *status, const char *text, struct str types)
{
    json_key(j, status);
    json_object(j);
    json_field_str(j, "description", str_of(text));
    if (types.n)
        content(j, types);
    json_end_object(j);
}

static void responses(struct json *j, const struct http_route *r)
{
    json_key(j, "responses");
    json_object(j);
    if (r->method == HTTP_GET) {
        response(j, "200", "What was asked for.",
                 r->flags & HTTP_LIST ? S("application/json text/csv application/x-ndjson")
                                      : S("application/json"));
        response(j, "304", "You have it already.", S(""));
    } else {
        response(j, "2XX", "Done, or taken.", S("application/json"));
    }
    response(j, "default", "A problem.", S("application/problem+json"));
    json_end_object(j);
}

static void operation(struct json *j, const struct http_route *r)
{
    json_key(j, r->method == HTTP_GET ? "get" : r->method == HTTP_POST ? "post" : "delete");
    json_object(j);
    json_field_str(j, "summary", str_of(r->about));
    if (r->flags & HTTP_LIST)
        json_field_str(j, "description", S("Also with .csv or .ndjson behind the path."));
    parameters(j, r);
    request_body(j, r);
    responses(j, r);
    json_end_object(j);
}

static bool path_seen(size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(api_routes[i].path, api_routes[at].path) == 0)
            return true;
    return false;
}

bool openapi(struct http_context *c, struct err *err)
{
    (void)err;
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_str(&j, "openapi", S("3.1.0"));
    json_key(&j, "info");
    json_object(&j);
    json_field_str(&j, "title", S("synoptic"));
    json_field_str(&j, "version", S(SYNOPTIC_VERSION));
    json_end_object(&j);
    json_key(&j, "paths");
    json_object(&j);
    for (size_t i = 0; i < api_n_routes; i++) {
        if (path_seen(i))
            continue;
        json_key(&j, api_routes[i].path);
        json_object(&j);
        for (size_t k = i; k < api_n_routes; k++)
            if (strcmp(api_routes[k].path, api_routes[i].path) == 0)
                operation(&j, &api_routes[k]);
        json_end_object(&j);
    }
    json_end_object(&j);
    json_end_object(&j);
    return true;
}
