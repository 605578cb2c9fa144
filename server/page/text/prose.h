/* Telling sentences from titles, labels and buttons. */
#ifndef PAGE_TEXT_PROSE_H
#define PAGE_TEXT_PROSE_H

#include "base/str.h"

/* Does the text end as sentences do, in any script: with a full stop, a question mark or an
 * exclamation mark, perhaps inside quotation marks or brackets? */
bool text_ends_sentence(struct str s);

#endif
