/* The store as a whole: what it says of itself, the functions it calls, copies, sizes. */
#include "store/postgres/link.h"

#include "assets/assets.h"

#include <stdio.h>
#include <string.h>

/* One row; made with the first table. */
static const char marks[] =
    "CREATE TABLE IF NOT EXISTS engine_marks (one int PRIMARY KEY CHECK (one = 1),"
    " version bigint NOT NULL DEFAULT 0, functions bigint NOT NULL DEFAULT 0);"
    "INSERT INTO engine_marks (one) VALUES (1) ON CONFLICT DO NOTHING";

static struct str functions(void)
{
    return asset_find(assets_files, S("postgres/functions.sql"))->bytes;
}

static bool has_marks(struct engine_link *link)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT (to_regclass('%s.engine_marks') IS NOT NULL)::int",
             link->schema);
    return pg_number(link, sql, 0) == 1;
}

bool pg_add_functions(struct engine_link *link, struct err *err)
{
    char sql[128];
    int64_t hash = (int64_t)(str_hash(functions()) >> 1);
    if (!pg_do(link, marks, err))
        return false;
    if (pg_number(link, "SELECT functions FROM engine_marks", 0) == hash)
        return true;
    snprintf(sql, sizeof sql, "UPDATE engine_marks SET functions = %lld", (long long)hash);
    return pg_do(link, functions().p, err) && pg_do(link, sql, err);
}

bool pg_version(struct engine_link *link, struct engine_version *out, struct err *err)
{
    char sql[160];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('%s')",
             link->schema);
    bool ours = has_marks(link);
    int64_t tables = pg_number(link, sql, -1);
    if (tables < 0)
        return pg_fail(link, 0, err);
    *out = (struct engine_version){.ours = ours, .empty = tables == 0};
    if (ours)
        out->schema = pg_number(link, "SELECT version FROM engine_marks", 0);
    return true;
}

bool pg_mark(struct engine_link *link, int64_t schema, struct err *err)
{
    char sql[96];
    snprintf(sql, sizeof sql, "UPDATE engine_marks SET version = %d", (int)schema);
    return pg_do(link, sql, err);
}

/* References are kept by the server; what it was told not to check is looked at. */
bool pg_verify(struct engine_link *link, struct buf *findings, struct err *err)
{
    int64_t n = pg_number(link,
                          "SELECT count(*) FROM pg_constraint WHERE NOT convalidated"
                          " AND connamespace = current_schema()::regnamespace",
                          -1);
    if (n < 0)
        return pg_fail(link, 0, err);
    if (n)
        buf_fmt(findings, "%lld constraints were never checked\n", (long long)n);
    return true;
}

void pg_size(const char *where, int64_t *bytes, int64_t *log_bytes)
{
    struct engine_link *link = NULL;
    *bytes = *log_bytes = 0;
    if (pg_open(where, ENGINE_READ, &link, NULL))
        *bytes = pg_number(link,
                           "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class"
                           " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
                           0);
    pg_close(link);
}
