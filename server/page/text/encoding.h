/* From bytes of unknown encoding to clean UTF-8. */
#ifndef PAGE_TEXT_ENCODING_H
#define PAGE_TEXT_ENCODING_H

#include "base/arena.h"
#include "base/err.h"

/* Decodes to valid UTF-8 without NUL and without a byte order mark. The order of trust: a byte
 * order mark, being valid UTF-8, the charset of `content_type`, the page's own <meta> (or XML
 * declaration), the look of the bytes. ISO-8859-1 is read as windows-1252, as browsers do.
 * Fails on empty input and on binary data, with a sentence for people. */
bool encoding_decode(struct arena *a, struct str bytes, struct str content_type, struct str *text,
                     struct err *err);

/* Text as it is kept: Unicode form C, no soft hyphens, zero-width or control characters (tab and
 * newline stay), odd spaces plain, CR LF as LF, C1 controls read as windows-1252. */
struct str text_clean(struct arena *a, struct str text);

#endif
