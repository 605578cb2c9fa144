/* Feeds as what they hold: see feed.h. Nothing is fetched here, unlike in an import: an entry is
 * read as far as the feed itself tells it. */
#include "cli/feed.h"

static bool hand_problem(struct input_sink *sink, const struct input *input, struct str problem,
                         size_t file, size_t files)
{
    struct input bad = {.path = input->path, .url = input->url, .problem = problem};
    return sink->take(sink, &bad, file, files);
}

/* Entry `i` as an input. */
static struct input entry_input(struct arena *a, const struct input *input, const struct feed *feed,
                                size_t i)
{
    const struct feed_item *entry = &feed->items[i];
    struct input one = {.path = arena_fmt(a, "%.*s, entry %zu", STR_ARG(input->path), i + 1),
                        .url = entry->url,
                        .content_type = S("text/html; charset=utf-8")};
    if (feed_item_text(entry) != FEED_NO_TEXT)
        one.bytes = feed_item_page(a, feed, entry);
    else if (entry->url.n)
        one.problem = arena_fmt(a, "the feed gives no text of it, only its address %.*s",
                                STR_ARG(entry->url));
    else
        one.problem = arena_fmt(a, "the feed gives neither text nor address of \"%.*s\"",
                                STR_ARG(entry->title));
    return one;
}

bool inputs_of_feed(struct input_sink *sink, const struct input *input, size_t file, size_t files)
{
    struct arena a = {0}, one = {0};
    struct feed feed = {0};
    struct err why = {0};
    bool more = true;
    struct page_source source = {
        .bytes = input->bytes, .content_type = input->content_type, .url = input->url};
    if (!feed_read(&a, &source, &feed, &why))
        more = hand_problem(sink, input, str_of(why.message), file, files);
    else if (feed.kind == FEED_OPML || feed.kind == FEED_INDEX)
        more = hand_problem(sink, input, S("it is a list of feeds, which an import follows"), file,
                            files);
    else if (feed.n == 0)
        more = hand_problem(sink, input, S("the feed is empty"), file, files);
    else
        for (size_t i = 0; more && i < feed.n; i++) {
            struct input entry = entry_input(&one, input, &feed, i);
            more = sink->take(sink, &entry, file, files);
            arena_reset(&one);
        }
    arena_finish(&one);
    arena_finish(&a);
    return more;
}
