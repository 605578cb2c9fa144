/* Issues on which one actor takes a side in plain words: they are proposed only where what others
 * say of it, weighed as position.c weighs it, takes a side as well; see parts.h. */
#include "lang/issue/parts.h"

#include <string.h>

enum { ENOUGH = 2, MOST_ACTORS = 16 };

struct backing {
    struct str actors[MOST_ACTORS];
    size_t n;
};

static void note(struct backing *b, struct str actor)
{
    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->actors[i], actor))
            return;
    if (b->n < MOST_ACTORS)
        b->actors[b->n++] = actor;
}

/* Weighed words take a side, though it is too doubtful to be shown: the issue matters to the
 * speaker. */
static bool takes_up(const struct lang_position *p)
{
    static const float likely = 0.8f;
    return issue_colours(p->stance) || (p->stance == STANCE_NEUTRAL && p->confidence >= likely);
}

static void note_all(const struct lang_issues *issues, const struct lang_reading *r,
                     struct backing *out)
{
    for (size_t i = 0; i < r->n_statements; i++) {
        const struct lang_statement *s = &r->statements[i];
        for (size_t p = 0; p < s->n_positions; p++)
            for (size_t k = 0; k < issues->n; k++)
                if (str_eq(issues->v[k].id, s->positions[p].issue) && takes_up(&s->positions[p]) &&
                    issue_speaker_counts(r, s))
                    note(&out[k], r->actors[s->speaker].key);
    }
}

void issue_keep_seconded(struct arena *a, struct lang_issues *issues, size_t certain,
                         const struct lang_reading *readings, size_t n)
{
    if (issues->n == certain)
        return;
    struct backing *backing = arena_array(a, issues->n, sizeof *backing);
    memset(backing, 0, issues->n * sizeof *backing);
    for (size_t i = 0; i < n; i++) {
        struct lang_reading copy = readings[i]; /* the statements change, the caller's do not */
        copy.statements = arena_array(a, copy.n_statements + 1, sizeof *copy.statements);
        if (copy.n_statements)
            memcpy(copy.statements, readings[i].statements,
                   copy.n_statements * sizeof *copy.statements);
        lang_take_positions(a, issues, &copy);
        note_all(issues, &copy, backing);
    }
    size_t kept = certain;
    for (size_t i = certain; i < issues->n; i++)
        if (backing[i].n >= ENOUGH)
            issues->v[kept++] = issues->v[i];
    issues->n = kept;
}
