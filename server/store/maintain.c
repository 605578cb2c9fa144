/* Looking after the file: counters, verification, copies, putting a copy back. */
#include "store/db/db.h"

#include "base/pack.h"

#include <unistd.h>

bool store_is_well(struct store *store, int64_t *queued, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    bool ok = store->engine->present(store->writer.link, err) &&
              (!atomic_load(&store->damaged) ||
               fail(err, ERR_IO, "the store's file is damaged: restore a backup"));
    *queued = db_number(
        db,
        "SELECT (SELECT count(*) FROM import_items WHERE status = 'queued' AND fetched = 0)"
        " + (SELECT count(*) FROM import_items WHERE status = 'queued' AND fetched = 1)",
        0, 0);
    store_read_end(store, db);
    return ok;
}

bool store_count(struct store *store, struct store_counters *out, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db, "SELECT (SELECT count(*) FROM stories WHERE articles > 0), (SELECT count(*) FROM "
            "articles WHERE story > 0),"
            " (SELECT count(*) FROM statements), (SELECT count(*) FROM actors WHERE stories > 0),"
            " (SELECT count(*) FROM decisions),"
            " (SELECT count(*) FROM import_items WHERE status = 'queued' AND fetched = 0)"
            "  + (SELECT count(*) FROM import_items WHERE status = 'queued' AND fetched = 1),"
            " (SELECT count(*) FROM watches)");
    if (query_step(&q))
        *out = (struct store_counters){.stories = query_get_int(&q, 0),
                                       .articles = query_get_int(&q, 1),
                                       .statements = query_get_int(&q, 2),
                                       .actors = query_get_int(&q, 3),
                                       .decisions = query_get_int(&q, 4),
                                       .queued = query_get_int(&q, 5),
                                       .watches = query_get_int(&q, 6)};
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    out->reads = atomic_load(&store->reads);
    out->writes = atomic_load(&store->writes);
    out->timeouts = atomic_load(&store->timeouts);
    store->engine->size(store->path, &out->file_bytes, &out->wal_bytes);
    return ok;
}

/* Texts and documents that are not what was stored. */
static bool find_turned(struct db *db, struct buf *out, struct err *err)
{
    struct query q = query_begin(db, "SELECT article, text, digest FROM article_versions");
    while (query_step(&q))
        if (engine_text_digest(query_peek_str(&q, 1)) != query_get_int(&q, 2))
            buf_fmt(out, "the text of article %lld is not what was stored\n",
                    (long long)query_get_int(&q, 0));
    if (!query_end(&q, err))
        return false;
    struct arena a = {0};
    q = query_begin(db, "SELECT story, document, size FROM comparisons");
    while (query_step(&q)) {
        struct str document;
        arena_reset(&a);
        if (!bytes_unpack(&a, query_peek_str(&q, 1), (size_t)query_get_int(&q, 2), &document, NULL))
            buf_fmt(out, "the comparison of story %lld is not what was stored\n",
                    (long long)query_get_int(&q, 0));
    }
    arena_finish(&a);
    return query_end(&q, err);
}

/* Each check yields one line a finding. */
static bool findings_of(struct db *db, struct buf *out, struct err *err)
{
    static const char *const checks[] = {
        "SELECT 'article ' || id || ' has no current text' FROM articles a WHERE NOT EXISTS"
        " (SELECT 1 FROM article_versions v WHERE v.article = a.id AND v.current) LIMIT 100",
        "SELECT 'story ' || id || ' counts ' || articles || ' articles' FROM stories s WHERE "
        "articles <>"
        " (SELECT count(*) FROM articles a WHERE a.story = s.id) AND s.id > 0 LIMIT 100",
        "SELECT 'statement ' || st.id || ' does not stand where it should in article ' || "
        "st.article"
        " FROM statements st JOIN article_versions v ON v.article = st.article AND v.current"
        " JOIN stories s ON s.id = st.story AND s.stale = 0"
        " WHERE st.context = '' AND CASE WHEN st.content_list IS NULL THEN st.kept_words <> ''"
        "  OR st.start + st.length > length(v.text) ELSE instr(st.kept_words, substr(v.text,"
        "  json_extract(st.content, '$[0][0]') + 1, json_extract(st.content, '$[0][1]')"
        "  - json_extract(st.content, '$[0][0]'))) <> 1 END LIMIT 100",
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        struct query q = query_begin(db, checks[i]);
        while (query_step(&q)) {
            buf_add(out, query_peek_str(&q, 0));
            buf_char(out, '\n');
        }
        if (!query_end(&q, err))
            return false;
    }
    return true;
}

bool store_verify(struct store *store, struct arena *a, struct str *findings, struct err *err)
{
    struct buf out = {0};
    struct db *db = store_read_begin(store, 0, err);
    if (!db)
        return false;
    bool ok = store->engine->verify(db->link, &out, err) && findings_of(db, &out, err) &&
              find_turned(db, &out, err);
    store_read_end(store, db);
    if (ok)
        *findings = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return ok;
}

bool store_accept(const char *path, struct err *err)
{
    const struct engine *engine = engine_for(path);
    return !engine->accept || engine->accept(path, err);
}

#define NO_COPIES                                                                                  \
    "a store on a database server is copied and put back by that server's own means (%s)"

bool store_backup(struct store *store, const char *to, struct err *err)
{
    if (!store->engine->copy)
        return fail(err, ERR_UNSUPPORTED, NO_COPIES, "pg_dump");
    if (access(to, F_OK) == 0)
        return fail(err, ERR_CONFLICT, "there is a file of that name already");
    struct db db = {.store = store};
    enum engine_access access = store->read_only ? ENGINE_LOOK : ENGINE_READ;
    bool ok = db_open(&db, access, err) && store->engine->copy(db.link, to, err);
    db_close(&db);
    return ok;
}

/* Brings the copy of a backup up to date, and looks at all of it. */
static bool make_ready(const char *copy, struct err *err)
{
    struct store *store = NULL;
    struct arena a = {0};
    struct str findings = {0};
    struct store_options options = {.path = copy, .readers = 1, .is_copy = true};
    if (!store_open(&options, &store, err))
        return false;
    bool ok = store_verify(store, &a, &findings, err);
    if (ok && findings.n)
        ok = fail(err, ERR_IO, "the backup is damaged and was not restored");
    store_close(store);
    arena_finish(&a);
    return ok;
}

bool store_restore(const char *backup, const char *path, struct err *err)
{
    const struct engine *engine = engine_for(path);
    if (!engine->restore)
        return fail(err, ERR_UNSUPPORTED, NO_COPIES, "pg_restore");
    return engine->restore(backup, path, make_ready, err);
}
