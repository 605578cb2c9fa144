/* Names of people as bylines give them. */
#ifndef PAGE_TEXT_PERSON_H
#define PAGE_TEXT_PERSON_H

#include "base/arena.h"

/* The name in a piece of a byline that holds one name at most, without role, place and day beside
 * it; empty if it holds none. `behind`: it stands behind a name and a comma, so that a role means
 * that one. In the arena or a slice of the piece. */
struct str person_name(struct arena *a, struct str piece, bool behind);
/* A name as people bear them: two words or more that begin with capitals, "von" and "de" aside; or
 * one word in a script that parts no words. */
bool person_is_full(struct str name);
/* Is the word one of that kind in words/names.txt: "join", "stop", "particle", "suffix", "day"? */
bool person_small_word(struct str word, struct str kind);

#endif
