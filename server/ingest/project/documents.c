/* Documents of a project become articles, and are found among them. */
#include "ingest/project/taking.h"

#include "base/day.h"
#include "ingest/story/pipeline.h"
#include "store/original.h"

#include <string.h>

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

bool taking_submit(struct taking *t)
{
    for (size_t i = 0; i < t->n_papers; i++) {
        const struct project_document *d = &t->papers[i].in;
        if (!d->text.n)
            continue;
        bool address = str_starts(d->notes, S("https://")) || str_starts(d->notes, S("http://"));
        struct ingest_source source = {.bytes = d->text,
                                       .type = PAGE_BODY,
                                       .content_type = S("text/plain; charset=utf-8"),
                                       .url = address && !str_contains(d->notes, S("\n")) ? d->notes
                                                                                          : S(""),
                                       .title = d->title,
                                       .outlet = d->source,
                                       .byline = d->author,
                                       .published = time_of(t, d->date)};
        struct ingest_result result;
        struct err why = {0};
        if (!ingest_page(t->store, &source, &result, &why) && !is_its_own(why.kind))
            return fail(t->err, why.kind, "%s", why.message);
    }
    return ingest_regroup(t->store, FRESH_ALL, t->err) && ingest_stale(t->store, NULL, t->err);
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

/* The article that a statement names: a number, a URN of ours, an address. */
static bool find_named(struct taking *t, struct paper *p)
{
    enum store_saved how = SAVED_NEW;
    struct str name = p->reference;
    static const struct str urn = STR("urn:synoptic:article:");
    uint64_t number;
    if (str_starts(name, urn))
        name = str_slice(name, urn.n, name.n);
    if (str_to_u64(name, &number) && number <= INT64_MAX) {
        p->article = (int64_t)number;
        return true;
    }
    struct store_article article = {.url = name};
    return store_article_find(t->store, &article, &how, &p->article, t->err) &&
           (p->article || store_address_find(t->store, name, &p->article, t->err));
}

static bool find_by_text(struct taking *t, struct paper *p)
{
    enum store_saved how;
    struct store_article article = {.text = p->in.text, .outlet = p->in.source};
    if (!store_article_find(t->store, &article, &how, &p->article, t->err))
        return false;
    if (how != SAVED_SAME)
        p->article = 0;
    return true;
}

/* What is not here keeps the file's text in a dry run, in which it would come. */
static bool is_missing(struct taking *t, struct paper *p)
{
    p->article = 0;
    if (t->options->dry) {
        p->text = p->in.text;
        p->index = utf8_index_make(&t->arena, p->text);
    }
    return true;
}

bool taking_find(struct taking *t, struct paper *p)
{
    struct text_sink text = {{NULL, ignore, keep_text, ignore}, &t->arena, {0}};
    struct err why = {0};
    if (!(p->in.text.n ? find_by_text(t, p) : find_named(t, p)))
        return false;
    struct store_query query = {.noun = NOUN_ARTICLE, .id = p->article};
    if (!p->article)
        return is_missing(t, p);
    if (!store_article_story(t->store, p->article, &p->story, &why) || p->story <= 0)
        return why.kind == ERR_NONE || why.kind == ERR_MISSING
                   ? is_missing(t, p)
                   : fail(t->err, why.kind, "%s", why.message);
    t->count->articles++;
    if (!store_item(t->store, &query, &text.sink, t->err))
        return false;
    p->text = text.text;
    p->index = utf8_index_make(&t->arena, p->text);
    return true;
}
