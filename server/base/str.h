/* Text as slices: a pointer and a length, never a terminating zero.
 *
 * A `struct str` is passed by value and owns nothing: it is a view of bytes that belong to an
 * arena, a literal or a caller's buffer, and is valid as long as they are. Lengths and offsets
 * are bytes. Functions here know ASCII only; utf8.h knows code points. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t n;
};

/* A literal as a slice: usable in constant initialisers. */
#define STR(literal)                                                                               \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
/* The same as an expression. */
#define S(literal) ((struct str)STR(literal))
/* For printf: "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

/* "Not found" of the searching functions. */
#define STR_NONE SIZE_MAX

/* The slice of a C string; NULL gives the empty slice. */
struct str str_of(const char *c_string);

bool str_eq(struct str a, struct str b);
/* Equal when ASCII letters' case is ignored. */
bool str_eq_case(struct str a, struct str b);
/* Byte order, as memcmp, the shorter first: usable for qsort and bsearch. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Offset of the first occurrence at or after `from`, or STR_NONE. An empty needle is at `from`. */
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_char(struct str s, char c, size_t from);
bool str_contains(struct str s, struct str needle);

/* s[from, to), both clamped to the slice. */
struct str str_slice(struct str s, size_t from, size_t to);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* What stands behind the last blank; all where there is none. */
struct str str_last_word(struct str s);
/* Takes the text up to the first `sep` off `*rest` (all of it when there is none).
 * False when nothing is left; an empty last field after a final `sep` is not given. */
bool str_split(struct str *rest, char sep, struct str *field);

/* Is `word` one of the words of the list, which single blanks part? */
bool str_listed(const char *list, struct str word);

/* Is `word` one of the words, but for the case of ASCII letters? A NULL ends them. */
bool str_one_of(struct str word, const char *const *words);

/* The whole of s as a decimal number, without sign, blank or surplus; false when it is not one
 * or does not fit. */
bool str_to_u64(struct str s, uint64_t *value);

/* FNV-1a, 64 bits: for tables and fingerprints, not for secrets. */
uint64_t str_hash(struct str s);
/* Continues a hash over more bytes; start with str_hash((struct str){0}). */
uint64_t str_hash_more(uint64_t hash, struct str s);

#endif
