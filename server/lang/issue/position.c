/* Positions: which issue a statement speaks of, and whether it is for or against it.
 *
 * An issue is spoken of where one of its terms stands in the content. Of the issues spoken of, the
 * one is taken on which the statement most surely takes a side (lean.h). A side that is less than
 * likely right is not taken: the statement stands under the issue as neutral. A condition in the
 * same sentence makes the position conditional. */
#include "lang/issue/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is left of a side's confidence where the issue is a thing alone, and no word about it is for
 * it or against it: then most speakers are only more often for than against. */
static const float unshown = 0.8f;

/* A statement's best issue. */
struct choice {
    struct view view;
    struct lean lean;
    float confidence;      /* that the side is right */
    struct span condition; /* on which it is said; empty if on none */
    enum stance reply;
    bool any;
};

/* Declined or denied, by cue or first words; STANCE_COUNT if neither. */
static enum stance reply_of(const struct lang_doc *doc, const struct lang_statement *s)
{
    const struct lexicon *replies = lexicon_open(WORDS_REPLIES);
    size_t n;
    if (!s->cue.n)
        return STANCE_COUNT;
    size_t first = lang_token_at(doc, s->cue.v[0].start);
    for (size_t t = first; t < doc->n_tokens && t < first + 4; t++) {
        const struct lexicon_entry *e = lexicon_match(replies, doc, t, doc->n_tokens, &n);
        if (e)
            return e->class.p[0] == 'v' ? STANCE_DENIES : STANCE_DECLINES;
    }
    return STANCE_COUNT;
}

/* What outlets and nameless onlookers say of an issue is a report and no position. */
static bool only_reports(const struct lang_reading *r, const struct lang_statement *s)
{
    if (s->speaker == NO_ACTOR)
        return false;
    const struct lang_actor *actor = &r->actors[s->speaker];
    return actor->kind == ACTOR_OUTLET ||
           (actor->kind == ACTOR_UNNAMED && !actor->of.n && s->kind == STATEMENT_INDIRECT) ||
           issue_is_anybody(actor);
}

/* Rather this view than that: one that surely takes a side, then one whose title says more of the
 * content, then the rarer issue, then more terms. */
static bool better(const struct positions *p, const struct choice *x, const struct choice *y)
{
    const struct view *a = &x->view, *b = &y->view;
    float sure = x->confidence - y->confidence;
    if (fabsf(sure) > 0.05f)
        return sure > 0;
    if (a->of_title != b->of_title)
        return a->of_title > b->of_title;
    if (p->common[a->issue] != p->common[b->issue])
        return p->common[a->issue] < p->common[b->issue];
    if (a->n_terms != b->n_terms)
        return a->n_terms > b->n_terms;
    return a->issue < b->issue;
}

static struct span condition_of(const struct positions *p, const struct lean_features *f)
{
    if (!f->conditional)
        return (struct span){0};
    return (struct span){p->doc.tokens[f->condition].at.start,
                         p->doc.tokens[f->condition_end - 1].at.end};
}

/* Plain words outweigh the learnt weights where they are surer, or say otherwise. */
static void weigh_plainly(struct choice *x, float plainly, int side)
{
    x->confidence = lang_lean_confidence(x->lean);
    if (plainly <= 0)
        x->condition = (struct span){0};
    if (plainly <= 0 || (x->lean.for_it > 0) == (side > 0)) {
        x->confidence = fmaxf(x->confidence, plainly);
        return;
    }
    x->lean.for_it = (float)side;
    x->confidence = plainly;
}

/* On an issue that nobody has titled with care, a weighed side counts for less where neither plain
 * words nor those about the title go the same way. */
static const float unsaid = 0.5f;

static bool is_borne_out(const struct lean_features *f, float plainly, float for_it)
{
    return plainly > 0 || f->shown * for_it > 0;
}

static struct choice choose(struct positions *p, size_t i, const struct lean_trace *trace)
{
    struct lang_statement *s = &p->reading->statements[i];
    struct choice best = {.any = false};
    static _Thread_local struct lean_features features;
    struct lean_input in = {.doc = &p->doc, .reading = p->reading, .statement = s};
    lang_weigh_statement(p, s);
    const struct lean_sense *sense = NULL;
    if (p->n_views) {
        in.attitudes = issue_attitudes_again(p->arena, &p->doc, p->reading, i);
        sense = lang_lean_sense(p->arena, p->space, &p->doc, s);
    }
    in.passages = p->passages;
    in.n_passages = p->n_passages;
    for (size_t k = 0; k < p->n_views; k++) {
        const struct view *v = &p->views[k];
        in.of = &p->issues->v[v->issue];
        in.issue = v->issue;
        in.title = &p->titles[v->issue];
        in.plus = v->plus;
        in.minus = v->minus;
        in.n_terms = v->n_terms;
        in.of_title = v->of_title;
        in.rivals = (uint32_t)p->n_views - 1;
        in.sense = &sense[v->issue];
        features.names = trace ? trace->names : NULL;
        lang_lean_features(&in, &features);
        struct choice x = {.view = *v, .lean = lang_lean(&features), .any = true};
        float plainly = lang_lean_plainly(&in, &features);
        int side = features.plain ? features.plain : features.nearly;
        x.condition = condition_of(p, &features);
        weigh_plainly(&x, plainly, side);
        if (in.title->bare && plainly <= 0 && !(features.shown * x.lean.for_it > 0))
            x.confidence *= unshown;
        if (in.of->marks && !is_borne_out(&features, plainly, x.lean.for_it))
            x.confidence *= unsaid;
        if (trace)
            trace->candidate(trace->to, i, in.of, side < 0 ? -plainly : plainly);
        if (!best.any || better(p, &x, &best))
            best = x;
    }
    best.reply = reply_of(&p->doc, s);
    if (best.any) {
        p->last_issue = best.view.issue;
        p->last_sentence =
            p->doc.tokens[lang_token_at(&p->doc, s->content.v[0].start)].sentence + 1;
    }
    return best;
}

static enum stance stance_of(const struct choice *x)
{
    if (x->reply == STANCE_DECLINES)
        return x->reply;
    if (x->confidence < lang_lean_least) /* also what denies something, who knows of what */
        return STANCE_NEUTRAL;
    if (x->condition.start < x->condition.end)
        return STANCE_CONDITIONAL;
    return x->lean.for_it > 0 ? STANCE_SUPPORT : STANCE_OPPOSE;
}

static void take(struct positions *p, struct lang_statement *s, const struct choice *choice)
{
    enum stance stance = stance_of(choice);
    if (only_reports(p->reading, s))
        stance = STANCE_NEUTRAL;
    struct lang_position *out = arena_array(p->arena, s->n_positions + 1, sizeof *out);
    if (s->n_positions)
        memcpy(out, s->positions, s->n_positions * sizeof *out);
    struct lang_position *x = &out[s->n_positions];
    x->issue = p->issues->v[choice->view.issue].id;
    x->stance = stance;
    x->confidence = choice->confidence;
    if (stance == STANCE_CONDITIONAL)
        x->condition = lang_span_text(&p->doc, choice->condition);
    s->positions = out;
    s->n_positions++;
}

/* How many statements speak of each issue. */
static void count_issues(struct positions *p)
{
    for (size_t i = 0; i < p->reading->n_statements; i++) {
        lang_weigh_statement(p, &p->reading->statements[i]);
        for (size_t k = 0; k < p->n_views; k++)
            p->common[p->views[k].issue]++;
    }
}

void lang_take_positions_traced(struct arena *a, const struct lang_issues *issues,
                                struct lang_reading *reading, const struct lean_trace *trace)
{
    struct arena work = {0};
    struct positions p = {.arena = &work, .issues = issues, .reading = reading};
    if (!issues->n)
        return;
    p.doc = lang_words_of(&work, reading);
    p.terms = lang_terms_make(&work, issues);
    p.turned = arena_array(&work, issues->n, sizeof *p.turned);
    p.common = arena_array(&work, issues->n, sizeof *p.common);
    p.titles = arena_array(&work, issues->n, sizeof *p.titles);
    for (size_t i = 0; i < issues->n; i++) {
        p.turned[i] = !issues->v[i].actor && lang_title_turns(&work, issues->v[i].title);
        p.titles[i] = lang_lean_title(&work, issues->v[i].title);
    }
    p.space = lang_lean_space(&work, issues);
    count_issues(&p);
    struct choice *choices = arena_array(&work, reading->n_statements + 1, sizeof *choices);
    for (size_t i = 0; i < reading->n_statements; i++)
        choices[i] = choose(&p, i, trace);
    for (size_t i = 0; i < reading->n_statements; i++)
        if (choices[i].any)
            take(&p, &reading->statements[i], &choices[i]);
    issue_take_positions(&work, issues, &p.doc, reading, trace);
    lang_copy_positions(a, reading);
    arena_finish(&work);
}

void lang_take_positions(struct arena *a, const struct lang_issues *issues,
                         struct lang_reading *reading)
{
    lang_take_positions_traced(a, issues, reading, NULL);
}
