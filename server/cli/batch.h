/* Articles read together: pages cleaned, then the stages run over all of them. */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "cli/cli.h"
#include "ingest/story/stages.h"

/* Parallel arrays of n entries. Where error[i].kind is set, that input could not be read and has no
 * reading. */
struct batch {
    size_t n;
    struct input *input;
    struct page *page;
    struct err *error;
    const struct lang_reading **reading; /* after batch_run */
};

/* Room for up to `most`, in the arena. */
struct batch batch_make(struct arena *a, size_t most);
/* Cleans an input; a bad one is noted in `error`. Of the input, only the path is kept. */
void batch_add(struct arena *a, const struct config *config, const struct input *input,
               struct batch *batch);
/* All inputs at once. */
void batch_load(struct arena *a, const struct config *config, struct inputs inputs,
                struct batch *out);
/* Runs the stages over what could be read of the batch; `stages` says how, without its articles. */
bool batch_run(struct arena *a, struct batch *batch, struct stages *stages, struct err *err);
/* The issues of --issues; *out stays empty without it. */
bool batch_issues(struct arena *a, const struct config *config, struct lang_issues *out,
                  struct err *err);

/* The files of `synoptic compare` as one story, compared; its input is out->input. Names in it may
 * point into the run. */
bool compare_files(struct arena *a, const struct config *config, struct lang_run *run,
                   struct comparison *out, struct err *err);

#endif
