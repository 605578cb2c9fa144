/* What looking things up and deciding takes. */
#include "ingest/project/taking.h"

/* A list's rows as a tree, for looking things up. */
cJSON *taking_rows(struct taking *t, struct store_query query)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json rows = row_json_make(&j);
    json_array(&j);
    bool ok = store_list_all(t->store, &query, &rows.sink, t->err);
    json_end_array(&j);
    cJSON *tree = ok ? cJSON_ParseWithLength(out.p, out.n) : NULL;
    buf_finish(&out);
    return tree;
}

struct str taking_text(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? str_of(item->valuestring) : (struct str){0};
}

double taking_number(const cJSON *object, const char *name, double without)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(item) && item->valuedouble > -1e15 && item->valuedouble < 1e15
               ? item->valuedouble
               : without;
}

bool taking_decide(struct taking *t, struct store_decision decision, cJSON *value)
{
    int64_t id;
    decision.value = value;
    bool ok = store_decide(t->store, &decision, &id, t->err);
    cJSON_Delete(value);
    return ok;
}
