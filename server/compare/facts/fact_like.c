/* Do two facts tell of the same thing, and differently?
 *
 * Of the same thing: by whom it is about and what is counted ("Moss ... 19 boats"), by the
 * word beside ("injured two people"), by what happens on the day, by whose age it is; else by the
 * likeness of the sentences. Not differently: rounded and converted numbers, limits that allow
 * both, counts of two days of reporting, which grow, and what one report has as well as the other.
 */
#include "compare/facts/fact.h"

#include <math.h>

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
#define LIKE_AT_ALL 0.05
#define LIKE_CLOSE 0.12
#define LIKE_ONE_THING 0.15
#define NEARLY 0.005
#define CLOSE 1.3
#define FAR_APART 4
enum {
    TELLING_NUMBER = 10,
    LONG_NUMBER = 200,
    LEAD_SENTENCES = 3,
    MANY_NUMBERS = 5,
    RARE_ACT = 5,
    MOST_APART = 2,
    LATER_WORDS = 3,
    MATCH_APART = 5,
    DAY_APART = 180
};

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
           (x->kind == FACT_COUNT || x->kind == FACT_TOLL || x->kind == FACT_SHARE ||
            x->kind == FACT_MONEY || (x->kind == FACT_AGE && fabs(x->value - y->value) <= 1));
}

static bool is_date(const struct fact *f)
{
    return f->kind == FACT_MONTH || f->kind == FACT_DAY || f->kind == FACT_YEAR;
}

struct known {
    bool in_sentence, in_article; /* has the other's value, in the same sentence, anywhere */
    size_t others;                /* how many other values it has */
};

static bool is_magnitude(const struct fact *f)
{
    return f->kind == FACT_MEASURE && f->what == str_hash(S("magnitude"));
}

static bool share_act(const struct fact *x, const struct fact *y)
{
    return x->acts[0] && (x->acts[0] == y->acts[0] ||
                          (x->acts[1] && x->acts[0] == y->acts[1] && x->acts[1] == y->acts[0]));
}

/* Another one's wives, the day of another thing. */
static bool told_of_another(const struct fact *x, const struct fact *y)
{
    if (x->kind == FACT_TOLL)
        return x->prev != y->prev || x->month != y->month;
    if (x->kind == FACT_TIMES || x->kind == FACT_LATER || is_magnitude(x) ||
        (x->work && x->work == y->work))
        return false;
    if (x->kind == FACT_CLOCK && (!x->acts[0] || !y->acts[0]))
        return false;
    if (is_date(x) || x->kind == FACT_CLOCK)
        return !x->acts[0] || !y->acts[0] ||
               (x->acts[0] != y->acts[0] && x->acts[0] != y->acts[1] && x->acts[1] != y->acts[0]);
    if (x->kind == FACT_COUNT)
        return x->owner && y->owner && x->owner != y->owner;
    return x->kind != FACT_AGE && bag_likeness(&x->near, &y->near).dice < LIKE_ONE_THING;
}

static void see(struct known *k, const struct fact *f, const struct fact *in, const struct fact *as)
{
    bool same = facts_agree(f, as), other = f != in && told_of_another(f, in);
    if (f->kind != in->kind || f->what != in->what || (other && is_date(f)))
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

/* Does the sentence name another year too? */
static bool has_year_besides(const struct work *w, const struct fact *f)
{
    const struct text *t = &w->texts[f->article];
    for (uint32_t i = t->sentences[f->sentence].first; i < t->sentences[f->sentence].end; i++)
        if ((t->terms[i].flags & TERM_NUMBER) && t->terms[i].number >= 1900 &&
            t->terms[i].number <= 2100 && t->terms[i].number != f->value)
            return true;
    return false;
}

/* What is told with a number of a year changes with the years. */
static bool same_day_of(const struct work *w, const struct fact *x, const struct fact *y,
                        double like)
{
    if (x->work && x->work == y->work && !x->said && !y->said)
        return !has_year_besides(w, x) && !has_year_besides(w, y);
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

static bool is_amount(const struct fact *f)
{
    return f->kind <= FACT_MEASURE || f->kind == FACT_TOLL;
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
    if (is_magnitude(x) && leads(x, &f->in_x) && leads(y, &f->in_y))
        return true; /* the quake that both are about */
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

/* The first fact of the sentence in which fact i stands. */
static size_t sentence_of(const struct facts *all, size_t i)
{
    while (i && all->v[i - 1].article == all->v[i].article &&
           all->v[i - 1].sentence == all->v[i].sentence)
        i--;
    return i;
}

static bool stands_beside(const struct facts *all, size_t i, const struct fact *f)
{
    return i < all->n && all->v[i].article == f->article && all->v[i].sentence == f->sentence;
}

/* Of two quakes, two flights: a measure in both sentences differs too. */
static bool measures_differ(const struct facts *all, size_t i, size_t k)
{
    const struct fact *x = &all->v[i], *y = &all->v[k];
    for (size_t a = sentence_of(all, i); stands_beside(all, a, x); a++)
        for (size_t b = sentence_of(all, k); stands_beside(all, b, y); b++)
            if (all->v[a].kind == FACT_MEASURE && all->v[b].kind == FACT_MEASURE && a != i &&
                all->v[a].what == all->v[b].what && !facts_agree(&all->v[a], &all->v[b]))
                return true;
    return false;
}

/* Of one event, in which both know one number of whom this happened to. */
static bool same_toll(const struct two *f)
{
    const struct fact *x = f->x, *y = f->y;
    if (f->in_x.others || f->in_y.others || told_of_another(x, y))
        return false;
    bool lead = x->sentence < LEAD_SENTENCES && y->sentence < LEAD_SENTENCES;
    return f->like >= LIKE_ONE_THING || f->near >= LIKE_BESIDE || (lead && f->like >= LIKE_AT_ALL);
}

static bool same_deed(const struct two *f)
{
    return f->x->what == f->y->what && !f->in_x.in_article && !f->in_y.in_article &&
           (f->x->owner && f->y->owner ? share_actor(f->x, f->y) : f->near >= LIKE_BESIDE);
}

/* The same happened at both times: a minute apart in a match, hours apart in a day. */
static bool same_moment(const struct work *w, const struct two *f)
{
    const struct fact *x = f->x, *y = f->y;
    if (x->said || y->said || told_of_another(x, y) || f->in_x.in_article || f->in_y.in_article ||
        clocks_apart(x, y) > (x->what == 1 ? MATCH_APART : DAY_APART))
        return false;
    return share_act(x, y)
               ? f->like >= LIKE_RARE
               : (share_rare_act(w, x, y) || f->near >= LIKE_ONLY) && f->like >= LIKE_ONE_THING;
}

uint64_t fact_key(const struct fact *f)
{
    return f->what * FACT_KINDS + f->kind;
}

/* Who counts: the speaker, else whoever the sentence begins with. */
static uint64_t source_of(const struct work *w, const struct fact *f)
{
    if (f->saying && f->saying->speaker.n)
        return str_hash(f->saying->speaker);
    const struct text *t = &w->texts[f->article];
    uint32_t first = t->sentences[f->sentence].first;
    for (uint32_t i = first; i < first + 2 && i < t->n_terms; i++)
        if (t->terms[i].flags & TERM_ACTOR)
            return t->terms[i].stem;
    return 0;
}

/* "Wants two": no fact. */
static bool is_wished(const struct work *w, const struct fact *f)
{
    const struct text *t = &w->texts[f->article];
    for (uint32_t i = t->sentences[f->sentence].first; i < f->first; i++)
        if (map_get(&w->lex.marks, t->terms[i].word, 0) & MARK_UNREAL)
            return true;
    return false;
}

/* Within one report: "police counted 300, the union 900". Each has a source of its own, one shortly
 * behind the other. */
static bool sources_differ(const struct work *w, const struct fact *x, const struct fact *y)
{
    uint64_t a = source_of(w, x), b = source_of(w, y);
    uint32_t apart =
        x->sentence < y->sentence ? y->sentence - x->sentence : x->sentence - y->sentence;
    if (!a || !b || a == b || apart > MOST_APART || x->supposed || y->supposed || is_wished(w, x) ||
        is_wished(w, y) ||
        (x->saying && y->saying && saying_kinship(x->saying, y->saying) != KIN_NONE))
        return false;
    if (x->kind == FACT_TOLL)
        return !told_of_another(x, y);
    if (is_magnitude(x))
        return true;
    return x->kind == FACT_COUNT && x->saying && y->saying && !x->tally && !y->tally &&
           (word_beside(x, y) || bag_likeness(&x->near, &y->near).dice >= LIKE_BESIDE);
}

bool facts_contradict(const struct work *w, const struct facts *all, size_t i, size_t k)
{
    const struct fact *x = &all->v[i], *y = &all->v[k];
    if (fact_key(x) != fact_key(y) || facts_agree(x, y))
        return false;
    if (x->article == y->article)
        return sources_differ(w, x, y);
    struct two f = {x, y, known_of(all, i, y), known_of(all, k, x), 0, 0, false};
    f.like = bag_likeness(&x->around, &y->around).dice;
    f.near = bag_likeness(&x->near, &y->near).dice;
    f.one_dated = has_year(&w->texts[x->article], x->sentence, 0) !=
                  has_year(&w->texts[y->article], y->sentence, 0);
    bool one = x->saying && y->saying && x->saying->utterance == y->saying->utterance;
    if (f.in_x.in_sentence || f.in_y.in_sentence || (told_of_another(x, y) && f.like < LIKE_SHARES))
        return false;
    if (x->month != y->month && (x->kind == FACT_TOLL || (x->month && y->month)))
        return false; /* another flood */
    if (is_date(x) && is_wished(w, x) != is_wished(w, y))
        return false; /* what is to come, what was */
    if (is_amount(x) && (are_two_amounts(w, &f) || measures_differ(all, i, k)))
        return false;
    bool measured = x->kind == FACT_MEASURE || (is_amount(x) && fmod(x->value, 1) != 0);
    if (measured && x->value > 0 && fact_names_date(w, x) != fact_names_date(w, y))
        return false; /* another quake */
    if (one && is_amount(x))
        return x->kind == FACT_TOLL || same_amount(&f, true);
    bool many = numbers_in(w, x) >= MANY_NUMBERS || numbers_in(w, y) >= MANY_NUMBERS;
    if (x->quoted || y->quoted || x->supposed || y->supposed || may_have_grown(w, x, y) ||
        (many && !is_magnitude(x)))
        return false;
    if (is_date(x))
        return same_day_of(w, x, y, f.like);
    if (years_differ(&w->texts[x->article], x->sentence, &w->texts[y->article], y->sentence))
        return false;
    if ((x->kind == FACT_COUNT || x->kind == FACT_TOLL) && !share_actor(x, y) &&
        facts_name_others(w, x, y))
        return false;
    switch ((int)x->kind) {
    case FACT_AGE:
        return same_age(&f);
    case FACT_TOLL:
        return same_toll(&f);
    case FACT_TIMES:
        return same_deed(&f);
    case FACT_CLOCK:
        return same_moment(w, &f);
    case FACT_LATER:
        return f.near >= LIKE_LEAD && bag_likeness(&x->near, &y->near).words >= LATER_WORDS;
    default:
        return same_amount(&f, false);
    }
}
