/* Originals and addresses: see original.h. */
#include "store/original.h"

#include "base/pack.h"
#include "store/story/story.h"

static bool original_save(struct db *db, int64_t article, const struct store_original *o,
                          struct str packed, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(
        db,
        "INSERT INTO originals (article, version, url, content_type, page_type,"
        " title, outlet, published, fetched, size, bytes) SELECT id, version, :url,"
        " :content_type, coalesce(:page_type, 'auto'), :title, :outlet, :published, :now, :size,"
        " :bytes FROM articles WHERE id = :id ON CONFLICT DO NOTHING");
    query_int(&q, ":id", article);
    query_str(&q, ":url", o->url);
    query_str(&q, ":content_type", o->content_type);
    query_str_opt(&q, ":page_type", o->page_type);
    query_str(&q, ":title", o->title);
    query_str(&q, ":outlet", o->outlet);
    query_str(&q, ":published", o->published);
    query_str(&q, ":now", stamp_str(&now));
    query_int(&q, ":size", (int64_t)o->bytes.n);
    query_blob(&q, ":bytes", packed);
    return query_do(&q, err);
}

static bool present_text(struct db *db, struct arena *a, int64_t article, struct str *text,
                         struct err *err)
{
    struct query q =
        query_begin(db, "SELECT text FROM article_versions WHERE article = :id AND current");
    query_int(&q, ":id", article);
    if (query_step(&q))
        *text = query_get_str(&q, 0, a);
    return query_end(&q, err);
}

/* In the words of the article's text where it is hardly more than that. Pages stand alone. */
static struct str pack(struct arena *a, struct str bytes, struct str text)
{
    struct str alone = bytes_pack(a, bytes), like = bytes_pack_like(a, bytes, text);
    return like.n < alone.n / 2 ? like : alone;
}

bool original_keep(struct db *db, struct arena *a, int64_t article, struct str *bytes,
                   struct err *err)
{
    struct str packed = {0}, text = {0};
    int64_t size = 0;
    struct query q = query_begin(db, "SELECT o.bytes, o.size FROM originals o JOIN articles a"
                                     " ON a.id = o.article AND a.version = o.version"
                                     " WHERE a.id = :id");
    query_int(&q, ":id", article);
    if (query_step(&q)) {
        packed = query_get_str(&q, 0, a);
        size = query_get_int(&q, 1);
    }
    *bytes = (struct str){0};
    if (!query_end(&q, err) || !bytes_packed_like(packed))
        return true;
    return present_text(db, a, article, &text, err) &&
           (bytes_unpack_like(a, packed, (size_t)size, text, bytes) ||
            fail(err, ERR_IO, "the kept bytes are damaged"));
}

bool original_again(struct db *db, int64_t article, struct str bytes, struct str text,
                    struct err *err)
{
    struct arena a = {0};
    if (bytes.n == 0)
        return true;
    struct query q =
        query_begin(db, "UPDATE originals SET bytes = :bytes WHERE article = :id"
                        " AND version = (SELECT version FROM articles WHERE id = :id)");
    query_int(&q, ":id", article);
    query_blob(&q, ":bytes", pack(&a, bytes, text));
    bool ok = query_do(&q, err);
    arena_finish(&a);
    return ok;
}

/* Packed before the writer is taken: others write meanwhile. */
bool store_original_save(struct store *store, int64_t article,
                         const struct store_original *original, struct err *err)
{
    struct arena a = {0};
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    bool kept = db_number(db,
                          "SELECT 1 FROM originals o JOIN articles a ON a.id = o.article"
                          " AND a.version = o.version WHERE a.id = :id",
                          article, 0) != 0;
    struct str text = {0};
    bool read = kept || present_text(db, &a, article, &text, err);
    store_read_end(store, db);
    if (kept || !read) {
        arena_finish(&a);
        return kept;
    }
    struct str packed = pack(&a, original->bytes, text);
    db = store_write_begin(store, err);
    bool ok = db && original_save(db, article, original, packed, err);
    ok = db && store_write_end(store, ok, CHANGED_CONTENT, err);
    arena_finish(&a);
    return ok;
}

bool store_original_load(struct store *store, struct arena *a, struct store_version version,
                         struct store_original *out, struct err *err)
{
    struct store_original got = {0};
    struct str packed = {0}, text = {0};
    int64_t size = 0;
    struct db *db = store_read_begin(store, 10 * READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db, "SELECT o.url, o.content_type, o.page_type, o.title, o.outlet, o.published, o.bytes,"
            " o.size, v.text FROM originals o JOIN article_versions v ON v.article = o.article"
            "  AND v.version = o.version WHERE o.article = :id AND o.version = coalesce(:version,"
            " (SELECT version FROM articles WHERE id = :id))");
    query_int(&q, ":id", version.article);
    query_int_opt(&q, ":version", version.number);
    bool found = query_step(&q);
    if (found) {
        struct str *const fields[] = {&got.url,    &got.content_type, &got.page_type, &got.title,
                                      &got.outlet, &got.published,    &packed};
        for (int i = 0; i < 7; i++)
            *fields[i] = query_get_str(&q, i, a);
        size = query_get_int(&q, 7);
        text = query_get_str(&q, 8, a);
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    if (!ok)
        return false;
    if (!found)
        return fail(err, ERR_MISSING, "the bytes of this version were not kept");
    if (!bytes_unpack_like(a, packed, (size_t)size, text, &got.bytes))
        return fail(err, ERR_IO, "the kept bytes are damaged");
    *out = got;
    return true;
}

bool store_address_save(struct store *store, int64_t article, const struct store_address *address,
                        struct err *err)
{
    struct stamp now = stamp_now();
    if (address->key.n == 0)
        return true;
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db, "INSERT INTO article_addresses (key, article, url, view, seen) VALUES (:key, :article,"
            " :url, :view, :now) ON CONFLICT (key) DO UPDATE SET seen = :now, url = excluded.url,"
            " view = excluded.view WHERE article = excluded.article");
    query_str(&q, ":key", address->key);
    query_int(&q, ":article", article);
    query_str(&q, ":url", address->url);
    query_str(&q, ":view", address->view);
    query_str(&q, ":now", stamp_str(&now));
    return store_write_end(store, query_do(&q, err), CHANGED_CONTENT, err);
}

bool store_address_find(struct store *store, struct str key, int64_t *article, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q =
        query_begin(db, "SELECT d.article FROM article_addresses d JOIN articles a"
                        " ON a.id = d.article WHERE d.key = :key AND :key <> '' AND a.story > 0");
    query_str(&q, ":key", key);
    int64_t found = query_step(&q) ? query_get_int(&q, 0) : 0;
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    if (ok)
        *article = found;
    return ok;
}

bool store_article_load(struct store *store, struct arena *a, int64_t article,
                        struct store_article *out, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db, "SELECT a.story, a.version, a.url, a.title, a.subtitle, o.name, o.domain, a.byline,"
            " a.agency, a.published, a.modified, a.language, a.section, a.notice, checked(v.text, "
            "v.digest),"
            " a.sources, a.sample"
            " FROM articles a LEFT JOIN outlets o ON o.id = a.outlet"
            " JOIN article_versions v ON v.article = a.id AND v.current WHERE a.id = :id");
    query_int(&q, ":id", article);
    bool found = query_step(&q);
    if (found) {
        struct store_article x = {.id = article,
                                  .story = query_get_int(&q, 0),
                                  .version = (int32_t)query_get_int(&q, 1),
                                  .sample = query_get_int(&q, 16) != 0};
        struct str *const fields[] = {&x.url,     &x.title,  &x.subtitle,  &x.outlet,   &x.domain,
                                      &x.byline,  &x.agency, &x.published, &x.modified, &x.language,
                                      &x.section, &x.notice, &x.text,      &x.sources};
        for (int i = 0; i < 14; i++)
            *fields[i] = query_get_str(&q, i + 2, a);
        *out = x;
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok && (found || fail(err, ERR_MISSING, "there is no such article"));
}
