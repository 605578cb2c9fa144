/* Several hosts, of which one takes writes and the others follow it, and word of writes.
 *
 * Writers look for the primary. Readers go to a standby where there is one; it may be behind. What
 * this program wrote its readers must see: after a commit the place in the server's log of writes
 * is noted, and a reader whose host has not come to it yet waits a moment for it, then reads from
 * the primary for a while. A place counts for all stores of this program: those on one server are
 * meant; with two servers a reader may go to the primary without need. */
#include "store/postgres/link.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PATIENCE_MS = 100, PAUSE_MS = 5, WHILE_MS = 5000 };

static _Atomic int64_t written;

bool pg_several_hosts(const struct engine_link *link)
{
    return strchr(link->address, ',') != NULL;
}

const char *pg_session(const struct engine_link *link)
{
    if (!pg_several_hosts(link))
        return NULL;
    bool reads = link->access == ENGINE_READ || link->access == ENGINE_LOOK;
    return reads && !link->primary_until ? "prefer-standby" : reads ? "primary" : "read-write";
}

static void note_place(int64_t at)
{
    int64_t was = atomic_load(&written);
    while (was < at && !atomic_compare_exchange_weak(&written, &was, at))
        ;
}

bool pg_commit(struct engine_link *link, struct err *err)
{
    if (!pg_writes(link) || !pg_several_hosts(link))
        return pg_do(link, "COMMIT", err);
    int64_t at =
        pg_number(link, "COMMIT; SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint", -1);
    if (at < 0)
        return pg_fail(link, 0, err);
    note_place(at);
    return true;
}

/* To where its host has come; a primary is always there. */
static int64_t place_of(struct engine_link *link)
{
    return pg_number(link,
                     "SELECT CASE WHEN pg_is_in_recovery()"
                     " THEN (pg_last_wal_replay_lsn() - '0/0')::bigint END",
                     INT64_MAX);
}

static bool comes_to(struct engine_link *link, int64_t place)
{
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    for (int waited = 0; waited <= PATIENCE_MS; waited += PAUSE_MS) {
        link->caught_up = place_of(link);
        if (link->caught_up >= place)
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

bool pg_catch_up(struct engine_link *link, struct err *err)
{
    int64_t place = atomic_load(&written);
    if (!pg_several_hosts(link) || pg_writes(link) || link->access == ENGINE_HEAR)
        return true;
    if (link->primary_until && pg_now_ms() > link->primary_until) {
        link->primary_until = 0;
        if (!pg_connect(link, err))
            return false;
    }
    if (link->caught_up >= place || comes_to(link, place))
        return true;
    link->primary_until = pg_now_ms() + WHILE_MS;
    if (!pg_connect(link, err))
        return false;
    link->caught_up = INT64_MAX;
    return true;
}

/* -------------------------------------------------------------------------------- word of writes
 */

static bool listen_anew(struct engine_link *link)
{
    char sql[128];
    snprintf(sql, sizeof sql, "LISTEN synoptic_%s", link->schema);
    if (link->pq->status(link->conn) != PG_CONNECTION_OK && !pg_connect(link, NULL))
        return false;
    if (!pg_do(link, sql, NULL))
        return false;
    link->listens = link->connects;
    return true;
}

/* Takes all the words there are. */
static bool any_word(struct engine_link *link)
{
    bool any = false;
    for (struct pg_word *word; (word = link->pq->word(link->conn)) != NULL; any = true)
        link->pq->free(word);
    return any;
}

enum engine_heard pg_hear(struct engine_link *link, int ms)
{
    struct pollfd wait = {.fd = link->pq->socket(link->conn), .events = POLLIN};
    bool sound = link->pq->status(link->conn) == PG_CONNECTION_OK;
    if (!sound || link->listens != link->connects)
        return listen_anew(link) ? HEARD_ANEW : HEARD_FAILED;
    if (any_word(link))
        return HEARD_CHANGE;
    poll(&wait, 1, ms);
    if (wait.revents && !link->pq->consume(link->conn))
        return HEARD_FAILED;
    return any_word(link) ? HEARD_CHANGE : HEARD_NOTHING;
}
