/* Hyphens at the end of lines: those that a typesetter put into a word go, those of a compound
 * stay.
 *
 * The text itself is asked first, then words/hyphens.txt: parts of compounds that seldom are parts
 * of words. Of the compounds in one half of 1,820 reports, a list drawn from the other half keeps
 * 79 in 100 hyphens, and keeps 4 in 1,000 of ordinary words cut at a syllable. */
#include "page/format/pdf.h"

#include "base/map.h"
#include "page/text/words.h"

#include <string.h>

enum { LONGEST = 64 };

static bool is_letter(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c & 0x80);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool in_word(char c)
{
    return is_letter(c) || is_digit(c) || c == '-';
}

/* The word in small letters, to look up. */
static struct str lowered(struct str s, char out[LONGEST])
{
    size_t n = s.n < LONGEST ? s.n : LONGEST;
    for (size_t i = 0; i < n; i++)
        out[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (struct str){out, n};
}

/* The word that begins at or behind byte *at, which moves behind it; empty at the end. */
static struct str next_word(struct str s, size_t *at)
{
    while (*at < s.n && !is_letter(s.p[*at]) && !is_digit(s.p[*at]))
        ++*at;
    size_t from = *at;
    while (*at < s.n && in_word(s.p[*at]))
        ++*at;
    return str_slice(s, from, *at);
}

void hyphen_note(struct hyphen_words *w, struct str line)
{
    char low[LONGEST];
    size_t at = 0;
    for (struct str word; (word = next_word(line, &at)).n;)
        if (!str_ends(word, S("-")))
            *map_at(w->a, w->known, str_hash(lowered(word, low))) = 1;
}

static bool is_known(const struct hyphen_words *w, struct str first, const char *between,
                     struct str second)
{
    char word[2 * LONGEST + 2], low[LONGEST];
    struct str a = lowered(first, low);
    size_t n = a.n;
    memcpy(word, a.p, n);
    memcpy(word + n, between, strlen(between));
    n += strlen(between);
    struct str b = lowered(second, low);
    memcpy(word + n, b.p, b.n);
    return map_get(w->known, str_hash(lowered((struct str){word, n + b.n}, low)), 0);
}

bool hyphen_knows(const struct hyphen_words *w, struct str first, struct str second)
{
    return is_known(w, first, "", second);
}

static bool is_part(struct str word, const char *place)
{
    char low[LONGEST];
    struct str value;
    return word.n < LONGEST && word_find(LIST_HYPHENS, lowered(word, low), &value) &&
           (str_eq(value, str_of(place)) || str_eq(value, S("both")));
}

/* "Ein- und Ausfuhr", "pre- and post-war": the hyphen stands for what follows later. */
static bool hangs(struct str first, struct str second)
{
    static const struct str sure[] = {STR("und"), STR("oder"), STR("bzw"), STR("sowie")};
    static const struct str likely[] = {STR("and"), STR("or"), STR("to")};
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
        if (str_eq(second, sure[i]))
            return true;
    for (size_t i = 0; i < sizeof likely / sizeof *likely; i++)
        if (str_eq(second, likely[i]))
            return is_part(first, "first");
    return false;
}

enum hyphen hyphen_judge(const struct hyphen_words *w, struct str line, struct str next)
{
    size_t end = line.n - 1, from = end, at = 0;
    while (from && in_word(line.p[from - 1]))
        from--;
    struct str whole = str_slice(line, from, end), second = next_word(next, &at), first = whole;
    if (second.n == 0 || !in_word(next.p[0]) || whole.n == 0)
        return HYPHEN_SPACE;
    for (size_t dash; (dash = str_find_char(first, '-', 0)) != STR_NONE;)
        first = str_slice(first, dash + 1, first.n);
    if (hangs(first, second))
        return HYPHEN_SPACE;
    bool small = second.p[0] >= 'a' || (second.p[0] & 0x80);
    if (!small || first.n < 2 || first.n < whole.n || is_digit(first.p[first.n - 1]) ||
        str_find_char(second, '-', 0) != STR_NONE)
        return HYPHEN_KEEP;
    if (is_known(w, first, "", second))
        return HYPHEN_DROP;
    return is_known(w, first, "-", second) || is_part(first, "first") || is_part(second, "second")
               ? HYPHEN_KEEP
               : HYPHEN_DROP;
}
