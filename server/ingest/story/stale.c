/* Stories whose articles have changed: found anew while nobody has seen them, then compared, by two
 * threads. */
#include "ingest/story/story.h"
#include "store/turns.h"

#include <pthread.h>
#include <unistd.h>

/* So many stories of a thread go into one transaction, since most of what a transaction costs is
 * not the story's own, and more where the other thread is writing just then; but not so many
 * articles that a request for one of the stories waits long. */
enum { TOGETHER = 4, MOST_TOGETHER = 12, ARTICLES_TOGETHER = 60 };

bool ingest_regroup(struct store *store, enum store_fresh_part part, struct err *err)
{
    struct arena a = {0};
    struct store_fresh fresh;
    store_story_lock(store, STORE_REGROUPS); /* what was read holds until it is sorted */
    bool ok = store_fresh_articles(store, &a, part, &fresh, err);
    if (ok && fresh.n > 1) {
        struct str *signatures = arena_array(&a, fresh.n, sizeof *signatures);
        uint32_t *group = arena_array(&a, fresh.n, sizeof *group);
        for (size_t i = 0; i < fresh.n; i++)
            signatures[i] = fresh.v[i].signature;
        compare_group_signatures(signatures, fresh.n, group);
        ok = store_regroup(store, &fresh, group, err);
    }
    store_story_unlock(store, STORE_REGROUPS);
    arena_finish(&a);
    return ok;
}

/* The stale stories, handed out one by one to the threads that compare them. */
struct stale {
    struct store *store;
    const atomic_bool *stop;
    pthread_mutex_t mutex; /* guards the rest */
    int64_t at, articles;  /* the last story handed out, 0 again when there are no more; its size */
    bool ended, failed;
    bool waits;     /* for stories that others compare */
    struct err err; /* of the first failure */
};

static void stale_failed(struct stale *s, const struct err *err)
{
    if (!s->failed)
        s->err = *err;
    s->failed = true;
}

static int64_t stale_next(struct stale *s, int64_t *articles)
{
    struct err err = {0};
    int64_t story = 0;
    pthread_mutex_lock(&s->mutex);
    s->ended = s->ended || (s->stop && atomic_load(s->stop));
    if (!s->ended && !store_story_stale(s->store, &s->at, &s->articles, &err)) {
        stale_failed(s, &err);
        s->ended = true;
    }
    s->ended = s->ended || s->at == 0;
    story = s->ended ? 0 : s->at;
    *articles = s->articles;
    pthread_mutex_unlock(&s->mutex);
    return story;
}

/* Stories of one thread, compared and not stored yet. */
struct stories {
    struct story_work v[MOST_TOGETHER];
    size_t n;
    int64_t articles;
};

/* One story that fails must not keep the others from being compared. */
static void note(struct stale *s, const struct err *err)
{
    pthread_mutex_lock(&s->mutex);
    stale_failed(s, err);
    pthread_mutex_unlock(&s->mutex);
}

/* The stories of a batch that failed, each for itself. */
static void save_each(struct stale *s, struct stories *stories)
{
    for (size_t i = 0; i < stories->n; i++) {
        struct err why = {0};
        if (!story_save(&stories->v[i], &why))
            note(s, &why);
    }
}

/* Of a batch, if that could be begun: `open`. */
static void save_all(struct stale *s, struct stories *stories, bool open, struct err *err)
{
    bool ok = open;
    for (size_t i = 0; ok && i < stories->n; i++)
        ok = story_save(&stories->v[i], err);
    if (!open)
        note(s, err);
    else if (!store_batch_end(s->store, ok, err))
        save_each(s, stories);
    for (size_t i = 0; i < stories->n; i++)
        story_end(&stories->v[i]);
    *stories = (struct stories){.n = 0};
}

static void save_together(struct stale *s, struct stories *stories)
{
    struct err err = {0};
    if (stories->n)
        save_all(s, stories, store_batch_begin(s->store, &err), &err);
}

/* Stores them if nobody else is writing. */
static void save_if_free(struct stale *s, struct stories *stories)
{
    struct err err = {0};
    if (store_batch_try(s->store))
        save_all(s, stories, true, &err);
}

/* A story that somebody else compares is left to him, or waited for with none kept back. */
static bool begin_next(struct stale *s, struct stories *stories, int64_t story)
{
    if (story_try(&stories->v[stories->n], s->store, story))
        return true;
    if (!s->waits)
        return false;
    save_together(s, stories);
    story_begin(&stories->v[0], s->store, story);
    return true;
}

static void compare_next(struct stale *s, struct stories *stories, int64_t articles)
{
    struct err err = {0};
    struct story_work *w = &stories->v[stories->n];
    bool stale = false, ok = story_compare(w, &stale, &err);
    if (ok && stale) {
        stories->n++;
        stories->articles += articles;
        return;
    }
    story_end(w);
    if (!ok)
        note(s, &err);
}

static void *stale_work(void *context)
{
    struct stale *s = context;
    struct stories stories = {.n = 0};
    for (int64_t story, articles; (story = stale_next(s, &articles)) != 0;) {
        if (stories.n == MOST_TOGETHER || stories.articles + articles > ARTICLES_TOGETHER)
            save_together(s, &stories);
        if (begin_next(s, &stories, story))
            compare_next(s, &stories, articles);
        if (stories.articles > ARTICLES_TOGETHER)
            save_together(s, &stories);
        else if (stories.n >= TOGETHER)
            save_if_free(s, &stories);
    }
    save_together(s, &stories);
    return NULL;
}

static bool compare_all(struct store *store, const atomic_bool *stop, bool waits, struct err *err)
{
    struct stale s = {.store = store, .stop = stop, .waits = waits};
    pthread_t second;
    int64_t first = 0, articles = 0;
    if (!store_story_stale(store, &first, &articles, err))
        return false;
    if (!first) /* asked once a second: no thread for nothing */
        return true;
    pthread_mutex_init(&s.mutex, NULL);
    bool two =
        sysconf(_SC_NPROCESSORS_ONLN) > 1 && pthread_create(&second, NULL, stale_work, &s) == 0;
    stale_work(&s);
    if (two)
        pthread_join(second, NULL);
    pthread_mutex_destroy(&s.mutex);
    ingest_tidy();
    return !s.failed || fail(err, s.err.kind, "%s", s.err.message);
}

bool ingest_stale_free(struct store *store, const atomic_bool *stop, struct err *err)
{
    return compare_all(store, stop, false, err);
}

/* First what nobody else is at, so that several programs share the stories among them. */
bool ingest_stale(struct store *store, const atomic_bool *stop, struct err *err)
{
    return ingest_stale_free(store, stop, err) && compare_all(store, stop, true, err);
}
