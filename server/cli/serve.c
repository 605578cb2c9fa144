/* `synoptic serve`, `demo` and `health`: the server's life from opening the store to the last
 * answer. */
#include "api/api.h"
#include "api/coding/users.h"
#include "base/child.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "cli/care/care.h"
#include "store/turns.h"

#include <curl/curl.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DRAIN_SECONDS = 5, WORK_SECONDS = 3, COPY_SECONDS = 1, MOST_HOSTS = 32, TOKEN_LENGTH = 32 };

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
static void stop_working(struct store *store, struct worker *worker, struct care *care)
{
    bool copied = care_stop(care, COPY_SECONDS);
    if (worker_stop(worker, WORK_SECONDS) && copied)
        return;
    store_abandon(store);
    log_event(LOG_NOTE, "left_undone", "%s that was under way is left for the next start",
              copied ? "a comparison" : "a backup");
}

/* What a server is made of before it listens. */
struct service {
    struct store *store;
    struct http_options http;
    struct care_options care;
    struct users users;
    sigset_t ends;
};

/* Serves until SIGINT or SIGTERM, which were blocked before any thread began. */
static bool serve(const struct config *config, struct service *service, struct err *err)
{
    struct store *store = service->store;
    struct care *care = NULL;
    struct worker *worker = NULL;
    struct api *api = NULL;
    struct worker_options work = cli_worker_options(config);
    work.watch = true;
    work.answer_only = config_on(config, OPT_ANSWER_ONLY);
    if (work.answer_only && !store_has_others(store))
        return fail(err, ERR_USAGE,
                    "--answer-only is for a store that other programs write to, too");
    if (!store_is_read_only(store) && !worker_start(store, &work, &worker, err))
        return false;
    bool ok = api_start(&service->http, store, worker, &api, err);
    if (ok) {
        int received;
        say_address(config, api_address(api), service->http.token);
        if (service->care.copies.folder && !store_is_read_only(store))
            care = care_start(&service->care);
        sigwait(&service->ends, &received);
        api_stop(api, DRAIN_SECONDS);
    }
    stop_working(store, worker, care);
    return ok;
}

/* From here on only what the store needs, and the folders of its copies and of temporary files, can
 * be written. */
static void give_up_rights(struct arena *a, const char *db, const struct service *service)
{
    const char *tmp = getenv("TMPDIR"), *copies = service->care.copies.folder;
    struct store_places places;
    store_places(a, db, &places);
    const char *writable[5] = {tmp && *tmp ? tmp : "/tmp", "/var/tmp"};
    const char *readable[sizeof places.readable / sizeof *places.readable + 1] = {0};
    size_t n = 2, m = 0;
    if (places.writable)
        writable[n++] = places.writable;
    if (copies)
        writable[n++] = copies;
    if (service->http.web_dir)
        readable[m++] = service->http.web_dir;
    for (const char **p = places.readable; *p; p++)
        readable[m++] = *p;
    sandbox_enter(writable, readable);
}

static bool read_log_options(const struct config *config, long *slow, struct err *err)
{
    const char *form = config->value[OPT_LOG];
    bool json = form && strcmp(form, "json") == 0;
    if (form && !json && strcmp(form, "text") != 0)
        return fail(err, ERR_USAGE, "--log is text or json, not \"%.20s\"", form);
    log_as_json(json);
    return config_number(config, OPT_SLOW, (struct number_range){0, 3600000}, slow, err);
}

static bool read_options(struct arena *a, const struct config *config, struct service *service,
                         struct err *err)
{
    long port = 8080, slow = 1000;
    if (!config_number(config, OPT_PORT, (struct number_range){0, 65535}, &port, err) ||
        !read_log_options(config, &slow, err))
        return false;
    service->http = (struct http_options){
        .host = config->value[OPT_HOST],
        .port = (unsigned)port,
        .token = config->value[OPT_TOKEN],
        .allow_hosts = host_names(a, config->value[OPT_ALLOW_HOST]),
        .web_dir = config->value[OPT_WEB],
        .slow_ms = (unsigned)slow,
    };
    return true;
}

/* An empty file would let nobody in, and a server without users takes everybody for an owner. */
static bool read_users(const struct config *config, struct service *service, struct err *err)
{
    const char *path = config->value[OPT_USERS];
    if (!path)
        return true;
    if (service->http.token && *service->http.token)
        return fail(err, ERR_USAGE, "--users and --token exclude each other");
    if (!users_read(path, &service->users, err))
        return false;
    service->http.identify = users_identify;
    service->http.users = &service->users;
    return service->users.n > 0 ||
           fail(err, ERR_MISSING,
                "nobody is in the file of users: synoptic users FILE add NAME owner");
}

/* The folder is made before rights are given up: afterwards none can be. */
static bool read_backups(struct arena *a, const struct config *config, const char *db,
                         struct care_options *care, struct err *err)
{
    long keep = 7;
    if (!config_number(config, OPT_KEEP, (struct number_range){1, 366}, &keep, err))
        return false;
    const char *folder = care_folder(a, config, db);
    care->copies = (struct store_copies){.of = db, .folder = folder, .keep = (unsigned)keep};
    if (!folder || mkdir(folder, 0700) == 0 || errno == EEXIST)
        return true;
    care->copies.folder = NULL;
    return !config_on(config, OPT_BACKUPS) ||
           fail(err, ERR_IO, "the folder for backups cannot be made: %s", strerror(errno));
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

static bool read_token(struct arena *a, const char *db, struct http_options *http, struct err *err)
{
    if (!http->token || strcmp(http->token, "auto") != 0)
        return true;
    if (strstr(db, "://"))
        return fail(err, ERR_USAGE,
                    "--token auto keeps the token beside a store in a file: say one");
    char *token = arena_array(a, TOKEN_LENGTH + 1, 1);
    http->token = token;
    return automatic_token(a, db, token, err);
}

bool run_serve(struct arena *a, const struct config *config, struct err *err)
{
    struct service service = {0};
    const char *db;
    if (!read_options(a, config, &service, err) || !cli_store_path(a, config, &db, err) ||
        !read_token(a, db, &service.http, err) || !read_users(config, &service, err) ||
        !read_backups(a, config, db, &service.care, err))
        return false;
    block_ends(&service.ends);
    child_helper(); /* without it PDF is said to be unreadable */
    if (!cli_store_open(a, config, CLI_STORE_SERVE, &service.store, err))
        return false;
    service.care.store = service.store;
    if (store_is_read_only(service.store))
        log_event(LOG_WARNING, "read_only",
                  "the store cannot be written; serving it for reading only");
    give_up_rights(a, db, &service);
    bool ok = (!config_on(config, OPT_SAMPLE) || add_sample_if_new(service.store, err)) &&
              serve(config, &service, err);
    store_close(service.store);
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
    struct service service = {0};
    const char *tmp = getenv("TMPDIR");
    struct str folder = arena_fmt(a, "%s/synoptic-demo-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!read_options(a, config, &service, err) || !read_users(config, &service, err))
        return false;
    if (!mkdtemp((char *)(uintptr_t)folder.p))
        return fail(err, ERR_IO, "no folder can be made for the throw-away store");
    block_ends(&service.ends);
    child_helper();
    struct store_options options = {.path = arena_fmt(a, "%s/demo.db", folder.p).p,
                                    .slow_ms = service.http.slow_ms};
    bool ok = store_open(&options, &service.store, err);
    if (ok) {
        give_up_rights(a, options.path, &service);
        ok = cli_sample(service.store, err) && serve(config, &service, err);
        store_close(service.store);
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

bool cli_ask_health(struct arena *a, const struct config *config, long port, long *status)
{
    const char *host = config->value[OPT_HOST];
    bool any = !host || strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
    struct str url = arena_fmt(
        a, strchr(any ? "" : host, ':') ? "http://[%s]:%ld/healthz" : "http://%s:%ld/healthz",
        any ? "127.0.0.1" : host, port);
    CURL *curl = curl_easy_init();
    if (!curl)
        return false;
    curl_easy_setopt(curl, CURLOPT_URL, url.p);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 2500L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore_body);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    curl_easy_cleanup(curl);
    return code == CURLE_OK;
}

bool run_health(struct arena *a, const struct config *config, struct err *err)
{
    long port = 8080, status = 0;
    if (!config_number(config, OPT_PORT, (struct number_range){1, 65535}, &port, err))
        return false;
    if (!cli_ask_health(a, config, port, &status) || status != 200)
        return fail(err, ERR_REMOTE, "no healthy server on port %ld", port);
    puts("healthy");
    return true;
}
