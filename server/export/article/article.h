/* Articles with their texts and what is said in them: what formats of documents are made of. */
#ifndef EXPORT_ARTICLE_ARTICLE_H
#define EXPORT_ARTICLE_ARTICLE_H

#include "export/export.h"

#include <cjson/cJSON.h>

/* Gets each article as the API has it (/api/v1/articles/{id}), with only those statements that the
 * job's filter lets through; where that asks for an actor, issue or stance, articles without any
 * are passed over. The tree lives during the call. */
struct article_sink {
    bool (*take)(struct article_sink *sink, const cJSON *article, struct err *err);
};
/* One after another, so that no more than one is in memory. */
bool articles_each(struct export_job *job, struct article_sink *sink, struct err *err);

/* All rows of a list as an array of objects, the caller's; for what is small, or of one story. */
cJSON *tree_rows(struct export_job *job, const struct store_query *query, struct err *err);
/* Members: a text or empty, a number or 0, an array or object or NULL. */
struct str tree_text(const cJSON *object, const char *name);
int64_t tree_int(const cJSON *object, const char *name);
const cJSON *tree_get(const cJSON *object, const char *name);
/* The words of [SPAN], joined by " … ". */
struct str tree_words(struct arena *a, const cJSON *spans);
/* Does the filter ask for more than stories and days, so that what is not a statement stays out? */
bool filter_is_narrow(const struct store_filter *f);

#endif
