/* Inside the engine: where noun phrases begin and end; tokens, half-open. */
#ifndef LANG_ISSUE_PHRASE_H
#define LANG_ISSUE_PHRASE_H

#include "lang/issue/target.h"

struct phrase {
    size_t first, head, end;
};

/* The noun phrase at t, behind determiners: modifiers, then nouns, the last of which is the head.
 */
bool issue_phrase_at(const struct issue_scene *s, size_t t, struct phrase *out);
bool issue_is_determiner(struct str word);
/* Is the word part of a name of several words, and so no verb that it looks like? */
bool issue_is_in_name(const struct issue_scene *s, size_t t);
size_t issue_skip_determiners(const struct issue_scene *s, size_t t);
/* Where the complements of the phrase that ends at t end: "on Norland", "of the charges". */
size_t issue_complements_end(const struct issue_scene *s, size_t t);
/* The end of "as Norlandic territory" at t, behind what is recognised; t where there is none. */
size_t issue_role_end(const struct issue_scene *s, size_t t);
/* The end of a target with what it is taken as: "recognising Tarn [as Norlandic territory]"; of one
 * that is but an owner with what is owned: "Reed['s plan to arm the guards]". */
size_t issue_whole_end(const struct lang_doc *doc, size_t end);
/* "a veto override": is what is named there undone by the word behind it? */
bool issue_is_undone_behind(const struct issue_scene *s, const struct phrase *p);
/* "refusing to", "failed to" at t: how many tokens say that what follows is not done, else 0. */
size_t issue_left_undone(const struct issue_scene *s, size_t t);

#endif
