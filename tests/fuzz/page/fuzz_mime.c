/* Saved pages in one file, mails and pages of split articles of any bytes: no crash, and UTF-8. */
#include "base/utf8.h"
#include "page/page.h"
#include "page/unpack/unpack.h"

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
    struct arena a = {0};
    struct str bytes = {(const char *)data, size}, head = S("MIME-Version: 1.0\r\n");
    struct page p = {0};
    struct split_place place = {0};
    /* Most mutations lose the line that makes it a mail: it is put back. */
    struct str mail = arena_fmt(&a, "%.*s%.*s", STR_ARG(head), STR_ARG(bytes));
    if (page_read(&a, &(struct page_source){.bytes = bytes}, &p, NULL) ||
        page_read(&a, &(struct page_source){.bytes = mail}, &p, NULL)) {
        check(p.text);
        check(p.title);
        check(p.url);
        check(p.published);
    }
    if (split_find(&a, bytes, S("text/html"), S("https://x.example/a"), &place)) {
        struct split_page page = {S("https://x.example/a"), S("text/html"), bytes},
                          back[SPLIT_PAGES];
        size_t n;
        if (!split_parts(split_join(&a, &page, 1), back, &n) || !str_eq(back[0].bytes, bytes))
            abort();
    }
    arena_finish(&a);
    return 0;
}
