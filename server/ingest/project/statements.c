/* Statements of a project: their issues, their words in the stored texts, what is known already. */
#include "ingest/project/taking.h"

#include "ingest/story/pipeline.h"

#include <string.h>

/* The byte of a UTF-16 offset; past the end: the text's length. */
static size_t byte_of(struct str text, int64_t units)
{
    size_t at = 0;
    while (units > 0 && at < text.n)
        units -= utf8_next(text, &at) > 0xFFFF ? 2 : 1;
    return at;
}

/* Where the words stand in the stored text: nearest to where they stood in the file. */
static bool find_words(const struct paper *p, const struct project_statement *s, struct span *out)
{
    size_t start = byte_of(p->in.text, s->start), end = byte_of(p->in.text, s->end);
    struct str words = str_trim(str_slice(p->in.text, start, end));
    size_t best = STR_NONE, from = (size_t)(words.p - p->in.text.p);
    if (!words.n)
        return false;
    for (size_t at = str_find(p->text, words, 0); at != STR_NONE;
         at = str_find(p->text, words, at + 1)) {
        size_t off = at > from ? at - from : from - at;
        if (best == STR_NONE || off < (best > from ? best - from : from - best))
            best = at;
        if (at >= from)
            break;
    }
    if (best == STR_NONE)
        return false;
    *out = (struct span){(uint32_t)utf8_offset(&p->index, best, OFFSET_CODE_POINTS),
                         (uint32_t)utf8_offset(&p->index, best + words.n, OFFSET_CODE_POINTS)};
    return true;
}

static const char *stance_of(const struct project_statement *s)
{
    for (int i = 0; i < STANCE_COUNT; i++)
        if (str_eq(s->stance, str_of(stance_names[i])))
            return stance_names[i];
    return s->agreement < 0 ? "neutral" : s->agreement ? "support" : "oppose";
}

/* The key of the story's issue of that title, which is added where there is none. */
static bool issue_key(struct taking *t, int64_t story, struct str title, struct str *key)
{
    struct store_query query = {.noun = NOUN_ISSUE, .filter = {.story = story}};
    for (int attempt = 0; attempt < 2; attempt++) {
        const cJSON *row;
        cJSON *rows = taking_rows(t, query), *value, *terms;
        if (!rows)
            return false;
        cJSON_ArrayForEach(row, rows) {
            if (str_eq(taking_text(row, "title"), title))
                *key = arena_str(&t->arena, taking_text(row, "id"));
        }
        cJSON_Delete(rows);
        if (key->n || attempt)
            break;
        value = cJSON_CreateObject();
        cJSON_AddStringToObject(value, "title", arena_str(&t->one, title).p);
        cJSON_AddNumberToObject(value, "story", (double)story);
        terms = cJSON_AddArrayToObject(value, "terms");
        cJSON_AddItemToArray(terms, cJSON_CreateString(arena_str(&t->one, title).p));
        if (!taking_decide(t, (struct store_decision){.action = S("add"), .target = S("issue")},
                           value) ||
            !ingest_story(t->store, story, t->err))
            return false;
    }
    return key->n || fail(t->err, ERR_INTERNAL, "the issue could not be added");
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

static cJSON *speaker_of(struct taking *t, const struct project_statement *s)
{
    cJSON *speaker = cJSON_CreateObject();
    struct str name = s->person.n ? s->person : s->organization;
    cJSON_AddStringToObject(speaker, "name", arena_str(&t->one, str_trim(name)).p);
    cJSON_AddStringToObject(speaker, "kind", s->person.n ? "person" : "organisation");
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

/* The row of a statement that stands there already, by the same speaker, with that position. */
static const cJSON *known_row(const cJSON *rows, struct span at, const struct project_statement *s,
                              struct str issue)
{
    const cJSON *row;
    struct str speaker = str_trim(s->person.n ? s->person : s->organization);
    cJSON_ArrayForEach(row, rows) {
        const cJSON *start = cJSON_GetObjectItemCaseSensitive(row, "start"),
                    *end = cJSON_GetObjectItemCaseSensitive(row, "end");
        if (cJSON_IsNumber(start) && start->valuedouble == at.start && cJSON_IsNumber(end) &&
            end->valuedouble == at.end && str_eq(taking_text(row, "speaker_name"), speaker) &&
            str_eq(taking_text(row, "issue"), issue) &&
            str_eq(taking_text(row, "stance"), str_of(stance_of(s))))
            return row;
    }
    return NULL;
}

/* The same words of the same speaker on several issues are one statement. */
static bool goes_with(const struct told *a, const struct told *b)
{
    return a->paper == b->paper && a->in.start == b->in.start && a->in.end == b->in.end &&
           str_eq(a->in.person, b->in.person) && str_eq(a->in.organization, b->in.organization);
}

struct group {
    size_t first, end;
    struct span at;
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
    cJSON_AddItemToObject(value, "speaker", speaker_of(t, &told->in));
    content = cJSON_AddArrayToObject(value, "content");
    cJSON_AddItemToArray(content, span = cJSON_CreateObject());
    cJSON_AddNumberToObject(span, "start", g->at.start);
    cJSON_AddNumberToObject(span, "end", g->at.end);
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

static bool add_group(struct taking *t, size_t first, size_t end, const struct str *keys)
{
    const struct told *told = &t->told[first];
    const struct paper *p = &t->papers[told->paper];
    size_t n = end - first, known = 0;
    int64_t proposed = 0; /* what the engine found by itself is confirmed */
    struct span at;
    if (!p->article || (!told->in.person.n && !told->in.organization.n) ||
        !find_words(p, &told->in, &at)) {
        t->count->lost += n;
        return true;
    }
    cJSON *rows = taking_rows(
        t, (struct store_query){.noun = NOUN_STANCE, .filter = {.article = p->article}});
    if (!rows)
        return false;
    for (size_t i = first; i < end; i++) {
        const cJSON *row = known_row(rows, at, &t->told[i].in, keys[i]);
        known += row != NULL;
        if (row && str_eq(taking_text(row, "status"), S("proposed")))
            proposed = (int64_t)cJSON_GetObjectItem(row, "statement")->valuedouble;
    }
    cJSON_Delete(rows);
    if (known == n && !proposed) {
        t->count->known += n;
        return true;
    }
    t->count->added += n;
    struct group group = {first, end, at};
    return known == n ? take_over(t, proposed, positions_of(t, &group, keys))
                      : add_statement(t, &group, keys);
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
