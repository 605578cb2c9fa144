/* /openapi.json (OpenAPI 3.1), made from the table of routes so that it cannot differ from it. */
#include "api/parts.h"

#include <stdio.h>

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

static void media_type(struct json *j, struct str type)
{
    char name[96];
    type = str_slice(type, 0, str_find_char(type, ';', 0));
    snprintf(name, sizeof name, "%.*s", STR_ARG(type));
    json_key(j, name);
    json_raw(j, str_ends(type, S("json")) ? S("{\"schema\":{\"type\":\"object\"}}") : S("{}"));
}

/* "content": {"type": {"schema": {"type": "object"}}} for each type. */
static void content(struct json *j, struct str types)
{
    struct str type;
    json_key(j, "content");
    json_object(j);
    while (str_split(&types, ' ', &type))
        media_type(j, type);
    json_end_object(j);
}

/* Has an earlier row of the table its media type? */
static bool stood_before(const struct export_format *format)
{
    for (const struct export_format *f = export_formats; f < format; f++)
        if (strcmp(f->type, format->type) == 0)
            return true;
    return false;
}

/* The same for what a GET answers: JSON, or the formats that the route can be had in. */
static void content_of_get(struct json *j, const struct http_route *r)
{
    bool exports = r->handler == read_export;
    json_key(j, "content");
    json_object(j);
    if (!exports)
        media_type(j, S("application/json"));
    for (const struct export_format *f = export_formats; f->name; f++)
        if ((exports || (f->lists && r->flags & HTTP_LIST)) && !stood_before(f))
            media_type(j, str_of(f->type));
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
        json_key(j, "200");
        json_object(j);
        json_field_str(j, "description", S("What was asked for."));
        content_of_get(j, r);
        json_end_object(j);
        response(j, "304", "You have it already.", S(""));
    } else {
        response(j, "2XX", "Done, or taken.", S("application/json"));
    }
    response(j, "default", "A problem.", S("application/problem+json"));
    json_end_object(j);
}

/* "Also with .csv or .ndjson behind the path." */
static void say_suffixes(struct json *j)
{
    struct buf text = {0};
    for (const struct export_format *f = export_formats; f->name; f++)
        if (f->lists)
            buf_fmt(&text, "%s.%s", text.n ? " or " : "Also with ", f->suffix);
    buf_add(&text, S(" behind the path."));
    json_field_str(j, "description", buf_str(&text));
    buf_finish(&text);
}

static void operation(struct json *j, const struct http_route *r)
{
    json_key(j, r->method == HTTP_GET ? "get" : r->method == HTTP_POST ? "post" : "delete");
    json_object(j);
    json_field_str(j, "summary", str_of(r->about));
    if (r->flags & HTTP_LIST)
        say_suffixes(j);
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
