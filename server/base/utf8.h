/* UTF-8 and the three ways to count it: bytes inside the program, Unicode code points in files
 * and over HTTP (DESIGN.md, section 3), UTF-16 units for JavaScript's strings on request. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"

/* Is s valid UTF-8 (no surrogates, no overlong forms, nothing above U+10FFFF)? */
bool utf8_valid(struct str s);
/* The code point at byte *at of valid UTF-8, and *at moved behind it. An invalid byte counts as
 * U+FFFD, one byte long. At or past the end: 0, *at unmoved. */
uint32_t utf8_next(struct str s, size_t *at);
/* Writes c to out (at most 4 bytes) and returns the length; a surrogate or a number above
 * U+10FFFF is written as U+FFFD. */
size_t utf8_encode(uint32_t c, char out[4]);
/* Number of code points in valid UTF-8. */
size_t utf8_count(struct str s);
/* A copy with every invalid byte replaced by U+FFFD and NULs dropped; s itself if it is clean. */
struct str utf8_repair(struct arena *a, struct str s);

enum offset_unit { OFFSET_CODE_POINTS, OFFSET_UTF16 };

/* Converts byte offsets of one text to code points or UTF-16 units and back, in constant time
 * (a checkpoint every 64 bytes). */
struct utf8_index {
    struct str text;
    const struct utf8_mark *marks;
};

struct utf8_index utf8_index_make(struct arena *a, struct str text);
/* `byte` must lie on a code point's start, at most text.n. */
size_t utf8_offset(const struct utf8_index *x, size_t byte, enum offset_unit unit);
/* The byte of the given code point (at most the count); past the end: text.n. */
size_t utf8_byte(const struct utf8_index *x, size_t code_point);

#endif
