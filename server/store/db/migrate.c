/* Schema steps: schema/NNN-name.sql, embedded, each applied once and in order. All pending steps
 * are one transaction, after a backup; what is newer or not ours is left untouched. */
#include "store/db/db.h"

/* "001-articles.sql" is 1. */
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

static bool back_up(struct store *store, int version, struct err *err)
{
    struct buf name = {0};
    buf_fmt(&name, "%s.before-%03d", store->path, version + 1);
    bool ok = store->engine->copy(store->writer.link, name.p, err);
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
        buf_char(&sql, '\0');
        ok = db_run(db, sql.p, err) && db->engine->mark(db->link, step_number(step), err);
    }
    buf_finish(&sql);
    return ok;
}

bool store_migrate(struct store *store, const struct embedded *steps, struct err *err)
{
    struct db *db = &store->writer;
    struct engine_version found = {0};
    int newest = newest_step(steps);
    if (!db->engine->version(db->link, &found, err))
        return false;
    if (!found.empty && !found.ours)
        return fail(err, ERR_UNSUPPORTED, "the file is not a synoptic store");
    if (found.schema > newest)
        return fail(err, ERR_UNSUPPORTED,
                    "the store was made by a newer synoptic (schema %d, this one knows %d)",
                    (int)found.schema, newest);
    if (!found.empty && found.schema == newest)
        return true;
    if (store->read_only)
        return fail(err, ERR_READ_ONLY, "the store must first be opened for writing once");
    if (!found.empty && !back_up(store, (int)found.schema, err))
        return false;
    return db->engine->begin(db->link, SPAN_SCHEMA, err) &&
           db->engine->end(db->link, SPAN_SCHEMA, apply(db, steps, (int)found.schema, err), err);
}
