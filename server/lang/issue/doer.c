/* What somebody is to do or to be kept from, who is named before it: "the council to close the
 * harbour", "them from closing it", "that he close it".
 *
 * And what is done to a person, who is no thing to be for or against: whom somebody stands by
 * ("endorsed Reed", "will not vote for Mayor Stone") is a question; what is said of the person's
 * plans, or where he is backed ("on the tax"), is another, and what somebody runs for is none. */
#include "lang/issue/phrase.h"

#include "lang/names/gazetteer.h"

static struct str word_at(const struct issue_scene *s, size_t t)
{
    return t < s->to ? lang_token_text(s->doc, t) : (struct str){0};
}

static bool in_list(enum lexicon_list list, struct str word)
{
    return lexicon_find(lexicon_open(list), word) != NULL;
}

enum { DOER_REACH = 10 };

/* Is the noun phrase at t of people or of a body: "the council", "lawmakers", "Reed", "them"? */
static bool is_doer(const struct issue_scene *s, size_t t)
{
    static const char *const pronouns[] = {"him",  "her", "them", "us",      "me",     "he",
                                           "they", "we",  "she",  "anybody", "anyone", NULL};
    struct phrase p;
    size_t at = issue_skip_determiners(s, t);
    if (str_one_of(word_at(s, t), pronouns))
        return true;
    return at < s->to && issue_phrase_at(s, at, &p) &&
           (issue_actor_at(s, p.head) != NO_ACTOR || issue_is_somebody(word_at(s, p.head)) ||
            (gaz_word(word_at(s, p.head)) & WORD_NOMINAL_ORG) ||
            in_list(WORDS_BODY_NOUNS, word_at(s, p.head)) || s->doc->tokens[p.head].capital);
}

/* May the word stand in a phrase that tells who is to do it? */
static bool may_tell_doer(const struct issue_scene *s, size_t t)
{
    static const char *const joins[] = {"and", "or", "of", "in", "the", "not", NULL};
    struct str word = word_at(s, t);
    uint32_t flags = gaz_word(word);
    return s->doc->tokens[t].capital || issue_actor_at(s, t) != NO_ACTOR ||
           issue_is_determiner(word) || str_one_of(word, joins) ||
           (flags & (WORD_NOUN | WORD_ROLE | WORD_COLLECTIVE | WORD_PRONOUN)) ||
           !(flags & (WORD_VERB | WORD_FUNCTION | WORD_ADVERB));
}

static bool is_base_verb(const struct issue_scene *s, size_t t)
{
    static const enum lexicon_list lists[] = {WORDS_POLICY_VERBS, WORDS_STANCE};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct lexicon_entry *e = lexicon_find(lexicon_open(lists[i]), word_at(s, t));
        if (e && e->class.p[0] == 'v' && e->form == FORM_BASE)
            return true;
    }
    return false;
}

/* "Marsh end the": behind a name, a word that is a noun as well. */
static bool name_does(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    while (t < s->to && issue_actor_at(s, t) != NO_ACTOR)
        t++;
    return t > s->from && t + 1 < s->to && issue_actor_at(s, t - 1) != NO_ACTOR &&
           is_base_verb(s, t) && issue_is_determiner(word_at(s, t + 1)) && issue_verb_at(s, t, out);
}

bool issue_done_by_at(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    if (str_eq(word_at(s, t), S("that")))
        t++;
    if (t >= s->to || name_does(s, t, out))
        return t < s->to;
    if (!is_doer(s, t))
        return false;
    for (size_t i = t + 1; i + 1 < s->to && i < t + DOER_REACH; i++) {
        if (str_eq(word_at(s, i), S("to")))
            return issue_verb_at(s, i + 1, out);
        if (str_eq(word_at(s, i), S("from")) && str_ends(word_at(s, i + 1), S("ing"))) {
            bool acts = issue_action_at(s, i + 1, out);
            if (acts)
                out->undone = !out->undone;
            return acts;
        }
        if (is_base_verb(s, i) && !issue_is_determiner(word_at(s, i - 1)))
            return issue_verb_at(s, i, out); /* "demanded that the council lift" */
        if (!may_tell_doer(s, i))
            return false;
    }
    return false;
}

/* ---------------------------------------------------------------------------------------- backing
 */

enum { TITLES = 4 };

/* The person whose name, behind titles, begins at t; `end` is set behind the name. */
static bool person_at(const struct issue_scene *s, size_t t, size_t *end)
{
    size_t at = t;
    while (at < s->to && at < t + TITLES && issue_actor_at(s, at) == NO_ACTOR) {
        bool title = s->doc->tokens[at].capital || issue_is_somebody(word_at(s, at));
        if (!s->doc->tokens[at].word || !title)
            return false;
        at++;
    }
    int32_t who = at < s->to ? issue_actor_at(s, at) : NO_ACTOR;
    if (who == NO_ACTOR || s->reading->actors[who].kind != ACTOR_PERSON)
        return false;
    while (at < s->to && issue_actor_at(s, at) == who)
        at++;
    *end = at;
    return s->doc->tokens[at - 1].capital;
}

/* "Reed's plan", "Reed on the tax", "Reed against Stone": not the person as such. */
static bool is_narrowed(const struct issue_scene *s, size_t t)
{
    static const char *const words[] = {"'s",    "\xE2\x80\x99s", "over", "against", "into",
                                        "about", "down",          "up",   NULL};
    if (t + 1 >= s->doc->n_tokens)
        return false;
    struct str word = lang_token_text(s->doc, t), next = lang_token_text(s->doc, t + 1);
    return str_one_of(word, words) || (str_eq(word, S("on")) && !(gaz_word(next) & WORD_DATE));
}

bool issue_backs_at(const struct issue_scene *s, size_t t, struct issue_target *out)
{
    size_t n, end;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ISSUE_BACKING), s->doc, t, s->to, &n);
    if (!e || !person_at(s, t + n, &end) || is_narrowed(s, end))
        return false;
    *out = (struct issue_target){.first = (uint32_t)t,
                                 .end = (uint32_t)end,
                                 .noun = (uint32_t)(t + n),
                                 .head = NO_TOKEN,
                                 .noun_end = (uint32_t)end,
                                 .verb = (uint32_t)t,
                                 .who = NO_ACTOR,
                                 .turn = 1,
                                 .key = S("backing")};
    return true;
}

bool issue_is_prize(const struct issue_scene *s, const struct issue_target *x)
{
    const struct lexicon *prizes = lexicon_open(WORDS_ISSUE_PRIZES);
    if (x->verb == NO_TOKEN || x->head == NO_TOKEN)
        return false;
    const struct lexicon_entry *verb = lexicon_find(prizes, word_at(s, x->verb)),
                               *noun = lexicon_find(prizes, word_at(s, x->head));
    return verb && verb->listed && str_eq(verb->class, S("v")) && noun && noun->listed &&
           str_eq(noun->class, S("n"));
}
