/* Everything that is only read. Rows go from the store's statement straight into the answer, as
 * JSON or in a format of
 * export/formats.c; which noun is read, the route says. */
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
    json_field_bool(&j, "total_more", page.more);
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

/* A format gives all rows unless a page is asked for. Cells that a spreadsheet would calculate are
 * guarded unless ?flavour=data. */
static bool make_job(struct http_context *c, const struct store_query *query,
                     struct export_job *job, struct err *err)
{
    struct str flavour = http_arg(c, "flavour");
    *job = (struct export_job){.store = api_of(c)->store,
                               .query = *query,
                               .all = !http_arg(c, "limit").n && !query->cursor.n,
                               .member = "data",
                               .base = http_address(c->server)};
    return export_set(job, S("flavour"), flavour.n ? flavour : S("spreadsheet"), err);
}

/* An export on its way: made by a thread of its own, handed over as it comes. */
struct sending {
    struct export_job job;
    const struct export_format *format;
    struct http_stream *to;
    struct buf out;
};

static bool hand_over(struct export_job *job, struct err *err)
{
    return http_stream_give(((struct sending *)job)->to, buf_str(job->out), err);
}

static bool run(void *state, struct http_stream *to, struct err *err)
{
    struct sending *s = state;
    s->to = to;
    bool ok = s->format->write(&s->job, err) && hand_over(&s->job, err);
    buf_finish(&s->out);
    return ok;
}

static bool write_as(struct http_context *c, const struct export_format *format, struct str name,
                     struct export_job *job, struct err *err)
{
    struct sending *s = arena_alloc(c->arena, sizeof *s);
    *s = (struct sending){.job = *job, .format = format};
    s->job.out = &s->out;
    s->job.flush = hand_over;
    c->response.type = format->type;
    name_file(c, name, format->suffix);
    name_reviewed(c, &job->query);
    if (!http_answer_made_by(c, &(struct http_producer){run, s, !job->all}, err))
        return false;
    if (!s->job.all && s->job.page.next[0])
        link_next(c, s->job.page.next);
    return true;
}

bool list_rows(struct http_context *c, const struct store_query *query, struct err *err)
{
    const char *suffix = c->request.suffix;
    struct export_job job;
    if (!suffix)
        return list_json(c, query, err);
    return make_job(c, query, &job, err) &&
           write_as(c, export_of_list(str_of(suffix)), c->request.path, &job, err);
}

bool read_list(struct http_context *c, struct err *err)
{
    struct store_query query;
    return query_read(c, &query, err) && list_rows(c, &query, err);
}

bool read_of_article(struct http_context *c, struct err *err)
{
    struct store_query query;
    if (!query_read(c, &query, err))
        return false;
    query.filter.article = c->request.id;
    return list_rows(c, &query, err);
}

bool read_of_hook(struct http_context *c, struct err *err)
{
    struct store_query query;
    if (!query_read(c, &query, err))
        return false;
    query.filter.import = c->request.id;
    return list_rows(c, &query, err);
}

static bool item(struct http_context *c, const struct store_query *query, struct err *err)
{
    struct json j = json_begin(&c->response.body);
    struct row_json row = row_json_make(&j);
    return store_item(api_of(c)->store, query, &row.sink, err);
}

/* What was merged leads to what it is part of now, with the rest of its address. */
static bool leads_on(struct http_context *c, const struct store_query *query, bool *moved,
                     struct err *err)
{
    struct str to, target = c->request.target, path = str_of(c->route->path);
    struct buf at = {0};
    if (!store_moved(api_of(c)->store, c->arena, query, &to, err))
        return false;
    *moved = to.n > 0;
    if (!*moved)
        return true;
    size_t from = str_find_char(path, '{', 0), behind = str_find_char(path, '}', 0) + 1;
    size_t args = str_find_char(target, '?', 0);
    buf_add(&at, str_slice(path, 0, from));
    query_escape(&at, to);
    buf_add(&at, str_slice(path, behind, path.n));
    buf_add(&at, args == STR_NONE ? S("") : str_slice(target, args, target.n));
    http_header(c, "Location", buf_str(&at));
    buf_finish(&at);
    c->response.status = 308;
    return true;
}

bool read_item(struct http_context *c, struct err *err)
{
    struct store_query query;
    bool moved = false;
    return query_read(c, &query, err) && leads_on(c, &query, &moved, err) &&
           (moved || item(c, &query, err));
}

bool read_comparison(struct http_context *c, struct err *err)
{
    struct store_query query;
    bool moved = false;
    if (!query_read(c, &query, err) || !leads_on(c, &query, &moved, err) || moved)
        return moved;
    return store_comparison(api_of(c)->store, c->request.id, query.form, &c->response.body, err);
}

bool read_alike(struct http_context *c, struct err *err)
{
    struct store_query query;
    struct json j = json_begin(&c->response.body);
    return query_read(c, &query, err) && store_alike(api_of(c)->store, query.filter.story, &j, err);
}

static bool read_settings(const struct http_context *c, struct export_job *job, struct err *err)
{
    for (int i = 0; i < EXPORT_SETTING_COUNT; i++) {
        const char *name = export_settings[i].name;
        if (i != EXPORT_FLAVOUR && http_arg(c, name).n &&
            !export_set(job, str_of(name), http_arg(c, name), err))
            return false;
    }
    return true;
}

bool read_export(struct http_context *c, struct err *err)
{
    struct store_query query;
    struct export_job job;
    const struct export_format *format = export_named(http_arg(c, "format"));
    if (!query_read(c, &query, err) || !make_job(c, &query, &job, err) ||
        !read_settings(c, &job, err))
        return false;
    if (format)
        return write_as(c, format, S("exports"), &job, err);
    struct buf names = {0};
    export_names(&names, ", ");
    fail(err, ERR_INVALID, "\"format\" must be one of: %.*s", STR_ARG(buf_str(&names)));
    buf_finish(&names);
    return false;
}
