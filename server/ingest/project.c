/* Importing a project file, in this order: its documents go through the queue like any article;
 * their stories are compared; concepts become issues, statements decisions; the stories are
 * compared again. A statement is looked for by its words: offsets are the file's, the text is the
 * store's. */
#include "ingest/project.h"

#include "base/day.h"
#include "base/map.h"
#include "ingest/story/pipeline.h"
#include "store/project.h"

#include <string.h>

struct paper {
    struct project_document in;
    int64_t article, story;
    struct str text; /* as it is stored */
    struct utf8_index index;
};

struct told {
    struct project_statement in;
    uint32_t paper;
};

struct taking {
    struct project_sink sink;
    struct store *store;
    struct arena arena, one;
    struct err *err;
    struct paper *papers;
    size_t n_papers, cap_papers;
    struct told *told;
    size_t n_told, cap_told;
    struct map paper_of;
    struct ingest_project *count;
};

/* Reading ----------------------------------------------------------------------------------------
 */

static bool take_document(struct project_sink *sink, const struct project_document *d,
                          struct err *err)
{
    struct taking *t = (struct taking *)sink;
    (void)err;
    t->papers = arena_grow(&t->arena, t->papers, t->n_papers, &t->cap_papers, sizeof *t->papers);
    struct paper *p = &t->papers[t->n_papers++];
    *p = (struct paper){.in = *d};
    struct str *texts[] = {&p->in.title,   &p->in.text,  &p->in.author, &p->in.source,
                           &p->in.section, &p->in.notes, &p->in.type};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(&t->arena, *texts[i]);
    *map_at(&t->arena, &t->paper_of, (uint64_t)d->id) = (uint32_t)t->n_papers;
    return true;
}

/* Of a project that this program wrote: nobody decided about the statement, so that the engine is
 * to find it again, or not. */
static bool is_proposed(const struct project_statement *s)
{
    cJSON *record = cJSON_ParseWithLength(s->record.p, s->record.n);
    const cJSON *status = cJSON_GetObjectItemCaseSensitive(record, "status");
    bool proposed = cJSON_IsString(status) && strcmp(status->valuestring, "proposed") == 0;
    cJSON_Delete(record);
    return proposed;
}

static bool take_statement(struct project_sink *sink, const struct project_statement *s,
                           struct err *err)
{
    struct taking *t = (struct taking *)sink;
    uint32_t paper = map_get(&t->paper_of, (uint64_t)s->document, 0);
    (void)err;
    if (!paper || is_proposed(s))
        return true;
    t->told = arena_grow(&t->arena, t->told, t->n_told, &t->cap_told, sizeof *t->told);
    struct told *told = &t->told[t->n_told++];
    *told = (struct told){*s, paper - 1};
    struct str *texts[] = {&told->in.type,    &told->in.person, &told->in.organization,
                           &told->in.concept, &told->in.stance, &told->in.record};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(&t->arena, *texts[i]);
    return true;
}

/* Articles ---------------------------------------------------------------------------------------
 */

/* RFC 3339; a midnight is a day. */
static struct str time_of(struct taking *t, int64_t seconds)
{
    int year, month, day;
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (seconds == 0 || days < -700000 || days > 2900000)
        return (struct str){0};
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    day_civil((int32_t)days, &year, &month, &day);
    if (rest == 0)
        return arena_fmt(&t->arena, "%04d-%02d-%02d", year, month, day);
    return arena_fmt(&t->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day,
                     (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

/* A document that cannot be read stays behind; what the store cannot do ends the import. */
static bool is_its_own(enum err_kind kind)
{
    return kind == ERR_INVALID || kind == ERR_UNSUPPORTED || kind == ERR_TOO_LARGE;
}

static bool submit(struct taking *t)
{
    for (size_t i = 0; i < t->n_papers; i++) {
        const struct project_document *d = &t->papers[i].in;
        bool address = str_starts(d->notes, S("https://")) || str_starts(d->notes, S("http://"));
        struct ingest_source source = {.bytes = d->text,
                                       .type = PAGE_BODY,
                                       .content_type = S("text/plain; charset=utf-8"),
                                       .url = address && !str_contains(d->notes, S("\n")) ? d->notes
                                                                                          : S(""),
                                       .title = d->title,
                                       .outlet = d->source,
                                       .published = time_of(t, d->date)};
        struct ingest_result result;
        struct err why = {0};
        if (!ingest_page(t->store, &source, &result, &why) && !is_its_own(why.kind))
            return fail(t->err, why.kind, "%s", why.message);
    }
    return ingest_regroup(t->store, true, t->err) && ingest_stale(t->store, NULL, t->err);
}

/* An article's row: its text. */
struct text_sink {
    struct row_sink sink;
    struct arena *a;
    struct str text;
};

static void ignore(struct row_sink *sink)
{
    (void)sink;
}

static void keep_text(struct row_sink *sink, const char *name, const struct row_value *value)
{
    struct text_sink *s = (struct text_sink *)sink;
    if (strcmp(name, "text") == 0 && value->type == ROW_TEXT)
        s->text = arena_str(s->a, value->text);
}

static bool find_article(struct taking *t, struct paper *p)
{
    enum store_saved how;
    struct store_article article = {.text = p->in.text, .outlet = p->in.source};
    struct text_sink text = {{NULL, ignore, keep_text, ignore}, &t->arena, {0}};
    if (!store_article_find(t->store, &article, &how, &p->article, t->err))
        return false;
    if (how != SAVED_SAME)
        p->article = 0;
    if (!p->article)
        return true;
    struct store_query query = {.noun = NOUN_ARTICLE, .id = p->article};
    t->count->articles++;
    if (!store_item(t->store, &query, &text.sink, t->err) ||
        !store_article_story(t->store, p->article, &p->story, t->err))
        return false;
    p->text = text.text;
    p->index = utf8_index_make(&t->arena, p->text);
    return true;
}

/* Statements -------------------------------------------------------------------------------------
 */

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

/* A list's rows as a tree, for looking things up. */
static cJSON *rows_of(struct taking *t, struct store_query query)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json rows = row_json_make(&j);
    json_array(&j);
    bool ok = store_list_all(t->store, &query, &rows.sink, t->err);
    json_end_array(&j);
    cJSON *tree = ok ? cJSON_ParseWithLength(out.p, out.n) : NULL;
    buf_finish(&out);
    return tree;
}

static struct str text_in(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? str_of(item->valuestring) : (struct str){0};
}

static bool decide(struct taking *t, struct store_decision decision, cJSON *value)
{
    int64_t id;
    decision.value = value;
    bool ok = store_decide(t->store, &decision, &id, t->err);
    cJSON_Delete(value);
    return ok;
}

/* The key of the story's issue of that title, which is added where there is none. */
static bool issue_key(struct taking *t, int64_t story, struct str title, struct str *key)
{
    struct store_query query = {.noun = NOUN_ISSUE, .filter = {.story = story}};
    for (int attempt = 0; attempt < 2; attempt++) {
        const cJSON *row;
        cJSON *rows = rows_of(t, query), *value, *terms;
        if (!rows)
            return false;
        cJSON_ArrayForEach(row, rows) {
            if (str_eq(text_in(row, "title"), title))
                *key = arena_str(&t->arena, text_in(row, "id"));
        }
        cJSON_Delete(rows);
        if (key->n || attempt)
            break;
        value = cJSON_CreateObject();
        cJSON_AddStringToObject(value, "title", arena_str(&t->one, title).p);
        cJSON_AddNumberToObject(value, "story", (double)story);
        terms = cJSON_AddArrayToObject(value, "terms");
        cJSON_AddItemToArray(terms, cJSON_CreateString(arena_str(&t->one, title).p));
        if (!decide(t, (struct store_decision){.action = S("add"), .target = S("issue")}, value) ||
            !ingest_story(t->store, story, t->err))
            return false;
    }
    return key->n || fail(t->err, ERR_INTERNAL, "the issue could not be added");
}

static bool add_issues(struct taking *t, struct str *keys)
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
            end->valuedouble == at.end && str_eq(text_in(row, "speaker_name"), speaker) &&
            str_eq(text_in(row, "issue"), issue) &&
            str_eq(text_in(row, "stance"), str_of(stance_of(s))))
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
    return decide(t, (struct store_decision){.action = S("add"), .target = S("statement")}, value);
}

/* The engine's own statement becomes the person's, with these positions and no others. */
static bool take_over(struct taking *t, int64_t statement, cJSON *positions)
{
    cJSON *value = cJSON_CreateObject();
    cJSON_AddItemToObject(value, "positions", positions);
    return decide(
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
    cJSON *rows =
        rows_of(t, (struct store_query){.noun = NOUN_STANCE, .filter = {.article = p->article}});
    if (!rows)
        return false;
    for (size_t i = first; i < end; i++) {
        const cJSON *row = known_row(rows, at, &t->told[i].in, keys[i]);
        known += row != NULL;
        if (row && str_eq(text_in(row, "status"), S("proposed")))
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

static bool add_statements(struct taking *t, const struct str *keys)
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

/* Organisations ----------------------------------------------------------------------------------
 */

static bool belongs(struct taking *t, const cJSON *row, struct str body)
{
    cJSON *value = cJSON_CreateObject(), *of = cJSON_AddObjectToObject(value, "of");
    cJSON_AddStringToObject(of, "name", arena_str(&t->one, body).p);
    cJSON_AddStringToObject(of, "kind", "organisation");
    return decide(t,
                  (struct store_decision){
                      .action = S("edit"), .target = S("actor"), .key = text_in(row, "key")},
                  value);
}

/* A person belongs to the organization that the first statement names with it. */
static bool add_bodies(struct taking *t)
{
    struct map body_of = {0};
    const cJSON *row;
    bool ok = true;
    for (size_t i = 0; i < t->n_told; i++) {
        const struct project_statement *s = &t->told[i].in;
        uint32_t *at = map_at(&t->arena, &body_of, str_hash(str_trim(s->person)));
        if (!*at && s->person.n && s->organization.n)
            *at = (uint32_t)i + 1;
    }
    cJSON *rows = rows_of(t, (struct store_query){.noun = NOUN_ACTOR});
    cJSON_ArrayForEach(row, rows) {
        uint32_t at = map_get(&body_of, str_hash(text_in(row, "name")), 0);
        if (ok && at && !text_in(row, "of").n)
            ok = belongs(t, row, str_trim(t->told[at - 1].in.organization));
    }
    cJSON_Delete(rows);
    return ok && rows != NULL;
}

static bool take(struct taking *t, struct str bytes, bool dry)
{
    if (!store_project_read(t->store, bytes, &t->sink, t->err))
        return false;
    t->count->documents = t->n_papers;
    t->count->statements = t->n_told;
    struct str *keys = arena_array(&t->arena, t->n_told + 1, sizeof *keys);
    if (!dry && !submit(t))
        return false;
    for (size_t i = 0; i < t->n_papers; i++)
        if (!find_article(t, &t->papers[i]))
            return false;
    return dry || (add_issues(t, keys) && add_statements(t, keys) &&
                   ingest_stale(t->store, NULL, t->err) && add_bodies(t) &&
                   ingest_stale(t->store, NULL, t->err));
}

void ingest_project_write(struct json *j, const struct ingest_project *project)
{
    json_object(j);
    json_field_int(j, "documents", (int64_t)project->documents);
    json_field_int(j, "articles", (int64_t)project->articles);
    json_field_int(j, "statements", (int64_t)project->statements);
    json_field_int(j, "added", (int64_t)project->added);
    json_field_int(j, "known", (int64_t)project->known);
    json_field_int(j, "lost", (int64_t)project->lost);
    json_end_object(j);
}

bool ingest_project(struct store *store, struct str bytes, bool dry, struct ingest_project *out,
                    struct err *err)
{
    struct taking t = {
        .sink = {take_document, take_statement}, .store = store, .err = err, .count = out};
    *out = (struct ingest_project){0};
    bool ok = take(&t, bytes, dry);
    arena_finish(&t.arena);
    arena_finish(&t.one);
    return ok;
}
