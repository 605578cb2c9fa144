/* Word lists (words/NAME.txt of the rooms), embedded in the program: their lines, and sets of them.
 *
 * A list has one entry a line, perhaps with a tab and a value; "#" begins a comment line. A set is
 * built once, on first use, and never changes: any thread may read it. */
#ifndef ASSETS_WORDLIST_H
#define ASSETS_WORDLIST_H

#include "base/map.h"

/* The bytes of an embedded list ("lang/attribution/words/cues.txt"). A missing list is a
 * programmer's mistake and ends the program. */
struct str wordlist_text(const char *list);
/* Takes the next line with an entry off *rest, trimmed; false at the end. */
bool wordlist_next(struct str *rest, struct str *line);

struct wordset {
    const struct wordset_entry *entries; /* in the order of the list; [0] is empty */
    struct map index;                    /* hash of a key: its place in entries */
    size_t longest;                      /* bytes of the longest key */
    struct arena memory;                 /* holds the above; never released */
};

struct wordset_entry {
    struct str key, value; /* slices of the embedded file; value empty without a tab */
};

/* Builds the set of a list: the part of a line before its first tab is the key, what
 * follows the value; of lines with one key the last counts. Keys compare byte by byte. */
struct wordset wordset_load(const char *list);
/* The entry with this key, or NULL. */
const struct wordset_entry *wordset_find(const struct wordset *set, struct str key);
/* The same after lowering ASCII letters; words longer than any key are not found. */
const struct wordset_entry *wordset_find_lower(const struct wordset *set, struct str key);

#endif
