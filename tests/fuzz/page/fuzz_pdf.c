/* What pdftotext tells of a PDF, of any bytes: no crash, and everything that comes out is UTF-8. */
#include "base/utf8.h"
#include "page/format/pdf.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str s)
{
    if (!utf8_valid(s))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct page p = {0};
    if (pdf_read_xml(&a, (struct str){(const char *)data, size}, &p, NULL)) {
        check(p.text);
        check(p.title);
        check(p.byline);
        check(p.published);
    }
    arena_finish(&a);
    return 0;
}
