/* Names of people: see person.h. What bylines put around a name (a role, a place, a day, the name
 * once more) is cut off; what is left must look like a name: a few words, each with a capital
 * where the script has any, none that stands in no person's name (words/nonames.txt). */
#include "page/text/person.h"

#include "base/utf8.h"
#include "page/text/words.h"

#include <string.h>
#include <utf8proc.h>

enum { NAME_BYTES = 120, NAME_LETTERS = 60, WORDS_MAX = 12, NAME_WORDS = 5, HAN = 3 };

static const struct str stops[] = {STR(" - "), STR(" – "), STR(" — "), STR(" ("), STR(" @")};

bool person_small_word(struct str word, struct str kind)
{
    struct str kinds, one;
    if (word_find(LIST_NAMES, word, &kinds))
        while (str_split(&kinds, ' ', &one))
            if (str_eq(one, kind))
                return true;
    return false;
}

static utf8proc_category_t category_at(struct str s, size_t at)
{
    return at < s.n ? utf8proc_category((utf8proc_int32_t)utf8_next(s, &at)) : UTF8PROC_CATEGORY_CN;
}

static bool is_upper_at(struct str s, size_t at)
{
    utf8proc_category_t k = category_at(s, at);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LO || k == UTF8PROC_CATEGORY_LT;
}

/* Is the word of a script without capitals, Han or Hangul for one? */
static bool is_uncased(struct str word)
{
    return category_at(word, 0) == UTF8PROC_CATEGORY_LO;
}

/* The words of s; at most WORDS_MAX. */
static size_t words_of(struct str s, struct str *out)
{
    size_t n = 0;
    for (struct str w; n < WORDS_MAX && str_split(&s, ' ', &w);)
        if (w.n)
            out[n++] = w;
    return n;
}

static struct str join_words(const struct str *w, size_t n)
{
    return n ? (struct str){w[0].p, (size_t)(w[n - 1].p + w[n - 1].n - w[0].p)} : (struct str){0};
}

static bool is_noname(struct str word)
{
    char folded[FOLD_MAX];
    struct str value;
    return word_find(LIST_NONAMES, fold_line(word, folded), &value);
}

static bool is_role(struct str word)
{
    char folded[FOLD_MAX];
    struct str value;
    return word_find(LIST_NONAMES, fold_line(word, folded), &value) && str_eq(value, S("role"));
}

/* "d'Arc", "al-Amin": a small part before the capital. */
static bool has_capital_behind_mark(struct str word)
{
    for (size_t i = 0; i + 1 < word.n && i < 5; i++)
        if (word.p[i] == '\'' || word.p[i] == '-' || str_starts(str_slice(word, i, word.n), S("’")))
            return is_upper_at(word, i + (word.p[i] == '\'' || word.p[i] == '-' ? 1 : 3));
    return false;
}

static bool is_name_word(struct str word)
{
    return is_upper_at(word, 0) || has_capital_behind_mark(word) ||
           person_small_word(word, S("particle")) || person_small_word(word, S("join"));
}

/* "courier.example": a host, not initials. */
static bool is_host(struct str word)
{
    size_t dot = str_find_char(word, '.', 0), letters = 0;
    if (dot == STR_NONE || dot < 3)
        return false;
    for (size_t i = dot + 1; i < word.n; i++, letters++)
        if ((word.p[i] | 32) < 'a' || (word.p[i] | 32) > 'z')
            break;
    return letters >= 2;
}

/* A small word, a month, a weekday or a word such as "Updated" before a number. */
static bool is_of_day(struct str word)
{
    char folded[FOLD_MAX];
    struct str value;
    return (word.p[0] >= 'a' && word.p[0] <= 'z') || person_small_word(word, S("day")) ||
           word_find(LIST_MONTHS, fold_line(word, folded), &value) ||
           word_find(LIST_NONAMES, fold_line(word, folded), &value);
}

/* "Par Ada Moss le 7 mai", "Ada Moss May 7": names hold no digits, and no part of a day. */
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
        if (word == 0 || !is_of_day(str_slice(s, word, s.n)))
            break;
    }
    return s;
}

/* Does a role, a place or a time begin at this word: "in Kyiv", "of the Post"? */
static bool is_stop(const struct str *w, size_t n, size_t at)
{
    return person_small_word(w[at], S("stop")) ||
           (at + 1 < n && person_small_word(join_words(w + at, 2), S("stop")));
}

static struct str cut_stops(struct str s)
{
    struct str w[WORDS_MAX];
    s = cut_at_digit(s);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t at = str_find(s, stops[i], 0);
        if (at != STR_NONE && at > 0)
            s = str_slice(s, 0, at);
    }
    size_t n = words_of(s, w);
    for (size_t i = 1; i + 1 < n; i++)
        if (is_stop(w, n, i))
            return join_words(w, i);
    return str_trim(s);
}

/* "记者王某某", "홍길동기자": a role of two letters written together with the name. */
static struct str cut_glued_role(struct str s)
{
    if (s.n < 4 * HAN || s.n > 7 * HAN || !is_uncased(s) || str_find_char(s, ' ', 0) != STR_NONE)
        return s;
    if (is_noname(str_slice(s, 0, 2 * HAN)))
        return str_slice(s, 2 * HAN, s.n);
    return is_noname(str_slice(s, s.n - 2 * HAN, s.n)) ? str_slice(s, 0, s.n - 2 * HAN) : s;
}

/* A head or tail of a piece that is enough for a name. */
static bool is_enough(const struct str *w, size_t n)
{
    return n >= 2 || (n == 1 && is_uncased(w[0]));
}

/* "Political editor Ada Moss", "Ada Moss Staff Writer": the name beside a role. */
static struct str cut_role(struct str s)
{
    struct str w[WORDS_MAX];
    size_t n = words_of(s, w), first = n, last = 0;
    bool role = false;
    for (size_t i = 0; i < n; i++)
        if (is_noname(w[i])) {
            role |= is_role(w[i]);
            first = first < n ? first : i;
            last = i;
        }
    if (first == n)
        return n > 2 && person_small_word(w[n - 1], S("day")) ? join_words(w, n - 1) : s;
    if (role && is_enough(w + last + 1, n - last - 1))
        return join_words(w + last + 1, n - last - 1);
    return role && is_enough(w, first) && last + 1 == n ? join_words(w, first) : s;
}

/* "Ada MossAda Moss", "Ada Moss Ada Moss": the name once. */
static struct str once(struct str s)
{
    size_t half = s.n / 2, gap = s.n % 2;
    bool twice = s.n > 6 && (!gap || s.p[half] == ' ') &&
                 str_eq(str_slice(s, 0, half), str_slice(s, half + gap, s.n));
    return twice ? str_slice(s, 0, half) : s;
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
    if (letters < 6 || str_find_char(s, ' ', 0) == STR_NONE)
        return s;
    struct str copy = arena_str(a, s);
    char *p = (char *)(uintptr_t)copy.p; /* our own copy */
    for (size_t i = 1; i < copy.n; i++)
        if (p[i - 1] != ' ' && p[i - 1] != '-' && p[i - 1] != '.' && p[i - 1] != '\'' &&
            p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] + 32);
    return copy;
}

/* No signs of addresses, no half of a bracket. */
static bool has_strange_sign(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr("0123456789@<>{}[]()=#_?!:\"", s.p[i]))
            return true;
    return str_contains(s, S("http"));
}

static bool is_name(struct str s)
{
    char folded[FOLD_MAX];
    struct str w[WORDS_MAX], value, f = fold_line(s, folded);
    size_t n = words_of(s, w), names = 0;
    for (size_t i = 0; i < n; i++)
        names += !person_small_word(w[i], S("particle"));
    if (s.n < 2 || s.n > NAME_BYTES || utf8_count(s) > NAME_LETTERS || names > NAME_WORDS ||
        !is_upper_at(s, 0) || has_strange_sign(s) || (is_uncased(s) && s.n <= HAN))
        return false;
    for (size_t i = 0; i < n; i++)
        if (is_noname(w[i]) || is_host(w[i]) || (n > 1 && !is_name_word(w[i])))
            return false;
    return f.n && !word_find(LIST_SECTIONS, f, &value) && line_effect(f) == LINE_PLAIN;
}

struct str person_name(struct arena *a, struct str piece, bool behind)
{
    struct str s = cut_stops(str_trim(piece));
    s = once(cut_glued_role(behind ? s : cut_role(s)));
    while (s.n && strchr(".,;:-* ", s.p[s.n - 1]) &&
           !(s.p[s.n - 1] == '.' && str_find_char(s, ' ', 0) != STR_NONE))
        s.n--;
    return is_name(s) ? plain_case(a, s) : (struct str){0};
}

bool person_is_full(struct str name)
{
    struct str w[WORDS_MAX];
    size_t n = words_of(name, w), words = 0;
    for (size_t i = 0; i < n; i++) {
        bool particle = person_small_word(w[i], S("particle"));
        if (!particle && w[i].p[0] >= 'a' && w[i].p[0] <= 'z' && !has_capital_behind_mark(w[i]))
            return false;
        words += !particle;
    }
    return words >= 2 || (n == 1 && is_uncased(w[0]));
}
