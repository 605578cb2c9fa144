/* What the files that find a statement's speaker share. For speaker/. */
#ifndef LANG_SPEAKER_SPEAKER_H
#define LANG_SPEAKER_SPEAKER_H

#include "lang/speaker/phrase.h"

/* actor.c: the actor of this name, made if there is none. */
int32_t speaker_add(struct lang_doc *doc, struct str name, enum actor_kind kind);
/* A source nobody is named in: an actor whose name is the descriptor itself; NO_ACTOR if the words
 * are nobody's. `keep`: bytes of the phrase it begins with. */
int32_t speaker_add_unnamed(struct lang_doc *doc, struct str source, size_t keep);
/* The same of people, whatever capitals the words have. */
int32_t speaker_add_people(struct lang_doc *doc, struct str source, size_t keep);
/* A single word that is nobody: a pronoun, "using". */
bool speaker_is_nobody(struct str s);
/* Whoever an unnamed actor belongs to or acts for, by the phrase that named it: "a spokesman for
 * X", "X officials". */
void speaker_set_of(struct lang_doc *doc, int32_t actor, const struct phrase *p);
/* pair.c: is it "the former" or "the latter"? `*who`: of the two named together last, or
 * NO_ACTOR. */
bool speaker_of_two(const struct lang_doc *doc, const struct phrase *p, int32_t *who);
/* "Germany and France": a group of the two, named in full; or NO_ACTOR. */
int32_t speaker_of_both(struct lang_doc *doc, const struct phrase *p);

/* faction.c: "some Norlanders", where the phrase's head is the mention of Norland: they, as an
 * actor of their own; NO_ACTOR if all are meant. */
int32_t speaker_of_faction(struct lang_doc *doc, const struct phrase *p,
                           const struct lang_mention *m);
/* Are only some of them meant? */
bool speaker_is_faction(const struct lang_doc *doc, const struct phrase *p,
                        const struct lang_mention *m);

/* implied.c: of a saying without a source, the subject of its sentence; or NO_ACTOR. */
int32_t speaker_implied(const struct lang_doc *doc, const struct attribution *a);
/* "Those who have blamed her": they, by what they do; or NO_ACTOR. The attribution has a source. */
int32_t speaker_of_those(struct lang_doc *doc, const struct attribution *a);

/* document.c: what an actor is asked of a document. Is the phrase's head a document
 * ("statement", "lawsuit"), and who issued it? */
enum document { DOCUMENT_NONE, DOCUMENT_ISSUED, DOCUMENT_UNKNOWN, DOCUMENT_NOBODY };
enum document speaker_document(const struct lang_doc *doc, const struct phrase *p, int32_t *issuer);
/* Does the sentence's subject, which ends at byte `end`, bring a lawsuit, a report? */
bool speaker_brings_document(const struct lang_doc *doc, uint32_t sentence, uint32_t end);

/* turn.c: who speaks in a turn of an interview or a transcript; NO_ACTOR if it is none, or
 * if its label is an ordinary source. */
int32_t speaker_of_turn(struct lang_doc *doc, const struct attribution *attribution);

#endif
