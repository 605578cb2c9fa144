/* Of attitudes: those that are about others' ("the critics of the plan are wrong", "urged him to
 * drop it", "denied that it was unsafe"). */
#include "lang/attitude/parts.h"
#include "lang/names/gazetteer.h"

/* Stands b in what a is about? */
static bool is_about(const struct attitude *a, const struct attitude *b)
{
    return b->first >= a->target && b->first < a->target_end &&
           !(b->first >= a->first && b->first < a->end);
}

static bool is_quality(const struct attitude *x)
{
    return x->form == ATTITUDE_IS || x->form == ATTITUDE_BESIDE || x->form == ATTITUDE_NAMED;
}

/* "accused them of seeking the ban": who is told of as a fault is not for it. */
static bool accuses(const struct scan *s, const struct attitude *a)
{
    size_t n;
    const struct lexicon_entry *e =
        lexicon_match(lexicon_open(WORDS_ATTITUDES), s->doc, a->first, a->end, &n);
    return a->form == ATTITUDE_VERB && a->sort == ATTITUDE_FACT && a->sign > 0 && e &&
           lang_attitude_flag(e, 'w');
}

/* "rejected [the notion that]": that it is so, rather than what it tells of. */
static bool is_on_claim(const struct scan *s, const struct attitude *a)
{
    static const char *const claims[] = {"notion",     "idea",       "claim",  "suggestion",
                                         "allegation", "accusation", "charge", "assertion",
                                         "theory",     "argument",   NULL};
    for (size_t t = a->target; t < a->target_end && t < a->target + 3u; t++)
        if (str_one_of(lang_token_text(s->doc, t), claims))
            return lang_is_word(s->doc, t + 1, "that");
    return false;
}

/* Does what a is about change what b means for a's holder? What is denied or refused is turned;
 * what is feared or regretted stays as bad as it is. That another is for it ("alleged that Moss
 * proposed the plan", "denied that he backs it") is said to be so or not, and no side on it. */
static bool takes_over(const struct scan *s, const struct attitude *a, const struct attitude *b)
{
    if (b->of_another && (is_on_claim(s, a) || (a->sort == ATTITUDE_FACT && !accuses(s, a))))
        return false;
    if (a->form == ATTITUDE_MUST || a->form == ATTITUDE_WILL || b->form == ATTITUDE_BESIDE ||
        b->form == ATTITUDE_MUST || b->form == ATTITUDE_WILL)
        return false;
    if (a->form == ATTITUDE_IS || a->form == ATTITUDE_BESIDE)
        return b->form == ATTITUDE_PEOPLE || (b->of_another && !is_quality(b));
    if (is_quality(b))
        return a->sort == ATTITUDE_FACT && a->sign < 0;
    return true;
}

static struct attitude joined(const struct scan *s, const struct attitude *a,
                              const struct attitude *b)
{
    struct attitude x = *a;
    x.composed = true;
    x.sign = (int8_t)(accuses(s, a) ? -b->sign : a->sign * b->sign);
    x.target = b->target;
    x.target_end = b->target_end;
    x.head_end = b->head_end;
    x.sort = b->sort;
    x.strength = a->strength < b->strength ? a->strength : b->strength;
    return x;
}

static void add(const struct scan *s, struct attitude x)
{
    s->out->v = arena_grow(s->arena, s->out->v, s->out->n, s->cap, sizeof *s->out->v);
    s->out->v[s->out->n++] = x;
}

/* The innermost attitude that b is part of the target of, or NULL. */
static const struct attitude *about(const struct scan *s, const struct attitude *b, size_t n)
{
    const struct attitude *best = NULL;
    for (size_t i = s->begun; i < n; i++) {
        const struct attitude *a = &s->out->v[i];
        bool too = lang_is_word(s->doc, a->first, "too"); /* "too early to tell what it will do" */
        if (a != b && !too && is_about(a, b) && takes_over(s, a, b) &&
            (!best || a->target_end - a->target < best->target_end - best->target))
            best = a;
    }
    return best;
}

/* What stays of the n attitudes that were there and those joined since: what was only part of
 * another's is gone. */
static void drop(const struct scan *s, const bool *gone, size_t n)
{
    size_t kept = s->begun;
    for (size_t i = s->begun; i < s->out->n; i++)
        if (i >= n || !gone[i - s->begun])
            s->out->v[kept++] = s->out->v[i];
    s->out->n = kept;
}

/* "was happy that people would not be turned away": what will be is only what she is happy about.
 */
static void drop_felt(const struct scan *s, bool *gone, size_t n)
{
    for (size_t i = s->begun; i < n; i++)
        for (size_t k = s->begun; k < n; k++) {
            const struct attitude *a = &s->out->v[i], *b = &s->out->v[k];
            gone[k - s->begun] |= a->clause && b->form == ATTITUDE_WILL && is_about(a, b);
        }
}

/* "was confident that the plan would be dropped", "agree that the plan is reckless": for what is
 * told in the clause, which is nothing for the plan; what one is confident will come, one is for.
 */
static bool expects(const struct scan *s, const struct attitude *a)
{
    for (size_t t = a->target; t < s->to && t <= a->target_end; t++)
        if (lang_is_word(s->doc, t, "will"))
            return true;
    return false;
}

static void drop_content(const struct scan *s, bool *gone, size_t n)
{
    for (size_t i = s->begun; i < n; i++) {
        const struct attitude *a = &s->out->v[i];
        bool held = a->clause && a->sign > 0 && a->sort != ATTITUDE_FACT && !expects(s, a);
        gone[i - s->begun] |= held && a->sort == ATTITUDE_JUDGEMENT;
        for (size_t k = s->begun; held && k < n; k++) {
            const struct attitude *b = &s->out->v[k];
            gone[i - s->begun] |= is_quality(b) && b->sign < 0 && is_about(a, b);
        }
    }
}

/* "will back the plan" says no more than "back the plan", of whoever says so; "must back it" asks
 * it of somebody. */
static void join_modals(const struct scan *s, bool *gone, size_t n)
{
    for (size_t i = s->begun; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            struct attitude *a = &s->out->v[i], *b = &s->out->v[k];
            bool modal = a->form == ATTITUDE_MUST || a->form == ATTITUDE_WILL;
            if (!modal || b->first != a->end || is_quality(b))
                continue;
            gone[i - s->begun] = true;
            if (a->form == ATTITUDE_MUST)
                b->of_another = false;
        }
}

/* "it is wrong to say that we will leave": said by others, who are wrong. */
static void drop_said(const struct scan *s, bool *gone, size_t n)
{
    for (size_t i = s->begun; i < n; i++)
        for (size_t k = s->begun; k < n; k++) {
            const struct attitude *a = &s->out->v[i], *b = &s->out->v[k];
            if (a->sign > 0 || !is_about(a, b) || lang_is_word(s->doc, a->first, "too"))
                continue;
            for (size_t t = a->end; t < b->first; t++)
                gone[k - s->begun] |= lang_clause_class(s->doc, t) == 0 &&
                                      (gaz_word(lang_token_text(s->doc, t)) & WORD_SAY) &&
                                      lang_is_word(s->doc, t - 1, "to");
        }
}

/* Is one of them against what it is about? */
static bool turns(const struct attitude *const *outer, size_t depth)
{
    for (size_t k = 0; k < depth; k++)
        if (outer[k]->sign < 0)
            return true;
    return false;
}

void lang_attitude_join(const struct scan *s)
{
    size_t n = s->out->n;
    bool *gone = arena_array(s->arena, n - s->begun + 1, sizeof *gone);
    join_modals(s, gone, n);
    drop_felt(s, gone, n);
    drop_content(s, gone, n);
    drop_said(s, gone, n);
    for (size_t i = s->begun; i < n; i++) {
        struct attitude b = s->out->v[i];
        const struct attitude *outer[3];
        size_t depth = 0;
        for (const struct attitude *x = &s->out->v[i]; depth < 3; x = outer[depth++])
            if (!(outer[depth] = about(s, x, n)))
                break;
        if (!depth)
            continue;
        struct attitude x = b;
        for (size_t k = 0; k < depth; k++)
            x = joined(s, outer[k], &x);
        if (depth > 1 && turns(outer, depth))
            x.strength = lang_weak; /* turned twice over it is oftener wrong than right */
        gone[i - s->begun] |= !b.of_another;
        if (b.form == ATTITUDE_PEOPLE)
            gone[outer[0] - &s->out->v[s->begun]] = true;
        add(s, x);
    }
    drop(s, gone, n);
}
