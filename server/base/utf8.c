/* UTF-8: see utf8.h. Validation follows Unicode 15, table 3-7. */
#include "base/utf8.h"

#include "base/buf.h"

#include <string.h>

enum { MARK_EVERY = 64 };

struct utf8_mark {
    uint32_t code_points, utf16; /* before the mark's byte */
};

/* Length of the well-formed sequence at p, 0 if there is none in the n bytes. */
static size_t sequence(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    size_t len = p[0] >= 0xC2 && p[0] <= 0xDF   ? 2
                 : (p[0] & 0xF0) == 0xE0        ? 3
                 : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4
                                                : 0;
    if (len == 0 || n < len)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
    bool outside = (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF4 && p[1] > 0x8F);
    return overlong || outside ? 0 : len;
}

bool utf8_valid(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint64_t eight;
        while (s.n - i >= sizeof eight) { /* most text is ASCII: eight bytes at a time */
            memcpy(&eight, s.p + i, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080))
                break;
            i += sizeof eight;
        }
        if (i == s.n)
            break;
        size_t len = sequence((const unsigned char *)s.p + i, s.n - i);
        if (len == 0)
            return false;
        i += len;
    }
    return true;
}

uint32_t utf8_next(struct str s, size_t *at)
{
    if (*at >= s.n)
        return 0;
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t len = sequence(p, s.n - *at);
    *at += len ? len : 1;
    switch (len) {
    case 1:
        return p[0];
    case 2:
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3:
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    case 4:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
               (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    default:
        return 0xFFFD;
    }
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[len] | c);
    return len;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

struct str utf8_repair(struct arena *a, struct str s)
{
    if (utf8_valid(s) && (s.n == 0 || !memchr(s.p, 0, s.n)))
        return s;
    struct buf out = {0};
    for (size_t i = 0; i < s.n;) {
        size_t end = i;
        while (end < s.n && (unsigned char)(s.p[end] - 1) < 0x7F)
            end++;
        if (end > i) { /* ASCII, which is most of it */
            buf_add(&out, str_slice(s, i, end));
            i = end;
            continue;
        }
        char bytes[4];
        uint32_t c = utf8_next(s, &i);
        if (c != 0)
            buf_add(&out, (struct str){bytes, utf8_encode(c, bytes)});
    }
    struct str copy = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return copy;
}

/* Units that begin in s[from, to): every lead byte begins a code point; those of 4-byte
 * sequences begin two UTF-16 units. */
static struct utf8_mark count_units(struct str s, size_t from, size_t to)
{
    struct utf8_mark m = {0};
    for (size_t i = from; i < to; i++) {
        unsigned char c = (unsigned char)s.p[i];
        m.code_points += (c & 0xC0) != 0x80;
        m.utf16 += ((c & 0xC0) != 0x80) + (c >= 0xF0);
    }
    return m;
}

struct utf8_index utf8_index_make(struct arena *a, struct str text)
{
    struct utf8_mark *marks = arena_array(a, text.n / MARK_EVERY + 1, sizeof *marks);
    for (size_t i = 1; i <= text.n / MARK_EVERY; i++) {
        struct utf8_mark m = count_units(text, (i - 1) * MARK_EVERY, i * MARK_EVERY);
        marks[i].code_points = marks[i - 1].code_points + m.code_points;
        marks[i].utf16 = marks[i - 1].utf16 + m.utf16;
    }
    return (struct utf8_index){text, marks};
}

size_t utf8_offset(const struct utf8_index *x, size_t byte, enum offset_unit unit)
{
    byte = byte < x->text.n ? byte : x->text.n;
    struct utf8_mark base = x->marks[byte / MARK_EVERY];
    struct utf8_mark more = count_units(x->text, byte / MARK_EVERY * MARK_EVERY, byte);
    return unit == OFFSET_UTF16 ? base.utf16 + more.utf16 : base.code_points + more.code_points;
}

size_t utf8_byte(const struct utf8_index *x, size_t code_point)
{
    size_t low = 0, high = x->text.n / MARK_EVERY;
    while (low < high) { /* the last mark at or before the code point */
        size_t mid = (low + high + 1) / 2;
        if (x->marks[mid].code_points <= code_point)
            low = mid;
        else
            high = mid - 1;
    }
    size_t count = x->marks[low].code_points, at = low * MARK_EVERY;
    for (; at < x->text.n; at++) {
        if (((unsigned char)x->text.p[at] & 0xC0) == 0x80)
            continue;
        if (count++ == code_point)
            break;
    }
    return at;
}
