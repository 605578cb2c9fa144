/* Schema steps: schema/NNN-name.sql, embedded, each applied once and in order. All pending steps
 * are one transaction, after a backup; what is newer or not ours is left untouched. */
#include "store/db/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "001-core.sql" is 1. */
static int step_number(const struct embedded *step)
{
    uint64_t number = 0;
    return str_to_u64((struct str){step->key, 3}, &number) ? (int)number : 0;
}

static int newest_step(const struct embedded *steps)
{
    int newest = 0;
    for (; steps->key; steps++)
        newest = step_number(steps) > newest ? step_number(steps) : newest;
    return newest;
}

bool store_copy(struct db *db, const char *to, struct err *err)
{
    struct buf part = {0};
    buf_fmt(&part, "%s.part", to);
    unlink(part.p);
    struct query q = query_begin(db, "VACUUM INTO :to");
    query_str(&q, ":to", (struct str){part.p, part.n});
    bool ok = query_do(&q, err);
    if (ok && rename(part.p, to) != 0)
        ok = fail(err, ERR_IO, "the copy could not be put in its place");
    if (!ok)
        unlink(part.p);
    buf_finish(&part);
    return ok;
}

static bool back_up(struct store *store, int version, struct err *err)
{
    struct buf name = {0};
    buf_fmt(&name, "%s.before-%03d", store->path, version + 1);
    bool ok = store_copy(&store->writer, name.p, err);
    buf_finish(&name);
    return ok;
}

static bool apply(struct db *db, const struct embedded *steps, int version, struct err *err)
{
    struct buf sql = {0};
    bool ok = true;
    for (const struct embedded *step = steps; ok && step->key; step++) {
        if (step_number(step) <= version)
            continue;
        sql.n = 0;
        buf_add(&sql, step->bytes);
        buf_fmt(&sql, "\nPRAGMA user_version = %d;", step_number(step));
        buf_char(&sql, '\0');
        ok = db_run(db, sql.p, err);
    }
    buf_finish(&sql);
    return ok;
}

/* What stands in the header, and whether there is anything behind it. */
struct header {
    int64_t application, version, tables;
};

static bool read_header(struct db *db, struct header *out, struct err *err)
{
    struct query q = query_begin(db, "SELECT (SELECT application_id FROM pragma_application_id),"
                                     " (SELECT user_version FROM pragma_user_version),"
                                     " (SELECT count(*) FROM sqlite_schema)");
    if (query_step(&q))
        *out = (struct header){query_get_int(&q, 0), query_get_int(&q, 1), query_get_int(&q, 2)};
    int code = q.code & 0xff;
    if (query_end(&q, err))
        return true;
    return code == SQLITE_NOTADB ? fail(err, ERR_UNSUPPORTED, "the file is not a synoptic store")
                                 : false;
}

/* A new file need not survive a power cut before anything is in it: waiting for the disk at each
 * step would take longer than all the rest of the start. */
static const char new_file[] = "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;";

bool store_migrate(struct store *store, const struct embedded *steps, struct err *err)
{
    struct db *db = &store->writer;
    struct header head = {0};
    int newest = newest_step(steps);
    if (!read_header(db, &head, err))
        return false;
    bool fresh = head.tables == 0 && head.application == 0 && head.version == 0;
    if (!fresh && head.application != STORE_APPLICATION_ID)
        return fail(err, ERR_UNSUPPORTED, "the file is not a synoptic store");
    if (head.version > newest)
        return fail(err, ERR_UNSUPPORTED,
                    "the store was made by a newer synoptic (schema %d, this one knows %d)",
                    (int)head.version, newest);
    if (!fresh && head.version == newest)
        return true;
    if (store->read_only)
        return fail(err, ERR_READ_ONLY, "the store must first be opened for writing once");
    if (fresh ? !db_run(db, new_file, err) : !back_up(store, (int)head.version, err))
        return false;
    if (!db_run(db, "BEGIN IMMEDIATE", err))
        return false;
    struct buf mark = {0};
    buf_fmt(&mark, "PRAGMA application_id = %d", STORE_APPLICATION_ID);
    bool ok = db_run(db, mark.p, err) && apply(db, steps, (int)head.version, err) &&
              db_run(db, "COMMIT", err);
    buf_finish(&mark);
    if (!ok)
        db_run(db, "ROLLBACK", NULL);
    return ok;
}
