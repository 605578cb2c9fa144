/* What a worker waits for when there is nothing to read: submissions and pages that were fetched
 * wake it. */
#ifndef INGEST_ARRIVALS_H
#define INGEST_ARRIVALS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct arrivals {
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool woken;
};

void arrivals_begin(struct arrivals *arrivals);
void arrivals_finish(struct arrivals *arrivals);
/* By any thread; takes a struct arrivals as what fetchers are given (struct fetcher_call). */
void arrivals_wake(void *arrivals);
/* Until something arrives, which may have been before, or `most` seconds. */
void arrivals_wait(struct arrivals *arrivals, int most, const atomic_bool *stop);

#endif
