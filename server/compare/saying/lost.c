/* What a wording leaves out of the sentence that it is taken from and without which the sentence is
 * another: its "not", how many, on which condition. A wording that lost one of these is no mere cut
 * and no paraphrase. */
#include "compare/saying/wording.h"

/* How near an amount must stand to a word that both have. */
enum { AMOUNT_REACH = 4, LAST_DAY = 31, FIRST_YEAR = 1900, LAST_YEAR = 2100 };

static bool is(const struct term *t, const char *word)
{
    return t->word == str_hash(str_of(word));
}

static uint32_t marks_of(const struct work *w, const struct term *t)
{
    return map_get(&w->lex.marks, t->word, 0);
}

/* "Not", "has yet to". */
static bool is_negation(const struct work *w, const struct text *t, uint32_t at)
{
    const struct term *x = &t->terms[at];
    return ((marks_of(w, x) & MARK_NEGATION) && !is(x, "without")) ||
           (is(x, "yet") && at + 1 < t->n_terms && is(x + 1, "to"));
}

static bool is_ordinal(struct str word)
{
    return str_ends(word, S("th")) || str_ends(word, S("st")) || str_ends(word, S("nd")) ||
           str_ends(word, S("rd"));
}

/* "12:45": a time of day. */
static bool is_clock(const struct text *t, const struct term *x)
{
    return (x->at.start && t->text.p[x->at.start - 1] == ':') ||
           (x->at.end < t->text.n && t->text.p[x->at.end] == ':');
}

/* "400", "half", "dozens"; not "one", "the 5th", "1995", "May 5", "12:45". */
static bool is_amount(const struct work *w, const struct text *t, uint32_t at)
{
    const struct term *x = &t->terms[at];
    if (marks_of(w, x) & MARK_QUANTITY)
        return true;
    bool year = x->number >= FIRST_YEAR && x->number <= LAST_YEAR && x->at.end - x->at.start == 4;
    if (!(x->flags & TERM_NUMBER) || is(x, "one") || is_ordinal(text_slice(t, x->at)) || year ||
        is_clock(t, x))
        return false;
    bool month = at && (x[-1].flags & TERM_CAPITAL) &&
                 (marks_of(w, x - 1) & (MARK_DATE | MARK_ABBREVIATION));
    return !month || x->number > LAST_DAY;
}

/* Do the words stand right before the term, in its sentence? */
static bool follows(const struct text *t, uint32_t at, const char *first, const char *second)
{
    uint32_t n = second ? 2 : 1;
    return at >= t->sentences[t->terms[at].sentence].first + n && is(&t->terms[at - n], first) &&
           (!second || is(&t->terms[at - 1], second));
}

/* "Once it is paid"; "should it rain", "had they known" at the head. */
static bool opens_condition(const struct work *w, const struct text *t, uint32_t at)
{
    static const char *const they[] = {"it", "they", "we", "he", "she", "you", "i"};
    const struct term *x = &t->terms[at];
    struct term_range s = t->sentences[x->sentence];
    bool head = at == s.first || (x->flags & ~(x - 1)->flags & TERM_QUOTED);
    bool opens = is(x, "once") || (head && (is(x, "should") || is(x, "had") || is(x, "were")));
    if (!opens || at + 1 >= s.end)
        return false;
    for (size_t i = 0; i < sizeof they / sizeof *they; i++)
        if (is(x + 1, they[i]))
            return true;
    return marks_of(w, x + 1) & MARK_DETERMINER;
}

/* "If", "as long as", "subject to", "only when", "in case", "in the event". */
static bool is_condition(const struct work *w, const struct text *t, uint32_t at)
{
    const struct term *x = &t->terms[at];
    if ((marks_of(w, x) & MARK_CONDITION) || opens_condition(w, t, at))
        return true;
    if ((is(x, "when") && follows(t, at, "only", NULL)) ||
        (is(x, "case") && follows(t, at, "in", NULL)) ||
        (is(x, "event") && follows(t, at, "in", "the")))
        return true;
    bool long_as = is(x, "as") && (follows(t, at, "as", "long") || follows(t, at, "so", "long"));
    return long_as || (is(x, "to") && follows(t, at, "subject", NULL));
}

bool saying_has_condition(const struct work *w, const struct saying *s)
{
    for (size_t i = 0; i < s->n_terms; i++)
        if (is_condition(w, &w->texts[s->article], s->terms[i]))
            return true;
    return false;
}

/* Does another clause begin with word k of the list? */
static bool is_broken(const struct wordlist *l, size_t k)
{
    static const char *const joints[] = {"but", "and", "or", "because", "so"};
    const struct term *t = wordlist_term(l, k);
    struct str between =
        text_slice(l->text, (struct span){wordlist_term(l, k - 1)->at.end, t->at.start});
    for (size_t i = 0; i < between.n; i++)
        if (between.p[i] == ',' || between.p[i] == ';' || between.p[i] == ':' || between.p[i] < 0)
            return true;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (is(t, joints[i]))
            return true;
    return false;
}

static bool is_one_sentence(const struct wordlist *l, size_t a, size_t b)
{
    return wordlist_term(l, a)->sentence == wordlist_term(l, b)->sentence;
}

/* The words of the sentence around those that the wording has, first to last. */
struct around {
    size_t first, last, begin, end; /* begin to first, last + 1 to end are left out */
};

static struct around around_of(const struct wordlist *f, const int *to, size_t n)
{
    struct around a = {(size_t)to[0], (size_t)to[n - 1], (size_t)to[0], (size_t)to[n - 1] + 1};
    while (a.begin > 0 && is_one_sentence(f, a.begin - 1, a.first))
        a.begin--;
    while (a.end < f->n && is_one_sentence(f, a.end, a.last))
        a.end++;
    return a;
}

static bool any_condition(const struct work *w, const struct wordlist *f, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (is_condition(w, f->text, f->terms[i]))
            return true;
    return false;
}

/* "Nobody in this office told them" -> "this office told them": in the clause before what is left.
 * The word right before counts, however little is left. */
static bool loses_before(const struct work *w, const struct wordlist *f, const struct around *a,
                         bool number)
{
    bool most = 2 * (a->last - a->first + 1) >= a->end - a->begin;
    for (size_t k = a->first; k-- > a->begin && !is_broken(f, k + 1);) {
        bool found =
            number ? is_amount(w, f->text, f->terms[k]) : is_negation(w, f->text, f->terms[k]);
        if (found && (most || k + 1 == a->first))
            return !number || k + 1 < a->first || term_is_content(wordlist_term(f, a->first));
    }
    return false;
}

/* "It fell by 40 percent" -> "it fell". */
static bool loses_number_behind(const struct work *w, const struct wordlist *f,
                                const struct around *a)
{
    for (size_t k = a->last + 1; k < a->end && !is_broken(f, k); k++)
        if (is_amount(w, f->text, f->terms[k]))
            return 2 * (a->last - a->first + 1) >= a->end - a->begin;
    return false;
}

enum lost lost_around(const struct work *w, const struct wordlist *f, const int *to, size_t n)
{
    struct around a = around_of(f, to, n);
    if (loses_before(w, f, &a, false))
        return LOST_NOT;
    if (loses_before(w, f, &a, true) || loses_number_behind(w, f, &a))
        return LOST_NUMBER;
    bool own = any_condition(w, f, a.first, a.last + 1);
    bool lost = any_condition(w, f, a.begin, a.first) || any_condition(w, f, a.last + 1, a.end);
    return lost && !own ? LOST_CONDITION : LOST_NOTHING;
}

static bool has_stem(const struct bag *bag, uint64_t stem)
{
    for (size_t i = 0; i < bag->n; i++)
        if (bag->v[i].stem == stem)
            return true;
    return false;
}

/* Stands a word of the other's beside the amount? */
static bool counts_a_word_of(const struct text *t, uint32_t at, const struct saying *other)
{
    struct term_range s = t->sentences[t->terms[at].sentence];
    uint32_t first = at > s.first + AMOUNT_REACH ? at - AMOUNT_REACH : s.first;
    for (uint32_t i = first; i < s.end && i <= at + AMOUNT_REACH; i++)
        if (term_is_content(&t->terms[i]) && !(t->terms[i].flags & TERM_NUMBER) &&
            has_stem(&other->bag, t->terms[i].stem))
            return true;
    return false;
}

/* The content word behind an amount: what is counted; 0: none. */
static uint64_t counted(const struct text *t, uint32_t at)
{
    enum { NOUN_TERMS = 4 };
    uint32_t end = t->sentences[t->terms[at].sentence].end;
    for (uint32_t k = at + 1; k < end && k < at + NOUN_TERMS; k++)
        if (term_is_content(&t->terms[k]) && !(t->terms[k].flags & TERM_NUMBER))
            return t->terms[k].stem;
    return 0;
}

/* Does it give an amount, of `what` if that is not 0? */
static bool gives_amount(const struct work *w, const struct saying *s, uint64_t what)
{
    const struct text *t = &w->texts[s->article];
    for (size_t i = 0; i < s->n_terms; i++)
        if ((is_amount(w, t, s->terms[i]) || (t->terms[s->terms[i]].flags & TERM_NUMBER)) &&
            (!what || counted(t, s->terms[i]) == what))
            return true;
    return false;
}

static bool has_number(const struct work *w, const struct saying *s, double number)
{
    const struct text *t = &w->texts[s->article];
    for (size_t i = 0; i < s->n_terms; i++)
        if ((t->terms[s->terms[i]].flags & TERM_NUMBER) && t->terms[s->terms[i]].number == number)
            return true;
    return false;
}

/* "$5 million", "$8 million": nothing is counted. */
static bool has_another(const struct work *w, const struct saying *full, uint32_t at,
                        const struct saying *s)
{
    const struct text *y = &w->texts[s->article];
    const struct term *x = &w->texts[full->article].terms[at];
    if (!(x->flags & TERM_NUMBER) || has_number(w, s, x->number))
        return false;
    for (size_t i = 0; i < s->n_terms; i++)
        if (is_amount(w, y, s->terms[i]) && (y->terms[s->terms[i]].flags & TERM_NUMBER) &&
            !has_number(w, full, y->terms[s->terms[i]].number))
            return true;
    return false;
}

/* "Five directors in three years" told as "directors in three years", "half of the trains" as "the
 * trains". */
bool saying_loses_amount(const struct work *w, const struct saying *full, const struct saying *s)
{
    const struct text *t = &w->texts[full->article];
    bool none = !gives_amount(w, s, 0);
    for (size_t i = 0; i < full->n_terms; i++) {
        if (!is_amount(w, t, full->terms[i]))
            continue;
        uint64_t what = counted(t, full->terms[i]);
        if (!none && !what && has_another(w, full, full->terms[i], s))
            return true;
        if (none ? counts_a_word_of(t, full->terms[i], s)
                 : what && has_stem(&s->bag, what) && !gives_amount(w, s, what))
            return true;
    }
    return false;
}

/* How often it is turned, by its cue too - "never so high" is "the highest ever" -; SIZE_MAX if its
 * clauses are several. */
static size_t negations_of(struct work *w, const struct saying *s)
{
    struct wordlist l = wordlist_of(w, s);
    size_t n = (s->cue_marks & (MARK_NEGATION | MARK_NEGATIVE | MARK_DENIAL | MARK_REJECTION)) != 0;
    for (size_t i = 0; i < l.n; i++) {
        if (i && (!is_one_sentence(&l, i - 1, i) || is_broken(&l, i)))
            return SIZE_MAX;
        n += is_negation(w, l.text, l.terms[i]) || is(wordlist_term(&l, i), "ever");
    }
    return n;
}

bool saying_loses_not(struct work *w, const struct saying *full, const struct saying *s)
{
    size_t x = negations_of(w, full), y = negations_of(w, s);
    return x != SIZE_MAX && y != SIZE_MAX && x % 2 != y % 2;
}
