/* Inside the pipeline: one story being read as a whole. */
#ifndef INGEST_STORY_STORY_H
#define INGEST_STORY_STORY_H

#include "ingest/story/pipeline.h"
#include "ingest/story/stages.h"

/* `articles` and the readings are parallel to story.articles. */
struct story_work {
    int64_t id;
    struct arena arena;
    struct store *store;
    struct lang_run *run; /* names in the readings may point into it */
    struct store_story story;
    struct compare_article *articles;
    struct compare_input input;
    struct stage_hooks hooks;
    struct stages stages; /* readings, issues and the comparison */
};

/* Nobody else compares the story until story_end; somebody who does is waited for. */
void story_begin(struct story_work *w, struct store *store, int64_t story);
/* The same where nobody does; else false, and nothing is begun. */
bool story_try(struct story_work *w, struct store *store, int64_t story);
/* Loads the story, reads and compares it. Nothing is stored yet. *stale, unless NULL: it was; one
 * that is not (others compared it meanwhile) is left alone. */
bool story_compare(struct story_work *w, bool *stale, struct err *err);
bool story_save(struct story_work *w, struct err *err);
/* After story_begin or story_try, whatever came of it. */
void story_end(struct story_work *w);

/* decisions.c: the decisions of persons put over what the engine found. */

/* Merged, split and renamed actors. */
void decisions_on_actors(struct story_work *w, struct lang_reading *reading);
/* Statements that a person confirmed, edited or rejected take the place of the engine's. Gives
 * every statement its id - the one it had, where its words are the same - and its status. */
bool decisions_on_statements(struct story_work *w, size_t article, struct err *err);
/* A person's stances over the engine's, once these are taken. */
void decisions_on_positions(struct story_work *w, size_t article);
/* Verdicts on conflicts whose id has changed. */
void decisions_on_conflicts(struct story_work *w, struct comparison *c);

#endif
