/* `synoptic reread`: every article read again, with progress; and what became of the decisions. */
#include "ingest/story/reread.h"
#include "base/json.h"
#include "cli/open.h"

#include <inttypes.h>
#include <stdio.h>

static void show(void *context, const struct store_reread *state)
{
    struct progress *p = context;
    p->total = (size_t)state->total;
    progress_show(p, (size_t)state->done);
}

/* Decisions whose words are gone: one a line, as rows or as sentences. */
static bool say_orphans(struct store *store, bool json, size_t *n, struct err *err)
{
    struct buf out = {0};
    struct row_ndjson rows = row_ndjson_make(&out);
    struct store_query query = {.noun = NOUN_DECISION, .filter = {.orphaned = true}};
    bool ok = store_list_all(store, &query, &rows.sink, err);
    struct str rest = buf_str(&out), line;
    *n = 0;
    while (ok && str_split(&rest, '\n', &line)) {
        cJSON *row = cJSON_ParseWithLength(line.p, line.n);
        const cJSON *target = cJSON_GetObjectItem(row, "target");
        const cJSON *words = cJSON_GetObjectItem(
            cJSON_GetArrayItem(cJSON_GetObjectItem(cJSON_GetObjectItem(row, "after"), "content"),
                               0),
            "exact");
        const char *action = cJSON_GetStringValue(cJSON_GetObjectItem(row, "action"));
        const char *said = cJSON_GetStringValue(words);
        if (json)
            printf("%.*s\n", STR_ARG(line));
        else
            printf("  decision %.0f (%s, statement %.0f): %s\n",
                   cJSON_GetNumberValue(cJSON_GetObjectItem(row, "id")), action ? action : "",
                   cJSON_GetNumberValue(cJSON_GetObjectItem(target, "id")),
                   said ? said : "its words");
        cJSON_Delete(row);
        ++*n;
    }
    buf_finish(&out);
    return ok;
}

static bool count_orphans(struct store *store, int64_t *n, struct err *err)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json rows = row_json_make(&j);
    struct store_query query = {.noun = NOUN_DECISION, .filter = {.orphaned = true}, .limit = 1};
    struct store_page page = {0};
    json_array(&j);
    bool ok = store_list(store, &query, &rows.sink, &page, err);
    buf_finish(&out);
    *n = page.total;
    return ok;
}

static bool say_end(struct store *store, const struct store_reread *s, bool json, struct err *err)
{
    int64_t orphans = 0;
    size_t listed;
    if (!count_orphans(store, &orphans, err))
        return false;
    if (json)
        printf("{\"read\":%" PRId64 ",\"changed\":%" PRId64 ",\"from_text\":%" PRId64
               ",\"failed\":%" PRId64 ",\"orphaned\":%" PRId64 "}\n",
               s->done, s->changed, s->from_text, s->failed, orphans);
    else
        printf("%" PRId64 " articles read again, %" PRId64 " with another text, %" PRId64
               " from the stored text; %" PRId64 " stories failed; %" PRId64
               " decisions have lost their words%s\n",
               s->done, s->changed, s->from_text, s->failed, orphans, orphans ? ":" : "");
    return say_orphans(store, json, &listed, err);
}

bool run_reread(struct arena *a, const struct config *config, struct err *err)
{
    struct store *store;
    struct store_reread state;
    struct progress progress;
    bool left = false, json = config_on(config, OPT_JSON);
    int64_t id = 0;
    if (!cli_store_open(a, config, CLI_STORE_WRITE, &store, err))
        return false;
    bool ok = store_reread_now(store, &state, err);
    if (ok && state.id && !json)
        fprintf(stderr,
                "going on where it was left: %" PRId64 " of %" PRId64 " articles are read\n",
                state.done, state.total);
    ok = ok && store_reread_begin(store, 0, &id, err) && store_reread_state(store, id, &state, err);
    progress = progress_begin("reading", ok ? (size_t)state.total : 0);
    progress.terminal = progress.terminal && !json;
    struct reread_options options = {.stop = cli_interrupt(), .seen = show, .context = &progress};
    ok = ok && ingest_reread(store, &options, &left, err);
    progress_end(&progress);
    ok = ok && store_reread_state(store, id, &state, err);
    if (ok && left)
        ok =
            fail(err, ERR_TIMEOUT,
                 "stopped: %" PRId64 " of %" PRId64 " articles are read; reread goes on from there",
                 state.done, state.total);
    ok = ok && say_end(store, &state, json, err);
    store_close(store);
    return ok;
}
