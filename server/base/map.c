/* A map from 64-bit hashes to numbers: see map.h. Keys are hashes already, so the low bits
 * serve as they are; key 0 is kept apart by mapping it to 1. */
#include "base/map.h"

static size_t slot(const struct table *t, uint64_t key)
{
    size_t at = (size_t)(key ^ key >> 29) & (t->cap - 1);
    while (t->keys[at] && t->keys[at] != key)
        at = (at + 1) & (t->cap - 1);
    return at;
}

static void widen(struct arena *a, struct table *t)
{
    struct table wide = {.cap = t->cap ? t->cap * 2 : 64, .n = t->n};
    wide.keys = arena_array(a, wide.cap, sizeof *wide.keys);
    wide.values = arena_array(a, wide.cap, sizeof *wide.values);
    for (size_t i = 0; i < t->cap; i++) {
        if (!t->keys[i])
            continue;
        size_t at = slot(&wide, t->keys[i]);
        wide.keys[at] = t->keys[i];
        wide.values[at] = t->values[i];
    }
    *t = wide;
}

uint32_t *table_at(struct arena *a, struct table *t, uint64_t key)
{
    key = key ? key : 1;
    if (t->n * 3 >= t->cap * 2)
        widen(a, t);
    size_t at = slot(t, key);
    if (!t->keys[at]) {
        t->keys[at] = key;
        t->n++;
    }
    return &t->values[at];
}

uint32_t table_get(const struct table *t, uint64_t key, uint32_t otherwise)
{
    key = key ? key : 1;
    if (!t->cap)
        return otherwise;
    size_t at = slot(t, key);
    return t->keys[at] ? t->values[at] : otherwise;
}
