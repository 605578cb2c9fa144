/* Titles of proposed issues: see title.h. */
#include "lang/issue/title.h"

#include "lang/names/gazetteer.h"
#include "lang/text/lexicon.h"

#include <stdlib.h>

size_t issue_title_weight(struct str phrase, size_t count)
{
    size_t words = 1;
    for (size_t i = 0; i < phrase.n; i++)
        words += phrase.p[i] == ' ';
    return count * 2 + (words >= 2 && words <= 6 && phrase.n < 48 ? 3 : 0) +
           (words >= 3 && words <= 5);
}

bool issue_acts(struct str word)
{
    uint32_t flags = gaz_word(word);
    return (flags & WORD_ADVERB) ||
           ((flags & WORD_VERB) && (str_ends(word, S("s")) || str_ends(word, S("ing"))));
}

bool issue_may_name(struct str word)
{
    uint32_t flags = gaz_word(word);
    return !(flags & WORD_COMMON) || ((flags & (WORD_NOUN | WORD_VERB)) && !issue_acts(word));
}

/* ------------------------------------------------------------------------------------ modifiers */

enum { LONGEST_WORD = 24, LEAST_USES = 2, FEW_USES = 6, MOST_USES = 4000 };

/* The words before one use of the noun. */
struct use {
    struct str before, further; /* further: before that; empty where it says nothing */
};

struct uses {
    struct arena *arena;
    struct use *v;
    size_t n, cap;
    size_t all; /* uses with or without a word before */
};

/* Capitals alone, as headlines shout: "COURT BLOCKS OHIO abortion law"; "UN" alone is a name. */
static bool is_capitals(const struct lang_doc *doc, size_t token)
{
    struct str word = lang_token_text(doc, token);
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] < 'A' || word.p[i] > 'Z')
            return false;
    return word.n > 1;
}

static bool is_shouted(const struct lang_doc *doc, size_t token)
{
    return is_capitals(doc, token) && ((token && is_capitals(doc, token - 1)) ||
                                       (token + 1 < doc->n_tokens && is_capitals(doc, token + 1)));
}

/* A word that can tell one thing of a kind from another. */
static bool tells(const struct lang_doc *doc, size_t token)
{
    static const enum lexicon_list empty[] = {WORDS_FUNCTION_WORDS, WORDS_GENERIC_NOUNS};
    struct str word = lang_token_text(doc, token);
    if (!doc->tokens[token].word || word.n < 3 || word.n > LONGEST_WORD ||
        str_ends(word, S("ly")) || str_ends(word, S("ed")) || word.p[0] < 'A')
        return false;
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (lexicon_find(lexicon_open(empty[i]), word))
            return false;
    uint32_t flags = gaz_word(word), first = doc->sentences[doc->tokens[token].sentence].first;
    if (doc->tokens[token].capital && token > first) /* "Russia investigation" */
        return !(flags & (WORD_HONORIFIC | WORD_DATE | WORD_PRONOUN)) && !is_shouted(doc, token);
    return (flags & WORD_COMMON) && !(flags & (WORD_VERB | WORD_ADVERB | WORD_FUNCTION));
}

static void add_use(struct uses *u, const struct lang_doc *doc, size_t noun)
{
    uint32_t first = doc->sentences[doc->tokens[noun].sentence].first;
    struct use use = {.before = {0}};
    u->all++;
    if (noun > first && tells(doc, noun - 1))
        use.before = lang_token_text(doc, noun - 1);
    if (use.before.n && noun > first + 1 && tells(doc, noun - 2))
        use.further = lang_token_text(doc, noun - 2);
    if (!use.before.n)
        return;
    u->v = arena_grow(u->arena, u->v, u->n, &u->cap, sizeof *u->v);
    u->v[u->n++] = use;
}

static struct uses find_uses(struct arena *a, struct str noun, const struct lang_doc *docs,
                             size_t n)
{
    struct uses u = {.arena = a};
    for (size_t i = 0; i < n; i++)
        for (size_t t = 0; t < docs[i].n_tokens && u.all < MOST_USES; t++)
            if (str_eq_case(lang_token_text(&docs[i], t), noun))
                add_use(&u, &docs[i], t);
    return u;
}

static int compare_fold(struct str a, struct str b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        int x = a.p[i] >= 'A' && a.p[i] <= 'Z' ? a.p[i] + 32 : a.p[i],
            y = b.p[i] >= 'A' && b.p[i] <= 'Z' ? b.p[i] + 32 : b.p[i];
        if (x != y)
            return x - y;
    }
    return (a.n > b.n) - (a.n < b.n);
}

static int by_words(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    int order = compare_fold(x->before, y->before);
    return order ? order : compare_fold(x->further, y->further);
}

/* The uses [*first, *first + count) with the commonest word before; sorted. */
static size_t commonest(const struct uses *u, size_t *first)
{
    size_t most = 0;
    for (size_t i = 0, end; i < u->n; i = end) {
        for (end = i + 1; end < u->n && str_eq_case(u->v[end].before, u->v[i].before);)
            end++;
        if (end - i > most) {
            most = end - i;
            *first = i;
        }
    }
    return most;
}

/* The word that most of these uses have still further in front, if most have one. */
static struct str further_word(const struct use *v, size_t n)
{
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && str_eq_case(v[end].further, v[i].further);)
            end++;
        if (v[i].further.n && (end - i) * 5 >= n * 3)
            return v[i].further;
    }
    return (struct str){0};
}

static struct str widen(struct arena *a, struct arena *scratch, struct str noun,
                        const struct lang_doc *docs, size_t n)
{
    struct uses u = find_uses(scratch, noun, docs, n);
    size_t first = 0;
    if (!u.n)
        return noun;
    qsort(u.v, u.n, sizeof *u.v, by_words);
    size_t most = commonest(&u, &first);
    if ((most < LEAST_USES && u.all > FEW_USES) || most * 12 < u.all)
        return noun;
    struct str before = u.v[first].before, further = further_word(u.v + first, most);
    return arena_fmt(a, "%.*s%s%.*s %.*s", STR_ARG(further), further.n ? " " : "", STR_ARG(before),
                     STR_ARG(noun));
}

struct str issue_title(struct arena *a, struct str wording, const struct lang_doc *docs, size_t n)
{
    struct arena scratch = {0};
    bool bare = str_find_char(wording, ' ', 0) == STR_NONE;
    struct str title = bare ? widen(a, &scratch, wording, docs, n) : wording;
    title = arena_str(a, title);
    arena_finish(&scratch);
    if (title.n && title.p[0] >= 'a' && title.p[0] <= 'z')
        ((char *)title.p)[0] = (char)(title.p[0] - 32);
    return title;
}

struct str issue_slug(struct arena *a, struct str title)
{
    struct str id = arena_str(a, title);
    char *p = (char *)id.p;
    size_t n = 0;
    for (size_t i = 0; i < title.n; i++) {
        unsigned char c = (unsigned char)title.p[i];
        if (c >= 'A' && c <= 'Z')
            p[n++] = (char)(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c > 127)
            p[n++] = (char)c;
        else if (n && p[n - 1] != '-')
            p[n++] = '-';
    }
    while (n && p[n - 1] == '-')
        n--;
    p[n] = 0;
    return (struct str){id.p, n};
}
