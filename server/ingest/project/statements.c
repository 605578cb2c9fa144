/* Statements of a project: their issues, their words in the stored texts, what is known already. */
#include "ingest/project/taking.h"

#include "ingest/story/pipeline.h"

#include <string.h>

static const char *stance_of(const struct project_statement *s)
{
    for (int i = 0; i < STANCE_COUNT; i++)
        if (str_eq(s->stance, str_of(stance_names[i])))
            return stance_names[i];
    return s->agreement < 0 ? "neutral" : s->agreement ? "support" : "oppose";
}

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

static struct str name_of(const struct told *told)
{
    return str_trim(told->in.person.n ? told->in.person : told->in.organization);
}

/* The actor of that name in the story, by key, or a new one. */
static cJSON *speaker_of(struct taking *t, const struct told *told)
{
    struct str name = name_of(told), kind = told->kind;
    const cJSON *row;
    cJSON *speaker = NULL,
          *rows = taking_rows(
              t, (struct store_query){.noun = NOUN_ACTOR,
                                      .filter = {.story = t->papers[told->paper].story}});
    cJSON_ArrayForEach(row, rows) {
        if (!speaker && str_eq(taking_text(row, "name"), name))
            speaker = cJSON_CreateString(taking_text(row, "key").p);
    }
    cJSON_Delete(rows);
    if (speaker)
        return speaker;
    speaker = cJSON_CreateObject();
    if (!str_listed("person organisation country group outlet unnamed", kind))
        kind = told->in.person.n ? S("person") : S("organisation");
    cJSON_AddStringToObject(speaker, "name", arena_str(&t->one, name).p);
    cJSON_AddStringToObject(speaker, "kind", arena_str(&t->one, kind).p);
    return speaker;
}

static cJSON *position_of(struct str issue, const struct project_statement *s)
{
    cJSON *position = cJSON_CreateObject(),
          *record = cJSON_ParseWithLength(s->record.p, s->record.n);
    const cJSON *condition = cJSON_GetObjectItemCaseSensitive(record, "condition");
    cJSON_AddStringToObject(position, "issue", issue.p);
    cJSON_AddStringToObject(position, "stance", stance_of(s));
    cJSON_AddItemToObject(position, "condition",
                          cJSON_IsString(condition) ? cJSON_CreateString(condition->valuestring)
                                                    : cJSON_CreateNull());
    cJSON_Delete(record);
    return position;
}

/* The place's hull, as rows have it. */
struct hull {
    uint32_t start, end;
};

static bool is_there(const cJSON *row, struct hull at, struct str speaker)
{
    const cJSON *start = cJSON_GetObjectItemCaseSensitive(row, "start"),
                *end = cJSON_GetObjectItemCaseSensitive(row, "end");
    return cJSON_IsNumber(start) && start->valuedouble == at.start && cJSON_IsNumber(end) &&
           end->valuedouble == at.end && str_eq(taking_text(row, "speaker_name"), speaker);
}

/* The row of a statement that stands there already, by the same speaker, with that position. */
static const cJSON *known_row(const cJSON *rows, struct hull at, const struct told *told,
                              struct str issue)
{
    const cJSON *row;
    cJSON_ArrayForEach(row, rows) {
        if (is_there(row, at, name_of(told)) && str_eq(taking_text(row, "issue"), issue) &&
            str_eq(taking_text(row, "stance"), str_of(stance_of(&told->in))))
            return row;
    }
    return NULL;
}

/* One on no issue is looked for among all statements of the article, made alike. */
static cJSON *plain_rows(struct taking *t, int64_t article)
{
    cJSON *row, *rows = taking_rows(t, (struct store_query){.noun = NOUN_STATEMENT,
                                                            .filter = {.article = article}});
    cJSON_ArrayForEach(row, rows) {
        const cJSON *content = cJSON_GetObjectItemCaseSensitive(row, "content"),
                    *last = cJSON_GetArrayItem(content, cJSON_GetArraySize(content) - 1);
        const cJSON *start =
                        cJSON_GetObjectItemCaseSensitive(content ? content->child : NULL, "start"),
                    *end = cJSON_GetObjectItemCaseSensitive(last, "end"),
                    *id = cJSON_GetObjectItemCaseSensitive(row, "id");
        cJSON_AddNumberToObject(row, "start", start ? start->valuedouble : -1);
        cJSON_AddNumberToObject(row, "end", end ? end->valuedouble : -1);
        cJSON_AddNumberToObject(row, "statement", id ? id->valuedouble : 0);
    }
    return rows;
}

static const cJSON *known_plain(const cJSON *rows, struct hull at, const struct told *told)
{
    const cJSON *row;
    cJSON_ArrayForEach(row, rows) {
        if (is_there(row, at, name_of(told)))
            return row;
    }
    return NULL;
}

static bool same_places(const struct told *a, const struct told *b)
{
    if (a->n_places != b->n_places)
        return false;
    for (size_t i = 0; i < a->n_places; i++)
        if (a->places[i].start != b->places[i].start ||
            !str_eq(a->places[i].exact, b->places[i].exact))
            return false;
    return true;
}

/* The same words of the same speaker on several issues are one statement. */
static bool goes_with(const struct told *a, const struct told *b)
{
    return a->paper == b->paper && same_places(a, b) && str_eq(a->in.person, b->in.person) &&
           str_eq(a->in.organization, b->in.organization);
}

struct group {
    size_t first, end;
    const struct span *at; /* one for each place */
};

static cJSON *positions_of(struct taking *t, const struct group *g, const struct str *keys)
{
    cJSON *positions = cJSON_CreateArray();
    for (size_t i = g->first; i < g->end; i++)
        if (keys[i].n)
            cJSON_AddItemToArray(positions, position_of(keys[i], &t->told[i].in));
    return positions;
}

static bool add_statement(struct taking *t, const struct group *g, const struct str *keys)
{
    cJSON *value = cJSON_CreateObject(), *content, *span;
    const struct told *told = &t->told[g->first];
    cJSON_AddNumberToObject(value, "article", (double)t->papers[told->paper].article);
    cJSON_AddStringToObject(value, "kind", "indirect");
    cJSON_AddItemToObject(value, "speaker", speaker_of(t, told));
    content = cJSON_AddArrayToObject(value, "content");
    for (size_t i = 0; i < told->n_places; i++) {
        cJSON_AddItemToArray(content, span = cJSON_CreateObject());
        cJSON_AddNumberToObject(span, "start", g->at[i].start);
        cJSON_AddNumberToObject(span, "end", g->at[i].end);
    }
    cJSON_AddItemToObject(value, "positions", positions_of(t, g, keys));
    return taking_decide(t, (struct store_decision){.action = S("add"), .target = S("statement")},
                         value);
}

/* The engine's own statement becomes the person's, with these positions and no others. */
static bool take_over(struct taking *t, int64_t statement, cJSON *positions)
{
    cJSON *value = cJSON_CreateObject();
    cJSON_AddItemToObject(value, "positions", positions);
    return taking_decide(
        t, (struct store_decision){.action = S("edit"), .target = S("statement"), .id = statement},
        value);
}

/* How many of the group are there already, and the engine's own statement among them. */
static bool look_for(struct taking *t, const struct group *g, const struct str *keys, size_t *known,
                     int64_t *proposed)
{
    const struct told *told = &t->told[g->first];
    int64_t article = t->papers[told->paper].article;
    struct hull at = {g->at[0].start, g->at[told->n_places - 1].end};
    *known = 0;
    *proposed = 0;
    if (!article)
        return true;
    bool plain = !told->in.concept.n;
    cJSON *rows = plain ? plain_rows(t, article)
                        : taking_rows(t, (struct store_query){.noun = NOUN_STANCE,
                                                              .filter = {.article = article}});
    for (size_t i = g->first; rows && i < g->end; i++) {
        const cJSON *row =
            plain ? known_plain(rows, at, &t->told[i]) : known_row(rows, at, &t->told[i], keys[i]);
        *known += row != NULL;
        if (row && str_eq(taking_text(row, "status"), S("proposed")))
            *proposed = (int64_t)cJSON_GetObjectItem(row, "statement")->valuedouble;
    }
    cJSON_Delete(rows);
    return rows != NULL;
}

static bool decide(struct taking *t, const struct group *g, const struct str *keys)
{
    size_t n = g->end - g->first, known;
    int64_t proposed; /* what the engine found by itself is confirmed */
    if (!look_for(t, g, keys, &known, &proposed))
        return false;
    if (known == n && !proposed) {
        t->count->known += n;
        return true;
    }
    t->count->added += n;
    if (t->options->dry)
        return true;
    return known == n && t->told[g->first].in.concept.n
               ? take_over(t, proposed, positions_of(t, g, keys))
           : known == n ? taking_decide(t,
                                        (struct store_decision){.action = S("confirm"),
                                                                .target = S("statement"),
                                                                .id = proposed},
                                        NULL)
                        : add_statement(t, g, keys);
}

static bool add_group(struct taking *t, size_t first, size_t end, const struct str *keys)
{
    const struct told *told = &t->told[first];
    const struct paper *p = &t->papers[told->paper];
    struct span *at = arena_array(&t->one, told->n_places + 1, sizeof *at);
    struct str words = told->n_places ? told->places[0].exact : S("");
    if (!p->text.n)
        taking_lose(t, end - first, words, "its article is not here");
    else if (!name_of(told).n)
        taking_lose(t, end - first, words, "nobody is said to say it");
    else if (!taking_spans(&t->one, p, told, at))
        taking_lose(t, end - first, words, "the words are not in the article");
    else
        return decide(t, &(struct group){first, end, at}, keys);
    return true;
}

bool taking_add_statements(struct taking *t, const struct str *keys)
{
    for (size_t i = 0, end; i < t->n_told; i = end) {
        for (end = i + 1; end < t->n_told && goes_with(&t->told[i], &t->told[end]);)
            end++;
        if (!add_group(t, i, end, keys))
            return false;
        arena_reset(&t->one);
    }
    return true;
}
