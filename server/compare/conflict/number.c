/* Rules "number.differs", "age.differs", "day.differs", "clock.differs": two reports tell of the
 * same thing another number, age, day or time of day. What they tell is found by fact.c, what is
 * the same thing by fact_like.c. */
#include "compare/facts/fact.h"

/* Of facts with one key so many are compared: time must not grow with their square. */
enum { MOST_OF_KEY = 200 };

static bool against(const struct work *w, const void *items, size_t i, size_t k)
{
    return facts_contradict(w, items, i, k);
}

static bool is_day(const struct fact *f)
{
    return f->kind >= FACT_LATER;
}

static bool is_age(const struct fact *f)
{
    return f->kind == FACT_AGE;
}

static bool is_clock(const struct fact *f)
{
    return f->kind == FACT_CLOCK;
}

static bool is_amount(const struct fact *f)
{
    return !is_day(f) && !is_age(f) && !is_clock(f) && f->kind != FACT_TOLL;
}

static bool is_toll(const struct fact *f)
{
    return f->kind == FACT_TOLL;
}

static void report(struct work *w, const struct facts *all, const char *rule,
                   bool (*of)(const struct fact *))
{
    struct conflict_span *at = arena_array(w->arena, all->n + 1, sizeof *at);
    uint64_t *key = arena_array(w->arena, all->n + 1, sizeof *key);
    struct facts facts = {arena_array(w->arena, all->n + 1, sizeof *facts.v), 0, 0};
    struct map seen = {0};
    for (size_t i = 0; i < all->n; i++) {
        const struct fact *f = &all->v[i];
        if (!of(f) || ++*map_at(w->arena, &seen, fact_key(f)) > MOST_OF_KEY)
            continue;
        at[facts.n] = (struct conflict_span){f->article, f->at, 0};
        key[facts.n] = fact_key(f);
        facts.v[facts.n++] = *f;
    }
    conflict_add_sets(w, &(struct contradictions){rule, at, facts.n, against, &facts, key});
}

void conflict_number(struct work *w)
{
    struct when_words words;
    struct facts facts = {0};
    when_load(w->arena, &words);
    for (size_t r = 0; r < w->in->n_articles; r++)
        facts_in(w, &words, w->order[r], &facts);
    report(w, &facts, "number.differs", is_toll);
    report(w, &facts, "number.differs", is_amount);
    report(w, &facts, "age.differs", is_age);
    report(w, &facts, "day.differs", is_day);
    report(w, &facts, "clock.differs", is_clock);
}
