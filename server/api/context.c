/* What handlers do with their context: the API behind it, the right to write, an item as the
 * answer. */
#include "api/parts.h"

struct api *api_of(const struct http_context *c)
{
    return c->app;
}

bool may_write(const struct http_context *c, struct err *err)
{
    return api_of(c)->worker || fail(err, ERR_READ_ONLY, "this server only reads its store");
}

bool answer_item(struct http_context *c, int status, enum store_noun noun, int64_t id,
                 struct err *err)
{
    struct json j = json_begin(&c->response.body);
    struct row_json row = row_json_make(&j);
    struct store_query query = {.noun = noun, .id = id};
    c->response.status = status;
    return store_item(api_of(c)->store, &query, &row.sink, err);
}
