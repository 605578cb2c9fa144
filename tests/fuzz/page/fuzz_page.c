/* Pages and plain-text exports of any bytes: no crash, and everything that comes out is UTF-8. */
#include "base/utf8.h"
#include "page/page.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str s)
{
    if (!utf8_valid(s))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    setenv("PATH", "/no/such/folder", 1); /* PDF: no other program is started */
    struct str bytes = {(const char *)data, size};
    for (int type = PAGE_AUTO; type < PAGE_TYPE_COUNT; type++) {
        struct arena a = {0};
        struct page p = {0};
        if (page_read(&a,
                      &(struct page_source){.bytes = bytes,
                                            .type = (enum page_type)type,
                                            .content_type = S("text/html"),
                                            .url = S("https://www.a.example/2025/04/23/b")},
                      &p, NULL)) {
            check(p.text);
            check(p.title);
            check(p.subtitle);
            check(p.byline);
            check(p.outlet);
            check(p.agency);
            check(p.section);
            check(p.canonical);
        }
        arena_finish(&a);
    }
    return 0;
}
