/* The speaker of a statement, from the words of its source: the head of the phrase, not whoever
 * is named inside it. "A spokesperson for Keir Starmer" is not Starmer; in "Witkoff and Rubio,
 * who" the nearer one speaks. */
#include "lang/speaker/speaker.h"
#include "lang/names/names.h"
#include "lang/text/lexicon.h"

static bool ends_with_relative(struct str s)
{
    return str_ends(s, S(" who")) || str_ends(s, S(" which")) || str_ends(s, S(" that"));
}

/* The last person before ", who" when another stands before with "and". */
static int32_t relative_head(const struct lang_doc *doc, struct span at)
{
    const struct lang_mention *last = NULL, *before = NULL;
    for (size_t i = 0; i < doc->n_mentions; i++) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.start < at.start || m->at.end > at.end || m->reading != READING_ACTOR)
            continue;
        before = last;
        last = m;
    }
    if (!before)
        return NO_ACTOR;
    struct str between = str_trim(str_slice(doc->text, before->at.end, last->at.start));
    return str_eq(between, S("and")) || str_eq(between, S(", and")) ? last->actor : NO_ACTOR;
}

/* "In the city,", "at the bank,": where somebody is, without a verb. */
static bool is_whereabouts(struct str between)
{
    static const struct str links[] = {STR("in "), STR("at "), STR("from "), STR("of ")};
    struct str word;
    bool link = false;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        link |= str_starts(between, links[i]);
    while (link && str_split(&between, ' ', &word))
        link = names_all_capital(word) || !(gaz_word(word) & (WORD_VERB | WORD_SAY | WORD_PRONOUN));
    return link;
}

/* Does nothing stand between a name and its "who" but a mark, or an apposition behind a comma? In
 * "Foley was shot by a policeman who" the policeman is meant. */
static bool is_beside(const struct lang_doc *doc, uint32_t end, uint32_t who)
{
    struct str between = str_trim(str_slice(doc->text, end, who));
    return !between.n || between.p[0] == ',' || between.p[0] == '(' || between.p[0] == '-' ||
           (unsigned char)between.p[0] >= 0x80 || is_whereabouts(between);
}

/* "Ann Reed, a former aide to President Holt, [who]": Reed is told of; the person before the comma
 * that the apposition follows, or NO_ACTOR. */
static int32_t told_of_before(const struct lang_doc *doc, const struct lang_mention *last)
{
    enum { WITHIN = 30 };
    uint32_t end = (uint32_t)lang_token_at(doc, last->at.start), t = end;
    uint32_t first = doc->sentences[doc->tokens[end].sentence].first;
    while (t > first && end - t < WITHIN && !phrase_is_token(doc, t - 1, ","))
        t--;
    if (t <= first + 1 || end - t >= WITHIN ||
        !(gaz_word(lang_token_text(doc, t)) & (WORD_DET | WORD_MODIFIER | WORD_ROLE)))
        return NO_ACTOR;
    const struct lang_mention *m = phrase_mention(doc, t - 2);
    bool person = m && m->actor != last->actor && doc->actors[m->actor].kind == ACTOR_PERSON &&
                  doc->tokens[t - 2].at.end == m->at.end;
    return person ? m->actor : NO_ACTOR;
}

/* A "who" or "which", perhaps with an adverbial ("who for the last week"), belongs to the mention
 * right before it, a "who" to a person. */
static int32_t relative_antecedent(const struct lang_doc *doc, struct span at)
{
    struct str rest = lang_span_text(doc, at), word;
    str_split(&rest, ' ', &word);
    bool who = str_eq_case(word, S("who"));
    if (!who && !str_eq_case(word, S("which")))
        return NO_ACTOR;
    uint32_t sentence = doc->tokens[lang_token_at(doc, at.start)].sentence;
    for (size_t i = doc->n_mentions; i-- > 0;) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.end > at.start)
            continue;
        if (doc->tokens[lang_token_at(doc, m->at.start)].sentence != sentence)
            return NO_ACTOR;
        enum actor_kind kind = doc->actors[m->actor].kind;
        if (who && kind == ACTOR_PERSON && is_beside(doc, m->at.end, at.start)) {
            int32_t told = told_of_before(doc, m);
            return told == NO_ACTOR ? m->actor : told;
        }
        if (!who || kind == ACTOR_PERSON || kind == ACTOR_UNNAMED)
            return is_beside(doc, m->at.end, at.start) ? m->actor : NO_ACTOR;
    }
    return NO_ACTOR;
}

/* In another language than English offices are not known, but the name stands behind them: the
 * last capitalised words of the source, from a first name on if one is known among them ("degli
 * Esteri [Antonio Tajani]"). NO_ACTOR for fewer than two. */
static int32_t foreign_speaker(struct lang_doc *doc, struct span at)
{
    size_t end = lang_token_at(doc, at.end - 1) + 1, first = end, given = end;
    while (first > 0 && doc->tokens[first - 1].at.start >= at.start &&
           doc->tokens[first - 1].word && doc->tokens[first - 1].capital)
        first--;
    for (size_t i = end; i-- > first;)
        if (i + 1 < end && gaz_word(lang_token_text(doc, i)) & WORD_FIRST)
            given = i;
    first = given < end ? given : first;
    if (end < first + 2)
        return NO_ACTOR;
    struct span name = {doc->tokens[first].at.start, doc->tokens[end - 1].at.end};
    for (size_t i = doc->n_mentions; i-- > 0;)
        if (doc->mentions[i].at.start < name.end && name.start < doc->mentions[i].at.end)
            return doc->mentions[i].actor;
    return speaker_add(doc, arena_str(doc->arena, lang_span_text(doc, name)), ACTOR_PERSON);
}

/* Is the phrase about one person, by office or trade: "its president"? */
static bool is_office(const struct lang_doc *doc, const struct phrase *p)
{
    uint32_t f = p->head < p->end ? gaz_word(lang_token_text(doc, p->head)) : 0;
    return f & WORD_ROLE && !(f & (WORD_PLURAL | WORD_COLLECTIVE | WORD_NOMINAL_ORG));
}

static bool is_person_named(const struct lang_doc *doc, const struct lang_mention *m)
{
    return m && m->reading == READING_ACTOR && doc->actors[m->actor].kind == ACTOR_PERSON;
}

/* Does the phrase tell of one person, by an office or by what they are: "fellow student"? */
static bool is_of_one(const struct lang_doc *doc, const struct phrase *p)
{
    const uint32_t others = WORD_PLURAL | WORD_COLLECTIVE | WORD_UNNAMED | WORD_ORG |
                            WORD_NOMINAL_ORG | WORD_DET | WORD_POSSESSIVE | WORD_PRONOUN;
    uint32_t last = p->end - 1;
    struct str noun = lang_token_text(doc, last);
    if (gaz_word(lang_token_text(doc, p->first)) & (WORD_DET | WORD_POSSESSIVE))
        return false;
    return is_office(doc, p) || (!doc->tokens[last].capital && gaz_word(noun) & WORD_COMMON &&
                                 !(gaz_word(noun) & others) && !str_ends(noun, S("s")));
}

/* "Film-maker and aviator Ann Lee": who has both offices; or NO_ACTOR. */
static int32_t holder_of_both(const struct lang_doc *doc, const struct phrase *p)
{
    if (!p->list || p->end + 1 >= p->limit || !is_of_one(doc, p))
        return NO_ACTOR;
    struct phrase q = phrase_from(doc, p->end + 1, doc->tokens[p->limit - 1].at.end);
    const struct lang_mention *m = q.head < q.end ? phrase_mention(doc, q.head) : NULL;
    bool titled = m && m->at.start > doc->tokens[q.first].at.start;
    return titled && is_person_named(doc, m) ? m->actor : NO_ACTOR;
}

/* Can the token stand inside the name of an office: "Health and Human Services Secretary"? */
static bool is_of_title(const struct lang_doc *doc, uint32_t token)
{
    static const char *const small[] = {"and", "&", "of", "for", "the"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (phrase_is_token(doc, token, small[i]))
            return true;
    uint32_t f = gaz_word(lang_token_text(doc, token));
    return doc->tokens[token].capital && doc->tokens[token].word && !(f & WORD_DET) &&
           (f & WORD_ORG || !(f & WORD_COLLECTIVE)) &&
           !(f & WORD_PLURAL && f & (WORD_ROLE | WORD_UNNAMED)) &&
           (f & (WORD_ORG | WORD_ROLE) || !(f & WORD_UNNAMED));
}

/* "Health and Human Services Secretary Ann Lee": an office of several words with a small one among
 * them, and who holds it; or NO_ACTOR. */
static int32_t holder_of_title(const struct lang_doc *doc, const struct phrase *p)
{
    enum { LONGEST_TITLE = 10 };
    bool small = false;
    for (uint32_t t = p->first; t < p->limit && t < p->first + LONGEST_TITLE; t++) {
        const struct lang_mention *m = phrase_mention(doc, t);
        uint32_t before = t > p->first ? gaz_word(lang_token_text(doc, t - 1)) : 0;
        uint32_t first = gaz_word(lang_token_text(doc, p->first));
        if (is_person_named(doc, m) && doc->tokens[t].at.start == m->at.start)
            return small && (before | first) & WORD_ROLE ? m->actor : NO_ACTOR;
        small |= t > p->first && !doc->tokens[t].capital;
        if (!is_of_title(doc, t) ||
            (m && m->reading == READING_ACTOR && doc->actors[m->actor].kind == ACTOR_COUNTRY))
            return NO_ACTOR;
    }
    return NO_ACTOR;
}

/* Behind a comma, what names whoever the phrase before told of: "the airline's largest investor,
 * Fjord Capital", "the candidate, bureaucrat Peter Camden"; known or not; or NO_ACTOR. */
static int32_t named_behind(struct lang_doc *doc, const struct phrase *p)
{
    uint32_t comma = p->end;
    while (comma < p->limit && !phrase_is_token(doc, comma, ",") &&
           (is_office(doc, p) || !phrase_is_token(doc, comma, "and")))
        comma++;
    if (comma + 1 >= p->limit || !phrase_is_token(doc, comma, ","))
        return NO_ACTOR;
    struct phrase q = phrase_from(doc, comma + 1, doc->tokens[p->limit - 1].at.end);
    bool ends =
        q.end >= p->limit || phrase_is_token(doc, q.end, ",") || phrase_is_token(doc, q.end, "of");
    for (uint32_t t = q.end; t < p->limit; t++)
        ends &= !phrase_is_token(doc, t, "and"); /* a list */
    if (!ends || q.head >= q.end || !doc->tokens[q.head].capital)
        return NO_ACTOR;
    const struct lang_mention *m = phrase_mention(doc, q.head);
    if (m)
        return m->reading == READING_ACTOR && doc->actors[m->actor].kind != ACTOR_COUNTRY
                   ? m->actor
                   : NO_ACTOR;
    struct span name = {doc->tokens[q.first].at.start, doc->tokens[q.end - 1].at.end};
    const struct gaz_form *place = gaz_form_of(lang_span_text(doc, name));
    if (place || !names_all_capital(lang_span_text(doc, name)) ||
        gaz_word(lang_token_text(doc, q.first)) & WORD_COMMON)
        return NO_ACTOR;
    uint32_t noun = p->head < p->end ? gaz_word(lang_token_text(doc, p->head)) : 0;
    uint32_t first = gaz_word(lang_token_text(doc, q.first));
    bool person = noun & WORD_KIN || (noun & WORD_ROLE && first & WORD_FIRST);
    return speaker_add(doc, arena_str(doc->arena, lang_span_text(doc, name)),
                       person ? ACTOR_PERSON : ACTOR_ORGANISATION);
}

/* A name nobody knew behind the noun for what it is of: "airline Lufthansa", "striker Nenezinho";
 * the capitals that end the phrase, or NO_ACTOR. */
static int32_t unknown_name(struct lang_doc *doc, const struct phrase *p)
{
    uint32_t first = p->head + 1;
    while (first > p->first && doc->tokens[first - 1].capital && doc->tokens[first - 1].word &&
           !phrase_mention(doc, first - 1))
        first--;
    if (first > p->head || first == p->first)
        return NO_ACTOR;
    uint32_t noun = gaz_word(lang_token_text(doc, first - 1));
    if (doc->tokens[first - 1].capital || !(noun & (WORD_ROLE | WORD_NOMINAL_ORG)))
        return NO_ACTOR;
    struct span name = {doc->tokens[first].at.start, doc->tokens[p->head].at.end};
    bool body = noun & WORD_NOMINAL_ORG;
    return speaker_add(doc, arena_str(doc->arena, lang_span_text(doc, name)),
                       body ? ACTOR_ORGANISATION : ACTOR_PERSON);
}

/* "His party", "her label": the words with the name of whose it is. */
static int32_t possessed(struct lang_doc *doc, const struct phrase *p)
{
    uint32_t flags = gaz_word(lang_token_text(doc, p->first));
    const struct lang_mention *m =
        flags & WORD_POSSESSIVE || flags & WORD_PRONOUN ? phrase_mention(doc, p->first) : NULL;
    if (!m || m->reading != READING_PRONOUN || p->head == p->first)
        return NO_ACTOR;
    struct span rest = {doc->tokens[p->first + 1].at.start, doc->tokens[p->head].at.end};
    const struct lang_actor *owner = &doc->actors[m->actor];
    struct str name = arena_fmt(doc->arena, "%.*s's %.*s", STR_ARG(owner->name),
                                STR_ARG(lang_span_text(doc, rest)));
    struct str head = lang_token_text(doc, p->head);
    bool body = lexicon_find(lexicon_open(WORDS_BODY_NOUNS), head) || gaz_word(head) & WORD_ORG;
    int32_t who = speaker_add(doc, name, body ? ACTOR_ORGANISATION : ACTOR_UNNAMED);
    doc->actors[who].of = doc->actors[m->actor].key;
    return who;
}

static int32_t unnamed(struct lang_doc *doc, const struct phrase *p, struct span at)
{
    int32_t who = unknown_name(doc, p);
    if (who == NO_ACTOR)
        who = possessed(doc, p);
    if (who != NO_ACTOR)
        return who;
    struct str s = str_trim(lang_span_text(doc, at));
    bool pronoun = p->end < p->limit && p->end + 2 == p->limit &&
                   gaz_word(lang_token_text(doc, p->end + 1)) & WORD_PRONOUN;
    bool bracketed = str_find_char(s, ')', 0) != STR_NONE && /* "[on Monday (]Jan. 5) wrote" */
                     (str_find_char(s, '(', 0) == STR_NONE || s.p[0] == '(');
    if (speaker_is_nobody(s) || pronoun || bracketed) /* pronoun: "one of them" */
        return NO_ACTOR;
    uint32_t phrase = p->end > p->first ? doc->tokens[p->end - 1].at.end : at.start;
    return speaker_add_unnamed(doc, s, phrase > at.start ? phrase - at.start : 0);
}

/* The mention of the phrase's head, or of the only name in a phrase whose head is none. */
static const struct lang_mention *head_mention(const struct lang_doc *doc, const struct phrase *p)
{
    return p->head < p->end ? phrase_mention(doc, p->head) : NULL;
}

/* "A statement from Waitrose", "a report by the bank's owners": the token behind the first "from"
 * or "by", or the limit. */
static uint32_t behind_by(const struct lang_doc *doc, const struct phrase *p)
{
    for (uint32_t t = p->end; t < p->limit; t++)
        if (phrase_is_token(doc, t, "by") || (t == p->end && phrase_is_token(doc, t, "from")))
            return t + 1;
    return p->limit;
}

/* "(D-Md.) said", on a line of its own: the tag belongs to who is named right before; or NO_ACTOR.
 */
static int32_t tagged(const struct lang_doc *doc, struct span at)
{
    struct str s = lang_span_text(doc, at);
    if (s.n < 3 || s.p[0] != '(' || str_find_char(s, ')', 0) < s.n - 1)
        return NO_ACTOR;
    for (size_t i = doc->n_mentions; i-- > 0;) {
        const struct lang_mention *m = &doc->mentions[i];
        if (m->at.end > at.start)
            continue;
        bool beside = !str_trim(str_slice(doc->text, m->at.end, at.start)).n;
        return beside && m->reading == READING_ACTOR ? m->actor : NO_ACTOR;
    }
    return NO_ACTOR;
}

static int32_t speaker_in(struct lang_doc *doc, struct span at);

/* Whoever issued a document by the words of its source alone, where nobody known did; or NO_ACTOR.
 */
static int32_t issuer_in(struct lang_doc *doc, const struct phrase *p)
{
    uint32_t from = behind_by(doc, p);
    return from < p->limit ? speaker_in(doc, (struct span){doc->tokens[from].at.start,
                                                           doc->tokens[p->limit - 1].at.end})
                           : NO_ACTOR;
}

static int32_t speaker_in(struct lang_doc *doc, struct span at)
{
    struct phrase p = phrase_from(doc, (uint32_t)lang_token_at(doc, at.start), at.end);
    int32_t who;
    switch (speaker_document(doc, &p, &who)) {
    case DOCUMENT_ISSUED:
        return who;
    case DOCUMENT_NOBODY:
        return issuer_in(doc, &p);
    case DOCUMENT_UNKNOWN:
        who = issuer_in(doc, &p);
        if (who != NO_ACTOR)
            return who;
        break;
    case DOCUMENT_NONE:
        break;
    }
    who = speaker_of_both(doc, &p);
    if (who != NO_ACTOR || speaker_of_two(doc, &p, &who))
        return who;
    const struct lang_mention *m = head_mention(doc, &p);
    if (m && doc->actors[m->actor].kind != ACTOR_UNNAMED) {
        who = speaker_of_faction(doc, &p, m);
        return who == NO_ACTOR ? m->actor : who;
    }
    who = holder_of_both(doc, &p);
    if (who == NO_ACTOR)
        who = holder_of_title(doc, &p);
    if (who == NO_ACTOR)
        who = named_behind(doc, &p);
    if (who == NO_ACTOR)
        who = m ? m->actor : unnamed(doc, &p, at);
    speaker_set_of(doc, who, &p);
    return who;
}

/* "Mayor Ada Moss's" (claim): the name without what makes it a possessor. */
static struct span without_possessive(const struct lang_doc *doc, struct span at)
{
    struct str s = lang_span_text(doc, at);
    size_t n = str_ends(s, S("'s")) ? 2 : str_ends(s, S("\xE2\x80\x99s")) ? 4 : 0;
    return (struct span){at.start, at.end - (n < s.n ? (uint32_t)n : 0)};
}

int32_t lang_speaker_of(struct lang_doc *doc, const struct attribution *attribution)
{
    int32_t turn = speaker_of_turn(doc, attribution);
    if (turn != NO_ACTOR)
        return turn;
    if (attribution->source.n && attribution->rule &&
        str_starts(str_of(attribution->rule), S("foreign."))) {
        int32_t who = foreign_speaker(doc, attribution->source.v[0]);
        if (who != NO_ACTOR)
            return who;
    }
    for (size_t i = 0; i < attribution->source.n; i++) {
        struct span at = without_possessive(doc, attribution->source.v[i]);
        int32_t who = i ? NO_ACTOR : speaker_of_those(doc, attribution);
        if (who == NO_ACTOR)
            who = relative_antecedent(doc, at);
        if (who == NO_ACTOR && ends_with_relative(lang_span_text(doc, at)))
            who = relative_head(doc, at);
        if (who == NO_ACTOR)
            who = tagged(doc, at);
        if (who == NO_ACTOR)
            who = speaker_in(doc, at);
        if (who != NO_ACTOR)
            return who;
    }
    return speaker_implied(doc, attribution);
}
