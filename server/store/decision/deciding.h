/* Inside decision/: one decision on its way into the journal. */
#ifndef STORE_DECISION_DECIDING_H
#define STORE_DECISION_DECIDING_H

#include "store/head/head.h"
#include "store/story/story.h"

/* The story in which deleted articles are kept. */
enum { STORY_OF_DELETED = -1 };

/* An article `a` as a state: {"articles": [these], "stories": [...]}. */
#define ARTICLE_STATE                                                                              \
    "json_object('id', a.id, 'story', a.story, 'reviewed', a.reviewed, 'version', a.version,"      \
    " 'title', a.title,"                                                                           \
    " 'published', a.published, 'url', a.url, 'byline', a.byline,"                                 \
    " 'outlet', coalesce((SELECT o.name FROM outlets o WHERE o.id = a.outlet), ''))"

struct deciding {
    struct db *db;
    struct arena arena;
    const struct store_decision *decision;
    struct err *err;
    struct err failed; /* a query did: that outranks whatever was made of the lack of its answer */
    /* What the journal gets. */
    cJSON *before, *after;
    int64_t id; /* of the target */
    struct str key, exact;
    bool nothing; /* it changes nothing: the journal has no entry of it */
    int64_t article;
    /* The stories it touches. */
    int64_t *stories;
    size_t n_stories, cap_stories;
};

/* Each fills what the journal gets, or fails with ERR_INVALID or ERR_MISSING. */
/* `before` set: what it is to be changed from, instead of the row. */
bool decide_statement(struct deciding *d);
bool decide_coding(struct deciding *d);
bool decide_utterance(struct deciding *d);
bool decide_conflict(struct deciding *d);
bool decide_issue(struct deciding *d);
bool decide_actor(struct deciding *d);
bool decide_listed(struct deciding *d); /* a list of actors */
bool decide_article(struct deciding *d);
bool decide_story(struct deciding *d);
bool decide_outlet(struct deciding *d);

/* Articles, stories, outlets and actors change at once, forth (from before to after) and back. The
 * entry is in the journal by then. `was` NULL: articles only change places. */
bool decide_apply(struct db *db, const cJSON *was, const cJSON *is, struct err *err);
/* A decision that made a story is about to be undone: the state of the articles that have come to
 * it since, NULL if it made none (or failed, with err); and that state with these articles where
 * the story's others came from. The caller's to delete. */
cJSON *decide_came_since(struct db *db, const cJSON *before, const cJSON *after, struct err *err);
cJSON *decide_moved(const cJSON *state, const cJSON *before);

void decide_touch(struct deciding *d, int64_t story);
/* Every story that the literal (with :id or :key) yields. */
bool decide_touch_all(struct deciding *d, const char *sql, int64_t id, struct str key);
/* Every story that names an actor by a key or a form that stands in the state. */
bool decide_touch_named(struct deciding *d, const cJSON *state);
/* One JSON text as a tree, the caller's, NULL when there is no row; and whether there is a row.
 * Where the store fails the answer is as where it has nothing, and the decision is refused
 * (`failed`). */
cJSON *decide_load(struct deciding *d, const char *sql, int64_t id, struct str key);
bool decide_finds(struct deciding *d, const char *sql, int64_t id, struct str key);
bool decide_is(const struct deciding *d, const char *action);
bool decide_unfit(const struct deciding *d);

/* Members of value. Absent: false without err. */
const cJSON *decide_value(const struct deciding *d, const char *name);
/* An id in 1..2^53-1, or 0. */
int64_t decide_value_id(const struct deciding *d, const char *name);
struct str decide_value_str(const struct deciding *d, const char *name);
/* Fails when the member is there and neither a text nor null. */
bool decide_text(const struct deciding *d, const char *name);
/* The same, and unless it is empty it must be a day, or with `moment` a day and a time. */
enum decide_time { TIME_DAY, TIME_MOMENT };
bool decide_when(const struct deciding *d, const char *name, enum decide_time time);
/* Fails when the member is there and no list of texts (or of ids). */
bool decide_list(const struct deciding *d, const char *name, bool of_ids);
/* Fails when value has a member that is not in the NULL-terminated list. */
bool decide_only(const struct deciding *d, const char *const *names);
/* The key of an actor nobody knew, {"name","kind"}, which is added; `role` for the error. */
bool decide_new_actor(struct deciding *d, const char *role, const cJSON *given, struct str *key);
/* Empty, or Q and a number. */
bool decide_wikidata(struct str id);
/* A slug out of a name: lower case words joined by "-"; ASCII, never empty. */
struct str decide_slug(struct arena *a, struct str name);
/* {"id","article","exact"} of a statement: how a decision finds it again; NULL: no such one. */
cJSON *decide_anchor(struct deciding *d, int64_t statement);

#endif
