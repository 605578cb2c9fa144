/* Feeds of any bytes: no crash, and titles that are UTF-8. */
#include "base/utf8.h"
#include "page/feed/feed.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct feed f = {0};
    if (feed_read(&a,
                  &(struct page_source){.bytes = (struct str){(const char *)data, size},
                                        .url = S("https://a.example/feed")},
                  &f, NULL))
        for (size_t i = 0; i < f.n; i++)
            if (!utf8_valid(f.items[i].title) || !utf8_valid(f.items[i].content))
                abort();
    arena_finish(&a);
    return 0;
}
