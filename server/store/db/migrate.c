/* Schema steps: schema/NNN-name.sql, embedded, each applied once and in order. All pending steps
 * are one transaction, after a backup; what is newer or not ours is left untouched. */
#include "store/db/db.h"

/* Before the steps of schema/ there were six others, then four of which the second was another one;
 * no released version has made them. A store is marked with the number of its last step counted on
 * from these ten; what the sixth and the tenth left is what the first four steps make now but for
 * what `catch_up` adds. */
enum { UNFOLDED = 6, EARLIER = 10, FOLDED = 4 };

/* The new columns are filled by comparing the stories again. */
static const char catch_up[] =
    "ALTER TABLE issues ADD COLUMN sort TEXT NOT NULL DEFAULT 'proposal'"
    " CHECK (sort IN ('proposal', 'judgement', 'fact'));"
    "ALTER TABLE statement_positions ADD COLUMN confidence REAL NOT NULL DEFAULT 0;"
    "ALTER TABLE positions ADD COLUMN confidence REAL NOT NULL DEFAULT 0;"
    "UPDATE stories SET stale = stale + 1 WHERE articles > 0;";

static bool is_earlier(int64_t schema)
{
    return schema == UNFOLDED || schema == EARLIER;
}

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
    if (!store->engine->copy)
        return true;
    buf_fmt(&name, "%s.before-%03d", store->path, version + 1);
    bool ok = store->engine->copy(store->writer.link, name.p, err);
    buf_finish(&name);
    return ok;
}

static bool apply(struct db *db, const struct embedded *steps, int version, bool earlier,
                  struct err *err)
{
    struct buf sql = {0};
    bool ok = !earlier || db_run(db, catch_up, err);
    for (const struct embedded *step = steps; ok && step->key; step++) {
        if (step_number(step) <= version)
            continue;
        sql.n = 0;
        buf_add(&sql, step->bytes);
        buf_char(&sql, '\0');
        ok = db_run(db, sql.p, err);
    }
    buf_finish(&sql);
    return ok && db->engine->mark(db->link, EARLIER + newest_step(steps), err);
}

/* The last step that the store has; 0: none. */
static bool find_version(const struct engine_version *found, int newest, int *version,
                         struct err *err)
{
    *version = is_earlier(found->schema) ? FOLDED : (int)found->schema - EARLIER;
    if (found->empty)
        *version = 0;
    else if (!found->ours)
        return fail(err, ERR_UNSUPPORTED, "the file is not a synoptic store");
    else if (*version <= 0)
        return fail(err, ERR_UNSUPPORTED,
                    "the store is of an early development version (schema %d) that is not read any "
                    "more: import its articles into a new one",
                    (int)found->schema);
    if (*version > newest)
        return fail(err, ERR_UNSUPPORTED,
                    "the store was made by a newer synoptic (schema %d, this one knows %d)",
                    *version, newest);
    return true;
}

bool store_migrate(struct store *store, const struct embedded *steps, struct err *err)
{
    struct db *db = &store->writer;
    struct engine_version found = {0};
    int newest = newest_step(steps), version = 0;
    if (!db->engine->version(db->link, &found, err) || !find_version(&found, newest, &version, err))
        return false;
    if (found.schema == EARLIER + newest)
        return true;
    if (store->read_only)
        return fail(err, ERR_READ_ONLY, "the store must first be opened for writing once");
    if (!found.empty && !store->is_copy && !back_up(store, version, err))
        return false;
    bool earlier = !found.empty && is_earlier(found.schema);
    return db->engine->begin(db->link, SPAN_SCHEMA, err) &&
           db->engine->end(db->link, SPAN_SCHEMA, apply(db, steps, version, earlier, err), err);
}
