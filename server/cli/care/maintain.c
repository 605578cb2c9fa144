/* Commands that look at the store or copy it: export, search, verify, backup, restore. */
#include "cli/open.h"
#include "export/export.h"

#include <stdio.h>
#include <string.h>

static bool print(struct buf *b, struct err *err)
{
    bool ok = (!b->n || fwrite(b->p, 1, b->n, stdout) == b->n) && fflush(stdout) == 0;
    buf_finish(b);
    return ok || fail(err, ERR_IO, "standard output cannot be written");
}

static const struct export_format *format_of(const struct config *config, struct err *err)
{
    if (!config_on(config, OPT_FORMAT))
        return export_formats;
    const char *name = config->value[OPT_FORMAT];
    const struct export_format *format = export_named(str_of(name));
    if (format)
        return format;
    struct buf names = {0};
    export_names(&names, ", ");
    fail(err, ERR_USAGE, "--format is one of %.*s, not \"%.20s\"", STR_ARG(buf_str(&names)), name);
    buf_finish(&names);
    return NULL;
}

/* A story's words may begin like a formula; whoever opens the file in a spreadsheet did not ask for
 * one. */
static bool read_flavour(const struct config *config, struct export_job *job, struct err *err)
{
    struct str flavour = str_of(config->value[OPT_FLAVOUR]);
    if (export_set(job, S("flavour"), flavour.n ? flavour : S("spreadsheet"), err))
        return true;
    return fail(err, ERR_USAGE, "--flavour is one of: %s", export_settings[EXPORT_FLAVOUR].words);
}

static bool flush_out(struct export_job *job, struct err *err)
{
    return !job->out->n || fwrite(job->out->p, 1, job->out->n, stdout) == job->out->n ||
           fail(err, ERR_IO, "standard output cannot be written");
}

/* The document, ending with a line's end whatever the format. */
static bool export_all(struct export_job *job, const struct export_format *format, struct err *err)
{
    struct buf out = {0};
    job->out = &out;
    bool ok = format->write(job, err);
    if (out.n && out.p[out.n - 1] != '\n' && !str_listed("dna xlsx qdpx", str_of(format->name)))
        buf_char(&out, '\n');
    ok = ok && print(&out, err);
    buf_finish(&out);
    return ok;
}

/* Arguments are NAME=VALUE, as in the query of /api/v1/exports. */
static bool read_settings(struct arena *a, const struct config *config, struct export_job *job,
                          struct err *err)
{
    for (int i = 0; i < config->n_args; i++) {
        struct str value = utf8_repair(a, str_of(config->args[i])), name;
        if (!str_contains(value, S("=")))
            return fail(err, ERR_USAGE,
                        "\"%.40s\" is not name=value; export --help tells the names",
                        config->args[i]);
        str_split(&value, '=', &name);
        if (!export_set(job, name, value, err)) {
            err->kind = ERR_USAGE;
            return false;
        }
    }
    return true;
}

bool run_export(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    long story = 0;
    const struct export_format *format = format_of(config, err);
    struct export_job job = {
        .query = {.noun = NOUN_STATEMENT}, .all = true, .member = "statements", .flush = flush_out};
    if (!format || !read_flavour(config, &job, err) ||
        !config_number(config, OPT_STORY, (struct number_range){1, INT32_MAX}, &story, err))
        return false;
    job.query.filter.story = story;
    if (!read_settings(a, config, &job, err) ||
        !cli_store_open(a, config, CLI_STORE_READ, &store, err))
        return false;
    job.store = store;
    bool ok = export_all(&job, format, err);
    store_close(store);
    return ok;
}

bool run_search(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct store_page page;
    struct buf out = {0};
    long limit = 20;
    struct buf words = {0};
    for (int i = 0; i < config->n_args; i++)
        buf_fmt(&words, "%s%s", i ? " " : "", config->args[i]);
    struct str q = arena_str(a, utf8_repair(a, buf_str(&words)));
    buf_finish(&words);
    if (!config_number(config, OPT_LIMIT, (struct number_range){1, 200}, &limit, err) ||
        !cli_store_open(a, config, CLI_STORE_READ, &store, err))
        return false;
    struct store_query query = {.noun = NOUN_SEARCH, .filter = {.q = q}, .limit = (unsigned)limit};
    struct row_ndjson json_rows = row_ndjson_make(&out);
    bool ok = store_list(store, &query, &json_rows.sink, &page, err) && print(&out, err);
    buf_finish(&out);
    store_close(store);
    return ok;
}

bool run_verify(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct str findings = {0};
    const char *path;
    if (config_on(config, OPT_ACCEPT) &&
        (!cli_store_path(a, config, &path, err) || !store_accept(path, err)))
        return false;
    if (!cli_store_open(a, config, CLI_STORE_READ, &store, err))
        return false;
    bool ok = store_verify(store, a, &findings, err);
    store_close(store);
    if (!ok)
        return false;
    if (findings.n) {
        printf("%.*s\n", STR_ARG(findings));
        return fail(err, ERR_IO, "the store is damaged; restore a backup");
    }
    puts("the store is sound");
    return true;
}

bool run_backup(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    if (!cli_store_open(a, config, CLI_STORE_READ, &store, err))
        return false;
    bool ok = store_backup(store, config->args[0], err);
    store_close(store);
    if (ok)
        printf("backed up to %s\n", config->args[0]);
    return ok;
}

static void show_rows(void *to, struct str table, int64_t rows)
{
    (void)table;
    progress_show(to, (size_t)rows);
}

bool run_migrate_store(struct arena *a, const struct config *config, struct err *err)
{
    struct progress progress = progress_begin("rows", 0);
    struct store_transfer how = {.say = show_rows, .to = &progress};
    (void)a;
    if (!store_transfer(config->args[0], config->args[1], &how, err))
        return false;
    progress_end(&progress);
    printf("copied and compared %lld rows\n", (long long)how.rows);
    return true;
}

bool run_restore(struct arena *a, const struct config *config, struct err *err)
{
    const char *path;
    if (!cli_store_path(a, config, &path, err) || !store_restore(config->args[0], path, err))
        return false;
    printf("restored %s\n", path);
    return true;
}
