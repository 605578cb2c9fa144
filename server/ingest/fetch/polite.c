/* robots.txt, delays and Retry-After: see polite.h. */
#include "ingest/fetch/polite.h"

#include "base/url.h"

enum {
    SECOND = 1000,
    USUAL_DELAY = SECOND,
    BUSY_WITHOUT_WORD = 60 * SECOND,
    WEEK = 7 * 86400, /* seconds: a host that wants to be left alone longer is asked then */
    KEEP_ROBOTS = 24 * 3600 * SECOND,
    KEEP_SILENCE = 600 * SECOND,
    ROBOTS_LIMIT = 512 << 10
};

/* What is kept for a host that cannot be asked: nothing may be fetched. */
static const struct str closed = STR("User-agent: *\nDisallow: /\n");

static bool read_robots(const struct polite *p, struct arena *a, struct str url, struct str *robots,
                        struct err *err)
{
    struct fetched got = {0};
    struct err why = {0};
    long status = 0;
    struct fetch_options options = {.allow_private = p->options->allow_private_fetch,
                                    .cancel = p->cancel,
                                    .limit = ROBOTS_LIMIT,
                                    .status = &status};
    bool ok = fetch_url(a, robots_url(a, url), &options, &got, &why);
    if (!ok && p->cancel && atomic_load(p->cancel))
        return fail(err, ERR_TIMEOUT, "fetching was cancelled");
    bool refused = status >= 400 && status < 500 && status != 429;
    bool asked = ok || refused || why.kind == ERR_TOO_LARGE || why.kind == ERR_DENIED;
    *robots = ok ? got.body : asked ? S("") : closed;
    if (!store_host_robots(p->store, url_host(a, url), *robots, asked ? KEEP_ROBOTS : KEEP_SILENCE,
                           err))
        return false;
    return asked || status || fail(err, why.kind, "%s", why.message);
}

bool polite_allowed(const struct polite *p, struct arena *a, struct str url, struct err *err)
{
    struct store_host known;
    struct str host = url_host(a, url);
    if (p->options->ignore_robots)
        return true;
    if (!store_host_load(p->store, a, host, &known, err))
        return false;
    if (!known.known && !read_robots(p, a, url, &known.robots, err))
        return false;
    if (robots_allow(known.robots, url))
        return true;
    if (str_eq(known.robots, closed))
        return fail(err, ERR_REMOTE,
                    "the host could not be asked what programs may fetch (robots.txt)");
    return fail(err, ERR_DENIED,
                "the host asks programs not to fetch this (robots.txt); open it in a browser and "
                "hand it over from there");
}

static bool is_this_machine(struct str url)
{
    struct arena a = {0};
    struct str host = url_domain(&a, url);
    bool own =
        str_eq(host, S("localhost")) || str_starts(host, S("127.")) || str_starts(host, S("[::1]"));
    arena_finish(&a);
    return own;
}

static int64_t delay_for(const struct polite *p, struct arena *a, struct str url)
{
    struct store_host known = {0};
    if (p->options->host_delay)
        return p->options->host_delay < 0 ? 0 : p->options->host_delay;
    if (is_this_machine(url))
        return 0;
    int64_t asked = 0;
    if (!p->options->ignore_robots &&
        store_host_load(p->store, a, url_host(a, url), &known, NULL) && known.known)
        asked = (int64_t)robots_delay(known.robots) * SECOND;
    return asked > USUAL_DELAY ? asked : USUAL_DELAY;
}

bool polite_fetch(const struct polite *p, struct arena *a, struct polite_request request,
                  struct polite_answer *out, struct err *err)
{
    unsigned seconds = 0;
    long status = 0;
    struct fetch_options options = {.allow_private = p->options->allow_private_fetch,
                                    .etag = request.etag,
                                    .last_modified = request.last_modified,
                                    .cancel = p->cancel,
                                    .retry_after = &seconds,
                                    .status = &status};
    *out = (struct polite_answer){0};
    bool ok = fetch_url(a, request.url, &options, &out->got, err);
    out->busy = !ok && (status == 429 || status == 503);
    out->rest.delay = delay_for(p, a, request.url);
    if (out->busy)
        out->rest.closed =
            seconds ? (int64_t)(seconds < WEEK ? seconds : WEEK) * SECOND : BUSY_WITHOUT_WORD;
    return ok;
}
