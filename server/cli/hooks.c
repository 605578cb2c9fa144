/* `synoptic hooks`: webhooks listed, added, removed and tried out, as by /api/v1/hooks. */
#include "cli/open.h"

#include "base/url.h"
#include "http/http.h"
#include "ingest/fetch/hook.h"

#include <stdio.h>

static bool list(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct buf out = {0};
    if (!cli_store_open(a, config, CLI_STORE_READ, &store, err))
        return false;
    struct store_query query = {.noun = NOUN_HOOK};
    struct row_ndjson rows = row_ndjson_make(&out);
    bool ok = store_list_all(store, &query, &rows.sink, err) &&
              (!out.n || fwrite(out.p, 1, out.n, stdout) == out.n ||
               fail(err, ERR_IO, "standard output cannot be written"));
    buf_finish(&out);
    store_close(store);
    return ok;
}

static bool read_setting(struct str given, struct store_hook *hook, struct err *err)
{
    struct str name;
    const struct {
        struct str name, *at;
    } texts[] = {
        {S("actor"), &hook->actor}, {S("issue"), &hook->issue}, {S("secret"), &hook->secret}};
    bool equals = str_contains(given, S("="));
    str_split(&given, '=', &name);
    for (size_t i = 0; equals && i < sizeof texts / sizeof *texts; i++)
        if (str_eq(texts[i].name, name)) {
            *texts[i].at = given;
            return true;
        }
    return fail(err, ERR_USAGE, "add URL is followed by actor=KEY, issue=KEY, secret=TEXT");
}

static bool read_hook(struct arena *a, const struct config *config, struct store_hook *hook,
                      struct err *err)
{
    char made[33];
    if (config->n_args < 2)
        return fail(err, ERR_USAGE, "add wants the address to be told: hooks add URL actor=KEY");
    hook->url = utf8_repair(a, str_of(config->args[1]));
    for (int i = 2; i < config->n_args; i++)
        if (!read_setting(utf8_repair(a, str_of(config->args[i])), hook, err))
            return false;
    if (!url_is_web(hook->url) || hook->url.n > 2000)
        return fail(err, ERR_USAGE, "the address must begin with http:// or https://");
    if (!hook->actor.n && !hook->issue.n)
        return fail(err, ERR_USAGE, "give the key of an actor or of an issue to watch: actor=KEY");
    if (hook->secret.n && (hook->secret.n < 16 || hook->secret.n > 200))
        return fail(err, ERR_USAGE, "a secret has 16 to 200 bytes");
    if (!hook->secret.n && !http_token_make(made, err))
        return false;
    hook->secret = hook->secret.n ? hook->secret : arena_str(a, str_of(made));
    return true;
}

static bool open_to_write(struct arena *a, const struct config *config, struct store **store,
                          struct err *err)
{
    if (cli_store_open(a, config, CLI_STORE_WRITE, store, err))
        return true;
    return err->kind != ERR_BUSY ? false
                                 : fail(err, ERR_BUSY,
                                        "a synoptic server is using this store: ask it, by POST or "
                                        "DELETE of /api/v1/hooks");
}

static bool add(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct store_hook hook = {0};
    int64_t id = 0;
    if (!read_hook(a, config, &hook, err) || !open_to_write(a, config, &store, err))
        return false;
    bool ok = store_hook_add(store, &hook, &id, err);
    store_close(store);
    if (ok && config_on(config, OPT_JSON))
        printf("{\"id\":%lld,\"secret\":\"%.*s\"}\n", (long long)id, STR_ARG(hook.secret));
    else if (ok)
        printf("webhook %lld, secret %.*s (told only now)\n", (long long)id, STR_ARG(hook.secret));
    return ok;
}

static bool read_id(const struct config *config, int64_t *id, struct err *err)
{
    uint64_t number = 0;
    bool ok = config->n_args == 2 && str_to_u64(str_of(config->args[1]), &number) && number &&
              number < INT32_MAX;
    *id = (int64_t)number;
    return ok || fail(err, ERR_USAGE, "%s wants the number of a webhook", config->args[0]);
}

static bool drop(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    int64_t id;
    if (!read_id(config, &id, err) || !open_to_write(a, config, &store, err))
        return false;
    bool ok = store_hook_remove(store, id, err);
    store_close(store);
    if (ok)
        printf("webhook %lld is told no more\n", (long long)id);
    return ok;
}

/* A call without statements, signed like all others, that stands in no journal. */
static bool try_out(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct store_hook hook;
    struct err why = {0};
    long status = 0;
    int64_t id;
    if (!read_id(config, &id, err) || !cli_store_open(a, config, CLI_STORE_READ, &store, err))
        return false;
    bool ok = store_hook_load(store, a, id, &hook, err);
    store_close(store);
    if (!ok)
        return false;
    struct store_hook_call call = {
        .hook = id,
        .url = hook.url,
        .secret = hook.secret,
        .body =
            arena_fmt(a, "{\"event\":\"test\",\"hook\":%lld,\"statements\":[]}", (long long)id)};
    struct hook_way way = {.allow_private = config_on(config, OPT_ALLOW_PRIVATE_FETCH)};
    if (!hook_call(a, &way, &call, &status, &why))
        return fail(err, why.kind, "%.*s did not take it: %s", STR_ARG(hook.url), why.message);
    printf("%.*s took it (%ld)\n", STR_ARG(hook.url), status);
    return true;
}

bool run_hooks(struct arena *a, const struct config *config, struct err *err)
{
    static const struct {
        const char *name;
        bool (*run)(struct arena *a, const struct config *config, struct err *err);
    } deeds[] = {{"list", list}, {"add", add}, {"remove", drop}, {"test", try_out}};
    struct str name = config->n_args ? str_of(config->args[0]) : S("list");
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (str_eq(str_of(deeds[i].name), name))
            return deeds[i].run(a, config, err);
    return fail(err, ERR_USAGE, "hooks is followed by list, add, remove or test, not by \"%.40s\"",
                config->args[0]);
}
