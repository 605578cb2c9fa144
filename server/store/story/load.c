/* A story as the pipeline needs it: its texts, what persons decided, and the statements as they
 * are now, so that the same words keep their id. */
#include "store/spans.h"
#include "store/story/story.h"

static bool load_articles(struct db *db, struct arena *a, struct store_story *out, struct err *err)
{
    size_t cap = 0;
    struct query q = query_begin(
        db, "SELECT a.id, a.version, a.url, a.title, a.subtitle, o.name, a.published, a.modified,"
            " a.language, a.notice, a.reviewed, a.sample, checked(v.text, v.digest), a.byline, "
            "a.agency,"
            " x.bytes FROM articles a JOIN article_versions v ON v.article = a.id AND v.current"
            " LEFT JOIN article_attributions x ON x.article = a.id"
            " LEFT JOIN outlets o ON o.id = a.outlet WHERE a.story = :story ORDER BY a.day, a.id");
    query_int(&q, ":story", out->id);
    while (query_step(&q)) {
        out->articles = arena_grow(a, out->articles, out->n_articles, &cap, sizeof *out->articles);
        out->articles[out->n_articles++] =
            (struct store_article){.id = query_get_int(&q, 0),
                                   .story = out->id,
                                   .version = (int32_t)query_get_int(&q, 1),
                                   .url = query_get_str(&q, 2, a),
                                   .title = query_get_str(&q, 3, a),
                                   .subtitle = query_get_str(&q, 4, a),
                                   .outlet = query_get_str(&q, 5, a),
                                   .published = query_get_str(&q, 6, a),
                                   .modified = query_get_str(&q, 7, a),
                                   .language = query_get_str(&q, 8, a),
                                   .notice = query_get_str(&q, 9, a),
                                   .reviewed = query_get_int(&q, 10) != 0,
                                   .sample = query_get_int(&q, 11) != 0,
                                   .text = query_get_str(&q, 12, a),
                                   .byline = query_get_str(&q, 13, a),
                                   .agency = query_get_str(&q, 14, a),
                                   .attributions = query_get_str(&q, 15, a)};
    }
    return query_end(&q, err);
}

/* The byte offsets of code points need the article's text. */
static const struct utf8_index *index_of(const struct store_story *story,
                                         const struct utf8_index *indexes, int64_t article)
{
    for (size_t i = 0; i < story->n_articles; i++)
        if (story->articles[i].id == article)
            return &indexes[i];
    return NULL;
}

static struct span hull_of(struct str spans, const struct utf8_index *x)
{
    size_t start, end;
    spans_hull(spans, &start, &end);
    return (struct span){(uint32_t)utf8_byte(x, start), (uint32_t)utf8_byte(x, end)};
}

/* Of a row as load_old reads them: a slice of the text, or what is kept. */
static struct str words_of(struct query *q, struct arena *a, const struct utf8_index *x)
{
    struct span content = hull_of(query_peek_str(q, 3), x);
    struct str kept = query_get_str(q, 2, a);
    return kept.n ? kept : str_slice(x->text, content.start, content.end);
}

static bool load_old(struct db *db, struct arena *a, const struct utf8_index *indexes,
                     struct store_story *out, struct err *err)
{
    size_t cap = 0;
    struct query q =
        query_begin(db, "SELECT st.id, st.article, st.kept_words, st.content, st.cue FROM"
                        " statements st"
                        " WHERE st.article IN (SELECT id FROM articles WHERE story = :story) ORDER "
                        "BY st.article, st.start, st.id");
    query_int(&q, ":story", out->id);
    while (query_step(&q)) {
        const struct utf8_index *x = index_of(out, indexes, query_get_int(&q, 1));
        if (!x)
            continue;
        out->old = arena_grow(a, out->old, out->n_old, &cap, sizeof *out->old);
        out->old[out->n_old++] =
            (struct store_old_statement){.id = query_get_int(&q, 0),
                                         .article = query_get_int(&q, 1),
                                         .content = hull_of(query_peek_str(&q, 3), x),
                                         .cue = hull_of(query_peek_str(&q, 4), x),
                                         .words = words_of(&q, a, x)};
    }
    return query_end(&q, err);
}

static bool load_head(struct db *db, struct arena *a, struct store_story *out, struct err *err)
{
    struct query q = query_begin(
        db, "SELECT CASE WHEN title_by = 'person' THEN title ELSE '' END, stale, saved FROM"
            " stories WHERE id = :id");
    query_int(&q, ":id", out->id);
    bool found = query_step(&q);
    if (found) {
        out->title = query_get_str(&q, 0, a);
        out->stale = query_get_int(&q, 1);
        out->saved = query_get_int(&q, 2);
    }
    return query_end(&q, err) && (found || fail(err, ERR_MISSING, "there is no such story"));
}

static bool load(struct db *db, struct arena *a, struct store_story *out, struct err *err)
{
    if (!load_head(db, a, out, err) || !load_articles(db, a, out, err))
        return false;
    struct utf8_index *indexes = arena_array(a, out->n_articles + 1, sizeof *indexes);
    for (size_t i = 0; i < out->n_articles; i++)
        indexes[i] = utf8_index_make(a, out->articles[i].text);
    return load_old(db, a, indexes, out, err) && decisions_load(db, a, out, err);
}

bool store_story_load(struct store *store, struct arena *a, int64_t story, struct store_story *out,
                      struct err *err)
{
    struct store_story loaded = {.id = story};
    struct db *db = store_read_begin(store, 0, err);
    if (!db)
        return false;
    bool ok = deaths_check(db, story, err) && load(db, a, &loaded, err);
    store_read_end(store, db);
    if (ok)
        *out = loaded;
    return ok;
}

bool store_story_stale(struct store *store, int64_t *story, int64_t *articles, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q =
        query_begin(db, "SELECT id, articles FROM stories WHERE stale > 0 AND deaths < 2"
                        " AND id + 0 > :id ORDER BY id + 0 LIMIT 1");
    query_int(&q, ":id", *story);
    bool found = query_step(&q);
    int64_t id = found ? query_get_int(&q, 0) : 0, n = found ? query_get_int(&q, 1) : 0;
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    if (ok) {
        *story = id;
        *articles = n;
    }
    return ok;
}

bool store_stories_touch(struct store *store, struct err *err)
{
    struct db *db = store_write_begin(store, err);
    bool ok = db && db_run(db, "UPDATE stories SET stale = stale + 1 WHERE articles > 0;", err);
    return db && store_write_end(store, ok, CHANGED_NOTHING, err);
}
