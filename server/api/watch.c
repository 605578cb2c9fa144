/* Watched feeds: added, changed, removed. A write under If-Match wants the tag of a GET of the
 * watches; it is refused with 412 once one of them has changed. */
#include "store/watch.h"
#include "api/parts.h"
#include "base/url.h"

bool post_watch(struct http_context *c, struct err *err)
{
    cJSON *body = NULL;
    struct str url = {0};
    int64_t every = 0, id = 0;
    if (!may_write(c, err) || !body_object(c, "url every", &body, err))
        return false;
    bool ok = json_get_str(body, "url", true, &url, err) && body_id(body, "every", &every, err);
    url = arena_str(c->arena, str_trim(url));
    cJSON_Delete(body);
    if (ok && !url_is_web(url))
        ok = fail(err, ERR_INVALID, "the address must begin with http:// or https://");
    ok = ok && store_watch_add(api_of(c)->store, url, every ? every : WATCH_USUAL, &id, err);
    if (!ok)
        return false;
    worker_wake(api_of(c)->worker);
    http_header(c, "Location", arena_fmt(c->arena, "/api/v1/watches/%lld", (long long)id));
    return answer_item(c, 201, NOUN_WATCH, id, err);
}

static bool read_change(const cJSON *body, struct store_watch_change *change, struct err *err)
{
    const cJSON *check = cJSON_GetObjectItemCaseSensitive(body, "check");
    struct str status = {0};
    int64_t every = 0;
    if (!json_get_str(body, "status", false, &status, err) || !body_id(body, "every", &every, err))
        return false;
    if (status.n && !str_eq(status, S("active")) && !str_eq(status, S("paused")))
        return fail(err, ERR_INVALID, "\"status\" must be active or paused");
    if (check && !cJSON_IsBool(check))
        return fail(err, ERR_INVALID, "\"check\" must be true or false");
    if (status.n)
        change->paused = str_eq(status, S("paused"));
    if (every)
        change->every = every;
    change->now = cJSON_IsTrue(check);
    return status.n || every || check ||
           fail(err, ERR_INVALID, "give a status, every or check to change");
}

bool post_watch_change(struct http_context *c, struct err *err)
{
    cJSON *body = NULL;
    struct store_watch_change change = {.paused = -1, .now = -1, .every = -1};
    if (!may_write(c, err) || !http_if_match(c, &change.if_revision, err) ||
        !body_object(c, "status every check", &body, err))
        return false;
    bool ok = read_change(body, &change, err) &&
              store_watch_change(api_of(c)->store, c->request.id, &change, err);
    cJSON_Delete(body);
    if (!ok)
        return false;
    worker_wake(api_of(c)->worker);
    return answer_item(c, 200, NOUN_WATCH, c->request.id, err);
}

bool delete_watch(struct http_context *c, struct err *err)
{
    uint64_t revision = 0;
    if (!may_write(c, err) || !http_if_match(c, &revision, err) ||
        !store_watch_remove(api_of(c)->store, c->request.id, revision, err))
        return false;
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_int(&j, "id", c->request.id);
    json_end_object(&j);
    return true;
}
