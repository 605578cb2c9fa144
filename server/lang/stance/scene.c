/* What the judging of stances looks at: where entities stand, who says each word, which words are
 * for or against, sentence by sentence. */
#include "lang/stance/stance.h"

#include "lang/net/recur.h"

enum { LONG_SENTENCE = RECUR_STEPS, MANY_PLACES = 64 };

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

/* The sentences, very long ones in parts, with their words for and against. */
struct judge *lang_stance_judges(const struct stance_input *in, struct findings *out, size_t *n)
{
    const int32_t *says = speakers_of(in);
    const struct lang_doc *doc = in->doc;
    struct judge *v = NULL;
    *n = 0;
    size_t place = 0, cap = 0;
    for (size_t s = 0; s < doc->n_sentences; s++) {
        size_t end = doc->sentences[s].end;
        for (size_t from = doc->sentences[s].first, to; from < end; from = to) {
            to = end - from > LONG_SENTENCE ? from + LONG_SENTENCE : end;
            v = arena_grow(doc->arena, v, *n, &cap, sizeof *v);
            struct judge *j = &v[(*n)++];
            *j = (struct judge){
                .in = in, .out = out, .sentence = (uint32_t)s, .from = from, .to = to};
            while (place < in->n_places && in->places[place].first < from)
                place++;
            j->places = in->n_places ? &in->places[place] : NULL;
            for (; place < in->n_places && in->places[place].end <= to && j->n_places < MANY_PLACES;
                 place++)
                j->n_places++;
            j->speaker = &says[from];
            j->hits = lang_polar_hits(doc->arena, doc, from, to);
        }
    }
    return v;
}

int32_t *lang_stance_chiefs(struct arena *a, const struct lang_reading *r)
{
    int32_t *chiefs = arena_array(a, r->n_actors + 1, sizeof *chiefs);
    for (size_t i = 0; i < r->n_actors; i++) {
        chiefs[i] = NO_ACTOR;
        for (size_t k = 0; k < r->n_actors && r->actors[i].of.n && chiefs[i] == NO_ACTOR; k++)
            if (str_eq(r->actors[k].key, r->actors[i].of))
                chiefs[i] = (int32_t)k;
    }
    return chiefs;
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

struct stance_input lang_stance_input(struct lang_doc *doc, const struct lang_reading *r)
{
    struct str *names = arena_array(doc->arena, r->n_actors + 1, sizeof *names);
    int32_t *speakers = arena_array(doc->arena, r->n_statements + 1, sizeof *speakers);
    for (size_t i = 0; i < r->n_actors; i++)
        names[i] = r->actors[i].name;
    for (size_t i = 0; i < r->n_statements; i++)
        speakers[i] = r->statements[i].speaker;
    struct stance_input in = {.doc = doc,
                              .names = names,
                              .n_entities = r->n_actors,
                              .statements = r->statements,
                              .n_statements = r->n_statements,
                              .speakers = speakers,
                              .chiefs = lang_stance_chiefs(doc->arena, r)};
    in.places = places_of(doc, r, &in.n_places);
    return in;
}
