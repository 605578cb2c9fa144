/* Inside effect/: the journal's meaning for one story, put together decision by decision. */
#ifndef STORE_EFFECT_EFFECT_H
#define STORE_EFFECT_EFFECT_H

#include "base/map.h"
#include "store/story/story.h"

struct effects {
    struct db *db;
    struct arena *a;
    struct store_story *story;
    struct utf8_index *indexes; /* per article of the story */
    size_t cap_pins, cap_rules, cap_issues, cap_dismissed, cap_verdicts, cap_conflicts, cap_old;
    size_t cap_known, cap_pinned, cap_issue_rules;
    struct map words; /* of the story's texts, and keys, by their hashes; made when a list asks */
    struct err *err;
    bool failed; /* the store did, with err */
};

/* finding.c: members of a tree (an empty text or 0 where there is none), the number of a word in a
 * list, and where words are now. */
struct str effect_text(const struct effects *e, const cJSON *object, const char *name);
int64_t effect_number(const cJSON *object, const char *name);
int effect_word(const char *const *words, int n, struct str word);
const struct utf8_index *effect_index(const struct effects *e, int64_t article);
bool effect_find(const struct utf8_index *x, const cJSON *span, struct span *out);
struct spans effect_spans(struct effects *e, const struct utf8_index *x, const cJSON *list);
struct span effect_hull(const struct spans *spans);

/* Of decisions d: about this story, or about an article that it has by now. */
#define DECISION_OF_STORY                                                                          \
    "(d.id IN (SELECT t.decision FROM decision_stories t WHERE t.story = :story)"                  \
    " OR d.article IN (SELECT id FROM articles WHERE story = :story))"

/* May the story name this actor of a list? */
bool effect_may_name(struct effects *e, const cJSON *actor);

/* A statement that a decision names by id and words; the id. */
int64_t effect_anchor(struct effects *e, const cJSON *anchor);

/* The standing decisions, oldest first. */
void effect_statement(struct effects *e, const cJSON *before, const cJSON *after, int64_t article);
void effect_utterance(struct effects *e, const cJSON *after);
void effect_conflict(struct effects *e, const cJSON *after, int64_t id);
void effect_issue(struct effects *e, const cJSON *after, struct str key);
void effect_actor(struct effects *e, const cJSON *after, struct str key);

#endif
