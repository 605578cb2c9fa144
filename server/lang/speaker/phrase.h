/* The noun phrase that the words naming a speaker begin with, and its head: "a spokesperson for X"
 * is about a spokesperson, "German airline Lufthansa" about Lufthansa, "Abe's government" about a
 * government. For the files of actors/. */
#ifndef LANG_SPEAKER_PHRASE_H
#define LANG_SPEAKER_PHRASE_H

#include "lang/parts.h"

/* Tokens [first, end); `head` is end if nothing in it can be a head. `next`: where what follows the
 * phrase begins, `limit` behind the span it was read from. */
struct phrase {
    uint32_t first, end, head, limit;
    bool list; /* another phrase follows behind "and" */
};

/* The phrase that begins at the token, of a span that ends before byte `end`. */
struct phrase phrase_from(const struct lang_doc *doc, uint32_t token, uint32_t end);
/* The mention whose last word is the token, or that covers it; a name before a nominal, an
 * adjective of nationality last; NULL if none. */
const struct lang_mention *phrase_mention(const struct lang_doc *doc, uint32_t token);
bool phrase_is_token(const struct lang_doc *doc, uint32_t token, const char *word);
/* The mention that is the subject of the clause beginning at the token, if it begins with it;
 * tokens from `end` on are not looked at. NULL if there is none. */
const struct lang_mention *phrase_subject(const struct lang_doc *doc, uint32_t token, uint32_t end);
/* Is the token the mark of a possessive ("'s")? */
bool phrase_is_possessive(const struct lang_doc *doc, uint32_t token);

#endif
