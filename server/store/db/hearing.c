/* Word of what is written, where several programs write: a thread listens, so that revisions, which
 * every answer depends on, are known without asking the server each time. What this program wrote
 * itself it does not wait to hear of: the next question is asked. */
#include "store/db/db.h"

#include <time.h>

enum { WAIT_MS = 100, PAUSES = 10 };

static enum engine_heard hear_once(struct store *store)
{
    struct store_revision now;
    if (!store->hearer.link && !db_open(&store->hearer, ENGINE_HEAR, NULL))
        return HEARD_FAILED;
    enum engine_heard heard = store->engine->hear(store->hearer.link, WAIT_MS);
    if (heard == HEARD_NOTHING || heard == HEARD_FAILED)
        return heard;
    if (!shared_read_revision(&store->hearer, &now))
        return HEARD_FAILED;
    shared_remember(store, now, heard == HEARD_ANEW);
    return heard;
}

static void *keep_listening(void *context)
{
    struct store *store = context;
    const struct timespec pause = {0, WAIT_MS * 1000000L};
    while (!atomic_load(&store->hearing_ends)) {
        bool hears = hear_once(store) != HEARD_FAILED;
        atomic_store(&store->hears, hears);
        for (int i = 0; !hears && i < PAUSES && !atomic_load(&store->hearing_ends); i++)
            nanosleep(&pause, NULL);
    }
    return NULL;
}

bool hearing_is_true(struct store *store)
{
    if (!store->engine->hear || store->read_only)
        return false;
    if (!atomic_exchange(&store->hearing_begun, true) &&
        pthread_create(&store->hearing, NULL, keep_listening, store) != 0)
        atomic_store(&store->hearing_begun, false);
    return atomic_load(&store->hears) && atomic_load(&store->asked) >= atomic_load(&store->wrote);
}

void hearing_end(struct store *store)
{
    atomic_store(&store->hearing_ends, true);
    if (atomic_load(&store->hearing_begun))
        pthread_join(store->hearing, NULL);
    db_close(&store->hearer);
}
