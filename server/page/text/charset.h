/* Names of encodings: where a page declares one, what iconv calls it, and what bytes look like that
 * declare none. */
#ifndef PAGE_TEXT_CHARSET_H
#define PAGE_TEXT_CHARSET_H

#include "base/arena.h"

/* The value of `charset=` in a Content-Type header or a <meta>, or empty. */
struct str charset_of(struct str content_type);
/* The label that the bytes themselves declare: in <meta charset>, <meta http-equiv> or
 * <?xml encoding?>, however much script, style and comment stands before it; or empty. */
struct str charset_inside(struct str bytes);

enum { CHARSET_NAME = 32 };
/* iconv's name for a label of words/charsets.txt in any case; a label that is none there is a name
 * itself, and iconv may know it. False for what is no name at all. */
bool charset_name(struct str label, char name[CHARSET_NAME]);

/* iconv's name for what undeclared bytes, which are not UTF-8, look like. */
void charset_guess(struct str bytes, char name[CHARSET_NAME]);

#endif
