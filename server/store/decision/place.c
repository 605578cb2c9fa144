/* Decisions about articles and stories, which change at once, by a state that is kept for before
 * and after: {"articles":[{"id", "story", ...}], "stories":[...]}. */
#include "store/decision/deciding.h"

/* Before and after hold the same articles and stories; the caller changes those of after. */
static bool state_of(struct deciding *d, const char *sql, int64_t id)
{
    cJSON *articles = decide_load(d, sql, id, (struct str){0});
    if (!articles)
        return fail(d->err, ERR_INTERNAL, "the article could not be read");
    d->before = cJSON_CreateObject();
    cJSON_AddItemToObject(d->before, "articles", articles);
    d->after = cJSON_Duplicate(d->before, true);
    return true;
}

static int64_t new_story(struct deciding *d)
{
    int64_t id = 0;
    struct stamp now = stamp_now();
    struct query q = query_begin(d->db, "INSERT INTO stories (created, updated) VALUES (:now, :now)"
                                        " RETURNING id");
    query_str(&q, ":now", stamp_str(&now));
    return query_id(&q, &id, d->err) ? id : 0;
}

/* The new story goes with what made it: whatever came to it since comes back with it. */
static int64_t begin_story(struct deciding *d)
{
    int64_t id = new_story(d);
    if (id)
        cJSON_AddNumberToObject(d->after, "fresh", (double)id);
    return id;
}

static void set_number(cJSON *object, const char *name, double value)
{
    cJSON_ReplaceItemInObject(object, name, cJSON_CreateNumber(value));
}

/* story: a story's number, or null for one of its own. */
static bool move_article(struct deciding *d, cJSON *state)
{
    const cJSON *given = decide_value(d, "story");
    int64_t story = decide_value_id(d, "story");
    if (!given)
        return true;
    if (!story && !cJSON_IsNull(given))
        return fail(d->err, ERR_INVALID, "\"story\" must be a story's number or null");
    if (!story && !(story = begin_story(d)))
        return false;
    if (!decide_touch_all(d, "SELECT id FROM stories WHERE id = :id", story, (struct str){0}))
        return false;
    set_number(state, "story", (double)story);
    return d->n_stories == 2 || fail(d->err, ERR_MISSING, "there is no such other story");
}

static bool edit_article(struct deciding *d, cJSON *state)
{
    static const char *const names[] = {"title",  "outlet", "published", "url",
                                        "byline", "story",  NULL};
    if (!decide_only(d, names) || !decide_when(d, "published", TIME_MOMENT))
        return false;
    for (size_t i = 0; i < 5; i++) {
        const cJSON *given = decide_value(d, names[i]);
        if (given && !cJSON_IsString(given))
            return fail(d->err, ERR_INVALID, "\"%s\" must be a text", names[i]);
        if (given)
            cJSON_ReplaceItemInObject(state, names[i], cJSON_Duplicate(given, true));
    }
    return move_article(d, state);
}

bool decide_article(struct deciding *d)
{
    if (!decide_touch_all(d, "SELECT story FROM articles WHERE id = :id AND story > 0", d->id,
                          (struct str){0}))
        return false;
    if (d->n_stories == 0)
        return fail(d->err, ERR_MISSING, "there is no such article");
    if (!state_of(d, "SELECT json_group_array(" ARTICLE_STATE ") FROM articles a WHERE a.id = :id",
                  d->id))
        return false;
    cJSON *state = cJSON_GetArrayItem(cJSON_GetObjectItem(d->after, "articles"), 0);
    if (decide_is(d, "edit"))
        return edit_article(d, state);
    if (decide_is(d, "dismiss"))
        set_number(state, "story", STORY_OF_DELETED);
    else if (decide_is(d, "confirm") || decide_is(d, "reject"))
        set_number(state, "reviewed", decide_is(d, "confirm"));
    else
        return decide_unfit(d);
    return true;
}

static bool title_story(struct deciding *d)
{
    static const char *const names[] = {"title", NULL};
    struct str title = str_trim(decide_value_str(d, "title"));
    if (!decide_only(d, names) || !decide_text(d, "title"))
        return false;
    if (!decide_value(d, "title"))
        return fail(d->err, ERR_INVALID, "\"title\" is missing");
    cJSON *stories =
        decide_load(d,
                    "SELECT json_array(json_object('id', id, 'title', title, 'title_by', title_by))"
                    " FROM stories WHERE id = :id",
                    d->id, (struct str){0});
    cJSON_AddItemToObject(d->before, "stories", stories);
    cJSON *after = cJSON_Duplicate(stories, true), *state = cJSON_GetArrayItem(after, 0);
    cJSON_AddItemToObject(d->after, "stories", after);
    cJSON_ReplaceItemInObject(state, "title", cJSON_CreateString(arena_str(&d->arena, title).p));
    cJSON_ReplaceItemInObject(state, "title_by", cJSON_CreateString(title.n ? "person" : "engine"));
    return true;
}

static bool has_number(const cJSON *list, double number)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        if (cJSON_IsNumber(item) && item->valuedouble == number)
            return true;
    }
    return false;
}

/* Some of its articles begin a story of their own. */
static bool split_story(struct deciding *d)
{
    static const char *const names[] = {"articles", NULL};
    const cJSON *given = decide_value(d, "articles");
    cJSON *state;
    int moved = 0, all = cJSON_GetArraySize(cJSON_GetObjectItem(d->after, "articles"));
    int64_t fresh = begin_story(d);
    if (!fresh || !decide_only(d, names) || !decide_list(d, "articles", true))
        return false;
    cJSON_ArrayForEach(state, cJSON_GetObjectItem(d->after, "articles")) {
        if (!has_number(given, cJSON_GetObjectItem(state, "id")->valuedouble))
            continue;
        set_number(state, "story", (double)fresh);
        moved++;
    }
    decide_touch(d, fresh);
    return (moved && moved < all) ||
           fail(d->err, ERR_INVALID, "\"articles\" must be some of the story's, not all");
}

/* Numbers of stories as a list: one, or several. */
static cJSON *others(struct deciding *d)
{
    const cJSON *given = decide_value(d, "with");
    cJSON *list = cJSON_IsArray(given) ? cJSON_Duplicate(given, true) : cJSON_CreateArray();
    if (cJSON_IsNumber(given))
        cJSON_AddItemToArray(list, cJSON_Duplicate(given, true));
    return list;
}

/* Every one of them is another story that is there. */
static bool touch_others(struct deciding *d, const cJSON *list)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, list) {
        int64_t id = cJSON_IsNumber(one) ? (int64_t)one->valuedouble : 0;
        size_t before = d->n_stories;
        if (!decide_touch_all(d,
                              "SELECT id FROM stories WHERE id = :id AND articles > 0 AND id > 0",
                              id, (struct str){0}))
            return false;
        if (d->n_stories == before)
            return fail(d->err, ERR_MISSING, "there is no such other story");
    }
    return cJSON_GetArraySize(list) > 0 ||
           fail(d->err, ERR_INVALID, "\"with\" must be another story's number, or several");
}

/* The articles of the other stories, which come into this one. */
static bool merge_story(struct deciding *d)
{
    static const char *const names[] = {"with", NULL};
    if (!decide_only(d, names))
        return false;
    cJSON *list = others(d), *state;
    bool ok = touch_others(d, list);
    cJSON_Delete(d->before);
    cJSON_Delete(d->after);
    d->before = cJSON_CreateObject();
    char *ids = cJSON_PrintUnformatted(list);
    cJSON *articles = decide_load(d,
                                  "SELECT json_group_array(" ARTICLE_STATE ") FROM articles a"
                                  " WHERE a.story IN (SELECT CAST(rtrim(value, '') AS INTEGER)"
                                  " FROM json_each(:key))"
                                  " AND a.story > 0 AND a.story <> :id",
                                  d->id, str_of(ids));
    cJSON_free(ids);
    cJSON_Delete(list);
    cJSON_AddItemToObject(d->before, "articles", articles ? articles : cJSON_CreateArray());
    d->after = cJSON_Duplicate(d->before, true);
    cJSON_ArrayForEach(state, cJSON_GetObjectItem(d->after, "articles")) {
        set_number(state, "story", (double)d->id);
    }
    return ok;
}

static bool delete_story(struct deciding *d)
{
    cJSON *state;
    cJSON_ArrayForEach(state, cJSON_GetObjectItem(d->after, "articles")) {
        set_number(state, "story", STORY_OF_DELETED);
    }
    return true;
}

bool decide_story(struct deciding *d)
{
    if (!decide_touch_all(d, "SELECT id FROM stories WHERE id = :id AND articles > 0", d->id,
                          (struct str){0}))
        return false;
    if (d->n_stories == 0)
        return fail(d->err, ERR_MISSING, "there is no such story");
    if (!state_of(d,
                  "SELECT json_group_array(" ARTICLE_STATE ") FROM articles a WHERE a.story = :id",
                  d->id))
        return false;
    if (decide_is(d, "edit"))
        return title_story(d);
    if (decide_is(d, "split"))
        return split_story(d);
    if (decide_is(d, "dismiss"))
        return delete_story(d);
    return decide_is(d, "merge") ? merge_story(d) : decide_unfit(d);
}
