/* The order of the stages of reading and comparing, for callers that hold articles: the import, the
 * commands `extract` and `compare`, tests. Pure: no store, no clock.
 *
 *   draft and survey all -> read each (to be compared: part its statements) -> (group) -> for each
 * story: issues -> for each article: statements settled -> positions -> stances -> compare the
 * story
 *
 * All articles are surveyed before any is read, so that an actor bears one name in all of them. */
#ifndef INGEST_STORY_STAGES_H
#define INGEST_STORY_STAGES_H

#include "compare/compare.h"
#include "lang/lang.h"

/* What a caller does between two stages; each may be NULL. `article` counts from 0. */
struct stage_hooks {
    void (*drafted)(struct stage_hooks *hooks, size_t article, const struct lang_draft *draft);
    void (*read)(struct stage_hooks *hooks, struct lang_reading *reading);
    /* Turns the proposed issues of the story into those that hold. */
    void (*issues)(struct stage_hooks *hooks, struct lang_issues *proposed);
    /* The article's statements get ids; decisions may change them. */
    bool (*statements)(struct stage_hooks *hooks, size_t article, struct err *err);
    /* Positions were taken; decisions may change them. */
    void (*positions)(struct stage_hooks *hooks, size_t article);
};

struct stages {
    /* Set by the caller: */
    struct lang_run *run;
    const struct lang_article *articles;
    const struct str *attributions; /* of each article, found by an earlier run, or NULL */
    size_t n;
    bool several;                    /* of several stories: they are grouped, none is compared */
    bool stances;                    /* who is for or against whom is found as well */
    const struct lang_issues *given; /* NULL: issues are proposed from each story's readings */
    struct stage_hooks *hooks;       /* or NULL */
    struct compare_input *input; /* its articles are filled by hooks; NULL: nothing is compared */
    /* Results, in the arena; they may point into the run and the articles: */
    struct lang_reading *readings;
    struct lang_issues issues; /* of the story; of several: the last one's */
    struct comparison comparison;
};

/* Runs all stages. False only when a hook fails. */
bool stages_run(struct stages *s, struct arena *a, struct err *err);

#endif
