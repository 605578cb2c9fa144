/* What a statement's row says of its spans, written out with the words of its article's text. */
#ifndef STORE_SPANS_H
#define STORE_SPANS_H

#include "base/json.h"

/* Columns of the row, and the text that its offsets refer to. Spans are [[start, end]] in code
 * points; or, with a context, in the form of rows from before schema step 13: as they are to be
 * written. */
struct spans_row {
    struct str text, words, source, cue, content,
        context; /* words: empty where the text has them */
};

enum spans_form {
    SPANS_LINES,   /* four values, each but the last with a line feed behind it */
    SPANS_MEMBERS, /* ,"source":…,"cue":…,"content":… to go on in an object that is open */
    SPANS_WHOLE    /* the same with ,"context":… */
};

/* source, cue, content: [{start, end, exact, prefix, suffix}]; context: {before, after}. Where the
 * text is not the one that was compared (a new version waits for that), only the words are told.
 */
void spans_write(const struct spans_row *row, enum spans_form form, struct buf *out);

/* Of article_mentions.places (schema/019-numbers.sql), in the order of the text: [{start, end,
 * exact, actor, reading}]. */
void mentions_write(struct str text, struct str places, struct buf *out);

/* From the start of the first to the end of the last span of such a column, in code points. */
void spans_hull(struct str column, size_t *start, size_t *end);

#endif
