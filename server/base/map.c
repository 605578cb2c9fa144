/* A map from 64-bit keys to numbers: see map.h. Key 0 is kept apart by mapping it to 1. */
#include "base/map.h"

/* Fibonacci hashing (Knuth, TAOCP 6.4): all bits of the key count for the upper ones of the
 * product, so that pairs of small ids, too, spread over the slots. */
static size_t slot(const struct map *m, uint64_t key)
{
    int unused = __builtin_clzll(m->cap) + 1;
    size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> unused);
    while (m->keys[at] && m->keys[at] != key)
        at = (at + 1) & (m->cap - 1);
    return at;
}

static void widen(struct arena *a, struct map *m)
{
    struct map wide = {.cap = m->cap ? m->cap * 2 : 64, .n = m->n};
    wide.keys = arena_array(a, wide.cap, sizeof *wide.keys);
    wide.values = arena_array(a, wide.cap, sizeof *wide.values);
    for (size_t i = 0; i < m->cap; i++) {
        if (!m->keys[i])
            continue;
        size_t at = slot(&wide, m->keys[i]);
        wide.keys[at] = m->keys[i];
        wide.values[at] = m->values[i];
    }
    *m = wide;
}

static bool is_full(const struct map *m)
{
    return m->n * 3 >= m->cap * 2;
}

uint32_t *map_at(struct arena *a, struct map *m, uint64_t key)
{
    key = key ? key : 1;
    if (is_full(m))
        widen(a, m);
    size_t at = slot(m, key);
    if (!m->keys[at]) {
        m->keys[at] = key;
        m->n++;
    }
    return &m->values[at];
}

uint32_t map_get(const struct map *m, uint64_t key, uint32_t otherwise)
{
    key = key ? key : 1;
    if (!m->cap)
        return otherwise;
    size_t at = slot(m, key);
    return m->keys[at] ? m->values[at] : otherwise;
}

uint32_t *own_map_at(struct own_map *m, uint64_t key)
{
    if (is_full(&m->map)) {
        struct arena wider = {0};
        widen(&wider, &m->map);
        arena_finish(&m->arena);
        m->arena = wider;
    }
    return map_at(&m->arena, &m->map, key);
}

void own_map_finish(struct own_map *m)
{
    arena_finish(&m->arena);
    m->map = (struct map){0};
}
