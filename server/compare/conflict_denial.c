/* Rule "denial": a claim and its denial.
 *
 * A denial is a statement whose cue or content denies ("denied", "called the report fake"). What
 * it denies is a statement with like words by somebody else, or - where it only says "the report",
 * "such claims" - the statement by somebody else just before it in the same article; or the same
 * speaker, elsewhere reported to have said just that. */
#include "compare/parts.h"

#define LIKE_CLAIM 0.45
#define LIKE_OWN 0.50
enum { NEAR_SENTENCES = 1, MOST_WORDS = 7, LEAST_SHARED = 3 };

static uint32_t marks_in(const struct work *w, const struct text *t, struct span at)
{
    struct term_range r = text_range(t, at);
    uint32_t marks = 0;
    for (uint32_t i = r.first; i < r.end; i++)
        marks |= table_get(&w->lex.marks, t->terms[i].word, 0);
    return marks;
}

static uint32_t marks_of(const struct work *w, const struct saying *s, bool cue)
{
    const struct text *t = &w->texts[s->article];
    struct spans spans = cue ? s->st->cue : s->st->content;
    uint32_t marks = 0;
    for (size_t i = 0; i < spans.n; i++)
        marks |= marks_in(w, t, spans.v[i]);
    return marks;
}

/* "Denied", or "called the report fake": a denying word somewhere in a long content is not one. */
static bool denies(const struct work *w, const struct saying *s)
{
    uint32_t cue = marks_of(w, s, true), content = marks_of(w, s, false);
    if (cue & MARK_DENIAL)
        return true;
    return (content & MARK_CLAIM) &&
           ((cue & MARK_REJECTION) || ((content & MARK_DENIAL) && s->n_bag <= MOST_WORDS));
}

/* Only somebody known can claim or deny. */
static bool is_known(const struct work *w, const struct saying *s)
{
    return s->speaker.n && s->n_terms && saying_kind(w, s) != ACTOR_UNNAMED;
}

static uint32_t sentence_of(const struct work *w, const struct saying *s)
{
    return s->n_terms ? w->texts[s->article].terms[s->terms[0]].sentence : 0;
}

static double bags_alike(const struct saying *a, const struct saying *b)
{
    double shared = 0;
    size_t words = 0;
    for (size_t i = 0, k = 0; i < a->n_bag && k < b->n_bag;) {
        if (a->bag[i].stem == b->bag[k].stem) {
            shared += (double)a->bag[i++].weight;
            words++;
            k++;
        } else if (a->bag[i].stem < b->bag[k].stem) {
            i++;
        } else {
            k++;
        }
    }
    double least = (double)(a->weight < b->weight ? a->weight : b->weight);
    return least > 0 && words >= LEAST_SHARED ? shared / least : 0;
}

/* "the report", "such speculation": points back without repeating. */
static bool points_back(const struct work *w, const struct saying *s)
{
    return (marks_of(w, s, false) & MARK_CLAIM) && s->n_bag <= 4;
}

static bool is_denied_by(const struct work *w, const struct saying *claim,
                         const struct saying *denial)
{
    if (claim == denial || !is_known(w, claim) || denies(w, claim) ||
        saying_kinship(claim, denial) == KIN_ACTS_FOR)
        return false;
    if (str_eq(claim->speaker, denial->speaker))
        return claim->article != denial->article && bags_alike(claim, denial) >= LIKE_OWN &&
               (marks_of(w, denial, true) & MARK_DENIAL);
    if (points_back(w, denial)) {
        uint32_t here = sentence_of(w, denial), there = sentence_of(w, claim);
        return claim->article == denial->article && there < here && here - there <= NEAR_SENTENCES;
    }
    return bags_alike(claim, denial) >= LIKE_CLAIM && claim->n_bag >= 3 && denial->n_bag >= 3;
}

static const char *nature(const struct saying *claim, const struct saying *denial)
{
    return str_eq(claim->speaker, denial->speaker) ? "outlets-disagree" : "speakers-disagree";
}

/* One finding for each utterance that denies: outlets repeat it. */
void conflict_denial(struct work *w)
{
    bool *done = arena_array(w->arena, w->out->n_utterances + 1, sizeof *done);
    for (size_t i = 0; i < w->n_sayings; i++) {
        const struct saying *denial = &w->sayings[i], *best = NULL;
        if (!is_known(w, denial) || !denies(w, denial))
            continue;
        double most = -1;
        for (size_t k = 0; k < w->n_sayings; k++) {
            const struct saying *claim = &w->sayings[k];
            if (!is_denied_by(w, claim, denial))
                continue;
            double alike =
                bags_alike(claim, denial) + (claim->article == denial->article ? 0.2 : 0);
            if (alike >= most) { /* the later of equals: it stands nearer */
                most = alike;
                best = claim;
            }
        }
        if (!best || done[denial->utterance])
            continue;
        done[denial->utterance] = true;
        struct conflict_span spans[] = {{best->article, best->st->content.v[0], 1},
                                        {denial->article, denial->st->content.v[0], 2}};
        struct str note = arena_fmt(w->arena, "%.*s denies what %.*s says.",
                                    STR_ARG(saying_speaker_name(w, denial)),
                                    STR_ARG(saying_speaker_name(w, best)));
        conflict_add(w, &(struct finding){"denial", nature(best, denial), note, spans, 2});
    }
}
