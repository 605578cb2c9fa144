/* What a side is taken on, made comparable over statements and articles: see parts.h. */
#include "lang/issue/parts.h"

#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

#include <stdlib.h>

enum { MOST_MARKS = 12 };

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Does the word tell one thing of a kind from another? Evaluations do not, nor "new". */
static bool tells(struct str word)
{
    static const enum lexicon_list empty[] = {WORDS_FUNCTION_WORDS, WORDS_GENERIC_NOUNS,
                                              WORDS_WEAK_MODIFIERS};
    uint32_t flags = gaz_word(word);
    if (word.n < 3 || issue_evaluates(word) ||
        (flags & (WORD_DATE | WORD_ADVERB | WORD_HONORIFIC | WORD_MODIFIER)))
        return false;
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (lexicon_find(lexicon_open(empty[i]), word))
            return false;
    return true;
}

static void add_marks(struct arena *a, const struct lang_doc *doc, struct issue_taking *t)
{
    const struct issue_target *target = &t->side.target;
    char stem[128];
    t->marks = arena_array(a, MOST_MARKS, sizeof *t->marks);
    t->before = arena_array(a, MOST_MARKS, sizeof *t->before);
    for (uint32_t i = target->noun; i < target->noun_end && t->n_marks < MOST_MARKS; i++) {
        struct str word = lang_token_text(doc, i);
        if (i == target->head || i == target->verb || !doc->tokens[i].word || word.n > 60 ||
            !tells(word) || (target->head == NO_TOKEN && !doc->tokens[i].capital))
            continue; /* of a lone verb only names tell: "impeach the mayor for neglect" */
        t->marks[t->n_marks] = arena_str(a, lang_term_stem(word, stem, sizeof stem));
        if (target->head != NO_TOKEN && i < target->head)
            t->before[t->n_before++] = t->marks[t->n_marks];
        t->n_marks++;
    }
    if (t->n_marks > 1)
        qsort(t->marks, t->n_marks, sizeof *t->marks, by_text);
    if (t->n_before > 1)
        qsort(t->before, t->n_before, sizeof *t->before, by_text);
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
        add_marks(a, doc, &t);
    return t;
}

/* "three officials", "critics of the plan": people; not "the lawsuit", "a report". */
static bool is_people(struct str name)
{
    const uint32_t people =
        WORD_ROLE | WORD_KIN | WORD_UNNAMED | WORD_COLLECTIVE | WORD_COUNTRY | WORD_NOMINAL_ORG;
    struct str rest = name, word;
    while (str_split(&rest, ' ', &word)) {
        if (gaz_word(word) & people)
            return true;
        if (lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) && !str_eq(word, S("a")) &&
            !str_eq(word, S("the")))
            break;
    }
    return str_ends(name, S("s")) && !lexicon_find(lexicon_open(WORDS_ISSUE_KIN), name);
}

bool issue_is_anybody(const struct lang_actor *actor)
{
    if (actor->kind != ACTOR_UNNAMED || actor->of.n)
        return false;
    struct str rest = actor->name, word;
    size_t n = 0;
    while (str_split(&rest, ' ', &word))
        n += !(lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) ||
               (gaz_word(word) & WORD_MODIFIER));
    return n < 2;
}

bool issue_speaker_counts(const struct lang_reading *r, const struct lang_statement *s)
{
    if (s->speaker == NO_ACTOR || !s->content.n)
        return false;
    const struct lang_actor *actor = &r->actors[s->speaker];
    if (issue_is_anybody(actor))
        return false;
    return actor->kind != ACTOR_OUTLET && (actor->kind != ACTOR_UNNAMED || is_people(actor->name));
}

int8_t issue_taking_sign(const struct issue_taking *t)
{
    return (int8_t)(t->side.sign * t->side.target.turn * (t->side.target.undone ? -1 : 1));
}

bool issue_marked(const struct issue_marks *marks, const struct issue_taking *t)
{
    if (!str_eq(marks->key, t->key))
        return false;
    if (!t->n_marks)
        return marks->bare;
    for (size_t i = 0; i < t->n_marks; i++)
        if (bsearch(&t->marks[i], marks->v, marks->n, sizeof *marks->v, by_text))
            return true;
    return false;
}
