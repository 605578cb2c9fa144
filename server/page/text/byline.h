/* Who wrote it and which agency sent it, as bylines and credits say. */
#ifndef PAGE_TEXT_BYLINE_H
#define PAGE_TEXT_BYLINE_H

#include "base/arena.h"

/* "(ILKHA)", "- Reuters", "(Reporting by X; Editing by Y)": the agency named at the end of a
 * paragraph, or empty; *known tells whether it is one of the big ones. */
struct str agency_credit(struct arena *a, struct str paragraph, bool *known);
/* The names of a byline without "By", roles, mail addresses and dates, parted by ", ". */
struct str byline_clean(struct arena *a, struct str byline);

/* The names behind a "by" inside a short line: "Posted on 27 January 2022 by Ada Moss"; or empty.
 */
struct str byline_behind(struct arena *a, struct str line);
/* Is a short block a byline alone: "By Ada Moss", "Ein Bericht von Ada Moss | 27.1.2022"? */
bool is_byline(struct arena *a, struct str block);

#endif
