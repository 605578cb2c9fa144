/* Of attitudes: verbs and nouns, whose target stands behind them ("rejected the plan", "support for
 * it") or, in the passive, before. */
#include "lang/attitude/parts.h"

#include <string.h>

enum { ADDRESSEE_REACH = 14, UNDONE_REACH = 4, DENIED_REACH = 4 };

static bool is_plain_word(const struct lang_doc *doc, size_t token)
{
    struct str word = lang_token_text(doc, token);
    return doc->tokens[token].word && !doc->tokens[token].capital && word.n > 2 &&
           !str_ends(word, S("s")) && !str_ends(word, S("ly")) && !str_ends(word, S("n't")) &&
           !lang_clause_class(doc, token);
}

/* "a court order", "settlement terms": the second half of a noun, unless an object follows. */
static bool is_compound(const struct scan *s, const struct lexicon_entry *e, size_t t)
{
    size_t n;
    if ((e->form != FORM_BASE && e->form != FORM_S) || !is_plain_word(s->doc, t - 1) ||
        str_find_char(e->phrase, ' ', 0) != STR_NONE)
        return false;
    const struct lexicon_entry *no =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, t - 1, s->to, &n);
    char next = t + 1 < s->to ? lang_clause_class(s->doc, t + 1) : 0;
    bool object = next && strchr("doiht", next);
    return !no && !(e->form == FORM_S && t + 1 < s->to &&
                    (object || s->doc->tokens[t + 1].capital || !s->doc->tokens[t + 1].word));
}

/* "the demand", "his attack", "the proposed plan": no verb. */
bool lang_is_no_verb(const struct scan *s, const struct lexicon_entry *e, size_t t)
{
    if (t <= s->from)
        return false;
    char before = lang_clause_class(s->doc, t - 1);
    bool of = before == 'p' && e->form != FORM_ING && !lang_is_word(s->doc, t - 1, "to");
    return before == 'd' || of || lang_is_possessive(s->doc, t - 1) || is_compound(s, e, t);
}

/* "was backed by Reed", "the plan backed by Reed". */
static bool take_passive(struct scan *s, struct attitude *x)
{
    size_t be = x->first, by = x->end;
    bool with_be = lang_follows_be(s, x->first, &be) && x->first - be <= 3;
    bool with_by = lang_is_word(s->doc, by, "by");
    if (!with_be && !with_by)
        return false;
    x->form = ATTITUDE_PASSIVE;
    lang_attitude_subject(s, be, x);
    x->of_another = true;
    x->strength = lang_clear;
    if (with_by) {
        struct attitude agent = *x;
        lang_attitude_behind(s, by + 1, &agent);
        x->holder = agent.target;
        x->holder_end = agent.head_end;
        for (size_t t = x->holder; t < x->holder_end; t++)
            if (lang_is_own(s, t) || lang_clause_class(s->doc, t) == 'i')
                x->of_another = false;
    }
    return true;
}

/* "urge the mayor to drop the plan", "accuse him of lying": what is asked, what he is accused
 * of. */
static void pass_addressee(const struct scan *s, struct attitude *x)
{
    bool accuses = x->sort == ATTITUDE_FACT;
    for (size_t t = x->end; t < s->to && t < x->end + ADDRESSEE_REACH; t++) {
        bool not_to = lang_is_word(s->doc, t, "not") && lang_is_word(s->doc, t + 1, "to");
        if (!accuses && (not_to || lang_is_word(s->doc, t, "to"))) {
            lang_attitude_clause(s, t + (not_to ? 2 : 1), x);
            x->sign = (int8_t)(not_to ? -x->sign : x->sign);
            return;
        }
        if (accuses && (lang_is_word(s->doc, t, "of") || lang_is_word(s->doc, t, "for"))) {
            lang_attitude_behind(s, t + 1, x);
            return;
        }
        if (t > x->end && lang_clause_breaks(s->doc, t))
            return;
    }
}

/* "denied that the plan was", "hopes the plan is": all of a sentence is the target. */
bool lang_takes_clause(const struct scan *s, const struct attitude *x)
{
    char c = x->target_end < s->to ? lang_clause_class(s->doc, x->target_end) : 0;
    return lang_is_word(s->doc, x->end, "that") || lang_is_word(s->doc, x->end - 1, "that") ||
           c == 'b' || c == 'a';
}

/* What a verb of words/undoing.txt before the noun does to it: "withdrew its support for", "ended
 * her opposition to" (v), "discussed the plan to" (vd); NULL if there is none. */
static const struct lexicon_entry *undone_by(const struct scan *s, size_t noun)
{
    size_t n;
    for (size_t t = noun > s->from + UNDONE_REACH ? noun - UNDONE_REACH : s->from; t < noun; t++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_UNDOING), s->doc, t, noun, &n);
        bool before =
            e && e->form == FORM_ING && t + n == noun && n == 1 &&
            !(t && lang_clause_class(s->doc, t - 1) == 'b'); /* "a closing argument for" */
        if (e && e->class.p[0] == 'v' && !before)
            return e;
    }
    return NULL;
}

/* "did not mention [proposals to]", "has not outlined [a plan to]": a cue that denies what its verb
 * does to the noun, which begins the content. */
static bool is_denied_by_cue(const struct scan *s, size_t noun)
{
    size_t n, verb = s->content, denial = s->content;
    if (noun > s->content + DENIED_REACH)
        return false;
    for (size_t t = s->from; t < s->content; t += n) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, t, s->content, &n);
        bool small = lang_clause_class(s->doc, t) || lang_is_adverbial(s->doc, t, t + 1);
        n = e ? n : 1;
        if (e && e->class.p[0] == 'x')
            denial = t;
        else if (denial < t && !small && s->doc->tokens[t].word)
            verb = t;
    }
    return denial < verb && verb < s->content;
}

/* "refused to pledge to": the verb, which is governed by what stands before it. */
static bool is_infinitive(const struct scan *s, size_t t)
{
    static const char *const verbs[] = {"pledge", "promise", "offer", "plan", "threaten", "attempt",
                                        "need",   "bid",     "push",  "call", NULL};
    return t > s->from && lang_is_word(s->doc, t - 1, "to") &&
           str_one_of(lang_token_text(s->doc, t), verbs);
}

void lang_take_noun(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n)
{
    if (is_infinitive(s, t))
        return;
    struct attitude x = lang_attitude_begin(s, e, t, n);
    bool people = e->class.p[0] == 'g' || e->class.p[0] == 'h';
    x.form = people ? ATTITUDE_PEOPLE : ATTITUDE_NOUN;
    const struct lexicon_entry *undone = people ? NULL : undone_by(s, t);
    bool silent =
        undone && x.sort == ATTITUDE_JUDGEMENT && x.sign < 0; /* "withheld criticism of" */
    if (silent || (undone && str_eq(undone->class, S("vd"))))
        return;
    if (!people && ((s->negated && s->negation + 1 < t && s->negation >= s->content) ||
                    is_denied_by_cue(s, t)))
        return; /* "has not outlined a plan to", "did not mention the proposals to" */
    if (undone)
        x.sign = (int8_t)-x.sign;
    x.strength = lang_clear;
    x.target = x.target_end = x.end;
    if (e->class.p[0] != 'h')
        lang_attitude_behind(s, x.end, &x);
    x.clause = !people && lang_takes_clause(s, &x);
    bool theirs = t > s->from && lang_is_anothers(s, t - 1); /* "Norlandic efforts to" */
    if (people) {
        x.of_another = true;
        x.holder = x.first;
        x.holder_end = x.end;
        if (t > s->from && lang_is_word(s->doc, t - 1, "by"))
            x.strength = lang_weak; /* "rejected efforts by critics of it": the efforts */
    } else if (t > s->from && lang_is_possessive(s->doc, t - 1)) {
        lang_attitude_holder(s, lang_is_word(s->doc, t - 1, "'s") ? t - 1 : t, &x);
    } else if (t > s->content + 1) {
        x.strength = lang_fair;
        lang_attitude_holder(s, t - (lang_clause_class(s->doc, t - 2) == 'd' ? 2 : 1), &x);
    }
    if (theirs && !x.of_another) {
        x.of_another = true;
        x.holder = (uint32_t)t - 1;
        x.holder_end = (uint32_t)t;
    }
    lang_attitude_add(s, x);
}

/* "survive any motion [to dismiss it]", "a chance to back it": what the noun is for, and whose it
 * is nobody says. A noun that takes a side itself ("a plan to") tells that. */
static bool is_of_noun(const struct scan *s, size_t t)
{
    size_t n;
    if (t < s->from + 3 || !lang_is_word(s->doc, t - 1, "to") ||
        lang_clause_class(s->doc, t - 3) != 'd' || lang_clause_class(s->doc, t - 2))
        return false;
    return !lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, t - 2, s->to, &n);
}

/* "until Friday to sign or veto it": one of them, nobody knows which. */
static bool is_one_of(const struct scan *s, const struct attitude *x)
{
    return (x->first > s->from && lang_is_word(s->doc, x->first - 1, "or")) ||
           lang_is_word(s->doc, x->end, "or");
}

/* A cue "attacked him for refusing": what he does. */
static bool is_told_of_another(const struct scan *s, const struct lexicon_entry *e, size_t t)
{
    return t && t < s->content && e->form == FORM_ING && lang_clause_class(s->doc, t - 1) == 'p' &&
           !lang_is_word(s->doc, t - 1, "in");
}

void lang_take_verb(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n)
{
    struct attitude x = lang_attitude_begin(s, e, t, n);
    bool to = lang_is_word(s->doc, x.end, "to"), past = e->form == FORM_PAST;
    if (lang_is_no_verb(s, e, t) && n > 1 && e->form == FORM_BASE)
        lang_take_noun(s, e, t, n); /* "the call for" */
    if (lang_is_no_verb(s, e, t) || (lang_attitude_flag(e, 'i') && !to && t >= s->content) ||
        (lang_attitude_flag(e, 'n') && to) || (s->waived && t == s->waived))
        return;
    past |= e->form == FORM_PARTICIPLE;
    if (past && t == s->content && lang_clause_class(s->doc, x.end) != 'd')
        return; /* "proposed rules would ..." */
    if (!past || !take_passive(s, &x)) {
        x.form = ATTITUDE_VERB;
        lang_attitude_behind(s, x.end, &x);
        if (lang_attitude_flag(e, 'w'))
            pass_addressee(s, &x);
        bool own = lang_attitude_holder(s, t, &x);
        if (!own && e->form == FORM_ING && !lang_is_word(s->doc, t - 1, "to"))
            x.strength = lang_fair; /* "in backing the plan" */
        x.clause = lang_takes_clause(s, &x);
        if (is_one_of(s, &x) || is_told_of_another(s, e, t) || is_of_noun(s, t) ||
            (x.negated && lang_attitude_flag(e, 'w')))
            x.strength = lang_weak; /* "we are not asking them to leave" */
    }
    if (x.target < x.target_end)
        lang_attitude_add(s, x);
}
