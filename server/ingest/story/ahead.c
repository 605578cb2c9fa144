/* A short line of articles and one thread that reads them: see ahead.h. What was found is stored
 * many at a time, by whoever imports as long as that goes on. */
#include "ingest/story/ahead.h"

#include "lang/lang.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINE = 64, MANY = 16, FOUND = 64, LONGEST = 1 << 18 };

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
    size_t first, n, held;     /* held: so many of the last may not be read yet */
    bool holds, busy, stop;
    struct store_article found[FOUND];
    struct arena found_in[FOUND];
    size_t n_found;
};

/* With the mutex. What is stored twice is the same. */
static bool store_found(struct ahead *x, struct err *err)
{
    bool ok = x->n_found == 0 || store_attributions_save(x->store, x->found, x->n_found, err);
    for (; x->n_found; x->n_found--)
        arena_finish(&x->found_in[x->n_found - 1]);
    return ok;
}

static struct waiting take(struct ahead *x)
{
    struct waiting w = x->line[x->first];
    x->first = (x->first + 1) % LINE;
    x->n--;
    return w;
}

/* There is room for it. */
static void note(struct ahead *x, const struct waiting *w, struct str bytes)
{
    struct arena a = {0};
    if (!bytes.n)
        return;
    x->found[x->n_found] =
        (struct store_article){.id = w->article, .attributions = arena_str(&a, bytes)};
    x->found_in[x->n_found++] = a;
}

static void *work(void *context)
{
    struct ahead *x = context;
    pthread_mutex_lock(&x->mutex);
    while (!x->stop) {
        if (x->n == x->held || x->n_found == FOUND) {
            pthread_cond_wait(&x->came, &x->mutex);
            continue;
        }
        struct waiting w = take(x);
        x->busy = true;
        pthread_mutex_unlock(&x->mutex);
        struct str bytes = lang_find_attributions(&w.arena, &w.texts);
        pthread_mutex_lock(&x->mutex);
        note(x, &w, bytes);
        arena_finish(&w.arena);
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
        x->held += x->holds;
        *w = (struct waiting){.article = article};
        w->texts = (struct lang_article){.text = arena_str(&w->arena, texts->text),
                                         .language = arena_str(&w->arena, texts->language)};
        pthread_cond_signal(&x->came);
    }
    pthread_mutex_unlock(&x->mutex);
}

void ahead_hold(struct ahead *x)
{
    if (!x)
        return;
    pthread_mutex_lock(&x->mutex);
    x->holds = true;
    pthread_mutex_unlock(&x->mutex);
}

static void forget_last(struct ahead *x)
{
    x->n--;
    arena_finish(&x->line[(x->first + x->n) % LINE].arena);
}

void ahead_release(struct ahead *x, bool stands)
{
    if (!x)
        return;
    pthread_mutex_lock(&x->mutex);
    for (; x->held && !stands; x->held--)
        forget_last(x);
    x->held = 0;
    x->holds = false;
    pthread_cond_signal(&x->came);
    pthread_mutex_unlock(&x->mutex);
}

bool ahead_save(struct ahead *x, struct err *err)
{
    if (!x)
        return true;
    pthread_mutex_lock(&x->mutex);
    bool ok = x->n_found < MANY || store_found(x, err);
    pthread_cond_signal(&x->came);
    pthread_mutex_unlock(&x->mutex);
    return ok;
}

/* The line is empty and the thread at rest afterwards, if the caller keeps the mutex. */
static void clear(struct ahead *x)
{
    while (x->n)
        forget_last(x);
    x->held = 0;
    while (x->busy)
        pthread_cond_wait(&x->rested, &x->mutex);
}

void ahead_settle(struct ahead *x)
{
    if (!x)
        return;
    pthread_mutex_lock(&x->mutex);
    clear(x);
    store_found(x, NULL);
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
    store_found(x, NULL);
    pthread_mutex_destroy(&x->mutex);
    pthread_cond_destroy(&x->came);
    pthread_cond_destroy(&x->rested);
    free(x);
}
