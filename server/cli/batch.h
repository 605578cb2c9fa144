/* Articles read together: pages cleaned, names surveyed over all, each read, issues found. */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "cli/cli.h"
#include "compare/compare.h"
#include "lang/lang.h"

/* Parallel arrays of n entries. Where error[i].kind is set, that input could not be read. */
struct batch {
    size_t n;
    struct input *input;
    struct page *page;
    struct err *error;
    struct lang_article *article;
    struct lang_draft **draft;
    struct lang_reading *reading;
};

/* Room for up to `most`, in the arena. */
struct batch batch_make(struct arena *a, size_t most);
/* Cleans an input; a bad one is noted in `error`. Of the input, only the path is kept. */
void batch_add(struct arena *a, const struct config *config, const struct input *input,
               struct batch *batch);
/* All inputs at once. */
void batch_load(struct arena *a, const struct config *config, struct inputs inputs,
                struct batch *out);
/* Surveys all of the batch into the run, then reads each. */
void batch_read(struct arena *a, struct lang_run *run, struct batch *batch);
/* The issues of --issues; *out stays empty without it. */
bool batch_issues(struct arena *a, const struct config *config, struct lang_issues *out,
                  struct err *err);

/* The files of `synoptic compare` as a story to be compared. */
bool compare_input_read(struct arena *a, const struct config *config, struct compare_input *out,
                        struct err *err);

#endif
