/* Rule "denial": a claim and its denial.
 *
 * A denial is a statement whose cue denies ("denied") or whose content calls a claim untrue
 * ("called the report fake"). What it denies is a statement with like words by somebody else, or -
 * where it only says "the report", "such claims" - the statement by somebody else just before it in
 * the same article, of him whom it names if it names somebody ("Reid's claims"); or what somebody,
 * even unnamed, accuses the one of who denies, just before; or the same speaker, elsewhere reported
 * to have said just that. "Called her claim that they met untrue" holds both. What is itself put in
 * the negative, denies or reports the denial is no claim. Nobody in particular ("the plan's
 * backers") denies only what somebody says shortly before, in words that the denial repeats or
 * points to. */
#include "compare/parts.h"

#define LIKE_CLAIM 0.60
#define LIKE_BOTH 0.45 /* of all the words of both */
#define LIKE_OWN 0.60
#define LIKE_ACCUSED 0.35 /* where the claim names the one who denies */
#define LIKE_RESTATED 0.45
enum {
    NEAR_SENTENCES = 1,
    RESTATED_SENTENCES = 3,
    LEAST_RESTATED = 2,
    MOST_WORDS = 7,
    LEAST_SHARED = 3,
    SHORT_DENIAL = 6,
    SHORT_CLAIM = 4,
    MOST_PLAIN = 2,
    MOST_JUDGING = 2
};

/* "The report is fake"; but "making false statements" is what somebody is charged
 * with. */
static bool calls_untrue(const struct work *w, const struct saying *s)
{
    const struct text *t = &w->texts[s->article];
    for (size_t i = 0; i < s->n_terms; i++) {
        uint32_t marks = map_get(&w->lex.marks, t->terms[s->terms[i]].word, 0);
        if ((marks & MARK_UNTRUE) &&
            (i + 1 == s->n_terms || !term_is_content(&t->terms[s->terms[i + 1]])))
            return true;
    }
    return false;
}

/* "Denied", or "called the report fake": a denying word somewhere in a long content is not one. */
static bool denies(const struct work *w, const struct saying *s)
{
    uint32_t cue = s->cue_marks, content = s->content_marks;
    if (cue & MARK_DENIAL)
        return !(cue & MARK_NEGATION); /* "did not deny" */
    return (content & MARK_CLAIM) &&
           ((cue & MARK_REJECTION) ||
            (((content & MARK_DENIAL) || calls_untrue(w, s)) && s->bag.n <= MOST_WORDS));
}

/* Only somebody known can claim. */
static bool is_known(const struct work *w, const struct saying *s)
{
    return s->speaker.n && s->n_terms && saying_kind(w, s) != ACTOR_UNNAMED;
}

static uint32_t sentence_of(const struct work *w, const struct saying *s)
{
    return s->n_terms ? w->texts[s->article].terms[s->terms[0]].sentence : 0;
}

static bool is_any(const struct term *t, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (t->word == str_hash(str_of(words[i])))
            return true;
    return false;
}

/* "Nobody denies", "neither confirmed nor denied". */
static bool is_no_denial(const struct work *w, const struct saying *s)
{
    const struct text *t = &w->texts[s->article];
    for (size_t i = 0; i < s->st->source.n; i++) {
        struct term_range r = text_range(t, s->st->source.v[i]);
        for (uint32_t k = r.first; k < r.end; k++)
            if (map_get(&w->lex.marks, t->terms[k].word, 0) & MARK_NEGATION)
                return true;
    }
    struct term_range cue = s->st->cue.n ? text_range(t, s->st->cue.v[0]) : (struct term_range){0};
    return cue.first && cue.first < cue.end &&
           (map_get(&w->lex.marks, t->terms[cue.first - 1].word, 0) & MARK_NEGATION);
}

/* "The allegations until he retired", "those claims": what is claimed stands elsewhere. Not "the
 * claim that he had lied". */
static bool begins_with_claim(const struct work *w, const struct saying *s)
{
    static const char *const those[] = {"those", "these", "any", "all", "such", "both"};
    static const char *const of[] = {"that", "of", "by", "against", "in", "made", "about", "from"};
    const struct text *t = &w->texts[s->article];
    if (s->n_terms < 2)
        return false;
    const struct term *first = &t->terms[s->terms[0]], *noun = &t->terms[s->terms[1]];
    return ((map_get(&w->lex.marks, first->word, 0) & MARK_DETERMINER) ||
            is_any(first, those, sizeof those / sizeof *those)) &&
           (map_get(&w->lex.marks, noun->word, 0) & MARK_CLAIM) &&
           (s->n_terms == 2 || !is_any(&t->terms[s->terms[2]], of, sizeof of / sizeof *of));
}

/* "the report", "such speculation": points back without repeating. */
static bool points_back(const struct saying *s)
{
    return (s->content_marks & MARK_CLAIM) && s->bag.n <= 4;
}

/* "Reid's claims", "a report by the Gazette": the denial says whose claim it is. *named tells
 * whether it names anybody. */
static bool names_claimant(const struct work *w, const struct saying *denial,
                           const struct saying *claim, bool *named)
{
    const struct text *t = &w->texts[denial->article];
    uint64_t self = str_hash(denial->speaker), who = str_hash(claim->speaker);
    bool found = false;
    *named = false;
    for (size_t i = 0; i < denial->n_terms; i++) {
        const struct term *term = &t->terms[denial->terms[i]];
        if (!(term->flags & TERM_ACTOR) || term->stem == self)
            continue;
        *named = true;
        found = found || term->stem == who;
    }
    return found;
}

/* Does the claim stand before the denial, so many sentences apart at most? */
static bool stands_within(const struct work *w, const struct saying *claim,
                          const struct saying *denial, uint32_t sentences)
{
    uint32_t here = sentence_of(w, denial), there = sentence_of(w, claim);
    return claim->article == denial->article && there <= here && here - there <= sentences &&
           claim->st->content.v[claim->st->content.n - 1].end <= denial->st->content.v[0].start;
}

static bool stands_before(const struct work *w, const struct saying *claim,
                          const struct saying *denial)
{
    return stands_within(w, claim, denial, NEAR_SENTENCES);
}

static bool overlap(const struct saying *a, const struct saying *b)
{
    return a->article == b->article && a->st->content.n && b->st->content.n &&
           a->st->content.v[0].start < b->st->content.v[b->st->content.n - 1].end &&
           b->st->content.v[0].start < a->st->content.v[a->st->content.n - 1].end;
}

/* "Denied that it was so", said of "it was not so", agrees. */
static bool agree_in_negation(const struct saying *claim, const struct saying *denial)
{
    return (claim->content_marks & MARK_NEGATION) && !(denial->content_marks & MARK_NEGATION);
}

/* Is the actor one of those who deny: "the minister and her party"? */
static bool is_among(const struct work *w, const struct saying *s, uint64_t actor)
{
    const struct text *t = &w->texts[s->article];
    for (size_t i = 0; i < s->st->source.n; i++) {
        struct term_range r = text_range(t, s->st->source.v[i]);
        for (uint32_t k = r.first; k < r.end; k++)
            if ((t->terms[k].flags & TERM_ACTOR) && t->terms[k].stem == actor)
                return true;
    }
    return false;
}

/* Does the claim speak of the one who denies? */
static bool accuses(const struct work *w, const struct saying *claim, const struct saying *denial)
{
    const struct text *t = &w->texts[claim->article];
    uint64_t who = str_hash(denial->speaker), of = denial->of.n ? str_hash(denial->of) : who;
    for (size_t i = 0; i < claim->n_terms; i++) {
        const struct term *term = &t->terms[claim->terms[i]];
        if ((term->flags & TERM_ACTOR) &&
            (term->stem == who || term->stem == of || is_among(w, denial, term->stem)))
            return !str_eq(claim->speaker, denial->speaker);
    }
    return false;
}

static bool is_government(struct str actor)
{
    return str_ends(actor, S("administration")) || str_ends(actor, S("government")) ||
           str_ends(actor, S("white-house"));
}

/* A government's spokesman does not deny what the government announces. */
static bool speak_for_one_government(const struct saying *claim, const struct saying *denial)
{
    return is_government(claim->speaker) &&
           (is_government(denial->speaker) || is_government(denial->of));
}

/* "Called her claim that they had met untrue": the claim stands within what calls it so. */
static bool holds_claim(const struct work *w, const struct saying *claim,
                        const struct saying *denial)
{
    bool named;
    return (denial->content_marks & MARK_CLAIM) && !(denial->cue_marks & MARK_DENIAL) &&
           ((denial->content_marks & MARK_DENIAL) || calls_untrue(w, denial)) &&
           claim->bag.n >= MOST_PLAIN && claim->bag.n < denial->bag.n &&
           names_claimant(w, denial, claim, &named);
}

/* "Three clerks said he had shouted at them. He denies shouting": what somebody accuses the other
 * of, of which the denial repeats a word or only says "those claims". */
static bool answers_accusation(const struct work *w, const struct saying *claim,
                               const struct saying *denial)
{
    if (!(denial->cue_marks & MARK_DENIAL) || !claim->speaker.n || denies(w, claim) ||
        (denial->bag.n > SHORT_DENIAL && !begins_with_claim(w, denial)) ||
        saying_kinship(claim, denial) != KIN_NONE || !accuses(w, claim, denial) ||
        agree_in_negation(claim, denial))
        return false;
    struct likeness alike = bag_likeness(&claim->bag, &denial->bag);
    if (denial->bag.n <= MOST_PLAIN && claim->bag.n <= SHORT_CLAIM &&
        claim->article == denial->article && alike.words && alike.words == denial->bag.n)
        return true;
    return stands_before(w, claim, denial) &&
           (alike.least >= LIKE_ACCUSED || points_back(denial) ||
            (begins_with_claim(w, denial) && denial - claim == 1));
}

/* "The council said the dam would flood the valley. … Its builders deny that it floods anything":
 * shortly before, in the same report, and in words of which the denial repeats the greater part. */
static bool restates(const struct work *w, const struct saying *claim, const struct saying *denial)
{
    if (!(denial->cue_marks & MARK_DENIAL) || !is_known(w, claim) || denies(w, claim) ||
        (claim->content_marks & (MARK_UNTRUE | MARK_DENIAL)) || agree_in_negation(claim, denial) ||
        saying_kinship(claim, denial) != KIN_NONE ||
        !stands_within(w, claim, denial, RESTATED_SENTENCES))
        return false;
    struct likeness alike = bag_likeness(&claim->bag, &denial->bag);
    return alike.words >= LEAST_RESTATED && alike.least >= LIKE_RESTATED;
}

static bool is_denied_by(const struct work *w, const struct saying *claim,
                         const struct saying *denial)
{
    if (claim == denial || (claim->content_marks & MARK_DENIAL))
        return false;
    if (overlap(claim, denial))
        return is_known(w, claim) && holds_claim(w, claim, denial);
    if (answers_accusation(w, claim, denial))
        return true;
    if (!is_known(w, claim) || denies(w, claim) || (claim->content_marks & MARK_DENIAL) ||
        saying_kinship(claim, denial) == KIN_ACTS_FOR || speak_for_one_government(claim, denial))
        return false;
    if (!is_known(w, denial) && !points_back(denial))
        return false;
    bool same = str_eq(claim->speaker, denial->speaker), named;
    bool whose = names_claimant(w, denial, claim, &named);
    if (!same && points_back(denial))
        return (whose || !named) && claim->bag.n > 1 && stands_before(w, claim, denial);
    if (agree_in_negation(claim, denial) || claim->bag.n < 3 || denial->bag.n < 3)
        return false;
    struct likeness alike = bag_likeness(&claim->bag, &denial->bag);
    if (alike.words < (size_t)LEAST_SHARED - accuses(w, claim, denial))
        return false;
    if (same)
        return claim->article != denial->article && alike.least >= LIKE_OWN &&
               (denial->cue_marks & MARK_DENIAL);
    if (named && !whose && (denial->content_marks & MARK_CLAIM))
        return false; /* somebody else's claim is meant */
    return (alike.least >= LIKE_CLAIM && alike.dice >= LIKE_BOTH) ||
           (accuses(w, claim, denial) && (denial->cue_marks & MARK_DENIAL) &&
            alike.least >= LIKE_ACCUSED);
}

static const char *nature(const struct saying *claim, const struct saying *denial)
{
    return str_eq(claim->speaker, denial->speaker) ? "outlets-disagree" : "speakers-disagree";
}

/* Is the claim denied by the denial? */
struct rule {
    bool (*denies)(const struct work *w, const struct saying *claim, const struct saying *denial);
};

struct search {
    const struct work *w;
    const struct saying *denial, *best;
    const struct saying
        *as_good; /* the same speaker's, as like, shortly before the best; or NULL */
    struct rule rule;
    double most;
};

static void consider(struct search *s, uint32_t at)
{
    const struct saying *claim = &s->w->sayings[at];
    if (!s->rule.denies(s->w, claim, s->denial))
        return;
    double alike = bag_likeness(&claim->bag, &s->denial->bag).least +
                   (claim->article == s->denial->article ? 0.2 : 0);
    if (alike < s->most)
        return;
    bool pair = s->best && alike == s->most && str_eq(s->best->speaker, claim->speaker) &&
                stands_before(s->w, s->best, claim);
    s->as_good = pair ? s->best : NULL;
    s->most = alike;
    s->best = claim; /* the later of equals: it stands nearer */
}

/* What it denies, among the statements of its article and those that share words: best NULL if
 * there is nothing. */
static struct search find_claim(const struct work *w, struct meetings *m, uint32_t denial,
                                struct rule rule)
{
    struct search s = {w, &w->sayings[denial], NULL, NULL, rule, -1};
    uint32_t rank = w->rank[s.denial->article];
    uint32_t first = w->first_saying[rank], end = w->first_saying[rank + 1];
    size_t n = meetings_with(m, denial), k = 0;
    for (; k < n && m->met[k] < first; k++)
        if (m->words[m->met[k]] >= LEAST_SHARED - 1)
            consider(&s, m->met[k]);
    for (uint32_t i = first; i < end; i++)
        consider(&s, i);
    for (; k < n; k++)
        if (m->met[k] >= end && m->words[m->met[k]] >= LEAST_SHARED - 1)
            consider(&s, m->met[k]);
    return s;
}

/* Where the claim is only told in what calls it untrue: the same speaker's own telling of it, if
 * any report has one. */
static const struct saying *told_plainly(const struct work *w, struct meetings *m,
                                         const struct saying *claim)
{
    const struct saying *best = claim;
    double most = 0;
    size_t n = meetings_with(m, (uint32_t)(claim - w->sayings));
    for (size_t k = 0; k < n; k++) {
        const struct saying *s = &w->sayings[m->met[k]];
        double alike = bag_likeness(&s->bag, &claim->bag).least;
        uint32_t shared = m->words[m->met[k]]; /* all but what calls it so */
        if (shared < MOST_PLAIN || shared + MOST_JUDGING < claim->bag.n || alike < most ||
            !str_eq(s->speaker, claim->speaker) || denies(w, s) ||
            (s->content_marks & MARK_DENIAL) || calls_untrue(w, s))
            continue;
        most = alike;
        best = s;
    }
    return best;
}

/* "denied meddling", "a claim disputed by many": a denial is only to be understood with its cue. */
static struct span with_cue(const struct saying *s)
{
    enum { NEAR = 12, BARE = 3, BLANK = 1 };
    struct span at = s->st->content.v[0];
    struct span cue = s->st->cue.n ? s->st->cue.v[s->st->cue.n - 1] : at;
    if (cue.end <= at.start && at.start - cue.end <= NEAR)
        at.start = cue.start;
    else if (cue.start >= at.end && cue.start - at.end <= BLANK && s->n_terms <= BARE)
        at.end = cue.end;
    return at;
}

/* "Accused the clerks of fraud": so is what is claimed of somebody. */
static struct span claimed(const struct saying *s)
{
    return s->cue_marks & MARK_CLAIM ? with_cue(s) : s->st->content.v[0];
}

struct denials {
    struct work *w;
    struct meetings m;
    bool *done;      /* by utterance */
    struct map told; /* who denies which utterance */
};

/* One finding for each utterance that denies: outlets repeat it. */
static void find_denied(struct denials *d, uint32_t at, struct rule rule)
{
    struct work *w = d->w;
    const struct saying *denial = &w->sayings[at];
    if (!denial->speaker.n || !denial->n_terms || d->done[denial->utterance] ||
        !denies(w, denial) || is_no_denial(w, denial))
        return;
    struct search found = find_claim(w, &d->m, at, rule);
    const struct saying *claim = found.best;
    if (claim && overlap(claim, denial))
        claim = told_plainly(w, &d->m, claim);
    uint64_t who = str_hash_more(str_hash(denial->speaker), S("\n"));
    if (!claim || (*map_at(w->arena, &d->told, who * 31 + claim->utterance))++)
        return;
    d->done[denial->utterance] = true;
    struct conflict_span spans[3];
    size_t n = 0;
    if (found.as_good && claim == found.best)
        spans[n++] = (struct conflict_span){claim->article, claimed(found.as_good), 1};
    spans[n++] = (struct conflict_span){claim->article, claimed(claim), 1};
    spans[n++] = (struct conflict_span){denial->article, with_cue(denial), 2};
    struct str note =
        arena_fmt(w->arena, "%.*s denied what %.*s said.", STR_ARG(saying_speaker_name(w, denial)),
                  STR_ARG(saying_speaker_name(w, claim)));
    conflict_add(w, &(struct finding){"denial", nature(claim, denial), note, spans, n});
}

/* What is only said in part shortly before comes last: another report may say all of it. */
void conflict_denial(struct work *w)
{
    struct denials d = {.w = w};
    d.done = arena_array(w->arena, w->out->n_utterances + 1, sizeof *d.done);
    struct bag *bags = arena_array(w->arena, w->n_sayings + 1, sizeof *bags);
    for (size_t i = 0; i < w->n_sayings; i++)
        bags[i] = w->sayings[i].bag;
    meetings_index(w->arena, bags, w->n_sayings, &d.m);
    for (uint32_t i = 0; i < w->n_sayings; i++)
        find_denied(&d, i, (struct rule){is_denied_by});
    for (uint32_t i = 0; i < w->n_sayings; i++)
        find_denied(&d, i, (struct rule){restates});
}
