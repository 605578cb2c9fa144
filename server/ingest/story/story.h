/* Inside the pipeline: one story being read as a whole. */
#ifndef INGEST_STORY_STORY_H
#define INGEST_STORY_STORY_H

#include "ingest/story/pipeline.h"

/* Parallel to store.articles: what is read of each, and what the store knows of its statements. */
struct story_work {
    int64_t id;
    struct arena arena;
    struct store *store;
    struct lang_run *run; /* names in the readings may point into it */
    struct store_story story;
    struct lang_reading *readings;
    struct compare_article *articles;
    struct lang_issues issues;
    struct compare_input input;
    struct comparison comparison;
};

/* Loads the story, reads and compares it; nobody else compares it until story_end. Nothing is kept
 * yet. */
bool story_compare(struct story_work *w, struct store *store, int64_t story, struct err *err);
bool story_keep(struct story_work *w, struct err *err);
/* After story_compare, whatever came of it. */
void story_end(struct story_work *w);

/* decisions.c: the decisions of persons put over what the engine found. */

/* Merged, split and renamed actors. */
void keep_actors(struct story_work *w, struct lang_reading *reading);
/* Statements that a person confirmed, edited or rejected take the place of the engine's. Gives
 * every statement its id - the one it had, where its words are the same - and its status. */
bool keep_statements(struct story_work *w, size_t article, struct err *err);
/* A person's stances over the engine's, once these are taken. */
void keep_positions(struct story_work *w, size_t article);
/* Verdicts on conflicts whose id has changed. */
void keep_conflicts(struct story_work *w, struct comparison *c);

#endif
