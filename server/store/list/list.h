/* Inside the lists: the literals of every noun. */
#ifndef STORE_LIST_LIST_H
#define STORE_LIST_LIST_H

#include "store/db/db.h"

/* Counting ends here: a total above it is "more than". Walking a table of millions for a figure
 * that nobody reads to the last digit would take longer than the page. */
enum { COUNT_MOST = 10000 };
#define COUNT_OF(from) "SELECT count(*) FROM (SELECT 1" from " LIMIT 10001)"

/* How one noun is listed. `list` yields the row's columns and then its order as columns "cursor:0"
 * to "cursor:3", which come back as :c0 to :c3 (NULL on the first page). `count` counts. All take
 * the filter's fields under their names; those a literal does not mention are skipped. */
struct noun_sql {
    const char *list, *count, *item;
    int limit_ms; /* 0: READ_LIMIT_MS */
};
struct noun_sql noun_sql_for(const struct engine *engine, const struct store_query *query);

/* The literals, by noun (the other files here), chosen by the filter that narrows most. */
struct noun_sql story_rows(const struct store_filter *f, bool totals);
struct noun_sql article_rows(const struct store_filter *f);
struct noun_sql version_rows(void);
struct noun_sql outlet_rows(void);
struct noun_sql actor_list_rows(void);
struct noun_sql actor_rows(const struct store_filter *f);
struct noun_sql statement_rows(const struct store_filter *f);
struct noun_sql stance_rows(const struct store_filter *f);
struct noun_sql news_rows(const struct store_filter *f);
struct noun_sql news_change_rows(const struct store_filter *f);
struct noun_sql news_conflict_rows(const struct store_filter *f);
struct noun_sql utterance_rows(const struct store_filter *f);
struct noun_sql issue_rows(const struct store_filter *f);
struct noun_sql position_rows(const struct store_filter *f);
struct noun_sql conflict_rows(const struct store_filter *f);
struct noun_sql timeline_rows(const struct store_filter *f);
struct noun_sql node_rows(const struct store_filter *f);
struct noun_sql edge_rows(const struct store_filter *f);
struct noun_sql import_rows(void);
struct noun_sql import_item_rows(void);
struct noun_sql watch_rows(void);
struct noun_sql hook_rows(void);
struct noun_sql hook_call_rows(void);
struct noun_sql reread_rows(void);
struct noun_sql change_rows(void);
/* Codings, samples and what was drawn; empty for any other noun. */
struct noun_sql coding_nouns(const struct store_query *query);
struct noun_sql decision_rows(const struct store_filter *f);

#endif
