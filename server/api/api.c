/* Starting and stopping the API: see api.h. */
#include "api/parts.h"

#include <stdlib.h>

static void list_suffixes(struct api *api)
{
    size_t n = 0;
    for (const struct export_format *f = export_formats; f->name && n + 1 < API_MAX_FORMATS; f++)
        if (f->lists)
            api->suffixes[n++] = f->suffix;
}

/* What an answer depends on: the content, and for imports their progress. */
static uint64_t state(void *app, const struct http_route *route)
{
    const struct api *api = app;
    struct store_revision now = store_revision(api->store);
    bool listed = route->handler == read_list || route->handler == read_item;
    if (listed && (route->subject == NOUN_IMPORT || route->subject == NOUN_REREAD))
        return now.imports + now.content;
    bool hooked = route->subject == NOUN_HOOK || route->subject == NOUN_HOOK_CALL;
    return hooked || (listed && route->subject == NOUN_WATCH) ? now.watches : now.content;
}

bool api_start(struct http_options *http, struct store *store, struct worker *worker,
               struct api **out, struct err *err)
{
    struct api *api = needed(calloc(1, sizeof *api));
    api->store = store;
    api->worker = worker;
    list_suffixes(api);
    http->routes = api_routes;
    http->n_routes = api_n_routes;
    http->suffixes = api->suffixes;
    http->app = api;
    http->state = state;
    if (!http_start(http, &api->http, err)) {
        free(api);
        return false;
    }
    *out = api;
    return true;
}

const char *api_address(const struct api *api)
{
    return http_address(api->http);
}

void api_stop(struct api *api, unsigned seconds)
{
    if (!api)
        return;
    http_stop(api->http, seconds);
    free(api);
}
