/* Positions on the engine's own proposals: a statement takes the sides by which the issue was
 * found (side.h), where what they rest on makes it likely enough that they are right
 * (lang_bearing); else it stands under it without a side. So it does where only position.c sees
 * one: on issues that nobody has titled and termed with care those were right every other time. */
#include "lang/issue/parts.h"
#include "lang/lean/terms.h"

#include <string.h>

const float issue_least_sure = 0.65f;
/* From which sureness of the words on a side is weighed at all (lang_bearing). */
static const float least_said = 0.55f;

/* What a statement says of one issue. */
struct own_view {
    int plus, minus;
    bool spoken;  /* of the issue's thing, not another of its kind ("the spending bill") */
    bool foreign; /* some words on it are another's, or asked or supposed */
    float confidence;
    struct issue_taking best; /* the surest */
    bool conditional;
    struct span condition;
};

struct own {
    struct arena *work, *arena;
    const struct lang_issues *issues;
    const struct lang_doc *doc;
    struct lang_reading *reading;
    struct terms *terms;
    struct own_view *views;    /* per issue */
    struct lean_title *titles; /* the same */
    const struct lean_trace *trace;
    struct issue_taking thing; /* at token `thing_at` - 1, if there is one */
    uint32_t thing_at;
    bool has_thing;
};

/* "vetoed a similar bill", "opposes another plan": not the one in question. */
static bool is_another_thing(const struct lang_doc *doc, const struct issue_target *x)
{
    const struct lexicon *others = lexicon_open(WORDS_OTHER_THINGS);
    size_t from = x->noun ? x->noun - 1 : 0, to = x->head == NO_TOKEN ? x->noun_end : x->head;
    for (size_t t = from; t < to; t++)
        if (lexicon_find(others, lang_token_text(doc, t)))
            return true;
    return false;
}

/* "called the alleged bribery a disgrace": who condemns an act holds that it was done. */
static bool is_condemned(const struct lang_issue *issue, const struct issue_taking *t)
{
    struct str key = issue->marks->key;
    return issue->sort == ISSUE_FACT && t->side.sort == ISSUE_JUDGEMENT &&
           issue_taking_sign(t) < 0 && str_ends(key, S("?")) &&
           str_eq(str_slice(key, 0, key.n - 1), t->key);
}

/* "won't back it because of concerns about the plan": a worry counts beside plainer words alone. */
static bool is_weak_alone(const struct issue_sides *all, const struct issue_side *side)
{
    for (size_t i = 0; i < all->n && side->weak; i++)
        if (!all->v[i].weak && all->v[i].sign == side->sign)
            return false;
    return side->weak;
}

static void see_side(struct own *x, const struct issue_side *side)
{
    struct issue_taking t = issue_taking_of(x->work, x->doc, x->reading, *side);
    for (size_t i = 0; i < x->issues->n; i++) {
        const struct issue_marks *marks = x->issues->v[i].marks;
        bool condemned = marks && is_condemned(&x->issues->v[i], &t);
        if (!marks || !(condemned || issue_marked(marks, &t)))
            continue;
        int sign = condemned ? 1 : issue_taking_sign(&t) * marks->turn;
        struct own_view *v = &x->views[i];
        bool foreign = side->foreign || is_another_thing(x->doc, &side->target);
        v->foreign = v->foreign || foreign;
        if (foreign)
            continue;
        v->plus += sign > 0;
        v->minus += sign < 0;
        if (side->confidence > v->confidence) {
            v->confidence = side->confidence;
            v->best = t;
        }
        if (side->conditional) {
            v->conditional = true;
            v->condition = side->condition;
        }
    }
}

/* May the word at token t speak of the thing that the marks tell, rather than another of its kind?
 * A word is a term of several issues: what it is on is found once. */
static bool is_of(struct own *x, const struct issue_marks *marks, uint32_t t)
{
    struct issue_scene s = {.arena = x->work, .doc = x->doc, .reading = x->reading};
    if (x->thing_at != t + 1)
        x->has_thing = issue_thing_at(&s, t, &x->thing);
    x->thing_at = t + 1;
    return !x->has_thing || issue_share_marks(marks, &x->thing);
}

static void see_hit(struct own *x, const struct term_hit *hit)
{
    const struct lang_issue *issue = &x->issues->v[hit->issue];
    if (!issue->marks || is_of(x, issue->marks, hit->first))
        x->views[hit->issue].spoken = true;
}

/* "denied the allegations": of what, no term may tell. */
static bool alleges(const struct own *x, size_t from, size_t to)
{
    struct issue_scene s = {.doc = x->doc, .reading = x->reading, .from = from, .to = to};
    return issue_is_allegation(&s, from);
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
                see_hit(x, &hits.v[k]);
            any = any || hits.n || alleges(x, t, end);
            t = end;
        }
    }
    return any;
}

/* "[Reed] endorsed [Stone]": the question is asked by the cue alone. */
static bool backs_by_cue(const struct own *x, const struct lang_statement *s)
{
    size_t n;
    for (size_t i = 0; i < s->cue.n; i++)
        for (size_t t = lang_token_at(x->doc, s->cue.v[i].start);
             t < x->doc->n_tokens && x->doc->tokens[t].at.start < s->cue.v[i].end; t++)
            if (lexicon_match(lexicon_open(WORDS_ISSUE_BACKING), x->doc, t, x->doc->n_tokens, &n))
                return true;
    return false;
}

/* "[Reed] dismissed it": the thing is named before. */
static bool takes_up(const struct own *x, const struct lang_statement *s)
{
    size_t t = lang_token_at(x->doc, s->content.v[0].start);
    for (; t < x->doc->n_tokens && x->doc->tokens[t].at.start < s->content.v[0].end; t++)
        if (str_eq_case(lang_token_text(x->doc, t), S("it")))
            return true;
    return false;
}

static uint32_t shared_marks(const struct issue_marks *m, const struct issue_taking *t)
{
    uint32_t n = 0;
    for (size_t i = 0; i < t->n_marks; i++)
        for (size_t k = 0; k < m->n; k++)
            if (str_eq(t->marks[i], m->v[k])) {
                n++;
                break;
            }
    return n;
}

static bool has(const struct str *v, size_t n, struct str key)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i], key))
            return true;
    return false;
}

/* Do both tell which they mean by somebody's name, however he is called there? */
static bool shares_name(const struct own *x, const struct issue_marks *m,
                        const struct issue_taking *t)
{
    for (size_t i = 0; i < x->reading->n_actors; i++) {
        struct str key = x->reading->actors[i].key;
        if (has(t->marks, t->n_marks, key) && has(m->v, m->n, key))
            return true;
    }
    return false;
}

/* How likely it is that the statement is on this side of the issue. */
static float likelihood(const struct own *x, size_t statement, size_t issue)
{
    const struct own_view *v = &x->views[issue];
    const struct issue_target *target = &v->best.side.target;
    const struct lean_bearing b = {
        .doc = x->doc,
        .statement = &x->reading->statements[statement],
        .number = statement,
        .actor = &x->reading->actors[x->reading->statements[statement].speaker],
        .issue = &x->issues->v[issue],
        .title = &x->titles[issue],
        .sign = v->plus ? 1 : -1,
        .sides = (uint32_t)(v->plus + v->minus),
        .told = v->best.n_marks,
        .taken_up = target->taken_up,
        .named = shares_name(x, x->issues->v[issue].marks, &v->best),
        .earlier = v->best.has_full,
        .marks = shared_marks(x->issues->v[issue].marks, &v->best),
        .lone = target->head == NO_TOKEN,
        .act = target->verb != NO_TOKEN || v->best.side.acted,
        .judges = v->best.side.sort == ISSUE_JUDGEMENT,
        .sure = v->confidence,
        .foreign = v->foreign,
        .composed = v->best.side.composed,
        .at = v->best.side.at,
        .noun = target->noun};
    return lang_bearing(&b, x->trace);
}

static enum stance stance_of(const struct own_view *v)
{
    if (!v->plus == !v->minus || v->confidence < least_said)
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

static void drop_position(struct lang_position *v, size_t *n, struct str issue)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (!str_eq(v[i].issue, issue))
            v[kept++] = v[i];
    *n = kept;
}

static void take(struct own *x, size_t statement)
{
    struct lang_statement *s = &x->reading->statements[statement];
    size_t n = s->n_positions;
    struct lang_position *out = arena_array(x->work, n + x->issues->n, sizeof *out);
    if (n)
        memcpy(out, s->positions, n * sizeof *out);
    for (size_t i = 0; i < x->issues->n; i++) {
        const struct own_view *v = &x->views[i];
        bool taken = v->plus || v->minus;
        if (!x->issues->v[i].marks)
            continue;
        if (!v->spoken && !v->foreign && !taken) {
            drop_position(out, &n, x->issues->v[i].id);
            continue;
        }
        enum stance stance = stance_of(v);
        struct lang_position *p = position_on(out, &n, x->issues->v[i].id);
        if (v->foreign || p->stance == STANCE_CONDITIONAL || x->issues->v[i].sort != ISSUE_PROPOSAL)
            p->confidence = 0; /* not even that it matters to the speaker */
        p->stance = STANCE_NEUTRAL;
        float likely = stance == STANCE_NEUTRAL ? 0 : likelihood(x, statement, i);
        if (likely < lang_bearing_least())
            continue;
        p->stance = stance;
        p->confidence = likely;
        if (stance == STANCE_CONDITIONAL)
            p->condition = lang_span_text(x->doc, v->condition);
    }
    s->positions = out;
    s->n_positions = n;
}

void issue_take_positions(struct arena *a, const struct lang_issues *issues,
                          const struct lang_doc *doc, struct lang_reading *reading,
                          const struct lean_trace *trace)
{
    struct own x = {.work = a, .issues = issues, .doc = doc, .reading = reading, .trace = trace};
    bool any = false;
    x.titles = arena_array(a, issues->n + 1, sizeof *x.titles);
    for (size_t i = 0; i < issues->n; i++) {
        any = any || issues->v[i].marks;
        if (issues->v[i].marks)
            x.titles[i] = lang_lean_title(a, issues->v[i].title);
    }
    if (!any)
        return;
    x.terms = lang_terms_make(a, issues);
    x.views = arena_array(a, issues->n, sizeof *x.views);
    for (size_t i = 0; i < reading->n_statements; i++) {
        const struct lang_statement *s = &reading->statements[i];
        if (s->speaker == NO_ACTOR || !s->content.n)
            continue;
        memset(x.views, 0, issues->n * sizeof *x.views);
        bool spoken = see_terms(&x, s) || backs_by_cue(&x, s) || takes_up(&x, s);
        if (spoken && issue_speaker_counts(reading, s)) {
            struct issue_sides sides = issue_sides_again(a, doc, reading, i);
            for (size_t k = 0; k < sides.n; k++)
                if (!is_weak_alone(&sides, &sides.v[k]))
                    see_side(&x, &sides.v[k]);
        }
        take(&x, i);
    }
}

/* --------------------------------------------------------------------------------------- backing
 *
 * An issue on which but one actor's side is shown is proposed only where the articles are about it
 * and it matters to others, too: some speak of it, or several articles tell that side. One that all
 * see alike in but one article, and that the articles are not about, is background. */

enum { MANY_OTHERS = 3, MOST_ACTORS = 16, FOR = 1, AGAINST = 2 };

struct backing {
    struct str actors[MOST_ACTORS];
    uint8_t sides[MOST_ACTORS]; /* shown of the actor */
    size_t n;
    size_t articles; /* that show a side, copies of one text apart */
    struct str said; /* by which the first shows it */
};

static void note(struct backing *b, const struct lang_position *p, struct str actor)
{
    size_t i = 0;
    while (i < b->n && !str_eq(b->actors[i], actor))
        i++;
    if (i == MOST_ACTORS)
        return;
    if (i == b->n)
        b->actors[b->n++] = actor;
    if (issue_colours(p->stance))
        b->sides[i] |= p->stance == STANCE_OPPOSE ? AGAINST : FOR;
}

/* The words by which an article shows a side on the issue; empty if it does not. */
static struct str side_shown(const struct lang_reading *r, struct str issue)
{
    for (size_t i = 0; i < r->n_statements; i++) {
        const struct lang_statement *s = &r->statements[i];
        bool speaks = s->speaker != NO_ACTOR && r->actors[s->speaker].kind != ACTOR_OUTLET;
        for (size_t p = 0; p < s->n_positions && speaks; p++)
            if (str_eq(s->positions[p].issue, issue) && issue_colours(s->positions[p].stance))
                return str_slice(r->text, s->content.v[0].start, s->content.v[0].end);
    }
    return (struct str){0};
}

static void note_all(const struct lang_issues *issues, const struct lang_reading *r,
                     struct backing *out)
{
    for (size_t k = 0; k < issues->n; k++) {
        struct str said = side_shown(r, issues->v[k].id);
        out[k].articles += said.n && !str_eq(said, out[k].said);
        out[k].said = out[k].said.n ? out[k].said : said;
    }
    for (size_t i = 0; i < r->n_statements; i++) {
        const struct lang_statement *s = &r->statements[i];
        if (s->speaker == NO_ACTOR || r->actors[s->speaker].kind == ACTOR_OUTLET)
            continue;
        for (size_t p = 0; p < s->n_positions; p++)
            for (size_t k = 0; k < issues->n; k++)
                if (str_eq(issues->v[k].id, s->positions[p].issue))
                    note(&out[k], &s->positions[p], r->actors[s->speaker].key);
    }
}

static bool is_backed(const struct backing *b, enum issue_place place)
{
    size_t sided = 0;
    unsigned sides = 0;
    for (size_t i = 0; i < b->n; i++) {
        sided += b->sides[i] != 0;
        sides |= b->sides[i];
    }
    size_t others = b->n - sided;
    if (sides == (FOR | AGAINST) || (sided > 1 && b->articles > 1))
        return true;
    if (sided > 1)
        return others >= MANY_OTHERS || place != PLACE_PASSING;
    if (place == PLACE_PASSING)
        return sided && others > MANY_OTHERS;
    return sided && (others >= MANY_OTHERS || (place == PLACE_HEAD && (others || b->articles > 1)));
}

void issue_keep_backed(struct arena *a, struct lang_issues *issues, const enum issue_place *place,
                       const struct lang_reading *readings, size_t n)
{
    if (!issues->n)
        return;
    struct backing *backing = arena_array(a, issues->n, sizeof *backing);
    memset(backing, 0, issues->n * sizeof *backing);
    struct memo_key key = lang_issues_key(issues);
    for (size_t i = 0; i < n; i++) {
        struct lang_reading copy = readings[i]; /* the statements change, the caller's do not */
        copy.statements = arena_array(a, copy.n_statements + 1, sizeof *copy.statements);
        if (copy.n_statements)
            memcpy(copy.statements, readings[i].statements,
                   copy.n_statements * sizeof *copy.statements);
        lang_take_positions_again(a, issues, key, &copy);
        note_all(issues, &copy, backing);
    }
    size_t kept = 0;
    for (size_t i = 0; i < issues->n; i++)
        if (is_backed(&backing[i], place[i]))
            issues->v[kept++] = issues->v[i];
    issues->n = kept;
}
