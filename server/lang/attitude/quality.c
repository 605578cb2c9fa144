/* Of attitudes: what is said of a thing ("the plan is reckless", "this reckless plan", "called the
 * plan reckless") and what its subject feels ("was opposed to the plan"). */
#include "lang/attitude/parts.h"

enum { NAMING_REACH = 14, BE_REACH = 5 };

/* To be, rather than a possessive. */
static bool is_be(const struct lang_doc *doc, size_t at)
{
    if (lang_clause_class(doc, at) != 'b' || lang_is_word(doc, at, "'s"))
        return at && lang_is_word(doc, at, "'s") && lang_clause_class(doc, at - 1) &&
               !lang_is_word(doc, at - 1, "let");
    return true;
}

/* May it stand between "is" and what is said of the subject? */
static bool is_filler(const struct lang_doc *doc, size_t at)
{
    char c = lang_clause_class(doc, at);
    struct str word = lang_token_text(doc, at);
    if (!doc->tokens[at].word)
        return word.n > 1 || word.p[0] == '"' || word.p[0] == '\'' || word.p[0] == '-';
    return (!c || c == 'd') && !str_ends(word, S("ing")) && !str_ends(word, S("ed"));
}

bool lang_follows_be(const struct scan *s, size_t t, size_t *be)
{
    size_t reach = BE_REACH;
    for (size_t at = t; at > s->from && t - at < reach; at--) {
        if (at > s->from + 1 && lang_is_word(s->doc, at - 1, "on") &&
            lang_is_word(s->doc, at - 2, "based")) {
            at--; /* "is based on a fantasy" */
            reach += BE_REACH;
            continue;
        }
        if (is_be(s->doc, at - 1)) {
            *be = at - 1;
            return true;
        }
        if (!is_filler(s->doc, at - 1))
            return false;
    }
    return false;
}

/* "was against", "is happy with", "opposed to". */
void lang_take_feeling(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n)
{
    struct attitude x = lang_attitude_begin(s, e, t, n);
    size_t be = t;
    bool is = lang_follows_be(s, t, &be) && t - be <= 3;
    if (lang_attitude_flag(e, 's') && !(is && lang_is_adverbial(s->doc, be + 1, t)))
        return;
    x.form = ATTITUDE_FEELING;
    if (n > 1 && lang_is_word(s->doc, x.end - 1, "to") && e->class.p[1] == 'p' && x.sign > 0)
        lang_attitude_clause(s, x.end, &x);
    else
        lang_attitude_behind(s, x.end, &x);
    x.clause = lang_takes_clause(s, &x);
    lang_attitude_holder(s, is ? be : t, &x);
    if (lang_attitude_flag(e, 's') && (x.of_another || be <= s->from || x.target == x.target_end))
        return;
    if (x.target == x.target_end || !is)
        x.strength = lang_fair;
    lang_attitude_add(s, x);
}

static bool leads_on(const struct lang_doc *doc, size_t token)
{
    return lang_is_word(doc, token, "to") || lang_is_word(doc, token, "that") ||
           lang_is_word(doc, token, "for") || lang_is_word(doc, token, "if");
}

/* "I think [it is wrong to]". */
static bool is_held(const struct scan *s, size_t token)
{
    return lang_is_word(s->doc, token, "think") || lang_is_word(s->doc, token, "believe") ||
           lang_is_word(s->doc, token, "feel");
}

/* "the plan is reckless", "it is wrong to". */
static void judge_subject(struct scan *s, size_t be, struct attitude *x)
{
    x->form = ATTITUDE_IS;
    x->strength = lang_clear;
    lang_attitude_subject(s, be, x);
    size_t last = x->target_end - (x->target < x->target_end);
    bool it = lang_is_word(s->doc, last, "it") &&
              (last == x->target || (last <= x->target + 2u && is_held(s, last - 1)));
    if (it && leads_on(s->doc, x->end)) {
        lang_attitude_clause(s, x->end + 1, x);
        x->sort = ATTITUDE_PROPOSAL;
    }
}

/* "called the plan reckless": between the two. */
static bool judge_named(const struct scan *s, struct attitude *x)
{
    if (!s->naming || x->first - s->naming > NAMING_REACH || x->first < s->naming)
        return false;
    size_t to = x->first;
    for (size_t t = s->naming; t < to; t++)
        if (lang_clause_class(s->doc, t) == 'b' && !lang_is_possessive(s->doc, t))
            return false;
    while (to > s->naming && (!s->doc->tokens[to - 1].word || lang_is_word(s->doc, to - 1, "as") ||
                              lang_clause_class(s->doc, to - 1) == 'd'))
        to--;
    x->form = ATTITUDE_NAMED;
    x->target = (uint32_t)s->naming;
    x->target_end = x->head_end = (uint32_t)to;
    return true;
}

static bool is_noun_behind(const struct lang_doc *doc, size_t token, size_t to)
{
    return token < to && doc->tokens[token].word && !lang_clause_class(doc, token);
}

/* "the plan is reckless", "called it reckless", "this reckless plan". */
void lang_take_quality(struct scan *s, const struct lexicon_entry *e, size_t t, size_t n)
{
    struct attitude x = lang_attitude_begin(s, e, t, n);
    size_t be = t;
    if (e->class.n < 2)
        x.sort = ATTITUDE_JUDGEMENT;
    if (x.negated && lang_is_word(s->doc, x.end - 1, "criminal"))
        return; /* "the charges are not criminal": no praise of them */
    if (judge_named(s, &x)) {
        lang_attitude_holder(s, s->naming, &x);
    } else if (lang_follows_be(s, t, &be)) {
        judge_subject(s, be, &x);
    } else if (is_noun_behind(s->doc, x.end, s->to) && t >= s->content &&
               !lang_attitude_flag(e, 'p')) {
        x.form = ATTITUDE_BESIDE;
        x.strength = lang_fair;
        lang_attitude_behind(s, x.end, &x);
    } else {
        return;
    }
    lang_attitude_add(s, x);
}

/* "too expensive". */
bool lang_take_too(struct scan *s, size_t t)
{
    static const struct lexicon_entry too = {.class = STR("qj"), .more = STR("-")};
    if (!lang_is_word(s->doc, t, "too") || !is_noun_behind(s->doc, t + 1, s->to))
        return false;
    lang_take_quality(s, &too, t, 2);
    return true;
}
