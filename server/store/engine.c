/* Which engine an address is for: see engine.h. */
#include "store/engine.h"

#include "store/sqlite/sqlite.h"

#include <string.h>

/* The first that fits; paths of files fit last. */
static const struct engine *const engines[] = {&sqlite_engine};

const struct engine *engine_for(const char *where)
{
    size_t n = sizeof engines / sizeof *engines, i = 0;
    while (i + 1 < n && strncmp(where, engines[i]->scheme, strlen(engines[i]->scheme)) != 0)
        i++;
    return engines[i];
}
