/* Reading a project of Discourse Network Analyzer 3. */
#include "ingest/project/taking.h"

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

/* Of a project that this program wrote: what that tool has no place for. */
static void take_record(struct taking *t, struct told *told)
{
    cJSON *record = cJSON_ParseWithLength(told->in.record.p, told->in.record.n);
    told->form = arena_str(&t->arena, taking_text(record, "kind"));
    told->status = arena_str(&t->arena, taking_text(record, "status"));
    told->condition = arena_str(&t->arena, taking_text(record, "condition"));
    told->whole = cJSON_IsObject(record);
    told->number = (int64_t)taking_number(record, "statement", 0);
    told->guessed = taking_number(record, "confidence", 1) < 1;
    cJSON_Delete(record);
}

/* The byte of a UTF-16 offset; past the end: the text's length. */
static size_t byte_of(struct str text, int64_t units)
{
    size_t at = 0;
    while (units > 0 && at < text.n)
        units -= utf8_next(text, &at) > 0xFFFF ? 2 : 1;
    return at;
}

/* The pieces that the record tells of, where the stretch in that tool is still theirs. */
static bool take_pieces(struct taking *t, const struct paper *p, struct told *told,
                        struct span stretch)
{
    cJSON *record = cJSON_ParseWithLength(told->in.record.p, told->in.record.n);
    const cJSON *pieces = cJSON_GetObjectItemCaseSensitive(record, "content");
    int n = cJSON_GetArraySize(pieces);
    const cJSON *first = cJSON_GetArrayItem(cJSON_GetArrayItem(pieces, 0), 0),
                *last = cJSON_GetArrayItem(cJSON_GetArrayItem(pieces, n - 1), 1);
    bool same = n > 1 && cJSON_IsNumber(first) && first->valuedouble == stretch.start &&
                cJSON_IsNumber(last) && last->valuedouble == stretch.end;
    struct utf8_index text = utf8_index_make(&t->one, p->in.text);
    for (int i = 0; same && i < n; i++) {
        const cJSON *piece = cJSON_GetArrayItem(pieces, i), *from = cJSON_GetArrayItem(piece, 0),
                    *to = cJSON_GetArrayItem(piece, 1);
        if (!cJSON_IsNumber(from) || !cJSON_IsNumber(to) || from->valuedouble < stretch.start ||
            to->valuedouble > stretch.end || from->valuedouble >= to->valuedouble)
            continue;
        struct str words = str_slice(p->in.text, utf8_byte(&text, (size_t)from->valuedouble),
                                     utf8_byte(&text, (size_t)to->valuedouble));
        taking_place(t, told, (struct place){.exact = words, .start = (int64_t)from->valuedouble});
    }
    cJSON_Delete(record);
    return told->n_places > 0;
}

static bool take_statement(struct project_sink *sink, const struct project_statement *s,
                           struct err *err)
{
    struct taking *t = (struct taking *)sink;
    struct str name = arena_fmt(&t->one, "%lld", (long long)s->document);
    (void)err;
    if (!map_get(&t->paper_of, str_hash(name), 0))
        return true;
    const struct paper *p = taking_paper(t, name);
    struct told *told = taking_told(t, p);
    told->in = *s;
    struct str *texts[] = {&told->in.type,    &told->in.person, &told->in.organization,
                           &told->in.concept, &told->in.stance, &told->in.record};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(&t->arena, *texts[i]);
    take_record(t, told);
    size_t from = byte_of(p->in.text, s->start), to = byte_of(p->in.text, s->end);
    struct str words = str_trim(str_slice(p->in.text, from, to));
    size_t before = utf8_count((struct str){p->in.text.p, (size_t)(words.p - p->in.text.p)});
    struct span stretch = {(uint32_t)before, (uint32_t)(before + utf8_count(words))};
    if (!take_pieces(t, p, told, stretch))
        taking_place(t, told,
                     (struct place){.exact = words, .start = words.n ? (int64_t)before : -1});
    return true;
}

bool reading_dna(struct taking *t, struct str bytes)
{
    t->sink = (struct project_sink){take_document, take_statement};
    return store_project_read(t->store, bytes, &t->sink, t->err);
}
