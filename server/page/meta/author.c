/* Who wrote it. What the page tells machines is believed first; but the names that it shows its
 * readers beside the headline outrank names in metadata that it shows nowhere, and complete them.
 */
#include "page/meta/meta.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/words.h"

enum { NEAR_NODES = 60, BYLINE_MAX = 160, CARD_MAX = 100, HANDLE_MAX = 30, SHORT_BLOCK = 400 };

/* Does a byline open with the outlet's name? "hessenbote.de, Frankfurt" is an imprint. */
static bool is_outlet(struct str byline, const struct page *p)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str folded = fold_line(byline, x);
    struct str host = str_slice(p->domain, 0, str_find_char(p->domain, '.', 0));
    struct str first = str_slice(folded, 0, str_find_char(folded, ',', 0));
    return str_eq(first, fold_line(p->outlet, y)) ||
           (first.n && (str_eq(first, p->domain) || str_eq(first, host)));
}

static struct str usable(struct arena *a, struct str byline, const struct page *p)
{
    struct str names = byline_clean(a, byline);
    return names.n && !is_outlet(names, p) && !is_outlet(byline, p) ? names : (struct str){0};
}

/* "eseppelt": the name somebody goes by on this site. */
static struct str handle(struct str s)
{
    char folded[FOLD_MAX];
    struct str value;
    s = str_trim(s);
    if (s.n < 3 || s.n > HANDLE_MAX || word_find(LIST_NONAMES, fold_line(s, folded), &value))
        return (struct str){0};
    bool letter = false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        if (!alpha && !(c >= '0' && c <= '9') && c != '_' && c != '-' && c != '.')
            return (struct str){0};
        letter |= alpha;
    }
    return letter ? s : (struct str){0};
}

/* Does the address lead to somebody's own page, "/autoren/ada-moss"? */
static bool is_persons(struct str href)
{
    static const struct str folders[] = {
        STR("author/"),    STR("authors/"),   STR("autor/"),    STR("auteur/"),  STR("auteurs/"),
        STR("autoren/"),   STR("autores/"),   STR("autorin/"),  STR("autori/"),  STR("redakteur"),
        STR("redaktion/"), STR("journalist"), STR("by/"),       STR("profile/"), STR("staff/"),
        STR("people/"),    STR("writers/"),   STR("verfasser/")};
    for (size_t at = 0; (at = str_find_char(href, '/', at)) != STR_NONE; at++) {
        struct str rest = str_slice(href, at + 1, href.n);
        for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
            if (str_starts(rest, folders[i]) && rest.n >= folders[i].n + 2)
                return true;
    }
    return false;
}

/* How surely an element names the author: 3 rel=author, 2 a card or a link to an author's page,
 * 1 a class that says so, 0 not at all. */
static int author_rank(const struct meta *m, size_t i)
{
    static const struct str classes[] = {STR("author"), STR("byline"), STR("Author"), STR("Byline"),
                                         STR("autor"),  STR("auteur"), STR("writer")};
    struct str name = html_attr(m->h, i, S("class"));
    if (m->h->nodes[i].tag == TAG_A) {
        if (str_eq_case(html_attr(m->h, i, S("rel")), S("author")))
            return 3;
        if (str_ends(name, S(" fn n")) || str_eq(name, S("fn")) ||
            is_persons(html_attr(m->h, i, S("href"))))
            return 2;
    }
    for (size_t k = 0; m->hints[i] & HINT_BYLINE && k < sizeof classes / sizeof *classes; k++)
        if (str_contains(name, classes[k]))
            return 1;
    return 0;
}

static size_t word_count(struct str s)
{
    size_t n = 0;
    for (struct str w; str_split(&s, ' ', &w);)
        n += w.n > 0;
    return n;
}

/* The names an element holds, empty if it holds none. */
static struct str names_in(struct meta *m, const struct page *p, size_t i, int rank)
{
    struct str s = html_text(m->a, m->h, i);
    if (s.n == 0 || s.n > CARD_MAX || (rank < 3 && date_find(m->a, s, p->language).n && s.n > 40))
        return (struct str){0};
    struct str names = usable(m->a, s, p);
    if (names.n == 0 && rank > 1)
        return handle(s);
    return rank > 1 || word_count(names) > 1 ? names : (struct str){0};
}

static bool may_name(const struct meta *m, const struct body *b, size_t i)
{
    const struct html_node *n = &m->h->nodes[i];
    return n->n_attrs && (n->tag == TAG_A || b->hints[i] & HINT_BYLINE) &&
           !(b->hints[i] & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN | HINT_SKIP));
}

/* With the further links of the same rank that stand beside it: "A. Reed, B. Stone & C. Moss". */
static struct str with_siblings(struct meta *m, const struct body *b, const struct page *p,
                                size_t node, struct str names)
{
    int rank = author_rank(m, node);
    size_t parent = m->h->nodes[node].parent;
    if (m->h->nodes[node].tag != TAG_A || html_text(m->a, m->h, parent).n > 2 * BYLINE_MAX)
        return names;
    for (size_t i = m->h->nodes[node].end; i < m->h->nodes[parent].end; i++)
        if (m->h->nodes[i].tag == TAG_A && may_name(m, b, i) && author_rank(m, i) == rank) {
            struct str more = names_in(m, p, i, rank);
            if (more.n && !str_contains(names, more))
                names = arena_fmt(m->a, "%.*s, %.*s", STR_ARG(names), STR_ARG(more));
        }
    return names;
}

/* The names in the element that says most surely who wrote; one beside the headline outweighs
 * one somewhere on the page. */
static struct str author_element(struct meta *m, const struct body *b, const struct page *p)
{
    struct str best = {0};
    int best_weight = 0;
    size_t from, to, best_node = 0;
    meta_span(b, p, &from, &to);
    for (size_t i = 1; i < m->h->n; i++) {
        int rank = may_name(m, b, i) ? author_rank(m, i) : 0;
        bool near = from && i + NEAR_NODES > from && i <= to;
        int weight = rank ? rank + (near ? 2 : 0) : 0;
        if (weight <= best_weight)
            continue;
        struct str names = names_in(m, p, i, rank);
        if (names.n) {
            best = names;
            best_weight = weight;
            best_node = i;
        }
    }
    return best.n ? with_siblings(m, b, p, best_node, best) : best;
}

/* A short block that begins like a byline; one near the headline goes before others. */
static struct str author_block(struct meta *m, const struct body *b, const struct page *p)
{
    struct str far = {0};
    size_t from, to;
    meta_span(b, p, &from, &to);
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (k->hints & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN) || !is_byline(m->a, k->text))
            continue;
        struct str s = usable(m->a, k->text, p);
        bool near = from && k->first + NEAR_NODES > from && k->first <= to;
        if (s.n == 0)
            continue;
        if (near)
            return s;
        far = far.n ? far : s;
    }
    return far;
}

/* Does any short block of the page show one of the names? */
static bool is_shown(const struct body *b, struct str names)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str list = fold_line(names, x);
    while (list.n) {
        size_t at = str_find(list, S(", "), 0);
        struct str name = str_slice(list, 0, at);
        list = at == STR_NONE ? (struct str){0} : str_slice(list, at + 2, list.n);
        for (size_t i = 0; i < b->n; i++)
            if (b->blocks[i].text.n <= SHORT_BLOCK && b->blocks[i].text.n >= name.n &&
                str_contains(fold_line(b->blocks[i].text, y), name))
                return true;
    }
    return false;
}

/* Are these names all of those, and more? */
static bool completes(struct str more, struct str names)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str all = fold_line(more, x), list = fold_line(names, y);
    if (all.n <= list.n)
        return false;
    while (list.n) {
        size_t at = str_find(list, S(", "), 0);
        if (!str_contains(all, str_slice(list, 0, at)))
            return false;
        list = at == STR_NONE ? (struct str){0} : str_slice(list, at + 2, list.n);
    }
    return true;
}

static struct told told_authors(struct meta *m, const struct page *p)
{
    static const enum meta_key keys[] = {META_AUTHOR_LD, META_AUTHOR_PROP, META_AUTHOR_META};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str s = usable(m->a, m->found[keys[i]], p);
        if (s.n)
            return (struct told){s, m->source[keys[i]]};
    }
    return (struct told){{0}, NULL};
}

/* Where nobody is named, the outlet itself may sign. */
static struct told signed_by_outlet(struct meta *m, const struct page *p)
{
    static const enum meta_key keys[] = {META_AUTHOR_PERSON, META_AUTHOR_ORG, META_AUTHOR_LD,
                                         META_AUTHOR_PROP, META_AUTHOR_META};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str s = byline_clean(m->a, m->found[keys[i]]);
        if (s.n && is_outlet(s, p))
            return (struct told){s, m->source[keys[i]]};
    }
    return (struct told){{0}, NULL};
}

struct told meta_authors(struct meta *m, const struct body *b, const struct page *p)
{
    struct told told = told_authors(m, p), seen = {author_element(m, b, p), "page"};
    if (seen.value.n == 0)
        seen.value = author_block(m, b, p);
    if (told.value.n == 0)
        return seen.value.n ? seen : signed_by_outlet(m, p);
    if (seen.value.n == 0)
        return told;
    return completes(seen.value, told.value) || !is_shown(b, told.value) ? seen : told;
}
