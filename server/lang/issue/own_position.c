/* Positions on the engine's own proposals: a statement takes the sides by which the issue was
 * found (issue_side.h); where it only speaks of it, it stands under it without a side. */
#include "lang/issue/parts.h"
#include "lang/lean/terms.h"

#include <string.h>

const float issue_least_sure = 0.65f;
/* The same of what position.c weighed: below, on stories not looked at before, its sides on issues
 * that nobody has titled and termed with care were oftener wrong than right. */
static const float least_weighed = 0.8f;

/* What a statement says of one issue. */
struct view {
    int plus, minus;
    bool spoken;
    bool foreign; /* some words on it are another's, or asked or supposed */
    float confidence;
    bool conditional;
    struct span condition;
};

struct own {
    struct arena *work, *arena;
    const struct lang_issues *issues;
    const struct lang_doc *doc;
    struct lang_reading *reading;
    struct terms *terms;
    struct view *views; /* per issue */
};

static void see_side(struct own *x, const struct issue_side *side)
{
    struct issue_taking t = issue_taking_of(x->work, x->doc, x->reading, *side);
    for (size_t i = 0; i < x->issues->n; i++) {
        const struct issue_marks *marks = x->issues->v[i].marks;
        if (!marks || !issue_marked(marks, &t))
            continue;
        int sign = issue_taking_sign(&t) * marks->turn;
        struct view *v = &x->views[i];
        v->foreign = v->foreign || side->foreign;
        if (side->foreign)
            continue;
        v->plus += sign > 0;
        v->minus += sign < 0;
        if (side->confidence > v->confidence)
            v->confidence = side->confidence;
        if (side->conditional) {
            v->conditional = true;
            v->condition = side->condition;
        }
    }
}

/* Marks the issues that the statement speaks of; true if there is one. */
static bool see_terms(struct own *x, const struct lang_statement *s)
{
    bool any = false;
    const struct lang_doc *doc = x->doc;
    for (size_t i = 0; i < s->content.n; i++) {
        size_t from = lang_token_at(doc, s->content.v[i].start), to = from;
        while (to < doc->n_tokens && doc->tokens[to].at.start < s->content.v[i].end)
            to++;
        for (size_t t = from; t < to;) {
            size_t end = doc->sentences[doc->tokens[t].sentence].end;
            end = end < to ? end : to;
            struct term_hits hits = lang_terms_find(x->work, x->terms, doc, t, end);
            for (size_t k = 0; k < hits.n; k++)
                any = x->views[hits.v[k].issue].spoken = true;
            t = end;
        }
    }
    return any;
}

static enum stance stance_of(const struct view *v)
{
    if (!v->plus == !v->minus || v->confidence < issue_least_sure)
        return STANCE_NEUTRAL;
    if (v->conditional)
        return STANCE_CONDITIONAL;
    return v->plus ? STANCE_SUPPORT : STANCE_OPPOSE;
}

/* The position of the statement on the issue among the n, or a new one behind them. */
static struct lang_position *position_on(struct lang_position *v, size_t *n, struct str issue)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(v[i].issue, issue))
            return &v[i];
    v[*n] = (struct lang_position){.issue = issue, .stance = STANCE_NEUTRAL};
    return &v[(*n)++];
}

static bool has_position(const struct lang_statement *s, struct str issue)
{
    for (size_t i = 0; i < s->n_positions; i++)
        if (str_eq(s->positions[i].issue, issue))
            return true;
    return false;
}

static void take(struct own *x, struct lang_statement *s)
{
    size_t n = s->n_positions;
    struct lang_position *out = arena_array(x->work, n + x->issues->n, sizeof *out);
    if (n)
        memcpy(out, s->positions, n * sizeof *out);
    for (size_t i = 0; i < x->issues->n; i++) {
        const struct view *v = &x->views[i];
        if (!x->issues->v[i].marks || (!v->spoken && !v->foreign && !v->plus && !v->minus &&
                                       !has_position(s, x->issues->v[i].id)))
            continue;
        enum stance stance = stance_of(v);
        struct lang_position *p = position_on(out, &n, x->issues->v[i].id);
        if (p->confidence < least_weighed || v->foreign || p->stance == STANCE_CONDITIONAL ||
            x->issues->v[i].sort != ISSUE_PROPOSAL)
            p->stance = STANCE_NEUTRAL;
        if (stance == STANCE_NEUTRAL)
            continue;
        p->stance = stance;
        p->confidence = v->confidence;
        if (stance == STANCE_CONDITIONAL)
            p->condition = lang_span_text(x->doc, v->condition);
    }
    s->positions = out;
    s->n_positions = n;
}

void issue_take_positions(struct arena *a, const struct lang_issues *issues,
                          const struct lang_doc *doc, struct lang_reading *reading)
{
    struct own x = {.work = a, .issues = issues, .doc = doc, .reading = reading};
    bool any = false;
    for (size_t i = 0; i < issues->n; i++)
        any = any || issues->v[i].marks;
    if (!any)
        return;
    x.terms = lang_terms_make(a, issues);
    x.views = arena_array(a, issues->n, sizeof *x.views);
    for (size_t i = 0; i < reading->n_statements; i++) {
        struct lang_statement *s = &reading->statements[i];
        if (s->speaker == NO_ACTOR || !s->content.n)
            continue;
        memset(x.views, 0, issues->n * sizeof *x.views);
        bool spoken = see_terms(&x, s);
        if (spoken && issue_speaker_counts(reading, s)) {
            struct issue_sides sides = issue_sides_of(a, doc, reading, i);
            for (size_t k = 0; k < sides.n; k++)
                see_side(&x, &sides.v[k]);
        }
        take(&x, s);
    }
}
