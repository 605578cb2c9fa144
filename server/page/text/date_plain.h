/* Days written with other digits, blanks and marks than ASCII has. */
#ifndef PAGE_TEXT_DATE_PLAIN_H
#define PAGE_TEXT_DATE_PLAIN_H

#include "base/arena.h"

/* The text with Arabic, Persian, Indian and full-width digits as "0".."9", blanks of any width as
 * " ", full-width and unbreakable marks as theirs, marks of direction dropped; `s` itself where it
 * has none of them. */
struct str date_plain(struct arena *a, struct str s);

#endif
