/* A condition that is kept until it is waited for, so that what arrives in between is not missed.
 */
#include "ingest/arrivals.h"

#include <time.h>

void arrivals_begin(struct arrivals *arrivals)
{
    pthread_mutex_init(&arrivals->mutex, NULL);
    pthread_cond_init(&arrivals->wake, NULL);
    arrivals->woken = false;
}

void arrivals_finish(struct arrivals *arrivals)
{
    pthread_mutex_destroy(&arrivals->mutex);
    pthread_cond_destroy(&arrivals->wake);
}

void arrivals_wake(void *arrivals)
{
    struct arrivals *x = arrivals;
    pthread_mutex_lock(&x->mutex);
    x->woken = true;
    pthread_cond_signal(&x->wake);
    pthread_mutex_unlock(&x->mutex);
}

void arrivals_wait(struct arrivals *x, int most, const atomic_bool *stop)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += most;
    pthread_mutex_lock(&x->mutex);
    while (!x->woken && !(stop && atomic_load(stop)) &&
           pthread_cond_clockwait(&x->wake, &x->mutex, CLOCK_MONOTONIC, &until) == 0)
        ;
    x->woken = false;
    pthread_mutex_unlock(&x->mutex);
}
