/* One connection: prepared statements kept by their literal, parameters bound by name, the first
 * failure kept until the end. */
#include "store/db/db.h"

#include "base/log.h"

/* Failures that are no engine's (its codes are above 0): the connection is full, a name is unknown.
 */
enum { NO_ROOM = -2, NO_NAME = -3 };

bool db_open(struct db *db, enum engine_access access, struct err *err)
{
    db->engine = db->store->engine;
    return db->engine->open(db->store->path, access, &db->link, err);
}

void db_close(struct db *db)
{
    struct store *store = db->store;
    for (size_t i = 0; i < STATEMENT_SLOTS; i++)
        if (db->slots[i].statement)
            db->engine->finish(db->slots[i].statement);
    if (db->link)
        db->engine->close(db->link);
    *db = (struct db){.store = store};
}

void db_limit(struct db *db, int limit_ms)
{
    db->engine->limit(db->link, limit_ms ? monotonic_ms() + limit_ms : 0);
}

bool db_run(struct db *db, const char *sql, struct err *err)
{
    return db->engine->run(db->link, sql, err);
}

static bool fail_code(struct query *q, struct err *err)
{
    struct err why = {0};
    if (q->code == NO_ROOM)
        return fail(err, ERR_INTERNAL, "the store failed: more than %d literals on a connection",
                    STATEMENT_SLOTS);
    if (q->code == NO_NAME)
        return fail(err, ERR_INTERNAL, "the store failed: a query has no parameter %s", q->unknown);
    q->db->engine->fail(q->db->link, q->code, &why);
    if (why.kind == ERR_TIMEOUT)
        atomic_fetch_add(&q->db->store->timeouts, 1);
    return fail(err, why.kind, "%s", why.message);
}

/* The literal's address is the key: the same literal is the same statement. */
static struct engine_statement *prepared(struct db *db, const char *sql, int *code)
{
    size_t slot = ((uintptr_t)sql >> 4) * UINT64_C(0x9e3779b97f4a7c15) % STATEMENT_SLOTS;
    for (size_t probes = 0; probes < STATEMENT_SLOTS; probes++) {
        if (db->slots[slot].sql == sql)
            return db->slots[slot].statement;
        if (!db->slots[slot].sql) {
            *code = db->engine->prepare(db->link, sql, &db->slots[slot].statement);
            db->slots[slot].sql = *code ? NULL : sql;
            return db->slots[slot].statement;
        }
        slot = (slot + 1) % STATEMENT_SLOTS;
    }
    *code = NO_ROOM;
    return NULL;
}

struct query query_begin(struct db *db, const char *sql)
{
    struct query q = {.db = db, .sql = sql, .began = db->store->slow_ms ? monotonic_ms() : 0};
    q.statement = prepared(db, sql, &q.code);
    return q;
}

/* ------------------------------------------------------------------------------------- binding */

bool query_has(struct query *q, const char *name)
{
    return q->statement && q->db->engine->parameter(q->statement, name) > 0;
}

static void bind(struct query *q, const char *name, const struct engine_value *value)
{
    if (!q->statement)
        return;
    int at = q->db->engine->parameter(q->statement, name);
    if (at > 0) {
        q->db->engine->bind(q->statement, at, value);
    } else if (!q->code) {
        q->code = NO_NAME;
        q->unknown = name;
    }
}

void query_int(struct query *q, const char *name, int64_t value)
{
    bind(q, name, &(struct engine_value){.type = ENGINE_INT, .integer = value});
}

void query_int_opt(struct query *q, const char *name, int64_t value)
{
    bind(q, name,
         &(struct engine_value){
             .type = value ? ENGINE_INT : ENGINE_NULL, .meant = ENGINE_INT, .integer = value});
}

void query_real(struct query *q, const char *name, double value)
{
    bind(q, name, &(struct engine_value){.type = ENGINE_REAL, .real = value});
}

void query_str(struct query *q, const char *name, struct str value)
{
    bind(q, name, &(struct engine_value){.type = ENGINE_TEXT, .text = value});
}

void query_str_opt(struct query *q, const char *name, struct str value)
{
    bind(q, name,
         &(struct engine_value){
             .type = value.n ? ENGINE_TEXT : ENGINE_NULL, .meant = ENGINE_TEXT, .text = value});
}

void query_blob(struct query *q, const char *name, struct str value)
{
    bind(q, name,
         &(struct engine_value){
             .type = value.n ? ENGINE_BLOB : ENGINE_NULL, .meant = ENGINE_BLOB, .text = value});
}

/* ------------------------------------------------------------------------------------- running */

bool query_step(struct query *q)
{
    if (!q->statement || q->code)
        return false;
    int code = q->db->engine->step(q->statement);
    if (code != ENGINE_ROW)
        q->code = code;
    return code == ENGINE_ROW;
}

static void log_if_slow(const struct query *q)
{
    unsigned slow = q->db->store->slow_ms;
    int64_t ms = slow ? monotonic_ms() - q->began : 0;
    if (!slow || ms < slow)
        return;
    struct log l = log_begin(LOG_WARNING, "slow_query", S("a query took long"));
    log_int(&l, "ms", ms);
    log_str(&l, "sql", str_of(q->sql));
    log_end(&l);
}

bool query_end(struct query *q, struct err *err)
{
    log_if_slow(q);
    if (q->statement)
        q->db->engine->reset(q->statement, true);
    return !q->code || fail_code(q, err);
}

bool query_do(struct query *q, struct err *err)
{
    while (query_step(q))
        ;
    return query_end(q, err);
}

bool query_id(struct query *q, int64_t *id, struct err *err)
{
    int64_t first = query_step(q) ? query_get_int(q, 0) : *id;
    if (!query_do(q, err))
        return false;
    *id = first;
    return true;
}

void query_again(struct query *q)
{
    while (query_step(q))
        ;
    if (q->statement)
        q->db->engine->reset(q->statement, false);
}

int64_t query_get_int(struct query *q, int column)
{
    return q->db->engine->column(q->statement, column, ENGINE_INT).integer;
}

double query_get_real(struct query *q, int column)
{
    return q->db->engine->column(q->statement, column, ENGINE_REAL).real;
}

struct str query_peek_str(struct query *q, int column)
{
    return q->db->engine->column(q->statement, column, ENGINE_TEXT).text;
}

struct str query_get_str(struct query *q, int column, struct arena *a)
{
    return arena_str(a, query_peek_str(q, column));
}

bool query_is_null(struct query *q, int column)
{
    return q->db->engine->column(q->statement, column, ENGINE_NULL).type == ENGINE_NULL;
}

int64_t db_number(struct db *db, const char *sql, int64_t id, int64_t otherwise)
{
    struct query q = query_begin(db, sql);
    if (query_has(&q, ":id"))
        query_int(&q, ":id", id);
    int64_t value = query_step(&q) ? query_get_int(&q, 0) : otherwise;
    return query_end(&q, NULL) ? value : otherwise;
}
