/* Inside the engine: what a proposed issue is called. */
#ifndef LANG_ISSUE_TITLE_H
#define LANG_ISSUE_TITLE_H

#include "lang/parts.h"

/* How good a title a wording is that stands `count` times: a bare word says little, a long one too
 * much. */
size_t issue_title_weight(struct str phrase, size_t count);
/* Is the word a verb or an adverb by tag and form: "releases", "linking", "later"? "Limit" and
 * "pay" may be nouns. */
bool issue_acts(struct str word);
/* May the word be the head of an issue's name? Those may not, nor adjectives ("full"). */
bool issue_may_name(struct str word);
/* The wording as a title, in the arena. A bare noun gets the words that stand before it oftenest in
 * the articles ("Talks": "Peace talks"), where a fair part of its uses have them. */
struct str issue_title(struct arena *a, struct str wording, const struct lang_doc *docs, size_t n);
/* The title's id: small letters and digits, parted by "-". */
struct str issue_slug(struct arena *a, struct str title);

#endif
