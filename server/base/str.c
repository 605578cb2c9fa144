/* Slices of text: see str.h. */
#include "base/str.h"

#include <string.h>

struct str str_of(const char *c_string)
{
    return (struct str){c_string, c_string ? strlen(c_string) : 0};
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || (a.p[0] == b.p[0] && memcmp(a.p, b.p, a.n) == 0));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_eq_case(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n &&
           (suffix.n == 0 || (s.p[s.n - 1] == suffix.p[suffix.n - 1] &&
                              memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0));
}

size_t str_find(struct str s, struct str needle, size_t from)
{
    if (from > s.n)
        return STR_NONE;
    if (needle.n == 0)
        return from;
    if (s.n - from < needle.n)
        return STR_NONE;
    const char *at = memmem(s.p + from, s.n - from, needle.p, needle.n);
    return at ? (size_t)(at - s.p) : STR_NONE;
}

size_t str_find_char(struct str s, char c, size_t from)
{
    if (from >= s.n)
        return STR_NONE;
    const char *at = memchr(s.p + from, c, s.n - from);
    return at ? (size_t)(at - s.p) : STR_NONE;
}

bool str_contains(struct str s, struct str needle)
{
    return str_find(s, needle, 0) != STR_NONE;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    to = to < s.n ? to : s.n;
    from = from < to ? from : to;
    return (struct str){s.n ? s.p + from : s.p, to - from};
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n && is_blank(s.p[0]))
        s = str_slice(s, 1, s.n);
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_split(struct str *rest, char sep, struct str *field)
{
    if (rest->n == 0)
        return false;
    size_t at = str_find_char(*rest, sep, 0);
    *field = str_slice(*rest, 0, at);
    *rest = at == STR_NONE ? (struct str){0} : str_slice(*rest, at + 1, rest->n);
    return true;
}

bool str_one_of(struct str word, const char *const *words)
{
    char first = word.n ? lower(word.p[0]) : 0;
    for (; *words; words++)
        if (lower(**words) == first && str_eq_case(word, str_of(*words)))
            return true;
    return false;
}

bool str_listed(const char *list, struct str word)
{
    struct str rest = str_of(list), one;
    while (str_split(&rest, ' ', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

bool str_to_u64(struct str s, uint64_t *value)
{
    uint64_t sum = 0;
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        unsigned digit = (unsigned)(s.p[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

uint64_t str_hash_more(uint64_t hash, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
    return hash;
}

uint64_t str_hash(struct str s)
{
    return str_hash_more(UINT64_C(14695981039346656037), s);
}

struct str str_last_word(struct str s)
{
    size_t at = s.n;
    while (at && s.p[at - 1] != ' ')
        at--;
    return str_slice(s, at, s.n);
}
