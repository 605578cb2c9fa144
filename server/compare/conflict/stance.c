/* Rule "stance.opposite": one actor, one issue, for and against.
 *
 * Between outlets of the same or an unknown day they disagree; between two days the actor
 * changed. Within one article of one day nothing is reported: that is an actor weighing.
 *
 * A stance read between the lines is no ground for saying that somebody contradicts himself: each
 * side must say in so many words that it is for ("backs", "would accept") or against ("opposed",
 * "will not accept": words/marks.txt), of like matter. */
#include "compare/parts.h"

/* Statements less alike speak of different sides of an issue. */
#define SAME_MATTER 0.30
enum { NEGATION_REACH = 4 };

static int direction(enum stance s)
{
    return s == STANCE_SUPPORT ? 1 : s == STANCE_OPPOSE || s == STANCE_DENIES ? -1 : 0;
}

/* Is the term under a "not" or a "refused to"? */
static bool is_turned(const struct work *w, const struct text *t, uint32_t at)
{
    uint32_t first = t->sentences[t->terms[at].sentence].first;
    for (uint32_t i = at; i-- > first && i + NEGATION_REACH >= at;)
        if (map_get(&w->lex.marks, t->terms[i].word, 0) &
            (MARK_NEGATION | MARK_NEGATIVE | MARK_DENIAL))
            return true;
    return false;
}

/* 1 for, -1 against, by the first of the words that say so outright; 0: none does. */
static int outright(const struct work *w, const struct text *t, struct spans spans)
{
    for (size_t i = 0; i < spans.n; i++) {
        struct term_range r = text_range(t, spans.v[i]);
        for (uint32_t k = r.first; k < r.end; k++) {
            uint32_t marks = map_get(&w->lex.marks, t->terms[k].word, 0);
            if (!(marks & (MARK_FAVOUR | MARK_AGAINST)))
                continue;
            return ((marks & MARK_FAVOUR) ? 1 : -1) * (is_turned(w, t, k) ? -1 : 1);
        }
    }
    return 0;
}

static int says(const struct work *w, const struct saying *s)
{
    int by_cue = outright(w, &w->texts[s->article], s->st->cue);
    return by_cue ? by_cue : outright(w, &w->texts[s->article], s->st->content);
}

struct side {
    const struct saying *saying;
    const struct lang_position *position;
    uint64_t key;  /* of speaker and issue */
    uint32_t next; /* the next side of that key, or NO_SIDE */
};
#define NO_SIDE UINT32_MAX

static bool contradict(const struct side *x, const struct side *y)
{
    return direction(x->position->stance) * direction(y->position->stance) < 0 &&
           bag_likeness(&x->saying->bag, &y->saying->bag).dice >= SAME_MATTER;
}

static struct str issue_title(const struct work *w, struct str id)
{
    for (size_t i = 0; w->in->issues && i < w->in->issues->n; i++)
        if (str_eq(w->in->issues->v[i].id, id))
            return w->in->issues->v[i].title;
    return id;
}

static void report(struct work *w, const struct side *x, const struct side *y)
{
    int32_t day_x = day_parse(x->saying->day), day_y = day_parse(y->saying->day);
    bool changed = day_x != NO_DAY && day_y != NO_DAY && day_x != day_y;
    if (x->saying->article == y->saying->article && !changed)
        return;
    if (!x->saying->st->content.n || !y->saying->st->content.n)
        return;
    struct conflict_span spans[] = {{x->saying->article, x->saying->st->content.v[0], 1},
                                    {y->saying->article, y->saying->st->content.v[0], 2}};
    struct str note =
        arena_fmt(w->arena, "%.*s is told to %s and to %s “%.*s”.",
                  STR_ARG(saying_speaker_name(w, x->saying)), stance_names[x->position->stance],
                  stance_names[y->position->stance], STR_ARG(issue_title(w, x->position->issue)));
    conflict_add(w,
                 &(struct finding){"stance.opposite",
                                   changed ? "actor-changed" : "outlets-disagree", note, spans, 2});
}

static uint64_t key_of(struct str speaker, struct str issue)
{
    return str_hash_more(str_hash_more(str_hash(speaker), S("\n")), issue);
}

/* What is said outright, for or against, in canonical order; each knows the next of its actor and
 * issue. */
static size_t find_sides(struct work *w, struct side **out)
{
    struct side *all = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < w->n_sayings; i++) {
        const struct saying *s = &w->sayings[i];
        for (size_t p = 0; s->speaker.n && p < s->st->n_positions; p++) {
            const struct lang_position *at = &s->st->positions[p];
            if (!direction(at->stance) || says(w, s) != direction(at->stance))
                continue;
            all = arena_grow(w->arena, all, n, &cap, sizeof *all);
            all[n++] = (struct side){s, at, key_of(s->speaker, at->issue), NO_SIDE};
        }
    }
    struct map following = {0};
    for (uint32_t i = (uint32_t)n; i-- > 0;) {
        uint32_t *at = map_at(w->arena, &following, all[i].key);
        all[i].next = *at ? *at - 1 : NO_SIDE;
        *at = i + 1;
    }
    *out = all;
    return n;
}

/* One finding per actor and issue: the first pair in canonical order. */
void conflict_stance(struct work *w)
{
    struct map done = {0};
    struct side *all;
    size_t n = find_sides(w, &all);
    for (size_t i = 0; i < n; i++) {
        size_t before = w->out->n_conflicts;
        for (uint32_t k = all[i].next; k != NO_SIDE && !map_get(&done, all[i].key, 0);
             k = all[k].next) {
            if (contradict(&all[i], &all[k]))
                report(w, &all[i], &all[k]);
            if (w->out->n_conflicts > before)
                *map_at(w->arena, &done, all[i].key) = 1;
        }
    }
}
