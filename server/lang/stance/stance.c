/* Who is for or against whom or what, sentence by sentence.
 *
 * A network scores every two entities of a sentence (stance_net.h): what it is sure of counts, and
 * where it sees nothing between the two, nothing does. Beside it three signs are read. A verb
 * between two entities ("X criticised Y", "Y was backed by X"); a noun between them ("X's support
 * for Y"); and what a speaker says of an entity: the words that govern it ("we must stop Y") or
 * judge it ("Y has failed"). Words and signs: words/stance.txt. */
#include "lang/stance/net.h"

#include <stdlib.h>

enum { LEFT_REACH = 12, RIGHT_REACH = 10, NOUN_REACH = 6, ROW_REACH = 4 };

/* What the network must at least be sure of for a stance (F1 on SEESAW train and dev). */
static const float least_sure = 0.4f;

static bool is_break(const struct judge *j, size_t token)
{
    static const struct str marks[] = {STR(";"), STR(":"), STR("but"), STR("while"),
                                       STR("although")};
    struct str word = lang_token_text(j->in->doc, token);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_eq(word, marks[i]))
            return true;
    return false;
}

static bool broken(const struct judge *j, size_t from, size_t to)
{
    for (size_t t = from; t < to; t++)
        if (is_break(j, t) || j->speaker[t - j->from] != j->speaker[from - j->from])
            return true;
    return false;
}

/* The last entity that ends at or before `token`, within reach and in the same clause. */
static int32_t entity_before(const struct judge *j, size_t token, size_t reach)
{
    for (size_t i = j->n_places; i-- > 0;) {
        const struct place *p = &j->places[i];
        if (p->end > token)
            continue;
        return token - p->end <= reach && !broken(j, p->end, token) ? (int32_t)p->entity : NO_ACTOR;
    }
    return NO_ACTOR;
}

static int32_t entity_behind(const struct judge *j, size_t token, size_t reach)
{
    for (size_t i = 0; i < j->n_places; i++) {
        const struct place *p = &j->places[i];
        if (p->first < token)
            continue;
        return p->first - token <= reach && !broken(j, token, p->first) ? (int32_t)p->entity
                                                                        : NO_ACTOR;
    }
    return NO_ACTOR;
}

static bool is_word(const struct judge *j, size_t token, const char *word)
{
    return token < j->to && str_eq_case(lang_token_text(j->in->doc, token), str_of(word));
}

/* "I", "we" and their like close before the verb: the speaker does it. */
static bool speaks_of_self(const struct judge *j, size_t token)
{
    static const char *const self[] = {"I", "we", "our", "my", "let"};
    for (size_t back = 1; back <= 5 && token >= j->from + back; back++)
        for (size_t i = 0; i < sizeof self / sizeof *self; i++)
            if (is_word(j, token - back, self[i]))
                return true;
    return false;
}

/* The entity behind "by", for passives. */
static int32_t agent_of(const struct judge *j, size_t token)
{
    for (size_t t = token; t < j->to && t < token + 6; t++)
        if (is_word(j, t, "by"))
            return entity_behind(j, t + 1, 5);
    return NO_ACTOR;
}

/* Do only commas and "and" stand between the two places? Titles and what is in brackets may. */
static bool in_a_row(const struct judge *j, const struct place *a, const struct place *b)
{
    if (b->first < a->end || b->first - a->end > ROW_REACH)
        return false;
    bool joined = false;
    for (size_t t = a->end; t < b->first; t++) {
        bool link = is_word(j, t, ",") || is_word(j, t, "and") || is_word(j, t, "or");
        if (!link && j->in->doc->tokens[t].word && !j->in->doc->tokens[t].capital)
            return false;
        joined |= link;
    }
    return joined;
}

/* Emits for all that are named in a row with subject and object. */
static void find_in_rows(struct judge *j, int32_t subject, int32_t object, int sign,
                         const char *rule)
{
    lang_find_stance(j, subject, object, sign, rule);
    if (subject == NO_ACTOR || object == NO_ACTOR)
        return;
    for (size_t i = 0; i + 1 < j->n_places; i++) {
        const struct place *a = &j->places[i], *b = &j->places[i + 1];
        if (!in_a_row(j, a, b))
            continue;
        if ((int32_t)b->entity == subject && (int32_t)a->entity != object)
            lang_find_stance(j, (int32_t)a->entity, object, sign, rule);
        if ((int32_t)a->entity == object && (int32_t)b->entity != subject)
            lang_find_stance(j, subject, (int32_t)b->entity, sign, rule);
    }
}

static bool is_actor(const struct judge *j, int32_t entity)
{
    if (entity == NO_ACTOR || !j->in->issues || (size_t)entity < j->in->first_issue)
        return true;
    return j->in->issues->v[(size_t)entity - j->in->first_issue].actor;
}

static void judge_verb(struct judge *j, const struct polar_hit *h)
{
    int32_t says = j->speaker[h->first - j->from];
    int32_t left = entity_before(j, h->first, LEFT_REACH),
            right = entity_behind(j, h->end, RIGHT_REACH);
    int sign = h->wants && is_actor(j, right) ? -1 : h->sign;
    if (h->passive) {
        lang_find_stance(j, agent_of(j, h->end), left, h->sign, "stance.verb.passive");
        if (says != NO_ACTOR)
            lang_find_stance(j, says, left, h->sign, "stance.says.passive");
        return;
    }
    if (says != NO_ACTOR && (left == NO_ACTOR || speaks_of_self(j, h->first))) {
        find_in_rows(j, says, right, sign, "stance.says.verb");
        return;
    }
    find_in_rows(j, left, right, sign, "stance.verb");
    /* Whoever opens the sentence is its subject as often as the name close before the verb. */
    if (j->n_places && j->places[0].end <= h->first)
        lang_find_stance(j, (int32_t)j->places[0].entity, right, sign, "stance.verb.first");
    if (says != NO_ACTOR && left != says && h->sign < 0)
        lang_find_stance(j, says, left, h->sign, "stance.says.doer");
}

static void judge_noun(struct judge *j, const struct polar_hit *h)
{
    int32_t says = j->speaker[h->first - j->from];
    int32_t left = entity_before(j, h->first, NOUN_REACH),
            right = entity_behind(j, h->end, NOUN_REACH);
    lang_find_stance(j, left != NO_ACTOR ? left : says, right, h->sign, "stance.noun");
}

/* "Y is wrong", said by somebody. */
static void judge_quality(struct judge *j, const struct polar_hit *h)
{
    int32_t says = j->speaker[h->first - j->from];
    if (says == NO_ACTOR)
        return;
    int32_t target = entity_before(j, h->first, LEFT_REACH);
    if (target == NO_ACTOR || target == says)
        target = entity_behind(j, h->end, NOUN_REACH);
    lang_find_stance(j, says, target, h->sign, "stance.says.quality");
}

/* Words for less those against in what somebody says in this sentence. */
static int tone_of(const struct judge *j, int32_t says)
{
    int tone = 0;
    for (size_t i = 0; i < j->hits.n; i++)
        if (j->speaker[j->hits.v[i].first - j->from] == says && j->hits.v[i].kind != POLAR_CALL)
            tone += j->hits.v[i].sign;
    return tone;
}

/* What is left: entities in somebody's words without a word for or against close by are judged by
 * the tone of the whole sentence. */
static void judge_tone(struct judge *j)
{
    for (size_t i = 0; i < j->n_places; i++) {
        int32_t says = j->speaker[j->places[i].first - j->from];
        int tone = says == NO_ACTOR ? 0 : tone_of(j, says);
        if (tone < 0 || tone > 1)
            lang_find_stance(j, says, (int32_t)j->places[i].entity, tone, "stance.says.tone");
    }
}

static void judge_words(struct judge *j)
{
    for (size_t i = 0; i < j->hits.n; i++) {
        const struct polar_hit *h = &j->hits.v[i];
        if (h->kind == POLAR_VERB)
            judge_verb(j, h);
        else if (h->kind == POLAR_NOUN)
            judge_noun(j, h);
        else if (h->kind == POLAR_QUALITY)
            judge_quality(j, h);
    }
    judge_tone(j);
}

/* What is denied outright: the network saw too little of that to be trusted with it. */
static void judge_negated(struct judge *j)
{
    for (size_t i = 0; i < j->hits.n; i++) {
        const struct polar_hit *h = &j->hits.v[i];
        if (h->kind == POLAR_VERB && h->negated)
            judge_verb(j, h);
    }
}

/* Towards whom a speaker names: as elsewhere in the article; for whom he acts for; else rather
 * against, as news tells of quarrels. */
static void judge_named(struct judge *j, const struct history *known, int32_t says, int32_t object)
{
    int sign = lang_history_sign(known, says, object);
    if (sign)
        lang_find_stance(j, says, object, sign, "stance.says.again");
    else if (j->in->chiefs && j->in->chiefs[says] == object)
        lang_find_stance(j, says, object, 1, "stance.says.chief");
    else
        lang_find_stance(j, says, object, -1, "stance.says.of");
}

/* With what the article says elsewhere of the same two. */
static void judge_again(struct judge *j, const struct history *known)
{
    for (size_t i = 0; i < j->n_places; i++) {
        int32_t says = j->speaker[j->places[i].first - j->from];
        if (says != NO_ACTOR)
            judge_named(j, known, says, (int32_t)j->places[i].entity);
    }
    for (size_t i = 0; i < j->n_places; i++)
        for (size_t k = i + 1; k < j->n_places && k < i + 4; k++) {
            int32_t a = (int32_t)j->places[i].entity, b = (int32_t)j->places[k].entity;
            int sign = lang_history_sign(known, a, b);
            if (abs(sign) > 1)
                lang_find_stance(j, a, b, sign, "stance.again");
        }
}

static void judge_scores(struct judge *j)
{
    for (size_t i = 0; i < j->n_scores; i++) {
        const struct stance_score *s = &j->scores[i];
        float sure = s->support > s->oppose ? s->support : s->oppose;
        if (sure >= least_sure)
            lang_find_stance(j, s->subject, s->object, s->support > s->oppose ? 1 : -1,
                             "stance.net");
    }
}

/* First by network and words, then by what is known from the whole article. */
static void judge_all(const struct stance_input *in, struct findings *out)
{
    size_t n = 0;
    struct judge *v = lang_stance_judges(in, out, &n);
    lang_stance_score(stance_model(), kernel_best(), v, n);
    for (size_t i = 0; i < n; i++) {
        out->begun = out->n;
        judge_negated(&v[i]);
        judge_scores(&v[i]);
        if (v[i].n_places)
            judge_words(&v[i]);
    }
    const struct history *known = lang_history_make(in->doc->arena, out);
    for (size_t i = 0; i < n; i++) {
        out->begun = out->n;
        judge_again(&v[i], known);
    }
}

static int by_sentence(const void *a, const void *b)
{
    const struct finding *x = *(const struct finding *const *)a,
                         *y = *(const struct finding *const *)b;
    if (x->sentence != y->sentence)
        return x->sentence < y->sentence ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* Findings as stances, in the order of the text; a pair once a sentence, its first finding. */
static void hand_out(const struct stance_input *in, const struct findings *found,
                     struct lang_stance **v, size_t *n)
{
    struct arena *a = in->doc->arena;
    const struct finding **order = arena_array(a, found->n + 1, sizeof *order);
    for (size_t i = 0; i < found->n; i++)
        order[i] = &found->v[i];
    qsort(order, found->n, sizeof *order, by_sentence);
    struct lang_stance *out = arena_array(a, found->n + 1, sizeof *out);
    *n = 0;
    for (size_t i = 0, begun = 0; i < found->n; i++) {
        const struct finding *f = order[i];
        if (i && order[i - 1]->sentence != f->sentence)
            begun = i;
        bool fresh = true;
        for (size_t k = begun; k < i && fresh; k++)
            fresh = order[k]->subject != f->subject || order[k]->object != f->object;
        if (fresh)
            out[(*n)++] = (struct lang_stance){.subject = in->names[f->subject],
                                               .object = in->names[f->object],
                                               .positive = f->sign > 0,
                                               .at = f->at,
                                               .rule = f->rule,
                                               .confidence = f->confidence};
    }
    *v = out;
}

void lang_judge(const struct stance_input *in, struct lang_stance **v, size_t *n)
{
    struct findings found = {0};
    for (size_t i = 0; i < in->n_given; i++) {
        found.v = arena_grow(in->doc->arena, found.v, found.n, &found.cap, sizeof *found.v);
        found.v[found.n++] = in->given[i];
    }
    judge_all(in, &found);
    hand_out(in, &found, v, n);
}

void lang_find_stances(struct arena *a, const struct lang_issues *issues,
                       struct lang_reading *reading)
{
    struct arena work = {0};
    struct lang_doc doc = lang_words_of(&work, reading);
    if (str_eq(reading->language, S("en")) || str_eq(reading->language, S("und"))) {
        if (issues->n) {
            lang_judge_with_issues(&doc, issues, reading);
        } else {
            struct stance_input in = lang_stance_input(&doc, reading);
            lang_judge(&in, &reading->stances, &reading->n_stances);
        }
        lang_copy_stances(a, reading);
    }
    arena_finish(&work);
}
