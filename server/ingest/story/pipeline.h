/* The pipeline: from the bytes of a page to a story that is compared and stored: page ->
 * duplicate? -> story -> then, for the whole story, the stages (stages.h) -> one transaction.
 *
 * A story is always read as a whole, so that an actor bears one name in all of its articles;
 * stored texts are enough for that. Adding an article only marks its story stale; comparing is a
 * second step, so that a batch compares each story once. Any thread may call these. */
#ifndef INGEST_STORY_PIPELINE_H
#define INGEST_STORY_PIPELINE_H

#include "page/page.h"
#include "store/store.h"

#include <stdatomic.h>

/* A page and the metadata given with it; given fields outrank those found in the page. */
struct ingest_source {
    struct str bytes;
    enum page_type type;
    struct str content_type, url;
    struct str title, outlet, published, byline;
    bool sample;
    bool forget;         /* the bytes are not kept beside the article */
    struct ahead *ahead; /* reads articles that are new before their story is compared; or NULL */
    bool batched;        /* the caller has a batch of the store open */
    int64_t item;        /* of the queue: stored only while it is this program's; 0: none */
};

struct ingest_result {
    int64_t article, story;
    enum store_saved how;
};

/* Reads the page and stores it in its story, which is stale then (unless it was there already). The
 * same words at another address are the same article, and so is a view for phones or printers
 * (SAVED_SAME; the address is remembered); other words at the same address are a new version. */
bool ingest_page(struct store *store, const struct ingest_source *source, struct ingest_result *out,
                 struct err *err);
/* Stories are found anew from all of their articles together: what one article after another could
 * not know when it was placed. FRESH_NEW: those that are not compared yet. At the end of an import
 * FRESH_ALL, so that its stories depend neither on the order of its items nor on time, and in a
 * store that is not large neither on how the articles were cut into imports; FRESH_IMPORT where
 * that was done a moment ago. To be called before stories are compared. */
bool ingest_regroup(struct store *store, enum store_fresh_part part, struct err *err);
/* Reads all articles of the story and compares them anew. Decisions stand. */
bool ingest_story(struct store *store, int64_t story, struct err *err);
/* Gives memory back that comparing took: else every thread that ever compared keeps as much as its
 * largest story needed. For the end of a round of stories. */
void ingest_tidy(void);
/* Compares every stale story, two at a time where there are two cores; `stop` (may be NULL) is
 * looked at between two. */
bool ingest_stale(struct store *store, const atomic_bool *stop, struct err *err);
/* Those that no other program is comparing. */
bool ingest_stale_free(struct store *store, const atomic_bool *stop, struct err *err);

/* A decision and its consequences: the journal's entry, then the touched stories compared anew, as
 * many as have 40 articles together; the others are stale, for the worker. *id is the journal's.
 * Errors are those of the entry: a comparison that fails takes nothing back. */
bool ingest_decide(struct store *store, const struct store_decision *decision, int64_t *id,
                   struct err *err);
bool ingest_undo(struct store *store, int64_t *id, struct err *err);
bool ingest_redo(struct store *store, int64_t *id, struct err *err);
/* store_turn_back or store_turn_forth. */
bool ingest_turn(struct store *store, bool back, struct store_turn *turn, struct err *err);

#endif
