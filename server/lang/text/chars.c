/* Kinds of characters: a table for ASCII, Unicode categories for the rest. See chars.h. */
#include "lang/text/chars.h"

#include <utf8proc.h>

#include "base/utf8.h"

#define W CHAR_WORD
#define M CHAR_MARK
#define B CHAR_SPACE
const unsigned char char_kinds[128] = {
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    CHAR_NEWLINE,
    B,
    B,
    CHAR_NEWLINE,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    B,
    M,
    CHAR_QUOTE,
    M,
    M,
    M,
    M,
    CHAR_APOSTROPHE,
    M,
    M,
    M,
    M,
    M,
    CHAR_HYPHEN,
    M,
    M,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    M,
    M,
    M,
    M,
    M,
    M,
    M,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    M,
    M,
    M,
    M,
    W,
    CHAR_QUOTE,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    W,
    M,
    M,
    M,
    M,
    B,
};
#undef W
#undef M
#undef B

static enum char_kind by_category(uint32_t c)
{
    switch ((int)utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_CC:
        return CHAR_SPACE;
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
        return CHAR_QUOTE;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
        return CHAR_WORD;
    default:
        return CHAR_MARK;
    }
}

static enum char_kind wide_kind(uint32_t c)
{
    switch (c) {
    case 0x2019:
        return CHAR_APOSTROPHE;
    case 0x2010:
    case 0x2011:
        return CHAR_HYPHEN;
    case 0x201A: /* low quotation marks are brackets to Unicode */
    case 0x201E:
    case 0x300C:
    case 0x300D:
        return CHAR_QUOTE;
    case 0x2028:
    case 0x2029:
        return CHAR_NEWLINE;
    case 0x200B:
    case 0x2060:
    case 0xFEFF:
    case 0x200E:
    case 0x200F:
        return CHAR_SPACE;
    case 0x00AD:
    case 0x200C:
    case 0x200D:
        return CHAR_WORD;
    default:
        return by_category(c);
    }
}

struct character char_wide_at(struct str text, size_t at)
{
    size_t next = at;
    uint32_t c = utf8_next(text, &next);
    return (struct character){c, (uint32_t)(next - at), wide_kind(c)};
}

struct character char_before(struct str text, size_t at)
{
    if (at == 0)
        return (struct character){0, 0, CHAR_NEWLINE};
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((unsigned char)text.p[start] & 0xC0) == 0x80)
        start--;
    return char_at(text, start);
}

bool char_is_upper(uint32_t c)
{
    if (c < 128)
        return c >= 'A' && c <= 'Z';
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

bool char_is_lower(uint32_t c)
{
    if (c < 128)
        return c >= 'a' && c <= 'z';
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LL;
}

bool char_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

bool char_is_blank(enum char_kind kind)
{
    return kind == CHAR_SPACE || kind == CHAR_NEWLINE || kind == CHAR_END;
}
