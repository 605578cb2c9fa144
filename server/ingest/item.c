/* One item of the queue: an address, a feed, or bytes. See item.h. */
#include "ingest/item.h"

#include "ingest/feed.h"
#include "ingest/fetch.h"
#include "ingest/gather.h"
#include "ingest/split.h"
#include "ingest/url.h"

enum { FEED_ITEMS = 200, UNPACKED_MAX = 512 << 20, JOINED_MAX = 32 << 20 };

static enum page_type type_of(struct str name)
{
    static const char *const names[PAGE_TYPE_COUNT] = {"auto", "html", "text", "body"};
    for (int i = 0; i < PAGE_TYPE_COUNT; i++)
        if (str_eq(name, str_of(names[i])))
            return (enum page_type)i;
    return PAGE_AUTO;
}

/* By the first tag: pages announce themselves otherwise, and headers often say text/xml for both.
 */
static bool looks_like_feed(struct str bytes, struct str content_type)
{
    struct str head = str_slice(bytes, 0, 1024);
    bool json = str_contains(content_type, S("feed+json")) ||
                (str_starts(str_trim(head), S("{")) && str_contains(head, S("jsonfeed.org")));
    return json || str_contains(head, S("<rss")) || str_contains(head, S("<rdf:RDF")) ||
           (str_contains(head, S("<feed")) && str_contains(head, S("Atom"))) ||
           (str_contains(head, S("<urlset")) && !str_contains(head, S("<html")));
}

/* Bytes at hand, wherever they came from. */
struct matter {
    struct str bytes, content_type, url;
};

static bool expand_feed(const struct item_run *run, struct arena *a,
                        const struct store_import_item *item, const struct matter *m,
                        struct err *err)
{
    struct feed feed = {0};
    if (!feed_read(a, m->bytes, m->content_type, m->url, &feed, err))
        return false;
    size_t n = feed.n < FEED_ITEMS ? feed.n : FEED_ITEMS;
    struct store_import_item *items = arena_array(a, n + 1, sizeof *items);
    for (size_t i = 0; i < n; i++) {
        const struct feed_item *from = &feed.items[i];
        bool page = from->url.n > 0;
        items[i] = (struct store_import_item){.kind = feed.kind == FEED_OPML ? IMPORT_FEED
                                                      : page                 ? IMPORT_URL
                                                                             : IMPORT_BYTES,
                                              .name = from->title.n ? from->title : from->url,
                                              .url = from->url,
                                              .published = from->published,
                                              .bytes = from->content,
                                              .page_type = S("html"),
                                              .title = page ? (struct str){0} : from->title,
                                              .outlet = page ? (struct str){0} : feed.outlet,
                                              .sample = item->sample};
    }
    return n == 0 || store_import_more(run->store, item->import, items, n, err);
}

static bool fetch_matter(const struct item_run *run, struct arena *a,
                         const struct store_import_item *item, struct matter *m, struct err *err)
{
    struct fetch_options options = {.allow_private = run->options->allow_private_fetch,
                                    .cancel = run->stop};
    struct fetched answer = {0};
    if (!store_import_stage(run->store, item->id, "fetch", err))
        return false;
    if (fetch_url(a, item->url, &options, &answer, err)) {
        *m = (struct matter){answer.body, answer.content_type, answer.url};
        return true;
    }
    /* A feed that carries its articles whole needs no page behind the link. */
    if (item->bytes.n)
        *m = (struct matter){item->bytes, S("text/html"), item->url};
    return item->bytes.n > 0;
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
        .bytes = m->bytes, .name = name, .content_type = m->content_type, .most = UNPACKED_MAX};
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

/* The pages that follow the first of a split article, fetched one after the other and joined with
 * it. What cannot be had ends the article there. */
static void fetch_following(const struct item_run *run, struct arena *a, struct matter *m)
{
    struct fetch_options options = {.allow_private = run->options->allow_private_fetch,
                                    .cancel = run->stop};
    struct split_page pages[SPLIT_PAGES] = {{m->url, m->content_type, m->bytes}};
    struct split_place first, place;
    size_t n = 1, bytes = m->bytes.n;
    if (!split_find(a, m->bytes, m->content_type, m->url, &first) || first.number != 1)
        return;
    place = first;
    while (n < SPLIT_PAGES && place.next.n && bytes < JOINED_MAX) {
        struct fetched answer = {0};
        if (!fetch_url(a, place.next, &options, &answer, NULL))
            break;
        pages[n++] = (struct split_page){place.next, answer.content_type, answer.body};
        bytes += answer.body.n;
        if (!split_find(a, answer.body, answer.content_type, place.next, &place) ||
            !str_eq(place.base, first.base) || place.number != n)
            break;
    }
    if (n > 1) {
        m->bytes = split_join(a, pages, n);
        m->content_type = S("multipart/mixed");
    }
}

static bool import_page(const struct item_run *run, const struct store_import_item *item,
                        const struct matter *m, struct ingest_result *result, struct err *err)
{
    struct ingest_source source = {.bytes = m->bytes,
                                   .type = type_of(item->page_type),
                                   .content_type = m->content_type,
                                   .url = m->url,
                                   .title = item->title,
                                   .outlet = item->outlet,
                                   .published = item->published,
                                   .sample = item->sample};
    return store_import_stage(run->store, item->id, "read", err) &&
           ingest_page(run->store, &source, result, err);
}

static bool import_item(const struct item_run *run, struct arena *a,
                        const struct store_import_item *item, struct store_outcome *outcome,
                        struct err *err)
{
    static const char *const results[] = {"new", "same", "version"};
    struct matter m = {item->bytes, item->content_type, item->url};
    struct ingest_result result = {0};
    if (item->kind != IMPORT_BYTES && !fetch_matter(run, a, item, &m, err))
        return false;
    bool plain = str_eq(item->page_type, S("text")) || str_eq(item->page_type, S("body"));
    bool automatic = item->page_type.n == 0 || str_eq(item->page_type, S("auto"));
    struct str name = item->kind == IMPORT_BYTES ? item->name : url_path(m.url);
    if (m.content_type.n == 0 || str_eq(m.content_type, S("application/octet-stream")))
        m.content_type = name_content_type(name);
    if (automatic && item->kind != IMPORT_FEED &&
        unpack_kind(str_slice(m.bytes, 0, 512), name, m.content_type) != UNPACK_NONE) {
        outcome->result = "archive";
        return unpack_matter(run, item, &m, name, err);
    }
    if (item->kind == IMPORT_FEED || (!plain && looks_like_feed(m.bytes, m.content_type))) {
        outcome->result = "feed";
        return expand_feed(run, a, item, &m, err);
    }
    if (automatic && item->kind == IMPORT_URL)
        fetch_following(run, a, &m);
    if (!import_page(run, item, &m, &result, err))
        return false;
    *outcome = (struct store_outcome){result.article, result.story, results[result.how], {0}};
    return true;
}

void item_import(const struct item_run *run, struct arena *a, const struct store_import_item *item,
                 struct store_outcome *outcome)
{
    struct err err = {0};
    *outcome = (struct store_outcome){0};
    if (import_item(run, a, item, outcome, &err))
        return;
    *outcome = (struct store_outcome){.problem = arena_str(a, str_of(err.message))};
    if (outcome->problem.n == 0)
        outcome->problem = S("it could not be imported");
}
