/* Decisions about outlets: renamed, given the address of their site, merged. They change at once,
 * by a state that is kept for before and after: {"outlets":[{"id", "name", ...}]}. */
#include "store/decision/deciding.h"

#define OUTLET_STATE                                                                               \
    "json_object('id', o.id, 'name', o.name, 'found', o.found, 'domain', o.domain, 'part_of',"     \
    " o.part_of)"

static bool is_outlet(struct deciding *d, int64_t id)
{
    return decide_finds(d, "SELECT 1 FROM outlets WHERE id = :id AND part_of IS NULL", id,
                        (struct str){0});
}

/* The outlet and those that are part of it. */
static bool load_state(struct deciding *d, int64_t id)
{
    cJSON *outlets = decide_load(d,
                                 "SELECT json_group_array(json(b.one)) FROM (SELECT " OUTLET_STATE
                                 " AS one FROM outlets o WHERE o.id = :id OR o.part_of = :id"
                                 " ORDER BY o.id <> :id, o.id) b",
                                 id, (struct str){0});
    d->before = cJSON_CreateObject();
    cJSON_AddItemToObject(d->before, "outlets", outlets ? outlets : cJSON_CreateArray());
    d->after = cJSON_Duplicate(d->before, true);
    return cJSON_GetArraySize(outlets) > 0;
}

static cJSON *state_at(struct deciding *d, int i)
{
    return cJSON_GetArrayItem(cJSON_GetObjectItem(d->after, "outlets"), i);
}

static void put(cJSON *state, const char *name, cJSON *item)
{
    cJSON_ReplaceItemInObjectCaseSensitive(state, name, item);
}

/* Its pages go on to use the name it had first. */
static bool rename_outlet(struct deciding *d, struct str name)
{
    cJSON *state = state_at(d, 0);
    const cJSON *had = cJSON_GetObjectItemCaseSensitive(state, "name");
    if (str_eq(name, str_of(had->valuestring)))
        return true;
    if (!outlet_make_room(d->db, name, d->id, d->err))
        return false;
    if (cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(state, "found")))
        put(state, "found", cJSON_CreateString(had->valuestring));
    put(state, "name", cJSON_CreateString(arena_str(&d->arena, name).p));
    return true;
}

static bool edit(struct deciding *d)
{
    static const char *const names[] = {"name", "domain", NULL};
    struct str name = str_trim(decide_value_str(d, "name"));
    struct str domain = str_trim(decide_value_str(d, "domain"));
    if (!decide_only(d, names) || !decide_text(d, "name") || !decide_text(d, "domain"))
        return false;
    if (decide_value(d, "name") && (!name.n || name.n > 200))
        return fail(d->err, ERR_INVALID, "an outlet needs a name of at most 200 bytes");
    if (str_find(domain, S("/"), 0) != STR_NONE || str_find(domain, S(" "), 0) != STR_NONE)
        return fail(d->err, ERR_INVALID, "\"domain\" must be a host name, like example.org");
    if (decide_value(d, "domain"))
        put(state_at(d, 0), "domain", cJSON_CreateString(arena_str(&d->arena, domain).p));
    return !decide_value(d, "name") || rename_outlet(d, name);
}

/* Its articles, those that are here and those to come, are the other's. */
static bool merge(struct deciding *d)
{
    static const char *const names[] = {"into", NULL};
    int64_t into = decide_value_id(d, "into");
    if (!decide_only(d, names))
        return false;
    if (!into || into == d->id || !is_outlet(d, into))
        return fail(d->err, ERR_INVALID, "\"into\" must be another outlet's number");
    for (int i = 0; state_at(d, i); i++)
        put(state_at(d, i), "part_of", cJSON_CreateNumber((double)into));
    return decide_touch_all(d,
                            "SELECT DISTINCT story FROM articles WHERE outlet = :id AND story > 0",
                            into, (struct str){0});
}

bool decide_outlet(struct deciding *d)
{
    if (!is_outlet(d, d->id) || !load_state(d, d->id))
        return fail(d->err, ERR_MISSING, "there is no such outlet");
    if (decide_is(d, "edit"))
        return edit(d);
    return decide_is(d, "merge") ? merge(d) : decide_unfit(d);
}
