/* Which engine an address is for: see engine.h. */
#include "store/engine.h"

#include "store/sqlite/sqlite.h"

#include <string.h>

/* The first that fits; paths of files fit last. */
static const struct engine *const engines[] = {&sqlite_engine};

/* FNV over everything but ASCII white space: layout does not make another article. */
int64_t engine_text_digest(struct str text)
{
    uint64_t hash = str_hash((struct str){0});
    size_t from = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && !(text.p[i] == ' ' || (text.p[i] >= '\t' && text.p[i] <= '\r')))
            continue;
        hash = str_hash_more(hash, str_slice(text, from, i));
        from = i + 1;
    }
    return (int64_t)hash;
}

/* Eight bytes at a time: documents have megabytes. */
int64_t engine_digest(struct str bytes)
{
    uint64_t hash = bytes.n, word;
    size_t i = 0;
    for (; i + sizeof word <= bytes.n; i += sizeof word) {
        memcpy(&word, bytes.p + i, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return (int64_t)str_hash_more(hash, str_slice(bytes, i, bytes.n));
}

const struct engine *engine_for(const char *where)
{
    size_t n = sizeof engines / sizeof *engines, i = 0;
    while (i + 1 < n && strncmp(where, engines[i]->scheme, strlen(engines[i]->scheme)) != 0)
        i++;
    return engines[i];
}
