/* Sending and waiting, transactions, and the locks between programs.
 *
 * A write transaction takes the store's write lock: what the store does in one rests on nobody else
 * writing meanwhile, as it is with SQLite. Programs take turns; what they do outside of a write
 * (fetching, reading, comparing, taking items off the queue) they do side by side. */
#include "store/postgres/link.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LOCK_OF_WRITES = -1 };

int64_t pg_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void stop(struct engine_link *link)
{
    char why[256];
    struct pg_cancel *cancel = link->pq->cancel_of(link->conn);
    if (cancel)
        link->pq->cancel(cancel, why, sizeof why);
    link->pq->cancel_free(cancel);
}

/* Waits for the answer; what takes longer than allowed is told to stop, once. */
static void await(struct engine_link *link)
{
    enum { LOOK_MS = 200 };
    bool stopped = false;
    while (link->pq->is_busy(link->conn)) {
        struct pollfd wait = {.fd = link->pq->socket(link->conn), .events = POLLIN};
        int64_t until = atomic_load(&link->until), left = until - pg_now_ms();
        if (until && left <= 0 && !stopped) {
            stopped = true;
            stop(link);
        }
        poll(&wait, 1, until && !stopped && left < LOOK_MS ? (left > 0 ? (int)left : 0) : LOOK_MS);
        if ((wait.revents || stopped) && !link->pq->consume(link->conn))
            return;
    }
}

static bool is_good(enum pg_status status)
{
    return status == PG_COMMAND_OK || status == PG_TUPLES_OK || status == PG_EMPTY;
}

static void note_result(struct engine_link *link, const struct pg_result *result)
{
    const char *state = link->pq->result_field(result, PG_FIELD_STATE);
    pg_failed(link, state ? state : "08006",
              state ? link->pq->result_field(result, 'M') : link->pq->result_error(result));
}

struct pg_result *pg_answer(struct engine_link *link)
{
    struct pg_result *last = NULL, *next;
    bool ok = true;
    while (await(link), (next = link->pq->result(link->conn))) {
        if (ok && !is_good(link->pq->result_status(next))) {
            ok = false;
            note_result(link, next);
        }
        if (last)
            link->pq->clear(last);
        last = next;
    }
    if (!last)
        pg_failed(link, "08006", link->pq->error(link->conn));
    if (last && !ok) {
        link->pq->clear(last);
        last = NULL;
    }
    return last;
}

/* Of a pipeline: statements behind the first failure were passed over. What was to be prepared in
 * it may not be. */
static bool drain_all(struct engine_link *link)
{
    bool ok = link->pq->sync(link->conn) == 1, synced = false;
    for (int nothing = 0; ok && !synced && nothing < 2;) {
        await(link);
        struct pg_result *result = link->pq->result(link->conn);
        nothing = result ? 0 : nothing + 1;
        if (!result)
            continue;
        enum pg_status status = link->pq->result_status(result);
        synced = status == PG_SYNCED;
        if (!synced && !is_good(status) && status != PG_PASSED_OVER)
            note_result(link, result);
        link->pq->clear(result);
    }
    if (!synced)
        pg_failed(link, "08006", link->pq->error(link->conn));
    return synced && link->code == 0;
}

bool pg_drain(struct engine_link *link)
{
    if (!link->sent)
        return true;
    link->code = 0;
    link->sent = 0;
    bool ok = drain_all(link);
    link->pq->pipeline_end(link->conn);
    link->connects += !ok;
    return ok;
}

bool pg_do(struct engine_link *link, const char *sql, struct err *err)
{
    struct pg_result *result = NULL;
    if (pg_drain(link))
        link->code = 0;
    if (link->pq->send(link->conn, sql))
        result = pg_answer(link);
    else
        pg_failed(link, "08006", link->pq->error(link->conn));
    if (!result)
        return pg_fail(link, 0, err);
    link->pq->clear(result);
    return true;
}

int64_t pg_number(struct engine_link *link, const char *sql, int64_t otherwise)
{
    struct pg_result *result = NULL;
    long long number = otherwise;
    if (pg_drain(link))
        link->code = 0;
    if (link->pq->send(link->conn, sql))
        result = pg_answer(link);
    if (result && link->pq->rows(result) && !link->pq->is_null(result, 0, 0))
        sscanf(link->pq->value(result, 0, 0), "%lld", &number);
    if (result)
        link->pq->clear(result);
    return number;
}

bool pg_run(struct engine_link *link, const char *sql, struct err *err)
{
    struct arena a = {0};
    bool ok = pg_do(link, dialect_script(&a, str_of(sql)).p, err);
    arena_finish(&a);
    return ok;
}

/* -------------------------------------------------------------------------------- transactions */

static bool begin_write(struct engine_link *link, const char *settings, struct err *err)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "BEGIN; SET LOCAL lock_timeout = '30s'; %s; SELECT pg_advisory_xact_lock(%lld)",
             settings, (long long)pg_lock_key(link, LOCK_OF_WRITES));
    return pg_do(link, sql, err);
}

/* A power cut may take what is not durable, but never half of it. */
static bool begin(struct engine_link *link, enum engine_span span, struct err *err)
{
    switch (span) {
    case SPAN_READ:
        return pg_do(link, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
    case SPAN_WRITE:
        return begin_write(link, "SET LOCAL synchronous_commit = off", err);
    case SPAN_QUEUE:
        return pg_do(
            link, "BEGIN; SET LOCAL lock_timeout = '30s'; SET LOCAL synchronous_commit = off", err);
    case SPAN_DURABLE:
        return begin_write(link, "", err);
    case SPAN_SCHEMA:
        return begin_write(link, "", err) && pg_add_functions(link, err);
    case SPAN_PART:
        return pg_do(link, "SAVEPOINT part", err);
    }
    return false;
}

/* A connection that was lost is noticed by what is sent first. */
bool pg_begin(struct engine_link *link, enum engine_span span, struct err *err)
{
    struct err why = {0};
    if (span == SPAN_PART)
        return begin(link, span, err);
    if (!pg_revive(link, err) || (span == SPAN_READ && !pg_catch_up(link, err)))
        return false;
    link->writes = false;
    bool ok = begin(link, span, &why);
    if (!ok && link->pq->status(link->conn) != PG_CONNECTION_OK)
        ok = pg_revive(link, &why) && begin(link, span, &why);
    link->writes = ok && span != SPAN_READ;
    if (ok)
        return true;
    pg_do(link, "ROLLBACK", NULL);
    return fail(err, why.kind, "%s", why.message);
}

/* The answer to COMMIT of a transaction in which something failed is ROLLBACK, not a failure. */
static bool commit(struct engine_link *link, struct err *err)
{
    if (pg_drain(link) && link->pq->transaction(link->conn) == PG_IN_TRANSACTION)
        return pg_commit(link, err);
    return pg_fail(link, 0, err);
}

static bool end_part(struct engine_link *link, bool keep, struct err *err)
{
    if (keep && pg_do(link, "RELEASE part", err))
        return true;
    pg_do(link, "ROLLBACK TO part", NULL);
    pg_do(link, "RELEASE part", NULL);
    return false;
}

bool pg_end(struct engine_link *link, enum engine_span span, bool keep, struct err *err)
{
    if (span == SPAN_PART)
        return end_part(link, keep, err);
    bool kept = keep && commit(link, err);
    link->writes = false;
    pg_drain(link);
    if (!kept && link->pq->transaction(link->conn) != PG_IDLE)
        pg_do(link, "ROLLBACK", NULL);
    return kept;
}

static bool lock(struct engine_link *link, int64_t key, bool take)
{
    char sql[96];
    snprintf(sql, sizeof sql, "SELECT %s(%lld)::int",
             take ? "pg_try_advisory_lock" : "pg_advisory_unlock",
             (long long)pg_lock_key(link, key));
    return pg_number(link, sql, 0) == 1;
}

static void remember(struct engine_link *link, int64_t key)
{
    link->claims = needed(realloc(link->claims, (link->n_claims + 1) * sizeof *link->claims));
    link->claims[link->n_claims++] = key;
}

static void forget(struct engine_link *link, int64_t key)
{
    for (size_t i = 0; i < link->n_claims; i++)
        if (link->claims[i] == key) {
            link->claims[i] = link->claims[--link->n_claims];
            return;
        }
}

/* Locks of the session: they are let go with the connection, whatever ends the program. What is
 * given back is not claimed again with the next one, even if it was lost with this one. */
bool pg_claim(struct engine_link *link, int64_t story, bool take)
{
    if (!take)
        forget(link, story);
    if (!pg_revive(link, NULL) || !lock(link, story, take))
        return false;
    if (take)
        remember(link, story);
    return true;
}

/* Those who wait hinder each other no more than readers do. */
void pg_wait(struct engine_link *link, int64_t story, int ms)
{
    char sql[192];
    long long key = (long long)pg_lock_key(link, story);
    snprintf(sql, sizeof sql,
             "SET lock_timeout = %d; SELECT pg_advisory_lock_shared(%lld);"
             " SELECT pg_advisory_unlock_shared(%lld)",
             ms, key, key);
    if (pg_revive(link, NULL))
        pg_do(link, sql, NULL);
}

/* The session that has the lock says when it was last used, by the server's clock. One that was not
 * for so long is ended: whatever its program still sends fails. */
static void end_silent(struct engine_link *link, int64_t key, int seconds)
{
    char sql[400];
    snprintf(sql, sizeof sql,
             "SELECT count(pg_terminate_backend(a.pid)) FROM pg_locks l JOIN pg_stat_activity a"
             " ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
             " AND l.classid::bigint = (%lld >> 32) & 4294967295"
             " AND l.objid::bigint = %lld & 4294967295 AND a.state LIKE 'idle%%'"
             " AND clock_timestamp() - a.state_change > %d * interval '1 second'",
             (long long)key, (long long)key, seconds);
    pg_number(link, sql, 0);
}

/* After a fail-over the others have their locks again a moment later. */
bool pg_gone(struct engine_link *link, int64_t worker, int seconds)
{
    enum { A_MOMENT_MS = 15000 };
    if (link->anew && pg_now_ms() - link->anew < A_MOMENT_MS)
        return false;
    end_silent(link, pg_lock_key(link, -worker), seconds);
    return lock(link, -worker, true) && lock(link, -worker, false);
}

void pg_claim_again(struct engine_link *link)
{
    for (size_t i = 0; i < link->n_claims; i++)
        lock(link, link->claims[i], true);
}
