/* Some of a party, a people, a company: "some Norlanders", "the panel's ten Liberals", "Liberals on
 * the panel" are actors of their own, unnamed, for what they say the others need not. */
#include "lang/names/gazetteer.h"
#include "lang/names/names.h"
#include "lang/speaker/speaker.h"
#include "lang/text/lexicon.h"

#include "assets/wordlist.h"

#include <pthread.h>

enum { LONGEST_FRONT = 32 };

static struct wordset whole;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    whole = wordset_load("lang/speaker/words/whole-fronts.txt");
}

/* "the Liberals", "Senate Liberals" are all of them; "some", "senior", "ten", "Denton" tell fewer.
 */
static bool tells_fewer(const struct lang_doc *doc, uint32_t token)
{
    struct str word = lang_token_text(doc, token);
    char room[LONGEST_FRONT];
    if (word.n && word.p[0] >= '0' && word.p[0] <= '9')
        return true;
    return doc->tokens[token].word && word.n < sizeof room &&
           !wordset_find(&whole, lexicon_fold(word, room, sizeof room));
}

/* "Liberals on the panel", "Liberals who": those, not the others. */
static bool is_narrowed(const struct lang_doc *doc, const struct phrase *p)
{
    return p->end < p->limit &&
           (phrase_is_token(doc, p->end, "on") || phrase_is_token(doc, p->end, "from") ||
            phrase_is_token(doc, p->end, "who"));
}

/* "One Norlander", "another tired Norlander": somebody, not the state. */
static bool is_one(const struct lang_doc *doc, const struct phrase *p)
{
    static const char *const words[] = {"a", "an", "one", "another", NULL};
    return p->first < p->head && str_one_of(lang_token_text(doc, p->first), words);
}

/* Does the phrase's head name those who are or belong to the actor, several or one of them? */
static bool names_people(const struct lang_doc *doc, const struct phrase *p,
                         const struct lang_mention *m)
{
    struct str word = lang_token_text(doc, p->head);
    const struct gaz_form *form = gaz_form_of(lang_span_text(doc, m->at));
    return m->reading == READING_ACTOR && doc->tokens[p->head].at.end == m->at.end && form &&
           form->kind == FORM_DEMONYM && (str_ends(word, S("s")) || is_one(doc, p));
}

bool speaker_is_faction(const struct lang_doc *doc, const struct phrase *p,
                        const struct lang_mention *m)
{
    pthread_once(&once, load);
    if (!names_people(doc, p, m))
        return false;
    bool fewer = is_narrowed(doc, p) || is_one(doc, p);
    for (uint32_t t = p->first; t < p->head && doc->tokens[t].at.start < m->at.start; t++)
        fewer |= tells_fewer(doc, t);
    return fewer;
}

int32_t speaker_of_faction(struct lang_doc *doc, const struct phrase *p,
                           const struct lang_mention *m)
{
    if (!speaker_is_faction(doc, p, m))
        return NO_ACTOR;
    struct str of = doc->actors[m->actor].key;
    uint32_t from = doc->tokens[p->first].at.start, end = doc->tokens[p->limit - 1].at.end;
    struct str source = str_slice(doc->text, from, end);
    int32_t who = speaker_add_people(doc, source, doc->tokens[p->end - 1].at.end - from);
    if (who != NO_ACTOR)
        doc->actors[who].of = of;
    return who;
}
