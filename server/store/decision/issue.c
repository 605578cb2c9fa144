/* Decisions about issues: added, put in other words, dismissed, merged, split. */
#include "store/decision/deciding.h"

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
static bool put_sort(struct deciding *d, cJSON *issue)
{
    const cJSON *given = decide_value(d, "sort");
    if (!given)
        return true;
    if (!cJSON_IsString(given) || !is_sort(str_of(given->valuestring)))
        return fail(d->err, ERR_INVALID, "\"sort\" must be proposal, judgement or fact");
    cJSON_DeleteItemFromObjectCaseSensitive(issue, "sort");
    cJSON_AddStringToObject(issue, "sort", given->valuestring);
    return true;
}

/* Statements may take a side on it at once, before the story is compared anew. */
static bool keep_issue(struct deciding *d, struct str key, struct str title)
{
    struct str sort = decide_value_str(d, "sort");
    struct query q = query_begin(d->db, "INSERT INTO issues (key, title, by, sort, number)"
                                        " VALUES (:key, :title, 'person', :sort, (SELECT"
                                        " coalesce(max(number), 0) + 1 FROM issues))");
    query_str(&q, ":key", key);
    query_str(&q, ":title", title);
    query_str(&q, ":sort", sort.n ? sort : S("proposal"));
    return query_do(&q, d->err);
}

/* A key that no issue has or had. */
static bool free_key(struct deciding *d, struct str title, struct str *key)
{
    struct str slug = decide_slug(&d->arena, title);
    *key = arena_str(&d->arena, slug);
    for (int n = 2;; n++) {
        struct query q = query_begin(d->db, "SELECT 1 FROM issues WHERE key = :key UNION SELECT 1"
                                            " FROM decisions WHERE target_key = :key UNION SELECT 1"
                                            " FROM decisions WHERE target = 'issue'"
                                            " AND json_extract(after, '$.issue.id') = :key");
        query_str(&q, ":key", *key);
        bool taken = query_step(&q);
        if (!query_end(&q, d->err))
            return false;
        if (!taken)
            return true;
        *key = arena_fmt(&d->arena, "%.*s-%d", STR_ARG(slug), n);
    }
}

static cJSON *new_issue(struct deciding *d, struct str key, struct str title)
{
    cJSON *issue = cJSON_CreateObject();
    cJSON_AddStringToObject(issue, "id", key.p);
    cJSON_AddStringToObject(issue, "title", arena_str(&d->arena, title).p);
    cJSON_AddItemToObject(issue, "terms", terms_of(d));
    return issue;
}

static bool add_issue(struct deciding *d)
{
    int64_t story = decide_value_id(d, "story");
    struct str title = str_trim(decide_value_str(d, "title"));
    if (!title.n || !story)
        return fail(d->err, ERR_INVALID, "an issue needs a title and a story");
    if (!free_key(d, title, &d->key))
        return false;
    d->after = new_issue(d, d->key, title);
    if (!put_sort(d, d->after) ||
        !decide_touch_all(d, "SELECT id FROM stories WHERE id = :id", story, (struct str){0}))
        return false;
    return (d->n_stories || fail(d->err, ERR_MISSING, "there is no such story")) &&
           keep_issue(d, d->key, title);
}

#define ISSUE_SNAPSHOT                                                                             \
    "SELECT json_object('id', i.key, 'title', i.title, 'sort', i.sort, 'by', i.by, 'terms',"       \
    " (SELECT json_group_array(DISTINCT t.term) FROM issue_terms t WHERE t.issue = i.key))"        \
    " FROM issues i WHERE i.key = :key"

static bool touch_issue(struct deciding *d, struct str key)
{
    return decide_touch_all(d, "SELECT story FROM story_issues WHERE issue = :key", 0, key);
}

static bool has_term(const cJSON *terms, const char *term)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, terms) {
        if (cJSON_IsString(one) && str_eq_case(str_of(one->valuestring), str_of(term)))
            return true;
    }
    return false;
}

/* Two are one question: under the other's title, found by the words of both. */
static bool merge_issue(struct deciding *d)
{
    static const char *const names[] = {"into", NULL};
    struct str to = decide_value_str(d, "into");
    if (!decide_only(d, names))
        return false;
    if (!to.n || str_eq(to, d->key))
        return fail(d->err, ERR_INVALID, "\"into\" must be another issue's key");
    cJSON *into = decide_load(d, ISSUE_SNAPSHOT, 0, to);
    const cJSON *term;
    if (!into)
        return fail(d->err, ERR_MISSING, "there is no such issue");
    cJSON_AddItemToObject(d->after, "into", into);
    cJSON *terms = cJSON_GetObjectItem(into, "terms");
    cJSON_ArrayForEach(term, cJSON_GetObjectItem(d->before, "terms")) {
        if (!has_term(terms, term->valuestring))
            cJSON_AddItemToArray(terms, cJSON_CreateString(term->valuestring));
    }
    return touch_issue(d, d->key) && touch_issue(d, to);
}

static bool is_on(struct deciding *d, int64_t statement)
{
    return decide_finds(d,
                        "SELECT 1 FROM statement_positions p JOIN statements st ON st.id ="
                        " p.statement WHERE p.statement = :id AND p.issue = :key AND st.story > 0",
                        statement, d->key);
}

/* One question that was two: {"issue": the other, "statements": [anchors of those on it]}. Only the
 * stories of these statements are touched. */
static bool split_issue(struct deciding *d)
{
    static const char *const names[] = {"title", "terms", "sort", "statements", NULL};
    struct str title = str_trim(decide_value_str(d, "title")), key;
    const cJSON *statements = decide_value(d, "statements"), *one;
    if (!decide_only(d, names) || !decide_list(d, "statements", true))
        return false;
    if (!title.n || cJSON_GetArraySize(statements) == 0)
        return fail(d->err, ERR_INVALID, "a split needs a title, and statements that go");
    if (!free_key(d, title, &key))
        return false;
    cJSON_Delete(d->after);
    d->after = cJSON_CreateObject();
    cJSON *issue = new_issue(d, key, title), *anchors = cJSON_CreateArray();
    cJSON_AddItemToObject(d->after, "issue", issue);
    cJSON_AddItemToObject(d->after, "statements", anchors);
    cJSON_ArrayForEach(one, statements) {
        int64_t id = (int64_t)one->valuedouble;
        cJSON *anchor = is_on(d, id) ? decide_anchor(d, id) : NULL;
        if (!anchor)
            return fail(d->err, ERR_INVALID, "what goes must be statements on that issue");
        cJSON_AddItemToArray(anchors, anchor);
        if (!decide_touch_all(d, "SELECT story FROM statements WHERE id = :id", id,
                              (struct str){0}))
            return false;
    }
    return put_sort(d, issue) && keep_issue(d, key, title);
}

static bool edit_issue(struct deciding *d)
{
    struct str title = str_trim(decide_value_str(d, "title"));
    if (title.n)
        cJSON_ReplaceItemInObject(d->after, "title",
                                  cJSON_CreateString(arena_str(&d->arena, title).p));
    if (decide_value(d, "terms"))
        cJSON_ReplaceItemInObject(d->after, "terms", terms_of(d));
    return put_sort(d, d->after);
}

bool decide_issue(struct deciding *d)
{
    static const char *const names[] = {"title", "terms", "sort", "story", NULL};
    bool is_edit = decide_is(d, "edit"), is_merge = decide_is(d, "merge");
    bool is_split = decide_is(d, "split");
    if (!is_merge && !is_split && !decide_only(d, names))
        return false;
    if (!decide_text(d, "title") || !decide_list(d, "terms", false))
        return false;
    if (decide_is(d, "add"))
        return add_issue(d);
    if (!is_edit && !is_merge && !is_split && !decide_is(d, "dismiss") && !decide_is(d, "reject"))
        return decide_unfit(d);
    d->before = decide_load(d, ISSUE_SNAPSHOT, 0, d->key);
    if (!d->before)
        return fail(d->err, ERR_MISSING, "there is no such issue");
    d->after = cJSON_Duplicate(d->before, true);
    if (is_merge)
        return merge_issue(d);
    if (is_split)
        return split_issue(d);
    if (!is_edit)
        cJSON_AddTrueToObject(d->after, "dismissed");
    return (!is_edit || edit_issue(d)) && touch_issue(d, d->key);
}
