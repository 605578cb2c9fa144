/* What is changed at once when a decision is made, undone or made again: articles, stories, outlets
 * and actors as a state kept for before and after says. */
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

/* An article's statements go along with it. Those of a deleted one stay, out of sight, for when it
 * comes back: then they have the ids they had. */
static bool apply_statements(struct db *db, const cJSON *state, struct err *err)
{
    struct query q = query_begin(
        db,
        "UPDATE statement_rows SET story = :story, utterance = iif(:story < 0, NULL, utterance),"
        " status_number = iif(:story < 0, :rejected, status_number) WHERE article = :id");
    query_int(&q, ":rejected", STATUS_REJECTED);
    query_int(&q, ":id", number_of(state, "id"));
    query_int(&q, ":story", number_of(state, "story"));
    return query_do(&q, err);
}

static bool move_article(struct db *db, const cJSON *is, struct err *err)
{
    if (!story_leaves(db, number_of(is, "id"), number_of(is, "story"), err))
        return false;
    struct query q = query_begin(db, "UPDATE articles SET story = :story, slot = 0 WHERE id = :id");
    query_int(&q, ":id", number_of(is, "id"));
    query_int(&q, ":story", number_of(is, "story"));
    return query_do(&q, err) && apply_statements(db, is, err);
}

/* A later version has not been reviewed, whatever was said of an earlier one. */
static bool mark_article(struct db *db, const cJSON *is, struct err *err)
{
    struct query q = query_begin(db, "UPDATE articles SET reviewed = :reviewed WHERE id = :id"
                                     " AND (:version = 0 OR version = :version)");
    query_int(&q, ":id", number_of(is, "id"));
    query_int(&q, ":reviewed", number_of(is, "reviewed"));
    query_int(&q, ":version", number_of(is, "version"));
    return query_do(&q, err);
}

static bool same_head(const cJSON *was, const cJSON *is)
{
    static const char *const names[] = {"title", "outlet", "published", "url", "byline"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!str_eq(text_of(was, names[i]), text_of(is, names[i])))
            return false;
    return true;
}

/* Only what the decision changed: the rest may have become something else since. */
static bool apply_article(struct db *db, const cJSON *was, const cJSON *is, struct err *err)
{
    int64_t id = number_of(is, "id");
    if ((!was || number_of(was, "story") != number_of(is, "story")) && !move_article(db, is, err))
        return false;
    if (was && number_of(was, "reviewed") != number_of(is, "reviewed") &&
        !mark_article(db, is, err))
        return false;
    return !was || same_head(was, is) || (head_keep(db, id, err) && head_settle(db, id, err));
}

static const cJSON *with_id(const cJSON *list, int64_t id)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        if (number_of(item, "id") == id)
            return item;
    }
    return NULL;
}

static bool apply_articles(struct db *db, const cJSON *was, const cJSON *is, struct err *err)
{
    const cJSON *item, *before = cJSON_GetObjectItemCaseSensitive(was, "articles");
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(is, "articles")) {
        if (!apply_article(db, with_id(before, number_of(item, "id")), item, err))
            return false;
    }
    return true;
}

static bool apply_outlet(struct db *db, const cJSON *is, struct err *err)
{
    if (!outlet_make_room(db, text_of(is, "name"), number_of(is, "id"), err))
        return false;
    struct query q = query_begin(db, "UPDATE outlets SET name = :name, found = :found,"
                                     " domain = :domain, part_of = :part_of WHERE id = :id");
    query_int(&q, ":id", number_of(is, "id"));
    query_str(&q, ":name", text_of(is, "name"));
    query_str_opt(&q, ":found", text_of(is, "found"));
    query_str(&q, ":domain", text_of(is, "domain"));
    query_int_opt(&q, ":part_of", number_of(is, "part_of"));
    return query_do(&q, err) && outlet_settle(db, number_of(is, "id"), err);
}

/* An actor that no text names has only this row; of others the stories' comparisons follow. What
 * the decision left alone may have become something else since. */
static bool apply_actor(struct db *db, const cJSON *was, const cJSON *is, struct err *err)
{
    static const char *const names[] = {"name", "kind", "role", "of", "wikidata", "list_names"};
    static const char *const columns[] = {
        "UPDATE actors SET name = :value WHERE key = :key",
        "UPDATE actors SET kind = :value WHERE key = :key",
        "UPDATE actors SET role = :value WHERE key = :key",
        "UPDATE actors SET of = :value WHERE key = :key",
        "UPDATE actors SET wikidata = :value WHERE key = :key",
        "UPDATE actors SET list_names = :value WHERE key = :key",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(text_of(was, names[i]), text_of(is, names[i])))
            continue;
        struct query q = query_begin(db, columns[i]);
        query_str(&q, ":key", text_of(is, "key"));
        query_str(&q, ":value", text_of(is, names[i]));
        if (!query_do(&q, err))
            return false;
    }
    return true;
}

/* A list of them: both states have the same in the same order. */
static bool apply_actors(struct db *db, const cJSON *was, const cJSON *is, struct err *err)
{
    const cJSON *before = cJSON_GetObjectItemCaseSensitive(was, "actors"), *after;
    before = before ? before->child : NULL;
    cJSON_ArrayForEach(after, cJSON_GetObjectItemCaseSensitive(is, "actors")) {
        if (before && !apply_actor(db, before, after, err))
            return false;
        before = before ? before->next : NULL;
    }
    return true;
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

static bool apply_story(struct db *db, const cJSON *is, struct err *err)
{
    struct query q = query_begin(db, "UPDATE stories SET title = :title, title_by = :by"
                                     " WHERE id = :id");
    query_int(&q, ":id", number_of(is, "id"));
    query_str(&q, ":title", text_of(is, "title"));
    query_str(&q, ":by", text_of(is, "title_by"));
    return query_do(&q, err);
}

/* A coder's reading of a statement: the row is replaced, or goes. */
static bool apply_coding(struct db *db, const cJSON *is, struct err *err)
{
    const cJSON *of = cJSON_GetObjectItemCaseSensitive(is, "of");
    const cJSON *coding = cJSON_GetObjectItemCaseSensitive(is, "coding");
    struct query q =
        query_begin(db, "DELETE FROM codings WHERE statement = :statement AND coder = :coder");
    query_int(&q, ":statement", number_of(of, "statement"));
    query_str(&q, ":coder", text_of(of, "coder"));
    bool gone = query_do(&q, err);
    if (!gone || !cJSON_IsObject(coding))
        return gone;
    char *text = cJSON_PrintUnformatted(coding);
    q = query_begin(db, "INSERT INTO codings (statement, coder, article, verdict, coding, decision)"
                        " VALUES (:statement, :coder, :article, :verdict, :coding,"
                        " (SELECT max(id) FROM decisions))");
    query_int(&q, ":statement", number_of(of, "statement"));
    query_str(&q, ":coder", text_of(of, "coder"));
    query_int(&q, ":article", number_of(of, "article"));
    query_str(&q, ":verdict", text_of(coding, "status"));
    query_str(&q, ":coding", str_of(text));
    bool ok = query_do(&q, err);
    cJSON_free(text);
    return ok;
}

bool decide_apply(struct db *db, const cJSON *was, const cJSON *is, struct err *err)
{
    const cJSON *item;
    if (!cJSON_IsObject(is))
        return true;
    if (cJSON_HasObjectItem(is, "of") && cJSON_HasObjectItem(is, "coding"))
        return apply_coding(db, is, err);
    if (text_of(was, "key").n && text_of(is, "key").n && !apply_actor(db, was, is, err))
        return false;
    if (!apply_actors(db, was, is, err))
        return false;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(is, "outlets")) {
        if (!apply_outlet(db, item, err))
            return false;
    }
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(is, "stories")) {
        if (!apply_story(db, item, err))
            return false;
    }
    return apply_articles(db, was, is, err);
}
