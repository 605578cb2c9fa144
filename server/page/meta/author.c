/* Who wrote it. What the page tells machines is believed first; but the names that it shows its
 * readers beside the headline outrank names in metadata that it shows nowhere, and complete them.
 */
#include "page/meta/meta.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/person.h"
#include "page/text/words.h"

enum { NEAR_NODES = 60, LINE_MAX = 120, NAME_LEAD = 30, HANDLE_MAX = 30, SHORT_BLOCK = 400 };

static struct str without_the(struct str folded)
{
    return str_starts(folded, S("the ")) ? str_slice(folded, 4, folded.n) : folded;
}

/* Does a byline open with the outlet's name? "hessenbote.de, Frankfurt" is an imprint. */
static bool is_outlet(struct str byline, const struct page *p)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str folded = without_the(fold_line(byline, x)), outlet = fold_line(p->outlet, y);
    struct str host = str_slice(p->domain, 0, str_find_char(p->domain, '.', 0));
    struct str first = str_slice(folded, 0, str_find_char(folded, ',', 0));
    return str_eq(first, without_the(outlet)) ||
           (first.n && (str_eq(first, p->domain) || str_eq(first, host)));
}

/* Letters and digits alone. */
static struct str squash(struct str s, char out[FOLD_MAX])
{
    struct str f = fold_line(s, out);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if ((unsigned char)f.p[i] >= 0x80 || (f.p[i] >= 'a' && f.p[i] <= 'z') ||
            (f.p[i] >= '0' && f.p[i] <= '9'))
            out[n++] = f.p[i];
    return (struct str){out, n};
}

/* "Harbour Post" on harbourpost.example. */
static bool is_written_together(struct str name, const struct page *p)
{
    char x[FOLD_MAX];
    struct str host = str_slice(p->domain, 0, str_find_char(p->domain, '.', 0));
    return host.n && str_eq(squash(name, x), host);
}

/* The next of names parted by ", ". */
static bool next_name(struct str *rest, struct str *name)
{
    if (rest->n == 0)
        return false;
    size_t at = str_find(*rest, S(", "), 0);
    *name = str_slice(*rest, 0, at);
    *rest = at == STR_NONE ? (struct str){0} : str_slice(*rest, at + 2, rest->n);
    return true;
}

struct str meta_usable_names(struct arena *a, struct str byline, const struct page *p)
{
    struct str names = byline_clean(a, byline), out = {0}, name;
    if (is_outlet(byline, p))
        return out;
    bool several = str_contains(names, S(", "));
    while (next_name(&names, &name))
        if (!is_outlet(name, p) && !(several && is_written_together(name, p)))
            out = out.n ? arena_fmt(a, "%.*s, %.*s", STR_ARG(out), STR_ARG(name)) : name;
    return out;
}

/* Is the word known as something else: a section, a month, an agency, a button? */
static bool is_known_word(struct str word)
{
    static const enum word_list lists[] = {LIST_NONAMES, LIST_SECTIONS, LIST_MONTHS, LIST_AGENCIES};
    char folded[FOLD_MAX];
    struct str value, f = fold_line(word, folded);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (word_find(lists[i], f, &value))
            return true;
    return person_small_word(word, S("day")) || line_effect(f) != LINE_PLAIN;
}

struct str meta_handle(struct str s, const struct page *p)
{
    s = str_trim(s);
    if (s.n < 3 || s.n > HANDLE_MAX || is_known_word(s) || is_outlet(s, p))
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

static bool is_full(struct str names)
{
    struct str name;
    return next_name(&names, &name) && person_is_full(name);
}

static struct str only_full(struct str names)
{
    return is_full(names) ? names : (struct str){0};
}

/* Is the block a byline's opening alone, "By", so that the next one holds the name? */
static bool is_lead(const struct block *k)
{
    char folded[FOLD_MAX];
    struct str kind, f = fold_line(k->text, folded);
    return k->text.n < NAME_LEAD && f.n && word_find(LIST_BYLINES, f, &kind) &&
           (kind.n == 0 || str_ends(k->text, S(":"))) && !str_eq(kind, S("other"));
}

/* The names in a block that begins like a byline; near the headline also in one that tells a day
 * and then by whom. */
static struct str names_of_block(struct meta *m, const struct body *b, size_t i,
                                 const struct page *p, bool near)
{
    struct str line = b->blocks[i].text, names = {0};
    if (is_byline(m->a, line))
        names = line;
    else if (i && line.n <= LINE_MAX && is_lead(&b->blocks[i - 1]))
        names = only_full(byline_clean(m->a, line));
    else if (near && line.n <= LINE_MAX && date_find(m->a, line, m->locale).n)
        names = byline_behind(m->a, line);
    return meta_usable_names(m->a, names, p);
}

/* Names in a line of their own; one near the headline goes before others, which are taken only
 * with `anywhere`. */
static struct str author_block(struct meta *m, const struct body *b, const struct page *p,
                               bool anywhere)
{
    struct str far = {0};
    size_t from, to;
    meta_span(b, p, &from, &to);
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (k->hints & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN))
            continue;
        bool near = from && k->first + NEAR_NODES > from && k->first <= to;
        struct str s = near || anywhere ? names_of_block(m, b, i, p, near) : (struct str){0};
        if (s.n && near)
            return s;
        far = far.n ? far : s;
    }
    return far;
}

/* Does any short block of the page show one of the names? */
static bool is_shown(const struct body *b, struct str names)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str list = fold_line(names, x), name;
    while (next_name(&list, &name))
        for (size_t i = 0; i < b->n; i++)
            if (b->blocks[i].text.n <= SHORT_BLOCK && b->blocks[i].text.n >= name.n &&
                str_contains(fold_line(b->blocks[i].text, y), name))
                return true;
    return false;
}

/* Are these names all of those, and more? */
static bool completes(struct str more, struct str names)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str all = fold_line(more, x), list = fold_line(names, y), name;
    if (all.n <= list.n)
        return false;
    while (next_name(&list, &name))
        if (!str_contains(all, name))
            return false;
    return true;
}

static struct told told_authors(struct meta *m, const struct page *p)
{
    static const enum meta_key keys[] = {META_AUTHOR_LD, META_AUTHOR_PROP, META_AUTHOR_META};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str s = meta_usable_names(m->a, m->found[keys[i]], p);
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
        struct str all = str_trim(m->found[keys[i]]), s = byline_clean(m->a, all);
        s = s.n ? s : all;
        if (s.n && is_outlet(s, p))
            return (struct told){s, m->source[keys[i]]};
    }
    return (struct told){{0}, NULL};
}

/* The name that somebody goes by, where the metadata has nothing better. */
static struct told told_handle(struct meta *m, const struct page *p)
{
    static const enum meta_key keys[] = {META_AUTHOR_LD, META_AUTHOR_PROP, META_AUTHOR_META};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str s = meta_handle(m->found[keys[i]], p);
        if (s.n)
            return (struct told){s, m->source[keys[i]]};
    }
    return signed_by_outlet(m, p);
}

struct told meta_authors(struct meta *m, const struct body *b, const struct page *p)
{
    static const struct page nobodys = {0};
    struct told told = told_authors(m, p), seen = {meta_author_element(m, b, p), "page"};
    if (seen.value.n == 0 || !is_full(seen.value)) {
        struct str block = author_block(m, b, p, seen.value.n == 0);
        seen.value = block.n ? block : seen.value;
    }
    if (told.value.n == 0 && seen.value.n == 0) {
        told = told_handle(m, p);
        seen.value = told.value.n ? told.value : meta_author_link(m, b, &nobodys);
        return told.value.n ? told : seen;
    }
    if (told.value.n == 0)
        return seen;
    if (seen.value.n == 0)
        return told;
    if (is_full(told.value) != is_full(seen.value))
        return is_full(told.value) ? told : seen;
    return completes(seen.value, told.value) || !is_shown(b, told.value) ? seen : told;
}
