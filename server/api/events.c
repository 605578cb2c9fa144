/* What others decide, as it happens: server-sent events. A stream ends with what there is to say,
 * and the browser asks again after a pause (the protocol's own "retry"), with the number of the
 * last event it heard: no connection and no thread waits for anything. */
#include "api/parts.h"

#include "base/json.h"

enum { PAUSE_MS = 2000, MOST = 50 };

/* Event after event: the decision, who made it, and the stories that it touches. */
static bool add_event(const struct store_event *e, void *to)
{
    struct buf *out = to;
    buf_fmt(out, "id: %lld\nevent: decision\ndata: ", (long long)e->id);
    struct json j = json_begin(out);
    json_object(&j);
    json_field_int(&j, "id", e->id);
    json_field_str(&j, "action", e->action);
    json_field_str(&j, "type", e->target);
    if (e->key.n)
        json_field_str(&j, "target", e->key);
    else
        json_field_int(&j, "target", e->target_id);
    json_field_str(&j, "by", e->by);
    json_key(&j, "stories");
    json_raw(&j, e->stories);
    json_end_object(&j);
    buf_add(out, S("\n\n"));
    return true;
}

bool read_events(struct http_context *c, struct err *err)
{
    struct str last = c->request.last_event_id;
    struct store_events events = {.take = add_event, .to = &c->response.body, .most = MOST};
    uint64_t after = 0;
    if (last.n && (!str_to_u64(last, &after) || after > INT64_MAX))
        return fail(err, ERR_INVALID, "Last-Event-ID must be the number of an event");
    events.after = last.n ? (int64_t)after : -1;
    c->response.type = "text/event-stream";
    buf_fmt(&c->response.body, "retry: %d\n", PAUSE_MS);
    if (!store_events(api_of(c)->store, &events, err))
        return false;
    if (events.after < 0 || events.n == 0)
        buf_fmt(&c->response.body, "id: %lld\n\n", (long long)events.newest);
    return true;
}
