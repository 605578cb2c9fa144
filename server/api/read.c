/* Everything that is only read. Rows go from the store's statement straight into the answer, as
 * JSON, CSV or NDJSON; which noun is read, the route says. */
#include "api/parts.h"

/* The address of the next page: the same question with another cursor. */
static void link_next(struct http_context *c, const char *cursor)
{
    struct buf link = {0};
    buf_char(&link, '<');
    query_escape(&link, c->request.path);
    buf_add(&link, S("?cursor="));
    query_escape(&link, str_of(cursor));
    for (size_t i = 0; i < c->request.n_args; i++) {
        const struct http_arg *arg = &c->request.args[i];
        if (str_eq(arg->name, S("cursor")))
            continue;
        buf_char(&link, '&');
        query_escape(&link, arg->name);
        buf_char(&link, '=');
        query_escape(&link, arg->value);
    }
    buf_add(&link, S(">; rel=\"next\""));
    http_header(c, "Link", buf_str(&link));
    buf_finish(&link);
}

static bool list_json(struct http_context *c, const struct store_query *query, struct err *err)
{
    struct json j = json_begin(&c->response.body);
    struct row_json rows = row_json_make(&j);
    struct store_page page = {0};
    json_object(&j);
    json_key(&j, "data");
    json_array(&j);
    if (!store_list(api_of(c)->store, query, &rows.sink, &page, err))
        return false;
    json_end_array(&j);
    json_key(&j, "page");
    json_object(&j);
    json_field_int(&j, "limit", query->limit);
    json_field_opt(&j, "next", str_of(page.next));
    json_end_object(&j);
    json_field_int(&j, "total", page.total);
    json_end_object(&j);
    if (page.next[0])
        link_next(c, page.next);
    return true;
}

/* A file to keep: named after the last segment of the path. */
static void name_file(struct http_context *c, struct str name, const char *suffix)
{
    for (size_t i = name.n; i-- > 0;)
        if (name.p[i] == '/') {
            name = str_slice(name, i + 1, name.n);
            break;
        }
    name = str_slice(name, 0, str_find_char(name, '.', 0));
    http_header(c, "Content-Disposition",
                arena_fmt(c->arena, "attachment; filename=\"%.*s.%s\"", STR_ARG(name), suffix));
}

static bool run(struct http_context *c, const struct store_query *query, bool all,
                struct row_sink *sink, struct err *err)
{
    struct store_page page = {0};
    if (all)
        return store_list_all(api_of(c)->store, query, sink, err);
    if (!store_list(api_of(c)->store, query, sink, &page, err))
        return false;
    if (page.next[0])
        link_next(c, page.next);
    return true;
}

/* The twins give all rows unless a page is asked for. Cells that a spreadsheet would calculate are
 * guarded unless ?flavour=data. */
static bool list_twin(struct http_context *c, const struct store_query *query,
                      enum http_format format, struct err *err)
{
    bool all = !http_arg(c, "limit").n && !query->cursor.n;
    struct str flavour = http_arg(c, "flavour");
    if (flavour.n && !str_eq(flavour, S("spreadsheet")) && !str_eq(flavour, S("data")))
        return fail(err, ERR_INVALID, "\"flavour\" must be spreadsheet or data");
    if (format == HTTP_AS_CSV) {
        struct row_csv csv = row_csv_make(&c->response.body, !str_eq(flavour, S("data")));
        c->response.type = "text/csv; charset=utf-8; header=present";
        name_file(c, c->request.path, "csv");
        return run(c, query, all, &csv.sink, err);
    }
    struct row_ndjson lines = row_ndjson_make(&c->response.body);
    c->response.type = "application/x-ndjson";
    name_file(c, c->request.path, "ndjson");
    return run(c, query, all, &lines.sink, err);
}

static bool list(struct http_context *c, const struct store_query *query, struct err *err)
{
    return c->request.format == HTTP_AS_JSON ? list_json(c, query, err)
                                             : list_twin(c, query, c->request.format, err);
}

bool read_list(struct http_context *c, struct err *err)
{
    struct store_query query;
    return query_read(c, &query, err) && list(c, &query, err);
}

bool read_of_article(struct http_context *c, struct err *err)
{
    struct store_query query;
    if (!query_read(c, &query, err))
        return false;
    query.filter.article = c->request.id;
    return list(c, &query, err);
}

static bool item(struct http_context *c, const struct store_query *query, struct err *err)
{
    struct json j = json_begin(&c->response.body);
    struct row_json row = row_json_make(&j);
    return store_item(api_of(c)->store, query, &row.sink, err);
}

bool read_item(struct http_context *c, struct err *err)
{
    struct store_query query;
    return query_read(c, &query, err) && item(c, &query, err);
}

bool read_comparison(struct http_context *c, struct err *err)
{
    struct store_query query;
    return query_read(c, &query, err) &&
           store_comparison(api_of(c)->store, c->request.id, query.unit, &c->response.body, err);
}

bool read_export(struct http_context *c, struct err *err)
{
    struct store_query query;
    struct str format = http_arg(c, "format");
    if (!query_read(c, &query, err))
        return false;
    if (str_eq(format, S("csv")))
        return list_twin(c, &query, HTTP_AS_CSV, err);
    if (str_eq(format, S("ndjson")))
        return list_twin(c, &query, HTTP_AS_NDJSON, err);
    if (!str_eq(format, S("json")))
        return fail(err, ERR_INVALID, "\"format\" must be csv, ndjson or json");
    struct json j = json_begin(&c->response.body);
    struct row_json rows = row_json_make(&j);
    name_file(c, S("exports"), "json");
    json_object(&j);
    json_key(&j, "data");
    json_array(&j);
    if (!store_list_all(api_of(c)->store, &query, &rows.sink, err))
        return false;
    json_end_array(&j);
    json_end_object(&j);
    return true;
}
