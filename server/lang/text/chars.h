/* What a character is to the engine's front half: tokens, sentences, quotations. */
#ifndef LANG_TEXT_CHARS_H
#define LANG_TEXT_CHARS_H

#include "base/str.h"

enum char_kind {
    CHAR_SPACE,      /* blanks of all widths, zero-width marks */
    CHAR_NEWLINE,    /* \n, \r, U+2028, U+2029 */
    CHAR_WORD,       /* letters, digits, combining marks, underscore */
    CHAR_HYPHEN,     /* - and the hyphens U+2010, U+2011 */
    CHAR_APOSTROPHE, /* ' and U+2019 */
    CHAR_QUOTE,      /* any other quotation mark, the backtick among them */
    CHAR_MARK,       /* everything else */
    CHAR_END         /* past the end of the text */
};

struct character {
    uint32_t c; /* code point; U+FFFD for an invalid byte */
    uint32_t n; /* bytes; 0 at the end */
    enum char_kind kind;
};

/* What ASCII characters are (enum char_kind). */
extern const unsigned char char_kinds[128];
/* A character of several bytes, or an invalid one. */
struct character char_wide_at(struct str text, size_t at);
/* The character at byte `at`. */
static inline struct character char_at(struct str text, size_t at)
{
    if (at >= text.n)
        return (struct character){0, 0, CHAR_END};
    unsigned char b = (unsigned char)text.p[at];
    return b < 128 ? (struct character){b, 1, (enum char_kind)char_kinds[b]}
                   : char_wide_at(text, at);
}
/* The character that ends at byte `at` (a character's start); kind CHAR_NEWLINE at the start. */
struct character char_before(struct str text, size_t at);
bool char_is_upper(uint32_t c);
bool char_is_lower(uint32_t c);
bool char_is_digit(uint32_t c);
bool char_is_blank(enum char_kind kind);

#endif
