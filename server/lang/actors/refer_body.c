/* "The company", "the bureau", "the newspaper": the body of that kind that was named before.
 *
 * A bare noun behind "the" takes up what was named shortly before, or the one body of its kind that
 * the article names; not what was brought in with "a" since ("a group of scientists ... the
 * group"). What kind a body is of is read from its name and from the gazetteer. */
#include "lang/names/names.h"
#include "lang/text/lexicon.h"

#include <string.h>

enum { SHORTLY = 3, OPENS_WITHIN = 2 }; /* sentences */

/* Finds of bodies that nouns of one class can stand for, by place; `only` is the one body they all
 * are, -2 for several. The last list has the names that are nobody yet. */
enum { CLASSES = 4, UNKNOWN = CLASSES };

struct bodies {
    struct body_list {
        uint32_t *finds;
        size_t n, cap;
        int32_t only;
    } of[CLASSES + 1];
};

/* Has the name a word of this class (words/body_names.txt)? */
static bool has_word(struct str name, char class)
{
    struct str word;
    while (str_split(&name, ' ', &word)) {
        const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_BODY_NAMES), word);
        if (e && e->class.p[0] == class)
            return true;
    }
    return false;
}

static const char classes[CLASSES] = "cgao";

/* What the body does ("carries", "makes") by its name, by the noun before one of its names, or
 * nothing. */
static struct str trade_of(const struct names *w, const struct find *f)
{
    struct str rest = w->who[f->who].name, word;
    const struct lexicon_entry *e;
    while (str_split(&rest, ' ', &word))
        if ((e = lexicon_find(lexicon_open(WORDS_BODY_NAMES), word)) && e->more.n)
            return e->more;
    e = f->first ? lexicon_find(lexicon_open(WORDS_BODY_NOUNS), names_text(w, f->first - 1)) : NULL;
    return e ? e->more : (struct str){0};
}

/* Bits of the classes whose nouns can stand for the body. */
static unsigned classes_of(const struct who *p)
{
    enum { COMPANY = 1, GROUP = 2, STATE = 4, OUTLET = 8 };
    if (p->kind != ACTOR_ORGANISATION)
        return p->kind == ACTOR_OUTLET ? OUTLET : 0;
    bool public = has_word(p->name, 's'), state = p->of >= 0 || public;
    bool company = !state && !has_word(p->name, 'g');
    return (company ? COMPANY : 0) | (public ? 0 : GROUP) | (state ? STATE : 0) |
           (has_word(p->name, 'o') ? OUTLET : 0);
}

/* Does the find do something: "Ryanair cancelled"? */
static bool acts(const struct names *w, const struct find *f)
{
    return f->end < w->doc->n_tokens &&
           (w->flags[f->end] & (WORD_VERB | WORD_SAY) || str_ends(names_text(w, f->end), S("ed")));
}

/* A capital word that is nobody yet, and opens a sentence as its subject. */
static bool is_unknown(const struct names *w, const struct find *g)
{
    bool word = g->end > g->first + 1 || w->flags[g->first] & (WORD_COMMON | WORD_FUNCTION);
    return g->type == FIND_UNKNOWN && g->who < 0 && !g->headline && !word &&
           w->doc->sentences[w->doc->tokens[g->first].sentence].first == g->first &&
           !names_is_upper(names_text(w, g->first)) && acts(w, g);
}

/* How many of the list stand before the token. */
static size_t count_before(const struct names *w, const struct body_list *l, uint32_t token)
{
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->finds[l->finds[mid]].first < token)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void list_find(struct names *w, struct body_list *l, uint32_t find)
{
    int32_t who = w->finds[find].who;
    size_t at = l->n;
    l->finds = arena_grow(w->doc->arena, l->finds, l->n, &l->cap, sizeof *l->finds);
    for (; at > 0 && w->finds[l->finds[at - 1]].first > w->finds[find].first; at--)
        l->finds[at] = l->finds[at - 1];
    l->finds[at] = find;
    l->only = l->n == 0 || l->only == who ? who : -2;
    l->n++;
}

static void list_body(struct names *w, uint32_t find, unsigned bits)
{
    for (size_t c = 0; c < CLASSES; c++)
        if (bits >> c & 1)
            list_find(w, &w->bodies->of[c], find);
}

static void list_all(struct names *w)
{
    uint8_t *known = arena_array(w->doc->arena, w->n_who + 1, 1);
    w->bodies = arena_alloc(w->doc->arena, sizeof *w->bodies);
    *w->bodies = (struct bodies){0};
    memset(known, 0xFF, w->n_who + 1);
    for (uint32_t k = 0; k < w->n_finds; k++) {
        const struct find *g = &w->finds[k];
        if (is_unknown(w, g))
            list_find(w, &w->bodies->of[UNKNOWN], k);
        if (g->who < 0 || (g->type != FIND_ORG && g->type != FIND_ENTITY))
            continue;
        if (known[g->who] == 0xFF)
            known[g->who] = (uint8_t)classes_of(&w->who[g->who]);
        if (!w->who[g->who].trade.n)
            w->who[g->who].trade = trade_of(w, g);
        list_body(w, k, known[g->who]);
    }
}

/* The last of the list before the token, or NULL. */
static const struct find *last_of(const struct names *w, const struct body_list *l, uint32_t token)
{
    size_t n = count_before(w, l, token);
    return l->finds && n ? &w->finds[l->finds[n - 1]] : NULL;
}

/* The last of those before the token that the noun fits: of the same trade, or else of none that is
 * known; NULL if there is none. */
static const struct find *last_fitting(const struct names *w, const struct body_list *l,
                                       uint32_t token, struct str trade)
{
    enum { MOST = 64 };
    const struct find *unknown = NULL;
    size_t n = count_before(w, l, token);
    for (size_t i = n; l->finds && i-- > 0 && n - i <= MOST;) {
        const struct find *f = &w->finds[l->finds[i]];
        struct str own = w->who[f->who].trade;
        if (!trade.n || (own.n && str_eq(own, trade)))
            return f;
        if (!own.n && !unknown)
            unknown = f;
    }
    return unknown;
}

/* Was something brought in by the noun between the two tokens: "a group", "another company"? */
static bool brought_in(const struct names *w, uint32_t from, uint32_t to, struct str noun)
{
    enum { BEFORE = 3, FAR = 400 };
    from = to - from > FAR ? to - FAR : from;
    for (uint32_t t = from; t < to; t++) {
        if (!str_eq_case(names_text(w, t), noun))
            continue;
        for (uint32_t k = t; k > from && t - k < BEFORE; k--)
            if (names_is(w, k - 1, "a") || names_is(w, k - 1, "an") ||
                names_is(w, k - 1, "another") || names_is(w, k - 1, "one"))
                return true;
    }
    return false;
}

static bool same_words(const struct names *w, const struct find *a, const struct find *b)
{
    if (a->end - a->first != b->end - b->first)
        return false;
    for (uint32_t i = 0; i < a->end - a->first; i++)
        if (!str_eq(names_text(w, a->first + i), names_text(w, b->first + i)))
            return false;
    return true;
}

/* What is called a company is one: makes a body of the name, wherever it stands. */
static int32_t make_body(struct names *w, const struct find *name, char class)
{
    struct who *p = names_who(w, class == 'o' ? ACTOR_OUTLET : ACTOR_ORGANISATION);
    int32_t who = (int32_t)(w->n_who - 1);
    p->name = names_join(w, name->first, name->end);
    unsigned bits = classes_of(p);
    for (uint32_t k = 0; k < w->n_finds; k++) {
        struct find *g = &w->finds[k];
        if (g->type != FIND_UNKNOWN || g->who >= 0 || !same_words(w, g, name))
            continue;
        g->type = FIND_ORG;
        names_see(w, who, k);
        list_body(w, k, bits);
    }
    return who;
}

/* "Ryanair cancelled ... The airline said": a name close by that is nobody yet. */
static const struct find *unknown_near(const struct names *w, uint32_t token)
{
    const struct find *g = last_of(w, &w->bodies->of[UNKNOWN], token);
    const struct token *t = w->doc->tokens;
    return g && g->type == FIND_UNKNOWN && t[token].sentence - t[g->first].sentence <= OPENS_WITHIN
               ? g
               : NULL;
}

int32_t names_body_before(struct names *w, uint32_t nominal)
{
    const struct find *f = &w->finds[nominal];
    const struct token *t = w->doc->tokens;
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_BODY_NOUNS), names_text(w, f->head));
    if (!e || f->head != f->first + 1 || !names_is(w, f->first, "the"))
        return -1;
    if (!w->bodies)
        list_all(w);
    const char *class = memchr(classes, e->class.p[0], CLASSES);
    if (!class)
        return -1;
    const struct body_list *list = &w->bodies->of[class - classes];
    const struct find *last = last_fitting(w, list, f->first, e->more),
                      *unknown = *class == 'c' ? unknown_near(w, f->first) : NULL;
    if (unknown && (!last || unknown->first > last->first) &&
        !brought_in(w, unknown->end, f->first, names_text(w, f->head)))
        return make_body(w, unknown, *class);
    if (!last || brought_in(w, last->end, f->first, names_text(w, f->head)))
        return -1;
    bool near = t[f->first].sentence - t[last->first].sentence <= SHORTLY ||
                (e->more.n && str_eq(w->who[last->who].trade, e->more));
    return near || list->only >= 0 ? last->who : -1;
}
