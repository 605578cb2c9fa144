/* Classes that a page's own style sheet hides: rules of one class, ".name { display: none }",
 * outside of @media and the like. What scripts unfold is hidden so too; prose disproves it
 * (believe.c). */
#include "page/body/parts.h"

#include "base/map.h"

enum { SHEET_MAX = 1 << 16, SELECTOR_MAX = 300 };

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') &&
            s.p[i] != '-' && s.p[i] != '_')
            return false;
    return s.n > 0;
}

static void add_selectors(struct arena *a, struct map *hidden, struct str list)
{
    for (struct str one; str_split(&list, ',', &one);) {
        one = str_trim(one);
        if (one.n && one.p[0] == '.' && is_name(str_slice(one, 1, one.n)))
            *map_at(a, hidden, str_hash(str_slice(one, 1, one.n))) = 1;
    }
}

/* The selectors of the rule whose declaration stands at `at`; empty inside of another rule. */
static struct str selectors(struct str css, size_t at)
{
    size_t open = at, from;
    while (open > 0 && css.p[open - 1] != '{' && css.p[open - 1] != '}' && at - open < SELECTOR_MAX)
        open--;
    if (open == 0 || css.p[open - 1] != '{')
        return (struct str){0};
    from = --open;
    while (from > 0 && css.p[from - 1] != '}' && css.p[from - 1] != '{' && css.p[from - 1] != ';' &&
           css.p[from - 1] != '/' && open - from < SELECTOR_MAX)
        from--;
    bool nested = from > 0 && css.p[from - 1] == '{';
    return nested ? (struct str){0} : str_slice(css, from, open);
}

/* How many rules are open there: a rule at 0 is no part of @media. */
static bool is_outermost(struct str css, size_t *seen, int *depth, size_t at)
{
    for (; *seen < at; ++*seen)
        *depth += (css.p[*seen] == '{') - (css.p[*seen] == '}');
    return *depth == 1;
}

static void read_sheet(struct arena *a, struct map *hidden, struct str css)
{
    static const struct str ways[] = {STR("display:none"), STR("display: none")};
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        size_t seen = 0;
        int depth = 0;
        for (size_t at = 0; (at = str_find(css, ways[w], at)) != STR_NONE; at++) {
            struct str list = selectors(css, at);
            if (str_find_char(list, '.', 0) != STR_NONE && is_outermost(css, &seen, &depth, at))
                add_selectors(a, hidden, list);
        }
    }
}

struct map body_sheet(struct arena *a, const struct html *h)
{
    struct map hidden = {0};
    for (size_t i = 1; i < h->n; i++)
        if (h->nodes[i].tag == TAG_STYLE && h->nodes[i].text.n <= SHEET_MAX &&
            !str_contains(html_attr(h, i, S("media")), S("print")))
            read_sheet(a, &hidden, h->nodes[i].text);
    return hidden;
}
