/* The noun phrases that stand beside a cue verb, by its neighbours alone: a phrase ends at marks,
 * at small words (words/source-breaks.txt) and at verbs of saying. */
#include "assets/wordlist.h"
#include "lang/attribution/pack.h"

#include <pthread.h>

enum { LONGEST_SOURCE = 14 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset cues, small;

static void load(void)
{
    cues = wordset_load("lang/attribution/words/cues.txt");
    small = wordset_load("lang/attribution/words/source-breaks.txt");
}

bool phrase_is_cue(const struct lang_doc *doc, size_t i)
{
    pthread_once(&once, load);
    const struct token *t = &doc->tokens[i];
    bool name = t->capital && doc->sentences[t->sentence].first != i; /* "the United States" */
    return t->word && !t->in_quote && !name && wordset_find_lower(&cues, lang_token_text(doc, i));
}

/* Kind of a small word: "pass" may stand between subject and cue, "break" ends a noun phrase. */
static struct str kind_of(const struct lang_doc *doc, size_t i)
{
    const struct wordset_entry *e = wordset_find_lower(&small, lang_token_text(doc, i));
    return e ? e->value : (struct str){0};
}

static bool breaks(const struct lang_doc *doc, size_t i)
{
    return !doc->tokens[i].word || doc->tokens[i].in_quote || str_eq(kind_of(doc, i), S("break")) ||
           phrase_is_cue(doc, i);
}

bool phrase_is(const struct lang_doc *doc, size_t i, const char *mark)
{
    return str_eq(lang_token_text(doc, i), str_of(mark));
}

bool phrase_is_possessive_mark(const struct lang_doc *doc, size_t token)
{
    static const struct str marks[] = {STR("'s"), STR("\xE2\x80\x99s"), STR("'"),
                                       STR("\xE2\x80\x99")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_eq(lang_token_text(doc, token), marks[i]))
            return true;
    return false;
}

/* The noun phrase that ends right before the cue, "[first, end)". */
bool phrase_before(const struct lang_doc *doc, struct sentence s, size_t cue, size_t out[2])
{
    size_t end = cue;
    while (end > s.first && str_eq(kind_of(doc, end - 1), S("pass")))
        end--;
    if (end > s.first && phrase_is(doc, end - 1, ",")) { /* "Moss, the envoy, said" */
        size_t i = end - 1;
        while (i > s.first && !breaks(doc, i - 1))
            i--;
        if (i > s.first && i < end - 1 && phrase_is(doc, i - 1, ","))
            end = i - 1;
    }
    size_t first = end;
    while (first > s.first && end - first < LONGEST_SOURCE && !breaks(doc, first - 1))
        first--;
    out[0] = first;
    out[1] = end;
    return end > first;
}

bool phrase_after(const struct lang_doc *doc, struct sentence s, size_t cue, size_t out[2])
{
    size_t first = cue + 1, end = first;
    while (end < s.end && end - first < LONGEST_SOURCE && !breaks(doc, end))
        end++;
    out[0] = first;
    out[1] = end;
    return end > first;
}
