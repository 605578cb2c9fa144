/* The entries of a feed, from the newest rows. */
#include "export/feed/feed.h"

#include "base/utf8.h"

#include <string.h>

enum { TITLE_CHARACTERS = 100 };

struct reading {
    struct row_sink sink;
    struct export_job *job;
    struct news *feed;
    struct news_entry now;
    struct str speaker;
};

static void begin(struct row_sink *sink)
{
    struct reading *r = (struct reading *)sink;
    r->now = (struct news_entry){0};
    r->speaker = (struct str){0};
}

static void value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    struct reading *r = (struct reading *)sink;
    const struct {
        struct str name, *at;
    } texts[] = {{S("words"), &r->now.words},         {S("outlet"), &r->now.outlet},
                 {S("title"), &r->now.article},       {S("added"), &r->now.updated},
                 {S("positions"), &r->now.positions}, {S("speaker_name"), &r->speaker}};
    if (strcmp(name, "id") == 0)
        r->now.id = v->integer;
    if (strcmp(name, "story") == 0)
        r->now.story = v->integer;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_eq(texts[i].name, str_of(name)))
            *texts[i].at = arena_str(&r->feed->arena, v->text);
}

/* The beginning, in whole words. */
static struct str beginning(struct str text)
{
    size_t at = 0, word = 0;
    for (size_t n = 0; n < TITLE_CHARACTERS && at < text.n; n++) {
        if (text.p[at] == ' ')
            word = at;
        utf8_next(text, &at);
    }
    return at == text.n ? text : str_slice(text, 0, word ? word : at);
}

static void end(struct row_sink *sink)
{
    struct reading *r = (struct reading *)sink;
    struct arena *a = &r->feed->arena;
    struct str first = beginning(r->now.words);
    const char *base = r->job->base ? r->job->base : "";
    r->now.title = arena_fmt(a, "%.*s%s%.*s%s", STR_ARG(r->speaker), r->speaker.n ? ": " : "",
                             STR_ARG(first), first.n < r->now.words.n ? " …" : "");
    r->now.link =
        arena_fmt(a, "%s/story/%lld?s=%lld", base, (long long)r->now.story, (long long)r->now.id);
    if (r->feed->n < FEED_ENTRIES)
        r->feed->v[r->feed->n++] = r->now;
    if (str_cmp(r->feed->updated, r->now.updated) < 0)
        r->feed->updated = r->now.updated;
}

bool news_read(struct export_job *job, struct news *out, struct err *err)
{
    struct reading r = {.sink = {NULL, begin, value, end}, .job = job, .feed = out};
    struct store_page page;
    struct store_query query = {
        .noun = NOUN_NEWS, .filter = job->query.filter, .limit = FEED_ENTRIES};
    memset(out, 0, sizeof *out);
    out->v = arena_array(&out->arena, FEED_ENTRIES, sizeof *out->v);
    out->updated = S("1970-01-01T00:00:00Z");
    return store_list(job->store, &query, &r.sink, &page, err);
}

void news_finish(struct news *feed)
{
    arena_finish(&feed->arena);
}
