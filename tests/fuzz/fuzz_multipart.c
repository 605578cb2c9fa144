/* Form bodies: every part must lie inside the body. */
#include "http/parts.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct http_request r = {0};
    struct str body = {(const char *)data, size};
    struct err err;
    if (multipart_parse(&a, body, S("b"), &r, &err))
        for (size_t i = 0; i < r.n_parts; i++)
            assert(r.parts[i].bytes.p >= body.p &&
                   r.parts[i].bytes.p + r.parts[i].bytes.n <= body.p + body.n);
    arena_finish(&a);
    return 0;
}
