/* Arenas: see arena.h. Blocks double up to 1 MB; larger wishes get a block of their own size. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t cap;
    alignas(max_align_t) char bytes[];
};

_Noreturn void out_of_memory(void)
{
    fputs("synoptic: out of memory\n", stderr);
    abort();
}

void *needed(void *p)
{
    if (!p)
        out_of_memory();
    return p;
}

void arena_init(struct arena *a)
{
    *a = (struct arena){0};
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_finish(struct arena *a)
{
    free_blocks(a->block);
    arena_init(a);
}

void arena_reset(struct arena *a)
{
    struct arena_block *largest = a->block;
    if (!largest)
        return;
    free_blocks(largest->older); /* blocks only grow, so the newest is the largest or near it */
    largest->older = NULL;
    a->used = 0;
    a->total = largest->cap;
}

static void add_block(struct arena *a, size_t need)
{
    size_t cap = a->block ? a->block->cap * 2 : FIRST_BLOCK;
    cap = cap > LARGEST_BLOCK ? LARGEST_BLOCK : cap;
    cap = cap < need ? need : cap;
    if (cap > SIZE_MAX - sizeof(struct arena_block))
        out_of_memory();
    struct arena_block *block = malloc(sizeof *block + cap);
    if (!block)
        out_of_memory();
    block->older = a->block;
    block->cap = cap;
    a->block = block;
    a->used = 0;
    a->total += cap;
}

/* Room for n bytes that hold anything. */
static char *take(struct arena *a, size_t n)
{
    const size_t step = alignof(max_align_t);
    if (n > SIZE_MAX / 2)
        out_of_memory();
    n = (n + step - 1) / step * step;
    if (!a->block || a->block->cap - a->used < n)
        add_block(a, n);
    char *p = a->block->bytes + a->used;
    a->used += n;
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    return memset(take(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        out_of_memory();
    return arena_alloc(a, count * size);
}

void *arena_grow(struct arena *a, void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    size_t larger = *cap ? *cap * 2 : 8;
    void *copy = arena_array(a, larger, size);
    if (count)
        memcpy(copy, items, count * size);
    *cap = larger;
    return copy;
}

struct str arena_str(struct arena *a, struct str s)
{
    char *copy = take(a, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    copy[s.n] = 0;
    return (struct str){copy, s.n};
}

struct str arena_fmt(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
    if (n > 0)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return (struct str){text, (size_t)(n < 0 ? 0 : n)};
}
