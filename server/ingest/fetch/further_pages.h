/* Inside the fetchers: the further pages of an article that its site splits over several. */
#ifndef INGEST_FETCH_FURTHER_PAGES_H
#define INGEST_FETCH_FURTHER_PAGES_H

#include "ingest/fetch/polite.h"

/* If the page that was fetched is the first of several, fetches the others one after the other and
 * puts all of them, joined (split.h), in its place. What cannot be had ends the article there; the
 * answer then says how the host wants to be treated. `ask`: robots.txt is heeded. */
void follow_pages(const struct polite *p, struct arena *a, bool ask, struct polite_answer *answer);

#endif
