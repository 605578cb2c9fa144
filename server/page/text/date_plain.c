/* Digits, blanks and marks of other scripts in days: see date_plain.h. */
#include "page/text/date_plain.h"

#include "base/utf8.h"

enum { ASCII_END = 0x80 };

/* Where the ten digits of a script begin. */
static const uint32_t zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10};

static const struct {
    uint32_t from, to;
    char plain; /* 0: nothing */
} ranges[] = {{0x00A0, 0x00A0, ' '}, {0x061C, 0x061C, 0},   {0x1680, 0x1680, ' '},
              {0x2000, 0x200A, ' '}, {0x200B, 0x200F, 0},   {0x2010, 0x2011, '-'},
              {0x202A, 0x202E, 0},   {0x202F, 0x202F, ' '}, {0x205F, 0x205F, ' '},
              {0x2060, 0x2069, 0},   {0x3000, 0x3000, ' '}, {0xFEFF, 0xFEFF, 0},
              {0xFF0C, 0xFF0C, ','}, {0xFF0D, 0xFF0D, '-'}, {0xFF0E, 0xFF0E, '.'},
              {0xFF0F, 0xFF0F, '/'}, {0xFF1A, 0xFF1A, ':'}};

/* What stands for c; false if c stands for itself. */
static bool plain_of(uint32_t c, char *plain)
{
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (c - zeros[i] < 10) {
            *plain = (char)('0' + (c - zeros[i]));
            return true;
        }
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].from && c <= ranges[i].to) {
            *plain = ranges[i].plain;
            return true;
        }
    return false;
}

/* Is there a character of several bytes at all? */
static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= ASCII_END)
            return false;
    return true;
}

struct str date_plain(struct arena *a, struct str s)
{
    if (is_ascii(s))
        return s;
    char *out = arena_array(a, s.n + 1, 1); /* nothing gets longer */
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        if ((unsigned char)s.p[at] < ASCII_END) {
            out[n++] = s.p[at++];
            continue;
        }
        size_t from = at;
        char plain = 0;
        if (!plain_of(utf8_next(s, &at), &plain))
            while (from < at)
                out[n++] = s.p[from++];
        else if (plain)
            out[n++] = plain;
    }
    return (struct str){out, n};
}
