/* What the decisions about every type of target share: the stories they touch, members of their
 * value, states as JSON. */
#include "store/decision/deciding.h"

#include "base/day.h"

#include <string.h>

void decide_touch(struct deciding *d, int64_t story)
{
    for (size_t i = 0; i < d->n_stories; i++)
        if (d->stories[i] == story)
            return;
    d->stories =
        arena_grow(&d->arena, d->stories, d->n_stories, &d->cap_stories, sizeof *d->stories);
    d->stories[d->n_stories++] = story;
}

static void bind_target(struct query *q, int64_t id, struct str key)
{
    if (query_has(q, ":id"))
        query_int(q, ":id", id);
    if (query_has(q, ":key"))
        query_str(q, ":key", key);
}

bool decide_touch_all(struct deciding *d, const char *sql, int64_t id, struct str key)
{
    struct query q = query_begin(d->db, sql);
    bind_target(&q, id, key);
    while (query_step(&q))
        decide_touch(d, query_get_int(&q, 0));
    return query_end(&q, d->err);
}

/* An actor's key, its name, or one of its names. */
static bool is_form(const cJSON *item)
{
    static const char *const names[] = {"key", "name", "text"};
    if (!cJSON_IsString(item) || !item->valuestring[0])
        return false;
    for (size_t i = 0; item->string && i < sizeof names / sizeof *names; i++)
        if (strcmp(item->string, names[i]) == 0)
            return true;
    return !item->string;
}

bool decide_touch_named(struct deciding *d, const cJSON *state)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, state) {
        if (!decide_touch_named(d, item))
            return false;
        if (is_form(item) &&
            !decide_touch_all(d,
                              "SELECT story FROM story_actors WHERE actor = :key UNION"
                              " SELECT w.story FROM actor_names n JOIN story_actors w"
                              " ON w.actor = n.actor WHERE n.text COLLATE NOCASE = :key"
                              " AND instr(w.names, char(10) || :key || char(9)) > 0",
                              0, str_of(item->valuestring)))
            return false;
    }
    return true;
}

cJSON *decide_load(struct deciding *d, const char *sql, int64_t id, struct str key)
{
    cJSON *tree = NULL;
    struct query q = query_begin(d->db, sql);
    bind_target(&q, id, key);
    if (query_step(&q)) {
        struct str text = query_peek_str(&q, 0);
        tree = cJSON_ParseWithLength(text.p, text.n);
    }
    if (!query_end(&q, &d->failed)) {
        cJSON_Delete(tree);
        return NULL;
    }
    return tree;
}

bool decide_finds(struct deciding *d, const char *sql, int64_t id, struct str key)
{
    struct query q = query_begin(d->db, sql);
    bind_target(&q, id, key);
    bool found = query_step(&q);
    return query_end(&q, &d->failed) && found;
}

bool decide_is(const struct deciding *d, const char *action)
{
    return str_eq(d->decision->action, str_of(action));
}

bool decide_unfit(const struct deciding *d)
{
    return fail(d->err, ERR_INVALID, "\"%.*s\" is not something to do with that",
                STR_ARG(str_slice(d->decision->action, 0, 40)));
}

const cJSON *decide_value(const struct deciding *d, const char *name)
{
    return d->decision->value ? cJSON_GetObjectItemCaseSensitive(d->decision->value, name) : NULL;
}

int64_t decide_value_id(const struct deciding *d, const char *name)
{
    const cJSON *item = decide_value(d, name);
    double number = cJSON_IsNumber(item) ? item->valuedouble : 0;
    return number >= 1 && number < 9007199254740992.0 && number == (double)(int64_t)number
               ? (int64_t)number
               : 0;
}

struct str decide_value_str(const struct deciding *d, const char *name)
{
    const cJSON *item = decide_value(d, name);
    return cJSON_IsString(item) ? str_of(item->valuestring) : (struct str){0};
}

bool decide_text(const struct deciding *d, const char *name)
{
    const cJSON *item = decide_value(d, name);
    return !item || cJSON_IsString(item) || cJSON_IsNull(item) ||
           fail(d->err, ERR_INVALID, "\"%s\" must be a text", name);
}

bool decide_when(const struct deciding *d, const char *name, enum decide_time time)
{
    struct str text = decide_value_str(d, name);
    if (!decide_text(d, name))
        return false;
    if (!text.n || (time == TIME_MOMENT ? day_is_moment(text) : day_valid(text)))
        return true;
    return fail(d->err, ERR_INVALID, "\"%s\" must be a day, YYYY-MM-DD%s", name,
                time == TIME_MOMENT ? ", or a day and a time, YYYY-MM-DDThh:mm:ssZ" : "");
}

bool decide_list(const struct deciding *d, const char *name, bool of_ids)
{
    const cJSON *list = decide_value(d, name), *item;
    bool ok = !list || cJSON_IsArray(list);
    cJSON_ArrayForEach(item, list) {
        ok = ok && (of_ids ? cJSON_IsNumber(item) : cJSON_IsString(item));
    }
    return ok || fail(d->err, ERR_INVALID, "\"%s\" must be a list of %s", name,
                      of_ids ? "numbers" : "texts");
}

bool decide_only(const struct deciding *d, const char *const *names)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, d->decision->value) {
        size_t i = 0;
        while (names[i] && strcmp(names[i], item->string) != 0)
            i++;
        if (!names[i])
            return fail(d->err, ERR_INVALID, "value has no member \"%.40s\" for this",
                        item->string);
    }
    return true;
}

struct str decide_slug(struct arena *a, struct str name)
{
    char *p = arena_alloc(a, name.n + 8);
    size_t n = 0;
    for (size_t i = 0; i < name.n && n < 80; i++) {
        char c = name.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            p[n++] = c;
        else if (n && p[n - 1] != '-')
            p[n++] = '-';
    }
    while (n && p[n - 1] == '-')
        n--;
    return n ? (struct str){p, n} : arena_fmt(a, "n%llx", (unsigned long long)str_hash(name));
}

cJSON *decide_anchor(struct deciding *d, int64_t statement)
{
    return decide_load(d,
                       "SELECT json_object('id', st.id, 'article', st.article, 'exact', w.words)"
                       " FROM statements st JOIN statement_words w ON w.id = st.id"
                       " WHERE st.id = :id",
                       statement, (struct str){0});
}
