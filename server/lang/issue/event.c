/* Events that can be so or not, as somebody asserts and another denies (words/kin.txt, "w"), and
 * conditions that are none. */
#include "lang/issue/target.h"

enum { NOUN_REACH = 6, VERB_REACH = 16, BACK_REACH = 400 };

static struct str word_at(const struct issue_scene *s, size_t t)
{
    return t < s->to ? lang_token_text(s->doc, t) : (struct str){0};
}

bool issue_negates(struct str word)
{
    static const char *const words[] = {"not",     "n't", "n\xE2\x80\x99t", "never",  "no",
                                        "neither", "nor", "without",        "hardly", NULL};
    return str_one_of(word, words);
}

static const struct lexicon_entry *event_of(struct str word)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
    return e && str_find_char(e->more, 'w', 0) != STR_NONE ? e : NULL;
}

bool issue_is_event(const struct issue_scene *s, size_t t)
{
    return t < s->to && event_of(word_at(s, t));
}

/* "the hacked servers", "the company's bribed men". */
static bool modifies(const struct issue_scene *s, size_t t)
{
    struct str before = word_at(s, t - 1);
    return str_eq_case(before, S("the")) || str_eq_case(before, S("a")) ||
           str_ends(before, S("'s")) || str_ends(before, S("\xE2\x80\x99s"));
}

/* "accused the company of bribing". */
static bool is_accused(const struct issue_scene *s, size_t t)
{
    return t > s->from && str_ends(word_at(s, t), S("ing")) && event_of(word_at(s, t)) &&
           str_eq(word_at(s, t - 1), S("of"));
}

static bool is_past(struct str word)
{
    return str_ends(word, S("ed")) || str_eq(word, S("stole")) || str_eq(word, S("misled"));
}

/* Is the word at t an event, and told as one? A noun only where nouns count. */
static bool tells_event(const struct issue_scene *s, size_t t, size_t from, bool nouns)
{
    struct str word = word_at(s, t);
    const struct lexicon_entry *e = event_of(word);
    if (!e || issue_actor_at(s, t) != NO_ACTOR)
        return false;
    bool verb = str_find_char(e->more, 'v', 0) != STR_NONE, past = is_past(word);
    if (verb && past && t > from && modifies(s, t))
        return false;
    return nouns || (verb && (past));
}

static bool event_at(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    struct str word = word_at(s, t);
    bool verb = str_find_char(event_of(word)->more, 'v', 0) != STR_NONE;
    if (!(verb && issue_action_at(s, t, out)) && !issue_target_at(s, t, out))
        return false;
    out->key = issue_key(s->arena, word);
    out->turn = 1;
    return true;
}

bool issue_event_in(const struct issue_scene *s, size_t t, bool nouns, struct issue_target *out,
                    int8_t *sign)
{
    bool negated = false;
    for (size_t i = t; i < s->to && i < t + VERB_REACH; i++) {
        negated = negated || issue_negates(word_at(s, i));
        if (!tells_event(s, i, t, nouns && i < t + NOUN_REACH) || !event_at(s, i, out))
            continue;
        *sign = negated ? -1 : 1;
        return true;
    }
    return false;
}

/* "the allegations", "Reed's claims". */
bool issue_is_allegation(const struct issue_scene *s, size_t t)
{
    for (size_t i = t; i < s->to && i < t + NOUN_REACH; i++) {
        const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word_at(s, i));
        if (e)
            return str_eq(e->class, S("allegation"));
    }
    return false;
}

bool issue_event_alleged(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    if (!issue_is_allegation(s, t))
        return false;
    for (size_t i = t, n = 0; i-- > 0 && n < BACK_REACH; n++) {
        struct issue_scene there = *s;
        const struct sentence *sentence = &s->doc->sentences[s->doc->tokens[i].sentence];
        there.from = sentence->first;
        there.to = sentence->end;
        if ((tells_event(&there, i, there.from, false) || is_accused(&there, i)) &&
            event_at(&there, i, out))
            return true;
    }
    return false;
}

bool issue_is_formality(const struct lang_doc *doc, size_t first, size_t end)
{
    static const char *const anybody[] = {"you", "anyone", "anybody", "someone", "somebody", NULL};
    if (end > first + 1 && str_one_of(lang_token_text(doc, first + 1), anybody))
        return true;
    if (end != first + 2)
        return false;
    struct str word = lang_token_text(doc, first + 1);
    return str_ends(word, S("ed")) || str_eq(word, S("needed")) || str_eq(word, S("necessary"));
}

size_t issue_prospect_start(const struct issue_scene *s, size_t t)
{
    static const char *const prospects[] = {"likely",  "set",      "bound", "sure",
                                            "certain", "expected", "going", NULL};
    static const char *const be[] = {"is", "are", "was", "were", "'s", "'re", NULL};
    size_t at = t;
    if (at < s->from + 3 || !str_eq(word_at(s, at - 1), S("to")) ||
        !str_one_of(word_at(s, at - 2), prospects))
        return t;
    at -= 2;
    at -= str_eq(word_at(s, at - 1), S("very")) || str_eq(word_at(s, at - 1), S("almost"));
    return at > s->from && str_one_of(word_at(s, at - 1), be) ? at - 1 : t;
}

bool issue_is_claim(const struct issue_scene *s, size_t t)
{
    static const char *const claims[] = {
        "notion",      "suggestion", "suggestions", "claim",     "claims",     "accusation",
        "accusations", "allegation", "allegations", "assertion", "assertions", "charge",
        "charges",     "argument",   "arguments",   "criticism", NULL};
    enum { MODIFIERS = 3 };
    for (size_t i = t; i + 1 < s->to && i < t + MODIFIERS; i++)
        if (str_one_of(word_at(s, i), claims) && str_eq(word_at(s, i + 1), S("that")))
            return true;
    return false;
}
