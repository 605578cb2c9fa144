/* What a title must not lose of its phrase: a title that is cut before "and Southland", "before the
 * vote", "first", or that drops "second" in front, asks another question than the text. */
#include "lang/issue/parts.h"
#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

enum { LONGEST_REST = 6, NARROWING_REACH = 2 };

bool issue_is_narrowing(struct str word)
{
    static const char *const words[] = {"first",  "second",     "third",    "fourth", "only",
                                        "single", "additional", "further",  "extra",  "more",
                                        "better", "closer",     "stronger", "weaker", "looser",
                                        "warmer", NULL};
    return str_one_of(word, words);
}

static bool is_restrictor(struct str word)
{
    static const char *const words[] = {"before", "without", "except", NULL};
    return str_one_of(word, words);
}

static uint32_t sentence_end(const struct lang_doc *doc, uint32_t t)
{
    return doc->sentences[doc->tokens[t].sentence].end;
}

/* Behind ", and the Southland" names of several words from token t on, where no verb follows: t
 * where nothing of the kind stands there. */
static uint32_t other_name_end(const struct lang_doc *doc, uint32_t t, uint32_t end)
{
    uint32_t at = t;
    if (at >= end || !str_eq(lang_token_text(doc, at), S("and")) || !doc->tokens[t - 1].capital)
        return t;
    at++;
    if (at < end && str_eq(lang_token_text(doc, at), S("the")))
        at++;
    uint32_t name = at;
    while (at < end && doc->tokens[at].capital && doc->tokens[at].word)
        at++;
    if (at == name || at - name > LONGEST_REST)
        return t;
    struct str next = at < end ? lang_token_text(doc, at) : (struct str){0};
    bool verb = at < end && doc->tokens[at].word && (gaz_word(next) & (WORD_VERB | WORD_ADVERB));
    bool owner = at < end && doc->tokens[at].word && (gaz_word(next) & (WORD_ROLE | WORD_LEADER)) &&
                 !(next.p[0] >= 'A' && next.p[0] <= 'Z'); /* "and Norland [mayor Stone]" */
    return verb || owner || issue_is_aux(next) ? t : at;
}

/* Behind "and persons" from token t on, where the phrase "taxes for firms" goes on and nothing else
 * begins; t where nothing of the kind stands there. */
static uint32_t other_kind_end(const struct lang_doc *doc, uint32_t t, uint32_t end)
{
    static const char *const joints[] = {"and", "but", "that", "which", "while", "as", NULL};
    if (t + 1 >= end || !str_eq(lang_token_text(doc, t), S("and")))
        return t;
    struct str word = lang_token_text(doc, t + 1), before = lang_token_text(doc, t - 1),
               next = t + 2 < end ? lang_token_text(doc, t + 2) : (struct str){0};
    bool kinds = str_ends(word, S("s")) && str_ends(before, S("s")) && word.n > 3 &&
                 (gaz_word(word) & WORD_NOUN) && !doc->tokens[t + 1].capital;
    bool whole = !next.n || !doc->tokens[t + 2].word || str_one_of(next, joints);
    return kinds && whole && !issue_evaluates(word) ? t + 2 : t;
}

/* May the word stand in what restricts a title? */
static bool may_restrict(const struct lang_doc *doc, uint32_t t)
{
    static const char *const stops[] = {"and", "or",    "but",  "as",    "because", "while",
                                        "if",  "which", "that", "where", "when",    NULL};
    struct str word = lang_token_text(doc, t);
    return !str_one_of(word, stops) && !issue_is_pronoun(word) && !issue_is_quote_mark(word);
}

/* Behind "before the vote" from token t on; t where it does not end within a few words. */
static uint32_t restrictor_end(const struct lang_doc *doc, uint32_t t, uint32_t end)
{
    uint32_t at = t + 1;
    while (at < end && at - t <= LONGEST_REST && may_restrict(doc, at) &&
           (doc->tokens[at].word || str_eq(lang_token_text(doc, at), S("$"))))
        at++;
    struct str stop = at < end ? lang_token_text(doc, at) : (struct str){0};
    bool whole = !stop.n || str_eq(stop, S(".")) || str_eq(stop, S(",")) ||
                 issue_is_quote_mark(stop) ||
                 str_one_of(stop, (const char *const[]){"and", "but", "as", NULL});
    return whole && at > t + 1 ? at : t;
}

/* "families", "Norlanders". */
static bool are_people(const struct lang_doc *doc, uint32_t t)
{
    struct str word = lang_token_text(doc, t);
    return issue_is_somebody(word) || (doc->tokens[t].capital && str_ends(word, S("ns"))) ||
           (gaz_word(word) & (WORD_COLLECTIVE | WORD_KIN));
}

uint32_t issue_restricted_title_end(const struct issue_takings *all, const struct issue_taking *t,
                                    uint32_t end)
{
    const struct lang_doc *doc = &all->docs[t->article];
    uint32_t last = end ? sentence_end(doc, end - 1) : 0;
    uint32_t at = end ? other_name_end(doc, end, last) : end;
    at = end && at == end ? other_kind_end(doc, at, last) : at;
    if (at >= last)
        return at;
    struct str word = lang_token_text(doc, at);
    if (str_eq(word, S("first")))
        return at + 1;
    if (str_eq(word, S("for")) && at + 2 < last && are_people(doc, at + 1) &&
        str_ends(lang_token_text(doc, at + 2), S("ing"))) {
        at += 2;
        word = lang_token_text(doc, at);
    }
    if (str_eq(word, S("from")) && at + 1 < last &&
        str_ends(lang_token_text(doc, at + 1), S("ing")))
        return restrictor_end(doc, at, last); /* "banning pilots from flying at night" */
    bool earning = str_ends(word, S("ing")) && (gaz_word(word) & WORD_VERB) &&
                   are_people(doc, at - 1); /* "families earning more than" */
    return earning || is_restrictor(word) ? restrictor_end(doc, at, last) : at;
}

bool issue_is_narrowed(const struct issue_takings *all, const struct issue_taking *t)
{
    const struct lang_doc *doc = &all->docs[t->article];
    const struct issue_target *x = &t->side.target;
    uint32_t end = x->noun_end, last = sentence_end(doc, x->noun);
    struct str next = end < last ? lang_token_text(doc, end) : (struct str){0};
    if (str_eq(next, S("first")) || str_eq(next, S("only")) || is_restrictor(next))
        return true;
    uint32_t from = x->verb == NO_TOKEN ? x->first : x->verb;
    for (uint32_t i = from;
         i > doc->sentences[doc->tokens[from].sentence].first && from - i < NARROWING_REACH;) {
        struct str word = lang_token_text(doc, --i);
        if (str_eq(word, S("only")) || str_eq(word, S("first")))
            return true;
    }
    return false;
}

static bool has_word(const struct issue_takings *all, const struct issue_taking *t, struct str word)
{
    const struct issue_target *x = &t->side.target;
    for (uint32_t i = x->noun; i < x->noun_end; i++)
        if (str_eq_case(lang_token_text(&all->docs[t->article], i), word))
            return true;
    return false;
}

size_t issue_repeated(const struct issue_takings *all, const struct issue_taking *const *v,
                      size_t n, size_t i)
{
    const struct lang_doc *doc = &all->docs[v[i]->article];
    const struct issue_target *x = &v[i]->side.target;
    size_t repeated = 0;
    for (uint32_t t = x->noun; x->head != NO_TOKEN && t < x->head; t++) {
        struct str word = lang_token_text(doc, t);
        bool tells =
            t != x->verb && doc->tokens[t].word && !doc->tokens[t].capital && issue_tells(word);
        for (size_t k = 0; k < n && tells; k++)
            repeated += !str_eq(v[k]->actor, v[i]->actor) && has_word(all, v[k], word);
    }
    return repeated;
}

/* Is it done or made between two ("a deal with Norland")? */
static bool is_with_another(struct str word)
{
    static const char *const acts[] = {"meeting", "negotiating", "dealing",     "trading",
                                       "working", "cooperating", "cooperation", "ties",
                                       "trade",   "contract",    "contracts",   "relations",
                                       NULL};
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
    return str_one_of(word, acts) || (e && str_find_char(e->more, 'm', 0) != STR_NONE) ||
           (e && str_eq(e->class, S("deal")));
}

struct str issue_without_hanging(struct str title)
{
    struct str rest = title, word;
    size_t told = 0, at = 0;
    bool another = false;
    while (str_split(&rest, ' ', &word)) {
        if (str_eq(word, S("with")) && told >= 2 && !another)
            at = (size_t)(word.p - title.p);
        else if (at && (word.p[0] < 'a' || issue_is_pronoun(word)))
            return title; /* "with Norland" tells */
        another = another || is_with_another(word);
        told += issue_tells(word);
    }
    return at > 1 ? str_slice(title, 0, at - 1) : title;
}
