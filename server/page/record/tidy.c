/* What programs write into cells: marks for nothing ("NaN", "None"), lists printed as their
 * language prints them, an address where a name is expected. */
#include "page/record/parts.h"

#include "base/buf.h"
#include "base/url.h"
#include "page/text/words.h"

#include <string.h>

enum { LONGEST_MARK = 16 };

/* The word without brackets, number signs and quotation marks around it: "<NA>", "#N/A". */
static struct str bare(struct str s)
{
    s = str_trim(s);
    while (s.n && strchr("[](){}<>#'\"", s.p[0]))
        s = str_trim(str_slice(s, 1, s.n));
    while (s.n && strchr("[](){}<>'\"", s.p[s.n - 1]))
        s = str_trim(str_slice(s, 0, s.n - 1));
    return s;
}

static bool is_nothing(struct str cell)
{
    char low[LONGEST_MARK];
    struct str word, value;
    if (cell.n == 0 || cell.n > LONGEST_MARK)
        return cell.n == 0;
    word = bare(cell);
    for (size_t i = 0; i < word.n; i++)
        low[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i];
    return word.n == 0 || word_find(LIST_NOTHING, (struct str){low, word.n}, &value);
}

/* The text in quotation marks that opens at byte *at; *at moves behind it. */
static struct str quoted(struct str s, size_t *at)
{
    char mark = s.p[*at];
    size_t from = ++*at;
    while (*at < s.n && s.p[*at] != mark)
        *at += s.p[*at] == '\\' ? 2 : 1;
    struct str inside = str_slice(s, from, *at);
    *at = *at < s.n ? *at + 1 : s.n;
    return inside;
}

/* "['A. Reed', 'B. Stone']", "[{'name': 'A. Reed'}]" as "A. Reed, B. Stone". */
static struct str names_of_list(struct arena *a, struct str list)
{
    struct buf out = {0};
    struct str key = {0};
    for (size_t at = 1; at < list.n;) {
        if (list.p[at] != '\'' && list.p[at] != '"') {
            key = list.p[at] == ',' || list.p[at] == '{' ? (struct str){0} : key;
            at++;
            continue;
        }
        struct str s = quoted(list, &at);
        if (str_starts(str_trim(str_slice(list, at, list.n)), S(":"))) {
            key = s;
        } else if (str_trim(s).n && (key.n == 0 || str_eq_case(key, S("name")))) {
            buf_add(&out, out.n ? S(", ") : S(""));
            buf_add(&out, str_trim(s));
        }
    }
    struct str names = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return names;
}

/* "A. Reed, NaN" without what is no name. */
static struct str without_nothing(struct arena *a, struct str names)
{
    struct str rest = names, name;
    struct buf out = {0};
    bool any = false;
    while (str_split(&rest, ',', &name))
        any |= is_nothing(str_trim(name));
    while (any && str_split(&names, ',', &name))
        if (!is_nothing(str_trim(name))) {
            buf_add(&out, out.n ? S(", ") : S(""));
            buf_add(&out, str_trim(name));
        }
    struct str kept = any ? arena_str(a, buf_str(&out)) : names;
    buf_finish(&out);
    return kept;
}

void record_tidy(struct arena *a, struct record *r)
{
    for (int f = 0; f < RECORD_FIELDS; f++)
        if (is_nothing(str_trim(r->field[f])))
            r->field[f] = (struct str){0};
    struct str author = str_trim(r->field[RECORD_AUTHOR]), *outlet = &r->field[RECORD_OUTLET];
    if (author.n > 2 && author.p[0] == '[' && author.p[author.n - 1] == ']') {
        struct str names = names_of_list(a, author);
        r->field[RECORD_AUTHOR] = names.n ? names : str_slice(author, 1, author.n - 1);
    }
    r->field[RECORD_AUTHOR] = without_nothing(a, r->field[RECORD_AUTHOR]);
    if (url_is_web(str_trim(*outlet))) {
        if (r->field[RECORD_URL].n == 0)
            r->field[RECORD_URL] = *outlet;
        *outlet = (struct str){0};
    }
}
