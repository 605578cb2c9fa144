/* What leaves the program says how much of it a person has looked at: the header Synoptic-Reviewed
 * of exports and of lists in other formats, "12 of 60" statements; where more are there than are
 * counted, with a "+". */
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

void name_reviewed(struct http_context *c, const struct store_query *query)
{
    struct store_page all, open;
    if (!count(api_of(c)->store, *query, (struct str){0}, &all) ||
        !count(api_of(c)->store, *query, S("proposed"), &open) || !all.total)
        return;
    int64_t looked = open.more ? 0 : all.total - open.total;
    http_header(c, "Synoptic-Reviewed",
                arena_fmt(c->arena, "%lld%s of %lld%s", (long long)looked, open.more ? "+" : "",
                          (long long)all.total, all.more ? "+" : ""));
}
