/* Decisions about actors: described otherwise, merged, split, dismissed as nobody. */
#include "store/decision/deciding.h"

#include <string.h>

#define ACTOR_SNAPSHOT                                                                             \
    "SELECT json_object('key', x.key, 'name', x.name, 'kind', x.kind, 'role', x.role, 'of', x.of," \
    " 'wikidata', x.wikidata, 'names', (SELECT json_group_array(json_object('text', n.text, "      \
    "'kind', n.kind))"                                                                             \
    " FROM actor_names n WHERE n.actor = x.key)) FROM actors x WHERE x.key = :key"

static bool touch_actor(struct deciding *d, struct str key)
{
    return decide_touch_all(d, "SELECT story FROM story_actors WHERE actor = :key", 0, key);
}

static bool merge_actor(struct deciding *d)
{
    static const char *const names[] = {"into", "with", NULL};
    struct str into = decide_value_str(d, "into");
    into = into.n ? into : decide_value_str(d, "with");
    if (!decide_only(d, names))
        return false;
    if (!into.n || str_eq(into, d->key))
        return fail(d->err, ERR_INVALID, "\"into\" must be another actor's key");
    cJSON *actor = decide_load(d, ACTOR_SNAPSHOT, 0, into);
    if (!actor)
        return fail(d->err, ERR_MISSING, "there is no such actor");
    cJSON_AddItemToObject(d->after, "into", actor);
    return touch_actor(d, d->key) && touch_actor(d, into);
}

static bool is_own(struct deciding *d, int64_t statement)
{
    return decide_finds(d,
                        "SELECT 1 FROM statements WHERE id = :id AND speaker = :key AND story > 0",
                        statement, d->key);
}

/* {"actor": {"key","name","kind"}, "names": ["J. Smith"]} or with "statements": [anchors] */
static bool split_actor(struct deciding *d)
{
    static const char *const names[] = {"name", "kind", "names", "statements", NULL};
    struct str name = decide_value_str(d, "name");
    const cJSON *only = decide_value(d, "names"), *statements = decide_value(d, "statements"), *id;
    if (!decide_only(d, names) || !decide_list(d, "names", false) ||
        !decide_list(d, "statements", true))
        return false;
    if (!name.n || (cJSON_GetArraySize(only) == 0 && cJSON_GetArraySize(statements) == 0))
        return fail(d->err, ERR_INVALID, "a split needs a name, and names or statements that go");
    cJSON *actor = cJSON_AddObjectToObject(d->after, "actor");
    struct str slug = arena_str(&d->arena, decide_slug(&d->arena, name));
    if (str_eq(slug, d->key))
        slug = arena_fmt(&d->arena, "%.*s-2", STR_ARG(slug));
    cJSON_AddStringToObject(actor, "key", slug.p);
    cJSON_AddStringToObject(actor, "name", name.p);
    cJSON_AddStringToObject(actor, "kind",
                            decide_value_str(d, "kind").n
                                ? decide_value_str(d, "kind").p
                                : cJSON_GetObjectItem(d->before, "kind")->valuestring);
    cJSON_AddItemToObject(d->after, "names",
                          cJSON_IsArray(only) ? cJSON_Duplicate(only, true) : cJSON_CreateArray());
    cJSON *anchors = cJSON_AddArrayToObject(d->after, "statements");
    cJSON_ArrayForEach(id, statements) {
        cJSON *anchor =
            is_own(d, (int64_t)id->valuedouble) ? decide_anchor(d, (int64_t)id->valuedouble) : NULL;
        if (!anchor)
            return fail(d->err, ERR_INVALID, "what goes must be statements by that actor");
        cJSON_AddItemToArray(anchors, anchor);
    }
    return touch_actor(d, d->key);
}

/* Whose it is: the key of another actor, or nothing. */
static bool check_of(struct deciding *d)
{
    struct str of = decide_value_str(d, "of");
    if (!of.n)
        return true;
    cJSON *actor = decide_load(d, ACTOR_SNAPSHOT, 0, of);
    cJSON_Delete(actor);
    if (!actor || str_eq(of, d->key))
        return fail(d->err, ERR_INVALID, "\"of\" must be another actor's key");
    return true;
}

static const cJSON *with_text(const cJSON *names, const char *text)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, names) {
        if (strcmp(cJSON_GetObjectItem(one, "text")->valuestring, text) == 0)
            return one;
    }
    return NULL;
}

/* All its names as they shall be: those that were there keep their kind, those that are left out
 * stand in "without", where the engine's next reading looks. */
static bool put_names(struct deciding *d)
{
    const cJSON *given = decide_value(d, "names"), *before, *one;
    if (!given)
        return true;
    if (!decide_list(d, "names", false))
        return false;
    before = cJSON_GetObjectItem(d->before, "names");
    cJSON *all = cJSON_CreateArray(), *without = cJSON_CreateArray();
    cJSON_ReplaceItemInObject(d->after, "names", all);
    cJSON_AddItemToObject(d->after, "without", without);
    cJSON_ArrayForEach(one, given) {
        struct str text = arena_str(&d->arena, str_trim(str_of(one->valuestring)));
        const cJSON *was = with_text(before, text.p);
        cJSON *name = was ? cJSON_Duplicate(was, true) : cJSON_CreateObject();
        if (!was) {
            cJSON_AddStringToObject(name, "text", text.p);
            cJSON_AddStringToObject(name, "kind", name_kind_names[NAME_FULL]);
        }
        if (text.n && !with_text(all, text.p))
            cJSON_AddItemToArray(all, name);
        else
            cJSON_Delete(name);
    }
    cJSON_ArrayForEach(one, before) {
        const char *text = cJSON_GetObjectItem(one, "text")->valuestring;
        if (!with_text(all, text) &&
            strcmp(text, cJSON_GetObjectItem(d->after, "name")->valuestring) != 0)
            cJSON_AddItemToArray(without, cJSON_CreateString(text));
    }
    return decide_touch_named(d, all);
}

static bool edit_actor(struct deciding *d)
{
    static const char *const names[] = {"name", "kind", "role", "of", "wikidata", "names", NULL};
    enum { TEXTS = 5 };
    cJSON_Delete(d->after);
    d->after = cJSON_Duplicate(d->before, true);
    if (!decide_only(d, names))
        return false;
    for (size_t i = 0; i < TEXTS; i++) {
        const cJSON *given = decide_value(d, names[i]);
        struct str key = {0};
        bool made = cJSON_IsObject(given) && strcmp(names[i], "of") == 0;
        if (made && !decide_new_actor(d, names[i], given, &key))
            return false;
        if (!made && !decide_text(d, names[i]))
            return false;
        if (given)
            cJSON_ReplaceItemInObject(d->after, names[i],
                                      cJSON_CreateString(made ? key.p
                                                         : cJSON_IsString(given)
                                                             ? given->valuestring
                                                             : ""));
    }
    if (!cJSON_GetObjectItem(d->after, "name")->valuestring[0])
        return fail(d->err, ERR_INVALID, "an actor needs a name");
    if (!decide_wikidata(decide_value_str(d, "wikidata")))
        return fail(d->err, ERR_INVALID, "a Wikidata id is Q and a number");
    if (!check_of(d) || !put_names(d))
        return false;
    return touch_actor(d, d->key);
}

static bool is_actor_kind(const cJSON *value)
{
    const cJSON *kind = value ? cJSON_GetObjectItemCaseSensitive(value, "kind") : NULL;
    for (int i = 0; kind && cJSON_IsString(kind) && i < ACTOR_KIND_COUNT; i++)
        if (strcmp(kind->valuestring, actor_kind_names[i]) == 0)
            return true;
    return !kind;
}

/* Nobody: a heading, a place, a mistake. What it was thought to say has no speaker any more. */
static bool dismiss_actor(struct deciding *d)
{
    cJSON_Delete(d->after);
    d->after = cJSON_Duplicate(d->before, true);
    cJSON_AddTrueToObject(d->after, "dismissed");
    return touch_actor(d, d->key);
}

static void call(cJSON *state, const cJSON *actor)
{
    cJSON_AddStringToObject(state, "id", cJSON_GetObjectItem(actor, "key")->valuestring);
    cJSON_AddStringToObject(state, "called", cJSON_GetObjectItem(actor, "name")->valuestring);
}

/* Two, however alike: nothing changes but that nobody asks again. No story is compared anew for
 * that, so the states do not name them as others do. */
static bool keep_apart(struct deciding *d)
{
    static const char *const names[] = {"as", NULL};
    struct str as = decide_value_str(d, "as");
    if (!decide_only(d, names))
        return false;
    cJSON *other = as.n && !str_eq(as, d->key) ? decide_load(d, ACTOR_SNAPSHOT, 0, as) : NULL;
    if (!other)
        return fail(d->err, ERR_INVALID, "\"as\" must be another actor's key");
    cJSON *before = cJSON_CreateObject();
    call(before, d->before);
    call(cJSON_AddObjectToObject(d->after, "apart"), other);
    cJSON_Delete(other);
    cJSON_Delete(d->before);
    d->before = before;
    return true;
}

bool decide_actor(struct deciding *d)
{
    if (decide_is(d, "add"))
        return decide_listed(d);
    d->before = decide_load(d, ACTOR_SNAPSHOT, 0, d->key);
    if (!d->before)
        return fail(d->err, ERR_MISSING, "there is no such actor");
    if (!is_actor_kind(d->decision->value))
        return fail(d->err, ERR_INVALID, "\"kind\" is not a kind of actor");
    d->after = cJSON_CreateObject();
    if (decide_is(d, "merge"))
        return merge_actor(d);
    if (decide_is(d, "split"))
        return split_actor(d);
    if (decide_is(d, "reject"))
        return keep_apart(d);
    if (decide_is(d, "dismiss"))
        return dismiss_actor(d);
    return decide_is(d, "edit") ? edit_actor(d) : decide_unfit(d);
}
