/* Sides for issues, made of attitudes: see side.h.
 *
 * An attitude that is the speaker's own and certain counts, with the noun or action that its target
 * begins with. Facts are about events (words/kin.txt, "w") that somebody is said to have brought
 * about or denies; there, what is merely said to be so counts as well, for whether anybody denies
 * it is only known when all statements are gathered. What is judged by its effect ("would hurt
 * families") is judged, too. */
#include "lang/issue/parts.h"
#include "lang/issue/phrase.h"

#include "lang/attitude/attitude.h"
#include "lang/names/gazetteer.h"

enum { LONG_SENTENCE = 400, ABSENCE_REACH = 3, PERSON_REACH = 9 };

static const float said = 0.7f, plain = 0.85f, clear = 0.8f, fair = 0.6f;

struct scan {
    struct issue_scene s;
    const struct lang_statement *st;
    struct issue_sides *out;
    bool measured; /* by an estimate */
};

static struct str word_at(const struct scan *x, size_t t)
{
    return t < x->s.to ? lang_token_text(x->s.doc, t) : (struct str){0};
}

static bool is_word(const struct scan *x, size_t t, const char *word)
{
    return str_eq_case(word_at(x, t), str_of(word));
}

static void add(struct scan *x, struct issue_side side)
{
    struct issue_sides *out = x->out;
    out->v = arena_grow(x->s.arena, out->v, out->n, &out->cap, sizeof *out->v);
    out->v[out->n++] = side;
}

/* ---------------- facts */

/* A side on whether something is so, found from the first token of the scan on. */
static void add_fact(struct scan *x, struct issue_side side)
{
    side.sort = ISSUE_FACT;
    if (!side.at_end) {
        side.at = (uint32_t)x->s.from;
        side.at_end = (uint32_t)x->s.from + 1;
    }
    add(x, side);
}

/* "there was no collusion", "no evidence of collusion". */
static void take_by_absence(struct scan *x, size_t t)
{
    struct issue_target target;
    int8_t sign;
    size_t to = x->s.to, at = t + 1;
    if (t > x->s.from && (is_word(x, t - 1, "'") || is_word(x, t - 1, "\xE2\x80\x98")))
        return; /* quoted within a quotation: another's word */
    if (is_word(x, at, "evidence") || is_word(x, at, "proof") || is_word(x, at, "indication"))
        at += 2;
    if (at + ABSENCE_REACH < to)
        x->s.to = at + ABSENCE_REACH;
    if (issue_event_in(&x->s, at, true, &target, &sign))
        add_fact(x, (struct issue_side){
                        .target = target, .sign = -1, .confidence = 0.75f, .rule = "side.absence"});
    x->s.to = to;
}

/* "could backfire if it was hacked": nobody says that it was. */
static bool is_supposed(const struct scan *x, size_t to)
{
    static const char *const words[] = {"if", "whether", "could", "would", "might", "may", NULL};
    for (size_t t = x->s.from; t < to; t++)
        if (str_one_of(word_at(x, t), words))
            return true;
    return false;
}

/* "said that the men conspired": one who says that it is so, should anybody deny it. */
static void take_by_saying(struct scan *x)
{
    struct issue_target target;
    int8_t sign;
    if (issue_event_in(&x->s, x->s.from, false, &target, &sign) && !is_supposed(x, target.first))
        add_fact(x, (struct issue_side){.target = target,
                                        .sign = sign,
                                        .clause = (uint32_t)x->s.from,
                                        .clause_end = (uint32_t)x->s.to,
                                        .confidence = said,
                                        .rule = "side.says"});
}

/* ---------------- effects */

/* What the effect word does: good (+1), harm (-1), or 0 where what it brings is neither: "would
 * raise questions". */
static int sign_of_effect(const struct scan *x, const struct lexicon_entry *e, size_t behind)
{
    int sign = str_starts(e->more, S("-")) ? -1 : 1;
    struct phrase p;
    size_t at = issue_skip_determiners(&x->s, behind);
    if (str_eq(e->class, S("v")))
        return sign;
    if (!str_eq(e->class, S("vl")) || at >= x->s.to || !issue_phrase_at(&x->s, at, &p))
        return 0;
    const struct lexicon_entry *o = lexicon_find(lexicon_open(WORDS_EFFECTS), word_at(x, p.head));
    bool outcome = o && o->listed && o->class.p[0] == 'o';
    return !outcome ? 0 : str_starts(o->more, S("-")) ? -sign : sign;
}

/* "the law would hurt families". */
static void take_by_effect(struct scan *x, const struct lexicon_entry *e, size_t t, size_t n)
{
    struct issue_target target;
    bool negated = false;
    size_t subject = issue_prospect_start(&x->s, t);
    while (subject > x->s.from && issue_is_aux(word_at(x, subject - 1))) {
        subject--;
        negated = negated || issue_negates(word_at(x, subject));
        if (is_word(x, subject, "only"))
            return; /* "would only benefit the rich" */
    }
    bool past = e->form == FORM_PAST && !is_word(x, t + n, "by") && !is_word(x, t + n, "in");
    bool finite = e->form == FORM_S || subject < t || past;
    finite = finite || is_word(x, t - 1, "to");
    if (!finite || !issue_subject_before(&x->s, subject, &target) ||
        issue_is_event(&x->s, target.head))
        return;
    int sign = sign_of_effect(x, e, t + n);
    if (!sign)
        return;
    add(x, (struct issue_side){.target = target,
                               .sign = (int8_t)(negated ? -sign : sign),
                               .sort = ISSUE_JUDGEMENT,
                               .at = (uint32_t)t,
                               .at_end = (uint32_t)(t + n),
                               .confidence = said,
                               .rule = "side.effect"});
}

static void scan_passage(struct scan *x)
{
    size_t n = 1;
    for (size_t t = x->s.from; t < x->s.to; t += n) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_EFFECTS), x->s.doc, t, x->s.to, &n);
        if (e && !x->measured)
            take_by_effect(x, e, t, n);
        n = e ? n : 1;
        if (is_word(x, t, "no"))
            take_by_absence(x, t);
    }
}

/* ---------------- attitudes */

static enum issue_sort sort_of(const struct attitude *a)
{
    return a->sort == ATTITUDE_PROPOSAL ? ISSUE_PROPOSAL
           : a->sort == ATTITUDE_FACT   ? ISSUE_FACT
                                        : ISSUE_JUDGEMENT;
}

/* What a court does to a thing ("blocked the rule") decides what others ask; what it says of it
 * ("is unlawful") is a side. */
static bool is_act(const struct attitude *a)
{
    return a->form == ATTITUDE_VERB || a->form == ATTITUDE_NOUN || a->form == ATTITUDE_PASSIVE;
}

static float sure(const struct attitude *a)
{
    if (a->form == ATTITUDE_WILL)
        return 0.7f; /* what one is going to do oneself */
    return a->strength > 0.9f   ? plain
           : a->strength > 0.7f ? clear
           : a->strength > 0.5f ? fair
                                : 0.4f;
}

/* "praised the mayor for [signing the bill]", "criticised him over [the ban]". */
static bool judged_for(const struct scan *x, const struct attitude *a, struct issue_target *target)
{
    if (a->form != ATTITUDE_VERB && a->form != ATTITUDE_NOUN && a->form != ATTITUDE_FEELING)
        return false;
    for (size_t t = a->target + 1; t < x->s.to && t < a->target + PERSON_REACH; t++)
        if (is_word(x, t, "for") || is_word(x, t, "over"))
            return issue_target_at(&x->s, t + 1, target);
    return false;
}

/* "called on the mayor (above) [to lift the ban]": what somebody is asked to do, behind what is put
 * in. */
static bool asked_to(struct scan *x, const struct attitude *a, struct issue_target *target)
{
    const struct lang_doc *doc = x->s.doc;
    size_t end = doc->sentences[doc->tokens[a->target].sentence].end, t = a->target_end;
    if (a->form != ATTITUDE_VERB || t >= end)
        return false;
    struct str open = lang_token_text(doc, t);
    const char *close = str_eq(open, S("(")) ? ")" : str_eq(open, S(",")) ? "," : NULL;
    if (close) {
        size_t most = t + PERSON_REACH < end ? t + PERSON_REACH : end;
        for (t++; t < most && !str_eq(lang_token_text(doc, t), str_of(close));)
            t++;
        t++;
    }
    x->s.to = end;
    return is_word(x, t, "to") && issue_verb_at(&x->s, t + 1, target);
}

static bool is_to(const struct scan *x, size_t t)
{
    return t && str_eq_case(lang_token_text(x->s.doc, t - 1), S("to"));
}

/* Does the token stand before what is said, which says it all? */
static bool is_before_content(const struct scan *x, uint32_t t)
{
    return x->st->content.n && x->s.doc->tokens[t].at.start < x->st->content.v[0].start;
}

/* Who is to do what: "Reed should [resign]", "urged Reed, the mayor, to [resign]"; the speaker
 * where he speaks of himself ("refused to [resign]"). */
static int32_t agent_of(const struct scan *x, const struct attitude *a, uint32_t verb)
{
    bool must = a->form == ATTITUDE_MUST;
    if (a->form == ATTITUDE_WILL)
        return x->st->speaker;
    uint32_t first = x->s.doc->sentences[x->s.doc->tokens[a->first].sentence].first, words = 0;
    for (uint32_t t = must ? a->first : verb, n = 0; t-- > first && n < PERSON_REACH; n++) {
        if (!must && t < a->end)
            break;
        int32_t actor = issue_actor_at(&x->s, t);
        if (must && is_before_content(x, t))
            return NO_ACTOR; /* "Reed said [the keeper should resign]": not Reed */
        if (actor != NO_ACTOR && (must || actor != x->st->speaker))
            return actor;
        words += !is_word(x, t, "to");
    }
    return must || words ? NO_ACTOR : x->st->speaker;
}

/* By whom the verb of an action is to be done; the speaker where he intends it himself. */
static int32_t doer_of(const struct scan *x, const struct attitude *a, uint32_t verb)
{
    int32_t doer = verb == NO_TOKEN ? NO_ACTOR : agent_of(x, a, verb);
    bool intends = verb != NO_TOKEN && (a->form == ATTITUDE_WILL || is_to(x, verb));
    return doer == x->st->speaker && !intends ? NO_ACTOR : doer;
}

/* "this is a sham lawsuit", "that reckless plan": what is told good or bad in passing counts only
 * where it is the one thing that is spoken of. */
static bool is_pointed_at(const struct scan *x, const struct attitude *a,
                          const struct issue_target *target)
{
    static const char *const points[] = {"this", "that", "such", "these", "those", NULL};
    const struct lang_doc *doc = x->s.doc;
    if (!issue_is_policy(&x->s, target) || a->first < 2)
        return false;
    struct str before = lang_token_text(doc, a->first - 1),
               further = lang_token_text(doc, a->first - 2);
    bool one = str_eq_case(before, S("a")) || str_eq_case(before, S("an"));
    return str_one_of(before, points) ||
           (one &&
            str_one_of(further, (const char *const[]){"is", "was", "'s", "\xE2\x80\x99s", NULL}));
}

/* "criticised the council for [failing to pay]": for what it did, rather than the body. */
static bool is_body_judged(struct scan *x, const struct attitude *a, struct issue_target *out)
{
    struct issue_target body;
    if (sort_of(a) != ISSUE_JUDGEMENT || !issue_target_at(&x->s, a->target, &body) ||
        body.head == NO_TOKEN)
        return false;
    struct str word = word_at(x, body.head);
    bool is = gaz_word(word) & WORD_NOMINAL_ORG ||
              lexicon_find(lexicon_open(WORDS_BODY_NOUNS), word) != NULL;
    return is && judged_for(x, a, out);
}

/* "is angry that the harbour was not paid for": for the harbour, not against it; what is told of it
 * turns what is felt, or makes it unclear. */
static bool is_turned_behind(const struct scan *x, const struct attitude *a,
                             const struct issue_target *target)
{
    size_t n;
    for (size_t t = target->noun_end; a->clause && t < a->target_end; t++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_UNDOING), x->s.doc, t, a->target_end, &n);
        bool done =
            e && e->class.p[0] == 'v' && (e->form == FORM_PAST || e->form == FORM_PARTICIPLE);
        if (done || (e && e->class.p[0] == 'x'))
            return true;
    }
    return false;
}

/* What the attitude is taken on: an action where one can stand, else a thing. */
static bool target_of(struct scan *x, const struct attitude *a, struct issue_target *out)
{
    bool proposal = sort_of(a) == ISSUE_PROPOSAL && a->target >= a->end;
    if (is_word(x, a->target,
                "it")) /* as an object: "it is early" says nothing of what was named */
        return !a->clause && (a->form == ATTITUDE_VERB || a->form == ATTITUDE_NAMED) &&
               !is_word(x, a->target + 1, "to") && issue_taken_up(&x->s, a->target, out);
    bool action = proposal && a->form != ATTITUDE_IS;
    bool bare = a->form == ATTITUDE_MUST || a->form == ATTITUDE_WILL || is_to(x, a->target);
    if (action && bare)
        return issue_verb_at(&x->s, a->target, out);
    if (proposal && a->form == ATTITUDE_VERB && issue_backs_at(&x->s, a->first, out))
        return true;
    return (proposal && issue_done_by_at(&x->s, a->target, out)) ||
           (action && issue_action_at(&x->s, a->target, out)) ||
           (proposal && a->form == ATTITUDE_IS && bare && issue_verb_at(&x->s, a->target, out)) ||
           is_body_judged(x, a, out) || issue_target_at(&x->s, a->target, out) ||
           judged_for(x, a, out) || (action && asked_to(x, a, out));
}

static bool does_harm(const struct scan *x, uint32_t verb)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_EFFECTS), word_at(x, verb));
    return e && e->listed && str_eq(e->class, S("v")) && str_starts(e->more, S("-"));
}

/* "against finishing the bill [first]", "closing it [without] a plan": not against it as such. */
static bool is_in_order(const struct scan *x, const struct issue_target *target)
{
    static const char *const words[] = {"first", "before", "without", "yet", NULL};
    return target->noun_end < x->s.doc->n_tokens &&
           str_one_of(lang_token_text(x->s.doc, target->noun_end), words);
}

/* "is wary of the plan", "questioned the ban": less than being against it. */
static bool is_weak(const struct scan *x, const struct attitude *a)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), x->s.doc, a->first, a->end, &n);
    return e && str_find_char(e->more, 'u', 0) != STR_NONE;
}

static struct span condition_of(const struct lang_doc *doc, const struct attitude *a)
{
    return !a->conditional ? (struct span){0, 0}
                           : (struct span){doc->tokens[a->condition].at.start,
                                           doc->tokens[a->condition_end - 1].at.end};
}

/* "refused to blame Norland for the fire": who does not say so does not deny it. */
static bool is_unsaid(const struct scan *x, const struct attitude *a)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), x->s.doc, a->first, a->end, &n);
    return a->composed && a->sign < 0 && e && !str_ends(e->class, S("f"));
}

static void take_attitude(struct scan *x, const struct attitude *a)
{
    struct issue_target target;
    int8_t sign = 1;
    x->s.from = a->target;
    x->s.to = issue_whole_end(x->s.doc, a->target_end);
    if (sort_of(a) == ISSUE_FACT) {
        if (is_unsaid(x, a))
            return;
        bool event =
            a->form != ATTITUDE_BESIDE && (issue_event_in(&x->s, a->target, true, &target, &sign) ||
                                           (a->sign < 0 && a->form != ATTITUDE_NAMED &&
                                            issue_event_alleged(&x->s, a->target, &target)));
        if (event)
            add_fact(x, (struct issue_side){.target = target,
                                            .sign = (int8_t)(sign * a->sign),
                                            .at = a->first,
                                            .at_end = a->end,
                                            .clause = a->target,
                                            .clause_end = a->target_end,
                                            .confidence = sure(a),
                                            .rule = "side.attitude"});
        return;
    }
    if (!target_of(x, a, &target))
        return;
    if (a->form == ATTITUDE_BESIDE && !is_pointed_at(x, a, &target))
        return;
    if (a->form == ATTITUDE_WILL && target.verb != NO_TOKEN && does_harm(x, target.verb))
        return; /* "it would undermine": what comes of it, nobody's plan */
    if (a->form == ATTITUDE_WILL && str_find_char(target.key, ' ', 0) != STR_NONE)
        return; /* "I will not bring shame": nobody else can be against it */
    if (sort_of(a) == ISSUE_JUDGEMENT && is_turned_behind(x, a, &target))
        return;
    if (a->form != ATTITUDE_MUST && a->target <= a->end + 1 && issue_is_prize(&x->s, &target))
        return;
    if (target.head == NO_TOKEN && target.personal)
        target.who = agent_of(x, a, target.verb);
    if (issue_is_no_side(&x->s, x->st->speaker, a, &target) ||
        (a->sign < 0 && is_in_order(x, &target)))
        return;
    bool narrowed = issue_restricted_end(x->s.doc, &target) > target.noun_end;
    if ((is_word(x, target.noun - 1, "any") && (a->sign > 0 || narrowed)) ||
        issue_is_one_that(&x->s, a, &target))
        return; /* "wants any deal to be ...", "against any deal (a deal) that ..." */
    bool turned = target.turn < 0; /* "urged to oppose the bill": the verb is in the turn already */
    int towards = target.verb == NO_TOKEN && !turned && sort_of(a) == ISSUE_PROPOSAL
                      ? lang_attitude_towards(x->s.doc, a, target.noun, target.noun_end)
                      : a->sign;
    add(x, (struct issue_side){.target = target,
                               .sign = (int8_t)(towards ? towards : a->sign),
                               .sort = sort_of(a),
                               .acted = towards && towards != a->sign,
                               .doer = doer_of(x, a, target.verb) + 1,
                               .at = a->first,
                               .at_end = a->end,
                               .conditional =
                                   a->conditional && sort_of(a) == ISSUE_PROPOSAL &&
                                   !issue_is_formality(x->s.doc, a->condition, a->condition_end),
                               .condition = condition_of(x->s.doc, a),
                               .confidence = sure(a),
                               .rule = "side.attitude"});
}

/* Has some attitude taken a fact of the sentence? */
static bool has_fact(const struct attitudes *all, size_t from, size_t to)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].sort == ATTITUDE_FACT && all->v[i].target >= from && all->v[i].target < to)
            return true;
    return false;
}

static bool is_question(const struct scan *x, size_t end)
{
    for (size_t t = x->s.to > x->s.from + 2 ? x->s.to - 2 : x->s.from; t < end && t < x->s.to + 2;
         t++)
        if (str_eq(lang_token_text(x->s.doc, t), S("?")))
            return true;
    return false;
}

static void scan_content(struct scan *x, struct span content, const struct attitudes *all)
{
    const struct lang_doc *doc = x->s.doc;
    size_t t = lang_token_at(doc, content.start);
    while (t < doc->n_tokens && doc->tokens[t].at.start < content.end) {
        size_t end = doc->sentences[doc->tokens[t].sentence].end, to = t;
        while (to < end && to - t < LONG_SENTENCE && doc->tokens[to].at.start < content.end)
            to++;
        x->s.from = t;
        x->s.to = to;
        if (!is_question(x, end)) {
            scan_passage(x);
            if (!has_fact(all, t, to))
                take_by_saying(x);
        }
        t = to > t ? to : t + 1;
    }
}

struct issue_sides issue_sides_of(struct arena *a, const struct lang_doc *doc,
                                  const struct lang_reading *reading, size_t i)
{
    struct issue_sides out = {.found = true};
    struct scan x = {.s = {.arena = a, .doc = doc, .reading = reading},
                     .st = &reading->statements[i],
                     .out = &out,
                     .measured = issue_measures(doc, &reading->statements[i])};
    if (issue_declines(doc, x.st) || issue_supposes(doc, x.st) || issue_goes_on(doc, x.st) ||
        issue_is_polled(doc, reading, x.st) || issue_is_alleged(doc, reading, x.st) ||
        issue_is_ironic(doc, x.st))
        return out;
    struct attitudes all = out.attitudes = lang_attitudes(a, doc, reading, x.st);
    bool judges = issue_judges(doc, reading, x.st);
    for (size_t k = 0; k < all.n; k++) {
        const struct attitude *at = &all.v[k];
        size_t before = out.n;
        bool own = issue_is_whole_own(&x.s, x.st, &all, at);
        if (at->target < at->target_end)
            take_attitude(&x, at);
        for (size_t n = before; n < out.n; n++) {
            out.v[n].foreign = !own || (judges && (out.v[n].sort == ISSUE_PROPOSAL || is_act(at)));
            out.v[n].composed = at->composed;
            out.v[n].weak = is_weak(&x, at);
        }
    }
    issue_drop_roundabout(&out);
    for (size_t k = 0; k < x.st->content.n; k++)
        scan_content(&x, x.st->content.v[k], &all);
    return out;
}
