/* Comparisons that the program did not survive: one that takes long is noted while it runs, and a
 * story that was noted twice without an end is set aside. It may be what ends the program (memory,
 * a fault), and would at every start. */
#include "store/db/db.h"
#include "store/turns.h"

enum { LONG_MS = 2000 };

static bool add_deaths(struct db *db, const int64_t *stories, size_t n, int change, struct err *err)
{
    struct query q = query_begin(db, "UPDATE stories SET deaths = max(0, deaths + :change)"
                                     " WHERE id = :id");
    for (size_t i = 0; i < n; i++) {
        query_int(&q, ":id", stories[i]);
        query_int(&q, ":change", change);
        query_again(&q);
    }
    return query_end(&q, err);
}

void deaths_note(struct store *store, const int64_t *stories, size_t n, int change)
{
    struct db *db = n ? store_write_begin(store, NULL) : NULL;
    if (db)
        store_write_end(store, add_deaths(db, stories, n, change, NULL), CHANGED_NOTHING, NULL);
}

/* The others see by the use of that connection that this program lives (engine.h: gone). */
static void show_life(struct store *store)
{
    if (!store->engine->gone || store->read_only)
        return;
    struct db *db = store_claims_begin(store);
    db->engine->present(db->link, NULL);
    store_claims_end(store);
}

void store_note_long(struct store *store)
{
    int64_t stories[STORIES_AT_ONCE], now = monotonic_ms();
    size_t n = 0;
    pthread_mutex_lock(&store->comparing);
    for (size_t i = 0; i < STORIES_AT_ONCE; i++) {
        struct story_in_work *w = &store->in_work[i];
        if (!w->story || w->noted || now - w->since < LONG_MS)
            continue;
        w->noted = true;
        stories[n++] = w->story;
    }
    pthread_mutex_unlock(&store->comparing);
    deaths_note(store, stories, n, 1);
    show_life(store);
}

void deaths_forget(struct store *store, int64_t story)
{
    deaths_note(store, &story, 1, -1);
}

bool deaths_check(struct db *db, int64_t story, struct err *err)
{
    return db_number(db, "SELECT deaths FROM stories WHERE id = :id", story, 0) < MOST_DEATHS ||
           fail(err, ERR_TOO_LARGE,
                "comparing story %lld ended the program twice: it is set aside until it is read "
                "again",
                (long long)story);
}
