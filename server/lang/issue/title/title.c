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
struct str issue_phrase_of(struct arena *a, const struct lang_doc *doc,
                           const struct issue_target *x, size_t from)
{
    struct str text = issue_text_of(a, doc, from, x->noun_end);
    if (x->head == NO_TOKEN || x->head < from)
        return text;
    struct str word = lang_token_text(doc, x->head);
    bool headline = doc->tokens[x->head].sentence == 0; /* elsewhere a capital is a name's */
    if (headline && (gaz_word(word) & WORD_COMMON) && word.n > 2 && word.p[0] >= 'A' &&
        word.p[0] <= 'Z' && word.p[1] >= 'a')
        ((char *)text.p)[doc->tokens[x->head].at.start - doc->tokens[from].at.start] |= 32;
    return text;
}

/* With a capital and without quotation marks. */
static struct str capitalised(struct arena *a, struct str title)
{
    struct str copy = arena_str(a, title);
    copy.n = 0;
    for (size_t i = 0; i < title.n; i++) {
        bool curly = str_starts(str_slice(title, i, title.n), S("\xE2\x80\x9C")) ||
                     str_starts(str_slice(title, i, title.n), S("\xE2\x80\x9D"));
        i += curly ? 2 : 0;
        if (!curly && title.p[i] != '"')
            ((char *)copy.p)[copy.n++] = title.p[i];
    }
    if (copy.n && copy.p[0] >= 'a' && copy.p[0] <= 'z')
        ((char *)copy.p)[0] = (char)(copy.p[0] - 32);
    return copy;
}

/* -------------------------------------------------------------------------------------- wordings
 */

static bool has_small(struct str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] >= 'a')
            return true;
    return false;
}

/* May the tokens stand in a title: no marks, no pronouns, no evaluations? */
bool issue_fits(const struct issue_takings *all, const struct issue_taking *t, size_t from,
                size_t to, size_t most)
{
    const struct lang_doc *doc = &all->docs[t->article];
    if (to <= from || to - from > most)
        return false;
    for (size_t i = from; i < to; i++) {
        struct str word = lang_token_text(doc, i);
        bool mark = !doc->tokens[i].word && !str_ends(word, S("s")) && word.n < 4 &&
                    !issue_is_quote_mark(word);
        bool date = (gaz_word(word) & WORD_DATE) && !issue_is_narrowing(word);
        bool shouted = word.n > 4 && !has_small(word);
        if (mark || shouted || date || issue_is_pronoun(word) ||
            (issue_evaluates(word) && !lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word)))
            return false;
    }
    return true;
}

/* Does the phrase go on behind where it ends: "the Norland [v. Southland ruling]", "the "Dreamer["
 * status]"? */
static bool goes_on(const struct issue_takings *all, const struct issue_taking *t)
{
    const struct lang_doc *doc = &all->docs[t->article];
    const struct issue_target *x = &t->side.target;
    uint32_t at = x->noun_end, end = doc->sentences[doc->tokens[x->noun].sentence].end;
    bool quoted = false;
    for (uint32_t i = x->first ? x->first - 1 : 0; i < at; i++)
        quoted ^= issue_is_quote_mark(lang_token_text(doc, i));
    if (at < end && quoted && issue_is_quote_mark(lang_token_text(doc, at)))
        return at + 1 < end && (gaz_word(lang_token_text(doc, at + 1)) & WORD_NOUN) &&
               !lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), lang_token_text(doc, at + 1));
    struct str next = at < end ? lang_token_text(doc, at) : (struct str){0};
    bool hyphen = issue_is_hyphen(next) && doc->tokens[at].at.start == doc->tokens[at - 1].at.end;
    return hyphen || str_eq(next, S("v")) || str_eq(next, S("vs")) || str_eq(next, S("v.")) ||
           str_eq(next, S("vs.")) ||
           (next.n > 1 && doc->tokens[at].word && doc->tokens[at].capital && x->head != NO_TOKEN &&
            doc->tokens[at - 1].capital);
}

/* How well the taking's own words tell what it is on: 0 where they cannot stand in a title. */
static double worth(const struct issue_takings *all, const struct issue_taking *t)
{
    const struct issue_target *x = &t->side.target;
    if (!issue_fits(all, t, issue_title_start(all, t), x->noun_end, ISSUE_LONGEST_TITLE) ||
        goes_on(all, t))
        return 0;
    size_t words = x->noun_end - x->noun;
    const struct lexicon *weak = lexicon_open(WORDS_WEAK_MODIFIERS);
    if (words < 2 && x->head != NO_TOKEN)
        return 0.4;
    bool empty = x->head == NO_TOKEN || issue_title_start(all, t) == x->head; /* "a new bill" */
    if (empty && lexicon_find(weak, word_of(all, t, x->noun)) &&
        !issue_is_narrowing(word_of(all, t, x->noun)))
        return 0.5;
    bool named =
        words >= 3 && all->docs[t->article].tokens[x->noun_end - 1].capital &&
        !lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word_of(all, t, x->noun_end - 2));
    return 1 + (t->n_marks ? 1.5 : 0) + (words >= 2 && words <= 6 ? 1 : 0) + (named ? 0.5 : 0);
}

static bool is_light(struct str verb)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_POLICY_VERBS), verb);
    return e && str_eq(e->class, S("vl"));
}

/* How many takings of the cluster call it by the same noun. */
static size_t same_head(const struct issue_takings *all, const struct issue_taking *const *v,
                        size_t n, size_t i)
{
    size_t same = 0;
    uint32_t head = v[i]->side.target.head;
    for (size_t k = 0; k < n && head != NO_TOKEN; k++) {
        uint32_t other = v[k]->side.target.head;
        same +=
            other != NO_TOKEN && str_eq_case(word_of(all, v[k], other), word_of(all, v[i], head));
    }
    return same;
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
        if (issue_is_narrowed(all, v[i]))
            sum *= 0.5; /* rather the whole than "the bill before the vote" */
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
        sum *= 1 + 0.05 * (double)same_head(all, v, n, i);
        sum += sum > 0 ? 0.1 * (double)issue_repeated(all, v, n, i) : 0;
        if (sum > *most) {
            *most = sum;
            best = v[i];
        }
    }
    return best;
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
    if (word.n <= 4 && !issue_is_vowel(last) && last < 'w' && issue_is_vowel(before) &&
        !issue_is_vowel(third))
        return arena_fmt(a, "%.*s%cing", STR_ARG(word), last);
    return arena_fmt(a, "%.*sing", STR_ARG(word));
}

/* Where "hold the rates [steady]" ends. */
static uint32_t completed_end(const struct issue_takings *all, const struct issue_taking *t)
{
    const struct lang_doc *doc = &all->docs[t->article];
    const struct issue_target *x = &t->side.target;
    uint32_t at = x->noun_end, end = doc->sentences[doc->tokens[x->noun].sentence].end;
    uint32_t whole = x->verb < x->noun_end ? issue_restricted_title_end(all, t, at) : at;
    if (whole > at || x->head == NO_TOKEN || at >= end || x->verb >= x->noun_end)
        return whole;
    struct str word = lang_token_text(doc, at);
    uint32_t flags = gaz_word(word),
             next = at + 1 < end ? gaz_word(lang_token_text(doc, at + 1)) : 0;
    const uint32_t others = WORD_NOUN | WORD_VERB | WORD_ADVERB | WORD_FUNCTION | WORD_DATE;
    bool quality = (flags & WORD_COMMON) && !(flags & others) && !issue_evaluates(word) &&
                   !lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word);
    return quality && !(next & WORD_NOUN) ? at + 1 : at;
}

/* "proposed [cuts in rates]": not the verb it looks like. */
static bool is_plural_noun(struct str word)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_POLICY_VERBS), word);
    return e && e->form == FORM_S && (gaz_word(word) & WORD_NOUN);
}

/* The object up to token `end` behind its article, without what a reporter thinks of it. */
static struct str with_article(struct arena *a, const struct issue_takings *all,
                               const struct issue_taking *t, const char *article, size_t end)
{
    size_t from = t->side.target.noun;
    while (from + 1 < end && issue_is_aside(word_of(all, t, from)))
        from++;
    struct str text = issue_text_of(a, &all->docs[t->article], from, end);
    bool vowel = text.n && issue_is_vowel((char)(text.p[0] | 32));
    return arena_fmt(a, "%s%.*s", *article == 't' ? article : vowel ? "an " : "a ", STR_ARG(text));
}

static struct str action_title(struct arena *a, const struct issue_takings *all,
                               const struct issue_taking *t)
{
    const struct lang_doc *doc = &all->docs[t->article];
    const struct issue_target *x = &t->side.target;
    struct str ing = gerund(a, doc, x->verb);
    if (!ing.n)
        return ing;
    if (x->verb < x->noun_end && is_plural_noun(word_of(all, t, x->verb)))
        return issue_text_of(a, doc, x->verb, x->noun_end);
    bool passive = x->verb >= x->noun_end;
    size_t behind = x->verb_end ? x->verb_end : x->verb + 1;
    behind += str_eq(lang_token_text(doc, behind), S("of")); /* "delay of" as a verb */
    size_t from = passive ? x->first : behind;
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
    if (!passive && x->head != NO_TOKEN && x->noun > behind) {
        struct str before = lang_token_text(doc, x->noun - 1);
        bool an = str_eq_case(before, S("an")), the = issue_is_pronoun(before);
        the = the || str_eq_case(before, S("the"));
        article = an ? "an " : str_eq_case(before, S("a")) ? "a " : the ? "the " : "";
        objects -= *article != 0;
        bool points = objects > behind && issue_is_pronoun(lang_token_text(doc, behind));
        if (objects > behind) /* "continue [that campaign of] advertising" */
            ing = arena_fmt(a, "%.*s %s%.*s", STR_ARG(ing), points ? "the " : "",
                            STR_ARG(issue_text_of(a, doc, behind + points, objects)));
    }
    if (x->head != NO_TOKEN && x->noun_end - x->noun < 2) {
        struct str noun = issue_noun_title(a, all, t, true);
        if (noun.n) {
            if (str_starts(noun, S("The ")) || str_starts(noun, S("A ")) ||
                str_starts(noun, S("An ")) ||
                str_starts(noun, lang_token_text(doc, x->noun)) == !doc->tokens[x->noun].capital)
                ((char *)noun.p)[0] = (char)(noun.p[0] | 32);
            return arena_fmt(a, "%.*s %.*s", STR_ARG(ing), STR_ARG(noun));
        }
        struct str head = word_of(all, t, x->head);
        if (issue_needs_word(head) && (issue_is_one(head) || completed_end(all, t) > x->noun_end))
            return noun;
    }
    uint32_t end = completed_end(all, t);
    if (*article)
        return arena_fmt(a, "%.*s %.*s", STR_ARG(ing),
                         STR_ARG(with_article(a, all, t, article, end)));
    if (end > x->noun_end)
        return arena_fmt(a, "%.*s %.*s", STR_ARG(ing),
                         STR_ARG(issue_text_of(a, doc, x->head == NO_TOKEN ? from : objects, end)));
    if (x->head != NO_TOKEN)
        return arena_fmt(a, "%.*s %.*s", STR_ARG(ing),
                         STR_ARG(issue_phrase_of(a, doc, x, objects)));
    return arena_fmt(a, "%.*s %.*s", STR_ARG(ing),
                     STR_ARG(issue_text_of(a, doc, from, passive ? x->noun_end : end)));
}

/* "demand [tax rates increase]": what is to happen, though it looks like a noun; empty if it is
 * one. */
static struct str clause_title(struct arena *a, const struct issue_takings *all,
                               const struct issue_taking *t)
{
    const struct issue_target *x = &t->side.target;
    const struct lang_doc *doc = &all->docs[t->article];
    if (x->head == NO_TOKEN || x->head <= x->noun || x->first != x->noun)
        return (struct str){0};
    struct str head = word_of(all, t, x->head), before = word_of(all, t, x->head - 1);
    const struct lexicon_entry *kin = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), head);
    bool plural = before.n > 3 && before.p[0] >= 'a' && str_ends(before, S("s")) &&
                  !str_ends(before, S("ss"));
    if (!plural || !kin || !str_eq(kin->class, S("increase")) || str_ends(head, S("s")))
        return (struct str){0};
    return arena_fmt(a, "%.*s %.*s", STR_ARG(gerund(a, doc, x->head)),
                     STR_ARG(issue_text_of(a, doc, x->noun, x->head)));
}

static struct str noun_title(struct arena *a, const struct issue_takings *all,
                             const struct issue_taking *t, bool proposal)
{
    struct str clause = clause_title(a, all, t);
    return clause.n ? clause : issue_noun_title(a, all, t, proposal);
}

/* "A similar bill": behind the article stands a word that tells nothing. */
static bool says_little(struct str title)
{
    struct str rest = title, word;
    str_split(&rest, ' ', &word);
    str_split(&rest, ' ', &word);
    return lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word) && !issue_is_narrowing(word);
}

/* "relent on", "cave on": how one holds to the thing, no act that one is for or against. */
static bool is_yielding(struct str verb)
{
    const struct lexicon_entry *policy = lexicon_find(lexicon_open(WORDS_POLICY_VERBS), verb),
                               *stance = lexicon_find(lexicon_open(WORDS_STANCE), verb);
    return !(policy && policy->listed) && !(stance && stance->listed);
}

/* "vowed to oppose the tax": the tax is the question. That one stands by somebody is one itself. */
static bool is_mere_side(struct arena *a, const struct issue_takings *all,
                         const struct issue_taking *t)
{
    static const char *const acts[] = {"opposing", "supporting", "favoring", "favouring", NULL};
    const struct issue_target *x = &t->side.target;
    struct issue_scene s = {.doc = &all->docs[t->article], .reading = &all->readings[t->article]};
    return x->head != NO_TOKEN && str_one_of(gerund(a, s.doc, x->verb), acts) &&
           issue_actor_at(&s, x->head) == NO_ACTOR;
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
    return is_light(verb) || (action->side.target.turn < 0 && (same * 2 < n || is_yielding(verb)));
}

/* "... the emergency[ and]": a phrase that was cut behind a word that joins. */
static struct str without_joint(struct str title)
{
    static const struct str joints[] = {STR(" and"), STR(" or"), STR(" but")};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (str_ends(title, joints[i]))
            return str_slice(title, 0, title.n - joints[i].n);
    return title;
}

/* With what it leaves open, out of the articles; empty where that is not told there. */
static struct str complete(struct arena *a, const struct issue_takings *all,
                           const struct issue_taking *const *v, size_t n, struct str title)
{
    title = issue_told_title(a, all, v, n, issue_without_hanging(title));
    if (title.n)
        title = issue_owned_title(a, all, v, n, title);
    if (title.n)
        title = issue_full_title(a, all, v, n, title);
    if (title.n)
        title = issue_done_title(a, all, v, n, title);
    return issue_office_title(a, all, issue_full_names(a, all, title));
}

struct issue_name issue_name_of(struct arena *a, const struct issue_takings *story,
                                const struct issue_taking *const *v, size_t n)
{
    struct issue_takings here = *story;
    const struct issue_takings *all = &here;
    here.named = v;
    here.n_named = n;
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
    if (action && is_mere_side(a, all, action))
        name.title = issue_noun_title(a, all, action, name.sort == ISSUE_PROPOSAL);
    bool poor = action && noun && says_poorly(all, action, v, n);
    if (!name.title.n && action && !poor && (name.sort == ISSUE_PROPOSAL || !noun)) {
        name.title = action_title(a, all, action);
        name.turn = action->side.target.turn;
    }
    bool weak = noun && action && noun_worth < 1;
    if (!name.title.n && weak) {
        struct str wide = issue_noun_title(a, all, noun, name.sort == ISSUE_PROPOSAL);
        if (!wide.n || says_little(wide)) {
            name.title = action_title(a, all, action);
            name.turn = action->side.target.turn;
        }
    }
    if (!name.title.n && noun) {
        for (size_t i = 0; i < n && fact && noun->side.sign > 0; i++)
            if (v[i]->side.sign < 0 && v[i]->side.target.verb == NO_TOKEN)
                noun = v[i];
        name.title = noun_title(a, all, noun, name.sort == ISSUE_PROPOSAL);
        name.turn = 1;
    }
    if (!name.title.n && action) {
        name.title = action_title(a, all, action);
        name.turn = action->side.target.turn;
    }
    name.title = capitalised(a, without_joint(name.title));
    if (!fact)
        name.title = complete(a, all, v, n, name.title);
    return name;
}

struct str issue_slug(struct arena *a, struct str title)
{
    struct str id = arena_str(a, title);
    char *p = (char *)id.p;
    size_t n = 0;
    for (size_t i = 0; i < title.n; i++) {
        unsigned char c = (unsigned char)title.p[i];
        if (str_starts(str_slice(title, i, title.n), S("\xE2\x80\x99"))) {
            c = '\'';
            i += 2;
        }
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
