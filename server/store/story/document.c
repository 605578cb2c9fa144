/* The comparison of a story as it is kept, and the document written again from it.
 *
 * Kept are the bytes of compare/kept.h, compressed: a fortieth of the document. Older stores have
 * documents finished, until their stories are compared again. */
#include "store/story/saving.h"

#include "base/pack.h"
#include "compare/kept.h"

void prepare_document(struct saving *s)
{
    struct str bytes = compare_keep(&s->arena, s->c);
    s->kept = (struct saved_document){bytes.n, bytes_pack(&s->arena, bytes)};
}

bool save_document(struct saving *s)
{
    struct query q =
        query_begin(s->db, "INSERT INTO comparisons (story, size, document, kept)"
                           " VALUES (:story, :size, :document, 1)"
                           " ON CONFLICT (story) DO UPDATE SET size = excluded.size,"
                           " document = excluded.document, kept = 1, utf16_size = NULL,"
                           " utf16 = NULL");
    query_int(&q, ":story", s->story->id);
    query_int(&q, ":size", (int64_t)s->kept.size);
    query_blob(&q, ":document", s->kept.packed);
    return query_do(&q, s->err);
}

/* ------------------------------------------------------------------------------------- reading */

struct reading {
    struct db *db;
    struct arena *a;
};

/* The text may be that of an earlier version: the comparison is then about to be made anew. */
static bool find_text(void *context, int64_t article, uint64_t hash, struct str *text,
                      struct err *err)
{
    struct reading *r = context;
    bool found = false;
    struct query q = query_begin(r->db, "SELECT text FROM article_versions WHERE article = :article"
                                        " ORDER BY version DESC");
    query_int(&q, ":article", article);
    while (!found && query_step(&q)) {
        found = str_hash(query_peek_str(&q, 0)) == hash;
        if (found)
            *text = query_get_str(&q, 0, r->a);
    }
    return query_end(&q, err) &&
           (found || fail(err, ERR_BUSY,
                          "a text of this story is another than when it was compared: it is being "
                          "compared again, or the store is damaged"));
}

static bool write_kept(struct reading *r, struct str bytes, struct compare_form form,
                       struct json *j, struct err *err)
{
    struct compare_texts texts = {find_text, r};
    struct comparison comparison;
    if (!compare_kept(r->a, bytes, &texts, &comparison, err))
        return false;
    compare_write_as(&comparison, form, j);
    return true;
}

static bool fail_damaged(struct err *err)
{
    return fail(err, ERR_IO,
                "the kept comparison is damaged: read the story again, or restore a backup");
}

static bool read_document(struct reading *r, int64_t story, struct compare_form form,
                          struct buf *out, struct err *err)
{
    struct str packed = {0}, bytes = {0};
    int64_t size = 0;
    bool kept = false;
    struct query q = query_begin(
        r->db, "SELECT CASE WHEN :utf16 THEN coalesce(c.utf16, c.document) ELSE c.document END,"
               " CASE WHEN :utf16 THEN coalesce(c.utf16_size, c.size) ELSE c.size END, c.kept"
               " FROM comparisons c JOIN stories s ON s.id = c.story"
               " WHERE c.story = :id AND s.articles > 0");
    query_int(&q, ":utf16", form.unit == OFFSET_UTF16);
    query_int(&q, ":id", story);
    bool found = query_step(&q);
    if (found) {
        packed = query_get_str(&q, 0, r->a);
        size = query_get_int(&q, 1);
        kept = query_get_int(&q, 2);
    }
    if (!query_end(&q, err))
        return false;
    if (!found)
        return fail(err, ERR_MISSING, "there is no such story");
    if (!bytes_unpack(r->a, packed, (size_t)size, &bytes, NULL))
        return fail_damaged(err);
    struct json j = json_begin(out);
    if (kept)
        return write_kept(r, bytes, form, &j, err);
    buf_add(out, bytes);
    return true;
}

bool store_comparison(struct store *store, int64_t story, struct compare_form form, struct buf *out,
                      struct err *err)
{
    struct arena a = {0};
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    bool ok = read_document(&(struct reading){db, &a}, story, form, out, err);
    store_read_end(store, db);
    arena_finish(&a);
    return ok;
}
