/* From articles' rows to references: names of authors apart, days in numbers. */
#include "export/reference/reference.h"

#include "base/day.h"

struct each {
    struct row_sink sink;
    struct export_job *job;
    struct reference_sink *to;
    struct arena row;
    struct reference now;
    struct str byline;
    struct err *err;
    bool failed;
};

static void begin(struct row_sink *sink)
{
    struct each *e = (struct each *)sink;
    arena_reset(&e->row);
    e->now = (struct reference){0};
    e->byline = (struct str){0};
}

static void value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    struct each *e = (struct each *)sink;
    const struct {
        struct str name, *at;
    } texts[] = {{S("title"), &e->now.title},   {S("subtitle"), &e->now.subtitle},
                 {S("outlet"), &e->now.outlet}, {S("published"), &e->now.published},
                 {S("url"), &e->now.url},       {S("language"), &e->now.language},
                 {S("byline"), &e->byline}};
    if (v->type == ROW_INT && str_eq(str_of(name), S("id")))
        e->now.id = v->integer;
    for (size_t i = 0; v->type == ROW_TEXT && i < sizeof texts / sizeof *texts; i++)
        if (str_eq(texts[i].name, str_of(name)))
            *texts[i].at = arena_str(&e->row, v->text);
}

/* Where the next name begins, and how long what parts it from this one is; STR_NONE: nowhere. */
static size_t next_break(struct str s, size_t *length)
{
    static const struct str breaks[] = {STR(", and "), STR(" and "), STR(", "), STR("; "),
                                        STR(" & ")};
    size_t best = STR_NONE;
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        size_t at = str_find(s, breaks[i], 0);
        if (at < best) {
            best = at;
            *length = breaks[i].n;
        }
    }
    return best;
}

static void read_authors(struct reference *r, struct str byline)
{
    if (str_starts(byline, S("By ")) || str_starts(byline, S("by ")))
        byline = str_slice(byline, 3, byline.n);
    while (byline.n && r->n_authors < REFERENCE_AUTHORS) {
        size_t length = 0, at = next_break(byline, &length);
        struct str name = str_trim(str_slice(byline, 0, at));
        if (name.n)
            r->author[r->n_authors++] = name;
        byline = at == STR_NONE ? (struct str){0} : str_slice(byline, at + length, byline.n);
    }
}

static void end(struct row_sink *sink)
{
    struct each *e = (struct each *)sink;
    int32_t day = day_parse(e->now.published);
    if (day != NO_DAY)
        day_civil(day, &e->now.year, &e->now.month, &e->now.day);
    read_authors(&e->now, e->byline);
    e->to->take(e->to, e->job->out, &e->now);
    e->to->later = true;
    e->failed = e->failed || !export_flush(e->job, e->err);
}

bool references_each(struct export_job *job, struct reference_sink *sink, struct err *err)
{
    struct each e = {.sink = {NULL, begin, value, end}, .job = job, .to = sink, .err = err};
    struct store_query query = {
        .noun = NOUN_ARTICLE, .filter = job->query.filter, .stop = &e.failed};
    bool ok;
    if (query.filter.article) {
        query.id = query.filter.article;
        ok = store_item(job->store, &query, &e.sink, err);
    } else {
        ok = store_list_all(job->store, &query, &e.sink, err);
    }
    arena_finish(&e.row);
    return ok && !e.failed;
}
