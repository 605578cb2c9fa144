/* Who wrote it: a byline is cut at the marks and words that join names (words/names.txt), each
 * piece gives one name (person.h) or none; and the agency credited at the end. */
#include "page/text/byline.h"

#include "base/buf.h"
#include "page/text/person.h"
#include "page/text/prose.h"
#include "page/text/words.h"

enum { NAMES_MAX = 12, BYLINE_MAX = 160, LEAD_MAX = 40, BYLINE_BYTES = 600 };

/* Marks between names; `comma`: what stands behind it may belong to the name before. */
static const struct {
    struct str mark;
    bool comma;
} joins[] = {{STR("，"), true},   {STR("、"), false}, {STR("،"), true}, {STR("•"), true},
             {STR(" · "), true},  {STR(" / "), true}, {STR("/"), true}, {STR(","), true},
             {STR(" | "), true},  {STR(";"), false},  {STR("|"), true}, {STR("\n"), true},
             {STR(" & "), false}, {STR(" + "), false}};

struct cutting {
    struct arena *a;
    struct str names[NAMES_MAX];
    size_t n;
    bool others; /* those named now took the pictures, or the like */
};

/* The word behind the blank at s[at], if another blank follows it; else empty. */
static struct str word_between(struct str s, size_t at)
{
    size_t end = s.p[at] == ' ' ? str_find_char(s, ' ', at + 1) : STR_NONE;
    return end == STR_NONE ? (struct str){0} : str_slice(s, at + 1, end);
}

/* "Ortega y Gasset": a word that joins names and stands in them, before one word alone. */
static bool is_inside_name(struct str word, struct str rest)
{
    size_t end = str_find_char(rest, ' ', 0);
    if (!person_small_word(word, S("particle")))
        return false;
    struct str first = str_slice(rest, 0, end);
    struct str next = end == STR_NONE ? (struct str){0} : word_between(rest, end);
    return end == STR_NONE || person_small_word(next, S("join")) || str_ends(first, S(","));
}

/* The length of the mark or blank behind which a lead ends at s[i], 0 if none stands there. */
static size_t lead_edge(struct str s, size_t i)
{
    if (i == s.n || s.p[i] == ' ' || s.p[i] == ':' || s.p[i] == '\n' || s.p[i] == '\t')
        return 1;
    struct str rest = str_slice(s, i, s.n);
    return str_starts(rest, S("：")) || str_starts(rest, S("・")) ? 3 : 0;
}

/* Does another lead begin here: "Words by Ada Moss. Photographs by ...", "Text: Åsa Öberg Foto:
 * ..."? How many bytes part it from what is before, 0 if none does. */
static size_t next_lead(struct str s)
{
    char folded[FOLD_MAX];
    struct str kind;
    size_t from = str_starts(s, S(". ")) ? 2 : str_starts(s, S(" ")) ? 1 : 0;
    for (size_t i = from + 1; from && i < s.n && i < LEAD_MAX; i++) {
        if (from == 1 && s.p[i] == ' ') /* without a full stop: one word and a colon */
            return 0;
        bool edge = from == 1 ? s.p[i] == ':' : lead_edge(s, i) > 0;
        if (edge && word_find(LIST_BYLINES, fold_line(str_slice(s, from, i), folded), &kind))
            return from;
    }
    return 0;
}

static size_t join_at(struct str s, size_t at, bool *comma)
{
    struct str word = word_between(s, at);
    *comma = false;
    size_t lead = s.p[at] == '.' || s.p[at] == ' ' ? next_lead(str_slice(s, at, s.n)) : 0;
    if (lead)
        return lead;
    if (word.n && person_small_word(word, S("join")) &&
        !is_inside_name(word, str_slice(s, at + word.n + 2, s.n)))
        return word.n + 2;
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        if (str_starts(str_slice(s, at, s.n), joins[i].mark)) {
            *comma = joins[i].comma;
            return joins[i].mark.n;
        }
    return 0;
}

/* Takes "By", "Von:", "Posted by" off the front; *kind is that of the last one taken (bylines.txt),
 * and left alone where there is none. */
static struct str without_lead(struct str s, struct str *kind)
{
    char folded[FOLD_MAX];
    struct str value;
    for (int round = 0; round < 3; round++) {
        s = str_trim(s);
        size_t best = 0;
        for (size_t i = 1; i <= s.n && i < LEAD_MAX; i++) {
            size_t edge = lead_edge(s, i);
            if (edge && word_find(LIST_BYLINES, fold_line(str_slice(s, 0, i), folded), &value)) {
                best = i == s.n ? i : i + edge;
                *kind = value;
            }
        }
        if (best == 0)
            return s;
        s = str_slice(s, best, s.n);
        while (s.n && (s.p[0] == ':' || s.p[0] == ' '))
            s = str_slice(s, 1, s.n);
    }
    return s;
}

/* "and Ada Moss" behind a comma. */
static struct str without_join(struct str s)
{
    s = str_trim(s);
    size_t end = str_find_char(s, ' ', 0);
    bool joins_names = end != STR_NONE && person_small_word(str_slice(s, 0, end), S("join"));
    return joins_names ? str_slice(s, end + 1, s.n) : s;
}

static bool is_suffix(struct str piece)
{
    char folded[FOLD_MAX];
    return person_small_word(fold_line(piece, folded), S("suffix"));
}

/* "Ada Moss, Kyiv" and "Ada Moss, CNN": one word behind the comma after a full name is no name. */
static bool is_beside_name(const struct cutting *c, struct str name)
{
    return c->n && person_is_full(c->names[c->n - 1]) && str_find_char(name, ' ', 0) == STR_NONE &&
           !person_is_full(name);
}

static void add_piece(struct cutting *c, struct str piece, bool comma)
{
    struct str kind = S("none");
    piece = without_lead(without_join(piece), &kind);
    if (!str_eq(kind, S("none")))
        c->others = str_eq(kind, S("other"));
    if (c->others || c->n == NAMES_MAX)
        return;
    if (comma && c->n && is_suffix(piece)) {
        struct str *last = &c->names[c->n - 1];
        *last = arena_fmt(c->a, "%.*s %.*s", STR_ARG(*last), STR_ARG(str_trim(piece)));
        return;
    }
    struct str name = person_name(c->a, piece, comma && c->n);
    if (name.n == 0 || (comma && is_beside_name(c, name)))
        return;
    for (size_t i = 0; i < c->n; i++)
        if (str_eq_case(c->names[i], name))
            return;
    c->names[c->n++] = name;
}

struct str byline_clean(struct arena *a, struct str byline)
{
    struct cutting c = {.a = a};
    struct str kind = {0}, rest = without_lead(str_slice(byline, 0, BYLINE_BYTES), &kind);
    size_t from = 0;
    bool comma = false, next;
    c.others = str_eq(kind, S("other"));
    for (size_t at = 0; at < rest.n;) {
        size_t len = join_at(rest, at, &next);
        if (len == 0) {
            at++;
            continue;
        }
        add_piece(&c, str_slice(rest, from, at), comma);
        at += len;
        from = at;
        comma = next;
    }
    add_piece(&c, str_slice(rest, from, rest.n), comma);
    struct buf out = {0};
    for (size_t i = 0; i < c.n; i++) {
        buf_add(&out, i ? S(", ") : (struct str){0});
        buf_add(&out, c.names[i]);
    }
    struct str joined = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return joined;
}

/* Does the text open as bylines do ("By", "Von", "Text:")? Nouns ask for a colon. */
static bool opens_byline(struct str s)
{
    char folded[FOLD_MAX];
    struct str kind;
    for (size_t i = 1; i < s.n && i < LEAD_MAX; i++) {
        if (!lead_edge(s, i))
            continue;
        if (word_find(LIST_BYLINES, fold_line(str_slice(s, 0, i), folded), &kind) &&
            (kind.n == 0 || (s.p[i] == ':' && !str_eq(kind, S("other")))))
            return true;
    }
    return false;
}

struct str byline_behind(struct arena *a, struct str line)
{
    char folded[FOLD_MAX];
    struct str kind;
    for (size_t at = 0; line.n <= BYLINE_MAX && at < line.n; at++) {
        struct str word = word_between(line, at);
        struct str lead = fold_line(word, folded);
        if (lead.n == 0 || !word_find(LIST_BYLINES, lead, &kind) || kind.n)
            continue;
        struct str names = byline_clean(a, str_slice(line, at + word.n + 2, line.n));
        if (person_is_full(str_slice(names, 0, str_find(names, S(", "), 0))))
            return names;
    }
    return (struct str){0};
}

bool is_byline(struct arena *a, struct str block)
{
    if (block.n > BYLINE_MAX || text_ends_sentence(block) || !opens_byline(block))
        return false;
    struct str names = byline_clean(a, block);
    return person_is_full(str_slice(names, 0, str_find(names, S(", "), 0)));
}

/* An unknown agency signs with its letters: "(ILKHA)". */
static bool is_acronym(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') || s.p[i] == '-'))
            return false;
    return s.n >= 3 && s.n <= 10;
}

struct str agency_credit(struct arena *a, struct str paragraph, bool *known)
{
    char folded[FOLD_MAX];
    struct str s = str_trim(paragraph), name, value;
    *known = false;
    if (s.n && s.p[s.n - 1] == '.')
        s.n--;
    bool bracket = str_ends(s, S(")"));
    size_t at = s.n;
    while (at > 0 && s.n - at < 80 && s.p[at - 1] != '(')
        at--;
    if (bracket && at > 0 && s.p[at - 1] == '(')
        name = str_slice(s, at, s.n - 1);
    else if (s.n < 60)
        name = s;
    else
        return (struct str){0};
    if (word_find(LIST_AGENCIES, fold_line(name, folded), &value)) {
        *known = true;
        return value;
    }
    for (struct str part, rest = name; str_split(&rest, '/', &part);)
        if (word_find(LIST_AGENCIES, fold_line(part, folded), &value)) {
            *known = true;
            return value;
        }
    return bracket && is_acronym(name) ? arena_str(a, name) : (struct str){0};
}
