/* Words that one of two quotations has replaced by others: "refused to give the board the papers",
 * "refused to show us the papers". Both stand inside quotation marks, so one of the two is not what
 * was said.
 *
 * Nothing is replaced by another spelling, by what a reporter put into brackets, by the small words
 * of a contraction, nor where something is left out. */
#include "compare/saying/wording.h"

/* "Important", "want": words that everybody uses all the time. A reader loses nothing by them. */
#define LEAST_RARITY 0.35
enum { MOST_REPLACED = 4, LEAST_BESIDE = 2, LEAST_ALIGNED = 6, MOST_OMITTED = 4 };

/* Inside "[Kelly's]", "@kelly": the reporter's own, a name put for another. */
static bool is_bracketed(const struct text *t, struct span at)
{
    return (at.start && (t->text.p[at.start - 1] == '[' || t->text.p[at.start - 1] == '@')) ||
           (at.end < t->text.n && t->text.p[at.end] == ']');
}

/* "Offense", "offence"; "Northpost", "Northpost.example". */
static bool is_spelling(struct str x, struct str y)
{
    size_t n = 0, longer = x.n > y.n ? x.n : y.n;
    while (n < x.n && n < y.n && (x.p[n] | 32) == (y.p[n] | 32))
        n++;
    const struct str more = x.n > y.n ? x : y;
    bool address = n == (x.n < y.n ? x.n : y.n) && n < more.n && more.p[n] == '.';
    return address || 3 * n >= 2 * longer;
}

/* Words [first, end) of a list. */
struct part {
    const struct wordlist *of;
    size_t first, end;
};

static bool are_same(const struct wordlist *f, const struct term *x, const struct wordlist *v,
                     const struct term *y)
{
    return x->raw_stem == y->raw_stem ||
           ((x->flags & y->flags & TERM_ACTOR) && x->stem == y->stem) ||
           ((x->flags & y->flags & TERM_NUMBER) && x->number == y->number) ||
           is_spelling(text_slice(f->text, x->at), text_slice(v->text, y->at));
}

/* A name or a number: another one is another claim. */
static bool is_named(const struct term *t)
{
    return t->flags & (TERM_CAPITAL | TERM_ACTOR | TERM_NUMBER);
}

/* Is it more than what everybody says all the time ("you know")? */
static bool weighs(const struct work *w, const struct term *t)
{
    return term_is_content(t) && vocabulary_rarity(&w->lex, t->raw_stem) >= LEAST_RARITY;
}

/* Has the part a word of substance that the other lacks? */
static bool says_more(const struct work *w, const struct part *a, const struct part *b, bool named)
{
    for (size_t i = a->first; i < a->end; i++) {
        const struct term *x = wordlist_term(a->of, i);
        bool met = named ? !is_named(x) || !term_is_content(x) : !weighs(w, x);
        for (size_t k = b->first; k < b->end && !met; k++)
            met = are_same(a->of, x, b->of, wordlist_term(b->of, k));
        if (!met)
            return true;
    }
    return false;
}

/* Do the part and the words beside it run on in one sentence of one quotation, without brackets
 * and dots that show what was left out? */
static bool runs_on(const struct part *p)
{
    const struct term *before = wordlist_term(p->of, p->first - 1),
                      *after = wordlist_term(p->of, p->end);
    struct span all = {before->at.end, after->at.start};
    struct str between = text_slice(p->of->text, all);
    if (before->sentence != after->sentence || before->quote != after->quote ||
        str_contains(between, S("...")) || str_contains(between, S("\xE2\x80\xA6")) ||
        str_contains(between, S("\xE2\x80\x94")))
        return false;
    for (size_t i = p->first - 1; i <= p->end; i++)
        if (is_bracketed(p->of->text, wordlist_term(p->of, i)->at))
            return false;
    return true;
}

/* How many words before v's word i and the words of f that they stand for run alike. */
static size_t alike_before(const int *to, size_t i)
{
    size_t n = 1;
    while (n < i && to[i - n - 1] >= 0 && to[i - n - 1] + 1 == to[i - n])
        n++;
    return n;
}

static size_t alike_behind(const int *to, size_t i, size_t end)
{
    size_t n = 1;
    while (i + n < end && to[i + n] == to[i + n - 1] + 1)
        n++;
    return n;
}

static size_t met_in(const int *to, size_t n)
{
    size_t met = 0;
    for (size_t i = 0; i < n; i++)
        met += to[i] >= 0;
    return met;
}

static bool ends_sentence(const struct wordlist *l, size_t i)
{
    return i + 1 >= l->n || wordlist_term(l, i + 1)->sentence != wordlist_term(l, i)->sentence;
}

/* Is v's word i the first of words that replace others of f? Fills in both parts. */
static bool find_parts(const struct wordlist *v, const int *to, size_t i, struct part *in_v,
                       struct part *in_f)
{
    size_t end = i;
    while (end < v->n && to[end] < 0)
        end++;
    if (!i || to[i - 1] < 0 || end == i || end >= v->n || to[end] <= to[i - 1] + 1)
        return false;
    in_v->first = i;
    in_v->end = end;
    in_f->first = (size_t)to[i - 1] + 1;
    in_f->end = (size_t)to[end];
    size_t before = alike_before(to, i), behind = alike_behind(to, end, v->n);
    if (end - i == 1 && in_f->end - in_f->first == 1 && before >= LEAST_BESIDE &&
        met_in(to, v->n) * 10 >= v->n * 8)
        return met_in(to, v->n) >= LEAST_ALIGNED - 1; /* one word of a quotation else alike */
    return end - i <= MOST_REPLACED && in_f->end - in_f->first <= MOST_REPLACED &&
           before >= LEAST_BESIDE && (behind >= LEAST_BESIDE || ends_sentence(v, end)) &&
           before + behind >= LEAST_ALIGNED;
}

/* The next letter of the part from byte *at on, in lower case; 0 at its end. */
static char next_letter(const struct part *p, uint32_t *at)
{
    uint32_t end = wordlist_term(p->of, p->end - 1)->at.end;
    while (*at < end) {
        char c = p->of->text->text.p[(*at)++];
        if (c != ' ' && c != '-' && c != '\n')
            return (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    return 0;
}

/* "Re-fight", "refight"; "news paper", "newspaper". */
static bool are_letter_by_letter(const struct part *a, const struct part *b)
{
    uint32_t x = wordlist_term(a->of, a->first)->at.start;
    uint32_t y = wordlist_term(b->of, b->first)->at.start;
    for (;;) {
        char c = next_letter(a, &x), d = next_letter(b, &y);
        if (c != d)
            return false;
        if (!c)
            return true;
    }
}

/* A time of day is written in many ways. */
static bool has_clock(const struct part *p)
{
    struct span at = {wordlist_term(p->of, p->first)->at.start,
                      wordlist_term(p->of, p->end - 1)->at.end};
    return str_contains(text_slice(p->of->text, at), S(":"));
}

/* Does what the one has instead of the other change what is told? A name or a number does, and a
 * word of weight that stands where the other has another such; "see" for "look at" does not. */
static bool differ(const struct work *w, const struct part *a, const struct part *b)
{
    if (!runs_on(a) || !runs_on(b) || has_clock(a) || has_clock(b) || are_letter_by_letter(a, b))
        return false;
    return (says_more(w, a, b, false) && says_more(w, b, a, false)) || says_more(w, a, b, true) ||
           says_more(w, b, a, true);
}

static struct span with_words_around(const struct part *p)
{
    enum { AROUND = 3 };
    size_t first = p->first > AROUND ? p->first - AROUND : 0;
    size_t last = p->end + AROUND <= p->of->n ? p->end + AROUND - 1 : p->of->n - 1;
    return (struct span){wordlist_term(p->of, first)->at.start, wordlist_term(p->of, last)->at.end};
}

static bool has_weight(const struct work *w, const struct part *p)
{
    for (size_t i = p->first; i < p->end; i++)
        if (weighs(w, wordlist_term(p->of, i)))
            return true;
    return false;
}

/* Is there a stretch of f that v leaves out before its word i, with nothing to show it? */
static bool find_omitted(const struct wordlist *f, const struct wordlist *v, const int *to,
                         size_t i, struct part *in_f)
{
    if (!i || to[i] < 0 || to[i - 1] < 0 || to[i] <= to[i - 1] + 1)
        return false;
    struct part none = {v, i, i};
    *in_f = (struct part){f, (size_t)to[i - 1] + 1, (size_t)to[i]};
    size_t before = alike_before(to, i), behind = alike_behind(to, i, v->n);
    return in_f->end - in_f->first <= MOST_OMITTED && before >= LEAST_BESIDE &&
           behind >= LEAST_BESIDE && before + behind >= LEAST_ALIGNED && runs_on(in_f) &&
           runs_on(&none);
}

bool quotes_are_close(struct work *w, const struct saying *full, const struct saying *s)
{
    struct wordlist f = wordlist_of(w, full), v = wordlist_of(w, s);
    int *to = arena_array(w->arena, v.n + 1, sizeof *to);
    return wordlist_align(w, &f, &v, to) * 10 >= v.n * 9 && v.n;
}

bool words_are_replaced(struct work *w, const struct saying *full, const struct saying *s,
                        struct span *at_f, struct span *at_s)
{
    struct wordlist f = wordlist_of(w, full), v = wordlist_of(w, s);
    int *to = arena_array(w->arena, v.n + 1, sizeof *to);
    wordlist_align(w, &f, &v, to);
    for (size_t i = 1; i + 1 < v.n; i++) {
        struct part in_v = {.of = &v}, in_f = {.of = &f};
        if (to[i] >= 0 || !find_parts(&v, to, i, &in_v, &in_f) || !differ(w, &in_v, &in_f))
            continue;
        *at_f = with_words_around(&in_f);
        *at_s = with_words_around(&in_v);
        return true;
    }
    return false;
}

bool words_are_omitted(struct work *w, const struct saying *full, const struct saying *s,
                       struct span *at_f, struct span *at_s)
{
    struct wordlist f = wordlist_of(w, full), v = wordlist_of(w, s);
    int *to = arena_array(w->arena, v.n + 1, sizeof *to);
    bool close = wordlist_align(w, &f, &v, to) * 10 >= v.n * 8; /* else it is another sentence */
    for (size_t i = 1; close && f.quoted && v.quoted && i < v.n; i++) {
        struct part in_f, in_v = {&v, i, i};
        if (!find_omitted(&f, &v, to, i, &in_f) || !has_weight(w, &in_f))
            continue;
        *at_f = with_words_around(&in_f);
        *at_s = with_words_around(&in_v);
        return true;
    }
    return false;
}
