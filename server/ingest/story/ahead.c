/* A short line of articles and one thread that reads them: see ahead.h. What was found is stored a
 * few at a time. */
#include "ingest/story/ahead.h"

#include "lang/lang.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINE = 64, TOGETHER = 16, LONGEST = 1 << 18 };

/* An article with texts of its own. */
struct waiting {
    struct arena arena;
    int64_t article;
    struct lang_article texts;
};

struct ahead {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t mutex; /* guards the line and the flags */
    pthread_cond_t came, rested;
    struct waiting line[LINE]; /* a ring */
    size_t first, n;
    bool busy, stop;
    /* the thread's own, and ahead_settle's while that is not busy */
    struct arena found_in;
    struct store_article found[TOGETHER];
    size_t n_found;
};

static void store_found(struct ahead *x)
{
    if (x->n_found)
        store_attributions_save(x->store, x->found, x->n_found, NULL);
    x->n_found = 0;
    arena_reset(&x->found_in);
}

static void read_one(struct ahead *x, struct waiting *w)
{
    struct str bytes = lang_find_attributions(&x->found_in, &w->texts);
    if (bytes.n)
        x->found[x->n_found++] = (struct store_article){.id = w->article, .attributions = bytes};
    if (x->n_found == TOGETHER)
        store_found(x);
    arena_finish(&w->arena);
}

static void *work(void *context)
{
    struct ahead *x = context;
    pthread_mutex_lock(&x->mutex);
    while (!x->stop) {
        if (x->n == 0) {
            pthread_cond_wait(&x->came, &x->mutex);
            continue;
        }
        struct waiting w = x->line[x->first];
        x->first = (x->first + 1) % LINE;
        x->n--;
        x->busy = true;
        pthread_mutex_unlock(&x->mutex);
        read_one(x, &w);
        pthread_mutex_lock(&x->mutex);
        x->busy = false;
        pthread_cond_signal(&x->rested);
    }
    pthread_mutex_unlock(&x->mutex);
    return NULL;
}

struct ahead *ahead_start(struct store *store)
{
    if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
        return NULL;
    struct ahead *x = needed(calloc(1, sizeof *x));
    x->store = store;
    pthread_mutex_init(&x->mutex, NULL);
    pthread_cond_init(&x->came, NULL);
    pthread_cond_init(&x->rested, NULL);
    if (pthread_create(&x->thread, NULL, work, x) == 0)
        return x;
    free(x);
    return NULL;
}

void ahead_take(struct ahead *x, int64_t article, const struct store_article *texts)
{
    if (!x || texts->text.n > LONGEST)
        return;
    pthread_mutex_lock(&x->mutex);
    if (x->n < LINE) {
        struct waiting *w = &x->line[(x->first + x->n++) % LINE];
        *w = (struct waiting){.article = article};
        w->texts = (struct lang_article){.text = arena_str(&w->arena, texts->text),
                                         .language = arena_str(&w->arena, texts->language)};
        pthread_cond_signal(&x->came);
    }
    pthread_mutex_unlock(&x->mutex);
}

/* The line is empty and the thread at rest afterwards, if the caller keeps the mutex. */
static void clear(struct ahead *x)
{
    for (; x->n; x->n--) {
        arena_finish(&x->line[x->first].arena);
        x->first = (x->first + 1) % LINE;
    }
    while (x->busy)
        pthread_cond_wait(&x->rested, &x->mutex);
}

void ahead_settle(struct ahead *x)
{
    if (!x)
        return;
    pthread_mutex_lock(&x->mutex);
    clear(x);
    store_found(x);
    pthread_mutex_unlock(&x->mutex);
}

void ahead_stop(struct ahead *x)
{
    if (!x)
        return;
    pthread_mutex_lock(&x->mutex);
    clear(x);
    x->stop = true;
    pthread_cond_signal(&x->came);
    pthread_mutex_unlock(&x->mutex);
    pthread_join(x->thread, NULL);
    store_found(x);
    arena_finish(&x->found_in);
    pthread_mutex_destroy(&x->mutex);
    pthread_cond_destroy(&x->came);
    pthread_cond_destroy(&x->rested);
    free(x);
}
