/* Who stands where on which issue, over all articles.
 *
 * One entry per actor, issue and stance. Opposite stances are disputed when different outlets
 * carry them of the same or an unknown day; said on different days they are a change: the later
 * entry then names the earlier stance in `was`. Neutral is given only where there is nothing else.
 */
#include "compare/parts.h"

#include <stdlib.h>

struct taken {
    struct str actor, issue;
    enum stance stance;
    const struct saying *saying;
    struct str condition;
    float confidence;
    uint32_t place; /* canonical place of the saying */
};

static int by_position(const void *a, const void *b)
{
    const struct taken *x = a, *y = b;
    int order = str_cmp(x->actor, y->actor);
    order = order ? order : str_cmp(x->issue, y->issue);
    if (order)
        return order;
    if (x->stance != y->stance)
        return x->stance < y->stance ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static int by_issue(const void *a, const void *b)
{
    const struct taken *x = a, *y = b;
    int order = str_cmp(x->issue, y->issue);
    order = order ? order : str_cmp(x->actor, y->actor);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

static void rename_actor(struct taken *v, size_t n, struct str from, struct str to)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].actor, from))
            v[i].actor = to;
}

/* Of the sayings on one issue, those of one actor under two names get one. */
static void join_actors(const struct work *w, struct taken *v, size_t n)
{
    enum { MOST_COMPARED = 200 };
    for (size_t i = 0; i < n && n <= MOST_COMPARED; i++)
        for (size_t k = 0; k < i; k++) {
            if (str_eq(v[i].actor, v[k].actor) ||
                !saying_one_actor(w, v[i].saying, v[k].saying, v[i].stance == v[k].stance))
                continue;
            bool first = saying_names_better(w, v[k].saying, v[i].saying);
            struct str better = v[first ? k : i].actor, other = v[first ? i : k].actor;
            rename_actor(v, n, other, better);
        }
}

static const struct lang_actor *actor_of(const struct work *w, const struct taken *t)
{
    return &w->in->articles[t->saying->article].reading->actors[t->saying->st->speaker];
}

/* "The finance minister" on the side of somebody named may be that person, who counts once. */
static bool stands_aside(const struct work *w, const struct taken *v, size_t n, size_t i)
{
    bool beside = false;
    for (size_t k = 0; k < n; k++) {
        if (actor_of(w, &v[k])->kind != ACTOR_PERSON)
            continue;
        if (str_eq(v[k].actor, v[i].actor))
            return false; /* whose office it is was found */
        beside = beside || v[k].stance == v[i].stance;
    }
    return beside;
}

static void drop_offices(const struct work *w, struct taken *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].stance != STANCE_NEUTRAL && lang_is_by_office(actor_of(w, &v[i])) &&
            stands_aside(w, v, n, i))
            v[i].stance = STANCE_NEUTRAL;
}

static size_t collect(struct work *w, struct taken **out)
{
    size_t n = 0, cap = 0;
    struct taken *all = NULL;
    for (size_t i = 0; i < w->n_sayings; i++) {
        const struct saying *s = &w->sayings[i];
        for (size_t k = 0; s->speaker.n && k < s->st->n_positions; k++) {
            const struct lang_position *p = &s->st->positions[k];
            all = arena_grow(w->arena, all, n, &cap, sizeof *all);
            all[n++] = (struct taken){s->speaker,   p->issue,      p->stance,  s,
                                      p->condition, p->confidence, (uint32_t)i};
        }
    }
    if (n)
        qsort(all, n, sizeof *all, by_issue);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && str_eq(all[end].issue, all[i].issue);)
            end++;
        join_actors(w, &all[i], end - i);
        drop_offices(w, &all[i], end - i);
    }
    if (n)
        qsort(all, n, sizeof *all, by_position);
    *out = all;
    return n;
}

static void take_earlier(struct str day, struct str *first)
{
    day = str_slice(day, 0, 10);
    if (day_parse(day) != NO_DAY && (!first->n || str_cmp(day, *first) < 0))
        *first = day;
}

/* When it was said and when that was published are two things: the latter only for want of the
 * former. */
static struct str earliest_day(const struct work *w, const struct taken *t, size_t n, bool *said)
{
    struct str day = {0}, published = {0};
    for (size_t i = 0; i < n; i++) {
        take_earlier(t[i].saying->day, &day);
        take_earlier(w->in->articles[t[i].saying->article].published, &published);
    }
    *said = day.n > 0;
    return *said ? day : published;
}

static void add_article(struct position *p, int64_t id)
{
    for (size_t i = 0; i < p->n_articles; i++)
        if (p->articles[i] == id)
            return;
    p->articles[p->n_articles++] = id;
}

static void fill(struct work *w, const struct taken *t, size_t n, struct position *p)
{
    *p = (struct position){.actor = t->actor, .issue = t->issue, .stance = t->stance};
    p->statements = arena_array(w->arena, n + 1, sizeof *p->statements);
    p->articles = arena_array(w->arena, n + 1, sizeof *p->articles);
    for (size_t i = 0; i < n; i++) {
        p->statements[p->n_statements++] = t[i].saying->id;
        add_article(p, w->in->articles[t[i].saying->article].id);
        if (!p->condition.n)
            p->condition = t[i].condition;
        if (t[i].confidence > p->confidence)
            p->confidence = t[i].confidence;
    }
    p->since = earliest_day(w, t, n, &p->since_said);
}

static int direction(enum stance s)
{
    if (s == STANCE_SUPPORT || s == STANCE_CONDITIONAL)
        return 1;
    return s == STANCE_OPPOSE || s == STANCE_DENIES ? -1 : 0; /* who declines to say says nothing */
}

static bool opposite(enum stance a, enum stance b)
{
    return direction(a) * direction(b) < 0;
}

/* Is there a statement day for both that differs? Publishing days do not count: they say when it
 * was told. */
static int said_order(const struct taken *x, size_t nx, const struct taken *y, size_t ny)
{
    int32_t last_x = NO_DAY, last_y = NO_DAY;
    for (size_t i = 0; i < nx; i++)
        if (day_parse(x[i].saying->day) > last_x)
            last_x = day_parse(x[i].saying->day);
    for (size_t i = 0; i < ny; i++)
        if (day_parse(y[i].saying->day) > last_y)
            last_y = day_parse(y[i].saying->day);
    if (last_x == NO_DAY || last_y == NO_DAY || last_x == last_y)
        return 0;
    return last_x < last_y ? -1 : 1;
}

static bool outlets_differ(const struct position *p, const struct position *q)
{
    for (size_t i = 0; i < p->n_articles; i++) {
        bool both = false;
        for (size_t k = 0; k < q->n_articles; k++)
            both = both || p->articles[i] == q->articles[k];
        if (!both)
            return true;
    }
    return false;
}

struct entry {
    struct position *p;
    const struct taken *taken;
    size_t n;
};

/* The entries of one actor on one issue, against each other. */
static void compare_entries(struct entry *e, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k <= i + MOST_RIVALS; k++) {
            if (!opposite(e[i].p->stance, e[k].p->stance))
                continue;
            int order = said_order(e[i].taken, e[i].n, e[k].taken, e[k].n);
            if (order < 0)
                e[k].p->was = str_of(stance_names[e[i].p->stance]);
            else if (order > 0)
                e[i].p->was = str_of(stance_names[e[k].p->stance]);
            else if (outlets_differ(e[i].p, e[k].p) || outlets_differ(e[k].p, e[i].p))
                e[i].p->disputed = e[k].p->disputed = true;
        }
}

enum { BOTH_SIDES = 2 };

/* An actor's sides on an issue mostly agree: one that is far less sure than the best for the other
 * side is not told, for it is oftener misread than a change of mind. */
static void drop_contradicted(struct taken *t, size_t n)
{
    static const float clear = 0.84f, less = 0.07f;
    float best[BOTH_SIDES] = {0, 0};
    for (size_t i = 0; i < n; i++) {
        int d = direction(t[i].stance);
        if (d && t[i].confidence > best[d > 0])
            best[d > 0] = t[i].confidence;
    }
    for (size_t i = 0; i < n; i++) {
        int d = direction(t[i].stance);
        if (d && best[d < 0] > best[d > 0] + less && best[d > 0] < clear)
            t[i].stance = STANCE_NEUTRAL;
    }
    if (n > 1)
        qsort(t, n, sizeof *t, by_position);
}

void work_positions(struct work *w)
{
    struct taken *all;
    size_t n = collect(w, &all);
    struct comparison *out = w->out;
    out->positions = arena_array(w->arena, n + 1, sizeof *out->positions);
    struct entry *entries = arena_array(w->arena, n + 1, sizeof *entries);
    for (size_t i = 0; i < n;) {
        size_t end = i, k = i, n_entries = 0;
        while (end < n && str_eq(all[end].actor, all[i].actor) &&
               str_eq(all[end].issue, all[i].issue))
            end++;
        drop_contradicted(&all[i], end - i);
        while (k < end) {
            size_t next = k;
            while (next < end && all[next].stance == all[k].stance)
                next++;
            bool alone = k == i && next == end;
            if (alone || all[k].stance != STANCE_NEUTRAL) {
                struct position *p = &out->positions[out->n_positions++];
                fill(w, &all[k], next - k, p);
                entries[n_entries++] = (struct entry){p, &all[k], next - k};
            }
            k = next;
        }
        compare_entries(entries, n_entries);
        i = end;
    }
}
