/* W3C Web Annotation (JSON-LD): an annotation each statement, with the article's address (or,
 * without one, a URN), the words and their place in the article (Unicode code points of its clean
 * text) as selectors, who says it as a body that identifies and each position as one that
 * classifies. */
#include "export/export.h"

#include "base/map.h"

#include <string.h>

/* Addresses of articles, by number: what other programs know them by. */
struct addresses {
    struct row_sink sink;
    struct arena arena;
    struct map at; /* number -> index + 1 */
    struct str *v;
    size_t n, cap;
    int64_t id;
};

struct notes {
    struct row_sink sink;
    struct export_job *job;
    struct arena row;
    struct addresses addresses;
    struct json j;
    int64_t id, article;
    struct str content, positions, speaker, url, title;
    struct err *err;
    bool failed;
};

static void begin(struct row_sink *sink)
{
    struct notes *n = (struct notes *)sink;
    arena_reset(&n->row);
    n->content = n->positions = n->speaker = n->title = (struct str){0};
}

static void value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    struct notes *n = (struct notes *)sink;
    const struct {
        struct str name, *at;
    } texts[] = {{S("content"), &n->content},
                 {S("positions"), &n->positions},
                 {S("speaker_name"), &n->speaker},
                 {S("title"), &n->title}};
    if (str_eq(str_of(name), S("id")))
        n->id = v->integer;
    if (str_eq(str_of(name), S("article")))
        n->article = v->integer;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_eq(texts[i].name, str_of(name)))
            *texts[i].at = arena_str(&n->row, v->text);
}

static void urn(struct json *j, struct buf *out, const char *kind, int64_t id)
{
    json_raw(j, (struct str){0});
    buf_fmt(out, "\"urn:synoptic:%s:%lld\"", kind, (long long)id);
}

static void body(struct json *j, const char *purpose, struct str text)
{
    json_object(j);
    json_field_str(j, "type", S("TextualBody"));
    json_field_str(j, "purpose", str_of(purpose));
    json_field_str(j, "format", S("text/plain"));
    json_field_str(j, "value", text);
    json_end_object(j);
}

static struct str text_in(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? str_of(item->valuestring) : (struct str){0};
}

static void bodies(struct notes *n, struct json *j)
{
    cJSON *positions = cJSON_ParseWithLength(n->positions.p, n->positions.n);
    const cJSON *p;
    json_key(j, "body");
    json_array(j);
    if (n->speaker.n)
        body(j, "identifying", n->speaker);
    cJSON_ArrayForEach(p, positions) {
        body(j, "classifying",
             arena_fmt(&n->row, "%.*s: %.*s", STR_ARG(text_in(p, "stance")),
                       STR_ARG(text_in(p, "issue"))));
    }
    json_end_array(j);
    cJSON_Delete(positions);
}

static void selectors(struct json *j, const cJSON *span)
{
    static const char *const quote[] = {"exact", "prefix", "suffix"}, *const place[] = {"start",
                                                                                        "end"};
    json_key(j, "selector");
    json_array(j);
    json_object(j);
    json_field_str(j, "type", S("TextQuoteSelector"));
    for (size_t i = 0; i < 3; i++)
        json_field_str(j, quote[i], text_in(span, quote[i]));
    json_end_object(j);
    json_object(j);
    json_field_str(j, "type", S("TextPositionSelector"));
    for (size_t i = 0; i < 2; i++) {
        const cJSON *at = cJSON_GetObjectItemCaseSensitive(span, place[i]);
        json_field_int(j, place[i], cJSON_IsNumber(at) ? (int64_t)at->valuedouble : 0);
    }
    json_end_object(j);
    json_end_array(j);
}

static void source(struct notes *n, struct json *j)
{
    uint32_t at = map_get(&n->addresses.at, (uint64_t)n->article, 0);
    if (at)
        json_str(j, n->addresses.v[at - 1]);
    else
        urn(j, j->out, "article", n->article);
}

static void targets(struct notes *n, struct json *j)
{
    cJSON *spans = cJSON_ParseWithLength(n->content.p, n->content.n);
    const cJSON *span;
    json_key(j, "target");
    json_array(j);
    cJSON_ArrayForEach(span, spans) {
        json_object(j);
        json_key(j, "source");
        source(n, j);
        selectors(j, span);
        json_end_object(j);
    }
    json_end_array(j);
    cJSON_Delete(spans);
}

static void end(struct row_sink *sink)
{
    struct notes *n = (struct notes *)sink;
    struct json *j = &n->j;
    json_object(j);
    json_key(j, "id");
    urn(j, j->out, "statement", n->id);
    json_field_str(j, "type", S("Annotation"));
    json_field_str(j, "motivation", S("classifying"));
    bodies(n, j);
    targets(n, j);
    json_end_object(j);
    n->failed = n->failed || !export_flush(n->job, n->err);
}

static void ignore(struct row_sink *sink)
{
    (void)sink;
}

static void keep_address(struct row_sink *sink, const char *name, const struct row_value *v)
{
    struct addresses *a = (struct addresses *)sink;
    if (strcmp(name, "id") == 0)
        a->id = v->integer;
    if (strcmp(name, "url") != 0 || v->type != ROW_TEXT)
        return;
    a->v = arena_grow(&a->arena, a->v, a->n, &a->cap, sizeof *a->v);
    a->v[a->n++] = arena_str(&a->arena, v->text);
    *map_at(&a->arena, &a->at, (uint64_t)a->id) = (uint32_t)a->n;
}

static bool read_addresses(struct notes *n)
{
    struct store_filter filter = {.story = n->job->query.filter.story};
    struct store_query query = {.noun = NOUN_ARTICLE, .filter = filter};
    n->addresses.sink = (struct row_sink){NULL, ignore, keep_address, ignore};
    return store_list_all(n->job->store, &query, &n->addresses.sink, n->err);
}

bool export_annotations(struct export_job *job, struct err *err)
{
    struct notes n = {.sink = {NULL, begin, value, end}, .job = job, .err = err};
    struct store_query query = {
        .noun = NOUN_STATEMENT, .filter = job->query.filter, .stop = &n.failed};
    n.j = json_begin(job->out);
    json_object(&n.j);
    json_field_str(&n.j, "@context", S("http://www.w3.org/ns/anno.jsonld"));
    json_field_str(&n.j, "id", S("urn:synoptic:statements"));
    json_field_str(&n.j, "type", S("AnnotationPage"));
    json_key(&n.j, "items");
    json_array(&n.j);
    bool ok = read_addresses(&n) && store_list_all(job->store, &query, &n.sink, err) && !n.failed;
    json_end_array(&n.j);
    json_end_object(&n.j);
    arena_finish(&n.row);
    arena_finish(&n.addresses.arena);
    return ok;
}
