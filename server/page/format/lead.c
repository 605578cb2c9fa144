/* Texts without a headline: their first line is the first sentence of the report.
 *
 * A headline has no full stop, or if it has one, it is short, leaves articles out, tells in the
 * present tense and says no day (words/lead.txt, English); what is long or runs like a sentence is
 * the report's own. The title is then made from it. */
#include "page/format/format.h"
#include "page/text/prose.h"
#include "page/text/words.h"

enum { LONG_LINE = 160, FEWEST_WORDS = 8, MANY_ARTICLES = 3, TITLE_LENGTH = 100 };

struct signs {
    size_t words, articles;
    bool finite, saying, time;
};

static struct signs signs_of(struct str line)
{
    struct signs s = {0};
    char folded[FOLD_MAX];
    struct str rest = fold_line(line, folded), word, kind;
    while (str_split(&rest, ' ', &word)) {
        while (word.n && (word.p[word.n - 1] == ',' || word.p[word.n - 1] == '.'))
            word.n--;
        s.words += word.n > 0;
        if (!word_find(LIST_LEAD, word, &kind))
            continue;
        s.articles += str_eq(kind, S("article"));
        s.finite |= str_eq(kind, S("finite"));
        s.saying |= str_eq(kind, S("saying"));
        s.time |= str_eq(kind, S("time"));
    }
    return s;
}

bool lead_is(struct str line)
{
    if (!text_ends_sentence(line) || str_ends(line, S("?")))
        return false;
    if (line.n >= LONG_LINE)
        return true;
    struct signs s = signs_of(line);
    if (s.words < FEWEST_WORDS)
        return false;
    return s.saying || s.articles >= MANY_ARTICLES || (s.articles && (s.finite || s.time)) ||
           (s.finite && s.time);
}

/* Is what ends before `end` a short word with a capital, "Dr" or "Gen"? */
static bool is_abbreviated(struct str line, size_t end)
{
    enum { LONGEST = 5 };
    size_t from = end;
    while (from && line.p[from - 1] != ' ')
        from--;
    return end - from <= LONGEST && line.p[from] >= 'A' && line.p[from] <= 'Z';
}

/* Where a sentence ends within the line: behind ". " before a capital, or the line's end. */
static size_t first_sentence(struct str line)
{
    enum { SHORTEST = 40 }; /* "Gov. Ada Moss" ends none */
    for (size_t i = SHORTEST; i + 2 < line.n; i++)
        if (line.p[i] == '.' && line.p[i + 1] == ' ' && line.p[i - 1] >= 'a' &&
            line.p[i - 1] <= 'z' && !is_abbreviated(line, i))
            return i;
    size_t end = line.n;
    return end && line.p[end - 1] == '.' ? end - 1 : end;
}

struct str lead_title(struct arena *a, struct str line)
{
    line.n = first_sentence(line);
    if (line.n <= TITLE_LENGTH)
        return line;
    size_t cut = TITLE_LENGTH;
    while (cut && line.p[cut] != ' ')
        cut--;
    if (!cut)
        return line;
    while (cut && (line.p[cut - 1] == ',' || line.p[cut - 1] == ' '))
        cut--;
    return arena_fmt(a, "%.*s …", (int)cut, line.p);
}
