/* What all pages share stands once: web/lib/page/bar.html takes the place of the marker in a page,
 *
 *   <!-- bar /actors -->    the bar, with the link to /actors as the current one
 *   <!-- bar -->            the bar, with no current link
 *
 * before the page is sent, so that a browser draws it with the first bytes and without a script.
 * The link is aria-current="page" on the page it leads to (actors.html) and "true" on others. */
#include "http/parts.h"

/* Is `link` the address of the page NAME.html? */
static bool leads_to(struct str link, struct str name)
{
    name = str_slice(name, 0, str_find_char(name, '.', 0));
    return str_eq(link, S("/")) ? str_eq(name, S("index"))
                                : str_eq(str_slice(link, 1, link.n), name);
}

static void add_bar(struct arena *a, struct buf *out, struct str bar, struct str current,
                    struct str name)
{
    struct str link = arena_fmt(a, "href=\"%.*s\"", STR_ARG(current));
    size_t nav = str_find(bar, S("<nav"), 0);
    size_t at = current.n && nav != STR_NONE ? str_find(bar, link, nav) : STR_NONE;
    if (at == STR_NONE) {
        buf_add(out, bar);
        return;
    }
    buf_add(out, str_slice(bar, 0, at + link.n));
    buf_fmt(out, " aria-current=\"%s\"", leads_to(current, name) ? "page" : "true");
    buf_add(out, str_slice(bar, at + link.n, bar.n));
}

bool bar_wanted(struct str page)
{
    return str_contains(page, S("<!-- bar"));
}

void bar_fill(struct arena *a, struct str page, struct str name, struct str bar, struct buf *out)
{
    static const char mark[] = "<!-- bar", close[] = "-->";
    size_t from = str_find(page, str_of(mark), 0);
    size_t to = from == STR_NONE ? STR_NONE : str_find(page, str_of(close), from);
    if (to == STR_NONE) {
        buf_add(out, page);
        return;
    }
    buf_add(out, str_slice(page, 0, from));
    add_bar(a, out, str_trim(bar), str_trim(str_slice(page, from + sizeof mark - 1, to)), name);
    buf_add(out, str_slice(page, to + sizeof close - 1, page.n));
}
