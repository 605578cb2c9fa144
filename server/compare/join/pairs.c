/* The pairs of statements that joining looks at: an array and a table, each in an arena of its own,
 * so that the smaller one goes when it has grown. */
#include "compare/join/join.h"

uint64_t join_key(uint32_t a, uint32_t b)
{
    uint64_t key = (((uint64_t)a << 32 | b) + 1) * UINT64_C(0x9E3779B97F4A7C15);
    return (key ^ key >> 32) | 1;
}

void join_pairs_add(struct join_pairs *pairs, struct join_pair pair, uint32_t *at)
{
    size_t block = pairs->n / PAIRS_BLOCK;
    if (pairs->n % PAIRS_BLOCK == 0) {
        pairs->blocks = arena_grow(&pairs->arena, pairs->blocks, block, &pairs->cap_blocks,
                                   sizeof *pairs->blocks);
        pairs->blocks[block] = arena_array(&pairs->arena, PAIRS_BLOCK, sizeof **pairs->blocks);
    }
    *join_pair_at(pairs, pairs->n++) = pair;
    *at = (uint32_t)pairs->n;
}

uint32_t *join_pairs_at(struct join_pairs *pairs, uint32_t a, uint32_t b)
{
    return own_map_at(&pairs->at, a < b ? join_key(a, b) : join_key(b, a));
}

void join_pairs_finish(struct join_pairs *pairs)
{
    arena_finish(&pairs->arena);
    own_map_finish(&pairs->at);
    *pairs = (struct join_pairs){.n = 0};
}
