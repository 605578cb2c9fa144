/* `synoptic serve`, `demo` and `health`: the server's life from opening the store to the last
 * answer. */
#include "api/api.h"
#include "base/child.h"
#include "base/sandbox.h"
#include "cli/open.h"

#include <curl/curl.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DRAIN_SECONDS = 5, WORK_SECONDS = 3, MOST_HOSTS = 32, TOKEN_LENGTH = 32 };

/* --token auto: made once and kept beside the store, so that a container keeps its token. */
static bool automatic_token(struct arena *a, const char *db, char token[TOKEN_LENGTH + 1],
                            struct err *err)
{
    struct str path = arena_fmt(a, "%s.token", db);
    int fd = open(path.p, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t n = read(fd, token, TOKEN_LENGTH);
        close(fd);
        if (n == TOKEN_LENGTH)
            return true;
    }
    if (!http_token_make(token, err))
        return false;
    fd = open(path.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool kept = fd >= 0 && write(fd, token, TOKEN_LENGTH) == TOKEN_LENGTH;
    if (fd >= 0)
        close(fd);
    return kept || fail(err, ERR_IO, "the token cannot be kept beside the store");
}

static const char *const *host_names(struct arena *a, const char *list)
{
    const char **names = arena_array(a, MOST_HOSTS + 1, sizeof *names);
    struct str rest = str_of(list), name;
    for (int n = 0; n < MOST_HOSTS && str_split(&rest, ',', &name);)
        if (str_trim(name).n)
            names[n++] = arena_str(a, str_trim(name)).p;
    return names;
}

static void say_address(const struct config *config, const char *address, const char *token)
{
    const char *mark = token && *token ? "/?token=" : "";
    if (config_on(config, OPT_JSON))
        printf("{\"address\":\"%s%s%s\"}\n", address, mark, token && *token ? token : "");
    else
        printf("synoptic is at %s%s%s\n", address, mark, token && *token ? token : "");
    fflush(stdout);
}

/* A comparison may take longer than whoever stops the server waits before killing it. What is under
 * way is in no transaction: it is taken up at the next start. */
static void stop_working(struct store *store, struct worker *worker)
{
    if (worker_stop(worker, WORK_SECONDS))
        return;
    store_abandon(store);
    fputs("synoptic: a comparison that was under way is left for the next start\n", stderr);
}

/* Serves until SIGINT or SIGTERM, which were blocked before any thread began. */
static bool serve(const struct config *config, struct store *store, struct http_options *http,
                  const sigset_t *ends, struct err *err)
{
    struct worker *worker = NULL;
    struct api *api = NULL;
    struct worker_options work = cli_worker_options(config);
    work.watch = true;
    if (!store_is_read_only(store) && !worker_start(store, &work, &worker, err))
        return false;
    bool ok = api_start(http, store, worker, &api, err);
    if (ok) {
        int received;
        say_address(config, api_address(api), http->token);
        sigwait(ends, &received);
        api_stop(api, DRAIN_SECONDS);
    }
    stop_working(store, worker);
    return ok;
}

/* From here on only the store's folder and the one for temporary files can be written. */
static void give_up_rights(struct arena *a, const char *db, const char *web_dir)
{
    const char *slash = strrchr(db, '/'), *tmp = getenv("TMPDIR");
    struct str folder = slash ? arena_fmt(a, "%.*s", (int)(slash - db + 1), db) : S(".");
    const char *writable[] = {folder.p, tmp && *tmp ? tmp : "/tmp", "/var/tmp", NULL};
    const char *readable[] = {web_dir, NULL};
    sandbox_enter(writable, readable);
}

static bool read_options(struct arena *a, const struct config *config, long default_port,
                         struct http_options *http, struct err *err)
{
    long port = default_port;
    if (!config_number(config, OPT_PORT, (struct number_range){0, 65535}, &port, err))
        return false;
    *http = (struct http_options){
        .host = config->value[OPT_HOST],
        .port = (unsigned)port,
        .token = config->value[OPT_TOKEN],
        .allow_hosts = host_names(a, config->value[OPT_ALLOW_HOST]),
        .web_dir = config->value[OPT_WEB],
    };
    return true;
}

static void block_ends(sigset_t *ends)
{
    sigemptyset(ends);
    sigaddset(ends, SIGINT);
    sigaddset(ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, ends, NULL);
}

static bool add_sample_if_new(struct store *store, struct err *err)
{
    struct store_counters counters;
    if (store_is_read_only(store) || !store_count(store, &counters, err))
        return store_is_read_only(store);
    return counters.articles > 0 || cli_sample(store, err);
}

bool run_serve(struct arena *a, const struct config *config, struct err *err)
{
    sigset_t ends;
    struct http_options http;
    struct store *store;
    const char *db;
    char token[TOKEN_LENGTH + 1] = "";
    if (!read_options(a, config, 8080, &http, err) || !cli_store_path(a, config, &db, err))
        return false;
    if (http.token && strcmp(http.token, "auto") == 0) {
        if (!automatic_token(a, db, token, err))
            return false;
        http.token = token;
    }
    block_ends(&ends);
    child_helper(); /* without it PDF is said to be unreadable */
    if (!cli_store_open(a, config, CLI_STORE_SERVE, &store, err))
        return false;
    if (store_is_read_only(store))
        fputs("synoptic: the store cannot be written; serving it for reading only\n", stderr);
    give_up_rights(a, db, http.web_dir);
    bool ok = (!config_on(config, OPT_SAMPLE) || add_sample_if_new(store, err)) &&
              serve(config, store, &http, &ends, err);
    store_close(store);
    return ok;
}

/* Removes the demo's folder; it holds the store's files only. */
static void remove_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (e->d_name[0] != '.')
            unlinkat(dirfd(dir), e->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(folder);
}

bool run_demo(struct arena *a, const struct config *config, struct err *err)
{
    sigset_t ends;
    struct http_options http;
    struct store *store;
    const char *tmp = getenv("TMPDIR");
    struct str folder = arena_fmt(a, "%s/synoptic-demo-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!read_options(a, config, 8080, &http, err))
        return false;
    if (!mkdtemp((char *)(uintptr_t)folder.p))
        return fail(err, ERR_IO, "no folder can be made for the throw-away store");
    block_ends(&ends);
    child_helper();
    struct store_options options = {.path = arena_fmt(a, "%s/demo.db", folder.p).p};
    bool ok = store_open(&options, &store, err);
    if (ok) {
        give_up_rights(a, options.path, http.web_dir);
        ok = cli_sample(store, err) && serve(config, store, &http, &ends, err);
        store_close(store);
    }
    remove_folder(folder.p);
    return ok;
}

static size_t ignore_body(char *bytes, size_t size, size_t n, void *unused)
{
    (void)bytes;
    (void)unused;
    return size * n;
}

bool run_health(struct arena *a, const struct config *config, struct err *err)
{
    long port = 8080, status = 0;
    if (!config_number(config, OPT_PORT, (struct number_range){1, 65535}, &port, err))
        return false;
    const char *host = config->value[OPT_HOST];
    bool any = !host || strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
    struct str url = arena_fmt(
        a, strchr(any ? "" : host, ':') ? "http://[%s]:%ld/healthz" : "http://%s:%ld/healthz",
        any ? "127.0.0.1" : host, port);
    CURL *curl = curl_easy_init();
    if (!curl)
        return fail(err, ERR_INTERNAL, "no request can be made");
    curl_easy_setopt(curl, CURLOPT_URL, url.p);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 2500L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore_body);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    if (code != CURLE_OK || status != 200)
        return fail(err, ERR_REMOTE, "no healthy server on port %ld", port);
    puts("healthy");
    return true;
}
