/* Words and marks of a text, split as the Penn Treebank does: "did|n't", "Biden|'s", "can|not";
 * hyphenated words, abbreviations ("U.S."), figures ("1,000.5"), addresses and handles whole.
 *
 * One pass, a class per character (chars.h); no token spans a blank. The bytes between tokens are
 * blanks only, so tokens and their offsets give back the text. */
#include <pthread.h>
#include <string.h>

#include "assets/wordlist.h"
#include "lang/parts.h"
#include "lang/text/chars.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset abbreviations;

static void load(void)
{
    abbreviations = wordset_load("lang/text/words/abbreviations.txt");
}

struct str lang_span_text(const struct lang_doc *doc, struct span at)
{
    return str_slice(doc->text, at.start, at.end);
}

struct str lang_token_text(const struct lang_doc *doc, size_t token)
{
    return lang_span_text(doc, doc->tokens[token].at);
}

size_t lang_token_at(const struct lang_doc *doc, uint32_t at)
{
    size_t low = 0, high = doc->n_tokens;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (doc->tokens[mid].at.end > at)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

/* Letters that follow an apostrophe in a contraction: 's, 'm, 'd, 're, 've, 'll. `at` is behind
 * the apostrophe; 0 when it is something else ("O'Brien"). */
static size_t clitic(struct str text, size_t at)
{
    static const struct str forms[] = {STR("s"),  STR("m"),  STR("d"),
                                       STR("re"), STR("ve"), STR("ll")};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct str there = str_slice(text, at, at + forms[i].n);
        if (str_eq_case(there, forms[i]) && char_at(text, at + forms[i].n).kind != CHAR_WORD)
            return forms[i].n;
    }
    return 0;
}

/* Bytes of "n't" at `at`, or 0. */
static size_t negation(struct str text, size_t at)
{
    if (at >= text.n || (text.p[at] | 32) != 'n')
        return 0;
    struct character a = char_at(text, at + 1);
    if (a.kind != CHAR_APOSTROPHE || at + 1 + a.n >= text.n || (text.p[at + 1 + a.n] | 32) != 't')
        return 0;
    return char_at(text, at + 2 + a.n).kind == CHAR_WORD ? 0 : 2 + a.n;
}

/* Is the character at `at` a lone letter of a word that began at `start`: "U." or "R-S."? */
static bool is_initial(struct str text, size_t start, size_t at)
{
    struct character before = char_before(text, at);
    return at == start || before.c == '.' || before.kind == CHAR_HYPHEN;
}

/* Does the mark at `at` (of `mark` bytes) stand inside one word that began at `start`? */
static bool joins(struct str text, size_t start, size_t at, struct character mark)
{
    struct character before = char_before(text, at), after = char_at(text, at + mark.n);
    if (after.kind != CHAR_WORD)
        return false;
    bool figures = char_is_digit(before.c) && char_is_digit(after.c);
    switch (mark.c) {
    case '.':
        return figures || char_is_lower(after.c) || is_initial(text, start, at - before.n);
    case ',':
    case ':':
    case '/':
        return figures;
    case '&':
        return char_is_upper(before.c) && char_is_upper(after.c);
    case '@':
        return true;
    default:
        if (mark.kind == CHAR_APOSTROPHE)
            return !clitic(text, at + mark.n);
        return mark.kind == CHAR_HYPHEN;
    }
}

/* Does a full stop behind the word belong to it? "U.S.", "J.", "Sen." */
static bool keeps_stop(struct str word, struct character first)
{
    if (first.n == word.n)
        return char_is_upper(first.c) && first.c != 'I';
    if (word.n > 2 && word.p[word.n - 2] == '.' &&
        !char_is_digit((unsigned char)word.p[word.n - 1]))
        return true;
    size_t hyphen = word.n; /* "R-Ky." */
    while (hyphen > 0 && word.p[hyphen - 1] != '-')
        hyphen--;
    return wordset_find(&abbreviations, str_slice(word, hyphen, word.n)) != NULL;
}

static size_t word_end(struct str text, size_t start)
{
    size_t at = start;
    for (;;) {
        struct character c = char_at(text, at);
        if (c.kind == CHAR_WORD) {
            size_t no = at > start ? negation(text, at) : 0;
            if (no)
                return at;
            at += c.n;
        } else if (c.kind != CHAR_END && !char_is_blank(c.kind) && joins(text, start, at, c)) {
            at += c.n;
        } else {
            break;
        }
    }
    struct str word = str_slice(text, start, at);
    if (str_eq_case(word, S("cannot")))
        return start + 3;
    if (at < text.n && text.p[at] == '.' && keeps_stop(word, char_at(text, start)))
        at++;
    return at;
}

/* The end of a web address at `at`, or 0. */
static size_t address_end(struct str text, size_t at)
{
    struct str there = str_slice(text, at, at + 8);
    if (!str_starts(there, S("http://")) && !str_starts(there, S("https://")) &&
        !str_starts(there, S("www.")))
        return 0;
    size_t end = at;
    while (end < text.n && (unsigned char)text.p[end] > ' ' && (unsigned char)text.p[end] < 128 &&
           !strchr("\"'<>()[]{}", text.p[end]))
        end++;
    while (end > at && strchr(".,;:!?", text.p[end - 1]))
        end--;
    return end;
}

static size_t run_end(struct str text, size_t at)
{
    char c = text.p[at];
    while (at < text.n && text.p[at] == c)
        at++;
    return at;
}

/* An apostrophe that begins a token: a clitic behind a word, a clipped word ('em, '90s), or a
 * mark of its own. */
static size_t apostrophe_end(struct str text, size_t at, size_t n)
{
    static const struct str clipped[] = {STR("em"), STR("til"), STR("tis"), STR("twas"),
                                         STR("cause")};
    struct character before = char_before(text, at);
    if (n == 1 && at + 1 < text.n && text.p[at + 1] == '\'')
        return at + 2; /* '' as a closing mark */
    if (before.kind == CHAR_WORD) {
        size_t c = clitic(text, at + n);
        return at + n + c;
    }
    struct str two = str_slice(text, at + n, at + n + 3);
    if (two.n == 3 && char_is_digit((unsigned char)two.p[0]) &&
        char_is_digit((unsigned char)two.p[1]) && two.p[2] == 's')
        return at + n + 3;
    for (size_t i = 0; i < sizeof clipped / sizeof *clipped; i++)
        if (str_eq_case(str_slice(text, at + n, at + n + clipped[i].n), clipped[i]) &&
            char_at(text, at + n + clipped[i].n).kind != CHAR_WORD)
            return at + n + clipped[i].n;
    return at + n;
}

static size_t mark_end(struct str text, size_t at, struct character c)
{
    struct character after = char_at(text, at + c.n);
    switch (c.c) {
    case '#':
    case '@':
        return after.kind == CHAR_WORD ? word_end(text, at + c.n) : at + c.n;
    case '.':
    case '-':
    case '*':
    case '=':
        return run_end(text, at);
    case '`':
        return at + (after.c == '`' ? 2 : 1);
    default:
        return c.kind == CHAR_APOSTROPHE ? apostrophe_end(text, at, c.n) : at + c.n;
    }
}

static size_t token_end(struct str text, size_t at, struct character c)
{
    if (c.kind != CHAR_WORD)
        return mark_end(text, at, c);
    size_t end = address_end(text, at);
    if (!end && char_before(text, at).kind == CHAR_WORD)
        end = negation(text, at) ? at + negation(text, at) : 0;
    return end ? end : word_end(text, at);
}

static bool has_word(struct str text, size_t at, size_t end)
{
    while (at < end) {
        struct character c = char_at(text, at);
        if (c.kind == CHAR_WORD)
            return true;
        at += c.n;
    }
    return false;
}

void lang_tokenise(struct lang_doc *doc)
{
    pthread_once(&once, load);
    struct str text = doc->text;
    size_t cap = 0, at = 0;
    doc->n_tokens = 0;
    doc->tokens = NULL;
    while (at < text.n) {
        struct character c = char_at(text, at);
        if (char_is_blank(c.kind)) {
            at += c.n;
            continue;
        }
        size_t end = token_end(text, at, c);
        doc->tokens = arena_grow(doc->arena, doc->tokens, doc->n_tokens, &cap, sizeof *doc->tokens);
        doc->tokens[doc->n_tokens++] = (struct token){
            .at = {(uint32_t)at, (uint32_t)end},
            .capital = c.kind == CHAR_WORD && char_is_upper(c.c),
            .word = c.kind == CHAR_WORD || has_word(text, at, end),
        };
        at = end;
    }
}

size_t lang_mention_from(const struct lang_doc *doc, uint32_t at)
{
    size_t low = 0, high = doc->n_mentions;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (doc->mentions[mid].at.start < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}
