/* Names in the elements that say who wrote: a link to the author's page, a card, a byline's class.
 * Parts of one element are read apart where each holds a name ("<a>Ada Moss</a><a>Write to
 * us</a>"), else as one line. */
#include "assets/wordlist.h"
#include "base/buf.h"
#include "page/meta/meta.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/person.h"
#include "page/text/words.h"

enum {
    NEAR_NODES = 60,
    SIBLINGS_MAX = 320,
    CARD_MAX = 160,
    DAY_MAX = 40,
    SLUG_HYPHENS = 5,
    FOLDER_MAX = 20
};

static size_t hyphens(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '-';
    return n;
}

/* Does the address lead to somebody's own page, "/autoren/ada-moss"? */
static bool is_persons(struct str href)
{
    struct str value, part;
    bool folder = false;
    for (struct str rest = str_slice(href, 0, str_find_char(href, '?', 0));
         str_split(&rest, '/', &part);) {
        if (folder && part.n >= 2 && hyphens(part) < SLUG_HYPHENS)
            return true;
        folder = part.n > 1 && part.n <= FOLDER_MAX && word_find(LIST_PEOPLE, part, &value);
    }
    return false;
}

/* Does the class say who wrote: "post-author", "bylineName"? */
static bool is_authors(struct str class)
{
    char folded[FOLD_MAX];
    struct str f = fold_line(class, folded), rest = wordlist_text("page/words/authors.txt"), part;
    while (f.n && wordlist_next(&rest, &part))
        if (str_contains(f, part))
            return true;
    return false;
}

/* How surely an element names the author: 3 rel=author, 2 a card or a link to an author's page,
 * 1 a class that says so, 0 not at all. */
static int author_rank(const struct meta *m, size_t i)
{
    struct str name = html_attr(m->h, i, S("class"));
    if (m->h->nodes[i].tag == TAG_A) {
        if (str_eq_case(html_attr(m->h, i, S("rel")), S("author")))
            return 3;
        if (str_ends(name, S(" fn n")) || str_eq(name, S("fn")) ||
            is_persons(html_attr(m->h, i, S("href"))))
            return 2;
    }
    return m->hints[i] & HINT_BYLINE && is_authors(name);
}

/* The element's text with a line for each of its parts. */
static struct str parts_of(struct meta *m, size_t node)
{
    struct buf out = {0};
    uint32_t last = 0;
    for (size_t i = node; i < m->h->nodes[node].end; i++) {
        const struct html_node *n = &m->h->nodes[i];
        if (n->tag == TAG_SCRIPT || n->tag == TAG_STYLE || n->tag == TAG_NOSCRIPT) {
            i = n->end - 1;
        } else if (n->tag == TAG_TEXT) {
            if (out.n && n->parent != last)
                buf_char(&out, '\n');
            last = n->parent;
            html_decode(&out, n->text);
        }
    }
    struct buf lines = {0};
    struct str rest = buf_str(&out), line;
    while (str_split(&rest, '\n', &line)) {
        buf_add(&lines, lines.n ? S("\n") : (struct str){0});
        buf_add(&lines, html_value(m->a, line));
    }
    struct str s = arena_str(m->a, buf_str(&lines));
    buf_finish(&out);
    buf_finish(&lines);
    return s;
}

static bool all_full(struct str names)
{
    struct str rest = names;
    while (rest.n) {
        size_t at = str_find(rest, S(", "), 0);
        if (!person_is_full(str_slice(rest, 0, at)))
            return false;
        rest = at == STR_NONE ? (struct str){0} : str_slice(rest, at + 2, rest.n);
    }
    return names.n > 0;
}

/* Is one word of the class just that of an author: "author", "vcard author", "byline-name"? Then
 * one word in it is the name somebody goes by. */
static bool is_just_authors(struct str class)
{
    struct str rest = class, word, part;
    while (str_split(&rest, ' ', &word))
        for (struct str parts = wordlist_text("page/words/authors.txt");
             wordlist_next(&parts, &part);) {
            struct str tail = str_slice(word, part.n, word.n);
            if (str_starts(word, part) && (tail.n == 0 || str_eq(tail, S("-name")) ||
                                           str_eq(tail, S("__name")) || str_eq(tail, S("_name"))))
                return true;
        }
    return false;
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
    if (s.n == 0 || s.n > CARD_MAX)
        return (struct str){0};
    struct str apart = meta_usable_names(m->a, parts_of(m, i), p);
    if (all_full(apart))
        return apart;
    if (rank < 3 && s.n > DAY_MAX && date_find(m->a, s, m->locale).n)
        return (struct str){0};
    struct str names = meta_usable_names(m->a, s, p);
    if (rank > 1 || word_count(names) > 1 || all_full(names))
        return names.n || rank < 2 ? names : meta_handle(s, p);
    return is_just_authors(html_attr(m->h, i, S("class"))) ? meta_handle(s, p) : (struct str){0};
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
    if (m->h->nodes[node].tag != TAG_A || html_text(m->a, m->h, parent).n > SIBLINGS_MAX)
        return names;
    for (size_t i = m->h->nodes[node].end; i < m->h->nodes[parent].end; i++)
        if (m->h->nodes[i].tag == TAG_A && may_name(m, b, i) && author_rank(m, i) == rank) {
            struct str more = names_in(m, p, i, rank);
            if (more.n && !str_contains(names, more))
                names = arena_fmt(m->a, "%.*s, %.*s", STR_ARG(names), STR_ARG(more));
        }
    return names;
}

struct str meta_author_link(struct meta *m, const struct body *b, const struct page *p)
{
    for (size_t i = 1; i < m->h->n; i++)
        if (may_name(m, b, i) && author_rank(m, i) == 3)
            return names_in(m, p, i, 3);
    return (struct str){0};
}

/* The names in the element that says most surely who wrote; one beside the headline outweighs
 * one somewhere on the page. */
struct str meta_author_element(struct meta *m, const struct body *b, const struct page *p)
{
    struct str best = {0};
    int best_weight = 0;
    size_t from, to, best_node = 0;
    meta_span(b, p, &from, &to);
    for (size_t i = 1; i < m->h->n; i++) {
        int rank = may_name(m, b, i) ? author_rank(m, i) : 0;
        bool near = from && i + NEAR_NODES > from && i <= to;
        int weight = rank ? rank + (near ? 2 : 0) : 0;
        if (weight <= best_weight || (rank == 1 && b->hints[i] & HINT_CAPTION))
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
