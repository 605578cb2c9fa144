/* What everybody who has the store open must agree on: revisions, ids of statements, who compares
 * which story. The store itself holds them. Where no other program can write (engine.one_writer)
 * this one works on copies in memory; else it asks. */
#include "store/db/db.h"
#include "store/turns.h"

#include <time.h>

/* -------------------------------------------------------------------------------------- revisions
 */

bool shared_read_revision(struct db *db, struct store_revision *out)
{
    struct query q = query_begin(db, "SELECT (SELECT value FROM state WHERE name = 'revision'),"
                                     " (SELECT value FROM state WHERE name = 'imports'),"
                                     " (SELECT value FROM state WHERE name = 'watches')");
    bool found = query_step(&q);
    if (found)
        *out =
            (struct store_revision){(uint64_t)query_get_int(&q, 0), (uint64_t)query_get_int(&q, 1),
                                    (uint64_t)query_get_int(&q, 2)};
    return query_end(&q, NULL) && found;
}

struct store_revision shared_revision(struct db *db)
{
    struct store_revision now = {1, 1, 1};
    shared_read_revision(db, &now);
    return now;
}

static void raise_to(atomic_uint_fast64_t *known, uint64_t now, bool anew)
{
    uint_fast64_t was = atomic_load(known);
    while ((anew || was < now) && !atomic_compare_exchange_weak(known, &was, now))
        ;
}

void shared_remember(struct store *store, struct store_revision now, bool anew)
{
    raise_to(&store->content, now.content, anew);
    raise_to(&store->imports, now.imports, anew);
    raise_to(&store->watches, now.watches, anew);
}

/* What was written before is seen by the answer. */
static void ask_revision(struct store *store)
{
    struct store_revision now;
    uint64_t wrote = atomic_load(&store->wrote);
    bool hears = atomic_load(&store->hears);
    struct db *db = store_read_begin(store, READ_LIMIT_MS, NULL);
    if (!db)
        return;
    if (shared_read_revision(db, &now)) {
        shared_remember(store, now, !hears);
        raise_to(&store->asked, wrote, false);
    }
    store_read_end(store, db);
}

struct store_revision store_revision(struct store *store)
{
    if (store->shared && !hearing_is_true(store))
        ask_revision(store);
    return (struct store_revision){atomic_load(&store->content), atomic_load(&store->imports),
                                   atomic_load(&store->watches)};
}

/* --------------------------------------------------------------------------- ids of statements */

/* So many are reserved at once: a write for each comparison would cost more than the ids. */
enum { BLOCK = 1024 };

/* The last of `n` more ids, which are ours once the transaction stands. */
static bool reserve(struct db *db, int64_t n, int64_t *last, struct err *err)
{
    struct query q = query_begin(db, "UPDATE state SET value = value + :n WHERE name = 'statement'"
                                     " RETURNING value");
    query_int(&q, ":n", n);
    return query_id(&q, last, err);
}

int64_t shared_statement_id(struct db *db)
{
    int64_t id = 0;
    return reserve(db, 1, &id, NULL) ? id : 0;
}

static bool reserve_block(struct store *store, int64_t n, int64_t *last, struct err *err)
{
    struct db *db = store_write_begin(store, err);
    return db && store_write_end(store, reserve(db, n, last, err), CHANGED_NOTHING, err);
}

/* For the thread that holds store->counting. What is left of the block before is let go. */
static bool refill(struct store *store, int64_t n, struct err *err)
{
    int64_t last = 0, wanted = n > BLOCK ? n : BLOCK;
    if (store->end_id - store->next_id >= n)
        return true;
    if (!reserve_block(store, wanted, &last, err))
        return false;
    store->next_id = last - wanted + 1;
    store->end_id = last + 1;
    return true;
}

/* A batch may still be taken back, and its ids with it: it keeps none for others. */
bool store_statement_ids(struct store *store, size_t n, int64_t *first, struct err *err)
{
    int64_t last = 0;
    if (store_in_batch(store)) {
        if (!reserve_block(store, (int64_t)n, &last, err))
            return false;
        *first = last - (int64_t)n + 1;
        return true;
    }
    pthread_mutex_lock(&store->counting);
    bool ok = refill(store, (int64_t)n, err);
    if (ok) {
        *first = store->next_id;
        store->next_id += (int64_t)n;
    }
    pthread_mutex_unlock(&store->counting);
    return ok;
}

/* Ids that were given out by an earlier program, which noted them only now and then, count too. */
static bool raise_statement_id(struct db *db, struct err *err)
{
    return db_run(db,
                  "UPDATE state SET value = n.value FROM (SELECT coalesce(max(m.id), 0) AS value"
                  " FROM (SELECT max(id) AS id FROM statements UNION ALL SELECT max(target_id)"
                  "  FROM decisions WHERE target = 'statement') m) n"
                  " WHERE name = 'statement' AND state.value < n.value",
                  err);
}

bool shared_open(struct store *store, struct err *err)
{
    shared_remember(store, shared_revision(&store->writer), true);
    return store->read_only || raise_statement_id(&store->writer, err);
}

void shared_close(struct store *store)
{
    if (store->read_only || store->next_id == store->end_id)
        return;
    struct db *db = store_write_begin(store, NULL);
    if (!db)
        return;
    struct query q = query_begin(db, "UPDATE state SET value = :next - 1"
                                     " WHERE name = 'statement' AND value = :end - 1");
    query_int(&q, ":next", store->next_id);
    query_int(&q, ":end", store->end_id);
    store_write_end(store, query_do(&q, NULL), CHANGED_NOTHING, NULL);
}

void store_statement_ids_back(struct store *store)
{
    pthread_mutex_lock(&store->counting);
    shared_close(store);
    store->next_id = store->end_id = 0;
    pthread_mutex_unlock(&store->counting);
}

/* -------------------------------------------------------------------------- stories in work */

/* A place among those in work that holds `story` (0: a free one), or NULL. */
static struct story_in_work *place_of(struct store *store, int64_t story)
{
    for (size_t i = 0; i < STORIES_AT_ONCE; i++)
        if (store->in_work[i].story == story)
            return &store->in_work[i];
    return NULL;
}

/* Among programs. */
static bool claim(struct store *store, int64_t story, bool take)
{
    if (!store->engine->claim)
        return true;
    struct db *db = store_claims_begin(store);
    bool ours = store->engine->claim(db->link, story, take);
    store_claims_end(store);
    return ours;
}

bool store_claim_role(struct store *store, enum store_role role, bool take)
{
    return store->read_only ? !take : claim(store, -(int64_t)role, take);
}

/* Another program has it. A connection of its own waits, so that nothing else does. */
static void wait_for(struct store *store, int64_t story)
{
    enum { A_WHILE_MS = 500 };
    const struct timespec pause = {0, 20000000};
    pthread_mutex_lock(&store->waiting);
    bool waits =
        store->engine->wait && (store->waiter.link || db_open(&store->waiter, ENGINE_HEAR, NULL));
    if (waits)
        store->engine->wait(store->waiter.link, story, A_WHILE_MS);
    pthread_mutex_unlock(&store->waiting);
    if (!waits)
        nanosleep(&pause, NULL);
}

void store_story_lock(struct store *store, int64_t story)
{
    struct story_in_work *place;
    pthread_mutex_lock(&store->comparing);
    while (place_of(store, story) || !(place = place_of(store, 0)))
        pthread_cond_wait(&store->compared, &store->comparing);
    *place = (struct story_in_work){.story = story, .since = monotonic_ms()};
    pthread_mutex_unlock(&store->comparing);
    while (!claim(store, story, true))
        wait_for(store, story);
}

static void leave(struct store *store, int64_t story)
{
    pthread_mutex_lock(&store->comparing);
    struct story_in_work *place = place_of(store, story);
    if (place)
        *place = (struct story_in_work){0};
    pthread_cond_broadcast(&store->compared);
    pthread_mutex_unlock(&store->comparing);
}

bool store_story_try(struct store *store, int64_t story)
{
    pthread_mutex_lock(&store->comparing);
    struct story_in_work *place = place_of(store, story) ? NULL : place_of(store, 0);
    if (place)
        *place = (struct story_in_work){.story = story, .since = monotonic_ms()};
    pthread_mutex_unlock(&store->comparing);
    if (place && claim(store, story, true))
        return true;
    if (place)
        leave(store, story);
    return false;
}

void store_story_unlock(struct store *store, int64_t story)
{
    claim(store, story, false);
    pthread_mutex_lock(&store->comparing);
    struct story_in_work *place = place_of(store, story);
    bool noted = place && place->noted;
    if (place)
        *place = (struct story_in_work){0};
    pthread_cond_broadcast(&store->compared);
    pthread_mutex_unlock(&store->comparing);
    if (noted)
        deaths_forget(store, story);
}
