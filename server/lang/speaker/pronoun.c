/* Speakers that their own text calls it, they, I or we ("It added that ...").
 *
 * He and she are resolved among the persons (refer_pronoun.c). Bodies and groups are rarer and
 * their pronouns stand close by: "it" and "they" are whoever spoke last, or the subject of the
 * sentence before, if that can be an it or a they - where somebody says something: what "shows" or
 * "exposes" may be a film. "I" and "we" are whoever's words they stand in. */
#include "lang/names/names.h"
#include "lang/speaker/speaker.h"

enum { REACH_SENTENCES = 2 };

enum pronoun { PRONOUN_NONE, PRONOUN_IT, PRONOUN_THEY, PRONOUN_I };

static enum pronoun pronoun_of(const struct lang_doc *doc, struct spans source)
{
    if (source.n != 1)
        return PRONOUN_NONE;
    struct str s = lang_span_text(doc, source.v[0]);
    if (str_eq_case(s, S("it")))
        return PRONOUN_IT;
    if (str_eq_case(s, S("they")) || str_eq_case(s, S("both")))
        return PRONOUN_THEY;
    return str_eq(s, S("I")) || str_eq_case(s, S("we")) ? PRONOUN_I : PRONOUN_NONE;
}

/* The noun of a descriptor: the last word before "of", "who", "close to" and the like. */
static struct str head_noun(struct str name)
{
    static const struct str links[] = {STR("of"),    STR("who"),  STR("in"),   STR("at"),
                                       STR("close"), STR("with"), STR("from"), STR("for"),
                                       STR("that"),  STR("to"),   STR("on")};
    struct str word, head = {0};
    while (str_split(&name, ' ', &word)) {
        for (size_t i = 0; i < sizeof links / sizeof *links; i++)
            if (head.n && str_eq(word, links[i]))
                return head;
        head = word;
    }
    return head;
}

static bool fits(const struct lang_actor *actor, enum pronoun pronoun)
{
    if (actor->kind == ACTOR_PERSON)
        return false;
    if (actor->kind != ACTOR_UNNAMED)
        return true;
    struct str head = head_noun(actor->name);
    uint32_t flags = gaz_word(head);
    bool plural =
        flags & WORD_PLURAL || (head.n > 3 && str_ends(head, S("s")) && !str_ends(head, S("ss")));
    if (pronoun == PRONOUN_THEY)
        return plural || flags & WORD_COLLECTIVE;
    bool someone = flags & (WORD_ROLE | WORD_KIN | WORD_UNNAMED) && !(flags & WORD_COLLECTIVE);
    return !plural && !someone;
}

/* "Maria Lopez and her brother said": one of two is not all of them, but they spoke together. */
static bool names_two(const struct lang_doc *doc, struct spans source)
{
    return source.n > 1 || str_find(lang_span_text(doc, source.v[0]), S(" and "), 0) != STR_NONE;
}

static bool holds(struct spans content, uint32_t at)
{
    for (size_t i = 0; i < content.n; i++)
        if (at >= content.v[i].start && at < content.v[i].end)
            return true;
    return false;
}

static uint32_t size_of(struct spans content)
{
    return content.v[content.n - 1].end - content.v[0].start;
}

/* Whose words hold the place: of several, the narrowest. */
static int32_t whose_words(const struct lang_reading *r, size_t self, uint32_t at)
{
    const struct lang_statement *best = NULL;
    for (size_t i = 0; i < r->n_statements; i++) {
        const struct lang_statement *s = &r->statements[i];
        if (i == self || s->speaker == NO_ACTOR || !holds(s->content, at))
            continue;
        if (!best || size_of(s->content) < size_of(best->content))
            best = s;
    }
    return best ? best->speaker : NO_ACTOR;
}

static uint32_t sentence_at(const struct lang_doc *doc, uint32_t at)
{
    return doc->tokens[lang_token_at(doc, at)].sentence;
}

/* Of those that fit, who spoke last before the place, within reach; `*at`: where. */
static int32_t spoke_last(const struct lang_doc *doc, const struct lang_reading *r,
                          enum pronoun pronoun, uint32_t place, uint32_t *at)
{
    uint32_t here = sentence_at(doc, place);
    int32_t who = NO_ACTOR;
    *at = 0;
    for (size_t i = 0; i < r->n_statements; i++) {
        const struct lang_statement *s = &r->statements[i];
        if (s->speaker == NO_ACTOR || !s->source.n || s->source.v[0].end > place)
            continue;
        uint32_t start = s->source.v[0].start;
        if (start < *at || here - sentence_at(doc, start) > REACH_SENTENCES)
            continue;
        bool two = pronoun == PRONOUN_THEY && names_two(doc, s->source);
        if (!two && !fits(&doc->actors[s->speaker], pronoun))
            continue;
        *at = start;
        who = s->speaker;
    }
    return who;
}

/* The subject of a sentence, also behind "On Monday," and "Last May,"; or NULL. */
static const struct lang_mention *subject_of(const struct lang_doc *doc, const struct sentence *s)
{
    uint32_t first = gaz_word(lang_token_text(doc, s->first)), from = s->first;
    uint32_t second = s->first + 1 < s->end ? gaz_word(lang_token_text(doc, s->first + 1)) : 0;
    bool date = (first | second) & WORD_DATE;
    if (date || (first & WORD_FUNCTION && !(first & (WORD_DET | WORD_PRONOUN))))
        while (from < s->end && !phrase_is_token(doc, from, ","))
            from++;
    const struct lang_mention *m = phrase_subject(doc, from > s->first ? from + 1 : from, s->end);
    return m && m->reading != READING_PLACE ? m : NULL;
}

/* Who begins the sentence before. */
static int32_t subject_before(const struct lang_doc *doc, enum pronoun pronoun, uint32_t place,
                              uint32_t *at)
{
    uint32_t here = sentence_at(doc, place);
    *at = 0;
    const struct lang_mention *m = here ? subject_of(doc, &doc->sentences[here - 1]) : NULL;
    if (!m)
        return NO_ACTOR;
    *at = m->at.start;
    const struct lang_actor *actor = &doc->actors[m->actor];
    bool quoted = doc->tokens[lang_token_at(doc, m->at.start)].in_quote;
    bool one = actor->kind != ACTOR_UNNAMED && actor->kind != ACTOR_GROUP;
    return quoted || !fits(actor, pronoun) || (one && pronoun == PRONOUN_THEY) ? NO_ACTOR
                                                                               : m->actor;
}

static bool says(const struct lang_doc *doc, struct spans cue)
{
    for (size_t i = 0; i < cue.n; i++)
        for (size_t t = lang_token_at(doc, cue.v[i].start);
             t < doc->n_tokens && doc->tokens[t].at.start < cue.v[i].end; t++)
            if (gaz_word(lang_token_text(doc, t)) & WORD_SAY)
                return true;
    return false;
}

/* "Reed filed a lawsuit. [It] accuses the port": whose document speaks, whatever it does. */
static int32_t document_before(const struct lang_doc *doc, uint32_t place)
{
    uint32_t here = sentence_at(doc, place);
    const struct lang_mention *m = here ? subject_of(doc, &doc->sentences[here - 1]) : NULL;
    bool quoted = m && doc->tokens[lang_token_at(doc, m->at.start)].in_quote;
    if (!m || quoted || !speaker_brings_document(doc, here - 1, m->at.end))
        return NO_ACTOR;
    size_t behind = lang_token_at(doc, m->at.end);
    return phrase_is_token(doc, (uint32_t)behind, "and") ? NO_ACTOR : m->actor; /* half of them */
}

int32_t lang_pronoun_speaker(const struct lang_doc *doc, const struct lang_reading *r, size_t i)
{
    const struct lang_statement *s = &r->statements[i];
    enum pronoun pronoun = pronoun_of(doc, s->source);
    if (pronoun == PRONOUN_NONE)
        return NO_ACTOR;
    uint32_t place = s->source.v[0].start, spoke_at, subject_at;
    if (pronoun == PRONOUN_I)
        return whose_words(r, i, place);
    int32_t issuer = pronoun == PRONOUN_IT ? document_before(doc, place) : NO_ACTOR;
    if (issuer != NO_ACTOR || !says(doc, s->cue))
        return issuer;
    int32_t spoke = spoke_last(doc, r, pronoun, place, &spoke_at);
    int32_t subject = subject_before(doc, pronoun, place, &subject_at);
    return subject != NO_ACTOR && (spoke == NO_ACTOR || subject_at > spoke_at) ? subject : spoke;
}
