/* Lists of words and phrases, embedded from words/NAME.txt and looked up by tokens.
 *
 * A line is PHRASE TAB CLASS [TAB MORE]; "#" begins a comment. Words of a phrase are parted by one
 * blank and cut as token.c cuts ("n't", "'s"). Where CLASS begins with "v" the first word is a verb
 * and all its forms are entered: made by rule, or listed as base/s/past/ing/participle. Where it
 * begins with "n" the plural is entered too. Spellings in -ise stand for those in -ize as well. */
#ifndef LANG_TEXT_LEXICON_H
#define LANG_TEXT_LEXICON_H

#include "lang/parts.h"

enum word_form { FORM_BASE, FORM_S, FORM_PAST, FORM_ING, FORM_PARTICIPLE, FORM_PLURAL };

struct lexicon_entry {
    struct str phrase; /* lower case */
    struct str class, more;
    enum word_form form;
    bool listed;    /* false: only the first word of longer phrases */
    uint8_t reach;  /* words of the longest phrase that begins with this */
    struct str ing; /* of a verb: its form in -ing, with the rest of the phrase */
};

struct lexicon;

/* The lists, words/NAME.txt. */
enum lexicon_list {
    WORDS_ALIASES,
    WORDS_ATTITUDES,
    WORDS_BODY_NAMES,
    WORDS_BODY_NOUNS,
    WORDS_CARRIERS,
    WORDS_CHANNEL_LEADS,
    WORDS_CHANNEL_VERBS,
    WORDS_CHANNELS,
    WORDS_CLAUSE_WORDS,
    WORDS_CUE_NOUNS,
    WORDS_DAYS,
    WORDS_FOREIGN_LINKS,
    WORDS_FOREIGN_VERBS,
    WORDS_FUNCTION_WORDS,
    WORDS_GENERIC_NOUNS,
    WORDS_HAPPENING,
    WORDS_HEDGES,
    WORDS_ISSUE_BACKING,
    WORDS_ISSUE_IRONY,
    WORDS_ISSUE_FILLERS,
    WORDS_ISSUE_KIN,
    WORDS_ISSUE_PRIZES,
    WORDS_LANGUAGES,
    WORDS_NOBODY,
    WORDS_PATTERNS,
    WORDS_POLICY_VERBS,
    WORDS_REPLIES,
    WORDS_STANCE,
    WORDS_SYNONYMS,
    WORDS_EFFECTS,
    WORDS_OTHER_THINGS,
    WORDS_TOPIC_NOUNS,
    WORDS_UNDOING,
    WORDS_VAGUE_NOUNS,
    WORDS_WEAK_MODIFIERS,
    WORDS_COUNT
};

/* The list, for any thread: all are read at the first use of any, and kept. */
const struct lexicon *lexicon_open(enum lexicon_list list);
/* The entry of exactly this phrase (any case), or NULL. */
const struct lexicon_entry *lexicon_find(const struct lexicon *x, struct str phrase);
/* Is `class` one of the entry's classes, which are parted by blanks? False for NULL. */
bool lexicon_has_class(const struct lexicon_entry *e, struct str class);
/* The longest entry that begins with token `at` and ends before token `end`, or NULL; `*n` is set
 * to the number of its tokens. */
const struct lexicon_entry *lexicon_match(const struct lexicon *x, const struct lang_doc *doc,
                                          size_t at, size_t end, size_t *n);

/* The text in lower case, with a straight apostrophe; at most `room` bytes of it. */
struct str lexicon_fold(struct str text, char *out, size_t room);

#endif
