/* Decisions about issues, actors, articles and stories. Articles and stories change at once, by a
 * state that is kept for before and after: {"articles":[{"id", "story", ...}], "stories":[...]}. */
#include "store/decision/deciding.h"

#include <string.h>

/* -------------------------------------------------------------------------------------- issues */

static cJSON *terms_of(struct deciding *d)
{
    const cJSON *given = decide_value(d, "terms"), *term;
    cJSON *terms = cJSON_CreateArray();
    cJSON_ArrayForEach(term, given) {
        if (cJSON_IsString(term) && term->valuestring[0])
            cJSON_AddItemToArray(terms, cJSON_CreateString(term->valuestring));
    }
    return terms;
}

static bool is_sort(struct str word)
{
    for (int i = 0; i < ISSUE_SORT_COUNT; i++)
        if (str_eq(word, str_of(issue_sort_names[i])))
            return true;
    return false;
}

/* Left out, the title tells the sort: of a new issue at every reading, of an old one it stays. */
static bool put_sort(struct deciding *d)
{
    const cJSON *given = decide_value(d, "sort");
    if (!given)
        return true;
    if (!cJSON_IsString(given) || !is_sort(str_of(given->valuestring)))
        return fail(d->err, ERR_INVALID, "\"sort\" must be proposal, judgement or fact");
    cJSON_DeleteItemFromObjectCaseSensitive(d->after, "sort");
    cJSON_AddStringToObject(d->after, "sort", given->valuestring);
    return true;
}

/* Statements may take a side on it at once, before the story is compared anew. */
static bool keep_issue(struct deciding *d, struct str title)
{
    struct str sort = decide_value_str(d, "sort");
    struct query q = query_begin(d->db, "INSERT INTO issues (key, title, by, sort)"
                                        " VALUES (:key, :title, 'person', :sort)");
    query_str(&q, ":key", d->key);
    query_str(&q, ":title", title);
    query_str(&q, ":sort", sort.n ? sort : S("proposal"));
    return query_do(&q, d->err);
}

static bool add_issue(struct deciding *d)
{
    int64_t story = decide_value_id(d, "story");
    struct str title = str_trim(decide_value_str(d, "title"));
    if (!title.n || !story)
        return fail(d->err, ERR_INVALID, "an issue needs a title and a story");
    struct str slug = decide_slug(&d->arena, title);
    d->key = arena_str(&d->arena, slug);
    for (int n = 2;; n++) {
        struct query q = query_begin(d->db, "SELECT 1 FROM issues WHERE key = :key UNION SELECT 1"
                                            " FROM decisions WHERE target_key = :key");
        query_str(&q, ":key", d->key);
        bool taken = query_step(&q);
        if (!query_end(&q, d->err))
            return false;
        if (!taken)
            break;
        d->key = arena_fmt(&d->arena, "%.*s-%d", STR_ARG(slug), n);
    }
    d->after = cJSON_CreateObject();
    cJSON_AddStringToObject(d->after, "id", d->key.p);
    cJSON_AddStringToObject(d->after, "title", arena_str(&d->arena, title).p);
    cJSON_AddItemToObject(d->after, "terms", terms_of(d));
    if (!put_sort(d) ||
        !decide_touch_all(d, "SELECT id FROM stories WHERE id = :id", story, (struct str){0}))
        return false;
    return (d->n_stories || fail(d->err, ERR_MISSING, "there is no such story")) &&
           keep_issue(d, title);
}

bool decide_issue(struct deciding *d)
{
    static const char *const names[] = {"title", "terms", "sort", "story", NULL};
    bool is_edit = decide_is(d, "edit");
    if (!decide_only(d, names) || !decide_text(d, "title") || !decide_list(d, "terms", false))
        return false;
    if (decide_is(d, "add"))
        return add_issue(d);
    if (!is_edit && !decide_is(d, "dismiss") && !decide_is(d, "reject"))
        return decide_unfit(d);
    d->before =
        decide_load(d,
                    "SELECT json_object('id', i.key, 'title', i.title, 'sort', i.sort, 'by', i.by,"
                    " 'terms',"
                    " (SELECT json_group_array(DISTINCT t.term) FROM issue_terms t"
                    " WHERE t.issue = i.key)) FROM issues i WHERE i.key = :key",
                    0, d->key);
    if (!d->before)
        return fail(d->err, ERR_MISSING, "there is no such issue");
    d->after = cJSON_Duplicate(d->before, true);
    if (!is_edit)
        cJSON_AddTrueToObject(d->after, "dismissed");
    if (is_edit && decide_value_str(d, "title").n)
        cJSON_ReplaceItemInObject(d->after, "title",
                                  cJSON_CreateString(decide_value_str(d, "title").p));
    if (is_edit && decide_value(d, "terms"))
        cJSON_ReplaceItemInObject(d->after, "terms", terms_of(d));
    return (!is_edit || put_sort(d)) &&
           decide_touch_all(d, "SELECT story FROM story_issues WHERE issue = :key", 0, d->key);
}

/* -------------------------------------------------------------------------------------- actors */

#define ACTOR_SNAPSHOT                                                                             \
    "SELECT json_object('key', x.key, 'name', x.name, 'kind', x.kind, 'role', x.role, 'of', x.of," \
    " 'names', (SELECT json_group_array(json_object('text', n.text, 'kind', n.kind))"              \
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
        cJSON *anchor = cJSON_IsNumber(id) ? decide_anchor(d, (int64_t)id->valuedouble) : NULL;
        if (!anchor)
            return fail(d->err, ERR_MISSING, "there is no such statement");
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

static bool edit_actor(struct deciding *d)
{
    static const char *const names[] = {"name", "kind", "role", "of", NULL};
    cJSON_Delete(d->after);
    d->after = cJSON_Duplicate(d->before, true);
    if (!decide_only(d, names))
        return false;
    for (size_t i = 0; names[i]; i++) {
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
    if (!check_of(d))
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

bool decide_actor(struct deciding *d)
{
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
    return decide_is(d, "edit") ? edit_actor(d) : decide_unfit(d);
}

/* --------------------------------------------------------------------------- articles, stories */

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

/* The other story's articles come into this one. */
static bool merge_story(struct deciding *d)
{
    static const char *const names[] = {"with", NULL};
    int64_t with = decide_value_id(d, "with");
    cJSON *state;
    if (!decide_only(d, names))
        return false;
    cJSON_Delete(d->before);
    cJSON_Delete(d->after);
    d->before = d->after = NULL;
    if (!state_of(d,
                  "SELECT json_group_array(" ARTICLE_STATE ") FROM articles a WHERE a.story = :id",
                  with))
        return false;
    cJSON_ArrayForEach(state, cJSON_GetObjectItem(d->after, "articles")) {
        set_number(state, "story", (double)d->id);
    }
    decide_touch(d, with);
    return (with != d->id && cJSON_GetArraySize(cJSON_GetObjectItem(d->after, "articles"))) ||
           fail(d->err, ERR_MISSING, "there is no such other story");
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
