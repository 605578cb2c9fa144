/* A document speaks for whoever issued it: "the lawsuit alleges" is the Democrats' allegation where
 * the Democrats filed it, "a statement said" the company's. Its issuer stands in the phrase itself
 * ("the UN report", "a letter from X"), or somewhere in the article beside the same noun. */
#include "lang/speaker/speaker.h"

#include "assets/wordlist.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>
#include <string.h>

/* FAR: tokens looked through on either side, so that time does not grow with the square. */
enum { FAR = 3000, SENTENCE = 60, LAST_SPOKE = 2, MOST = 12 };

static struct wordset documents, issuing, venues;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    documents = wordset_load("lang/speaker/words/documents.txt");
    issuing = wordset_load("lang/speaker/words/issuing-verbs.txt");
    venues = wordset_load("lang/speaker/words/venues.txt");
}

/* The class of a document's noun, or 0. */
static char class_of(const struct lang_doc *doc, uint32_t token)
{
    const struct wordset_entry *e = wordset_find_lower(&documents, lang_token_text(doc, token));
    return e && e->value.n ? e->value.p[0] : 0;
}

/* "The states argued in a filing in the district court": the court is where it was filed. NO_ACTOR
 * for a court beside a document that is brought before one, else the actor. */
static int32_t may_issue(const struct lang_doc *doc, uint32_t noun, int32_t who)
{
    const struct wordset_entry *e = wordset_find_lower(&documents, lang_token_text(doc, noun));
    struct str name = who == NO_ACTOR ? (struct str){0} : doc->actors[who].name, word;
    if (!e || !(str_eq(e->value, S("l")) || str_ends(e->value, S("v"))))
        return who;
    while (str_split(&name, ' ', &word))
        if (wordset_find_lower(&venues, word))
            return NO_ACTOR;
    return who;
}

/* Whoever is named or meant at the token and can issue something, or NO_ACTOR. */
static int32_t issuer_at(const struct lang_doc *doc, uint32_t token)
{
    const struct lang_mention *m =
        token < doc->n_tokens && doc->tokens[token].word ? phrase_mention(doc, token) : NULL;
    return !m || m->reading == READING_PLACE ? NO_ACTOR : m->actor;
}

/* "Moss's statement", "the UN report", "his letter". */
static int32_t issuer_before(const struct lang_doc *doc, uint32_t first, uint32_t head)
{
    int32_t who = NO_ACTOR;
    for (uint32_t t = head; t-- > first;) {
        int32_t at = issuer_at(doc, t);
        if (at != NO_ACTOR && (who == NO_ACTOR || phrase_is_possessive(doc, t + 1)))
            who = at;
    }
    return who;
}

/* "A letter signed by Moss and 46 others": by all of them, not by the one named. */
static bool has_others(const struct lang_doc *doc, const struct lang_mention *m)
{
    enum { WITHIN = 8 };
    uint32_t t = (uint32_t)lang_token_at(doc, m->at.end - 1) + 1, first = t;
    while (t < doc->n_tokens && t < first + WITHIN && !phrase_is_token(doc, t, "and"))
        t++;
    if (t + 2 >= doc->n_tokens || !phrase_is_token(doc, t, "and") ||
        doc->tokens[t + 2].sentence != doc->tokens[first - 1].sentence)
        return false;
    struct str count = lang_token_text(doc, t + 1);
    bool number = count.p[0] >= '0' && count.p[0] <= '9';
    return number || phrase_is_token(doc, t + 1, "dozens") ||
           phrase_is_token(doc, t + 1, "others") || phrase_is_token(doc, t + 2, "other") ||
           phrase_is_token(doc, t + 2, "others");
}

/* "a letter from X", "a report published on Monday by X". */
static int32_t issuer_behind(const struct lang_doc *doc, uint32_t head)
{
    enum { WITHIN = 6 };
    for (uint32_t t = head + 1; t < doc->n_tokens && t < head + WITHIN; t++) {
        if (!doc->tokens[t].word || doc->tokens[t].sentence != doc->tokens[head].sentence)
            break;
        bool by = phrase_is_token(doc, t, "by");
        if (!by && !(t < head + 3 && phrase_is_token(doc, t, "from")))
            continue;
        const struct sentence *s = &doc->sentences[doc->tokens[t].sentence];
        const struct lang_mention *m = phrase_subject(doc, t + 1, s->end);
        return m && m->reading != READING_PLACE && !has_others(doc, m) ? m->actor : NO_ACTOR;
    }
    return NO_ACTOR;
}

static bool is_issuing(const struct lang_doc *doc, uint32_t token, bool *sues)
{
    const struct wordset_entry *e = wordset_find_lower(&issuing, lang_token_text(doc, token));
    *sues = e && e->value.n;
    return e && !doc->tokens[token].in_quote;
}

/* Does the token part clauses, so that the subject stands behind it? */
static bool parts_clauses(const struct lang_doc *doc, uint32_t token)
{
    if (!doc->tokens[token].word)
        return !phrase_is_possessive(doc, token);
    return phrase_is_token(doc, token, "that") || phrase_is_token(doc, token, "said") ||
           phrase_is_token(doc, token, "and") || phrase_is_token(doc, token, "but");
}

/* Who does it, by the verb: the first named actor of its clause that nothing possesses; of "filing
 * a suit" behind a comma, of its sentence. */
static int32_t subject_of(const struct lang_doc *doc, uint32_t verb)
{
    uint32_t first = doc->sentences[doc->tokens[verb].sentence].first;
    bool loose = str_ends(lang_token_text(doc, verb), S("ing"));
    int32_t who = NO_ACTOR, behind = NO_ACTOR;
    first = verb - first > SENTENCE ? verb - SENTENCE : first;
    for (uint32_t t = verb; t-- > first;) {
        if (who != NO_ACTOR && !loose && parts_clauses(doc, t))
            break;
        int32_t at = issuer_at(doc, t);
        bool head = behind == NO_ACTOR || behind == at; /* "Senate [Liberals]" */
        if (at != NO_ACTOR && head && !phrase_is_possessive(doc, t + 1) &&
            doc->actors[at].kind != ACTOR_UNNAMED)
            who = at;
        behind = at;
    }
    return who;
}

/* "The Democrats filed the civil suit": the verb stands shortly before the document. */
static int32_t issuer_by_verb(const struct lang_doc *doc, uint32_t noun)
{
    enum { WITHIN = 8 };
    uint32_t first = doc->sentences[doc->tokens[noun].sentence].first;
    bool sues;
    for (uint32_t t = noun; t-- > first && noun - t <= WITHIN && doc->tokens[t].word;)
        if (is_issuing(doc, t, &sues))
            return subject_of(doc, t);
    return NO_ACTOR;
}

/* "Moss's statement", "the Q.R.S. suit": a name right before the noun; a state's only with the
 * mark of possession ("U.S. lawsuits" are those of its courts). */
static int32_t issuer_beside(const struct lang_doc *doc, uint32_t noun)
{
    uint32_t first = doc->sentences[doc->tokens[noun].sentence].first;
    for (uint32_t t = noun; t-- > first && noun - t <= 3;) {
        int32_t at = issuer_at(doc, t);
        bool owns = phrase_is_possessive(doc, t + 1);
        if (at != NO_ACTOR)
            return owns || (t + 1 == noun && doc->actors[at].kind != ACTOR_COUNTRY) ? at : NO_ACTOR;
    }
    return NO_ACTOR;
}

/* Can the two nouns be one document: a lawsuit is a complaint, a report is no study? */
static bool same_document(const struct lang_doc *doc, uint32_t a, uint32_t b, char class)
{
    return class == 'l' ? class_of(doc, b) == class
                        : str_eq_case(lang_token_text(doc, a), lang_token_text(doc, b));
}

/* Whose the document of the noun is by what stands at one place of the article. */
static int32_t issuer_there(const struct lang_doc *doc, uint32_t noun, uint32_t token, char class)
{
    bool sues = false;
    if (class == 'l' && is_issuing(doc, token, &sues) && sues)
        return may_issue(doc, noun, subject_of(doc, token));
    if (!same_document(doc, noun, token, class))
        return NO_ACTOR;
    int32_t who = may_issue(doc, noun, issuer_beside(doc, token));
    if (who == NO_ACTOR)
        who = issuer_behind(doc, token);
    return may_issue(doc, noun, who == NO_ACTOR ? issuer_by_verb(doc, token) : who);
}

/* Whoever issued such a document by most places of the article, of two the one named first. */
static int32_t issuer_elsewhere(const struct lang_doc *doc, uint32_t noun, char class)
{
    struct {
        int32_t who;
        unsigned votes;
    } v[MOST] = {{NO_ACTOR, 0}};
    size_t n = 0, best = 0;
    uint32_t first = noun > FAR ? noun - FAR : 0;
    for (uint32_t t = first; t < doc->n_tokens && t < noun + FAR; t++) {
        int32_t who = issuer_there(doc, noun, t, class);
        size_t i = 0;
        while (i < n && v[i].who != who)
            i++;
        if (who == NO_ACTOR || i == MOST)
            continue;
        n = i == n ? n + 1 : n;
        v[i].who = who;
        best = ++v[i].votes > v[best].votes ? i : best;
    }
    return v[best].who;
}

/* "... Gulf Telecom said. '...,' a statement said": who spoke right before. */
static int32_t spoke_before(const struct lang_doc *doc, uint32_t token)
{
    const struct attribution *best = NULL;
    for (size_t i = 0; i < doc->n_attributions; i++) {
        const struct attribution *a = &doc->attributions[i];
        if (!a->source.n || a->source.v[0].end > doc->tokens[token].at.start)
            continue;
        uint32_t at = (uint32_t)lang_token_at(doc, a->source.v[0].start);
        if (doc->tokens[token].sentence - doc->tokens[at].sentence <= LAST_SPOKE &&
            (!best || a->source.v[0].start > best->source.v[0].start))
            best = a;
    }
    if (!best)
        return NO_ACTOR;
    struct span at = best->source.v[0];
    struct phrase p = phrase_from(doc, (uint32_t)lang_token_at(doc, at.start), at.end);
    return p.head < p.end ? issuer_at(doc, p.head) : NO_ACTOR;
}

bool speaker_brings_document(const struct lang_doc *doc, uint32_t sentence, uint32_t end)
{
    const struct sentence *s = &doc->sentences[sentence];
    bool sues, brings = false;
    pthread_once(&once, load);
    for (uint32_t t = s->first; t < s->end && !(brings && phrase_is_token(doc, t, ",")); t++) {
        bool behind = doc->tokens[t].at.start >= end;
        if (brings && strchr("lr", class_of(doc, t)) && class_of(doc, t))
            return true;
        brings = brings || (behind && is_issuing(doc, t, &sues));
    }
    return false;
}

enum document speaker_document(const struct lang_doc *doc, const struct phrase *p, int32_t *issuer)
{
    pthread_once(&once, load);
    char class = p->head < p->end ? class_of(doc, p->head) : 0;
    *issuer = NO_ACTOR;
    const struct lang_mention *name = class ? phrase_mention(doc, p->head) : NULL;
    if (!class || (name && name->reading == READING_ACTOR)) /* "the Bureau of Statistics" */
        return DOCUMENT_NONE;
    if (class == 'n')
        return DOCUMENT_NOBODY;
    int32_t who = may_issue(doc, p->head, issuer_before(doc, p->first, p->head));
    if (who == NO_ACTOR)
        who = issuer_behind(doc, p->head);
    bool told = p->end < p->limit &&
                (phrase_is_token(doc, p->end, "by") || phrase_is_token(doc, p->end, "from"));
    if (who == NO_ACTOR && told) /* by somebody nobody knows */
        return class == 's' ? DOCUMENT_NOBODY : DOCUMENT_UNKNOWN;
    if (who == NO_ACTOR && !(gaz_word(lang_token_text(doc, p->head)) & WORD_PLURAL))
        who = issuer_elsewhere(doc, p->head, class);
    if (who == NO_ACTOR && class == 's')
        who = may_issue(doc, p->head, spoke_before(doc, p->head));
    *issuer = who;
    return who != NO_ACTOR ? DOCUMENT_ISSUED : class == 's' ? DOCUMENT_NOBODY : DOCUMENT_UNKNOWN;
}
