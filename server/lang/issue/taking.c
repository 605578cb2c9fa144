/* What a side is taken on, made comparable over statements and articles: see parts.h. */
#include "lang/issue/parts.h"

#include "assets/wordlist.h"

#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST_MARKS = 12 };

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

bool issue_tells(struct str word)
{
    static const enum lexicon_list empty[] = {WORDS_FUNCTION_WORDS, WORDS_GENERIC_NOUNS,
                                              WORDS_WEAK_MODIFIERS};
    uint32_t flags = gaz_word(word);
    if (word.n < 3 || issue_evaluates(word) || (flags & (WORD_DATE | WORD_ADVERB | WORD_HONORIFIC)))
        return false;
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (lexicon_find(lexicon_open(empty[i]), word))
            return false;
    return true;
}

/* Where a mark stands: what two things have in one place and differ in tells them apart, a word
 * before one and "against" behind the other do not. */
enum slot {
    SLOT_KIND = 1,
    SLOT_NAME = 2,
    SLOT_ON = 4,
    SLOT_WITH = 8,
    SLOT_FOR = 16,
    SLOT_IN = 32,
    SLOT_ALL = 63
};

static uint32_t slot_of_link(struct str word)
{
    static const struct {
        const char *word;
        uint32_t slot;
    } links[] = {{"on", SLOT_ON},     {"over", SLOT_ON},      {"against", SLOT_ON},
                 {"with", SLOT_WITH}, {"between", SLOT_WITH}, {"for", SLOT_FOR},
                 {"in", SLOT_IN},     {"into", SLOT_IN},      {"to", SLOT_IN},
                 {"of", SLOT_KIND},   {"by", SLOT_NAME}};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (str_eq(word, str_of(links[i].word)))
            return links[i].slot;
    return 0;
}

/* "the House bill", "the State plan": general words that are names where they are written large. */
static bool names_house(const struct lang_doc *doc, uint32_t t)
{
    struct str word = lang_token_text(doc, t);
    return doc->tokens[t].capital && t > doc->sentences[doc->tokens[t].sentence].first &&
           lexicon_find(lexicon_open(WORDS_GENERIC_NOUNS), word) &&
           !(gaz_word(word) & (WORD_DATE | WORD_HONORIFIC));
}

/* Adds the marks among the tokens [x->noun, to) of a target. */
static void add_marks(struct arena *a, const struct lang_doc *doc, const struct issue_target *x,
                      uint32_t to, struct issue_taking *t)
{
    char stem[128];
    uint32_t slot = 0;
    bool linked = false;
    for (uint32_t i = x->noun; i < to && t->n_marks < MOST_MARKS; i++) {
        struct str word = lang_token_text(doc, i);
        if (i > x->head && i < x->noun_end && slot_of_link(word))
            slot = slot_of_link(word);
        linked = linked || slot_of_link(word);
        if ((i == x->head && !x->nominal) || i == x->verb || !doc->tokens[i].word || word.n > 60 ||
            !(issue_tells(word) || names_house(doc, i)) ||
            (x->head == NO_TOKEN && linked && !doc->tokens[i].capital))
            continue; /* of a lone verb only names tell: "impeach the mayor for neglect" */
        bool plain_verb =
            i >= x->noun_end && !doc->tokens[i].capital && (gaz_word(word) & WORD_VERB) != 0;
        if (plain_verb)
            continue;
        t->marks[t->n_marks++] = arena_str(a, lang_term_stem(word, stem, sizeof stem));
        bool behind = x->head != NO_TOKEN && i > x->head && i < x->noun_end && slot;
        t->slots |= i >= x->noun_end         ? SLOT_ALL
                    : behind                 ? slot
                    : doc->tokens[i].capital ? SLOT_NAME
                                             : SLOT_KIND;
    }
}

bool issue_is_told(const struct lang_doc *doc, const struct issue_target *x)
{
    uint32_t slot = 0;
    for (uint32_t i = x->noun, end = issue_restricted_end(doc, x); i < end; i++) {
        struct str word = lang_token_text(doc, i);
        slot = i >= x->noun_end ? 0 : i > x->head && slot_of_link(word) ? slot_of_link(word) : slot;
        bool loose = (slot & (SLOT_FOR | SLOT_IN)) && !doc->tokens[i].capital;
        if (i != x->head && doc->tokens[i].word && !loose &&
            (issue_tells(word) || names_house(doc, i)))
            return true;
    }
    return false;
}

/* "the Norlandic leader" and "Reed" tell the same. */
static void add_actors(const struct issue_scene *s, const struct issue_target *x, uint32_t to,
                       struct issue_taking *t)
{
    int32_t last = NO_ACTOR;
    for (uint32_t i = x->noun; i < to && t->n_marks < MOST_MARKS; i++) {
        int32_t actor = i == x->verb ? NO_ACTOR : issue_actor_at(s, i);
        if (actor != NO_ACTOR && actor != last) {
            t->marks[t->n_marks++] = s->reading->actors[actor].key;
            t->slots |= t->slots ? 0 : SLOT_NAME;
        }
        last = actor;
    }
}

/* Talks with the one are talks with the other: whom they are with tells nothing. */
static bool is_mutual(const struct lang_doc *doc, const struct issue_target *x)
{
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_ISSUE_KIN),
                     lang_token_text(doc, x->head == NO_TOKEN ? x->verb : x->head));
    return e && str_find_char(e->more, 'm', 0) != STR_NONE;
}

static void find_marks(struct arena *a, const struct lang_doc *doc,
                       const struct lang_reading *reading, struct issue_taking *t)
{
    const struct issue_target *x = &t->side.target;
    struct issue_scene s = {.arena = a, .doc = doc, .reading = reading};
    t->marks = arena_array(a, MOST_MARKS, sizeof *t->marks);
    add_marks(a, doc, x, issue_restricted_end(doc, x), t);
    add_actors(&s, x, x->noun_end, t);
    if (is_mutual(doc, x))
        t->slots &= ~(uint32_t)(SLOT_NAME | SLOT_WITH);
    if (!t->n_marks && issue_antecedent(&s, x, &t->full)) {
        t->has_full = true;
        add_marks(a, doc, &t->full, issue_restricted_end(doc, &t->full), t);
    }
    if (t->n_marks > 1)
        qsort(t->marks, t->n_marks, sizeof *t->marks, by_text);
}

struct issue_taking issue_taking_of(struct arena *a, const struct lang_doc *doc,
                                    const struct lang_reading *reading, struct issue_side side)
{
    struct issue_taking t = {.side = side};
    const struct issue_target *target = &side.target;
    if (side.sort == ISSUE_FACT)
        t.key = arena_fmt(a, "%.*s?", STR_ARG(target->key));
    else if (target->head == NO_TOKEN && target->who != NO_ACTOR)
        t.key = arena_fmt(a, "%.*s of %.*s", STR_ARG(target->key),
                          STR_ARG(reading->actors[target->who].key));
    else
        t.key = target->key;
    if (target->head == NO_TOKEN && target->who != NO_ACTOR)
        t.who = reading->actors[target->who].name;
    if (side.sort != ISSUE_FACT)
        find_marks(a, doc, reading, &t);
    return t;
}

/* "three officials", "critics of the plan": people; not "the lawsuit", "a report". */
static bool is_people(struct str name)
{
    const uint32_t people =
        WORD_ROLE | WORD_KIN | WORD_UNNAMED | WORD_COLLECTIVE | WORD_COUNTRY | WORD_NOMINAL_ORG;
    struct str rest = name, word;
    bool begun = false;
    while (str_split(&rest, ' ', &word)) {
        if (gaz_word(word) & people)
            return true;
        bool function = lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) != NULL;
        if (function && begun)
            break; /* behind "two" may come people, behind "report of" none that speak */
        begun = begun || !function;
    }
    return str_ends(name, S("s")) && !str_contains(name, S(" of ")) &&
           !lexicon_find(lexicon_open(WORDS_ISSUE_KIN), name);
}

/* "Officials", "a country"; those of somebody ("his aides") are known by whose they are. */
bool issue_is_anybody(const struct lang_actor *actor)
{
    if (actor->kind != ACTOR_UNNAMED)
        return false;
    struct str rest = actor->name, word;
    size_t n = 0, leads = 0;
    bool state = false;
    while (str_split(&rest, ' ', &word)) {
        n += !(lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) ||
               (gaz_word(word) & WORD_MODIFIER));
        leads += str_eq_case(word, S("a")) || str_eq_case(word, S("an"));
        state = state || gaz_word(word) & WORD_COUNTRY;
    }
    return (n < 2 && !actor->of.n) || (state && n < 2 + leads);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset voices;

static void load(void)
{
    voices = wordset_load("lang/issue/words/voices.txt");
}

/* Has the actor no side of its own: a chamber ("Congress"), "people familiar with the talks"? */
static bool has_no_voice(const struct lang_actor *actor)
{
    pthread_once(&once, load);
    struct str rest = actor->name, word;
    while (actor->kind != ACTOR_PERSON && str_split(&rest, ' ', &word)) {
        const struct wordset_entry *e = wordset_find_lower(&voices, word);
        if (e && ((str_eq(e->value, S("divided")) && actor->kind != ACTOR_UNNAMED) ||
                  (str_eq(e->value, S("hearsay")) && actor->kind == ACTOR_UNNAMED)))
            return true;
    }
    return false;
}

bool issue_judges(const struct lang_doc *doc, const struct lang_reading *r,
                  const struct lang_statement *s)
{
    pthread_once(&once, load);
    struct str rest =
        s->source.n ? lang_span_text(doc, s->source.v[0]) : r->actors[s->speaker].name;
    struct str word;
    while (str_split(&rest, ' ', &word)) {
        const struct wordset_entry *e = wordset_find_lower(&voices, word);
        if (e && str_eq(e->value, S("judge")))
            return true;
    }
    return false;
}

bool issue_speaker_counts(const struct lang_reading *r, const struct lang_statement *s)
{
    if (s->speaker == NO_ACTOR || !s->content.n)
        return false;
    const struct lang_actor *actor = &r->actors[s->speaker];
    if (issue_is_anybody(actor) || has_no_voice(actor))
        return false;
    return actor->kind != ACTOR_OUTLET && (actor->kind != ACTOR_UNNAMED || is_people(actor->name));
}

/* "declined to confirm": no side, whatever else the words say. */
bool issue_declines(const struct lang_doc *doc, const struct lang_statement *s)
{
    size_t n;
    if (!s->cue.n)
        return false;
    for (size_t t = lang_token_at(doc, s->cue.v[0].start);
         t < doc->n_tokens && doc->tokens[t].at.start < s->cue.v[0].end; t++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_REPLIES), doc, t, doc->n_tokens, &n);
        bool stem = str_starts(lang_token_text(doc, t), S("declin"));
        if (stem || (e && e->class.p[0] != 'v'))
            return true;
    }
    return false;
}

/* "depending on how [Reed decides]": the source begins at token t. */
static bool is_depended_on(const struct lang_doc *doc, size_t t)
{
    static const char *const open[] = {"how", "what", "when", "which", "who", NULL};
    return t > 2 && str_one_of(lang_token_text(doc, t - 1), open) &&
           str_starts(lang_token_text(doc, t - 2), S("on")) &&
           (str_starts(lang_token_text(doc, t - 3), S("depend")) ||
            str_starts(lang_token_text(doc, t - 3), S("Depend")));
}

/* "If a country wants to buy it", "would normally defend it": what is supposed, or done otherwise.
 */
bool issue_supposes(const struct lang_doc *doc, const struct lang_statement *s)
{
    static const char *const ifs[] = {"if", "whenever", "unless", "suppose", "whether", NULL};
    static const char *const habits[] = {"normally", "usually", "typically", "ordinarily", NULL};
    size_t t = s->source.n ? lang_token_at(doc, s->source.v[0].start) : 0;
    if (t && doc->tokens[t - 1].sentence == doc->tokens[t].sentence &&
        (str_one_of(lang_token_text(doc, t - 1), ifs) || is_depended_on(doc, t)))
        return true;
    for (size_t i = 0; i < s->cue.n; i++)
        for (t = lang_token_at(doc, s->cue.v[i].start);
             t < doc->n_tokens && doc->tokens[t].at.start < s->cue.v[i].end; t++)
            if (str_one_of(lang_token_text(doc, t), habits))
                return true;
    return false;
}

int8_t issue_taking_sign(const struct issue_taking *t)
{
    return (int8_t)(t->side.sign * t->side.target.turn * (t->side.target.undone ? -1 : 1));
}

bool issue_share_marks(const struct issue_marks *marks, const struct issue_taking *t)
{
    if (!t->n_marks)
        return marks->bare;
    for (size_t i = 0; i < t->n_marks; i++)
        if (bsearch(&t->marks[i], marks->v, marks->n, sizeof *marks->v, by_text))
            return true;
    return false;
}

bool issue_marked(const struct issue_marks *marks, const struct issue_taking *t)
{
    return str_eq(marks->key, t->key) && issue_share_marks(marks, t);
}
