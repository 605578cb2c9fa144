/* Of attitudes: what must be or will be done ("the plan must be dropped", "we will never accept
 * it"), and questions that answer themselves. */
#include "lang/attitude/parts.h"

/* "the plan must be dropped": against what stands before it. */
static void demand_passive(const struct scan *s, size_t modal, size_t verb, struct attitude *x)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_UNDOING), s->doc, verb, s->to, &n);
    const struct lexicon_entry *v =
        lexicon_match(lexicon_open(WORDS_STANCE), s->doc, verb, s->to, &n);
    lang_attitude_subject(s, modal, x);
    if ((e && !str_eq(e->class, S("vd"))) ||
        (v && v->class.p[0] == 'v' && str_starts(v->more, S("-"))))
        x->sign = (int8_t)-x->sign;
    x->end = (uint32_t)verb + 1;
}

/* "the talks must go on": for what stands before it. An object or a purpose behind the verb is what
 * is demanded instead. */
static bool demand_happening(const struct scan *s, size_t modal, size_t verb, struct attitude *x)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_HAPPENING), s->doc, verb, s->to, &n);
    size_t next = verb + (e ? n : 0);
    char c = next < s->to ? lang_clause_class(s->doc, next) : 'p';
    bool alone = lang_is_adverbial(s->doc, next, next + 1) || c == 'p' || c == 's' || c == 'w' ||
                 next >= s->to || !s->doc->tokens[next].word;
    if (!e || !alone || lang_is_word(s->doc, next, "to"))
        return false;
    lang_attitude_subject(s, modal, x);
    x->sign = (int8_t)(str_starts(e->more, S("-")) ? -x->sign : x->sign);
    x->end = (uint32_t)next;
    return true;
}

/* "may have to": what could come, and no demand; "I must say": none on others. */
static bool is_no_demand(const struct scan *s, size_t modal)
{
    static const char *const before[] = {"may", "might", "could", "would", "I"};
    for (size_t i = 0; modal > s->from && i < sizeof before / sizeof *before; i++)
        if (lang_is_word(s->doc, modal - 1, before[i]))
            return true;
    return false;
}

/* "does not have to accept them": may, if he likes. */
static bool is_waived(const struct scan *s, const struct lexicon_entry *e, const struct attitude *x)
{
    return x->negated && e->class.p[0] == 'm' && lang_is_word(s->doc, x->first + 1, "to");
}

/* "has not said how he will vote". */
static bool is_asked(const struct scan *s, size_t modal)
{
    static const char *const words[] = {"how", "when", "why", "what", "whether"};
    for (size_t t = modal; t > s->from && modal - t < 3; t--)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (lang_is_word(s->doc, t - 1, words[i]))
                return true;
    return false;
}

void lang_take_modal(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n)
{
    struct attitude x = lang_attitude_begin(s, e, t, n);
    bool must = e->class.p[0] == 'm';
    size_t at = x.end, no;
    while (at < s->to && at < x.end + 3u) {
        const struct lexicon_entry *next =
            lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, at, s->to, &no);
        if (!next || next->class.p[0] != 'x')
            break;
        x.negated = true;
        at += no;
    }
    x.end = (uint32_t)at;
    x.sign = x.negated ? -1 : 1;
    bool going = lang_is_word(s->doc, at, "be") && at + 1 < s->to &&
                 str_ends(lang_token_text(s->doc, at + 1), S("ing"));
    at += going; /* "we should not be closing the harbour" */
    bool passive = lang_is_word(s->doc, at, "be");
    bool told = passive && lang_is_word(s->doc, at + 2, "to"); /* "would not be required to" */
    if (told || is_waived(s, e, &x)) {
        s->waived = x.negated ? (told ? at + 3 : at) : 0;
        return;
    }
    if ((must && is_no_demand(s, t)) || is_asked(s, t) || lang_is_word(s->doc, at, "have") ||
        (!must && passive && !x.negated))
        return;
    x.form = must ? ATTITUDE_MUST : ATTITUDE_WILL;
    x.strength = must || passive ? lang_clear : lang_weak;
    lang_attitude_clause(s, at, &x);
    if (passive) /* "would never be accepted" is as good as a refusal */
        demand_passive(s, t, at + 1, &x);
    else if (must && demand_happening(s, t, at, &x))
        x.strength = lang_clear;
    else if (!must)
        lang_attitude_holder(s, t, &x);
    if (x.negated && x.target < x.target_end && lang_is_word(s->doc, x.target, "no"))
        x.target++; /* "no deal should be made": the negation is counted */
    if (must || !x.of_another)
        lang_attitude_add(s, x);
}

void lang_take_question(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n)
{
    struct attitude x = lang_attitude_begin(s, e, t, n);
    if (!s->question)
        return;
    x.form = ATTITUDE_ASKS;
    x.strength = lang_clear;
    lang_attitude_behind(s, x.end, &x);
    lang_attitude_add(s, x);
}
