/* Who wrote it: names out of bylines, and the agency credited at the end. */
#include "page/text/byline.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "page/text/prose.h"
#include "page/text/words.h"

#include <string.h>
#include <utf8proc.h>

enum { NAMES_MAX = 12, NAME_LENGTH = 60, BYLINE_MAX = 160 };

/* Marks between names and marks that end them; words do so too (words/names.txt). */
static const struct str joins[] = {STR(" & "), STR(", "),  STR("; "), STR(" | "), STR(" / "),
                                   STR("/"),   STR(","),   STR(";"),  STR("|"),   STR("\n"),
                                   STR(" · "), STR(" • "), STR("•")};
static const struct str stops[] = {STR(" - "), STR(" – "), STR(" — "), STR(" ("), STR(" @")};

/* Is the word one of that kind: "join", "stop", "particle"? */
static bool is_small(struct str word, struct str kind)
{
    struct str kinds, one;
    if (word_find(LIST_NAMES, word, &kinds))
        while (str_split(&kinds, ' ', &one))
            if (str_eq(one, kind))
                return true;
    return false;
}

/* The word behind the blank at s[at], if another blank follows it; else empty. */
static struct str word_between(struct str s, size_t at)
{
    size_t end = s.p[at] == ' ' ? str_find_char(s, ' ', at + 1) : STR_NONE;
    return end == STR_NONE ? (struct str){0} : str_slice(s, at + 1, end);
}

static size_t join_at(struct str s, size_t at)
{
    struct str word = word_between(s, at);
    if (word.n && is_small(word, S("join")))
        return word.n + 2;
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        if (str_starts(str_slice(s, at, s.n), joins[i]))
            return joins[i].n;
    return 0;
}

/* Does a role, a place or a time begin at the blank s[at]: "in Kyiv", "of the Post"? */
static bool stops_at(struct str s, size_t at)
{
    struct str word = word_between(s, at);
    if (word.n == 0 || is_small(word, S("stop")))
        return word.n > 0;
    struct str next = word_between(s, at + 1 + word.n);
    return next.n && is_small(str_slice(s, at + 1, at + 2 + word.n + next.n), S("stop"));
}

/* Takes "By", "Von:", "Posted by" off the front. */
static struct str without_lead(struct str s)
{
    char folded[FOLD_MAX];
    struct str value;
    for (int round = 0; round < 3; round++) {
        s = str_trim(s);
        size_t best = 0;
        for (size_t i = 1; i <= s.n && i < 40; i++) {
            bool edge =
                i == s.n || s.p[i] == ' ' || s.p[i] == ':' || s.p[i] == '\n' || s.p[i] == '\t';
            if (edge && word_find(LIST_BYLINES, fold_line(str_slice(s, 0, i), folded), &value))
                best = i + (i < s.n);
        }
        if (best == 0)
            return s;
        s = str_slice(s, best, s.n);
        while (s.n && (s.p[0] == ':' || s.p[0] == ' '))
            s = str_slice(s, 1, s.n);
    }
    return s;
}

static bool has_upper_start(struct str s)
{
    size_t at = 0;
    uint32_t c = utf8_next(s, &at);
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LO || k == UTF8PROC_CATEGORY_LT;
}

static size_t count_words(struct str s)
{
    size_t n = 0;
    for (struct str w; str_split(&s, ' ', &w);)
        n += w.n > 0;
    return n;
}

/* Words that stand in no person's name, and buttons that stand beside names. */
static bool has_strange_word(struct str f)
{
    struct str value;
    for (struct str w; str_split(&f, ' ', &w);)
        if (word_find(LIST_NONAMES, w, &value))
            return true;
    return false;
}

/* A name is short, begins with a capital and holds neither digits nor signs of addresses. */
static bool is_name(struct str s)
{
    char folded[FOLD_MAX];
    struct str value, f = fold_line(s, folded);
    if (s.n < 2 || s.n > NAME_LENGTH || count_words(s) > 5 || !has_upper_start(s))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (strchr("0123456789@<>{}[]=#_?!:", s.p[i]))
            return false;
    return f.n && !word_find(LIST_SECTIONS, f, &value) && !has_strange_word(f) &&
           line_effect(f) == LINE_PLAIN && !str_contains(s, S("http")) &&
           !str_contains(s, S(".com"));
}

/* "Par Ada Moss le 7 mai": names hold no digits, and nothing small stands at their end. */
static struct str cut_at_digit(struct str s)
{
    size_t at = 0;
    while (at < s.n && !(s.p[at] >= '0' && s.p[at] <= '9'))
        at++;
    if (at == s.n || at == 0 || s.p[at - 1] != ' ')
        return s;
    s = str_trim(str_slice(s, 0, at));
    for (size_t word; (word = s.n) > 0; s = str_trim(str_slice(s, 0, word))) {
        while (word > 0 && s.p[word - 1] != ' ')
            word--;
        if (word == 0 || !(s.p[word] >= 'a' && s.p[word] <= 'z'))
            break;
    }
    return s;
}

static struct str cut_stops(struct str s)
{
    s = cut_at_digit(s);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t at = str_find(s, stops[i], 0);
        if (at != STR_NONE && at > 0)
            s = str_slice(s, 0, at);
    }
    for (size_t at = 1; at < s.n; at++)
        if (stops_at(s, at))
            s = str_slice(s, 0, at);
    return str_trim(s);
}

/* "JOHN SMITH" as "John Smith"; initials and short words of one capital stay. */
static struct str plain_case(struct arena *a, struct str s)
{
    size_t letters = 0;
    for (size_t i = 0; i < s.n; i++) {
        if ((s.p[i] >= 'a' && s.p[i] <= 'z') || (unsigned char)s.p[i] >= 0x80)
            return s;
        letters += s.p[i] >= 'A' && s.p[i] <= 'Z';
    }
    if (letters < 6 || count_words(s) < 2)
        return s;
    struct str copy = arena_str(a, s);
    char *p = (char *)(uintptr_t)copy.p; /* our own copy */
    for (size_t i = 1; i < copy.n; i++)
        if (p[i - 1] != ' ' && p[i - 1] != '-' && p[i - 1] != '.' && p[i - 1] != '\'' &&
            p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] + 32);
    return copy;
}

static void add_name(struct arena *a, struct str *names, size_t *n, struct str name)
{
    name = cut_stops(without_lead(name));
    while (name.n && strchr(".,;:-* ", name.p[name.n - 1]) &&
           !(name.p[name.n - 1] == '.' && count_words(name) > 1))
        name.n--;
    if (!is_name(name) || *n == NAMES_MAX)
        return;
    name = plain_case(a, name);
    for (size_t i = 0; i < *n; i++)
        if (str_eq_case(names[i], name))
            return;
    names[(*n)++] = name;
}

struct str byline_clean(struct arena *a, struct str byline)
{
    struct str names[NAMES_MAX], rest = without_lead(str_slice(byline, 0, 400));
    size_t n = 0, from = 0;
    for (size_t at = 0; at < rest.n;) {
        size_t len = join_at(rest, at);
        if (len == 0) {
            at++;
            continue;
        }
        add_name(a, names, &n, str_slice(rest, from, at));
        at += len;
        from = at;
    }
    add_name(a, names, &n, str_slice(rest, from, rest.n));
    struct buf out = {0};
    for (size_t i = 0; i < n; i++) {
        buf_add(&out, i ? S(", ") : (struct str){0});
        buf_add(&out, names[i]);
    }
    struct str joined = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return joined;
}

/* A name as people bear them: two to five words that begin with capitals, or "von", "de", ... */
static bool is_full_name(struct str names)
{
    struct str first = str_slice(names, 0, str_find(names, S(", "), 0));
    size_t words = 0;
    for (struct str w; str_split(&first, ' ', &w);) {
        bool particle = is_small(w, S("particle"));
        if (!particle && w.n && w.p[0] >= 'a' && w.p[0] <= 'z')
            return false;
        words += !particle && w.n;
    }
    return words >= 2;
}

/* Does the text open as bylines do ("By", "Von", "Text:")? Nouns ask for a colon. */
static bool opens_byline(struct str s)
{
    char folded[FOLD_MAX];
    struct str kind;
    for (size_t i = 1; i < s.n && i < 40; i++) {
        if (s.p[i] != ' ' && s.p[i] != ':' && s.p[i] != '\n')
            continue;
        if (word_find(LIST_BYLINES, fold_line(str_slice(s, 0, i), folded), &kind) &&
            (kind.n == 0 || s.p[i] == ':'))
            return true;
    }
    return false;
}

bool is_byline(struct arena *a, struct str block)
{
    return block.n <= BYLINE_MAX && !text_ends_sentence(block) && opens_byline(block) &&
           is_full_name(byline_clean(a, block));
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
