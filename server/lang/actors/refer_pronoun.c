/* Pronouns: he and she, by gender, nearness and a preference for subjects; nothing is said where
 * two persons fit about as well. Whoever speaks in a quotation is not its "he". */
#include "lang/names/names.h"

#include <stdlib.h>

/* REACH_TOKENS is more than sentences have: it bounds the time a text without stops takes. */
enum {
    REACH_SENTENCES = 3,
    MAX_CANDIDATES = 64,
    REACH_TOKENS = 256,
    MAX_TELLERS = 16,
    MAX_TOLD = 16
};

static bool is_personal(uint32_t flags)
{
    return flags & WORD_PRONOUN && flags & (WORD_MALE | WORD_FEMALE);
}

/* Is the find the first person named in its sentence, outside quotation marks? */
static bool is_subject(const struct names *w, const struct find *f)
{
    const struct token *t = w->doc->tokens;
    uint32_t first = w->doc->sentences[t[f->first].sentence].first;
    if (f->first - first > REACH_TOKENS)
        first = f->first - REACH_TOKENS;
    for (uint32_t i = first; i < f->first; i++) {
        int32_t o = w->owner[i];
        bool other = o >= 0 && w->finds[o].who >= 0 && w->finds[o].who != f->who &&
                     w->who[w->finds[o].who].kind == ACTOR_PERSON &&
                     t[i].in_quote == t[f->first].in_quote;
        if (other && !names_is_possessive(w, w->finds[o].end))
            return false;
    }
    return !names_is_possessive(w, f->end);
}

static bool is_object_form(const struct names *w, uint32_t token)
{
    return names_is(w, token, "him");
}

/* Is there a mark or a "that" between, so that subject and object may be one person? */
static bool same_clause(const struct names *w, uint32_t from, uint32_t to)
{
    if (to > from + REACH_TOKENS)
        return false;
    for (uint32_t i = from; i < to; i++)
        if (names_is(w, i, ",") || names_is(w, i, "that") || names_is(w, i, "and") ||
            names_is(w, i, "who"))
            return false;
    return true;
}

/* What is known of the sayings a pronoun stands in. The sources of those whose content holds it do
 * not speak of themselves as "he". Where it is a source itself ("he said"), its content does not
 * name the speaker ("Jones had left, he said"), and whoever spoke before goes on speaking. */
struct scene {
    const struct spans *tellers[MAX_TELLERS];
    size_t n_tellers;
    const struct attribution *own, *before;
    int32_t whom;           /* who is the \"whom\" he speaks of, or -1 */
    uint32_t sentence;      /* from which nearness counts: where its saying begins */
    int32_t told[MAX_TOLD]; /* who is named in the content of its own saying */
    size_t n_told;
};

static bool holds(const struct spans *s, uint32_t at)
{
    for (size_t k = 0; k < s->n; k++)
        if (at >= s->v[k].start && at < s->v[k].end)
            return true;
    return false;
}

/* Sentences from the find to where the pronoun's saying begins. */
static uint32_t distance(const struct names *w, const struct scene *s, const struct find *f)
{
    uint32_t sentence = w->doc->tokens[f->first].sentence;
    return s->sentence > sentence ? s->sentence - sentence : 0;
}

/* "Abe, whom he described": who stands before "whom", and is not he; or -1. */
static int32_t whom_before(const struct names *w, uint32_t pronoun)
{
    if (pronoun < 3 || !names_is(w, pronoun - 1, "whom"))
        return -1;
    uint32_t t = names_is(w, pronoun - 2, ",") ? pronoun - 3 : pronoun - 2;
    return w->owner[t] < 0 ? -1 : w->finds[w->owner[t]].who;
}

/* Who is named in the content of the pronoun's own saying. */
static void find_told(const struct names *w, struct scene *s)
{
    const struct spans *c = &s->own->content;
    const struct token *t = w->doc->tokens;
    for (size_t k = 0; k < c->n; k++) {
        size_t i = lang_token_at(w->doc, c->v[k].start), end = i + REACH_TOKENS;
        for (; i < end && i < w->doc->n_tokens && t[i].at.start < c->v[k].end; i++) {
            const struct find *f = w->owner[i] < 0 ? NULL : &w->finds[w->owner[i]];
            if (f && f->who >= 0 && f->type != FIND_PRONOUN && s->n_told < MAX_TOLD)
                s->told[s->n_told++] = f->who;
        }
    }
}

static bool is_told(const struct scene *s, int32_t who)
{
    for (size_t i = 0; i < s->n_told; i++)
        if (s->told[i] == who)
            return true;
    return false;
}

static struct scene scene_of(const struct names *w, uint32_t pronoun)
{
    const struct lang_doc *doc = w->doc;
    uint32_t at = doc->tokens[pronoun].at.start;
    bool quoted = doc->tokens[pronoun].in_quote;
    struct scene out = {.whom = whom_before(w, pronoun), .sentence = doc->tokens[pronoun].sentence};
    if (!quoted)
        out.own = names_source_of(w, doc->tokens[pronoun].at);
    for (size_t i = 0; quoted && i < doc->n_attributions; i++) {
        const struct attribution *a = &doc->attributions[i];
        if (out.n_tellers < MAX_TELLERS && holds(&a->content, at))
            out.tellers[out.n_tellers++] = &a->source;
    }
    if (out.own) {
        uint32_t start = out.own->content.n ? out.own->content.v[0].start : at;
        if (start < at)
            out.sentence = doc->tokens[lang_token_at(doc, start)].sentence;
        out.before = names_spoke_before(w, at);
        find_told(w, &out);
    }
    return out;
}

static bool is_teller(const struct scene *s, const struct find *f)
{
    for (size_t i = 0; i < s->n_tellers; i++)
        if (holds(s->tellers[i], f->at.start))
            return true;
    return false;
}

/* For or against one who is named in what the pronoun says, or who spoke before it. */
static double weigh_saying(const struct scene *s, const struct find *f)
{
    if (!s->own)
        return 0;
    if (is_told(s, f->who))
        return -8;
    return s->before && holds(&s->before->source, f->at.start) ? 4 : 0;
}

/* "Moss's trip and [his] refusal", "Moss's plans, in particular [his] ban": what is told beside
 * what is somebody's is as a rule theirs, too. */
static bool goes_on(const struct names *w, const struct find *f, uint32_t pronoun)
{
    static const char *const links[] = {"and", "or", "including", "particular", "notably"};
    if (!names_is_possessive(w, f->end) || !(w->flags[pronoun] & WORD_POSSESSIVE) || !pronoun ||
        w->doc->tokens[f->first].sentence != w->doc->tokens[pronoun].sentence)
        return false;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (names_is(w, pronoun - 1, links[i]))
            return true;
    return false;
}

static double weigh(const struct names *w, uint32_t pronoun, const struct find *f,
                    const struct scene *scene)
{
    const struct token *t = w->doc->tokens;
    const struct who *p = &w->who[f->who];
    uint32_t flags = w->flags[pronoun];
    enum gender g = flags & WORD_MALE ? GENDER_MALE : GENDER_FEMALE;
    uint32_t back = distance(w, scene, f);
    if ((p->gender && p->gender != g) || is_teller(scene, f) || scene->whom == f->who)
        return -1;
    static const double near[] = {10, 8.5, 5, 3};
    double score = near[back] + (is_subject(w, f) ? 3 : 0) + (p->gender ? 1 : 0) +
                   (f->type == FIND_PRONOUN ? 1 : 0);
    if (t[f->first].in_quote != t[pronoun].in_quote)
        score -= 4;
    if (back == 0 && is_object_form(w, pronoun) && same_clause(w, f->end, pronoun))
        score -= 8;
    if (goes_on(w, f, pronoun))
        score += 5;
    else if (names_is_possessive(w, f->end))
        score -= 1.5;
    score += weigh_saying(scene, f);
    return score + (p->count > 6 ? 6 : p->count) * 0.15;
}

/* The finds of persons so far, by their place; pronouns join it as they are resolved. */
struct recent {
    uint32_t *finds;
    size_t n;
};

static int32_t antecedent(const struct names *w, uint32_t pronoun, const struct recent *r)
{
    double best = 0, second = 0;
    int32_t who = -1;
    struct scene scene = scene_of(w, pronoun);
    for (size_t k = r->n, seen = 0; k-- > 0 && seen < MAX_CANDIDATES; seen++) {
        const struct find *f = &w->finds[r->finds[k]];
        if (distance(w, &scene, f) > REACH_SENTENCES)
            break;
        double score = weigh(w, pronoun, f, &scene);
        if (score > best) {
            second = who == f->who ? second : best;
            best = score;
            who = f->who;
        } else if (f->who != who && score > second) {
            second = score;
        }
    }
    return best - second >= 0.2 ? who : -1;
}

struct place {
    uint32_t token, find;
};

static int by_place(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    if (a->token != b->token)
        return a->token < b->token ? -1 : 1;
    return a->find < b->find ? -1 : a->find > b->find;
}

/* A person, or somebody without a name who has spoken: "the officer". */
static bool is_candidate(const struct names *w, const struct find *f)
{
    if (f->who < 0)
        return false;
    if (w->who[f->who].kind == ACTOR_PERSON)
        return true;
    uint32_t flags = f->type == FIND_NOMINAL ? w->flags[f->head] : 0;
    return w->who[f->who].kind == ACTOR_UNNAMED && flags & (WORD_ROLE | WORD_UNNAMED | WORD_KIN) &&
           !(flags & (WORD_COLLECTIVE | WORD_NOMINAL_ORG)) && !f->plural &&
           names_in_source(w, f->at);
}

static size_t persons_by_place(const struct names *w, struct place *out)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n_finds; i++) {
        if (is_candidate(w, &w->finds[i]))
            out[n++] = (struct place){w->finds[i].first, (uint32_t)i};
    }
    if (n)
        qsort(out, n, sizeof *out, by_place);
    return n;
}

void names_resolve_pronouns(struct names *w)
{
    struct arena *a = w->doc->arena;
    struct place *persons = arena_array(a, w->n_finds + 1, sizeof *persons);
    size_t n_persons = persons_by_place(w, persons), next = 0;
    struct recent r = {arena_array(a, n_persons + w->doc->n_tokens + 1, sizeof *r.finds), 0};
    for (uint32_t i = 0; i < w->doc->n_tokens; i++) {
        while (next < n_persons && persons[next].token < i)
            r.finds[r.n++] = persons[next++].find;
        int32_t keep = w->owner[i];
        if (!is_personal(w->flags[i]) || (keep >= 0 && !names_is_possessed(w, &w->finds[keep])))
            continue;
        int32_t who = antecedent(w, i, &r);
        if (who < 0)
            continue;
        uint32_t at = (uint32_t)w->n_finds;
        names_add(w, i, i + 1, FIND_PRONOUN);
        names_see(w, who, at);
        w->owner[i] = keep < 0 ? w->owner[i] : keep;
        r.finds[r.n++] = at;
        if (!w->who[who].gender)
            w->who[who].gender = w->flags[i] & WORD_MALE ? GENDER_MALE : GENDER_FEMALE;
    }
}
