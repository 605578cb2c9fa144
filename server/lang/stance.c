/* Who is for or against whom or what, sentence by sentence.
 *
 * Three signs are read. A verb between two entities ("X criticised Y", "Y was backed by X"); a
 * noun between them ("X's support for Y"); and what a speaker says of an entity: the words that
 * govern it ("we must stop Y") or judge it ("Y has failed"). Words and signs: words/stance.txt. */
#include "lang/stance.h"

#include "lang/polarity.h"

enum { LEFT_REACH = 12, RIGHT_REACH = 10, NOUN_REACH = 6, LONG_SENTENCE = 300, MANY_PLACES = 64 };

struct judge {
    const struct stance_input *in;
    struct lang_stances *out;
    size_t from, to; /* the sentence's tokens */
    size_t begun;    /* stances of earlier sentences */
    const struct place *places;
    size_t n_places; /* of the sentence */
    struct polar_hits hits;
    const int32_t *speaker; /* per token of the sentence: entity that says it, or NO_ACTOR */
    const bool *cue;        /* per token of the sentence: part of a cue */
};

static struct span span_of(const struct judge *j)
{
    const struct token *t = j->in->doc->tokens;
    return (struct span){t[j->from].at.start, t[j->to - 1].at.end};
}

static void emit(struct judge *j, int32_t subject, int32_t object, int sign)
{
    if (subject < 0 || object < 0 || subject == object || !sign)
        return;
    struct str s = j->in->names[subject], o = j->in->names[object];
    if (!s.n || !o.n || str_eq(s, o))
        return;
    struct lang_stances *out = j->out;
    for (size_t i = j->begun; i < out->n; i++)
        if (str_eq(out->v[i].subject, s) && str_eq(out->v[i].object, o))
            return;
    out->v = arena_grow(j->in->doc->arena, out->v, out->n, &out->cap, sizeof *out->v);
    out->v[out->n++] =
        (struct lang_stance){.subject = s, .object = o, .positive = sign > 0, .at = span_of(j)};
}

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

static void judge_verb(struct judge *j, const struct polar_hit *h)
{
    int32_t says = j->speaker[h->first - j->from];
    int32_t left = entity_before(j, h->first, LEFT_REACH),
            right = entity_behind(j, h->end, RIGHT_REACH);
    if (h->passive) {
        emit(j, agent_of(j, h->end), left, h->sign);
        if (says != NO_ACTOR)
            emit(j, says, left, h->sign);
        return;
    }
    if (says != NO_ACTOR && (left == NO_ACTOR || speaks_of_self(j, h->first))) {
        emit(j, says, right, h->sign);
        return;
    }
    emit(j, left, right, h->sign);
    if (says != NO_ACTOR && left != says)
        emit(j, says, left, h->sign);
}

static void judge_noun(struct judge *j, const struct polar_hit *h)
{
    int32_t says = j->speaker[h->first - j->from];
    int32_t left = entity_before(j, h->first, NOUN_REACH),
            right = entity_behind(j, h->end, NOUN_REACH);
    emit(j, left != NO_ACTOR ? left : says, right, h->sign);
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
    emit(j, says, target, h->sign);
}

/* What is left: entities in somebody's words without a word for or against close by are judged by
 * the tone of the whole sentence. */
static void judge_rest(struct judge *j)
{
    int tone = 0;
    for (size_t i = 0; i < j->hits.n; i++)
        if (j->speaker[j->hits.v[i].first - j->from] != NO_ACTOR && j->hits.v[i].kind != POLAR_CALL)
            tone += j->hits.v[i].sign;
    for (size_t i = 0; i < j->n_places; i++)
        emit(j, j->speaker[j->places[i].first - j->from], (int32_t)j->places[i].entity, tone);
}

static void judge_sentence(struct judge *j)
{
    const struct lang_doc *doc = j->in->doc;
    j->begun = j->out->n;
    if (!j->n_places)
        return;
    j->hits = lang_polar_hits(doc->arena, doc, j->from, j->to);
    for (size_t i = 0; i < j->hits.n; i++) {
        const struct polar_hit *h = &j->hits.v[i];
        if (h->kind == POLAR_VERB)
            judge_verb(j, h);
        else if (h->kind == POLAR_NOUN)
            judge_noun(j, h);
        else if (h->kind == POLAR_QUALITY)
            judge_quality(j, h);
    }
    judge_rest(j);
}

/* Who says each token: the innermost statement's speaker, as inner ones come later. */
static int32_t *speakers_of(const struct stance_input *in)
{
    const struct lang_doc *doc = in->doc;
    int32_t *says = arena_array(doc->arena, doc->n_tokens + 1, sizeof *says);
    for (size_t t = 0; t < doc->n_tokens; t++)
        says[t] = NO_ACTOR;
    for (size_t i = 0; i < in->n_statements; i++) {
        struct spans content = in->statements[i].content;
        for (size_t k = 0; k < content.n; k++)
            for (size_t t = lang_token_at(doc, content.v[k].start);
                 t < doc->n_tokens && doc->tokens[t].at.start < content.v[k].end; t++)
                says[t] = in->speakers[i];
    }
    return says;
}

static bool *cues_of(const struct stance_input *in)
{
    const struct lang_doc *doc = in->doc;
    bool *cue = arena_array(doc->arena, doc->n_tokens + 1, sizeof *cue);
    for (size_t i = 0; i < in->n_statements; i++) {
        struct spans spans = in->statements[i].cue;
        for (size_t k = 0; k < spans.n; k++)
            for (size_t t = lang_token_at(doc, spans.v[k].start);
                 t < doc->n_tokens && doc->tokens[t].at.start < spans.v[k].end; t++)
                cue[t] = true;
    }
    return cue;
}

void lang_judge(const struct stance_input *in, struct lang_stances *out)
{
    const struct lang_doc *doc = in->doc;
    const int32_t *says = speakers_of(in);
    const bool *cue = cues_of(in);
    size_t place = 0;
    for (size_t s = 0; s < doc->n_sentences; s++) {
        size_t end = doc->sentences[s].end;
        for (size_t from = doc->sentences[s].first; from < end;) {
            size_t to = end - from > LONG_SENTENCE ? from + LONG_SENTENCE : end;
            struct judge j = {.in = in, .out = out, .from = from, .to = to};
            while (place < in->n_places && in->places[place].first < from)
                place++;
            j.places = &in->places[place];
            while (place < in->n_places && in->places[place].end <= to &&
                   j.n_places < MANY_PLACES) {
                place++;
                j.n_places++;
            }
            j.speaker = &says[from];
            j.cue = &cue[from];
            judge_sentence(&j);
            from = to;
        }
    }
}

/* The actors' mentions as places. */
static struct place *places_of(struct lang_doc *doc, const struct lang_reading *r, size_t *n)
{
    struct place *places = arena_array(doc->arena, r->n_mentions + 1, sizeof *places);
    *n = 0;
    for (size_t i = 0; i < r->n_mentions; i++) {
        const struct lang_mention *m = &r->mentions[i];
        size_t first = lang_token_at(doc, m->at.start), last = lang_token_at(doc, m->at.end - 1);
        if (m->actor == NO_ACTOR || last >= doc->n_tokens || first > last)
            continue;
        places[(*n)++] = (struct place){(uint32_t)first, (uint32_t)last + 1, (uint32_t)m->actor};
    }
    return places;
}

void lang_find_stances(struct lang_doc *doc, struct lang_reading *out)
{
    struct str *names = arena_array(doc->arena, out->n_actors + 1, sizeof *names);
    int32_t *speakers = arena_array(doc->arena, out->n_statements + 1, sizeof *speakers);
    for (size_t i = 0; i < out->n_actors; i++)
        names[i] = out->actors[i].name;
    for (size_t i = 0; i < out->n_statements; i++)
        speakers[i] = out->statements[i].speaker;
    struct stance_input in = {.doc = doc,
                              .names = names,
                              .n_entities = out->n_actors,
                              .statements = out->statements,
                              .n_statements = out->n_statements,
                              .speakers = speakers};
    in.places = places_of(doc, out, &in.n_places);
    struct lang_stances found = {0};
    lang_judge(&in, &found);
    out->stances = found.v;
    out->n_stances = found.n;
}
