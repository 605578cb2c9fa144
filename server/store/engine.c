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

const struct engine *engine_for(const char *where)
{
    size_t n = sizeof engines / sizeof *engines, i = 0;
    while (i + 1 < n && strncmp(where, engines[i]->scheme, strlen(engines[i]->scheme)) != 0)
        i++;
    return engines[i];
}
