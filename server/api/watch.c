/* Watched feeds and webhooks: added, changed, removed. A write under If-Match wants the tag of a
 * GET of the watches; it is refused with 412 once one of them has changed. */
#include "store/watch.h"
#include "api/parts.h"
#include "base/url.h"
#include "store/hook.h"

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

/* ------------------------------------------------------------------------------------- webhooks
 */

/* A word of one's own, or one made up. */
static bool secret_of(struct http_context *c, struct str given, struct str *out, struct err *err)
{
    char made[33];
    if (given.n) {
        *out = arena_str(c->arena, given);
        return (given.n >= 16 && given.n <= 200) ||
               fail(err, ERR_INVALID, "\"secret\" must have 16 to 200 bytes");
    }
    if (!http_token_make(made, err))
        return false;
    *out = arena_str(c->arena, str_of(made));
    return true;
}

static bool read_hook(struct http_context *c, const cJSON *body, struct store_hook *hook,
                      struct err *err)
{
    struct str secret = {0};
    if (!json_get_str(body, "url", true, &hook->url, err) ||
        !json_get_str(body, "actor", false, &hook->actor, err) ||
        !json_get_str(body, "issue", false, &hook->issue, err) ||
        !json_get_str(body, "secret", false, &secret, err) ||
        !secret_of(c, secret, &hook->secret, err))
        return false;
    if (!url_is_web(hook->url) || hook->url.n > 2000)
        return fail(err, ERR_INVALID, "\"url\" must begin with http:// or https://");
    return hook->actor.n || hook->issue.n ||
           fail(err, ERR_INVALID, "give the key of an actor or of an issue to watch");
}

bool post_hook(struct http_context *c, struct err *err)
{
    cJSON *body = NULL;
    struct store_hook hook = {0};
    int64_t id = 0;
    if (!may_write(c, err) || !body_object(c, "url actor issue secret", &body, err))
        return false;
    bool ok = read_hook(c, body, &hook, err) && store_hook_add(api_of(c)->store, &hook, &id, err);
    if (ok) {
        struct json j = json_begin(&c->response.body);
        c->response.status = 201;
        http_header(c, "Location", arena_fmt(c->arena, "/api/v1/hooks/%lld", (long long)id));
        json_object(&j);
        json_field_int(&j, "id", id);
        json_field_str(&j, "url", hook.url);
        json_field_opt(&j, "actor", hook.actor);
        json_field_opt(&j, "issue", hook.issue);
        json_field_str(&j, "secret", hook.secret);
        json_end_object(&j);
    }
    cJSON_Delete(body);
    return ok;
}

bool delete_hook(struct http_context *c, struct err *err)
{
    if (!may_write(c, err) || !store_hook_remove(api_of(c)->store, c->request.id, err))
        return false;
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_int(&j, "id", c->request.id);
    json_end_object(&j);
    return true;
}
