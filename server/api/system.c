/* The server about itself: is it well, which version, how much has it done. */
#include "api/parts.h"

#include "base/sandbox.h"

bool system_health(struct http_context *c, struct err *err)
{
    int64_t queued = 0;
    struct err why = {0};
    if (!store_is_well(api_of(c)->store, &queued, &why))
        return fail(err, ERR_BUSY, "%s", why.message);
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_str(&j, "status", S("ok"));
    json_field_bool(&j, "writable", api_of(c)->worker && !store_is_read_only(api_of(c)->store));
    json_field_int(&j, "queued", queued);
    json_end_object(&j);
    return true;
}

bool system_version(struct http_context *c, struct err *err)
{
    (void)err;
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_field_str(&j, "name", S("synoptic"));
    json_field_str(&j, "version", S(SYNOPTIC_VERSION));
    json_field_str(&j, "api", S("v1"));
    struct sandbox box = sandbox_state();
    json_key(&j, "sandbox");
    json_object(&j);
    json_field_bool(&j, "landlock", box.landlock);
    json_field_bool(&j, "seccomp", box.seccomp);
    json_end_object(&j);
    json_end_object(&j);
    return true;
}

static void gauge(struct buf *out, const char *name, const char *help, long long value)
{
    buf_fmt(out, "# HELP synoptic_%s %s\n# TYPE synoptic_%s gauge\nsynoptic_%s %lld\n", name, help,
            name, name, value);
}

static void seconds(struct buf *out, const char *name, const char *help, double value)
{
    buf_fmt(out, "# HELP synoptic_%s %s\n# TYPE synoptic_%s counter\nsynoptic_%s %.3f\n", name,
            help, name, name, value);
}

static void counter(struct buf *out, const char *name, const char *help, unsigned long long value)
{
    buf_fmt(out, "# HELP synoptic_%s %s\n# TYPE synoptic_%s counter\nsynoptic_%s %llu\n", name,
            help, name, name, value);
}

/* How busy the engine is. */
static void add_worker(struct buf *out, const struct worker *worker)
{
    struct worker_counters n;
    worker_count(worker, &n);
    counter(out, "items_total", "Items of imports worked off.", n.items);
    counter(out, "items_failed_total", "Items that could not be imported.", n.failed);
    seconds(out, "reading_seconds_total", "Time spent on reading items.", n.reading);
    seconds(out, "comparing_seconds_total", "Time spent on comparing stories.", n.comparing);
}

bool system_metrics(struct http_context *c, struct err *err)
{
    struct buf *out = &c->response.body;
    struct store_counters n;
    if (!store_count(api_of(c)->store, &n, err))
        return false;
    http_metrics(c->server, out);
    gauge(out, "stories", "Stories in the store.", n.stories);
    gauge(out, "articles", "Articles in the store.", n.articles);
    gauge(out, "statements", "Statements in the store.", n.statements);
    gauge(out, "actors", "Actors in the store.", n.actors);
    gauge(out, "decisions", "Decisions in the journal.", n.decisions);
    gauge(out, "imports_queued", "Items that wait to be imported.", n.queued);
    gauge(out, "store_bytes", "Size of the store.", n.file_bytes);
    gauge(out, "store_wal_bytes", "Size of its write-ahead log.", n.wal_bytes);
    counter(out, "store_reads_total", "Reads of the store.", n.reads);
    counter(out, "store_writes_total", "Writes to the store.", n.writes);
    counter(out, "store_timeouts_total", "Reads stopped for taking too long.", n.timeouts);
    if (api_of(c)->worker)
        add_worker(out, api_of(c)->worker);
    c->response.type = "text/plain; version=0.0.4; charset=utf-8";
    return true;
}
