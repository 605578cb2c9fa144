/* The pairs of statements that joining looks at: an array, and a table for each statement. One
 * table for all would be looked up in all over memory; a statement's own is small and at hand,
 * since its pairs are found one after another. */
#include "compare/join/join.h"

#include <string.h>

enum { FIRST_ROW = 3 }; /* binary size of a row's first table */

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

void join_pairs_begin(struct join_pairs *pairs, size_t sayings)
{
    *pairs = (struct join_pairs){.n = 0};
    pairs->rows = arena_array(&pairs->arena, sayings + 1, sizeof *pairs->rows);
}

static size_t slot_of(const struct join_row *row, uint32_t other)
{
    uint32_t spread = (other + 1) * UINT32_C(0x9E3779B1);
    size_t at = (spread ^ spread >> 15) & (row->cap - 1);
    while (row->v[at].other && row->v[at].other != other + 1)
        at = (at + 1) & (row->cap - 1);
    return at;
}

/* A table of that binary size, all zeros. */
static struct join_slot *take_table(struct join_pairs *pairs, unsigned size)
{
    struct join_slot *v = pairs->spare[size];
    if (!v)
        return arena_array(&pairs->arena, (size_t)1 << size, sizeof *v);
    pairs->spare[size] = v->next;
    memset(v, 0, sizeof *v << size);
    return v;
}

static void widen(struct join_pairs *pairs, struct join_row *row)
{
    unsigned size = row->cap ? (unsigned)__builtin_ctz(row->cap) : 0;
    unsigned more = row->cap ? size + 1 : FIRST_ROW;
    struct join_row wide = {take_table(pairs, more), row->n, UINT32_C(1) << more};
    for (size_t i = 0; i < row->cap; i++)
        if (row->v[i].other)
            wide.v[slot_of(&wide, row->v[i].other - 1)] = row->v[i];
    if (row->cap) {
        row->v->next = pairs->spare[size];
        pairs->spare[size] = row->v;
    }
    *row = wide;
}

uint32_t *join_pairs_at(struct join_pairs *pairs, uint32_t a, uint32_t b)
{
    struct join_row *row = &pairs->rows[a < b ? a : b];
    uint32_t other = a < b ? b : a;
    if (row->n * 4 >= row->cap * 3)
        widen(pairs, row);
    struct join_slot *slot = &row->v[slot_of(row, other)];
    row->n += !slot->other;
    slot->other = other + 1;
    return &slot->at;
}

uint32_t join_pairs_get(const struct join_pairs *pairs, uint32_t a, uint32_t b)
{
    const struct join_row *row = &pairs->rows[a < b ? a : b];
    return row->cap ? row->v[slot_of(row, a < b ? b : a)].at : 0;
}

void join_pairs_finish(struct join_pairs *pairs)
{
    arena_finish(&pairs->arena);
    *pairs = (struct join_pairs){.n = 0};
}
