/* Concepts of a project become issues of the stories in which they are spoken of. */
#include "ingest/project/taking.h"

#include "ingest/story/pipeline.h"

#include <string.h>

/* The key of the story's issue of that title (or key); empty where there is none. */
static bool known_issue(struct taking *t, int64_t story, struct str title, struct str *key)
{
    struct store_query query = {.noun = NOUN_ISSUE, .filter = {.story = story}};
    const cJSON *row;
    cJSON *rows = taking_rows(t, query);
    cJSON_ArrayForEach(row, rows) {
        if (!key->n &&
            (str_eq(taking_text(row, "title"), title) || str_eq(taking_text(row, "id"), title)))
            *key = arena_str(&t->arena, taking_text(row, "id"));
    }
    cJSON_Delete(rows);
    return rows != NULL;
}

/* What is no heading but a key becomes one: "a-new-quay" is "A new quay". */
static struct str heading_of(struct taking *t, struct str title)
{
    struct str out = arena_str(&t->one, title);
    char *p = (char *)out.p;
    bool is_key = str_contains(title, S("-"));
    for (size_t i = 0; i < title.n; i++)
        is_key = is_key && p[i] != ' ' && !(p[i] >= 'A' && p[i] <= 'Z');
    for (size_t i = 0; is_key && i < title.n; i++)
        p[i] = p[i] == '-' ? ' ' : p[i];
    if (is_key && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return out;
}

static bool add_issue(struct taking *t, int64_t story, struct str title)
{
    cJSON *value = cJSON_CreateObject(), *terms;
    cJSON_AddStringToObject(value, "title", title.p);
    cJSON_AddNumberToObject(value, "story", (double)story);
    terms = cJSON_AddArrayToObject(value, "terms");
    cJSON_AddItemToArray(terms, cJSON_CreateString(title.p));
    return taking_decide(t, (struct store_decision){.action = S("add"), .target = S("issue")},
                         value) &&
           ingest_story(t->store, story, t->err);
}

/* The same, added where there is none; in a dry run then empty. */
static bool issue_key(struct taking *t, int64_t story, struct str title, struct str *key)
{
    if (!known_issue(t, story, title, key))
        return false;
    if (key->n || t->options->dry)
        return true;
    title = heading_of(t, title);
    if (!known_issue(t, story, title, key))
        return false;
    return key->n || (add_issue(t, story, title) && known_issue(t, story, title, key) &&
                      (key->n || fail(t->err, ERR_INTERNAL, "the issue could not be added")));
}

bool taking_add_issues(struct taking *t, struct str *keys)
{
    struct map known = {0};
    struct str *made = arena_array(&t->arena, t->n_told + 1, sizeof *made);
    uint32_t n = 0;
    for (size_t i = 0; i < t->n_told; i++) {
        const struct paper *p = &t->papers[t->told[i].paper];
        struct str title = str_trim(t->told[i].in.concept);
        if (!p->article || !title.n)
            continue;
        struct str name = arena_fmt(&t->one, "%lld %.*s", (long long)p->story, STR_ARG(title));
        uint32_t *at = map_at(&t->arena, &known, str_hash(name));
        if (!*at) {
            *at = ++n;
            if (!issue_key(t, p->story, title, &made[n - 1]))
                return false;
        }
        keys[i] = made[*at - 1];
    }
    return true;
}
