/* Importing statements, in this order: documents become articles; their stories are compared;
 * concepts become issues, statements decisions; the stories are compared again. A statement is
 * looked for by its words: offsets are the file's, the text is the store's. */
#include "ingest/project/taking.h"

#include "ingest/story/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct paper *taking_paper(struct taking *t, struct str name)
{
    uint32_t *at = map_at(&t->arena, &t->paper_of, str_hash(name));
    if (!*at) {
        t->papers =
            arena_grow(&t->arena, t->papers, t->n_papers, &t->cap_papers, sizeof *t->papers);
        t->papers[t->n_papers] = (struct paper){0};
        *at = (uint32_t)++t->n_papers;
    }
    return &t->papers[*at - 1];
}

struct told *taking_told(struct taking *t, const struct paper *paper)
{
    t->told = arena_grow(&t->arena, t->told, t->n_told, &t->cap_told, sizeof *t->told);
    struct told *told = &t->told[t->n_told++];
    *told = (struct told){
        .paper = (uint32_t)(paper - t->papers), .order = t->n_told, .in = {.agreement = -1}};
    return told;
}

void taking_place(struct taking *t, struct told *told, struct place place)
{
    struct place *more = arena_array(&t->arena, told->n_places + 1, sizeof *more);
    if (told->n_places)
        memcpy(more, told->places, told->n_places * sizeof *more);
    more[told->n_places++] = place;
    told->places = more;
}

void taking_lose(struct taking *t, size_t n, struct str words, const char *why)
{
    struct ingest_project *c = t->count;
    c->lost += n;
    if (c->n_problems >= PROJECT_PROBLEMS)
        return;
    size_t cut = 0;
    for (size_t i = 0; i < 80 && cut < words.n; i++)
        utf8_next(words, &cut);
    snprintf(c->problem[c->n_problems++], sizeof *c->problem, "%s: %.*s%s", why, (int)cut,
             words.n ? words.p : "", cut < words.n ? "..." : "");
}

static bool read_bytes(struct taking *t, struct str bytes)
{
    enum project_kind kind = t->options->table ? PROJECT_TABLE : ingest_project_kind(bytes);
    switch (kind) {
    case PROJECT_DNA:
        return reading_dna(t, bytes);
    case PROJECT_ANNOTATIONS:
        return reading_annotations(t, bytes);
    case PROJECT_REFI:
        return reading_refi(t, bytes);
    case PROJECT_BRAT:
        return reading_brat(t, bytes);
    case PROJECT_TABLE:
        return reading_table(t, bytes);
    case PROJECT_NONE:
        break;
    }
    return fail(t->err, ERR_UNSUPPORTED,
                "the file is no project of Discourse Network Analyzer 3, no REFI-QDA project, no "
                "archive of brat's files and holds no Web Annotations");
}

/* By their numbers, else as they came: what is new gets its number in that order here too. */
static int by_number(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool take(struct taking *t, struct str bytes)
{
    bool dry = t->options->dry;
    if (!read_bytes(t, bytes))
        return false;
    if (t->n_told)
        qsort(t->told, t->n_told, sizeof *t->told, by_number);
    t->count->documents = t->n_papers;
    t->count->statements = t->n_told;
    struct str *keys = arena_array(&t->arena, t->n_told + 1, sizeof *keys);
    if (!dry && !taking_submit(t))
        return false;
    for (size_t i = 0; i < t->n_papers; i++)
        if (!taking_find(t, &t->papers[i]))
            return false;
    if (!dry)
        store_statement_ids_back(t->store);
    if (!taking_add_issues(t, keys) || !taking_add_statements(t, keys))
        return false;
    return dry || (ingest_stale(t->store, NULL, t->err) && taking_add_bodies(t) &&
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
    json_key(j, "problems");
    json_array(j);
    for (size_t i = 0; i < project->n_problems; i++)
        json_str(j, str_of(project->problem[i]));
    json_end_array(j);
    json_end_object(j);
}

bool ingest_project(struct store *store, struct str bytes,
                    const struct ingest_project_options *options, struct ingest_project *out,
                    struct err *err)
{
    struct taking t = {.store = store, .err = err, .count = out, .options = options};
    *out = (struct ingest_project){0};
    bool ok = take(&t, bytes);
    arena_finish(&t.arena);
    arena_finish(&t.one);
    return ok;
}
