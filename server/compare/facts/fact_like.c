/* Do two facts tell of the same thing, and differently?
 *
 * Of the same thing: by whom it is about and what is counted ("Moss ... 19 boats"), by the
 * word beside ("injured two people"), by what happens on the day, by whose age it is; else by the
 * likeness of the sentences. Not differently: rounded and converted numbers, limits that allow
 * both, counts of two days of reporting, which grow, and what one report has as well as the other.
 */
#include "compare/facts/fact.h"

#include <math.h>

#define ROUNDING 0.05
/* Likeness of sentences that are enough by themselves; of those of polls and elections, many are
 * alike; and that is enough beside a word, an owner, at the head of both reports. */
#define LIKE_ALONE 0.45
#define LIKE_SHARES 0.75
#define LIKE_TALLIES 0.70
#define LIKE_BESIDE 0.20
#define LIKE_NEAR 0.35
#define LIKE_LEAD 0.25
#define LIKE_ONLY 0.3
#define LIKE_IN_UTTERANCE 0.20
#define LIKE_RARE 0.08
#define LIKE_CLOSE 0.12
#define LIKE_ONE_THING 0.15
#define NEARLY 0.005
#define CLOSE 1.3
#define FAR_APART 4
enum { TELLING_NUMBER = 10, LONG_NUMBER = 200, LEAD_SENTENCES = 3, MANY_NUMBERS = 5, RARE_ACT = 5 };

static bool rounded(const struct fact *x, const struct fact *y)
{
    double more = fmax(x->value, y->value), share = fabs(x->value - y->value) / more;
    bool round = fmod(x->value, 100) == 0 || fmod(y->value, 100) == 0;
    if (x->about || y->about)
        return share <= 2 * ROUNDING;
    return round && share <= ROUNDING;
}

/* "$13 billion" is "$13.9 billion" to somebody who does not round, or up to it. */
static bool cut_off(const struct fact *x, const struct fact *y)
{
    double a = x->value / x->scale, b = y->value / y->scale;
    bool whole_a = a == floor(a), whole_b = b == floor(b);
    return x->scale == y->scale && whole_a != whole_b && fabs(a - b) < 1;
}

/* Can both values be right of one thing? */
static bool compatible(const struct fact *x, const struct fact *y)
{
    const struct fact *less = x->value < y->value ? x : y, *more = less == x ? y : x;
    if (x->value == y->value)
        return true;
    if (x->kind == FACT_DAY || x->kind == FACT_YEAR)
        return false;
    if (less->least || more->most)
        return true;
    if (cut_off(x, y) && x->scale > 1)
        return true;
    /* values are rounded when units are converted */
    if (x->kind == FACT_MEASURE && fabs(x->value - y->value) <= ROUNDING * more->value)
        return fmod(x->value, 1) != 0 || fmod(y->value, 1) != 0;
    return x->kind != FACT_AGE && rounded(x, y);
}

static bool published_apart(const struct work *w, const struct fact *x, const struct fact *y)
{
    int32_t a = day_parse(w->in->articles[x->article].published);
    int32_t b = day_parse(w->in->articles[y->article].published);
    return a != NO_DAY && b != NO_DAY && a != b;
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

/* What is counted on two days can have grown; a birthday can lie between two ages. */
static bool may_have_grown(const struct work *w, const struct fact *x, const struct fact *y)
{
    return published_apart(w, x, y) &&
           (x->kind == FACT_COUNT || x->kind == FACT_SHARE || x->kind == FACT_MONEY ||
            (x->kind == FACT_AGE && fabs(x->value - y->value) <= 1));
}

struct known {
    bool in_sentence, in_article; /* has the other's value, in the same sentence, anywhere */
    size_t others;                /* how many other values it has */
};

static bool share_act(const struct fact *x, const struct fact *y)
{
    return x->acts[0] && (x->acts[0] == y->acts[0] ||
                          (x->acts[1] && x->acts[0] == y->acts[1] && x->acts[1] == y->acts[0]));
}

/* Another one's wives, the day of another thing. */
static bool told_of_another(const struct fact *x, const struct fact *y)
{
    if (x->kind == FACT_DAY || x->kind == FACT_YEAR)
        return !x->acts[0] || !y->acts[0] ||
               (x->acts[0] != y->acts[0] && x->acts[0] != y->acts[1] && x->acts[1] != y->acts[0]);
    if (x->kind == FACT_COUNT)
        return x->owner && y->owner && x->owner != y->owner;
    return x->kind != FACT_AGE && bag_likeness(&x->near, &y->near).dice < LIKE_ONE_THING;
}

static void see(struct known *k, const struct fact *f, const struct fact *in, const struct fact *as)
{
    bool same = compatible(f, as), other = f != in && told_of_another(f, in);
    if (f->kind != in->kind || f->what != in->what ||
        (other && (f->kind == FACT_DAY || f->kind == FACT_YEAR)))
        return;
    k->in_sentence = k->in_sentence || (same && f->sentence == in->sentence);
    if (other)
        return;
    k->in_article = k->in_article || same;
    k->others += f->value != in->value;
}

/* What the article of `in` has of what it counts. */
static struct known known_of(const struct facts *all, size_t in, const struct fact *as)
{
    struct known k = {.others = 0};
    const struct fact *f = &all->v[in];
    for (size_t i = in + 1; i-- > 0 && all->v[i].article == f->article;)
        see(&k, &all->v[i], f, as);
    for (size_t i = in + 1; i < all->n && all->v[i].article == f->article; i++)
        see(&k, &all->v[i], f, as);
    return k;
}

/* Dates apart. */
static size_t numbers_in(const struct work *w, const struct fact *f)
{
    const struct text *t = &w->texts[f->article];
    size_t n = 0;
    for (uint32_t i = t->sentences[f->sentence].first; i < t->sentences[f->sentence].end; i++) {
        bool date = i && (t->terms[i - 1].flags & TERM_CAPITAL) && t->terms[i].number <= 31;
        bool year = t->terms[i].number >= 1900 && t->terms[i].number <= 2100;
        n += (t->terms[i].flags & TERM_NUMBER) && !date && !year;
    }
    return n;
}

static bool share_actor(const struct fact *x, const struct fact *y)
{
    return x->owner && x->owner == y->owner;
}

/* One of what happens is the same, and the story tells seldom of it. */
static bool share_rare_act(const struct work *w, const struct fact *x, const struct fact *y)
{
    for (size_t i = 0; i < 4; i++) {
        uint64_t act = x->acts[i / 2];
        if (act && act == y->acts[i % 2] && map_get(&w->df, act, 0) <= RARE_ACT)
            return true;
    }
    return false;
}

/* What is told with a number of a year changes with the years. */
static bool same_day_of(const struct work *w, const struct fact *x, const struct fact *y,
                        double like)
{
    if (x->kind == FACT_YEAR && (numbers_in(w, x) || numbers_in(w, y)))
        return false;
    if (x->kind == FACT_YEAR && like >= LIKE_RARE && share_rare_act(w, x, y) &&
        (share_act(x, y) || share_actor(x, y)))
        return true;
    bool near = bag_likeness(&x->near, &y->near).dice >= LIKE_BESIDE;
    return !x->said && !y->said && share_act(x, y) &&
           (share_actor(x, y) || near ? like >= LIKE_BESIDE / 2 : like >= LIKE_NEAR);
}

static bool word_beside(const struct fact *x, const struct fact *y)
{
    return (x->prev && x->prev == y->prev) || (x->next && x->next == y->next) ||
           (x->prev && x->prev == y->next) || (x->next && x->next == y->prev);
}

/* Is the article's only value of its kind at its head? */
static bool leads(const struct fact *f, const struct known *k)
{
    return f->sentence < LEAD_SENTENCES && !k->others;
}

/* A name, no day: names of the first word are not known to be any. */
static bool is_name(const struct work *w, const struct text *t, uint32_t at)
{
    return (t->terms[at].flags & TERM_CAPITAL) && !(t->terms[at].flags & TERM_STOP) &&
           t->sentences[t->terms[at].sentence].first != at &&
           !(map_get(&w->lex.marks, t->terms[at].word, 0) & (MARK_DATE | MARK_ABBREVIATION));
}

static bool names_too(const struct text *t, uint32_t sentence, uint64_t stem)
{
    for (uint32_t i = t->sentences[sentence].first; i < t->sentences[sentence].end; i++)
        if (t->terms[i].stem == stem)
            return true;
    return false;
}

static bool names_date(const struct work *w, const struct fact *f)
{
    const struct text *t = &w->texts[f->article];
    for (uint32_t i = t->sentences[f->sentence].first; i < t->sentences[f->sentence].end; i++)
        if ((t->terms[i].flags & TERM_CAPITAL) &&
            (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_DATE))
            return true;
    return false;
}

/* Both sentences have names, but none that the other has: near Cusco, near Potosi. */
static bool names_differ(const struct work *w, const struct fact *x, const struct fact *y)
{
    const struct text *t = &w->texts[x->article], *u = &w->texts[y->article];
    bool in_x = false, in_y = false;
    for (uint32_t i = t->sentences[x->sentence].first; i < t->sentences[x->sentence].end; i++) {
        bool name = is_name(w, t, i);
        if (name && names_too(u, y->sentence, t->terms[i].stem))
            return false;
        in_x = in_x || name;
    }
    for (uint32_t i = u->sentences[y->sentence].first; i < u->sentences[y->sentence].end; i++)
        in_y = in_y || is_name(w, u, i);
    return in_x && in_y;
}

static bool is_amount(const struct fact *f)
{
    return f->kind != FACT_DAY && f->kind != FACT_YEAR && f->kind != FACT_AGE;
}

struct two {
    const struct fact *x, *y;
    struct known in_x, in_y;
    double like, near; /* of the sentences, of the words beside */
    bool one_dated;    /* one of the sentences names a year: how old somebody was then */
};

/* "2,301 points", "2,302 points": so long a number and so near another is meant to be it. */
static bool nearly_one(const struct fact *x, const struct fact *y)
{
    double more = fmax(fabs(x->value), fabs(y->value)), unit = fmax(x->scale, y->scale);
    return x->kind == FACT_COUNT && more / unit >= LONG_NUMBER &&
           fabs(x->value - y->value) <= NEARLY * more;
}

static bool close(const struct fact *x, const struct fact *y)
{
    return fmax(x->value, y->value) <= CLOSE * fmin(x->value, y->value);
}

/* Both of one owner in sentences that are alike; or beside the same word. */
static bool counted_alike(const struct two *f)
{
    const struct fact *x = f->x, *y = f->y;
    if (f->in_x.others || f->in_y.others || f->in_x.in_article || f->in_y.in_article)
        return false;
    if (x->kind == FACT_MEASURE && x->value < 0 && y->value < 0)
        return f->near >= LIKE_BESIDE; /* it was cold */
    if (x->kind != FACT_COUNT)
        return (word_beside(x, y) && f->near >= LIKE_NEAR) ||
               (f->near >= LIKE_LEAD && f->like >= LIKE_ONLY);
    bool people = x->what == word_stem(S("people"));
    bool others = x->prev && y->prev && x->prev != y->prev && x->next != y->next;
    if (people && (others || !word_beside(x, y)))
        return false; /* killed, injured */
    if (close(x, y) && f->like >= LIKE_CLOSE)
        return true;
    return (share_actor(x, y) && (f->near >= LIKE_BESIDE || f->like >= LIKE_BESIDE)) ||
           (word_beside(x, y) && f->like >= LIKE_BESIDE) || f->like >= LIKE_ONLY;
}

static bool same_amount(const struct two *f, bool one_saying)
{
    const struct fact *x = f->x, *y = f->y;
    if (nearly_one(x, y) && !f->in_x.in_article && !f->in_y.in_article &&
        (share_actor(x, y) || word_beside(x, y) || f->near >= LIKE_BESIDE))
        return true;
    bool compound = (x->compound || y->compound) && x->kind != FACT_MEASURE;
    if (compound || x->tally || y->tally)
        return f->like >= (compound ? LIKE_SHARES : LIKE_TALLIES) && x->prev == y->prev &&
               x->prev && !told_of_another(x, y);
    if (x->kind == FACT_MEASURE && !word_beside(x, y) && f->near < LIKE_BESIDE)
        return false;
    if (one_saying)
        return x->kind != FACT_SPAN && f->like >= LIKE_IN_UTTERANCE &&
               (word_beside(x, y) || (x->kind == FACT_COUNT && f->like >= LIKE_ALONE));
    return f->like >= (x->kind == FACT_SHARE ? LIKE_SHARES : LIKE_ALONE) || counted_alike(f) ||
           (leads(x, &f->in_x) && leads(y, &f->in_y) && f->like >= LIKE_LEAD);
}

/* Has the article the number anywhere, whatever it counts there? Small ones are in every text. */
static bool has_number(const struct work *w, uint32_t article, const struct fact *f)
{
    const struct text *t = &w->texts[article];
    double told = f->value / f->scale;
    for (uint32_t i = 0; f->value >= TELLING_NUMBER && i < t->n_terms; i++)
        if ((t->terms[i].flags & TERM_NUMBER) && t->terms[i].number == told)
            return true;
    return false;
}

/* What one report tells with both numbers is two things; so are numbers far apart whose sentences
 * are not much alike. */
static bool are_two_amounts(const struct work *w, const struct two *f)
{
    const struct fact *x = f->x, *y = f->y;
    bool far = fmax(x->value, y->value) > FAR_APART * fmin(x->value, y->value);
    return f->in_x.in_article || f->in_y.in_article || x->link != y->link ||
           has_number(w, x->article, y) || has_number(w, y->article, x) ||
           (far && f->like < LIKE_ALONE);
}

static bool same_age(const struct two *f)
{
    return f->x->what && !f->in_x.in_article && !f->in_y.in_article && !f->one_dated;
}

uint64_t fact_key(const struct fact *f)
{
    return f->what * FACT_KINDS + f->kind;
}

bool facts_contradict(const struct work *w, const struct facts *all, size_t i, size_t k)
{
    const struct fact *x = &all->v[i], *y = &all->v[k];
    if (x->article == y->article || fact_key(x) != fact_key(y) || compatible(x, y))
        return false;
    struct two f = {x, y, known_of(all, i, y), known_of(all, k, x), 0, 0, false};
    f.like = bag_likeness(&x->around, &y->around).dice;
    f.near = bag_likeness(&x->near, &y->near).dice;
    f.one_dated = has_year(&w->texts[x->article], x->sentence, 0) !=
                  has_year(&w->texts[y->article], y->sentence, 0);
    bool one = x->saying && y->saying && x->saying->utterance == y->saying->utterance;
    if (f.in_x.in_sentence || f.in_y.in_sentence || (told_of_another(x, y) && f.like < LIKE_SHARES))
        return false;
    if (is_amount(x) && are_two_amounts(w, &f))
        return false;
    bool measured = x->kind == FACT_MEASURE || (is_amount(x) && fmod(x->value, 1) != 0);
    if (measured && x->value > 0 && names_date(w, x) != names_date(w, y))
        return false; /* another quake */
    if (one && is_amount(x))
        return same_amount(&f, true);
    if (x->quoted || y->quoted || x->supposed || y->supposed || may_have_grown(w, x, y) ||
        numbers_in(w, x) >= MANY_NUMBERS || numbers_in(w, y) >= MANY_NUMBERS)
        return false;
    if (x->kind == FACT_DAY || x->kind == FACT_YEAR)
        return same_day_of(w, x, y, f.like);
    if (years_differ(&w->texts[x->article], x->sentence, &w->texts[y->article], y->sentence))
        return false;
    if (x->kind == FACT_COUNT && !share_actor(x, y) && names_differ(w, x, y))
        return false;
    return x->kind == FACT_AGE ? same_age(&f) : same_amount(&f, false);
}
