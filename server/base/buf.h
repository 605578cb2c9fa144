/* A growing text. Its bytes live on the heap and are the owner's to release with buf_finish:
 * texts grow by doubling, which an arena would pay for twice. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
    char *p;
    size_t n, cap;
};

/* An empty buffer is all zeros. Releases the bytes; the buffer can be used again. */
void buf_finish(struct buf *b);
/* Room for `n` more bytes, uninitialised, which buf_reserve's caller writes and adds to b->n. */
char *buf_reserve(struct buf *b, size_t n);

void buf_add(struct buf *b, struct str s);
static inline void buf_char(struct buf *b, char c)
{
    if (b->n == b->cap)
        buf_reserve(b, 1);
    b->p[b->n++] = c;
}
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text so far; valid until the next addition. */
struct str buf_str(const struct buf *b);

#endif
