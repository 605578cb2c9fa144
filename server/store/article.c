/* Articles: found again, added, given a further version; stories refreshed when theirs change. */
#include "store/parts.h"

/* FNV over everything but ASCII white space: layout does not make another article. */
static int64_t digest_of(struct str text)
{
    uint64_t hash = str_hash((struct str){0});
    size_t from = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && !(text.p[i] == ' ' || (text.p[i] >= '\t' && text.p[i] <= '\r')))
            continue;
        hash = str_hash_more(hash, str_slice(text, from, i));
        from = i + 1;
    }
    return (int64_t)hash;
}

bool store_article_find(struct store *store, const struct store_article *article,
                        enum store_saved *how, int64_t *id, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    int64_t same = 0, version = 0;
    struct query q = query_begin(db, "SELECT v.article FROM article_versions v"
                                     " JOIN articles a ON a.id = v.article"
                                     " LEFT JOIN outlets o ON o.id = a.outlet"
                                     " WHERE v.digest = :digest AND v.current"
                                     " AND (o.name IS NULL OR :outlet IS NULL OR o.name = :outlet)"
                                     " ORDER BY v.article LIMIT 1");
    query_int(&q, ":digest", digest_of(article->text));
    query_str_opt(&q, ":outlet", article->outlet);
    if (query_step(&q))
        same = query_get_int(&q, 0);
    bool ok = query_end(&q, err);
    q = query_begin(db,
                    "SELECT id FROM articles WHERE url = :url AND url <> '' ORDER BY id LIMIT 1");
    query_str(&q, ":url", article->url);
    if (query_step(&q))
        version = query_get_int(&q, 0);
    ok = query_end(&q, err) && ok;
    store_read_end(store, db);
    if (ok) {
        *how = same ? SAVED_SAME : version ? SAVED_VERSION : SAVED_NEW;
        *id = same ? same : version;
    }
    return ok;
}

static bool outlet_save(struct db *db, const struct store_article *article, struct err *err)
{
    struct query q = query_begin(db, "INSERT INTO outlets (name, domain) SELECT :name, :domain"
                                     " WHERE :name <> '' ON CONFLICT (name) DO UPDATE"
                                     " SET domain = excluded.domain WHERE domain = ''");
    query_str(&q, ":name", article->outlet);
    query_str(&q, ":domain", article->domain);
    return query_do(&q, err);
}

static bool story_add(struct db *db, const struct store_article *article, int64_t *story,
                      struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(db, "INSERT INTO stories (title, sample, created, updated)"
                                     " VALUES (:title, :sample, :now, :now) RETURNING id");
    query_str(&q, ":title", article->title);
    query_int(&q, ":sample", article->sample);
    query_str(&q, ":now", stamp_str(&now));
    if (query_step(&q))
        *story = query_get_int(&q, 0);
    while (query_step(&q))
        ;
    return query_end(&q, err);
}

static void bind_article(struct query *q, const struct store_article *a)
{
    query_str(q, ":url", a->url);
    query_str(q, ":title", a->title);
    query_str(q, ":subtitle", a->subtitle);
    query_str(q, ":byline", a->byline);
    query_str(q, ":agency", a->agency);
    query_str(q, ":published", a->published);
    query_str(q, ":modified", a->modified);
    query_str(q, ":language", a->language);
    query_str(q, ":section", a->section);
    query_str(q, ":notice", a->notice);
    query_str(q, ":sources", a->sources.n ? a->sources : S("{}"));
    query_str(q, ":day", str_slice(a->published, 0, 10));
    query_str(q, ":outlet", a->outlet);
    query_blob(q, ":signature", a->signature);
}

static bool article_add(struct db *db, const struct store_article *article, int64_t story,
                        int64_t *id, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(
        db,
        "INSERT INTO articles (story, outlet, url, title, subtitle, byline, agency, published,"
        " modified, language, section, notice, sources, day, sample, signature, added) VALUES "
        "(:story,"
        " (SELECT id FROM outlets WHERE name = :outlet AND name <> ''), :url, :title, :subtitle,"
        " :byline, :agency, :published, :modified, :language, :section, :notice, :sources, :day,"
        " :sample, :signature, :now) RETURNING id");
    bind_article(&q, article);
    query_int(&q, ":story", story);
    query_int(&q, ":sample", article->sample);
    query_str(&q, ":now", stamp_str(&now));
    if (query_step(&q))
        *id = query_get_int(&q, 0);
    while (query_step(&q))
        ;
    return query_end(&q, err);
}

/* A further version: what the page says now replaces what it said; a day once known stays. */
static bool article_change(struct db *db, const struct store_article *article, struct err *err)
{
    struct query q = query_begin(
        db,
        "UPDATE articles SET url = iif(:url = '', url, :url), title = :title,"
        " subtitle = :subtitle, byline = :byline, agency = :agency,"
        " published = iif(:published = '', published, :published),"
        " day = iif(:published = '', day, :day), modified = :modified, language = :language,"
        " section = :section, notice = :notice, sources = :sources, signature = :signature,"
        " version = version + 1,"
        " outlet = ifnull((SELECT id FROM outlets WHERE name = :outlet AND name <> ''), outlet),"
        " reviewed = 0 WHERE id = :id");
    bind_article(&q, article);
    query_int(&q, ":id", article->id);
    return query_do(&q, err);
}

static bool version_save(struct db *db, int64_t id, const struct store_article *article,
                         struct err *err)
{
    int64_t before =
        db_number(db, "SELECT id FROM article_versions WHERE article = :id AND current", id, 0);
    struct stamp now = stamp_now();
    if (before && !search_article(db, before, false, err))
        return false;
    struct query q = query_begin(db, "UPDATE article_versions SET current = 0 WHERE article = :id");
    query_int(&q, ":id", id);
    if (!query_do(&q, err))
        return false;
    q = query_begin(db, "INSERT INTO article_versions (article, version, seen, title, text, digest,"
                        " current) SELECT id, version, :seen, :title, :text, :digest, 1"
                        " FROM articles WHERE id = :id");
    query_int(&q, ":id", id);
    query_str(&q, ":seen", stamp_str(&now));
    query_str(&q, ":title", article->title);
    query_str(&q, ":text", article->text);
    query_int(&q, ":digest", digest_of(article->text));
    return query_do(&q, err) &&
           search_article(db, sqlite3_last_insert_rowid(db->handle), true, err);
}

static bool keys_save(struct db *db, int64_t id, const struct store_article *article,
                      struct err *err)
{
    struct query q = query_begin(db, "DELETE FROM article_keys WHERE article = :id");
    query_int(&q, ":id", id);
    if (!query_do(&q, err))
        return false;
    q = query_begin(db, "INSERT OR IGNORE INTO article_keys (key, article) VALUES (:key, :id)");
    for (size_t i = 0; i < article->n_signature_keys; i++) {
        query_int(&q, ":id", id);
        query_int(&q, ":key", article->signature_keys[i]);
        query_again(&q);
    }
    return query_end(&q, err);
}

bool story_refresh(struct db *db, int64_t story, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(
        db, "UPDATE stories SET stale = stale + 1, updated = :now,"
            " articles = (SELECT count(*) FROM articles WHERE story = :id),"
            " first_day = (SELECT min(nullif(day, '')) FROM articles WHERE story = :id),"
            " last_day = (SELECT max(nullif(day, '')) FROM articles WHERE story = :id),"
            " sort = ifnull((SELECT max(day) FROM articles WHERE story = :id), ''),"
            " reviewed = ifnull((SELECT avg(reviewed) FROM articles WHERE story = :id), 0),"
            " title = iif(title <> '', title,"
            "  ifnull((SELECT title FROM articles WHERE story = :id ORDER BY day, id), ''))"
            " WHERE id = :id");
    query_int(&q, ":id", story);
    query_str(&q, ":now", stamp_str(&now));
    return query_do(&q, err);
}

static bool save(struct db *db, const struct store_article *article, int64_t *id, int64_t *story,
                 struct err *err)
{
    *id = article->id;
    *story = article->story;
    if (!outlet_save(db, article, err))
        return false;
    if (article->id) {
        *story = db_number(db, "SELECT story FROM articles WHERE id = :id", article->id, 0);
        if (!*story)
            return fail(err, ERR_MISSING, "there is no such article");
        if (!article_change(db, article, err))
            return false;
    } else {
        if (!*story && !story_add(db, article, story, err))
            return false;
        if (!article_add(db, article, *story, id, err))
            return false;
    }
    return version_save(db, *id, article, err) && keys_save(db, *id, article, err) &&
           story_refresh(db, *story, err);
}

bool store_article_save(struct store *store, const struct store_article *article, int64_t *id,
                        int64_t *story, struct err *err)
{
    int64_t new_id = 0, new_story = 0;
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    bool ok = save(db, article, &new_id, &new_story, err);
    if (!store_write_end(store, ok, CHANGED_CONTENT, err))
        return false;
    *id = new_id;
    *story = new_story;
    return true;
}

static bool candidates(struct db *db, struct arena *a, struct str keys,
                       struct store_candidates *out, struct err *err)
{
    size_t cap = 0;
    *out = (struct store_candidates){0};
    struct query q =
        query_begin(db, "SELECT a.story, a.signature FROM (SELECT k.article AS id, count(*) AS n"
                        " FROM article_keys k WHERE k.key IN (SELECT value FROM json_each(:keys))"
                        " GROUP BY k.article ORDER BY n DESC, k.article DESC LIMIT 300) c"
                        " JOIN articles a ON a.id = c.id WHERE a.signature IS NOT NULL");
    query_str(&q, ":keys", keys);
    while (query_step(&q)) {
        out->v = arena_grow(a, out->v, out->n, &cap, sizeof *out->v);
        out->v[out->n++] =
            (struct compare_candidate){query_get_int(&q, 0), query_get_str(&q, 1, a)};
    }
    return query_end(&q, err);
}

bool store_candidates(struct store *store, struct arena *a, const struct store_article *article,
                      struct store_candidates *out, struct err *err)
{
    struct buf keys = {0};
    struct json j = json_begin(&keys);
    json_array(&j);
    for (size_t i = 0; i < article->n_signature_keys; i++)
        json_int(&j, article->signature_keys[i]);
    json_end_array(&j);
    struct db *db = store_read_begin(store, 10 * READ_LIMIT_MS, err);
    bool ok = db && candidates(db, a, buf_str(&keys), out, err);
    if (db)
        store_read_end(store, db);
    buf_finish(&keys);
    return ok;
}

bool store_article_story(struct store *store, int64_t article, int64_t *story, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    int64_t found = db_number(db, "SELECT story FROM articles WHERE id = :id", article, 0);
    store_read_end(store, db);
    if (!found)
        return fail(err, ERR_MISSING, "there is no such article");
    *story = found;
    return true;
}
