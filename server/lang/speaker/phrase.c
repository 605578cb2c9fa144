/* Noun phrases in the words that name a speaker: see phrase.h. */
#include "lang/speaker/phrase.h"

#include "assets/wordlist.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>

static struct wordset ends;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    ends = wordset_load("lang/speaker/words/phrase-ends.txt");
}

bool phrase_is_token(const struct lang_doc *doc, uint32_t token, const char *word)
{
    return token < doc->n_tokens && str_eq_case(lang_token_text(doc, token), str_of(word));
}

bool phrase_is_possessive(const struct lang_doc *doc, uint32_t token)
{
    if (token >= doc->n_tokens)
        return false;
    struct str s = lang_token_text(doc, token);
    return str_eq(s, S("'s")) || str_eq(s, S("\xE2\x80\x99s")) || str_eq(s, S("'")) ||
           str_eq(s, S("\xE2\x80\x99"));
}

const struct lang_mention *phrase_mention(const struct lang_doc *doc, uint32_t token)
{
    enum { LONGEST = 160 };
    struct span at = doc->tokens[token].at;
    const struct lang_mention *best = NULL;
    for (size_t i = lang_mention_from(doc, at.end); i-- > 0;) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.start + LONGEST < at.start)
            break;
        if (m->at.start > at.start || m->at.end < at.end)
            continue;
        if (!best || (best->reading == READING_NOMINAL && m->reading != READING_NOMINAL))
            best = m;
    }
    return best;
}

/* Behind the longest name that begins at the token, or the token. */
static uint32_t behind_name(const struct lang_doc *doc, uint32_t token)
{
    uint32_t at = doc->tokens[token].at.start, end = at;
    for (size_t i = lang_mention_from(doc, at); i < doc->n_mentions; i++) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.start != at)
            break;
        if (m->reading != READING_NOMINAL && m->at.end > end)
            end = m->at.end;
    }
    return end > at ? (uint32_t)lang_token_at(doc, end - 1) + 1 : token;
}

static bool ends_phrase(const struct lang_doc *doc, uint32_t token)
{
    pthread_once(&once, load);
    return wordset_find_lower(&ends, lang_token_text(doc, token));
}

/* Marks that stand inside a phrase: "Smith & Sons", 'the "Pier" star'. */
static bool is_inner_mark(const struct lang_doc *doc, uint32_t token)
{
    struct str s = lang_token_text(doc, token);
    return phrase_is_possessive(doc, token) || str_eq(s, S("&")) || str_eq(s, S("-")) ||
           str_eq(s, S(".")) || str_eq(s, S("\"")) || str_eq(s, S("\xE2\x80\x9C")) ||
           str_eq(s, S("\xE2\x80\x9D"));
}

/* Can the word be the noun of a phrase? */
static bool can_be_head(const struct lang_doc *doc, uint32_t token)
{
    if (!doc->tokens[token].word || phrase_is_possessive(doc, token))
        return false;
    uint32_t f = gaz_word(lang_token_text(doc, token));
    if (f & (WORD_DATE | WORD_DET | WORD_FUNCTION | WORD_POSSESSIVE))
        return false;
    if (!(f & WORD_COMMON) || doc->tokens[token].capital)
        return true;
    return f & (WORD_NOUN | WORD_ROLE | WORD_UNNAMED | WORD_COLLECTIVE | WORD_PLURAL | WORD_ORG);
}

/* "The Cupertino, California-based company": a comma inside the name of a place. */
static bool is_inner_comma(const struct lang_doc *doc, uint32_t token, uint32_t limit)
{
    if (!phrase_is_token(doc, token, ","))
        return false;
    for (uint32_t t = token + 1; t < limit && t < token + 4 && !phrase_is_token(doc, t, ","); t++)
        if (str_ends(lang_token_text(doc, t), S("-based")))
            return true;
    return false;
}

static void find_head(const struct lang_doc *doc, struct phrase *p)
{
    p->head = p->end;
    for (uint32_t i = p->end; i-- > p->first;) {
        const struct lang_mention *m = phrase_mention(doc, i);
        bool date = gaz_word(lang_token_text(doc, i)) & WORD_DATE;
        if ((!m || date) && !can_be_head(doc, i))
            continue;
        p->head = i;
        return;
    }
}

struct phrase phrase_from(const struct lang_doc *doc, uint32_t token, uint32_t end)
{
    struct phrase p = {.first = token, .end = token, .head = token};
    uint32_t i = token;
    p.limit = token;
    while (p.limit < doc->n_tokens && doc->tokens[p.limit].at.start < end)
        p.limit++;
    while (i < p.limit) {
        uint32_t behind = behind_name(doc, i);
        if (behind > i) {
            i = behind;
            if (i < p.limit && gaz_word(lang_token_text(doc, i)) & (WORD_DET | WORD_DATE))
                break; /* "Moss this morning" */
            continue;
        }
        p.list = phrase_is_token(doc, i, "and") && i > token;
        if (p.list || (i > token && ends_phrase(doc, i)) ||
            (!doc->tokens[i].word && !is_inner_mark(doc, i) && !is_inner_comma(doc, i, p.limit)))
            break;
        i++;
    }
    p.end = i < p.limit ? i : p.limit;
    find_head(doc, &p);
    return p;
}

/* Does a noun follow that the mention only stands before: "Trump campaign"? */
static bool before_noun(const struct lang_doc *doc, uint32_t token)
{
    uint32_t f = token < doc->n_tokens ? gaz_word(lang_token_text(doc, token)) : 0;
    return f & WORD_NOUN && !(f & (WORD_SAY | WORD_FUNCTION)) && !doc->tokens[token].capital;
}

const struct lang_mention *phrase_subject(const struct lang_doc *doc, uint32_t token, uint32_t end)
{
    enum { WITHIN = 8 };
    for (uint32_t t = token; t < end && t < token + WITHIN; t++) {
        const struct lang_mention *m = phrase_mention(doc, t);
        uint32_t behind = m ? (uint32_t)lang_token_at(doc, m->at.end - 1) + 1 : t + 1;
        if (m && !phrase_is_possessive(doc, behind) && !before_noun(doc, behind))
            return m;
        uint32_t f = gaz_word(lang_token_text(doc, t));
        if (!m && (!doc->tokens[t].word ||
                   (f & (WORD_SAY | WORD_FUNCTION) && !(f & (WORD_DET | WORD_POSSESSIVE))) ||
                   (f & WORD_VERB && !(f & WORD_NOUN) && !doc->tokens[t].capital)))
            return NULL;
        t = m ? behind - (phrase_is_possessive(doc, behind) ? 0 : 1) : t;
    }
    return NULL;
}
