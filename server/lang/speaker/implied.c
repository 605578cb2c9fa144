/* Speakers that a saying does not name beside its verb: the subject of a sentence whose participle
 * reports the saying ("Shipbuilder QRS surprised its rivals by saying ...", "Calling it an
 * assault, the party filed a suit"); those of "those who have blamed her"; and the authors of an
 * article, who write of themselves as "we". */
#include "lang/speaker/speaker.h"

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

/* Lets the actor go by another form as well. */
static void also_known_as(struct lang_doc *doc, int32_t actor, struct str form)
{
    struct lang_actor *a = &doc->actors[actor];
    struct lang_name *names = arena_array(doc->arena, a->n_names + 1, sizeof *names);
    for (size_t i = 0; i < a->n_names; i++)
        if (str_eq((names[i] = a->names[i]).text, form))
            return;
    names[a->n_names] = (struct lang_name){form, NAME_SHORT};
    a->names = names;
    a->n_names++;
}

int32_t speaker_of_those(struct lang_doc *doc, const struct attribution *a)
{
    uint32_t who = (uint32_t)lang_token_at(doc, a->source.v[0].start);
    if (!who || !phrase_is_token(doc, who, "who") || !phrase_is_token(doc, who - 1, "those") ||
        !a->cue.n)
        return NO_ACTOR;
    struct str form = S("those who");
    int32_t those = speaker_add(doc,
                                arena_fmt(doc->arena, "%.*s %.*s", STR_ARG(form),
                                          STR_ARG(lang_span_text(doc, a->cue.v[0]))),
                                ACTOR_UNNAMED);
    also_known_as(doc, those, form);
    return those;
}

/* Does anybody's words hold the place? */
static bool is_told(const struct lang_doc *doc, uint32_t at)
{
    for (size_t i = 0; i < doc->n_attributions; i++) {
        const struct spans *c = &doc->attributions[i].content;
        for (size_t k = 0; k < c->n; k++)
            if (at >= c->v[k].start && at < c->v[k].end)
                return true;
    }
    return false;
}

int32_t lang_author_speaker(struct lang_doc *doc, const struct attribution *a)
{
    struct str source = a->source.n == 1 ? lang_span_text(doc, a->source.v[0]) : (struct str){0};
    if (!str_eq_case(source, S("we")) || !doc->article || !doc->article->title.n)
        return NO_ACTOR;
    uint32_t at = a->source.v[0].start;
    if (doc->tokens[lang_token_at(doc, at)].in_quote || is_told(doc, at))
        return NO_ACTOR;
    int32_t authors = speaker_add(doc,
                                  arena_fmt(doc->arena, "authors of \xE2\x80\x9C%.*s\xE2\x80\x9D",
                                            STR_ARG(doc->article->title)),
                                  ACTOR_UNNAMED);
    also_known_as(doc, authors, S("we"));
    return authors;
}
