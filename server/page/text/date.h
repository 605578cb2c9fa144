/* Days and times as pages write them. */
#ifndef PAGE_TEXT_DATE_H
#define PAGE_TEXT_DATE_H

#include "base/arena.h"

/* A machine-readable time (ISO 8601 and its loose cousins, RFC 822, seconds since 1970) as
 * RFC 3339, or as YYYY-MM-DD where no time or no zone is given; empty when it is none. */
struct str date_machine(struct arena *a, struct str s);
/* The same from a page in that language, which decides what "03/04/2025" means. */
struct str date_machine_in(struct arena *a, struct str s, struct str language);

/* The first day written out in a text for readers, in any of the languages of words/months.txt:
 * "April 23, 2025", "23. April 2025", "23/04/2025" (day first unless the language is English, and
 * in the English of most regions: "en-GB"), "2025年4月23日"; as YYYY-MM-DD, or RFC 3339 where a
 * time with its zone stands beside it ("09:10 GMT"); or empty. */
struct str date_find(struct arena *a, struct str text, struct str language);

/* The day in a URL's path (/2025/04/23/, /20250423-, 2025-04-23), or empty. */
struct str date_of_url(struct arena *a, struct str url);

#endif
