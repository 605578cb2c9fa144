/* A story's rows as other files of the store need them. */
#ifndef STORE_STORY_STORY_H
#define STORE_STORY_STORY_H

#include "store/db/db.h"

/* Counts the story's articles and days anew and marks it stale. */
bool story_refresh(struct db *db, int64_t story, struct err *err);
/* The article is about to leave its story for another: who is comparing one of the two has read
 * what is no longer so, and saves nothing (store_story_save). */
bool story_leaves(struct db *db, int64_t article, int64_t to, struct err *err);
bool attributions_save(struct db *db, const struct store_article *article, struct err *err);

/* Around a change of the present text in place: bytes that were packed in its words (empty: none
 * were), and the same packed in the new ones. */
bool original_keep(struct db *db, struct arena *a, int64_t article, struct str *bytes,
                   struct err *err);
bool original_again(struct db *db, int64_t article, struct str bytes, struct str text,
                    struct err *err);

/* The story goes: what it alone said of actors goes too. */
bool claims_leave(struct db *db, int64_t story, struct err *err);

/* What the standing decisions mean for the story: pins, rules, issues, verdicts. */
bool decisions_load(struct db *db, struct arena *a, struct store_story *out, struct err *err);

#endif
