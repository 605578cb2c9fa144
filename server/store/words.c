/* The words in a column of JSON, without a tree: such columns were written by the store itself, and
 * whatever is not as expected is left as it is. */
#include "base/utf8.h"
#include "store/rows.h"

#include <string.h>

struct scan {
    const char *p, *end;
};

static bool at(struct scan *s, char c)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\n'))
        s->p++;
    return s->p < s->end && *s->p == c;
}

static bool take(struct scan *s, char c)
{
    bool is = at(s, c);
    s->p += is;
    return is;
}

/* The inside of a string, with its escapes. */
static bool take_string(struct scan *s, struct str *out)
{
    if (!take(s, '"'))
        return false;
    const char *from = s->p;
    for (;;) {
        const char *quote = memchr(s->p, '"', (size_t)(s->end - s->p));
        if (!quote)
            return false;
        size_t escapes = 0;
        while (quote - escapes > from && quote[-1 - (ptrdiff_t)escapes] == '\\')
            escapes++;
        s->p = quote + 1;
        if (escapes % 2)
            continue;
        *out = (struct str){from, (size_t)(quote - from)};
        return true;
    }
}

/* A number or a word, or nothing where another thing begins. */
static struct str take_scalar(struct scan *s)
{
    const char *from = s->p;
    while (s->p < s->end && !memchr(",]}[{\" \n", *s->p, 8))
        s->p++;
    return (struct str){from, (size_t)(s->p - from)};
}

static bool skip_value(struct scan *s)
{
    struct str inside;
    int depth = 0;
    do {
        if (at(s, '"')) {
            if (!take_string(s, &inside))
                return false;
        } else if (take(s, '[') || take(s, '{')) {
            depth++;
        } else if (depth && (take(s, ']') || take(s, '}'))) {
            depth--;
        } else if (!(depth && (take(s, ',') || take(s, ':'))) && !take_scalar(s).n) {
            return false;
        }
    } while (depth && s->p < s->end);
    return depth == 0;
}

/* Passes an object; `exact` is that member's inside, p NULL: it has no such text. */
static bool take_object(struct scan *s, struct str *exact)
{
    struct str key;
    if (!take(s, '{'))
        return false;
    do {
        if (!take_string(s, &key) || !take(s, ':'))
            return false;
        bool wanted = str_eq(key, S("exact")) && at(s, '"');
        if (wanted ? !take_string(s, exact) : !skip_value(s))
            return false;
    } while (take(s, ','));
    return take(s, '}');
}

static uint32_t hex4(const char *p)
{
    uint32_t c = 0;
    for (int i = 0; i < 4; i++) {
        char d = p[i];
        c = c << 4 | (uint32_t)(d <= '9' ? d - '0' : (d | 32) - 'a' + 10);
    }
    return c;
}

/* \uXXXX, or two of them; returns the bytes of the escape. */
static size_t add_unit(struct buf *out, struct str s)
{
    size_t n = 6;
    uint32_t c = s.n >= n ? hex4(s.p + 2) : 0xFFFD;
    if (c >= 0xD800 && c < 0xDC00 && s.n >= 12 && s.p[6] == '\\' && s.p[7] == 'u') {
        c = 0x10000 + ((c - 0xD800) << 10) + ((hex4(s.p + 8) - 0xDC00) & 0x3FF);
        n = 12;
    }
    char bytes[4];
    buf_add(out, (struct str){bytes, utf8_encode(c, bytes)});
    return n < s.n ? n : s.n;
}

static void add_plain(struct buf *out, struct str s)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    for (size_t slash; (slash = str_find_char(s, '\\', 0)) != STR_NONE;) {
        buf_add(out, str_slice(s, 0, slash));
        s = str_slice(s, slash, s.n);
        size_t n = 2;
        if (s.n > 1 && s.p[1] == 'u') {
            n = add_unit(out, s);
        } else if (s.n > 1) {
            const char *known = memchr(from, s.p[1], sizeof from - 1);
            buf_char(out, known ? to[known - from] : s.p[1]);
        }
        s = str_slice(s, n, s.n);
    }
    buf_add(out, s);
}

static bool add_item(struct scan *s, struct buf *out)
{
    struct str text = {0};
    bool span = at(s, '{');
    if (span) {
        if (!take_object(s, &text) || !text.p)
            return false;
    } else if (!take_string(s, &text)) {
        text = take_scalar(s);
        if (!text.n || !memchr("-0123456789", text.p[0], 11))
            return false;
    }
    if (out->n)
        buf_add(out, span ? S(" … ") : S("; "));
    add_plain(out, text);
    return true;
}

bool row_words(struct str json, struct buf *out)
{
    struct scan s = {json.p, json.p + json.n};
    if (!json.n || !take(&s, '['))
        return false;
    if (take(&s, ']'))
        return s.p == s.end;
    do {
        if (!add_item(&s, out))
            return false;
    } while (take(&s, ','));
    return take(&s, ']') && s.p == s.end;
}
