/* Speakers that a saying does not name beside its verb: the subject of a sentence whose participle
 * reports the saying ("Chipmaker AMD ended months of rumours by saying ...", "Calling it an
 * assault, the party filed a suit"). */
#include "lang/actors/speaker.h"

/* Whoever the clause at the token has as its subject, if a name; or NO_ACTOR. */
static int32_t subject_at(const struct lang_doc *doc, uint32_t token, uint32_t end)
{
    const struct lang_mention *m = phrase_subject(doc, token, end);
    return m && m->reading != READING_PLACE && doc->actors[m->actor].kind != ACTOR_UNNAMED
               ? m->actor
               : NO_ACTOR;
}

static uint32_t behind_comma(const struct lang_doc *doc, uint32_t from, uint32_t end)
{
    while (from < end && !phrase_is_token(doc, from, ","))
        from++;
    return from < end ? from + 1 : end;
}

int32_t speaker_implied(const struct lang_doc *doc, const struct attribution *a)
{
    if (a->source.n || !a->cue.n || !a->content.n)
        return NO_ACTOR;
    uint32_t cue = (uint32_t)lang_token_at(doc, a->cue.v[0].start);
    const struct sentence *s = &doc->sentences[doc->tokens[cue].sentence];
    if (!str_ends(lang_token_text(doc, cue), S("ing")) || doc->tokens[cue].in_quote)
        return NO_ACTOR;
    uint32_t last = (uint32_t)lang_token_at(doc, a->content.v[a->content.n - 1].end - 1);
    bool inside = phrase_is_token(doc, last - 1, ",") || phrase_is_token(doc, last, ",");
    if (cue == s->first && inside) /* 'Calling it "an assault," the party' */
        return subject_at(doc, last + 1, s->end);
    if (cue == s->first) /* "Calling it an assault, the party" */
        return last + 1 < s->end && phrase_is_token(doc, last + 1, ",")
                   ? subject_at(doc, last + 2, s->end)
                   : subject_at(doc, behind_comma(doc, last, s->end), s->end);
    int32_t who = subject_at(doc, s->first, cue);
    return who == NO_ACTOR ? subject_at(doc, behind_comma(doc, s->first, cue), cue) : who;
}
