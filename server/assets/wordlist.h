/* Word lists (words/NAME.txt) as sets, for every stage of the engine.
 *
 * A list has one entry a line, perhaps with a tab and a value; "#" begins a comment. A set is
 * built once, on first use, from the embedded list and never changes: any thread may read it. */
#ifndef ASSETS_WORDLIST_H
#define ASSETS_WORDLIST_H

#include "base/str.h"

struct wordset {
    const struct wordset_entry *entries; /* open addressing; a power of two of them */
    uint32_t mask;
    size_t longest; /* bytes of the longest key */
};

struct wordset_entry {
    struct str key, value; /* slices of the embedded file; value empty without a tab */
};

/* Builds the set of an embedded list ("lang/attribution/words/cues.txt"). Keys compare byte by
 * byte. A missing list is a programmer's mistake and ends the program. */
struct wordset wordset_load(const char *list);
/* The entry with this key, or NULL. */
const struct wordset_entry *wordset_find(const struct wordset *set, struct str key);
/* The same after lowering ASCII letters; words longer than any key are not found. */
const struct wordset_entry *wordset_find_lower(const struct wordset *set, struct str key);

#endif
