/* Inside the pipeline: what a page becomes before it is stored. Shared by importing and rereading.
 */
#ifndef INGEST_STORY_PLACING_H
#define INGEST_STORY_PLACING_H

#include "ingest/story/pipeline.h"

/* The article a page tells of; what is said of the source outranks what was found on
 * the page, and takes its place there. */
struct store_article placing_article(struct arena *a, const struct ingest_source *source,
                                     struct page *page);
/* Gives it the signature by which articles find their story, in the arena. */
void placing_sign(struct arena *a, struct store_article *article);

#endif
