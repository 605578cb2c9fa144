/* Reading stored articles again, with the program as it is now: from the bytes that were kept, else
 * from the stored text, story by story, several at a time. Decisions stand where their words do;
 * those whose words are gone are listed (decisions?orphaned=true). Stopped or killed, it loses
 * nothing: the stories that are through stay so and the others wait in the store. */
#ifndef INGEST_STORY_REREAD_H
#define INGEST_STORY_REREAD_H

#include "ingest/story/pipeline.h"
#include "store/original.h"

struct reread_options {
    unsigned threads;        /* 0: as many as the machine has cores, 8 at most */
    size_t most;             /* stories; 0: all that wait */
    const atomic_bool *stop; /* looked at between two stories; or NULL */
    /* Called after each story, one at a time; or NULL. */
    void (*seen)(void *context, const struct store_reread *state);
    void *context;
};

/* Works off the stories that wait (store_reread_begin). *left tells whether some still do. */
bool ingest_reread(struct store *store, const struct reread_options *options, bool *left,
                   struct err *err);

#endif
