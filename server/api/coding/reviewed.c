/* What leaves the program says how much of it a person has looked at: the header Synoptic-Reviewed
 * of exports and of lists in other formats, "12 of 60" statements; where more are there than are
 * counted, with a "+". Pages ask for the same: GET statements/reviewed. */
#include "api/coding/parts.h"

static void pass_begin(struct row_sink *sink)
{
    (void)sink;
}

static void pass_value(struct row_sink *sink, const char *name, const struct row_value *value)
{
    (void)sink;
    (void)name;
    (void)value;
}

static bool count(struct store *store, struct store_query query, struct str status,
                  struct store_page *page)
{
    struct row_sink none = {NULL, pass_begin, pass_value, pass_begin};
    struct err unsaid = {0};
    query.noun = NOUN_STATEMENT;
    query.limit = 1;
    query.cursor = (struct str){0};
    query.filter.status = status;
    return store_list(store, &query, &none, page, &unsaid);
}

struct looked {
    int64_t at, of;
    bool more; /* than are counted: `at` is no more than is known */
};

static bool look(struct http_context *c, const struct store_query *query, struct looked *out)
{
    struct store_page all, open;
    if (!count(api_of(c)->store, *query, (struct str){0}, &all) ||
        !count(api_of(c)->store, *query, S("proposed"), &open))
        return false;
    *out = (struct looked){open.more ? 0 : all.total - open.total, all.total, all.more};
    return true;
}

void name_reviewed(struct http_context *c, const struct store_query *query)
{
    struct looked n;
    if (look(c, query, &n) && n.of)
        http_header(c, "Synoptic-Reviewed",
                    arena_fmt(c->arena, "%lld%s of %lld%s", (long long)n.at, n.more ? "+" : "",
                              (long long)n.of, n.more ? "+" : ""));
}

bool read_reviewed(struct http_context *c, struct err *err)
{
    struct store_query query;
    struct looked n;
    if (!query_read(c, &query, err))
        return false;
    if (!look(c, &query, &n))
        return fail(err, ERR_BUSY, "the statements could not be counted in time");
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_int(&j, "reviewed", n.at);
    json_field_int(&j, "statements", n.of);
    json_field_bool(&j, "more", n.more);
    json_end_object(&j);
    return true;
}
