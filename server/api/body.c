/* JSON bodies: one object, known members only. */
#include "api/parts.h"

bool body_object(const struct http_context *c, const char *members, cJSON **tree, struct err *err)
{
    cJSON *root = NULL;
    if (!json_parse(c->request.body, &root, err))
        return false;
    bool ok = cJSON_IsObject(root) || fail(err, ERR_INVALID, "the body must be a JSON object");
    for (const cJSON *member = root->child; ok && member; member = member->next)
        if (!str_listed(members, str_of(member->string)))
            ok = fail(err, ERR_INVALID, "the object may only have the members: %s", members);
    if (!ok) {
        cJSON_Delete(root);
        return false;
    }
    *tree = root;
    return true;
}

bool body_id(const cJSON *object, const char *key, int64_t *out, struct err *err)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    *out = 0;
    if (!item || cJSON_IsNull(item))
        return true;
    double value = cJSON_IsNumber(item) ? item->valuedouble : 0;
    if (value < 1 || value > 9007199254740991.0 || value != (double)(int64_t)value)
        return fail(err, ERR_INVALID, "\"%s\" must be a whole number from 1 to 2^53-1", key);
    *out = (int64_t)value;
    return true;
}
