/* Rule "time.differs": one saying, or two of one speaker on the same matter, with times that
 * cannot both be meant ("soon" / "in the coming months", "by the end of April" / "this week").
 *
 * A statement counts with the one time its content gives for the matter; statements with several
 * times of one kind are left alone, since which belongs to which is not known. */
#include "compare/facts/when.h"

/* Likeness from which two statements of one speaker are on one matter without being one saying. */
#define SAME_MATTER 0.25

struct timed {
    uint32_t article;
    const struct saying *saying;
    struct when when;
    int32_t base;
    double amount; /* the number nearest to the time: "a 5% duty from next week"; 0: none near */
};

/* Words between a time and the number it goes with. */
enum { AMOUNT_NEAR = 8 };

static double amount_near(const struct text *t, const struct saying *s, const struct when *at)
{
    double amount = 0;
    uint32_t nearest = AMOUNT_NEAR;
    for (size_t i = 0; i < s->n_terms; i++) {
        const struct term *term = &t->terms[s->terms[i]];
        if (!(term->flags & TERM_NUMBER) ||
            (term->at.start >= at->at.start && term->at.end <= at->at.end))
            continue;
        struct term_range when = text_range(t, at->at);
        uint32_t apart =
            s->terms[i] < when.first ? when.first - s->terms[i] : s->terms[i] - when.end + 1;
        if (apart < nearest) {
            nearest = apart;
            amount = term->number;
        }
    }
    return amount;
}

static bool names_a_day(const struct when *w)
{
    return w->kind == WHEN_WEEKDAY || (w->kind == WHEN_DAYS && !w->deadline) ||
           (w->kind == WHEN_MONTH_NAME && !w->deadline);
}

/* "0241 GMT Friday" is still Thursday elsewhere. */
static bool is_in_zone(const struct text *t, uint32_t at)
{
    return at && (t->terms[at - 1].word == str_hash(S("gmt")) ||
                  t->terms[at - 1].word == str_hash(S("utc")));
}

/* The time of the saying: the only one, or the only one that is no mere day ("after Wednesday's
 * meeting"). */
static bool time_of(const struct work *w, const struct when_words *words, const struct saying *s,
                    struct timed *out)
{
    const struct text *t = &w->texts[s->article];
    size_t broad = 0, days = 0;
    struct when day = {0};
    int32_t base = day_parse(w->in->articles[s->article].published);
    *out = (struct timed){.article = s->article, .saying = s, .base = base};
    for (size_t i = 0; i < s->n_terms; i++) {
        struct when at;
        if (!when_at(words, t, s->terms[i], base, &at) || is_in_zone(t, s->terms[i]))
            continue;
        if (names_a_day(&at)) {
            days++;
            day = at;
        } else {
            broad++;
            out->when = at;
        }
        while (i + 1 < s->n_terms && s->terms[i + 1] < at.end)
            i++;
    }
    if (!broad && days == 1)
        out->when = day;
    else if (broad != 1)
        return false;
    out->amount = amount_near(t, s, &out->when);
    return true;
}

static bool against(const struct work *w, const void *items, size_t i, size_t k)
{
    const struct timed *x = (const struct timed *)items + i, *y = (const struct timed *)items + k;
    if (x->article == y->article || saying_kinship(x->saying, y->saying) != KIN_SAME)
        return false;
    bool one = x->saying->utterance == y->saying->utterance;
    if (!one && (names_a_day(&x->when) || names_a_day(&y->when)))
        return false;
    if (x->amount > 0 && y->amount > 0 && x->amount != y->amount)
        return false; /* two steps of one plan */
    if (one && str_eq_case(text_slice(&w->texts[x->article], x->when.at),
                           text_slice(&w->texts[y->article], y->when.at)))
        return false; /* one saying's "today", quoted on two days */
    if ((x->when.to < 0) != (y->when.to < 0))
        return false; /* one looks back, the other ahead: they date different things */
    if (!whens_contradict(&x->when, x->base, &y->when, y->base))
        return false;
    struct match m = saying_match(w, x->saying, y->saying);
    return !m.unlike &&
           (one ? saying_shares_words(w, x->saying, y->saying) : m.score >= SAME_MATTER);
}

void conflict_time(struct work *w)
{
    struct when_words words;
    when_load(w->arena, &words);
    struct timed *all = arena_array(w->arena, w->n_sayings + 1, sizeof *all);
    struct conflict_span *at = arena_array(w->arena, w->n_sayings + 1, sizeof *at);
    uint64_t *speaker = arena_array(w->arena, w->n_sayings + 1, sizeof *speaker);
    size_t n = 0;
    for (size_t i = 0; i < w->n_sayings; i++)
        if (w->sayings[i].speaker.n && time_of(w, &words, &w->sayings[i], &all[n])) {
            at[n] = (struct conflict_span){all[n].article, all[n].when.at, 0};
            speaker[n] = str_hash(all[n].saying->speaker);
            n++;
        }
    conflict_add_sets(w, &(struct contradictions){"time.differs", at, n, against, all, speaker});
}
