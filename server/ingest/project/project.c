/* Importing a project file, in this order: its documents become articles; their stories are
 * compared; concepts become issues, statements decisions; the stories are compared again. A
 * statement is looked for by its words: offsets are the file's, the text is the store's. */
#include "ingest/project/taking.h"

#include "ingest/story/pipeline.h"

#include <string.h>

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

static bool take(struct taking *t, struct str bytes, bool dry)
{
    if (!store_project_read(t->store, bytes, &t->sink, t->err))
        return false;
    t->count->documents = t->n_papers;
    t->count->statements = t->n_told;
    struct str *keys = arena_array(&t->arena, t->n_told + 1, sizeof *keys);
    if (!dry && !taking_submit(t))
        return false;
    for (size_t i = 0; i < t->n_papers; i++)
        if (!taking_find(t, &t->papers[i]))
            return false;
    return dry || (taking_add_issues(t, keys) && taking_add_statements(t, keys) &&
                   ingest_stale(t->store, NULL, t->err) && taking_add_bodies(t) &&
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
