/* Lists of words and phrases, embedded from words/NAME.txt and looked up by tokens.
 *
 * A line is PHRASE TAB CLASS [TAB MORE]; "#" begins a comment. Words of a phrase are parted by one
 * blank and cut as token.c cuts ("n't", "'s"). Where CLASS begins with "v" the first word is a verb
 * and all its forms are entered: made by rule, or listed as base/s/past/ing/participle. Where it
 * begins with "n" the plural is entered too. Spellings in -ise stand for those in -ize as well. */
#ifndef LANG_LEXICON_H
#define LANG_LEXICON_H

#include "lang/parts.h"

enum word_form { FORM_BASE, FORM_S, FORM_PAST, FORM_ING, FORM_PARTICIPLE, FORM_PLURAL };

struct lexicon_entry {
    struct str phrase; /* lower case */
    struct str class, more;
    enum word_form form;
};

struct lexicon;

/* The list words/NAME.txt, read at its first use and kept; for any thread. The list must exist. */
const struct lexicon *lexicon_open(const char *name);
/* The entry of exactly this phrase (any case), or NULL. */
const struct lexicon_entry *lexicon_find(const struct lexicon *x, struct str phrase);
/* The longest entry that begins with token `at` and ends before token `end`, or NULL; `*n` is set
 * to the number of its tokens. */
const struct lexicon_entry *lexicon_match(const struct lexicon *x, const struct lang_doc *doc,
                                          size_t at, size_t end, size_t *n);

/* The text in lower case, with a straight apostrophe; at most `room` bytes of it. */
struct str lexicon_fold(struct str text, char *out, size_t room);

#endif
