/* Sees to it beside a server that there is a copy of the store for each day (store/copies.c). What
 * goes wrong is logged once and tried again at the next look: the server goes on. */
#include "cli/care/care.h"

#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIRST_LOOK = 10, LOOK_EVERY = 60 /* seconds */, DAY_SECONDS = 86400 };

struct care {
    struct care_options options;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping, said; /* said: the present trouble has been logged */
};

const char *care_folder(struct arena *a, const struct config *config, const char *db)
{
    const char *said = config->value[OPT_BACKUPS];
    if ((said && strcmp(said, "off") == 0) || strstr(db, "://"))
        return NULL;
    return said && *said ? said : arena_fmt(a, "%s.backups", db).p;
}

static void look(struct care *care)
{
    struct store_copies copies = care->options.copies;
    struct err err = {0};
    bool made;
    copies.today = (int32_t)(time(NULL) / DAY_SECONDS);
    bool ok = store_copies_keep(care->options.store, &copies, &made, &err);
    if (!ok && !care->said)
        log_event(LOG_ERROR, "backup_failed", "no backup today: %s", err.message);
    care->said = !ok;
}

/* False when it is time to end. */
static bool rest(struct care *care, unsigned seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&care->lock);
    int waited = 0;
    while (!care->stopping && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&care->wake, &care->lock, &until);
    bool go_on = !care->stopping;
    pthread_mutex_unlock(&care->lock);
    return go_on;
}

static void *run(void *context)
{
    struct care *care = context;
    for (bool more = rest(care, FIRST_LOOK); more; more = rest(care, LOOK_EVERY))
        look(care);
    return NULL;
}

struct care *care_start(const struct care_options *options)
{
    struct care *care = calloc(1, sizeof *care);
    pthread_condattr_t clock;
    if (!care)
        out_of_memory();
    care->options = *options;
    pthread_mutex_init(&care->lock, NULL);
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&care->wake, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&care->thread, NULL, run, care) == 0)
        return care;
    log_event(LOG_ERROR, "backup_failed", "no thread can be started: there will be no backups");
    free(care);
    return NULL;
}

bool care_stop(struct care *care, unsigned seconds)
{
    if (!care)
        return true;
    pthread_mutex_lock(&care->lock);
    care->stopping = true;
    pthread_cond_signal(&care->wake);
    pthread_mutex_unlock(&care->lock);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    if (pthread_timedjoin_np(care->thread, NULL, &until) != 0)
        return false;
    pthread_mutex_destroy(&care->lock);
    pthread_cond_destroy(&care->wake);
    free(care);
    return true;
}
