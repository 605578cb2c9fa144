/* Connections: addresses, settings, and coming back after one was lost. */
#include "store/postgres/link.h"

#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LOCK_OF_OPENING = -2, PATIENCE_MS = 10000, PAUSE_MS = 100 };

int64_t pg_lock_key(const struct engine_link *link, int64_t of)
{
    uint64_t hash = str_hash(str_of(link->schema));
    return (int64_t)(hash << 32 ^ (uint64_t)of);
}

/* ----------------------------------------------------------------------------------- addresses */

static bool is_plain(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!(name.p[i] == '_' || (name.p[i] >= 'a' && name.p[i] <= 'z') ||
              (i && name.p[i] >= '0' && name.p[i] <= '9')))
            return false;
    return name.n > 0 && name.n < SCHEMA_SIZE;
}

/* Takes "schema=NAME" out of the address's parameters. */
static bool read_address(struct engine_link *link, const char *where, struct err *err)
{
    struct buf plain = {0};
    struct str rest = str_of(where), part, schema = S("synoptic");
    str_split(&rest, '?', &part);
    buf_add(&plain, part);
    for (char mark = '?'; rest.n && str_split(&rest, '&', &part);) {
        if (str_starts(part, S("schema="))) {
            schema = str_slice(part, strlen("schema="), part.n);
            continue;
        }
        buf_char(&plain, mark);
        buf_add(&plain, part);
        mark = '&';
    }
    buf_char(&plain, 0);
    link->address = plain.p;
    snprintf(link->schema, sizeof link->schema, "%.*s", STR_ARG(schema));
    return is_plain(schema) || fail(err, ERR_USAGE,
                                    "the name of a store's schema is of small letters, digits and "
                                    "underscores");
}

/* --------------------------------------------------------------------------------- connections */

static void ignore(void *to, const char *text)
{
    (void)to;
    (void)text;
}

static struct pg_conn *connect_to(const struct engine_link *link)
{
    const char *session = pg_session(link);
    const char *const names[] = {"dbname",
                                 "fallback_application_name",
                                 "connect_timeout",
                                 "client_encoding",
                                 "gssencmode",
                                 session ? "target_session_attrs" : NULL,
                                 NULL};
    const char *const values[] = {link->address, "synoptic", "10", "UTF8",
                                  "disable",     session,    NULL};
    struct pg_conn *conn = link->pq->connect(names, values, 1);
    link->pq->notices(conn, ignore, NULL);
    return conn;
}

/* "... FATAL:  database "x" does not exist": the library tells no SQLSTATE of what fails before
 * there is a connection. */
static bool fail_connect(struct engine_link *link, struct err *err)
{
    static const struct {
        const char *says, *state;
    } known[] = {{"too many", "53300"},    {"remaining connection slots", "53300"},
                 {"starting up", "57P03"}, {"shutting down", "57P03"},
                 {"database \"", "3D000"}, {"authentication failed", "28P01"},
                 {"no password", "28P01"}, {"role \"", "28000"},
                 {"pg_hba.conf", "28000"}};
    const char *why = link->pq->error(link->conn);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strstr(why, known[i].says))
            return pg_fail(link, state_code(known[i].state), err);
    /* Of an address that it cannot read the library tells parts, perhaps the password. */
    if (strncmp(why, "connection to server", 20) != 0 &&
        strncmp(why, "could not translate", 19) != 0)
        return fail(err, ERR_USAGE,
                    "the address is none of PostgreSQL's (postgres://USER@HOST:PORT/DATABASE)");
    return fail(err, ERR_BUSY, "the database cannot be reached: %.*s", (int)strcspn(why, "\n"),
                why);
}

bool pg_writes(const struct engine_link *link)
{
    return link->access == ENGINE_WRITE || link->access == ENGINE_QUEUE;
}

/* What a write looks for it looks for by an index. The server would choose by the sizes of tables,
 * which it learns late: of a store that grows from nothing a plan made for ten rows reads whole
 * tables at ten thousand. */
static const char by_index[] =
    "; SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off;"
    " SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan";

/* Reads likewise look by index: what a text's index row takes to be unpacked no plan reckons with,
 * and several processes for one list cost more than they save. */
static const char by_index_too[] = "; SET enable_seqscan = off; SET random_page_cost = 1.1;"
                                   " SET max_parallel_workers_per_gather = 0;"
                                   " SET default_transaction_read_only = on";

static bool set_up(struct engine_link *link, struct err *err)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "SET search_path = %s, pg_catalog; SET timezone = 'UTC'; SET jit = off;"
             " SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0%s",
             link->schema, pg_writes(link) ? by_index : by_index_too);
    return pg_do(link, sql, err);
}

bool pg_connect(struct engine_link *link, struct err *err)
{
    if (link->conn)
        link->pq->finish(link->conn);
    link->connects++;
    link->sent = 0;
    link->caught_up = 0;
    link->conn = connect_to(link);
    return link->pq->status(link->conn) == PG_CONNECTION_OK ? set_up(link, err)
                                                            : fail_connect(link, err);
}

/* When a connection last waited in vain: the others of the program do not wait as long again. */
static _Atomic int64_t given_up;

/* A server that is started anew, or another one in its place, is waited for. */
bool pg_revive(struct engine_link *link, struct err *err)
{
    enum { SOON_MS = 3000 };
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    struct err why = {0};
    if (link->pq->status(link->conn) == PG_CONNECTION_OK)
        return true;
    int64_t vain = atomic_load(&given_up), now = pg_now_ms();
    int patience = vain && now - vain < SOON_MS ? PAUSE_MS : PATIENCE_MS;
    for (; pg_now_ms() < now + patience; nanosleep(&pause, NULL)) {
        if (pg_connect(link, &why)) {
            pg_claim_again(link);
            link->anew = pg_now_ms();
            return true;
        }
        if (why.kind != ERR_BUSY)
            break;
    }
    atomic_store(&given_up, pg_now_ms());
    return fail(err, why.kind, "%s", why.message);
}

/* Of several hosts one that takes writes is enough. */
bool pg_may_write(const char *where)
{
    struct engine_link *link = NULL;
    bool found = (strchr(where, ',') && pg_open(where, ENGINE_HEAR, &link, NULL)) ||
                 pg_open(where, ENGINE_READ, &link, NULL);
    bool reads =
        found && pg_number(link,
                           "SELECT (pg_is_in_recovery() OR EXISTS (SELECT 1 FROM pg_settings WHERE"
                           " name = 'default_transaction_read_only' AND reset_val = 'on'))::int",
                           0) == 1;
    pg_close(link);
    return !reads;
}

/* Passwords, services and certificates, as libpq looks for them when it connects anew. */
void pg_places(struct arena *a, const char *where, struct store_places *out)
{
    const char *home = getenv("HOME"), *password = getenv("PGPASSFILE");
    size_t n = 0;
    (void)where;
    if (password)
        out->readable[n++] = password;
    if (!home)
        return;
    if (!password)
        out->readable[n++] = arena_fmt(a, "%s/.pgpass", home).p;
    out->readable[n++] = arena_fmt(a, "%s/.pg_service.conf", home).p;
    out->readable[n++] = arena_fmt(a, "%s/.postgresql", home).p;
}

/* Whoever opens a store for writing may have to make it: one after the other. */
static bool begin_opening(struct engine_link *link, struct err *err)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT pg_advisory_lock(%lld)",
             (long long)pg_lock_key(link, LOCK_OF_OPENING));
    link->opening = true;
    return pg_do(link, sql, err);
}

static bool has_schema(struct engine_link *link)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT (to_regnamespace('%s') IS NOT NULL)::int", link->schema);
    return pg_number(link, sql, 0) == 1;
}

static bool make_schema(struct engine_link *link, struct err *err)
{
    char sql[128];
    snprintf(sql, sizeof sql, "CREATE SCHEMA %s", link->schema);
    return has_schema(link) || pg_do(link, sql, err);
}

bool pg_open(const char *where, enum engine_access access, struct engine_link **out,
             struct err *err)
{
    struct engine_link *link = needed(calloc(1, sizeof *link));
    link->access = access;
    bool ok =
        (link->pq = libpq_load(err)) && read_address(link, where, err) && pg_connect(link, err);
    if (ok && access == ENGINE_WRITE)
        ok = begin_opening(link, err) && make_schema(link, err);
    if (ok && access == ENGINE_LOOK && !has_schema(link))
        ok = fail(err, ERR_MISSING, "there is no store to read there");
    if (!ok) {
        pg_close(link);
        return false;
    }
    *out = link;
    return true;
}

bool pg_settle(struct engine_link *link, bool *left, struct err *err)
{
    char sql[96];
    snprintf(sql, sizeof sql, "SELECT pg_advisory_unlock(%lld)",
             (long long)pg_lock_key(link, LOCK_OF_OPENING));
    *left = false;
    bool ok = !link->opening || (pg_add_functions(link, err) &&
                                 pg_do(link, "SELECT counters_catch_up(), tell_of_writes()", err) &&
                                 pg_do(link, sql, err));
    link->opening = false;
    return ok;
}

/* The server looks after its files itself. */
bool pg_look(struct engine_link *link, struct err *err)
{
    (void)link;
    (void)err;
    return true;
}

/* A connection that was lost is made anew by what is begun next, or that fails; that of the queue
 * tells the server that its program lives. */
bool pg_present(struct engine_link *link, struct err *err)
{
    if (link->access != ENGINE_QUEUE)
        return true;
    return (pg_revive(link, err) && pg_do(link, "SELECT 1", err)) || pg_revive(link, err);
}

void pg_close(struct engine_link *link)
{
    if (!link)
        return;
    if (link->pq && link->conn)
        link->pq->finish(link->conn);
    free(link->claims);
    free(link->address);
    free(link);
}

void pg_limit(struct engine_link *link, int64_t until)
{
    atomic_store(&link->until, until);
}
