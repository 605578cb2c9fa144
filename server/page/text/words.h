/* The words by which pages are read: the lists of server/page/words, loaded once.
 *
 * Lines are compared folded: lower case, white space single, quotation marks and dashes plain,
 * without whatever is neither letter nor digit at either end. */
#ifndef PAGE_TEXT_WORDS_H
#define PAGE_TEXT_WORDS_H

#include "base/arena.h"

enum { FOLD_MAX = 512 };

/* Folds at most the first FOLD_MAX bytes of s into out; the result points into out. */
struct str fold_line(struct str s, char out[FOLD_MAX]);

/* What a line of boilerplate means for its surroundings. */
enum line_effect {
    LINE_PLAIN,   /* not boilerplate */
    LINE_DROP,    /* goes alone: "Share this article" */
    LINE_LIST,    /* goes with the headlines that follow: "Lire aussi" */
    LINE_END,     /* goes with everything after it: a legal notice */
    LINE_PAYWALL, /* goes alone, and tells that the article is for subscribers */
    LINE_CONSENT, /* goes alone, and tells that consent is asked for before the article is shown */
};

/* Judges one folded line by words/lines.txt. */
enum line_effect line_effect(struct str folded);

/* The lists of key TAB value that are looked up by key. */
enum word_list {
    LIST_AGENCIES,  /* folded name of a news agency: its usual name */
    LIST_SECTIONS,  /* folded names of sections that stand alone under an article */
    LIST_MONTHS,    /* folded month name: 1-12; or "filler" */
    LIST_BYLINES,   /* folded words that open a byline ("by", "von"), and their kind */
    LIST_HINTS,     /* words of class names: what such an element holds */
    LIST_NONAMES,   /* words that stand in no person's name; those of a role have "role" */
    LIST_NAMES,     /* small words between and inside names in bylines, and their kinds */
    LIST_NETWORKS,  /* names and hosts of social networks */
    LIST_PAGES,     /* words beside a page number in an address, and where they stand */
    LIST_COLUMNS,   /* a column's name, letters only: a field of record.h and its rank */
    LIST_PEOPLE,    /* folders of addresses that lead to somebody's own page */
    LIST_ZONES,     /* names of time zones: minutes east */
    LIST_DAY_FIRST, /* regions whose English writes the day before the month */
    LIST_LEAD,      /* words of running text that headlines leave out, and their kind */
    LIST_PROMO,     /* words of lines that praise the outlet's own channels, and their kind */
    LIST_SAVED,     /* what browsers append to a saved page's name for its folder of parts */
    LIST_CHARSETS,  /* label of an encoding, small letters: its name for iconv */
    LIST_CUTS,      /* folded last words of a text that goes on elsewhere: "read more" */
    LIST_NOTHING,   /* what programs write into a cell that holds nothing, small letters: "nan" */
    LIST_HYPHENS,   /* first parts of words that keep their hyphen at the end of a line */
    LIST_MAILBOXES, /* mailboxes that are nobody's own: "newsletter" */
    LIST_COUNT
};

/* The value under a folded key; false if there is none. A key without value has an empty one. */
bool word_find(enum word_list list, struct str key, struct str *value);

#endif
