/* A map from 64-bit keys to numbers, by open addressing; it never shrinks.
 *
 * Keys are hashes, ids or two ids side by side; of text take str_hash. An all-zero struct is an
 * empty map. Memory comes from the caller's arena and is abandoned there when the map widens. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map {
    uint64_t *keys;
    uint32_t *values;
    size_t n, cap; /* keys in it; slots, a power of two */
};

/* The value's place; new keys start at 0. The place is valid until the next call. */
uint32_t *map_at(struct arena *a, struct map *m, uint64_t key);
/* The value, or `otherwise`. */
uint32_t map_get(const struct map *m, uint64_t key, uint32_t otherwise);

/* A map that holds its memory itself, and lets go what it had before it widened: for many keys.
 * All zeros: empty. */
struct own_map {
    struct map map;
    struct arena arena;
};
/* As map_at. */
uint32_t *own_map_at(struct own_map *m, uint64_t key);
void own_map_finish(struct own_map *m);

#endif
