/* Commands that look at the store or copy it: export, search, verify, backup, restore. */
#include "cli/open.h"

#include <stdio.h>
#include <string.h>

static bool print(struct buf *b, struct err *err)
{
    bool ok = fwrite(b->p, 1, b->n, stdout) == b->n && fflush(stdout) == 0;
    buf_finish(b);
    return ok || fail(err, ERR_IO, "standard output cannot be written");
}

/* All statements as rows; as JSON one object {"statements": []}. */
static bool export_rows(struct store *store, const struct store_query *query, const char *format,
                        struct buf *out, struct err *err)
{
    if (strcmp(format, "csv") == 0) {
        struct row_csv csv = row_csv_make(out, false);
        return store_list_all(store, query, &csv.sink, err);
    }
    if (strcmp(format, "ndjson") == 0) {
        struct row_ndjson rows = row_ndjson_make(out);
        return store_list_all(store, query, &rows.sink, err);
    }
    if (strcmp(format, "json") != 0)
        return fail(err, ERR_USAGE, "--format is json, csv or ndjson, not \"%.20s\"", format);
    struct json j = json_begin(out);
    json_object(&j);
    json_key(&j, "statements");
    json_array(&j);
    struct row_json rows = row_json_make(&j);
    bool ok = store_list_all(store, query, &rows.sink, err);
    json_end_array(&j);
    json_end_object(&j);
    buf_char(out, '\n');
    return ok;
}

bool run_export(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct buf out = {0};
    long story = 0;
    const char *format = config_on(config, OPT_FORMAT) ? config->value[OPT_FORMAT] : "json";
    if (!config_number(config, OPT_STORY, (struct limits){1, INT32_MAX}, &story, err) ||
        !cli_store_open(a, config, CLI_STORE_READ, &store, err))
        return false;
    struct store_query query = {.noun = NOUN_STATEMENT, .filter = {.story = story}};
    bool ok = export_rows(store, &query, format, &out, err) && print(&out, err);
    buf_finish(&out);
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
    if (!config_number(config, OPT_LIMIT, (struct limits){1, 200}, &limit, err) ||
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

bool run_restore(struct arena *a, const struct config *config, struct err *err)
{
    const char *path;
    if (!cli_store_path(a, config, &path, err) || !store_restore(config->args[0], path, err))
        return false;
    printf("restored %s\n", path);
    return true;
}
