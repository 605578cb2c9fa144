/* What is changed at once when a decision is made, undone or made again: articles, stories and
 * actors as a state kept for before and after says. */
#include "store/decision/deciding.h"

static struct str text_of(const cJSON *state, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(state, name);
    return cJSON_IsString(item) ? str_of(item->valuestring) : (struct str){0};
}

static int64_t number_of(const cJSON *state, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(state, name);
    return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : 0;
}

/* Members that states of earlier versions of the program do not have: nothing is said of them. */
static void bind_later(struct query *q, const char *name, const cJSON *item)
{
    if (cJSON_IsString(item))
        query_str(q, name, str_of(item->valuestring));
    else
        query_str_opt(q, name, (struct str){0});
}

/* An article's statements go along with it. Those of a deleted one stay, out of sight, for when it
 * comes back: then they have the ids they had. */
static bool apply_statements(struct db *db, const cJSON *state, struct err *err)
{
    struct query q = query_begin(
        db, "UPDATE statements SET story = :story, utterance = iif(:story < 0, NULL, utterance),"
            " status = iif(:story < 0, 'rejected', status) WHERE article = :id");
    query_int(&q, ":id", number_of(state, "id"));
    query_int(&q, ":story", number_of(state, "story"));
    return query_do(&q, err);
}

static bool apply_article(struct db *db, const cJSON *state, struct err *err)
{
    struct query q = query_begin(db, "INSERT INTO outlets (name) SELECT :outlet WHERE :outlet <> ''"
                                     " ON CONFLICT DO NOTHING");
    query_str(&q, ":outlet", text_of(state, "outlet"));
    if (!query_do(&q, err))
        return false;
    q = query_begin(db, "UPDATE articles SET story = :story, reviewed = :reviewed, title = :title,"
                        " published = :published, day = substr(:published, 1, 10),"
                        " url = coalesce(:url, url), byline = coalesce(:byline, byline),"
                        " outlet = (SELECT id FROM outlets WHERE name = :outlet) WHERE id = :id");
    query_int(&q, ":id", number_of(state, "id"));
    query_int(&q, ":story", number_of(state, "story"));
    query_int(&q, ":reviewed", number_of(state, "reviewed"));
    query_str(&q, ":title", text_of(state, "title"));
    query_str(&q, ":published", text_of(state, "published"));
    query_str(&q, ":outlet", text_of(state, "outlet"));
    bind_later(&q, ":url", cJSON_GetObjectItemCaseSensitive(state, "url"));
    bind_later(&q, ":byline", cJSON_GetObjectItemCaseSensitive(state, "byline"));
    return query_do(&q, err) && apply_statements(db, state, err);
}

/* An actor that no text names has only this row; of others the stories' comparisons follow. */
static bool apply_actor(struct db *db, const cJSON *state, struct err *err)
{
    struct query q = query_begin(db, "UPDATE actors SET name = :name, kind = :kind, role = :role,"
                                     " of = :of WHERE key = :key");
    query_str(&q, ":key", text_of(state, "key"));
    query_str(&q, ":name", text_of(state, "name"));
    query_str(&q, ":kind", text_of(state, "kind"));
    query_str(&q, ":role", text_of(state, "role"));
    query_str(&q, ":of", text_of(state, "of"));
    return query_do(&q, err);
}

cJSON *decide_came_since(struct db *db, const cJSON *before, const cJSON *after, struct err *err)
{
    cJSON *all = NULL;
    const cJSON *home = cJSON_GetArrayItem(cJSON_GetObjectItem(before, "articles"), 0);
    int64_t fresh = number_of(after, "fresh");
    if (!fresh || !home)
        return NULL;
    struct query q = query_begin(
        db, "SELECT json_object('articles', json_group_array(" ARTICLE_STATE ")) FROM articles a"
            " WHERE a.story = :id AND a.id NOT IN (SELECT json_extract(value, '$.id')"
            "  FROM json_each(:there))");
    char *there = cJSON_PrintUnformatted(cJSON_GetObjectItem(before, "articles"));
    query_int(&q, ":id", fresh);
    query_str(&q, ":there", str_of(there));
    if (query_step(&q)) {
        struct str text = query_peek_str(&q, 0);
        all = cJSON_ParseWithLength(text.p, text.n);
    }
    cJSON_free(there);
    if (query_end(&q, err))
        return all;
    cJSON_Delete(all);
    return NULL;
}

cJSON *decide_moved(const cJSON *state, const cJSON *before)
{
    const cJSON *home = cJSON_GetArrayItem(cJSON_GetObjectItem(before, "articles"), 0);
    cJSON *moved = state ? cJSON_Duplicate(state, true) : NULL, *article;
    cJSON_ArrayForEach(article, cJSON_GetObjectItem(moved, "articles")) {
        cJSON_ReplaceItemInObject(article, "story",
                                  cJSON_CreateNumber((double)number_of(home, "story")));
    }
    return moved;
}

bool decide_apply(struct db *db, const cJSON *state, struct err *err)
{
    const cJSON *item;
    if (!cJSON_IsObject(state))
        return true;
    if (cJSON_IsString(cJSON_GetObjectItemCaseSensitive(state, "key")) &&
        !apply_actor(db, state, err))
        return false;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(state, "articles")) {
        if (!apply_article(db, item, err))
            return false;
    }
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(state, "stories")) {
        struct query q = query_begin(db, "UPDATE stories SET title = :title, title_by = :by"
                                         " WHERE id = :id");
        query_int(&q, ":id", number_of(item, "id"));
        query_str(&q, ":title", text_of(item, "title"));
        query_str(&q, ":by", text_of(item, "title_by"));
        if (!query_do(&q, err))
            return false;
    }
    return true;
}
