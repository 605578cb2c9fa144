/* `synoptic import` and `synoptic watch`: articles into the store, with progress to see. */
#include "base/file.h"
#include "base/url.h"
#include "cli/open.h"
#include "ingest/project/project.h"
#include "store/watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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

/* Does the argument hold statements of another program? Archives are looked through. */
static bool is_project(const char *path)
{
    enum { LARGEST = 256 << 20 };
    static const char *const suffixes[] = {".zip", ".tar", ".gz", ".qdpx"};
    char head[4096];
    FILE *f = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");
    size_t n = f ? fread(head, 1, sizeof head, f) : 0;
    struct arena a = {0};
    struct err ignored = {0};
    struct str bytes = {head, n}, whole;
    if (f)
        fclose(f);
    for (size_t i = 0; n && i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_ends(str_of(path), str_of(suffixes[i])) &&
            file_read(&a, path, LARGEST, &whole, &ignored))
            bytes = whole;
    bool is = ingest_project_kind(bytes) != PROJECT_NONE;
    arena_finish(&a);
    return is;
}

static bool is_type(const struct config *config, const char *type)
{
    return config_on(config, OPT_TYPE) && strcmp(config->value[OPT_TYPE], type) == 0;
}

static bool is_table(const struct config *config)
{
    return is_type(config, "statements");
}

static bool read_options(const struct config *config, struct ingest_project_options *out,
                         struct err *err)
{
    static const char *const units[] = {"codepoints", "utf16", "utf8"};
    *out = (struct ingest_project_options){.dry = config_on(config, OPT_DRY),
                                           .table = is_table(config),
                                           .map = str_of(config->value[OPT_MAP])};
    for (int i = 0; config_on(config, OPT_OFFSETS) && i < 3; i++) {
        out->unit = (enum project_unit)i;
        if (strcmp(config->value[OPT_OFFSETS], units[i]) == 0)
            return true;
    }
    return !config_on(config, OPT_OFFSETS) ||
           fail(err, ERR_USAGE, "--offsets is codepoints, utf16 or utf8");
}

static void say_project(const struct ingest_project *n)
{
    struct buf line = {0};
    struct json j = json_begin(&line);
    ingest_project_write(&j, n);
    printf("%.*s\n", STR_ARG(buf_str(&line)));
    buf_finish(&line);
}

static bool import_project(struct arena *a, const struct config *config, struct err *err)
{
    enum { LARGEST = 1 << 30 };
    struct store *store;
    struct str bytes;
    struct ingest_project n;
    struct ingest_project_options options;
    if (config->n_args != 1)
        return fail(err, ERR_USAGE, "a file of statements is imported by itself");
    if (!read_options(config, &options, err) ||
        !file_read(a, config->args[0], LARGEST, &bytes, err) ||
        !cli_store_open(a, config, CLI_STORE_WRITE, &store, err))
        return false;
    bool dry = options.dry, ok = ingest_project(store, bytes, &options, &n, err);
    store_close(store);
    if (ok && config_on(config, OPT_JSON))
        say_project(&n);
    else if (ok && dry)
        printf("%zu documents, %zu of them here already; %zu statements: %zu would be new, %zu are "
               "known, %zu would be lost; nothing was changed\n",
               n.documents, n.articles, n.statements, n.added, n.known, n.lost);
    else if (ok)
        printf("%zu of %zu documents, %zu statements new, %zu known already, %zu without a place "
               "or speaker\n",
               n.articles, n.documents, n.added, n.known, n.lost);
    for (size_t i = 0; ok && !config_on(config, OPT_JSON) && i < n.n_problems; i++)
        fprintf(stderr, "%s\n", n.problem[i]);
    return ok;
}

static void say_actors(const struct store_listing *list, const struct config *config, int64_t entry)
{
    struct buf text = {0};
    struct json j = json_begin(&text);
    if (config_on(config, OPT_JSON)) {
        ingest_actors_write(&j, list, entry);
        printf("%.*s\n", STR_ARG(buf_str(&text)));
        buf_finish(&text);
        return;
    }
    for (size_t i = 0; list->dry && i < list->n; i++)
        printf("line %zu: %s %.*s%s%.*s\n", list->v[i].line, listed_names[list->v[i].what],
               STR_ARG(list->v[i].name), list->v[i].told.n ? ": " : "", STR_ARG(list->v[i].told));
    printf("%zu new, %zu changed, %zu the same, %zu refused%s\n", list->count[LISTED_NEW],
           list->count[LISTED_CHANGED], list->count[LISTED_SAME], list->count[LISTED_REFUSED],
           list->dry ? "; nothing was changed" : "");
}

static bool import_actors(struct arena *a, const struct config *config, struct err *err)
{
    enum { LARGEST = 64 << 20 };
    struct store *store;
    struct str bytes;
    struct store_listing list = {.arena = a, .dry = config_on(config, OPT_DRY)};
    struct store_decision decision = {.listing = &list};
    int64_t entry;
    if (config->n_args != 1)
        return fail(err, ERR_USAGE, "a list of actors is imported by itself");
    if (!file_read(a, config->args[0], LARGEST, &bytes, err) ||
        !cli_store_open(a, config, CLI_STORE_WRITE, &store, err))
        return false;
    bool ok = ingest_actors(store, bytes, &decision, &entry, err) &&
              (list.dry || ingest_stale(store, NULL, err));
    store_close(store);
    if (ok)
        say_actors(&list, config, entry);
    return ok;
}

bool run_import(struct arena *a, const struct config *config, struct err *err)
{
    if (is_type(config, "actors"))
        return import_actors(a, config, err);
    for (int i = 0; i < config->n_args; i++)
        if (is_table(config) || is_project(config->args[i]))
            return import_project(a, config, err);
    if (config_on(config, OPT_DRY))
        return fail(err, ERR_USAGE, "--dry-run goes with a file of statements or a list of actors");

    struct store *store;
    struct watcher w = {.watch = {seen, NULL}, .json = config_on(config, OPT_JSON)};
    struct worker_options options = cli_worker_options(config);
    struct ingest_files files = {.paths = (const char *const *)config->args,
                                 .n = (size_t)config->n_args,
                                 .type =
                                     config_on(config, OPT_TYPE) ? config->value[OPT_TYPE] : "auto",
                                 .watch = &w.watch};
    if (!cli_map(config, &files.map, err) ||
        !cli_store_open(a, config, CLI_STORE_WRITE, &store, err))
        return false;
    w.progress = progress_begin("importing", (size_t)config->n_args);
    w.progress.terminal = w.progress.terminal && !w.json;
    bool ok = ingest_submit_files(store, &files, &w.import, err) &&
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

/* -------------------------------------------------------------------------------------- watching
 */

/* A line for each article that came; those known already are not worth one. */
static bool came(struct worker_watch *watch, const struct store_import *state,
                 const struct store_import_item *item, const struct store_outcome *outcome)
{
    struct watcher *w = (struct watcher *)watch;
    struct str result = str_of(outcome->result);
    (void)state;
    if (w->json) {
        say_item(w, item, outcome);
    } else if (outcome->problem.n) {
        fprintf(stderr, "%.*s: %.*s\n", STR_ARG(item->name), STR_ARG(outcome->problem));
    } else if (str_eq(result, S("new")) || str_eq(result, S("version"))) {
        printf("%s %" PRId64 ": %.*s\n", str_eq(result, S("new")) ? "article" : "version of",
               outcome->article, STR_ARG(item->name));
    }
    fflush(stdout);
    return true;
}

static bool add_watches(struct store *store, const struct config *config, struct err *err)
{
    long every = WATCH_USUAL;
    bool ok = config_number(config, OPT_EVERY, (struct number_range){WATCH_LEAST, WATCH_MOST},
                            &every, err);
    for (int i = 0; ok && i < config->n_args; i++) {
        struct str url = str_of(config->args[i]);
        struct err why = {0};
        int64_t id;
        if (!url_is_web(url))
            return fail(err, ERR_USAGE, "\"%.80s\" is not an http or https address",
                        config->args[i]);
        if (!store_watch_add(store, url, every, &id, &why) && why.kind != ERR_CONFLICT)
            return fail(err, why.kind, "%s", why.message);
    }
    return ok;
}

/* What is wrong with feeds is said at the end, and is on the page meanwhile. */
static bool say_watches(struct store *store, struct err *err)
{
    struct buf out = {0};
    struct row_ndjson rows = row_ndjson_make(&out);
    struct store_query query = {.noun = NOUN_WATCH};
    bool ok = store_list_all(store, &query, &rows.sink, err);
    if (ok)
        printf("%.*s", STR_ARG(buf_str(&out)));
    buf_finish(&out);
    return ok;
}

bool run_watch(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct store_counters counters;
    struct watcher w = {.watch = {came, cli_interrupt()}, .json = config_on(config, OPT_JSON)};
    struct worker_options options = cli_worker_options(config);
    options.watch = !config_on(config, OPT_ONCE);
    options.watch_once = !options.watch;
    if (!cli_store_open(a, config, CLI_STORE_WRITE, &store, err)) {
        if (err->kind == ERR_BUSY)
            return fail(err, ERR_BUSY,
                        "a synoptic server is using this store: add the feed on its page instead");
        return false;
    }
    bool ok = add_watches(store, config, err) && store_count(store, &counters, err);
    if (ok && counters.watches == 0)
        ok = fail(err, ERR_USAGE, "no feed is watched yet; name one");
    if (ok && options.watch && !w.json)
        fprintf(stderr, "watching %" PRId64 " %s; Ctrl+C ends it\n", counters.watches,
                counters.watches == 1 ? "feed" : "feeds");
    ok = ok && worker_drain(store, &options, &w.watch, err) && (!w.json || say_watches(store, err));
    store_close(store);
    return ok;
}
