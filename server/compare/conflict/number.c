/* Rule "number.differs": like sentences of two reports count the same thing differently.
 *
 * Counted is the noun behind the number; "at least", "nearly" and rounding are allowed for, and
 * so are sentences that have the other's number as well. Years and ordinals are not counted, nor
 * what may be or must be; what stands in quotation marks is the speaker's count and compared
 * between wordings of one saying alone; a margin of error is the poll's own. */
#include "compare/parts.h"

#include <math.h>
#include <stdlib.h>

#define LIKE_SENTENCES 0.45
#define LIKE_SHARES 0.75 /* of polls and elections many sentences are alike */
#define LIKE_IN_UTTERANCE 0.20
#define ROUNDING 0.05

struct counted {
    uint32_t article, sentence;
    struct span at;
    uint64_t what;
    double value;
    bool least, most, about;
    bool share, quoted;
    const struct saying *saying;
    struct bag bag; /* of its sentence */
};

static bool is_any(const struct term *t, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (t->word == str_hash(str_of(words[i])))
            return true;
    return false;
}

static void read_limits(const struct work *w, const struct text *t, uint32_t at, struct counted *c)
{
    static const char *const least[] = {"least", "than", "over", "above"};
    static const char *const most[] = {"most", "under", "below", "almost", "nearly"};
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; i-- > first && i + 3 > at;) {
        bool fewer = i > first && t->terms[i - 1].word == str_hash(S("fewer"));
        c->least =
            c->least || (is_any(&t->terms[i], least, sizeof least / sizeof *least) && !fewer);
        c->most = c->most || fewer || is_any(&t->terms[i], most, sizeof most / sizeof *most);
        c->about = c->about || (table_get(&w->lex.marks, t->terms[i].word, 0) & MARK_APPROX);
    }
}

/* "Would need six seats", "if three states …", "a margin of error of 3.1 points". */
static bool is_no_count(const struct text *t, uint32_t at)
{
    static const char *const words[] = {"would", "could",  "may",  "might", "if",
                                        "must",  "should", "need", "needs", "needed"};
    static const char *const poll[] = {"margin", "error", "sampling"};
    struct term_range s = t->sentences[t->terms[at].sentence];
    for (uint32_t i = s.first; i < s.end; i++)
        if ((i < at && i + 8 > at && is_any(&t->terms[i], words, sizeof words / sizeof *words)) ||
            is_any(&t->terms[i], poll, sizeof poll / sizeof *poll))
            return true;
    return false;
}

static bool is_share(uint64_t what)
{
    static const char *const units[] = {"percent", "percentage", "points", "seats", "states"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (what == word_stem(str_of(units[i])))
            return true;
    return false;
}

static double magnitude(const struct term *t)
{
    return t->flags & TERM_NUMBER && t->number >= 100 && fmod(log10(t->number), 1) == 0 ? t->number
                                                                                        : 0;
}

static bool is_ordinal(const struct text *t, const struct term *term)
{
    struct str word = text_slice(t, term->at);
    return str_ends(word, S("th")) || str_ends(word, S("rd")) || str_ends(word, S("st")) ||
           str_eq_case(word, S("second")) || str_eq_case(word, S("one"));
}

/* Reads the number at the term with what it counts; false if it is no count. */
static bool read_count(const struct work *w, uint32_t article, uint32_t *at, struct counted *c)
{
    const struct text *t = &w->texts[article];
    const struct term *term = &t->terms[*at];
    uint32_t end = t->sentences[term->sentence].end, k = *at + 1;
    if (!(term->flags & TERM_NUMBER) || is_ordinal(t, term) || is_no_count(t, *at))
        return false;
    *c = (struct counted){.article = article,
                          .sentence = term->sentence,
                          .at = term->at,
                          .value = term->number,
                          .quoted = (term->flags & TERM_QUOTED) != 0};
    for (; k < end && magnitude(&t->terms[k]) > 0; k++) {
        c->value *= magnitude(&t->terms[k]);
        c->at.end = t->terms[k].at.end;
    }
    read_limits(w, t, *at, c);
    *at = k - 1;
    struct str behind = str_slice(t->text, c->at.end, c->at.end + 1);
    if (str_eq(behind, S("%"))) {
        c->what = word_stem(S("percent"));
        return true;
    }
    for (uint32_t steps = 0; k < end && steps < 3; k++, steps++) {
        if (t->terms[k].flags & TERM_NUMBER)
            return false;
        if (table_get(&w->lex.marks, t->terms[k].word, 0) & MARK_UNIT) {
            c->what = t->terms[k].stem;
            return true;
        }
    }
    return false;
}

static bool compatible(const struct counted *x, const struct counted *y)
{
    const struct counted *less = x->value < y->value ? x : y, *more = less == x ? y : x;
    double apart = more->value - less->value;
    if (apart <= 0 || less->least || more->most)
        return true;
    double share = apart / more->value;
    bool round = fmod(x->value, 100) == 0 || fmod(y->value, 100) == 0;
    return (x->about || y->about) ? share <= 2 * ROUNDING : round && share <= ROUNDING;
}

struct counts {
    const struct counted *v;
    size_t n;
};

/* Does the sentence that `in` stands in have the other's number as well? Counts of a sentence
 * follow each other. */
static bool has_same(const struct counts *all, size_t in, const struct counted *as)
{
    const struct counted *at = &all->v[in];
    size_t first = in, end = in + 1;
    while (first > 0 && all->v[first - 1].article == at->article &&
           all->v[first - 1].sentence == at->sentence)
        first--;
    while (end < all->n && all->v[end].article == at->article &&
           all->v[end].sentence == at->sentence)
        end++;
    for (size_t i = first; i < end; i++)
        if (all->v[i].what == as->what && compatible(&all->v[i], as))
            return true;
    return false;
}

static bool has_year(const struct text *t, uint32_t sentence, double year)
{
    for (uint32_t i = t->sentences[sentence].first; i < t->sentences[sentence].end; i++)
        if ((t->terms[i].flags & TERM_NUMBER) &&
            (year > 0 ? t->terms[i].number == year
                      : t->terms[i].number >= 1900 && t->terms[i].number <= 2100))
            return true;
    return false;
}

/* Both name years, but not the same: they count at different times. */
static bool years_differ(const struct text *x, uint32_t sx, const struct text *y, uint32_t sy)
{
    if (!has_year(x, sx, 0) || !has_year(y, sy, 0))
        return false;
    for (uint32_t i = x->sentences[sx].first; i < x->sentences[sx].end; i++)
        if ((x->terms[i].flags & TERM_NUMBER) && x->terms[i].number >= 1900 &&
            x->terms[i].number <= 2100 && has_year(y, sy, x->terms[i].number))
            return false;
    return true;
}

static bool against(const struct work *w, const void *items, size_t i, size_t k)
{
    const struct counts *all = items;
    const struct counted *x = &all->v[i], *y = &all->v[k];
    if (x->article == y->article || x->what != y->what || compatible(x, y))
        return false;
    bool one = x->saying && y->saying && x->saying->utterance == y->saying->utterance;
    if (!one && (x->quoted || y->quoted))
        return false;
    double least = one ? LIKE_IN_UTTERANCE : x->share ? LIKE_SHARES : LIKE_SENTENCES;
    return bag_likeness(&x->bag, &y->bag).dice >= least && !has_same(all, i, y) &&
           !has_same(all, k, x) &&
           !years_differ(&w->texts[x->article], x->sentence, &w->texts[y->article], y->sentence);
}

void conflict_number(struct work *w)
{
    struct counted *all = NULL, c;
    size_t n = 0, cap = 0;
    for (size_t r = 0; r < w->in->n_articles; r++)
        for (uint32_t i = 0; i < w->texts[w->order[r]].n_terms; i++)
            if (read_count(w, w->order[r], &i, &c)) {
                c.saying = saying_at(w, c.article, c.at);
                c.share = is_share(c.what);
                c.bag = sentence_bag(w, &w->texts[c.article], c.sentence);
                all = arena_grow(w->arena, all, n, &cap, sizeof *all);
                all[n++] = c;
            }
    struct conflict_span *at = arena_array(w->arena, n + 1, sizeof *at);
    uint64_t *what = arena_array(w->arena, n + 1, sizeof *what);
    for (size_t i = 0; i < n; i++) {
        at[i] = (struct conflict_span){all[i].article, all[i].at, 0};
        what[i] = all[i].what;
    }
    struct counts counts = {all, n};
    conflict_add_sets(w, &(struct contradictions){"number.differs", at, n, against, &counts, what});
}
