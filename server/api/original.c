/* Originals and rereading: the bytes behind an article, and reading them once more. */
#include "store/original.h"
#include "api/parts.h"

#include "page/page.h"

/* A file to keep, never a page to show: whatever the bytes are, they are sent as bytes, and a name
 * that ends in .txt keeps a double click from running them. */
bool read_original(struct http_context *c, struct err *err)
{
    struct store_version version = {.article = c->request.id};
    struct store_original original;
    if (!http_arg_int(c, "version", INT32_MAX, &version.number, err) ||
        !store_original_load(api_of(c)->store, c->arena, version, &original, err))
        return false;
    bool text = str_contains(original.content_type, S("text")) ||
                str_contains(original.content_type, S("html")) || original.content_type.n == 0;
    c->response.type = "application/octet-stream";
    http_header(c, "Content-Disposition",
                arena_fmt(c->arena, "attachment; filename=\"article-%lld%s.%s\"",
                          (long long)c->request.id, version.number ? "-earlier" : "",
                          text ? "txt" : "bin"));
    buf_add(&c->response.body, original.bytes);
    return true;
}

/* Read anew: a reading that leaves out much says so, and is asked for the rest by few. */
bool read_rest(struct http_context *c, struct err *err)
{
    struct store_version version = {.article = c->request.id};
    struct store_original o;
    struct page page = {0};
    if (!store_original_load(api_of(c)->store, c->arena, version, &o, err) ||
        !page_read(c->arena,
                   &(struct page_source){.bytes = o.bytes,
                                         .type = page_type_named(o.page_type),
                                         .content_type = o.content_type,
                                         .url = o.url},
                   &page, err))
        return false;
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_str(&j, "text", page.rest);
    json_end_object(&j);
    return true;
}

bool post_reread(struct http_context *c, struct err *err)
{
    cJSON *body = NULL;
    int64_t story = 0, id = 0;
    if (!may_write(c, err) || (c->request.body.n && !body_object(c, "story", &body, err)))
        return false;
    bool ok = body_id(body, "story", &story, err) &&
              store_reread_begin(api_of(c)->store, story, &id, err);
    cJSON_Delete(body);
    if (!ok)
        return false;
    worker_wake(api_of(c)->worker);
    http_header(c, "Location", arena_fmt(c->arena, "/api/v1/rereads/%lld", (long long)id));
    return answer_item(c, 202, NOUN_REREAD, id, err);
}

bool post_reread_cancel(struct http_context *c, struct err *err)
{
    return may_write(c, err) && store_reread_cancel(api_of(c)->store, c->request.id, err) &&
           answer_item(c, 200, NOUN_REREAD, c->request.id, err);
}
