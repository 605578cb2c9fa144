/* A sink before another: one value a cell. See flat.c. */
#ifndef EXPORT_ROWS_FLAT_H
#define EXPORT_ROWS_FLAT_H

#include "store/rows.h"

struct row_flat {
    struct row_sink sink, *to;
    struct buf text; /* of the present value */
};
struct row_flat row_flat_make(struct row_sink *to);
void row_flat_finish(struct row_flat *f);

#endif
