/* Full-text search as literals: the hits, their number, and what they are of. What only the engine
 * can do - a user's words made into a query, the index kept in step - stands behind engine.h. */
#ifndef STORE_SEARCH_SEARCH_H
#define STORE_SEARCH_SEARCH_H

#include "store/engine.h"

/* The hits of a search: rows as in list/list.h, and their number; with :match, :story, :outlet,
 * :actor, :issue, :kind, :from, :to, :like, :order, :limit and the cursor's :c0 to :c2 as
 * parameters; and as one row what they are of: type, outlet, actor, story, issue, kind, day, each
 * [{value, text, n}]. */
struct search_hits {
    const char *list, *count, *facets;
};

/* `type`: "articles", "statements", or empty for both. */
struct search_hits search_hits_for(const struct engine *engine, struct str type);

#endif
