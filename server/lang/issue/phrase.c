/* Noun phrases by the commonest part of speech of their words: see phrase.h. */
#include "lang/issue/phrase.h"

#include "lang/names/gazetteer.h"

enum { LONGEST_PHRASE = 6, COMPLEMENTS = 2 };

static struct str word_at(const struct issue_scene *s, size_t t)
{
    return t < s->to ? lang_token_text(s->doc, t) : (struct str){0};
}

static bool in_list(enum lexicon_list list, struct str word)
{
    return lexicon_find(lexicon_open(list), word) != NULL;
}

bool issue_is_determiner(struct str word)
{
    static const char *const words[] = {"the",   "a",    "an",    "this",    "that",  "these",
                                        "those", "its",  "their", "his",     "her",   "our",
                                        "my",    "your", "any",   "all",     "some",  "no",
                                        "such",  "both", "each",  "another", "whole", NULL};
    return str_one_of(word, words);
}

static bool is_possessive(struct str word)
{
    return str_eq(word, S("'s")) || str_eq(word, S("\xE2\x80\x99s")) || str_eq(word, S("'")) ||
           str_eq(word, S("\xE2\x80\x99"));
}

static bool is_verb_form(struct str word)
{
    return str_ends(word, S("ed")) || str_ends(word, S("ing")) || str_ends(word, S("en"));
}

/* Words that are nouns where a noun may stand, though oftener verbs: "plan", "ban", "vote". */
static bool is_known_noun(struct str word)
{
    return in_list(WORDS_TOPIC_NOUNS, word) || in_list(WORDS_ISSUE_FILLERS, word) ||
           (in_list(WORDS_ISSUE_KIN, word) && !is_verb_form(word));
}

/* `led`: a determiner, modifier or noun stands before. */
static bool is_noun(const struct issue_scene *s, size_t t, bool led)
{
    struct str word = word_at(s, t);
    if (!word.n)
        return false;
    const struct token *token = &s->doc->tokens[t];
    if (!token->word || word.n < 2 || word.n > 40 || (word.p[0] >= '0' && word.p[0] <= '9') ||
        word.p[0] == '\'' || in_list(WORDS_FUNCTION_WORDS, word))
        return false;
    uint32_t flags = gaz_word(word);
    if (token->capital && t > s->doc->sentences[token->sentence].first)
        return true;
    if (!(flags & WORD_COMMON) || (flags & WORD_NOUN))
        return !str_ends(word, S("ly"));
    return (flags & WORD_VERB) && led && is_known_noun(word);
}

static bool is_modifier(const struct issue_scene *s, size_t t)
{
    struct str word = word_at(s, t);
    if (!word.n || !s->doc->tokens[t].word || word.n < 2 || in_list(WORDS_FUNCTION_WORDS, word))
        return false;
    uint32_t flags = gaz_word(word);
    bool verbal = (flags & WORD_VERB) && (str_ends(word, S("ed")) || str_ends(word, S("ing")));
    return verbal || ((flags & WORD_COMMON) && !(flags & (WORD_NOUN | WORD_VERB | WORD_ADVERB)));
}

/* "the pay measure", "a recall vote": behind a determiner, before a noun. */
static bool is_verb_as_modifier(const struct issue_scene *s, size_t t)
{
    struct str word = word_at(s, t);
    return s->doc->tokens[t].word && (gaz_word(word) & WORD_VERB) && !str_ends(word, S("s")) &&
           !in_list(WORDS_FUNCTION_WORDS, word) && is_noun(s, t + 1, true);
}

/* Quotation marks and amounts before a noun tell nothing of it: "a "clean" resolution", "a 20-day
 * limit". */
static bool is_inert(struct str word)
{
    static const char *const words[] = {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "$", "%", "percent",
                                        NULL};
    return str_one_of(word, words) || (word.n && word.p[0] >= '0' && word.p[0] <= '9');
}

/* Outside of headlines a capital behind a word is a name's: "the Harbour Oversight and [Reform]
 * Committee"; in them, what is amid the name of a body. */
bool issue_is_in_name(const struct issue_scene *s, size_t t)
{
    const struct lang_doc *doc = s->doc;
    size_t first = doc->sentences[doc->tokens[t].sentence].first;
    if (!doc->tokens[t].capital || t == first)
        return false;
    if (doc->tokens[t].sentence)
        return doc->tokens[t - 1].word;
    int32_t who = issue_actor_at(s, t);
    return who != NO_ACTOR && s->reading->actors[who].kind == ACTOR_ORGANISATION &&
           issue_actor_at(s, t - 1) == who;
}

static bool is_body_noun(struct str word)
{
    return in_list(WORDS_BODY_NOUNS, word) || (gaz_word(word) & WORD_NOMINAL_ORG);
}

/* "the Harbour Oversight [and] Reform Committee". */
static bool joins_name(const struct issue_scene *s, size_t t)
{
    size_t end = t + 1;
    if (!str_eq(word_at(s, t), S("and")) || t <= s->from || !s->doc->tokens[t - 1].capital)
        return false;
    while (end < s->to && s->doc->tokens[end].capital && s->doc->tokens[end].word)
        end++;
    if (end == t + 1)
        return false;
    int32_t who = s->reading ? issue_actor_at(s, t) : NO_ACTOR;
    bool one =
        who != NO_ACTOR && who == issue_actor_at(s, t - 1) && who == issue_actor_at(s, t + 1);
    return one || (end > t + 2 && s->doc->tokens[t].sentence && is_body_noun(word_at(s, end - 1)) &&
                   !is_body_noun(word_at(s, t - 1)));
}

/* "let them [fight] crime". */
static bool is_bare_infinitive(const struct issue_scene *s, size_t t)
{
    static const enum lexicon_list lists[] = {WORDS_STANCE, WORDS_POLICY_VERBS};
    static const char *const whom[] = {"me", "us", "him", "them", NULL};
    if (t <= s->from || !str_one_of(word_at(s, t - 1), whom) ||
        !(issue_is_determiner(word_at(s, t + 1)) || is_noun(s, t + 1, false)))
        return false;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct lexicon_entry *e = lexicon_find(lexicon_open(lists[i]), word_at(s, t));
        if (e && e->class.p[0] == 'v' && e->form == FORM_BASE)
            return true;
    }
    return false;
}

/* The noun phrase at t, behind determiners. */
bool issue_phrase_at(const struct issue_scene *s, size_t t, struct phrase *out)
{
    if (is_bare_infinitive(s, t))
        return false;
    bool led =
        t > s->from && (issue_is_determiner(word_at(s, t - 1)) || is_possessive(word_at(s, t - 1)));
    size_t head = STR_NONE, i = t;
    for (; i < s->to && i - t <= LONGEST_PHRASE; i++) {
        bool modifies = is_modifier(s, i) || (i == t && led && is_verb_as_modifier(s, i));
        if (is_possessive(word_at(s, i)) && head == i - 1) {
            led = true;
            continue;
        }
        if (head == STR_NONE && (i > t || led) && is_inert(word_at(s, i)))
            continue;
        if (head != STR_NONE && head + 1 == i && joins_name(s, i)) {
            head = i;
            continue;
        }
        if (is_noun(s, i, led) && !(modifies && head == STR_NONE && is_noun(s, i + 1, true)))
            head = i;
        else if (!modifies ||
                 (head != STR_NONE && (is_verb_form(word_at(s, i)) || !is_noun(s, i + 1, true))))
            break; /* "the bill [taking shape]" */
        led = true;
    }
    if (head == STR_NONE)
        return false;
    *out = (struct phrase){t, head, head + 1};
    return true;
}

size_t issue_skip_determiners(const struct issue_scene *s, size_t t)
{
    while (t < s->to && issue_is_determiner(word_at(s, t)))
        t++;
    return t;
}

static bool is_link(struct str word)
{
    static const char *const words[] = {"of",      "on",   "over", "for", "with", "against",
                                        "between", "into", "to",   "in",  "by",   NULL};
    return str_one_of(word, words);
}

/* "on the grounds", "in the coming months": tells nothing from its like. */
static bool says_little(struct str word)
{
    bool name = word.n && word.p[0] >= 'A' && word.p[0] <= 'Z'; /* "for the Harbours Act" */
    return (gaz_word(word) & WORD_DATE) ||
           (!name && (in_list(WORDS_VAGUE_NOUNS, word) || in_list(WORDS_GENERIC_NOUNS, word)));
}

/* "as Russian territory", behind what is recognised. */
size_t issue_role_end(const struct issue_scene *s, size_t t)
{
    struct phrase p;
    size_t at = issue_skip_determiners(s, t + 1);
    bool as = str_eq(word_at(s, t), S("as")) && at < s->to && issue_phrase_at(s, at, &p);
    if (!as || says_little(word_at(s, p.head)))
        return t;
    return str_eq(word_at(s, p.end), S("general")) ? p.end + 1 : p.end;
}

/* "the anti[-noise bill]". */
static bool is_prefixed(const struct issue_scene *s, const struct phrase *p)
{
    if (p->first < 2)
        return false;
    struct str mark = lang_token_text(s->doc, p->first - 1),
               before = lang_token_text(s->doc, p->first - 2);
    bool hyphen = str_starts(mark, S("-")) || str_starts(mark, S("\xE2\x80"));
    return hyphen && str_eq_case(before, S("anti"));
}

bool issue_is_undone_behind(const struct issue_scene *s, const struct phrase *p)
{
    size_t n;
    if (is_prefixed(s, p))
        return true;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_UNDOING), s->doc, p->end, s->to, &n);
    return e && str_eq(e->class, S("v")) && e->form == FORM_BASE && n == 1 && p->first > s->from &&
           issue_is_determiner(word_at(s, p->first - 1)) &&
           !issue_is_determiner(word_at(s, p->end + 1));
}

size_t issue_left_undone(const struct issue_scene *s, size_t t)
{
    size_t n;
    const struct lexicon_entry *e = lexicon_match(lexicon_open(WORDS_STANCE), s->doc, t, s->to, &n);
    return e && e->class.p[0] == 'x' && str_ends(e->phrase, S(" to")) ? n : 0;
}

/* Where the complements of the phrase that ends at t end: "on Norland", "of the charges". */
size_t issue_complements_end(const struct issue_scene *s, size_t t)
{
    for (unsigned i = 0; i < COMPLEMENTS && is_link(word_at(s, t)); i++) {
        struct phrase p;
        size_t at = issue_skip_determiners(s, t + 1);
        if (at >= s->to || !issue_phrase_at(s, at, &p) || says_little(word_at(s, p.head)))
            break;
        bool loose = str_one_of(word_at(s, t), (const char *const[]){"in", "to", "by", NULL});
        if (loose && !s->doc->tokens[p.head].capital)
            break;
        t = p.end;
        while (str_eq(word_at(s, t), S("and")) && issue_phrase_at(s, t + 1, &p) &&
               s->doc->tokens[p.head].capital)
            t = p.end;
    }
    return t;
}

size_t issue_whole_end(const struct lang_doc *doc, size_t end)
{
    enum { ROLE = 5, OWNED = 10 };
    if (end >= doc->n_tokens)
        return end;
    struct str word = lang_token_text(doc, end);
    bool owns = str_eq(word, S("'s")) || str_eq(word, S("\xE2\x80\x99s"));
    if (!owns && !str_eq_case(word, S("as")))
        return end;
    size_t most = doc->sentences[doc->tokens[end].sentence].end;
    size_t to = end + (owns ? OWNED : ROLE);
    return to < most ? to : most;
}
