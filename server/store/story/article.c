/* Articles: found again, added, given a further version; stories refreshed when theirs change. */
#include "store/head/head.h"
#include "store/list/fragments.h"
#include "store/original.h"
#include "store/story/story.h"

#include "base/json.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>

bool store_article_find(struct store *store, const struct store_article *article,
                        enum store_saved *how, int64_t *id, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    int64_t same = 0, version = 0, outlet = 0;
    bool ok = outlet_find(db, article->outlet, &outlet, err);
    struct query q = query_begin(db, "SELECT v.article FROM article_versions v"
                                     " JOIN articles a ON a.id = v.article"
                                     " WHERE v.digest = :digest AND v.current AND a.story > 0"
                                     " AND (a.outlet IS NULL OR :named IS NULL OR a.outlet ="
                                     "  (SELECT coalesce(o.part_of, o.id) FROM outlets o"
                                     "   WHERE o.id = :outlet))"
                                     " ORDER BY v.article LIMIT 1");
    query_int(&q, ":digest", engine_text_digest(article->text));
    query_str_opt(&q, ":named", article->outlet);
    query_int(&q, ":outlet", outlet);
    if (query_step(&q))
        same = query_get_int(&q, 0);
    ok = query_end(&q, err) && ok;
    q = query_begin(db, "SELECT id FROM articles WHERE url = :url AND url <> '' AND story > 0"
                        " ORDER BY id LIMIT 1");
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

static bool story_add(struct db *db, const struct store_article *article, int64_t *story,
                      struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(db, "INSERT INTO stories (title, sample, created, updated)"
                                     " VALUES (:title, :sample, :now, :now) RETURNING id");
    query_str(&q, ":title", article->title);
    query_int(&q, ":sample", article->sample);
    query_str(&q, ":now", stamp_str(&now));
    return query_id(&q, story, err);
}

static void bind_article(struct query *q, const struct store_article *a)
{
    query_str(q, ":subtitle", a->subtitle);
    query_str(q, ":agency", a->agency);
    query_str(q, ":modified", a->modified);
    query_str(q, ":language", a->language);
    query_str(q, ":section", a->section);
    query_str(q, ":notice", a->notice);
    query_str(q, ":sources", a->sources.n ? a->sources : S("{}"));
    query_blob(q, ":signature", a->signature);
}

static bool article_add(struct db *db, const struct store_article *article, int64_t story,
                        int64_t *id, struct err *err)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(
        db, "INSERT INTO articles (story, subtitle, agency, modified, language, section, notice,"
            " sources, sample, signature, added) VALUES (:story, :subtitle, :agency, :modified,"
            " :language, :section, :notice, :sources, :sample, :signature, :now) RETURNING id");
    bind_article(&q, article);
    query_int(&q, ":story", story);
    query_int(&q, ":sample", article->sample);
    query_str(&q, ":now", stamp_str(&now));
    return query_id(&q, id, err);
}

/* What persons decided of an article's head outranks what its page says later. */
static bool head_take(struct db *db, int64_t id, const struct store_article *article,
                      struct err *err)
{
    struct head head = {article->title, article->published, article->url, article->byline, 0};
    return outlet_put(db, article->outlet, article->domain, &head.outlet, err) &&
           head_change(db, id, &head, err);
}

/* What the page says now replaces what it said. `further`: a version more, which nobody has been
 * through yet. */
static bool article_change(struct db *db, const struct store_article *article, bool further,
                           struct err *err)
{
    struct query q = query_begin(
        db, "UPDATE articles SET subtitle = :subtitle, agency = :agency, modified = :modified,"
            " language = :language, section = :section, notice = :notice, sources = :sources,"
            " signature = :signature, version = version + :further,"
            " reviewed = CASE WHEN :further THEN 0 ELSE reviewed END WHERE id = :id");
    bind_article(&q, article);
    query_int(&q, ":id", article->id);
    query_int(&q, ":further", further);
    return query_do(&q, err) && head_take(db, article->id, article, err);
}

/* What the present version says, for the day when the next one is held against it. */
static bool statements_remember(struct db *db, int64_t id, struct err *err)
{
    struct query q = query_begin(
        db, "INSERT INTO version_statements (article, version, statement, speaker,"
            " speaker_name, words) SELECT a.id, a.version, st.id, st.speaker,"
            " coalesce((SELECT x.name FROM actors x WHERE x.key = st.speaker), ''),"
            " " STATEMENT_WORDS " FROM articles a JOIN statements st ON st.article = a.id"
            " WHERE a.id = :id AND st.status <> 'rejected'"
            " ON CONFLICT (article, version, statement) DO UPDATE SET speaker = excluded.speaker,"
            " speaker_name = excluded.speaker_name, words = excluded.words");
    query_int(&q, ":id", id);
    return query_do(&q, err);
}

/* Puts the text into the search index or, before it changes, takes it out. */
static bool index_text(struct db *db, int64_t version, bool add, struct err *err)
{
    struct engine_rows rows = {ROWS_OF_ARTICLES, &version, 1};
    return db->engine->index(db->link, &rows, add, err);
}

/* The spans of the article's statements are of the text that is there: before it changes, rows get
 * the words of their own. */
static bool words_keep(struct db *db, int64_t article, struct err *err)
{
    struct query q = query_begin(db, "UPDATE statement_rows SET kept_words = (SELECT w.words FROM"
                                     " statement_words w WHERE w.id = statement_rows.id)"
                                     " WHERE article = :id AND kept_words = ''");
    query_int(&q, ":id", article);
    return query_do(&q, err);
}

static bool version_save(struct db *db, int64_t id, const struct store_article *article,
                         struct err *err)
{
    int64_t before =
        db_number(db, "SELECT id FROM article_versions WHERE article = :id AND current", id, 0);
    struct stamp now = stamp_now();
    if (before && (!index_text(db, before, false, err) || !words_keep(db, id, err)))
        return false;
    struct query q = query_begin(db, "UPDATE article_versions SET current = 0 WHERE article = :id");
    query_int(&q, ":id", id);
    if (!query_do(&q, err))
        return false;
    q = query_begin(db, "INSERT INTO article_versions (article, version, seen, title, text, digest,"
                        " current) SELECT id, version, :seen, :title, :text, :digest, 1"
                        " FROM articles WHERE id = :id RETURNING id");
    query_int(&q, ":id", id);
    query_str(&q, ":seen", stamp_str(&now));
    query_str(&q, ":title", article->title);
    query_str(&q, ":text", article->text);
    query_int(&q, ":digest", engine_text_digest(article->text));
    int64_t version = 0;
    return query_id(&q, &version, err) && index_text(db, version, true, err);
}

enum { KEYS = 16 }; /* of an article */

/* Before its signature changes, which tells its keys: an index of them by article would be as large
 * as they are. */
static bool keys_forget(struct db *db, int64_t id, struct err *err)
{
    uint32_t keys[KEYS];
    size_t n = 0;
    struct query q = query_begin(db, "SELECT signature FROM articles WHERE id = :id");
    query_int(&q, ":id", id);
    if (query_step(&q))
        n = compare_signature_keys(query_peek_str(&q, 0), keys, KEYS);
    if (!query_end(&q, err))
        return false;
    q = query_begin(db, "DELETE FROM article_keys WHERE key = :key AND article = :id");
    for (size_t i = 0; i < n; i++) {
        query_int(&q, ":id", id);
        query_int(&q, ":key", keys[i]);
        query_again(&q);
    }
    return query_end(&q, err);
}

static bool keys_save(struct db *db, int64_t id, const struct store_article *article,
                      struct err *err)
{
    struct query q = query_begin(db, "INSERT INTO article_keys (key, article) VALUES (:key, :id)"
                                     " ON CONFLICT DO NOTHING");
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
            " sort = coalesce((SELECT max(day) FROM articles WHERE story = :id), ''),"
            " title = CASE WHEN title <> '' THEN title ELSE"
            "  coalesce((SELECT title FROM articles WHERE story = :id ORDER BY day, id), '') END"
            " WHERE id = :id");
    query_int(&q, ":id", story);
    query_str(&q, ":now", stamp_str(&now));
    return query_do(&q, err);
}

bool story_leaves(struct db *db, int64_t article, int64_t to, struct err *err)
{
    struct query q = query_begin(
        db, "UPDATE stories SET saved = saved + 1 WHERE id IN (:to, (SELECT a.story FROM"
            " articles a WHERE a.id = :article))");
    query_int(&q, ":to", to);
    query_int(&q, ":article", article);
    return query_do(&q, err);
}

static bool save(struct db *db, const struct store_article *article, int64_t *id, int64_t *story,
                 struct err *err)
{
    *id = article->id;
    *story = article->story;
    if (article->id) {
        *story = db_number(db, "SELECT story FROM articles WHERE id = :id", article->id, 0);
        if (!*story)
            return fail(err, ERR_MISSING, "there is no such article");
        if (!statements_remember(db, article->id, err) || !keys_forget(db, article->id, err) ||
            !article_change(db, article, true, err))
            return false;
    } else {
        if (!*story && !story_add(db, article, story, err))
            return false;
        if (!article_add(db, article, *story, id, err) || !head_take(db, *id, article, err))
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

bool attributions_save(struct db *db, const struct store_article *article, struct err *err)
{
    struct query q = query_begin(db, "INSERT INTO article_attributions (article, bytes)"
                                     " SELECT id, :bytes FROM articles WHERE id = :id"
                                     " ON CONFLICT (article) DO UPDATE SET bytes = excluded.bytes");
    query_int(&q, ":id", article->id);
    query_blob(&q, ":bytes", article->attributions);
    return query_do(&q, err);
}

bool store_attributions_save(struct store *store, const struct store_article *articles, size_t n,
                             struct err *err)
{
    struct db *db = store_write_begin(store, err);
    bool ok = db != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = attributions_save(db, &articles[i], err);
    return db && store_write_end(store, ok, CHANGED_NOTHING, err);
}

/* The text of the present version is replaced; the index follows. */
static bool text_replace(struct db *db, const struct store_article *article, struct err *err)
{
    int64_t row = db_number(db, "SELECT id FROM article_versions WHERE article = :id AND current",
                            article->id, 0);
    if (!row || !index_text(db, row, false, err) || !words_keep(db, article->id, err))
        return row ? false : fail(err, ERR_MISSING, "there is no such article");
    struct query q = query_begin(db, "UPDATE article_versions SET title = :title, text = :text,"
                                     " digest = :digest WHERE id = :row");
    query_int(&q, ":row", row);
    query_str(&q, ":title", article->title);
    query_str(&q, ":text", article->text);
    query_int(&q, ":digest", engine_text_digest(article->text));
    return query_do(&q, err) && index_text(db, row, true, err);
}

bool store_article_reread(struct store *store, const struct store_article *article, struct err *err)
{
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    struct arena a = {0};
    struct str original;
    bool ok =
        keys_forget(db, article->id, err) && article_change(db, article, false, err) &&
        original_keep(db, &a, article->id, &original, err) && text_replace(db, article, err) &&
        original_again(db, article->id, original, article->text, err) &&
        keys_save(db, article->id, article, err) &&
        story_refresh(
            db, db_number(db, "SELECT story FROM articles WHERE id = :id", article->id, 0), err);
    arena_finish(&a);
    return store_write_end(store, ok, CHANGED_CONTENT, err);
}

/* Names of the parameters below; keys that an article has fewer of are NULL, which is like none. */
static const char *const key_names[] = {":k0",  ":k1",  ":k2",  ":k3", ":k4",  ":k5",
                                        ":k6",  ":k7",  ":k8",  ":k9", ":k10", ":k11",
                                        ":k12", ":k13", ":k14", ":k15"};
static_assert(sizeof key_names / sizeof *key_names == KEYS, "a parameter for each key");
enum { MOST_OF_KEY = 200, MOST_CANDIDATES = 120 };

/* Of a word that stands in very many articles the newest are looked at: what happens is told within
 * days, and an older report of it shares rarer words as well. So the time does not grow with the
 * store. */
#define NEWEST(key)                                                                                \
    " SELECT * FROM (SELECT key, article FROM article_keys WHERE key = " key                       \
    " ORDER BY article DESC LIMIT 200) x"
#define FOUR(a, b, c, d)                                                                           \
    NEWEST(a) " UNION ALL" NEWEST(b) " UNION ALL" NEWEST(c) " UNION ALL" NEWEST(d)

/* clang-format off */
#define OF_ALL_KEYS                                                                                \
    FOUR(":k0", ":k1", ":k2", ":k3") " UNION ALL" FOUR(":k4", ":k5", ":k6", ":k7")                 \
    " UNION ALL" FOUR(":k8", ":k9", ":k10", ":k11")                                                \
    " UNION ALL" FOUR(":k12", ":k13", ":k14", ":k15")
/* clang-format on */

/* Who shares keys with the article. */
struct sharer {
    int64_t article;
    double weight; /* of each key they share, one by how many have it */
};

struct sharers {
    struct map at; /* article -> place + 1 */
    struct sharer *v;
    size_t n, cap;
};

static void add_shared(struct arena *a, struct sharers *s, const int64_t *articles, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t *place = map_at(a, &s->at, (uint64_t)articles[i]);
        if (!*place) {
            s->v = arena_grow(a, s->v, s->n, &s->cap, sizeof *s->v);
            s->v[s->n++] = (struct sharer){.article = articles[i]};
            *place = (uint32_t)s->n;
        }
        s->v[*place - 1].weight += 1 / (double)n;
    }
}

static int by_weight(const void *a, const void *b)
{
    const struct sharer *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->article < y->article) - (x->article > y->article);
}

/* Rows come key by key. */
static bool find_sharers(struct db *db, struct arena *a, const struct store_article *article,
                         struct sharers *out, struct err *err)
{
    int64_t of_key[MOST_OF_KEY], last = 0;
    size_t n = 0;
    struct query q = query_begin(db, "SELECT key, article FROM (" OF_ALL_KEYS ") k");
    for (size_t i = 0; i < KEYS && i < article->n_signature_keys; i++)
        query_int(&q, key_names[i], article->signature_keys[i]);
    while (query_step(&q)) {
        int64_t key = query_get_int(&q, 0);
        if (n == MOST_OF_KEY || (n && key != last)) {
            add_shared(a, out, of_key, n);
            n = 0;
        }
        last = key;
        of_key[n++] = query_get_int(&q, 1);
    }
    add_shared(a, out, of_key, n);
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_weight);
    return query_end(&q, err);
}

static struct str write_articles(struct arena *a, const struct sharers *s)
{
    struct buf text = {0};
    struct json j = json_begin(&text);
    json_array(&j);
    for (size_t i = 0; i < s->n && i < MOST_CANDIDATES; i++)
        json_int(&j, s->v[i].article);
    json_end_array(&j);
    struct str list = arena_str(a, buf_str(&text));
    buf_finish(&text);
    return list;
}

static bool candidates(struct db *db, struct arena *a, const struct store_article *article,
                       struct store_candidates *out, struct err *err)
{
    size_t cap = 0;
    struct sharers sharers = {.n = 0};
    if (!find_sharers(db, a, article, &sharers, err))
        return false;
    struct query q =
        query_begin(db, "SELECT a.story, a.signature FROM articles a WHERE a.id IN"
                        " (SELECT CAST(rtrim(value, '') AS INTEGER) FROM json_each(:articles))"
                        " AND a.signature IS NOT NULL"
                        " AND a.story > 0 ORDER BY a.id");
    query_str(&q, ":articles", write_articles(a, &sharers));
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
    struct store_candidates found = {0};
    struct db *db = store_read_begin(store, 10 * READ_LIMIT_MS, err);
    if (!db)
        return false;
    bool ok = candidates(db, a, article, &found, err);
    store_read_end(store, db);
    if (ok)
        *out = found;
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
