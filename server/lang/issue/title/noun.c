/* Titles of things: a noun phrase with its article; a bare noun gets what tells it from its like -
 * the earlier phrase that it takes up, what restricts it from behind, or the words that stand
 * before it oftenest in the articles - or is no title. */
#include "lang/issue/parts.h"
#include "lang/issue/phrase.h"
#include "lang/names/gazetteer.h"

#include <stdlib.h>

static struct str word_of(const struct issue_takings *all, const struct issue_taking *t, size_t i)
{
    return lang_token_text(&all->docs[t->article], i);
}

bool issue_is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

bool issue_is_quote_mark(struct str word)
{
    return str_eq(word, S("\"")) || str_eq(word, S("\xE2\x80\x9C")) ||
           str_eq(word, S("\xE2\x80\x9D"));
}

enum { LONGEST_WORD = 24, LEAST_USES = 2, MOST_USES = 4000 };

/* A word that can tell one thing of a kind from another. */
static bool tells(const struct lang_doc *doc, size_t token)
{
    static const enum lexicon_list empty[] = {WORDS_FUNCTION_WORDS, WORDS_GENERIC_NOUNS};
    struct str word = lang_token_text(doc, token);
    if (!doc->tokens[token].word || word.n < 3 || word.n > LONGEST_WORD ||
        str_ends(word, S("ly")) || word.p[0] < 'A' || issue_evaluates(word) ||
        lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word))
        return false;
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (lexicon_find(lexicon_open(empty[i]), word))
            return false;
    uint32_t flags = gaz_word(word), first = doc->sentences[doc->tokens[token].sentence].first;
    if (doc->tokens[token].capital && token > first)
        return !(flags & (WORD_HONORIFIC | WORD_DATE | WORD_PRONOUN)) && word.p[1] >= 'a';
    return (flags & WORD_COMMON) && !(flags & (WORD_VERB | WORD_ADVERB | WORD_FUNCTION));
}

static bool is_listed_verb(struct str word)
{
    static const enum lexicon_list lists[] = {WORDS_STANCE, WORDS_POLICY_VERBS};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct lexicon_entry *e = lexicon_find(lexicon_open(lists[i]), word);
        if (e && e->listed && e->class.p[0] == 'v' && e->form == FORM_BASE)
            return true;
    }
    return false;
}

/* Whoever may be asked to do it: "them", "the mayor", "the council", "Norland". */
static bool is_doer(const struct lang_doc *doc, size_t token)
{
    static const char *const objects[] = {"me", "us", "him", "her", "them", "you", NULL};
    struct str word = lang_token_text(doc, token);
    return str_one_of(word, objects) || issue_is_somebody(word) || doc->tokens[token].capital ||
           lexicon_find(lexicon_open(WORDS_BODY_NOUNS), word) ||
           (gaz_word(word) & WORD_NOMINAL_ORG);
}

bool issue_is_done_to(const struct lang_doc *doc, size_t token)
{
    static const char *const before[] = {
        "will", "would", "should",         "must", "can", "could", "may",  "might",
        "not",  "n't",   "n\xE2\x80\x99t", "me",   "us",  "him",   "them", NULL};
    size_t first = doc->sentences[doc->tokens[token].sentence].first;
    if (token <= first)
        return false;
    struct str last = lang_token_text(doc, token - 1);
    return str_one_of(last, before) ||
           (str_eq(last, S("to")) && (is_listed_verb(lang_token_text(doc, token)) ||
                                      (token > first + 1 && is_doer(doc, token - 2))));
}

static int by_fold(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Where the name that ends at token t begins: "Medicare Advantage". */
static size_t name_start(const struct lang_doc *doc, size_t t)
{
    uint32_t first = doc->sentences[doc->tokens[t].sentence].first;
    while (doc->tokens[t].capital && t > first + 1 && doc->tokens[t - 1].capital &&
           tells(doc, t - 1))
        t--;
    return t;
}

/* The word or name that stands oftenest before the noun in the articles, or nothing. */
static struct str word_before(struct arena *scratch, struct str noun, const struct lang_doc *docs,
                              size_t n)
{
    struct str *v = NULL, best = {0};
    size_t n_v = 0, cap = 0, all = 0, most = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t t = 1; t < docs[i].n_tokens && all < MOST_USES; t++) {
            if (!str_eq_case(lang_token_text(&docs[i], t), noun))
                continue;
            all++;
            if (docs[i].tokens[t].sentence == docs[i].tokens[t - 1].sentence &&
                tells(&docs[i], t - 1) && !issue_is_done_to(&docs[i], t - 1)) {
                v = arena_grow(scratch, v, n_v, &cap, sizeof *v);
                v[n_v++] = lang_span_text(
                    &docs[i], (struct span){docs[i].tokens[name_start(&docs[i], t - 1)].at.start,
                                            docs[i].tokens[t - 1].at.end});
            }
        }
    if (n_v)
        qsort(v, n_v, sizeof *v, by_fold);
    for (size_t i = 0, end; i < n_v; i = end) {
        for (end = i + 1; end < n_v && str_eq(v[end], v[i]);)
            end++;
        if (end - i > most) {
            most = end - i;
            best = v[i];
        }
    }
    return most >= LEAST_USES && most * 12 >= all ? best : (struct str){0};
}

/* "pressed by members, [the] Senate bill": a plural is rarely part of what stands before a noun. */
static bool is_plural(struct str word)
{
    return word.n > 3 && word.p[0] >= 'a' && str_ends(word, S("s")) && !str_ends(word, S("ss"));
}

/* `before` with the word that most uses have still further in front: "care" of "health care law".
 */
static struct str further_before(struct arena *a, struct str before, struct str noun,
                                 const struct lang_doc *docs, size_t n)
{
    struct str best = {0};
    size_t all = 0, same = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t t = 2; t < docs[i].n_tokens && all < MOST_USES; t++) {
            if (!str_eq_case(lang_token_text(&docs[i], t), noun) ||
                !str_eq(lang_token_text(&docs[i], t - 1), before))
                continue;
            all++;
            struct str word = lang_token_text(&docs[i], t - 2);
            if (!best.n && tells(&docs[i], t - 2) && !is_plural(word))
                best = word;
            same += best.n && str_eq(word, best);
        }
    return best.n && same * 2 >= all ? arena_fmt(a, "%.*s %.*s", STR_ARG(best), STR_ARG(before))
                                     : before;
}

static bool starts_with_vowel(struct str word)
{
    return word.n && issue_is_vowel((char)(word.p[0] | 32));
}

/* "A", "An", "The" or nothing, with a blank behind it. */
static const char *article_of(const struct issue_takings *all, const struct issue_taking *t,
                              struct str phrase, bool proposal)
{
    const struct issue_target *x = &t->side.target;
    const struct lang_doc *doc = &all->docs[t->article];
    struct str before = x->noun > x->first ? lang_token_text(doc, x->noun - 1) : (struct str){0};
    bool plural = str_ends(word_of(all, t, x->head), S("s"));
    for (uint32_t i = x->noun; i < x->head; i++) {
        struct str word = lang_token_text(doc, i);
        if (str_eq(word, S("'s")) || str_eq(word, S("\xE2\x80\x99s")))
            return str_eq_case(before, S("the")) ? "The "
                   : (gaz_word(lang_token_text(doc, x->noun)) & WORD_COMMON) &&
                           !doc->tokens[x->noun + 1].capital
                       ? "The "
                       : "";
    }
    if (proposal && !plural && (str_eq_case(before, S("a")) || str_eq_case(before, S("an"))))
        return starts_with_vowel(phrase) ? "An " : "A ";
    bool one = issue_is_one(word_of(all, t, x->head));
    bool bare = !before.n && !one && phrase.n && phrase.p[0] >= 'a' && phrase.p[0] <= 'z';
    if ((plural && !before.n && x->noun_end > x->head + 1) || (!plural && bare))
        return ""; /* "immigration reform" */
    return "The ";
}

/* The taking with the earlier phrase in place of a bare noun, where that can stand in a title. */
static struct issue_taking told_of(const struct issue_takings *all, const struct issue_taking *t)
{
    struct issue_taking told = *t;
    const struct issue_target *x = &t->side.target, *full = &t->full;
    if (!t->has_full || x->noun_end > x->noun + 1)
        return told;
    told.side.target = *full;
    return issue_fits(all, &told, issue_title_start(all, &told), full->noun_end,
                      ISSUE_LONGEST_TITLE)
               ? told
               : *t;
}

/* "bill", "order": too little for a title by itself. */
bool issue_needs_word(struct str noun)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), noun);
    return e && str_find_char(e->more, 'd', 0) != STR_NONE;
}

/* How often the noun stands behind the word in the articles. */
static size_t uses_before(const struct issue_takings *all, struct str word, struct str noun)
{
    size_t uses = 0;
    for (size_t i = 0; i < all->n_docs; i++)
        for (size_t t = 1; t < all->docs[i].n_tokens; t++)
            uses += str_eq_case(lang_token_text(&all->docs[i], t), noun) &&
                    str_eq_case(lang_token_text(&all->docs[i], t - 1), word);
    return uses;
}

/* The word before the noun where one who takes a side has it: "release of a secret [harbour] memo";
 * what the articles say oftenest may be another memo. One use alone is but how somebody put it ("a
 * giant wall"). */
static struct str told_before(const struct issue_takings *all, struct str noun)
{
    for (size_t i = 0; i < all->n_named; i++) {
        const struct issue_taking *v = all->named[i];
        const struct lang_doc *doc = &all->docs[v->article];
        for (size_t t = v->side.target.noun + 1; t < v->side.target.noun_end; t++)
            if (str_eq_case(lang_token_text(doc, t), noun) && tells(doc, t - 1) &&
                !issue_is_done_to(doc, t - 1) &&
                uses_before(all, lang_token_text(doc, t - 1), noun) >= LEAST_USES)
                return lang_span_text(doc,
                                      (struct span){doc->tokens[name_start(doc, t - 1)].at.start,
                                                    doc->tokens[t - 1].at.end});
    }
    return (struct str){0};
}

/* `noun` with the words that stand before it oftenest in the articles; empty where none do. */
static struct str widened(struct arena *a, const struct issue_takings *all, struct str noun)
{
    struct arena scratch = {0};
    struct str before = told_before(all, noun);
    if (!before.n)
        before = word_before(&scratch, noun, all->docs, all->n_docs);
    if (before.n)
        before = further_before(&scratch, before, noun, all->docs, all->n_docs);
    struct str wide =
        before.n ? arena_fmt(a, "%.*s %.*s", STR_ARG(before), STR_ARG(noun)) : (struct str){0};
    arena_finish(&scratch);
    return wide;
}

/* A word before a noun that tells nothing of it: "new", "2010", "today's". */
static bool is_empty(struct str word)
{
    if (issue_is_narrowing(word))
        return false;
    static const char *const days[] = {"today", "tonight",       "yesterday", "tomorrow",
                                       "'s",    "\xE2\x80\x99s", NULL};
    return lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word) || issue_is_quote_mark(word) ||
           str_one_of(word, days) || (gaz_word(word) & WORD_DATE) ||
           (word.n && word.p[0] >= '0' && word.p[0] <= '9');
}

size_t issue_title_start(const struct issue_takings *all, const struct issue_taking *t)
{
    const struct issue_target *x = &t->side.target;
    size_t from = x->noun;
    const struct lang_doc *doc = &all->docs[t->article];
    while (x->head != NO_TOKEN && from < x->head && is_empty(word_of(all, t, from)) &&
           !(doc->tokens[from].capital && doc->tokens[from + 1].capital &&
             from > doc->sentences[doc->tokens[from].sentence].first))
        from++; /* but "Planned Harbours" is a name */
    return from;
}

enum { LONGEST_PURPOSE = 15 };

/* Where "a military plan [to guard the harbour]" ends, of a noun that is filled with what is to be
 * done. */
static size_t purpose_end(const struct issue_takings *all, const struct issue_taking *t)
{
    const struct lang_doc *doc = &all->docs[t->article];
    const struct issue_target *x = &t->side.target;
    size_t at = x->noun_end, end = doc->sentences[doc->tokens[x->noun].sentence].end;
    struct issue_scene s = {.arena = all->arena,
                            .doc = doc,
                            .reading = &all->readings[t->article],
                            .from = at,
                            .to = end};
    struct phrase p;
    if (at + 2 >= end || !str_eq(lang_token_text(doc, at), S("to")) ||
        lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), lang_token_text(doc, at + 1)) ||
        !lexicon_find(lexicon_open(WORDS_ISSUE_FILLERS), word_of(all, t, x->head)))
        return at;
    size_t object = issue_skip_determiners(&s, at + 2);
    return object < end && issue_phrase_at(&s, object, &p) ? issue_complements_end(&s, p.end) : at;
}

/* Somebody's name: one is for or against him for something that the words leave open. */
static bool is_person(const struct issue_takings *all, const struct issue_taking *t)
{
    const struct issue_target *x = &t->side.target;
    struct issue_scene s = {.doc = &all->docs[t->article], .reading = &all->readings[t->article]};
    int32_t who =
        x->head == NO_TOKEN || x->noun_end > x->head + 1 ? NO_ACTOR : issue_actor_at(&s, x->head);
    return who != NO_ACTOR && s.reading->actors[who].kind == ACTOR_PERSON;
}

/* The noun phrase as a title: with what restricts it from behind, or what is commonly before it,
 * where it is but a noun; empty where that says too little. */
struct str issue_noun_title(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *of, bool proposal)
{
    const struct issue_taking told = told_of(all, of);
    if (is_person(all, of))
        return (struct str){0};
    bool bare = of->side.target.noun_end == of->side.target.noun + 1;
    struct str common =
        bare ? widened(a, all, word_of(all, of, of->side.target.noun)) : (struct str){0};
    const struct issue_taking *t = common.n ? of : &told;
    const struct issue_target *x = &t->side.target;
    const struct lang_doc *doc = &all->docs[t->article];
    size_t from = issue_title_start(all, t), end = issue_restricted_end(doc, x);
    struct str phrase = issue_phrase_of(a, doc, x, from);
    if (x->noun_end - from >= 2) {
        size_t purpose = purpose_end(all, t);
        if (purpose > x->noun_end)
            purpose = issue_restricted_title_end(all, t, (uint32_t)purpose);
        if (purpose > x->noun_end && issue_fits(all, t, from, purpose, LONGEST_PURPOSE))
            phrase = issue_text_of(a, doc, from, purpose);
        return arena_fmt(a, "%s%.*s", article_of(all, t, phrase, proposal), STR_ARG(phrase));
    }
    struct str wide = widened(a, all, phrase);
    if (wide.n)
        phrase = wide;
    else if (end > x->noun_end && issue_fits(all, t, from, end, ISSUE_LONGEST_TITLE))
        phrase = issue_text_of(a, doc, from, end);
    else if (from == x->noun || issue_needs_word(word_of(all, t, x->head)))
        return (struct str){0};
    else
        phrase = issue_phrase_of(a, doc, x, x->noun);
    return arena_fmt(a, "%s%.*s", article_of(all, t, phrase, proposal), STR_ARG(phrase));
}
