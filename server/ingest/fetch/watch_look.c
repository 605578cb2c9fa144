/* Watched feeds: see watch_look.h. */
#include "ingest/fetch/watch_look.h"

#include "base/pack.h"

enum { UNPACKED = 32 << 20 };

struct store_import_item feed_import_item(struct arena *a, const struct feed *feed,
                                          const struct feed_item *entry)
{
    bool list = feed->kind == FEED_OPML || feed->kind == FEED_INDEX;
    bool full = entry->url.n == 0 || (!list && feed_item_is_full(entry));
    bool told = entry->url.n == 0 || (!list && feed_item_text(entry) == FEED_TEXT);
    return (struct store_import_item){.kind = list   ? IMPORT_FEED
                                              : full ? IMPORT_BYTES
                                                     : IMPORT_URL,
                                      .name = entry->title.n ? entry->title : entry->url,
                                      .url = entry->url,
                                      .published = entry->published,
                                      .bytes =
                                          told ? feed_item_page(a, feed, entry) : (struct str){0},
                                      .page_type = S("html"),
                                      .title = full ? entry->title : (struct str){0},
                                      .outlet = entry->url.n ? (struct str){0} : feed->outlet,
                                      .polite = true};
}

/* -------------------------------------------------------------------------------------- one look
 */

/* What names an entry, and what it says: other words under the same name are worth another look. */
static struct store_entry entry_of(struct arena *a, const struct feed *feed,
                                   const struct feed_item *from)
{
    uint64_t print = str_hash(from->url);
    print = str_hash_more(print, from->title);
    print = str_hash_more(print, from->updated);
    print = str_hash_more(print, from->content);
    if (from->url.n == 0 && from->content.n == 0)
        print = str_hash_more(print, from->summary);
    return (struct store_entry){(int64_t)str_hash(from->id.n    ? from->id
                                                  : from->url.n ? from->url
                                                                : from->title),
                                (int64_t)print, feed_import_item(a, feed, from)};
}

static void take_feed(struct arena *a, const struct feed *feed, struct store_look *look)
{
    bool list = feed->kind == FEED_OPML || feed->kind == FEED_INDEX;
    struct store_entry *entries = arena_array(a, feed->n + 1, sizeof *entries);
    struct str *feeds = arena_array(a, feed->n + 1, sizeof *feeds);
    look->title = feed->outlet;
    look->entries = entries;
    look->feeds = feeds;
    for (size_t i = 0; i < feed->n; i++) {
        if (list)
            feeds[look->n_feeds++] = feed->items[i].url;
        else
            entries[look->n++] = entry_of(a, feed, &feed->items[i]);
    }
}

static void read_answer(struct arena *a, const struct fetched *got, const struct store_watch *watch,
                        struct store_look *look)
{
    struct feed feed = {0};
    struct err err = {0};
    struct str bytes;
    look->etag = got->etag;
    look->last_modified = got->last_modified;
    if (gunzip(a, got->body, UNPACKED, &bytes, &err) &&
        feed_read(a,
                  &(struct page_source){
                      .bytes = bytes, .content_type = got->content_type, .url = got->url},
                  &feed, &err)) {
        take_feed(a, &feed, look);
        return;
    }
    /* A page that announces its feed: that is what is watched from now on. */
    struct str link = feed_link(a, got->body, got->url);
    if (link.n && !str_eq(link, watch->url))
        look->moved = link;
    else
        look->problem = arena_str(a, str_of(err.message));
}

bool look_at_watch(const struct polite *p, const struct store_watch *watch, int64_t *import,
                   struct err *err)
{
    struct arena a = {0};
    struct store_look look = {0};
    struct polite_answer answer = {0};
    struct err why = {0};
    bool ok =
        polite_allowed(p, &a, watch->url, &why) &&
        polite_fetch(p, &a, (struct polite_request){watch->url, watch->etag, watch->last_modified},
                     &answer, &why);
    look.stopped = !ok && p->cancel && atomic_load(p->cancel);
    if (!ok)
        look.problem = arena_str(&a, str_of(why.message[0] ? why.message : "it failed"));
    else if (answer.got.unchanged)
        look.unchanged = true;
    else
        read_answer(&a, &answer.got, watch, &look);
    look.pause = answer.rest.closed;
    look.rest = answer.rest;
    ok = store_watch_looked(p->store, watch, &look, import, err);
    arena_finish(&a);
    return ok;
}
