/* Shared by tests of the store and the pipeline: see stored.h. */
#include "support/stored.h"

#include "store/db/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void stored_setup(struct stored *s)
{
    *s = (struct stored){.folder = "/tmp/synoptic-test-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(s->folder));
    snprintf(s->path, sizeof s->path, "%s", address_in(s->folder));
    stored_open(s);
}

void stored_teardown(struct stored *s)
{
    char command[128];
    stored_close(s);
    snprintf(command, sizeof command, "rm -r '%s'", s->folder);
    ck_assert_int_eq(system(command), 0);
}

void stored_open(struct stored *s)
{
    struct err err = {0};
    struct store_options options = {.path = s->path, .stays = true};
    ck_assert_msg(store_open(&options, &s->store, &err), "%s", err.message);
}

void stored_close(struct stored *s)
{
    store_close(s->store);
    s->store = NULL;
}

int64_t stored_import(struct stored *s, const char *name)
{
    struct err err = {0};
    int64_t import = 0;
    char path[256];
    const char *dir = getenv("TESTS_DIR"), *paths[] = {path};
    snprintf(path, sizeof path, "%s/%s", dir ? dir : "tests", name);
    ck_assert_msg(ingest_submit_files(s->store, &(struct ingest_files){paths, 1, .type = "auto"},
                                      &import, &err),
                  "%s", err.message);
    ck_assert_msg(worker_drain(s->store, NULL, NULL, &err), "%s", err.message);
    return import;
}

static cJSON *parsed(struct buf *out)
{
    cJSON *tree = NULL;
    struct err err = {0};
    ck_assert_msg(json_parse(buf_str(out), &tree, &err), "%s", err.message);
    buf_finish(out);
    return tree;
}

cJSON *stored_rows(struct stored *s, enum store_noun noun, struct store_filter filter)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json rows = row_json_make(&j);
    struct store_query query = {.noun = noun, .filter = filter, .limit = 200};
    struct store_page page;
    struct err err = {0};
    json_array(&j);
    ck_assert_msg(store_list(s->store, &query, &rows.sink, &page, &err), "%s", err.message);
    json_end_array(&j);
    cJSON *tree = parsed(&out);
    if (!page.next[0])
        ck_assert_int_eq(cJSON_GetArraySize(tree), page.total);
    return tree;
}

cJSON *stored_item(struct stored *s, enum store_noun noun, int64_t id, const char *key)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json rows = row_json_make(&j);
    struct store_query query = {.noun = noun, .id = id, .key = str_of(key)};
    struct err err = {0};
    ck_assert_msg(store_item(s->store, &query, &rows.sink, &err), "%s", err.message);
    return parsed(&out);
}

bool stored_reread(struct stored *s)
{
    struct err err = {0};
    int64_t id;
    bool left = true;
    struct reread_options options = {0};
    return store_reread_begin(s->store, 0, &id, &err) &&
           ingest_reread(s->store, &options, &left, &err) && !left;
}

cJSON *stored_comparison(struct stored *s, int64_t story)
{
    struct buf out = {0};
    struct err err = {0};
    ck_assert_msg(store_comparison(s->store, story,
                                   (struct compare_form){OFFSET_CODE_POINTS, false}, &out, &err),
                  "%s", err.message);
    return parsed(&out);
}

bool stored_try(struct stored *s, const struct stored_deed *deed, int64_t *entry, struct err *err)
{
    cJSON *tree = deed->value ? cJSON_Parse(deed->value) : NULL;
    ck_assert_msg(!deed->value || tree, "%s", deed->value);
    struct store_decision d = {.action = str_of(deed->action),
                               .target = str_of(deed->target),
                               .id = deed->id,
                               .key = str_of(deed->key),
                               .value = tree};
    bool ok = ingest_decide(s->store, &d, entry, err);
    cJSON_Delete(tree);
    return ok;
}

int64_t stored_decide(struct stored *s, const char *action, const char *target, int64_t id,
                      const char *value)
{
    struct err err = {0};
    struct stored_deed deed = {.action = action, .target = target, .id = id, .value = value};
    int64_t entry = 0;
    ck_assert_msg(stored_try(s, &deed, &entry, &err), "%s", err.message);
    return entry;
}

int64_t stored_number(struct stored *s, const char *sql)
{
    struct err err = {0};
    struct db *db = store_read_begin(s->store, 0, &err);
    int64_t n = db_number(db, sql, 0, -1);
    store_read_end(s->store, db);
    return n;
}

void stored_run(struct stored *s, const char *sql)
{
    struct err err = {0};
    struct db *db = store_write_begin(s->store, &err);
    bool ok = db_run(db, sql, &err);
    ck_assert_msg(store_write_end(s->store, ok, CHANGED_CONTENT, &err), "%s", err.message);
}

void stored_verify(struct stored *s)
{
    struct arena a = {0};
    struct str findings = {0};
    struct err err = {0};
    ck_assert_msg(store_verify(s->store, &a, &findings, &err), "%s", err.message);
    ck_assert_msg(findings.n == 0, "%.*s", STR_ARG(findings));
    arena_finish(&a);
}

cJSON *row_with(cJSON *rows, const char *name, const char *value)
{
    cJSON *row;
    cJSON_ArrayForEach(row, rows) {
        cJSON *member = cJSON_GetObjectItemCaseSensitive(row, name);
        char *text = cJSON_PrintUnformatted(member);
        bool met = cJSON_IsString(member) ? strcmp(member->valuestring, value) == 0
                                          : text && strstr(text, value);
        cJSON_free(text);
        if (met)
            return row;
    }
    return NULL;
}

int64_t row_int(const cJSON *row, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(row, name);
    ck_assert_msg(cJSON_IsNumber(member), "no number \"%s\"", name);
    return (int64_t)member->valuedouble;
}

const char *row_text(const cJSON *row, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(row, name);
    return cJSON_IsString(member) ? member->valuestring : "";
}
