/* The entries of a feed, from the newest rows. */
#include "export/feed/feed.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE_CHARACTERS = 100 };

static const struct source {
    const char *name, *kind, *view; /* what the setting `news` calls it; in its id; of the page */
    enum store_noun noun;
} sources[] = {{"statements", "statement", "s", NOUN_NEWS},
               {"changes", "change", "view=positions&change", NOUN_NEWS_CHANGE},
               {"conflicts", "conflict", "view=conflicts&c", NOUN_NEWS_CONFLICT}};
enum { SOURCES = sizeof sources / sizeof *sources };

struct reading {
    struct row_sink sink;
    struct export_job *job;
    struct news *feed;
    const struct source *source;
    struct news_entry now;
    struct str speaker, key;
    int64_t id;
};

static void begin(struct row_sink *sink)
{
    struct reading *r = (struct reading *)sink;
    r->now = (struct news_entry){0};
    r->speaker = r->key = (struct str){0};
}

static void value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    struct reading *r = (struct reading *)sink;
    const struct {
        struct str name, *at;
    } texts[] = {{S("words"), &r->now.words},
                 {S("outlet"), &r->now.outlet},
                 {S("title"), &r->now.article},
                 {S("added"), &r->now.updated},
                 {S("positions"), &r->now.positions},
                 {S("speaker_name"), &r->speaker},
                 {S("key"), &r->key}};
    if (strcmp(name, "id") == 0)
        r->id = v->integer;
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

/* Positions are made anew with every comparison; what a change is named by stays. */
static struct str name_of(struct reading *r)
{
    struct arena *a = &r->feed->arena;
    if (!r->key.n)
        return arena_fmt(a, "urn:synoptic:%s:%lld", r->source->kind, (long long)r->id);
    return arena_fmt(a, "urn:synoptic:change:%lld:%016llx", (long long)r->now.story,
                     (unsigned long long)str_hash(r->key));
}

static void end(struct row_sink *sink)
{
    struct reading *r = (struct reading *)sink;
    struct arena *a = &r->feed->arena;
    struct str first = beginning(r->now.words);
    const char *base = r->job->base ? r->job->base : "";
    r->now.id = name_of(r);
    r->now.title = arena_fmt(a, "%.*s%s%.*s%s", STR_ARG(r->speaker), r->speaker.n ? ": " : "",
                             STR_ARG(first), first.n < r->now.words.n ? " …" : "");
    if (r->key.n) {
        cJSON *told = cJSON_ParseWithLength(r->now.positions.p, r->now.positions.n);
        const char *what = cJSON_GetStringValue(cJSON_GetArrayItem(told, 0));
        r->now.title = arena_fmt(a, "%.*s, %s", STR_ARG(r->speaker), what ? what : "");
        cJSON_Delete(told);
    }
    r->now.link = arena_fmt(a, "%s/story/%lld?%s=%lld", base, (long long)r->now.story,
                            r->source->view, (long long)r->id);
    r->feed->v[r->feed->n++] = r->now;
}

static int newer(const void *a, const void *b)
{
    return str_cmp(((const struct news_entry *)b)->updated,
                   ((const struct news_entry *)a)->updated);
}

static bool read_source(struct reading *r, struct err *err)
{
    struct store_page page;
    struct store_query query = {
        .noun = r->source->noun, .filter = r->job->query.filter, .limit = FEED_ENTRIES};
    return store_list(r->job->store, &query, &r->sink, &page, err);
}

bool news_read(struct export_job *job, struct news *out, struct err *err)
{
    struct reading r = {.sink = {NULL, begin, value, end}, .job = job, .feed = out};
    struct str wanted = export_get(job, EXPORT_NEWS);
    bool ok = true;
    memset(out, 0, sizeof *out);
    out->v = arena_array(&out->arena, FEED_ENTRIES * SOURCES, sizeof *out->v);
    out->updated = S("1970-01-01T00:00:00Z");
    for (size_t i = 0; ok && i < SOURCES; i++) {
        r.source = &sources[i];
        if (str_eq(wanted, S("all")) || str_eq(wanted, str_of(sources[i].name)))
            ok = read_source(&r, err);
    }
    qsort(out->v, out->n, sizeof *out->v, newer); /* glibc's keeps the order of equals */
    out->n = out->n < FEED_ENTRIES ? out->n : FEED_ENTRIES;
    if (out->n)
        out->updated = out->v[0].updated;
    return ok;
}

void news_finish(struct news *feed)
{
    arena_finish(&feed->arena);
}
