/* An arena: memory that is given out piece by piece and released at once.
 *
 * One arena per HTTP request, one per article read. Nothing taken from it is freed alone, so
 * data structures need no destructors. Running out of memory ends the program: there is nothing
 * sensible to do, and no half-made result is ever seen. Not for use by two threads at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

/* Ends the program with a word on standard error. */
_Noreturn void out_of_memory(void);
/* Memory that cannot be done without: p, or the program's end where it is NULL. */
void *needed(void *p);

struct arena {
    struct arena_block *block; /* the newest; older ones hang off it */
    size_t used, total;        /* bytes used in the newest block; bytes of all blocks */
};

/* An empty arena is all zeros; arena_init is for storage that is not. */
void arena_init(struct arena *a);
/* Releases everything; the arena can be used again. */
void arena_finish(struct arena *a);
/* Forgets everything given out but keeps the largest block for the next round. */
void arena_reset(struct arena *a);

/* `n` zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t n);
/* An array of `count` zeroed elements; a size that overflows ends the program. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* Makes room for one more element in a growing array of `count` elements: returns `items` or a
 * larger copy. `*cap` is the array's capacity, 0 at the start. */
void *arena_grow(struct arena *a, void *items, size_t count, size_t *cap, size_t size);

/* Copies; the result is followed by a zero byte, so `.p` also serves as a C string. */
struct str arena_str(struct arena *a, struct str s);
struct str arena_fmt(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
