/* Feeds of any bytes: no crash, and titles that are UTF-8. */
#include "base/utf8.h"
#include "page/feed/feed.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_item(struct arena *a, const struct feed *feed, const struct feed_item *item)
{
    bool text = feed_item_text(item) != FEED_NO_TEXT;
    if (!utf8_valid(item->title) || !utf8_valid(item->content) || !utf8_valid(item->author) ||
        !utf8_valid(feed_item_page(a, feed, item)) || (feed_item_is_full(item) && !text))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct feed f = {0};
    feed_looks_like((struct str){(const char *)data, size}, S(""));
    if (feed_read(&a,
                  &(struct page_source){.bytes = (struct str){(const char *)data, size},
                                        .url = S("https://a.example/feed")},
                  &f, NULL))
        for (size_t i = 0; i < f.n; i++)
            check_item(&a, &f, &f.items[i]);
    arena_finish(&a);
    return 0;
}
