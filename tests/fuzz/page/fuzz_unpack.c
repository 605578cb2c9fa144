/* Archives and WARC files of any bytes: no crash, an end, and names that are UTF-8. */
#include "base/utf8.h"
#include "page/unpack/unpack.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take(struct unpack_sink *sink, const struct unpack_member *m)
{
    (void)sink;
    if (!utf8_valid(m->name) || !utf8_valid(m->url) || (m->bytes.n == 0) != (m->problem.n > 0))
        abort();
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct unpack_sink sink = {take};
    struct unpack_source source = {
        .bytes = {(const char *)data, size}, .name = S("x"), .most = 8 << 20};
    if (!unpack(&source, &sink))
        abort();
    return 0;
}
