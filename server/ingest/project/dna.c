/* Reading a project of Discourse Network Analyzer 3. */
#include "ingest/project/taking.h"

#include <string.h>

static bool take_document(struct project_sink *sink, const struct project_document *d,
                          struct err *err)
{
    struct taking *t = (struct taking *)sink;
    (void)err;
    struct paper *p = taking_paper(t, arena_fmt(&t->one, "%lld", (long long)d->id));
    p->in = *d;
    struct str *texts[] = {&p->in.title,   &p->in.text,  &p->in.author, &p->in.source,
                           &p->in.section, &p->in.notes, &p->in.type};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(&t->arena, *texts[i]);
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

/* The byte of a UTF-16 offset; past the end: the text's length. */
static size_t byte_of(struct str text, int64_t units)
{
    size_t at = 0;
    while (units > 0 && at < text.n)
        units -= utf8_next(text, &at) > 0xFFFF ? 2 : 1;
    return at;
}

static bool take_statement(struct project_sink *sink, const struct project_statement *s,
                           struct err *err)
{
    struct taking *t = (struct taking *)sink;
    struct str name = arena_fmt(&t->one, "%lld", (long long)s->document);
    (void)err;
    if (!map_get(&t->paper_of, str_hash(name), 0) || is_proposed(s))
        return true;
    const struct paper *p = taking_paper(t, name);
    struct told *told = taking_told(t, p);
    told->in = *s;
    struct str *texts[] = {&told->in.type,    &told->in.person, &told->in.organization,
                           &told->in.concept, &told->in.stance, &told->in.record};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(&t->arena, *texts[i]);
    size_t from = byte_of(p->in.text, s->start), to = byte_of(p->in.text, s->end);
    struct str words = str_trim(str_slice(p->in.text, from, to));
    size_t before = utf8_count((struct str){p->in.text.p, (size_t)(words.p - p->in.text.p)});
    taking_place(t, told, (struct place){.exact = words, .start = words.n ? (int64_t)before : -1});
    return true;
}

bool reading_dna(struct taking *t, struct str bytes)
{
    t->sink = (struct project_sink){take_document, take_statement};
    return store_project_read(t->store, bytes, &t->sink, t->err);
}
