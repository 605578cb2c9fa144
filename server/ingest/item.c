/* One item of the queue: an address, a feed, or bytes. See item.h. */
#include "ingest/item.h"

#include "ingest/feed.h"
#include "ingest/fetch.h"

enum { FEED_ITEMS = 200 };

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
    if (item->kind == IMPORT_FEED || (!plain && looks_like_feed(m.bytes, m.content_type))) {
        outcome->result = "feed";
        return expand_feed(run, a, item, &m, err);
    }
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
