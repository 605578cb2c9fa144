/* Labels of encodings: see charset.h. The table is that of the WHATWG Encoding Standard. Browsers
 * look for a declaration in the first 1,024 bytes and take up a later one when they meet it; here
 * the tags are gone through once, past scripts, styles and comments, for pages put all of these
 * before their <meta>. */
#include "page/text/charset.h"

#include "page/text/words.h"

#include <string.h>

enum { LOOKED_AT = 1 << 20, LONGEST_TAG = 1024 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The value behind an equals sign at byte `at`, blanks and quotation marks left out. */
static struct str value_at(struct str s, size_t at)
{
    while (at < s.n && is_blank(s.p[at]))
        at++;
    if (at >= s.n || s.p[at] != '=')
        return (struct str){0};
    for (at++; at < s.n && (is_blank(s.p[at]) || s.p[at] == '"' || s.p[at] == '\'');)
        at++;
    size_t end = at;
    while (end < s.n && !is_blank(s.p[end]) && !strchr("\"';>/,?", s.p[end]))
        end++;
    return str_slice(s, at, end);
}

struct str charset_of(struct str type)
{
    for (size_t i = 0; i + 8 < type.n; i++) {
        struct str value = str_eq_case(str_slice(type, i, i + 7), S("charset"))
                               ? value_at(type, i + 7)
                               : (struct str){0};
        if (value.n)
            return value;
    }
    return (struct str){0};
}

/* The byte behind what a tag or comment at byte `at` opens and whose insides are no markup; `at` if
 * it opens no such thing. */
static size_t behind_raw(struct str s, size_t at)
{
    static const struct {
        struct str open, close;
    } raw[] = {{STR("<!--"), STR("-->")},
               {STR("<script"), STR("</script")},
               {STR("<style"), STR("</style")}};
    for (size_t i = 0; i < sizeof raw / sizeof *raw; i++) {
        if (!str_eq_case(str_slice(s, at, at + raw[i].open.n), raw[i].open))
            continue;
        size_t n = raw[i].close.n;
        for (size_t end = at; (end = str_find_char(s, raw[i].close.p[0], end)) != STR_NONE; end++)
            if (str_eq_case(str_slice(s, end, end + n), raw[i].close))
                return end + n;
        return s.n;
    }
    return at;
}

struct str charset_inside(struct str bytes)
{
    struct str head = str_slice(bytes, 0, LOOKED_AT);
    if (str_starts(head, S("<?xml"))) {
        struct str declaration = str_slice(head, 0, str_find(head, S("?>"), 0));
        size_t at = str_find(declaration, S("encoding"), 0);
        struct str label = at == STR_NONE ? (struct str){0} : value_at(declaration, at + 8);
        if (label.n)
            return label;
    }
    for (size_t at = 0; (at = str_find_char(head, '<', at)) != STR_NONE;) {
        size_t behind = behind_raw(head, at);
        if (behind == at && str_eq_case(str_slice(head, at, at + 5), S("<meta"))) {
            struct str tag = str_slice(head, at, at + LONGEST_TAG),
                       found = charset_of(str_slice(tag, 0, str_find_char(tag, '>', 0)));
            if (found.n)
                return found;
        }
        at = behind > at ? behind : at + 1;
    }
    return (struct str){0};
}

bool charset_name(struct str label, char name[CHARSET_NAME])
{
    struct str value;
    if (label.n == 0 || label.n >= CHARSET_NAME)
        return false;
    for (size_t i = 0; i < label.n; i++) {
        unsigned char c = (unsigned char)label.p[i];
        if (c <= ' ' || c >= 0x7F || c == '/') /* what follows a slash would be orders to iconv */
            return false;
        name[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    if (!word_find(LIST_CHARSETS, (struct str){name, label.n}, &value))
        value = (struct str){name, label.n};
    memmove(name, value.p, value.n < CHARSET_NAME ? value.n : CHARSET_NAME - 1);
    name[value.n < CHARSET_NAME ? value.n : CHARSET_NAME - 1] = '\0';
    return true;
}
