/* Do two statements report the same act of saying?
 *
 * Likeness of their weighted content words (half Dice, half containment, the latter damped while
 * little is shared), raised by words that both have inside quotation marks, by the same addressee
 * and day, and lowered or forbidden by days and channels that differ. */
#include "compare/parts.h"

#include <math.h>

/* Shared weight from which containment counts in full: about two rare words. */
#define ENOUGH_SHARED 1.2

enum kinship saying_kinship(const struct saying *a, const struct saying *b)
{
    if (!a->speaker.n || !b->speaker.n)
        return KIN_NONE;
    if (str_eq(a->speaker, b->speaker))
        return KIN_SAME;
    if (str_eq(a->of, b->speaker) || str_eq(b->of, a->speaker))
        return KIN_ACTS_FOR;
    return KIN_NONE;
}

/* Both name a platform of their own: "social media" and "post" are any of them. */
static bool platforms_differ(struct str a, struct str b)
{
    static const struct str vague[] = {STR("social media"), STR("post")};
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        if (str_eq_case(a, vague[i]) || str_eq_case(b, vague[i]))
            return false;
    bool twitter = (str_eq_case(a, S("x")) && str_eq_case(b, S("twitter"))) ||
                   (str_eq_case(b, S("x")) && str_eq_case(a, S("twitter")));
    return !twitter;
}

bool channels_agree(const struct work *w, struct str a, struct str b)
{
    if (!a.n || !b.n || str_eq_case(a, b))
        return true;
    uint32_t x = table_get(&w->lex.channels, word_fold(a), 0),
             y = table_get(&w->lex.channels, word_fold(b), 0),
             social = table_get(&w->lex.channels, word_fold(S("x")), 0);
    if (!x || !y)
        return true;
    return x == y && !(x == social && platforms_differ(a, b));
}

/* How far the words of both run alike inside quotation marks from these two on; *content counts
 * those that say something. */
static size_t quoted_run(const struct work *w, const struct saying *a, size_t i,
                         const struct saying *b, size_t k, size_t *content)
{
    const struct term *x = w->texts[a->article].terms, *y = w->texts[b->article].terms;
    size_t run = 0;
    *content = 0;
    for (; i + run < a->n_terms && k + run < b->n_terms; run++) {
        const struct term *p = &x[a->terms[i + run]], *q = &y[b->terms[k + run]];
        if (!(p->flags & q->flags & TERM_QUOTED) || p->word != q->word)
            break;
        *content += term_is_content(p) || (p->flags & TERM_INNER);
    }
    return run;
}

size_t common_quote(const struct work *w, const struct saying *a, const struct saying *b,
                    size_t *content)
{
    size_t best = 0;
    *content = 0;
    for (size_t i = 0, k = 0; i < a->n_quoted && k < b->n_quoted;) {
        if (a->quoted[i].word != b->quoted[k].word) {
            *(a->quoted[i].word < b->quoted[k].word ? &i : &k) += 1;
            continue;
        }
        for (size_t q = k; q < b->n_quoted && b->quoted[q].word == a->quoted[i].word; q++) {
            size_t said, run = quoted_run(w, a, a->quoted[i].at, b, b->quoted[q].at, &said);
            if (said > *content || (said == *content && run > best)) {
                best = run;
                *content = said;
            }
        }
        i++;
    }
    return best;
}

static bool days_clash(struct str a, struct str b)
{
    int32_t x = day_parse(a), y = day_parse(b);
    return x != NO_DAY && y != NO_DAY && x != y;
}

static size_t quoted_content(const struct work *w, const struct saying *s)
{
    const struct term *t = w->texts[s->article].terms;
    size_t n = 0;
    for (size_t i = 0; i < s->n_terms; i++)
        n += (t[s->terms[i]].flags & TERM_QUOTED) &&
             (term_is_content(&t[s->terms[i]]) || (t[s->terms[i]].flags & TERM_INNER));
    return n;
}

/* How much two quotations say of being one: by the words that run alike; more when they are all
 * the words of both. */
static double quote_bonus(const struct work *w, const struct saying *a, const struct saying *b,
                          const char **rule)
{
    if (a->st->kind == STATEMENT_INDIRECT || b->st->kind == STATEMENT_INDIRECT)
        return 0;
    size_t content, run = common_quote(w, a, b, &content);
    double bonus = content >= 3 || run >= 6   ? 0.6
                   : content == 2             ? 0.45
                   : content == 1 && run >= 3 ? 0.2
                                              : 0;
    size_t x = quoted_content(w, a), y = quoted_content(w, b), most = x > y ? x : y;
    double whole = most ? (double)content / (double)most : 0;
    double longer = fmax((double)a->bag.n, (double)b->bag.n);
    bonus *= fmin(
        1, 0.35 + (longer > 0 ? (double)content / longer : 0)); /* a quoted aside counts less */
    if (bonus >= 0.3)
        *rule = "same.quotation";
    return a->article == b->article ? bonus * whole * whole : bonus + 0.15 * whole;
}

/* What is known beside the words: addressee, day, channel. */
static void weigh_circumstances(const struct work *w, const struct saying *a,
                                const struct saying *b, double quote, struct match *m)
{
    if (a->addressee && a->addressee == b->addressee)
        m->score += 0.05;
    else if (a->addressee && b->addressee)
        m->score -= 0.1;
    if (days_clash(a->day, b->day)) {
        m->never = quote < 0.6;
        m->score -= 0.2;
    } else if (a->day.n && b->day.n) {
        m->score += 0.05;
    }
    if (!channels_agree(w, a->channel, b->channel))
        m->score -= quote >= 0.6 ? 0 : 0.25;
    if (a->alone && b->alone)
        m->score += 0.08;
}

struct match saying_match(const struct work *w, const struct saying *a, const struct saying *b)
{
    struct match m = {.rule = "same.words"};
    enum kinship kin = saying_kinship(a, b);
    if (kin == KIN_NONE || a->bag.weight <= 0 || b->bag.weight <= 0)
        return (struct match){.never = kin == KIN_NONE, .rule = "none"};
    struct likeness l = bag_likeness(&a->bag, &b->bag);
    double contained = l.least * fmin(1, l.shared / ENOUGH_SHARED);
    double quote = quote_bonus(w, a, b, &m.rule);
    m.score = (a->article == b->article ? l.dice : 0.5 * l.dice + 0.5 * contained) + quote;
    if (kin == KIN_ACTS_FOR && quote < 0.35)
        return (struct match){.never = true, .rule = "none"};
    if (kin == KIN_ACTS_FOR)
        m.rule = "same.quotation.acting-for";
    weigh_circumstances(w, a, b, quote, &m);
    return m;
}
