/* Articles split over several pages: which page of which article one is, and several joined. */
#include "page/unpack/unpack.h"

#include "base/buf.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/html/html.h"
#include "page/text/encoding.h"
#include "page/text/words.h"

#include <string.h>

enum { READINGS = 4, LINKS_MAX = 400, TRIES = 8, LONGEST_WORD = 32 };

/* --------------------------------------------------------------------- addresses with a number */

/* One way to read an address: without `number`, it is `base`. */
struct numbered {
    struct str base;
    unsigned number;
};

static bool small_number(struct str s, unsigned *number)
{
    uint64_t n;
    if (s.n == 0 || s.n > 2 || !str_to_u64(s, &n) || n > SPLIT_PAGES)
        return false;
    *number = (unsigned)n;
    return true;
}

/* Scheme, "www.", fragment and a slash at the end do not tell addresses apart. */
static struct str plain_address(struct str url)
{
    url = str_slice(url, 0, str_find_char(url, '#', 0));
    size_t at = str_find(url, S("://"), 0);
    url = at == STR_NONE ? url : str_slice(url, at + 3, url.n);
    if (str_starts(url, S("www.")))
        url = str_slice(url, 4, url.n);
    while (url.n && (url.p[url.n - 1] == '/' || url.p[url.n - 1] == '?'))
        url.n--;
    return url;
}

/* Do the words of page numbers ("path", "query") hold this one? */
static bool is_page_word(struct str word, struct str kind)
{
    char low[LONGEST_WORD];
    struct str kinds, one;
    if (word.n > sizeof low)
        return false;
    for (size_t i = 0; i < word.n; i++)
        low[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i];
    if (word_find(LIST_PAGES, (struct str){low, word.n}, &kinds))
        while (str_split(&kinds, ' ', &one))
            if (str_eq(one, kind))
                return true;
    return false;
}

/* The word before the number goes with it: "/page/2", "-seite-2", "?page=2", "_p2". */
static struct str without_page_word(struct str s)
{
    static const char marks[] = "/-_,.";
    if (s.n && strchr(marks, s.p[s.n - 1]))
        s.n--;
    size_t at = s.n;
    while (at && !strchr(marks, s.p[at - 1]))
        at--;
    bool word = at && is_page_word(str_slice(s, at, s.n), S("path"));
    return word ? str_slice(s, 0, at - 1) : s;
}

/* ".../story-2.html", ".../story/2", ".../story/page/2", ".../story,2". */
static bool number_in_path(struct arena *a, struct str address, struct numbered *out)
{
    size_t query = str_find_char(address, '?', 0);
    struct str rest = str_slice(address, query, address.n);
    struct str path = str_slice(address, 0, query), ending = {0};
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    for (size_t i = path.n; i-- > 0 && i + 6 > path.n;)
        if (path.p[i] == '.' && i + 1 < path.n && (path.p[i + 1] < '0' || path.p[i + 1] > '9')) {
            ending = str_slice(path, i, path.n);
            path.n = i;
            break;
        }
    size_t digits = path.n;
    while (digits && path.p[digits - 1] >= '0' && path.p[digits - 1] <= '9')
        digits--;
    struct str lead = str_slice(path, 0, digits), base = without_page_word(lead);
    bool parted = lead.n && (base.n + 1 < lead.n || strchr("/-_,", lead.p[lead.n - 1]));
    if (!parted || !small_number(str_slice(path, digits, path.n), &out->number) ||
        str_find_char(base, '/', 0) == STR_NONE)
        return false;
    out->base = arena_fmt(a, "%.*s%.*s%.*s", STR_ARG(base), STR_ARG(ending), STR_ARG(rest));
    return true;
}

/* "?page=2" among other parameters. */
static bool number_in_query(struct arena *a, struct str address, struct numbered *out)
{
    size_t at = str_find_char(address, '?', 0);
    struct str query = str_slice(address, at == STR_NONE ? address.n : at + 1, address.n), one;
    struct str base = str_slice(address, 0, at);
    bool found = false;
    while (base.n && base.p[base.n - 1] == '/')
        base.n--;
    char between = '?';
    while (str_split(&query, '&', &one)) {
        size_t equal = str_find_char(one, '=', 0);
        bool page = equal != STR_NONE && is_page_word(str_slice(one, 0, equal), S("query"));
        if (page && !found && small_number(str_slice(one, equal + 1, one.n), &out->number)) {
            found = true;
            continue;
        }
        base = arena_fmt(a, "%.*s%c%.*s", STR_ARG(base), between, STR_ARG(one));
        between = '&';
    }
    out->base = base;
    return found;
}

/* All ways to read the address; the first is as page 1 of itself. */
static size_t read_address(struct arena *a, struct str url, struct numbered out[READINGS])
{
    struct str address = plain_address(url);
    size_t n = 0;
    if (address.n == 0)
        return 0;
    out[n++] = (struct numbered){address, 1};
    if (number_in_query(a, address, &out[n]))
        n++;
    if (number_in_path(a, address, &out[n]))
        n++;
    return n;
}

/* ------------------------------------------------------------------------------- a page's links */

enum link_kind { LINK_OTHER, LINK_NEXT, LINK_PREVIOUS, LINK_NUMBER };

struct link {
    struct str url;
    enum link_kind kind;
    unsigned text; /* LINK_NUMBER: the number that is its text */
};

struct links {
    struct link *v;
    size_t n, cap;
    struct str own; /* the page's own address: as given, else as it says */
};

static bool rel_has(struct str rel, struct str word)
{
    for (struct str one; str_split(&rel, ' ', &one);)
        if (str_eq_case(str_trim(one), word))
            return true;
    return false;
}

/* Readers' comments have pages of their own. */
static bool is_in_comments(const struct html *h, size_t node)
{
    for (size_t i = node; i; i = h->nodes[i].parent) {
        struct str names[] = {html_attr(h, i, S("class")), html_attr(h, i, S("id"))};
        for (size_t k = 0; k < 2; k++)
            if (str_contains(names[k], S("omment")) || str_contains(names[k], S("disqus")))
                return true;
    }
    return false;
}

static void add_link(struct arena *a, const struct html *h, size_t node, struct links *l)
{
    struct str rel = html_attr(h, node, S("rel"));
    struct link link = {.kind = rel_has(rel, S("next")) ? LINK_NEXT
                                : rel_has(rel, S("prev")) || rel_has(rel, S("previous"))
                                    ? LINK_PREVIOUS
                                    : LINK_OTHER};
    if (link.kind == LINK_OTHER && h->nodes[node].tag == TAG_A && h->nodes[node].end <= node + 6 &&
        small_number(html_text(a, h, node), &link.text))
        link.kind = LINK_NUMBER;
    if (link.kind == LINK_OTHER || is_in_comments(h, node) || l->n == LINKS_MAX)
        return;
    link.url = html_value(a, html_attr(h, node, S("href")));
    l->v = arena_grow(a, l->v, l->n, &l->cap, sizeof *l->v);
    l->v[l->n++] = link;
}

static struct links collect(struct arena *a, const struct html *h, struct str url)
{
    struct links l = {.own = url};
    for (size_t i = 1; i < h->n; i++) {
        unsigned tag = h->nodes[i].tag;
        if (tag == TAG_A || tag == TAG_LINK)
            add_link(a, h, i, &l);
        if (l.own.n)
            continue;
        if (tag == TAG_LINK && rel_has(html_attr(h, i, S("rel")), S("canonical")))
            l.own = html_value(a, html_attr(h, i, S("href")));
        else if (tag == TAG_META && str_eq_case(html_attr(h, i, S("property")), S("og:url")))
            l.own = html_value(a, html_attr(h, i, S("content")));
    }
    size_t n = 0;
    for (size_t i = 0; i < l.n; i++) {
        struct link link = l.v[i];
        link.url = url_resolve(a, l.own, link.url);
        if (link.url.n)
            l.v[n++] = link;
    }
    l.n = n;
    return l;
}

/* Is `link` page `number` of the article `base`? The first page often has no number. */
static bool is_page(struct arena *a, const struct link *link, struct numbered page)
{
    struct numbered ways[READINGS];
    size_t n = read_address(a, link->url, ways);
    for (size_t i = 0; i < n; i++)
        if (ways[i].number == page.number && (i > 0 || page.number == 1) &&
            str_eq(ways[i].base, page.base) &&
            (link->kind != LINK_NUMBER || link->text == page.number))
            return true;
    return false;
}

/* As page `own.number`, is there a neighbour where it has to be? */
static bool fits(struct arena *a, const struct links *l, struct numbered own,
                 struct split_place *out)
{
    struct str next = {0};
    bool before = false;
    for (size_t i = 0; i < l->n; i++) {
        const struct link *link = &l->v[i];
        if (!next.n && link->kind != LINK_PREVIOUS &&
            is_page(a, link, (struct numbered){own.base, own.number + 1}))
            next = link->url;
        if (own.number > 1 && link->kind != LINK_NEXT &&
            is_page(a, link, (struct numbered){own.base, own.number - 1}))
            before = true;
    }
    if (!next.n && !before)
        return false;
    *out = (struct split_place){own.base, own.number, next};
    return true;
}

/* Later pages often call themselves by the first one's address: then the neighbours tell. */
static bool fits_as_later(struct arena *a, const struct links *l, struct str base,
                          struct split_place *out)
{
    int tries = TRIES;
    for (size_t i = 0; i < l->n && tries; i++) {
        struct numbered ways[READINGS];
        tries -= l->v[i].kind == LINK_PREVIOUS;
        size_t n = l->v[i].kind == LINK_PREVIOUS ? read_address(a, l->v[i].url, ways) : 0;
        for (size_t k = n; k-- > 0;)
            if (str_eq(ways[k].base, base) &&
                (fits(a, l, (struct numbered){base, ways[k].number + 1}, out)))
                return true;
    }
    return false;
}

static bool has_any(struct str bytes)
{
    static const struct str marks[] = {STR("rel=\"next\""), STR("rel=next"),   STR("rel='next'"),
                                       STR("rel=\"prev"),   STR("rel=prev"),   STR("rel='prev"),
                                       STR("paginat"),      STR("pager"),      STR("multipage"),
                                       STR("page-numbers"), STR("page-links"), STR("page_nav")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_contains(bytes, marks[i]))
            return true;
    return false;
}

bool split_find(struct arena *a, struct str bytes, struct str content_type, struct str url,
                struct split_place *out)
{
    struct html h = {0};
    struct str text;
    if (str_find_char(str_slice(bytes, 0, 2048), '<', 0) == STR_NONE || !has_any(bytes) ||
        !encoding_decode(a, bytes, content_type, &text, NULL))
        return false;
    bool found = html_parse(text, &h, NULL);
    if (found) {
        struct links l = collect(a, &h, url);
        struct numbered ways[READINGS];
        size_t n = url_is_web(l.own) ? read_address(a, l.own, ways) : 0;
        found = n && !url.n && fits_as_later(a, &l, ways[0].base, out);
        for (size_t i = n; i-- > 0 && !found;)
            found = fits(a, &l, ways[i], out);
    }
    html_finish(&h);
    return found;
}

/* ----------------------------------------------------------------------------------------- joined
 */

#define JOINED "MIME-Version: 1.0\r\nContent-Description: pages of one article\r\n"

static struct str one_line(struct str s)
{
    return str_slice(s, 0, str_find_char(s, '\n', 0));
}

struct str split_join(struct arena *a, const struct split_page *pages, size_t n)
{
    struct buf out = {0};
    uint64_t hash = str_hash(S(JOINED));
    n = n < SPLIT_PAGES ? n : SPLIT_PAGES;
    for (size_t i = 0; i < n; i++)
        hash = str_hash_more(hash, pages[i].bytes);
    buf_fmt(&out, JOINED "Content-Type: multipart/mixed; boundary=\"page-%016llx\"\r\n",
            (unsigned long long)hash);
    for (size_t i = 0; i < n; i++) {
        struct str type = one_line(pages[i].content_type), url = one_line(pages[i].url);
        buf_fmt(&out, "\r\n--page-%016llx\r\nContent-Type: ", (unsigned long long)hash);
        buf_add(&out, type.n ? type : S("text/html"));
        buf_add(&out, S("\r\nContent-Location: "));
        buf_add(&out, url);
        buf_add(&out, S("\r\n\r\n"));
        buf_add(&out, pages[i].bytes);
    }
    buf_fmt(&out, "\r\n--page-%016llx--\r\n", (unsigned long long)hash);
    struct str joined = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return joined;
}

static bool read_part(struct str part, struct split_page *page)
{
    static const struct str type = STR("Content-Type: "), place = STR("\r\nContent-Location: ");
    size_t end = str_find(part, S("\r\n\r\n"), 0);
    struct str head = str_slice(part, 0, end);
    size_t at = str_find(head, place, 0);
    if (end == STR_NONE || at == STR_NONE || !str_starts(head, type))
        return false;
    *page = (struct split_page){str_slice(head, at + place.n, head.n), str_slice(head, type.n, at),
                                str_slice(part, end + 4, part.n)};
    return true;
}

bool split_parts(struct str joined, struct split_page pages[SPLIT_PAGES], size_t *n)
{
    static const struct str lead = STR(JOINED "Content-Type: multipart/mixed; boundary=\"");
    size_t close = str_starts(joined, lead) ? str_find_char(joined, '"', lead.n) : STR_NONE;
    char mark[64] = "\r\n--";
    *n = 0;
    if (close == STR_NONE || close - lead.n > 40)
        return false;
    memcpy(mark + 4, joined.p + lead.n, close - lead.n);
    struct str cut = {mark, 4 + close - lead.n};
    size_t at = str_find(joined, cut, close);
    while (at != STR_NONE && *n < SPLIT_PAGES) {
        size_t from = at + cut.n, to = str_find(joined, cut, from);
        if (to == STR_NONE || !str_starts(str_slice(joined, from, to), S("\r\n")) ||
            !read_part(str_slice(joined, from + 2, to), &pages[*n]))
            break;
        ++*n;
        at = to;
    }
    return *n > 0;
}

/* Takes the next paragraph off *rest. */
static bool next_paragraph(struct str *rest, struct str *paragraph)
{
    if (rest->n == 0)
        return false;
    size_t end = str_find(*rest, S("\n\n"), 0);
    *paragraph = str_trim(str_slice(*rest, 0, end));
    *rest = str_slice(*rest, end == STR_NONE ? rest->n : end + 2, rest->n);
    return true;
}

struct str split_append(struct arena *a, struct str text, struct str more)
{
    struct buf out = {0};
    struct arena memory = {0};
    struct map known = {0};
    struct str rest = text, paragraph;
    while (next_paragraph(&rest, &paragraph))
        if (paragraph.n)
            *map_at(&memory, &known, str_hash(paragraph)) = 1;
    buf_add(&out, text);
    while (next_paragraph(&more, &paragraph)) {
        size_t before = known.n;
        if (paragraph.n)
            *map_at(&memory, &known, str_hash(paragraph)) = 1;
        if (known.n == before)
            continue;
        if (out.n)
            buf_add(&out, S("\n\n"));
        buf_add(&out, paragraph);
    }
    struct str joined = arena_str(a, buf_str(&out));
    buf_finish(&out);
    arena_finish(&memory);
    return joined;
}
