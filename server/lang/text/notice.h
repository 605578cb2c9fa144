/* A page's own lines in the text of a report. */
#ifndef LANG_TEXT_NOTICE_H
#define LANG_TEXT_NOTICE_H

#include "lang/parts.h"

/* Is the sentence a page's own: on cookies, a newsletter, copyright? */
bool lang_is_notice(const struct lang_doc *doc, uint32_t sentence);

#endif
