/* The JSON writer: see json.h. The reader is in json_read.c. */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 60 };

struct json json_begin(struct buf *out)
{
    return (struct json){.out = out};
}

static void before_value(struct json *j)
{
    if (j->after_key)
        j->after_key = false;
    else if (j->has_items >> j->depth & 1)
        buf_char(j->out, ',');
    j->has_items |= UINT64_C(1) << j->depth;
}

static void open_level(struct json *j, char bracket)
{
    before_value(j);
    buf_char(j->out, bracket);
    assert(j->depth < DEEPEST);
    j->depth++;
    j->has_items &= ~(UINT64_C(1) << j->depth);
}

void json_object(struct json *j)
{
    open_level(j, '{');
}

void json_array(struct json *j)
{
    open_level(j, '[');
}

void json_end_object(struct json *j)
{
    j->depth--;
    buf_char(j->out, '}');
}

void json_end_array(struct json *j)
{
    j->depth--;
    buf_char(j->out, ']');
}

static void escaped(struct buf *out, struct str s)
{
    static const char hex[] = "0123456789abcdef";
    buf_char(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, str_slice(s, from, i));
        from = i + 1;
        const char *short_form = c ? strchr("\"\"\\\\\nn\rr\tt", c) : NULL;
        if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t') {
            buf_char(out, '\\');
            buf_char(out, short_form[1]);
        } else {
            buf_add(out, S("\\u00"));
            buf_char(out, hex[c >> 4]);
            buf_char(out, hex[c & 15]);
        }
    }
    buf_add(out, str_slice(s, from, s.n));
    buf_char(out, '"');
}

void json_key(struct json *j, const char *key)
{
    before_value(j);
    escaped(j->out, str_of(key));
    buf_char(j->out, ':');
    j->after_key = true;
}

void json_str(struct json *j, struct str s)
{
    before_value(j);
    escaped(j->out, s);
}

void json_int(struct json *j, int64_t value)
{
    char digits[24];
    size_t n = sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    before_value(j);
    do
        digits[--n] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--n] = '-';
    buf_add(j->out, (struct str){digits + n, sizeof digits - n});
}

void json_num(struct json *j, double value, int decimals)
{
    if (!isfinite(value)) {
        json_null(j);
        return;
    }
    before_value(j);
    char text[64];
    int n = snprintf(text, sizeof text, "%.*f", decimals, value);
    if (n < 0 || n >= (int)sizeof text)
        n = snprintf(text, sizeof text, "%.17g", value);
    else if (decimals > 0) {
        while (text[n - 1] == '0')
            n--;
        n -= text[n - 1] == '.';
    }
    buf_add(j->out, (struct str){text, (size_t)n});
}

void json_bool(struct json *j, bool value)
{
    json_raw(j, value ? S("true") : S("false"));
}

void json_null(struct json *j)
{
    json_raw(j, S("null"));
}

void json_raw(struct json *j, struct str text)
{
    before_value(j);
    buf_add(j->out, text);
}

void json_field_str(struct json *j, const char *key, struct str s)
{
    json_key(j, key);
    json_str(j, s);
}

void json_field_opt(struct json *j, const char *key, struct str s)
{
    json_key(j, key);
    if (s.n)
        json_str(j, s);
    else
        json_null(j);
}

void json_field_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

void json_field_bool(struct json *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}
