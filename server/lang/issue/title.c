/* What a proposed issue is called: see parts.h.
 *
 * A proposal is called by what is to be done ("Lifting the sanctions on Norland"), a judgement by
 * the thing with its article and what tells it from its like ("The new species rules"), a fact by a
 * clause that says it. Of the wordings of a cluster the commonest that says enough is taken. A bare
 * noun gets the words that stand before it oftenest in the articles. */
#include "lang/issue/parts.h"
#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

#include <stdlib.h>

enum { LONGEST_TITLE = 9 };

static struct str word_of(const struct issue_takings *all, const struct issue_taking *t, size_t i)
{
    return lang_token_text(&all->docs[t->article], i);
}

bool issue_is_pronoun(struct str word)
{
    static const char *const words[] = {
        "i",  "we",   "you", "he",   "she", "it", "they", "his",  "her",   "its",   "their", "our",
        "my", "your", "him", "them", "us",  "me", "this", "that", "these", "those", "who",   NULL};
    return str_one_of(word, words);
}

/* The tokens [from, to) as one line. */
struct str issue_text_of(struct arena *a, const struct lang_doc *doc, size_t from, size_t to)
{
    struct str raw =
        lang_span_text(doc, (struct span){doc->tokens[from].at.start, doc->tokens[to - 1].at.end});
    struct str copy = arena_str(a, raw);
    for (size_t i = 0; i < copy.n; i++)
        if ((unsigned char)copy.p[i] < ' ')
            ((char *)copy.p)[i] = ' ';
    return copy;
}

/* The same of a target's noun phrase; a head that a headline writes large becomes small: "Medicare
 * Cuts". */
static struct str phrase_of(struct arena *a, const struct lang_doc *doc,
                            const struct issue_target *x, size_t from)
{
    struct str text = issue_text_of(a, doc, from, x->noun_end);
    if (x->head == NO_TOKEN || x->head < from)
        return text;
    struct str word = lang_token_text(doc, x->head);
    if ((gaz_word(word) & WORD_COMMON) && word.n > 2 && word.p[0] >= 'A' && word.p[0] <= 'Z' &&
        word.p[1] >= 'a')
        ((char *)text.p)[doc->tokens[x->head].at.start - doc->tokens[from].at.start] |= 32;
    return text;
}

static struct str capitalised(struct arena *a, struct str title)
{
    struct str copy = arena_str(a, title);
    if (copy.n && copy.p[0] >= 'a' && copy.p[0] <= 'z')
        ((char *)copy.p)[0] = (char)(copy.p[0] - 32);
    return copy;
}

/* -------------------------------------------------------------------------------------- wordings
 */

/* May the tokens stand in a title: no marks, no pronouns, no evaluations? */
static bool fits(const struct issue_takings *all, const struct issue_taking *t, size_t from,
                 size_t to, size_t most)
{
    const struct lang_doc *doc = &all->docs[t->article];
    if (to <= from || to - from > most)
        return false;
    for (size_t i = from; i < to; i++) {
        struct str word = lang_token_text(doc, i);
        bool mark = !doc->tokens[i].word && !str_ends(word, S("s")) && word.n < 4;
        bool date = (gaz_word(word) & WORD_DATE) != 0;
        bool shouted = word.n > 4 && word.p[1] < 'a' && word.p[2] < 'a';
        if (mark || shouted || date || issue_is_pronoun(word) ||
            (issue_evaluates(word) && !lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word)))
            return false;
    }
    return true;
}

/* How well the taking's own words tell what it is on: 0 where they cannot stand in a title. */
static double worth(const struct issue_takings *all, const struct issue_taking *t)
{
    const struct issue_target *x = &t->side.target;
    if (!fits(all, t, x->noun, x->noun_end, LONGEST_TITLE))
        return 0;
    size_t words = x->noun_end - x->noun;
    const struct lexicon *weak = lexicon_open(WORDS_WEAK_MODIFIERS);
    if (words < 2 && x->head != NO_TOKEN)
        return 0.4;
    if (lexicon_find(weak, word_of(all, t, x->noun)))
        return 0.5;
    return 1 + (t->n_marks ? 1.5 : 0) + (words >= 2 && words <= 6 ? 1 : 0);
}

static bool is_light(struct str verb)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_POLICY_VERBS), verb);
    return e && str_eq(e->class, S("vl"));
}

static const struct issue_taking *best_of(const struct issue_takings *all,
                                          const struct issue_taking *const *v, size_t n,
                                          bool action, double *most)
{
    const struct issue_taking *best = NULL;
    *most = 0;
    for (size_t i = 0; i < n; i++) {
        if ((v[i]->side.target.verb != NO_TOKEN) != action)
            continue;
        double sum = worth(all, v[i]);
        if (action && v[i]->side.target.turn < 0)
            sum *= 0.6; /* rather "passing the bill" than "blocking" it */
        if (action && is_light(word_of(all, v[i], v[i]->side.target.verb)))
            sum *= 0.3;
        for (size_t k = 0; k < n && sum > 0; k++)
            if (k != i && (v[k]->side.target.verb != NO_TOKEN) == action && v[k]->n_marks) {
                bool shared = false;
                for (size_t m = 0; m < v[i]->n_marks && !shared; m++)
                    for (size_t j = 0; j < v[k]->n_marks && !shared; j++)
                        shared = str_eq(v[i]->marks[m], v[k]->marks[j]);
                sum += shared ? 0.5 : 0;
            }
        if (sum > *most) {
            *most = sum;
            best = v[i];
        }
    }
    return best;
}

/* ----------------------------------------------------------------------------------------- nouns
 */

static bool vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
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
                tells(&docs[i], t - 1)) {
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
            if (!best.n && tells(&docs[i], t - 2))
                best = word;
            same += best.n && str_eq(word, best);
        }
    return best.n && same * 2 >= all ? arena_fmt(a, "%.*s %.*s", STR_ARG(best), STR_ARG(before))
                                     : before;
}

static bool starts_with_vowel(struct str word)
{
    return word.n && vowel((char)(word.p[0] | 32));
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
            return (gaz_word(lang_token_text(doc, x->noun)) & WORD_COMMON) &&
                           !doc->tokens[x->noun + 1].capital
                       ? "The "
                       : "";
    }
    if (proposal && !plural && (str_eq_case(before, S("a")) || str_eq_case(before, S("an"))))
        return starts_with_vowel(phrase) ? "An " : "A ";
    bool bare = !before.n && phrase.n && phrase.p[0] >= 'a' && phrase.p[0] <= 'z';
    if ((plural && !before.n && x->noun_end > x->head + 1) || (!plural && bare))
        return ""; /* "immigration reform" */
    return "The ";
}

static struct str noun_title(struct arena *a, const struct issue_takings *all,
                             const struct issue_taking *t, bool proposal)
{
    const struct issue_target *x = &t->side.target;
    const struct lang_doc *doc = &all->docs[t->article];
    size_t from = x->noun;
    while (from < x->head &&
           lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), lang_token_text(doc, from)))
        from++;
    struct str phrase = phrase_of(a, doc, x, from);
    if (x->noun_end - from < 2) {
        struct arena scratch = {0};
        struct str before = word_before(&scratch, phrase, all->docs, all->n_docs);
        if (before.n)
            before = further_before(&scratch, before, phrase, all->docs, all->n_docs);
        struct str wide = before.n ? arena_fmt(a, "%.*s %.*s", STR_ARG(before), STR_ARG(phrase))
                                   : (struct str){0};
        arena_finish(&scratch);
        if (!wide.n && from == x->noun)
            return wide;
        phrase = wide.n ? wide : phrase_of(a, doc, x, x->noun);
    }
    return arena_fmt(a, "%s%.*s", article_of(all, t, phrase, proposal), STR_ARG(phrase));
}

/* --------------------------------------------------------------------------------------- actions
 */

/* The form in -ing of the verb at token t; empty where its base form is not known. */
static struct str gerund(struct arena *a, const struct lang_doc *doc, size_t t)
{
    static const enum lexicon_list lists[] = {WORDS_POLICY_VERBS, WORDS_STANCE};
    struct str word = lang_token_text(doc, t);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct lexicon_entry *e = lexicon_find(lexicon_open(lists[i]), word);
        if (e && e->listed && e->class.p[0] == 'v' && e->ing.n)
            return e->ing;
    }
    if (str_ends(word, S("ing")))
        return word;
    if (str_ends(word, S("ed")) || str_ends(word, S("s")) || word.n < 3)
        return (struct str){0};
    char last = word.p[word.n - 1], before = word.p[word.n - 2];
    if (last == 'e' && before != 'e')
        return arena_fmt(a, "%.*sing", (int)word.n - 1, word.p);
    char third = word.p[word.n - 3];
    if (word.n <= 4 && !vowel(last) && last < 'w' && vowel(before) && !vowel(third))
        return arena_fmt(a, "%.*s%cing", STR_ARG(word), last);
    return arena_fmt(a, "%.*sing", STR_ARG(word));
}

static struct str action_title(struct arena *a, const struct issue_takings *all,
                               const struct issue_taking *t)
{
    const struct lang_doc *doc = &all->docs[t->article];
    const struct issue_target *x = &t->side.target;
    struct str ing = gerund(a, doc, x->verb);
    if (!ing.n)
        return ing;
    bool passive = x->verb >= x->noun_end;
    size_t from = passive ? x->first : x->verb + 1;
    if (x->head == NO_TOKEN && t->who.n) {
        bool more = x->noun_end > x->verb + 1;
        return arena_fmt(
            a, "%.*s %.*s%s%.*s", STR_ARG(t->who), STR_ARG(ing), more ? " " : "",
            STR_ARG(more ? issue_text_of(a, doc, x->verb + 1, x->noun_end) : (struct str){0}));
    }
    if (!passive && x->head == NO_TOKEN && x->noun_end == x->verb + 1)
        return (struct str){0}; /* "resigning": who? */
    if (issue_is_pronoun(lang_token_text(doc, from)))
        from++;
    const char *article = "";
    size_t objects = x->noun;
    if (!passive && x->head != NO_TOKEN && x->noun > x->verb + 1) {
        struct str before = lang_token_text(doc, x->noun - 1);
        bool an = str_eq_case(before, S("an")), the = issue_is_pronoun(before);
        the = the || str_eq_case(before, S("the"));
        article = an ? "an " : str_eq_case(before, S("a")) ? "a " : the ? "the " : "";
        objects -= *article != 0;
        if (objects > x->verb + 1)
            ing = arena_fmt(a, "%.*s %.*s", STR_ARG(ing),
                            STR_ARG(issue_text_of(a, doc, x->verb + 1, objects)));
    }
    if (x->head != NO_TOKEN && x->noun_end - x->noun < 2) {
        struct str noun = noun_title(a, all, t, true);
        if (noun.n) {
            ((char *)noun.p)[0] = (char)(noun.p[0] | 32);
            return arena_fmt(a, "%.*s %.*s", STR_ARG(ing), STR_ARG(noun));
        }
    }
    if (*article)
        return arena_fmt(a, "%.*s %s%.*s", STR_ARG(ing), article,
                         STR_ARG(issue_text_of(a, doc, x->noun, x->noun_end)));
    if (x->head != NO_TOKEN)
        return arena_fmt(a, "%.*s %.*s", STR_ARG(ing), STR_ARG(phrase_of(a, doc, x, objects)));
    return arena_fmt(a, "%.*s %.*s", STR_ARG(ing),
                     STR_ARG(issue_text_of(a, doc, from, x->noun_end)));
}

/* "A similar bill": behind the article stands a word that tells nothing. */
static bool says_little(struct str title)
{
    struct str rest = title, word;
    str_split(&rest, ' ', &word);
    str_split(&rest, ' ', &word);
    return lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word) != NULL;
}

/* A verb that says little, or is against the thing where not most speak of that. */
static bool says_poorly(const struct issue_takings *all, const struct issue_taking *action,
                        const struct issue_taking *const *v, size_t n)
{
    struct arena scratch = {0};
    size_t same = 0;
    struct str verb = word_of(all, action, action->side.target.verb);
    struct str key = issue_key(&scratch, verb);
    for (size_t i = 0; i < n; i++) {
        uint32_t at = v[i]->side.target.verb;
        same += at != NO_TOKEN && str_eq(issue_key(&scratch, word_of(all, v[i], at)), key);
    }
    arena_finish(&scratch);
    return is_light(verb) || (action->side.target.turn < 0 && same * 2 < n);
}

struct issue_name issue_name_of(struct arena *a, const struct issue_takings *all,
                                const struct issue_taking *const *v, size_t n)
{
    struct issue_name name = {.sort = ISSUE_JUDGEMENT, .turn = 1};
    double action_worth, noun_worth;
    size_t proposals = 0;
    for (size_t i = 0; i < n; i++)
        proposals += v[i]->side.sort == ISSUE_PROPOSAL;
    bool fact = v[0]->side.sort == ISSUE_FACT;
    if (fact)
        name.sort = ISSUE_FACT;
    else if (proposals * 2 >= n)
        name.sort = ISSUE_PROPOSAL;
    const struct issue_taking *action = best_of(all, v, n, true, &action_worth);
    const struct issue_taking *noun = best_of(all, v, n, false, &noun_worth);
    if (fact)
        name.title = issue_clause_title(a, all, v, n);
    bool poor = action && noun && says_poorly(all, action, v, n);
    if (!name.title.n && action && !poor && (name.sort == ISSUE_PROPOSAL || !noun)) {
        name.title = action_title(a, all, action);
        name.turn = action->side.target.turn;
    }
    bool weak = noun && action && noun_worth < 1;
    if (!name.title.n && weak) {
        struct str wide = noun_title(a, all, noun, name.sort == ISSUE_PROPOSAL);
        if (!wide.n || says_little(wide)) {
            name.title = action_title(a, all, action);
            name.turn = action->side.target.turn;
        }
    }
    if (!name.title.n && noun) {
        for (size_t i = 0; i < n && fact && noun->side.sign > 0; i++)
            if (v[i]->side.sign < 0 && v[i]->side.target.verb == NO_TOKEN)
                noun = v[i];
        bool owned =
            fact && noun->side.sign < 0 && noun->side.target.noun_end == noun->side.target.noun + 1;
        name.title = owned ? arena_fmt(a, "%.*s's %.*s", STR_ARG(noun->name),
                                       STR_ARG(word_of(all, noun, noun->side.target.head)))
                           : noun_title(a, all, noun, name.sort == ISSUE_PROPOSAL);
        name.turn = 1;
    }
    if (!name.title.n && action) {
        name.title = action_title(a, all, action);
        name.turn = action->side.target.turn;
    }
    name.title = capitalised(a, name.title);
    return name;
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
