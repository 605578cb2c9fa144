/* `synoptic import` and `synoptic reread`: articles into the store, with progress to watch. */
#include "cli/open.h"

#include <inttypes.h>
#include <stdio.h>

struct watcher {
    struct worker_watch watch; /* first: the worker hands back its address */
    struct progress progress;
    int64_t import, added, versions, same, failed;
    bool json;
};

static void say_item(const struct watcher *w, const struct store_import_item *item,
                     const struct store_outcome *outcome)
{
    struct buf line = {0};
    struct json j = json_begin(&line);
    json_object(&j);
    json_field_str(&j, "name", item->name);
    json_field_opt(&j, "result", str_of(outcome->problem.n ? "failed" : outcome->result));
    json_field_int(&j, "article", outcome->article);
    json_field_int(&j, "story", outcome->story);
    json_field_opt(&j, "error", outcome->problem);
    json_end_object(&j);
    if (w->json)
        printf("%.*s\n", STR_ARG(buf_str(&line)));
    else if (outcome->problem.n)
        fprintf(stderr, "%s%.*s: %.*s\n", w->progress.terminal ? "\r\033[K" : "",
                STR_ARG(item->name), STR_ARG(outcome->problem));
    buf_finish(&line);
}

static bool seen(struct worker_watch *watch, const struct store_import *state,
                 const struct store_import_item *item, const struct store_outcome *outcome)
{
    struct watcher *w = (struct watcher *)watch;
    struct str result = str_of(outcome->result);
    w->failed += outcome->problem.n > 0;
    w->added += outcome->problem.n == 0 && str_eq(result, S("new"));
    w->versions += outcome->problem.n == 0 && str_eq(result, S("version"));
    w->same += outcome->problem.n == 0 && str_eq(result, S("same"));
    say_item(w, item, outcome);
    w->progress.total = (size_t)state->total;
    progress_show(&w->progress, (size_t)(state->done + state->failed));
    return true;
}

bool run_import(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct watcher w = {.watch = {seen}, .json = config_on(config, OPT_JSON)};
    struct worker_options options = {.allow_private_fetch =
                                         config_on(config, OPT_ALLOW_PRIVATE_FETCH)};
    struct ingest_files_options files = {
        .type = config_on(config, OPT_TYPE) ? config->value[OPT_TYPE] : "auto", .watch = &w.watch};
    if (!cli_map(config, &files.map, err) ||
        !cli_store_open(a, config, CLI_STORE_WRITE, &store, err))
        return false;
    w.progress = progress_begin("importing", (size_t)config->n_args);
    w.progress.terminal = w.progress.terminal && !w.json;
    bool ok = ingest_files(store, (const char *const *)config->args, (size_t)config->n_args, &files,
                           &w.import, err) &&
              worker_drain(store, &options, &w.watch, err);
    progress_end(&w.progress);
    store_close(store);
    if (ok && !w.json)
        printf("%" PRId64 " new, %" PRId64 " new versions, %" PRId64 " known already, %" PRId64
               " failed\n",
               w.added, w.versions, w.same, w.failed);
    if (ok && w.failed && w.added + w.versions + w.same == 0)
        return fail(err, ERR_INVALID, "nothing could be imported");
    return ok;
}

bool run_reread(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    if (!cli_store_open(a, config, CLI_STORE_WRITE, &store, err))
        return false;
    bool ok = ingest_reread(store, err);
    store_close(store);
    return ok;
}
