/* Feeds are full of what XML forbids, and libxml2 in its forgiving mode drops all text around it:
 * see parts.h. One pass over the text. */
#include "page/feed/parts.h"

#include "base/buf.h"
#include "page/html/html.h"

#include <string.h>

enum { LONGEST_NAME = 32, LONGEST_TAG = 4096 };

/* A character that XML allows (XML 1.0, production 2)? */
static bool is_allowed(uint64_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* Bytes at `at` that no XML may hold: of a control character, of U+FFFE and U+FFFF. */
static size_t forbidden(struct str s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at];
    if (c < 0x20)
        return !is_allowed(c);
    bool last = c == 0xEF && at + 2 < s.n && (unsigned char)s.p[at + 1] == 0xBF &&
                (unsigned char)s.p[at + 2] >= 0xBE;
    return last ? 3 : 0;
}

static void add_clean(struct buf *out, struct str s)
{
    size_t from = 0;
    for (size_t at = 0; at < s.n;) {
        size_t n = forbidden(s, at);
        if (n) {
            buf_add(out, str_slice(s, from, at));
            if (s.p[at] == '\v' || s.p[at] == '\f')
                buf_char(out, ' ');
            from = at + n;
        }
        at += n ? n : 1;
    }
    buf_add(out, str_slice(s, from, s.n));
}

/* The number of "#8212" or "#x2014"; false if it is none. */
static bool number_of(struct str s, uint64_t *number)
{
    bool hex = s.n > 2 && (s.p[1] | 32) == 'x';
    uint64_t n = 0;
    s = str_slice(s, hex ? 2 : 1, s.n);
    for (size_t i = 0; i < s.n && n < 1 << 24; i++) {
        int c = s.p[i] | 32, digit = c >= '0' && c <= '9' ? c - '0' : hex ? c - 'a' + 10 : 16;
        if (digit < 0 || digit > (hex ? 15 : 9))
            return false;
        n = n * (hex ? 16 : 10) + (uint64_t)digit;
    }
    *number = n;
    return s.n > 0;
}

static bool is_own(struct str name)
{
    static const struct str own[] = {STR("amp"), STR("lt"), STR("gt"), STR("quot"), STR("apos")};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_eq(name, own[i]))
            return true;
    return false;
}

/* The reference at the ampersand; returns the bytes it takes. */
static size_t add_reference(struct buf *out, struct str s, size_t at)
{
    size_t semicolon = str_find_char(str_slice(s, at, at + LONGEST_NAME), ';', 0);
    struct str whole =
        semicolon == STR_NONE ? (struct str){0} : str_slice(s, at, at + semicolon + 1);
    struct str name = whole.n > 2 ? str_slice(whole, 1, whole.n - 1) : (struct str){0};
    uint64_t number;
    size_t before = out->n;
    if (name.n && name.p[0] == '#' && number_of(name, &number)) {
        if (number >= 0x80 && number < 0xA0)
            html_decode(out, whole); /* of windows-1252, as in HTML */
        else if (is_allowed(number))
            buf_add(out, whole);
        return whole.n;
    }
    if (is_own(name)) {
        buf_add(out, whole);
        return whole.n;
    }
    if (name.n && name.p[0] != '#')
        html_decode(out, whole);
    if (out->n > before && out->p[before] != '&' && out->p[before] != '<')
        return whole.n;
    out->n = before;
    buf_add(out, S("&amp;"));
    return 1;
}

static bool is_letter(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == ':' || (c & 0x80);
}

/* <br>, <hr>, <img ...> and <wbr> of HTML that was put in as it is: never closed. */
static bool is_void(struct str tag)
{
    static const struct str names[] = {STR("br"), STR("hr"), STR("img"), STR("wbr")};
    size_t n = 1;
    while (n < tag.n && is_letter(tag.p[n]))
        n++;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_case(str_slice(tag, 1, n), names[i]))
            return true;
    return false;
}

/* The tag, comment or CDATA section at the less-than sign, or the sign alone; the bytes it takes.
 */
static size_t add_markup(struct buf *out, struct str s, size_t at)
{
    struct str rest = str_slice(s, at, s.n);
    bool cdata = str_starts(rest, S("<![CDATA[")), comment = str_starts(rest, S("<!--"));
    if (cdata || comment) {
        size_t close = str_find(rest, cdata ? S("]]>") : S("-->"), 4);
        struct str whole = str_slice(rest, 0, close == STR_NONE ? rest.n : close + 3);
        if (cdata)
            add_clean(out, whole);
        if (cdata && close == STR_NONE) /* a feed that was cut off */
            buf_add(out, S("]]>"));
        return whole.n;
    }
    if (rest.n > 1 && !is_letter(rest.p[1]) && !strchr("/!?", rest.p[1])) {
        buf_add(out, S("&lt;"));
        return 1;
    }
    struct str tag = str_slice(rest, 0, LONGEST_TAG);
    size_t close = is_void(tag) ? str_find_char(tag, '>', 0) : STR_NONE;
    struct str behind = str_slice(rest, close == STR_NONE ? 0 : close + 1, rest.n);
    if (close != STR_NONE && tag.p[close - 1] != '/' &&
        !str_starts(str_trim(str_slice(behind, 0, LONGEST_NAME)), S("</br>"))) {
        add_clean(out, str_slice(tag, 0, close));
        buf_add(out, S("/>"));
        return close + 1;
    }
    buf_char(out, '<');
    return 1;
}

struct str feed_repair(struct arena *a, struct str text)
{
    struct buf out = {0};
    if (str_starts(text, S("<?xml"))) {
        size_t close = str_find(text, S("?>"), 0);
        text = str_slice(text, close == STR_NONE ? 0 : close + 2, text.n);
    }
    for (size_t from = 0; from < text.n;) {
        size_t at = from;
        while (at < text.n && text.p[at] != '&' && text.p[at] != '<')
            at++;
        add_clean(&out, str_slice(text, from, at));
        if (at < text.n)
            at += text.p[at] == '&' ? add_reference(&out, text, at) : add_markup(&out, text, at);
        from = at;
    }
    struct str s = arena_str(a, str_trim(buf_str(&out)));
    buf_finish(&out);
    return s;
}
