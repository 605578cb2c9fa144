/* One item of the queue: an address, a feed, or bytes. See item.h. */
#include "ingest/item.h"

#include "base/pack.h"
#include "base/url.h"
#include "ingest/fetch/watch_look.h"
#include "ingest/gather.h"

enum { UNPACKED = 32 << 20, ARCHIVE_MAX = 512 << 20 };

/* Bytes at hand, wherever they came from. */
struct matter {
    struct str bytes, content_type, url;
};

static bool expand_feed(struct arena *a, const struct store_import_item *item,
                        const struct matter *m, struct store_outcome *outcome, struct err *err)
{
    struct feed feed = {0};
    if (!feed_read(a,
                   &(struct page_source){
                       .bytes = m->bytes, .content_type = m->content_type, .url = m->url},
                   &feed, err))
        return false;
    struct store_import_item *items = arena_array(a, feed.n + 1, sizeof *items);
    for (size_t i = 0; i < feed.n; i++) {
        items[i] = feed_import_item(a, &feed, &feed.items[i]);
        items[i].sample = item->sample;
    }
    *outcome = (struct store_outcome){.result = "feed", .more = items, .n_more = feed.n};
    return true;
}

/* The map of a table's columns travels as a parameter of its content type: "text/csv; map=...". */
static bool map_of(struct str content_type, struct record_map *map, struct err *err)
{
    size_t at = str_find(content_type, S("; map="), 0);
    *map = (struct record_map){0};
    return at == STR_NONE ||
           record_map_parse(str_slice(content_type, at + 6, content_type.n), map, err);
}

/* Every member becomes an item of the same import. */
static bool unpack_matter(const struct item_run *run, const struct store_import_item *item,
                          const struct matter *m, struct str name, struct err *err)
{
    struct unpack_source source = {
        .bytes = m->bytes, .name = name, .content_type = m->content_type, .most = ARCHIVE_MAX};
    struct gather gather = {
        .store = run->store,
        .import = item->import,
        .err = err,
        .sink = {gather_sink},
        .template = {.outlet = item->outlet, .published = item->published, .sample = item->sample}};
    int64_t import;
    if (!map_of(m->content_type, &source.map, err))
        return false;
    bool ok = unpack(&source, &gather.sink);
    return gather_end(&gather, &import) && ok;
}

static bool import_page(const struct item_run *run, const struct store_import_item *item,
                        const struct matter *m, struct ingest_result *result, struct err *err)
{
    struct ingest_source source = {.bytes = m->bytes,
                                   .type = page_type_named(item->page_type),
                                   .content_type = m->content_type,
                                   .url = m->url,
                                   .title = item->title,
                                   .outlet = item->outlet,
                                   .published = item->published,
                                   .sample = item->sample,
                                   .forget = run->options->forget_originals,
                                   .ahead = run->ahead,
                                   .batched = run->batched,
                                   .item = item->id};
    return ingest_page(run->store, &source, result, err);
}

static bool import_item(const struct item_run *run, struct arena *a,
                        const struct store_import_item *item, struct store_outcome *outcome,
                        struct err *err)
{
    static const char *const results[] = {"new", "same", "version"};
    struct matter m = {item->bytes, item->content_type, item->source.n ? item->source : item->url};
    struct ingest_result result = {0};
    if (item->problem.n)
        return fail(err, ERR_REMOTE, "%.*s", STR_ARG(item->problem));
    if (!gunzip(a, m.bytes, UNPACKED, &m.bytes, err))
        return false;
    bool plain = str_eq(item->page_type, S("text")) || str_eq(item->page_type, S("body"));
    bool automatic = item->page_type.n == 0 || str_eq(item->page_type, S("auto"));
    struct str name = item->kind == IMPORT_BYTES ? item->name : url_path(m.url);
    if (m.content_type.n == 0 || str_eq(m.content_type, S("application/octet-stream")))
        m.content_type = name_content_type(name);
    if (automatic && item->kind != IMPORT_FEED && !feed_looks_like(m.bytes, m.content_type) &&
        unpack_kind(str_slice(m.bytes, 0, 512), name, m.content_type) != UNPACK_NONE) {
        outcome->result = "archive";
        return unpack_matter(run, item, &m, name, err);
    }
    if (!gunzip(a, m.bytes, UNPACKED, &m.bytes, err))
        return false;
    if (item->kind == IMPORT_FEED || (!plain && feed_looks_like(m.bytes, m.content_type)))
        return expand_feed(a, item, &m, outcome, err);
    if (!import_page(run, item, &m, &result, err))
        return false;
    *outcome = (struct store_outcome){
        .article = result.article, .story = result.story, .result = results[result.how]};
    return true;
}

/* What is wrong with the store, not with the item: it would fail as any other. */
static bool is_stores(enum err_kind kind)
{
    return kind == ERR_FULL || kind == ERR_READ_ONLY || kind == ERR_BUSY || kind == ERR_IO;
}

bool item_import(const struct item_run *run, struct arena *a, const struct store_import_item *item,
                 struct store_outcome *outcome, struct err *err)
{
    struct err why = {0};
    *outcome = (struct store_outcome){0};
    if (import_item(run, a, item, outcome, &why))
        return true;
    if (is_stores(why.kind))
        return fail(err, why.kind, "%s", why.message);
    *outcome = (struct store_outcome){.problem = arena_str(a, str_of(why.message))};
    if (outcome->problem.n == 0)
        outcome->problem = S("it could not be imported");
    return true;
}
