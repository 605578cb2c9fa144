/* Text within XML: see export.h. */
#include "export/export.h"

#include "base/utf8.h"

#include <string.h>

/* XML 1.0, section 2.2: no control characters but tab and the ends of lines, no U+FFFE, U+FFFF. */
void export_xml(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        bool bad = (c < 32 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
        if (bad)
            buf_char(out, ' ');
        else if (c < 128 && strchr("&<>\"\t\n\r", (int)c))
            buf_fmt(out, "&#%u;", c);
        else
            buf_add(out, str_slice(text, from, at));
    }
}
