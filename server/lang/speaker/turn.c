/* Who speaks in the turns of interviews and transcripts (attribution/turns.c). */
#include "lang/names/names.h"
#include "lang/speaker/speaker.h"

/* Whom an interview is with: the person named first. */
static int32_t interviewed(const struct lang_doc *doc)
{
    for (size_t i = 0; i < doc->n_mentions; i++)
        if (doc->actors[doc->mentions[i].actor].kind == ACTOR_PERSON)
            return doc->mentions[i].actor;
    return NO_ACTOR;
}

/* "MS. OKORO": the label of a transcript's turn that has a title is a person's, by whatever comes
 * behind the title. */
static int32_t label_speaker(struct lang_doc *doc, struct span at)
{
    size_t first = lang_token_at(doc, at.start), end = lang_token_at(doc, at.end - 1) + 1;
    struct str title = lang_token_text(doc, first);
    if (end < first + 2 || !(gaz_word(title) & (WORD_HONORIFIC | WORD_ROLE)))
        return NO_ACTOR;
    struct span rest = {doc->tokens[first + 1].at.start, at.end};
    struct str name = arena_str(doc->arena, lang_span_text(doc, rest));
    for (size_t i = 0; i < doc->n_mentions; i++)
        if (doc->mentions[i].at.start < at.end && rest.start < doc->mentions[i].at.end) {
            doc->actors[doc->mentions[i].actor].kind = ACTOR_PERSON;
            return doc->mentions[i].actor;
        }
    for (size_t i = 1; i < name.n; i++) /* "Okoro" */
        if (name.p[i] >= 'A' && name.p[i] <= 'Z' && name.p[i - 1] != ' ' && name.p[i - 1] != '-')
            ((char *)(uintptr_t)name.p)[i] = (char)(name.p[i] + 32);
    return speaker_add(doc, name, ACTOR_PERSON);
}

int32_t speaker_of_turn(struct lang_doc *doc, const struct attribution *attribution)
{
    struct str rule = attribution->rule ? str_of(attribution->rule) : (struct str){0};
    if (str_eq(rule, S("reader.answer")))
        return interviewed(doc);
    return str_eq(rule, S("reader.transcript")) ? label_speaker(doc, attribution->source.v[0])
                                                : NO_ACTOR;
}
