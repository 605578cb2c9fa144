/* Keeps the result of a comparison, in one transaction: what was derived before is replaced, ids
 * of statements stay, the document is stored finished. The parts are in save_*.c. */
#include "store/story/saving.h"

#include "base/pack.h"

/* ----------------------------------------------------------------------------------- articles */

/* Never 0. */
static int64_t hash_mentions(const struct lang_reading *r)
{
    uint64_t hash = str_hash(r->text);
    for (size_t i = 0; i < r->n_mentions; i++) {
        const struct lang_mention *m = &r->mentions[i];
        uint32_t place[] = {m->at.start, m->at.end, (uint32_t)m->reading};
        hash = str_hash_more(hash, (struct str){(const char *)place, sizeof place});
        hash = str_hash_more(hash, saving_key(r, m->actor));
    }
    return (int64_t)(hash | 1);
}

static bool note_mentions(struct saving *s, int64_t article, int64_t hash)
{
    struct query q = query_begin(s->db, "UPDATE articles SET mentions = :hash WHERE id = :id");
    query_int(&q, ":id", article);
    query_int(&q, ":hash", hash);
    return query_do(&q, s->err);
}

static bool save_mentions(struct saving *s, size_t article)
{
    const struct compare_article *from = &s->c->input->articles[article];
    int64_t hash = hash_mentions(from->reading);
    if (db_number(s->db, "SELECT mentions FROM articles WHERE id = :id", from->id, 0) == hash)
        return true;
    struct query q = query_begin(s->db, "DELETE FROM mentions WHERE article = :article");
    query_int(&q, ":article", from->id);
    if (!query_do(&q, s->err) || !note_mentions(s, from->id, hash))
        return false;
    q = query_begin(s->db, "INSERT INTO mentions (article, start, end, actor, reading)"
                           " VALUES (:article, :start, :end, :actor, :reading)"
                           " ON CONFLICT DO NOTHING");
    for (size_t i = 0; i < from->reading->n_mentions; i++) {
        const struct lang_mention *m = &from->reading->mentions[i];
        query_int(&q, ":article", from->id);
        query_int(&q, ":start", saving_point(s, article, m->at.start));
        query_int(&q, ":end", saving_point(s, article, m->at.end));
        query_str_opt(&q, ":actor", saving_key(from->reading, m->actor));
        query_str(&q, ":reading", str_of(mention_reading_names[m->reading]));
        query_again(&q);
    }
    return query_end(&q, s->err);
}

static bool save_origins(struct saving *s)
{
    struct query q = query_begin(s->db, "DELETE FROM origins WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db,
                    "INSERT INTO origins (story, number, articles) VALUES (:story, :number, 1)"
                    " ON CONFLICT DO UPDATE SET articles = articles + 1");
    for (size_t i = 0; i < s->c->input->n_articles; i++) {
        query_int(&q, ":story", s->story->id);
        query_int(&q, ":number", s->c->origin[i]);
        query_again(&q);
    }
    if (!query_end(&q, s->err))
        return false;
    q = query_begin(s->db, "DELETE FROM rewrites WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db, "INSERT INTO rewrites (story, of, by, share)"
                           " VALUES (:story, :of, :by, :share)"
                           " ON CONFLICT (story, of, by) DO UPDATE SET share = excluded.share");
    for (size_t i = 0; i < s->c->n_rewrites; i++) {
        const struct rewrite *r = &s->c->rewrites[i];
        query_int(&q, ":story", s->story->id);
        query_int(&q, ":of", s->c->input->articles[r->of].id);
        query_int(&q, ":by", s->c->input->articles[r->by].id);
        query_real(&q, ":share", r->share);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

bool save_articles(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    for (size_t i = 0; i < in->n_articles; i++)
        if (!save_mentions(s, i))
            return false;
    for (size_t i = 0; i < s->story->n_articles; i++)
        if (s->story->articles[i].attributions_new &&
            !attributions_save(s->db, &s->story->articles[i], s->err))
            return false;
    struct query q =
        query_begin(s->db, "UPDATE articles SET origin = :origin, language = CASE WHEN :language = "
                           "'' THEN language ELSE :language END,"
                           " statements = (SELECT count(*) FROM statements WHERE article = :article"
                           " AND status <> 'rejected') WHERE id = :article");
    for (size_t i = 0; i < in->n_articles; i++) {
        query_int(&q, ":origin", s->c->origin[i]);
        query_str(&q, ":language", in->articles[i].reading->language);
        query_int(&q, ":article", in->articles[i].id);
        query_again(&q);
    }
    return query_end(&q, s->err) && save_origins(s);
}

/* -------------------------------------------------------------------------------------- story */

/* Has it code points of two UTF-16 units (four bytes)? Only then the two offsets differ. */
static bool has_pairs(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0xF0)
            return true;
    return false;
}

/* Written and compressed; tens of kilobytes become a fifth of that. */
static struct saved_document render_document(struct saving *s, enum offset_unit unit)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    compare_write(s->c, unit, &j);
    struct saved_document made = {out.n, bytes_pack(&s->arena, buf_str(&out))};
    buf_finish(&out);
    return made;
}

static void prepare_document(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    bool differ = false;
    for (size_t i = 0; i < in->n_articles && !differ; i++)
        differ = has_pairs(in->articles[i].reading->text) || has_pairs(in->articles[i].title);
    s->points = render_document(s, OFFSET_CODE_POINTS);
    if (differ)
        s->units = render_document(s, OFFSET_UTF16);
}

static bool save_document(struct saving *s)
{
    struct query q =
        query_begin(s->db, "INSERT INTO comparisons (story, size, document, utf16_size, utf16)"
                           " VALUES (:story, :size, :points, nullif(:utf16_size, 0), :units)"
                           " ON CONFLICT (story) DO UPDATE SET size = excluded.size,"
                           " document = excluded.document, utf16_size = excluded.utf16_size,"
                           " utf16 = excluded.utf16");
    query_int(&q, ":story", s->story->id);
    query_int(&q, ":size", (int64_t)s->points.size);
    query_blob(&q, ":points", s->points.packed);
    query_int(&q, ":utf16_size", (int64_t)s->units.size);
    query_blob(&q, ":units", s->units.packed);
    return query_do(&q, s->err);
}

static bool save_head(struct saving *s)
{
    struct stamp now = stamp_now();
    struct query q = query_begin(
        s->db,
        "UPDATE stories SET title = CASE WHEN title_by = 'person' OR :title = '' THEN title ELSE "
        ":title END,"
        " stale = max(0, stale - :stale), updated = :now, origins = :origins,"
        " statements = (SELECT count(*) FROM statements WHERE story = :id AND status <> "
        "'rejected'),"
        " utterances = (SELECT count(*) FROM utterances WHERE story = :id),"
        " speakers = (SELECT count(DISTINCT speaker) FROM statements WHERE story = :id"
        "  AND status <> 'rejected'),"
        " issues = (SELECT count(DISTINCT issue) FROM positions WHERE story = :id),"
        " conflicts = (SELECT count(*) FROM conflicts WHERE story = :id AND status <> 'dismissed')"
        " WHERE id = :id");
    query_int(&q, ":id", s->story->id);
    query_str(&q, ":title", s->c->title);
    query_int(&q, ":stale", s->story->stale);
    query_int(&q, ":origins", (int64_t)s->c->n_origins);
    query_str(&q, ":now", stamp_str(&now));
    return query_do(&q, s->err);
}

bool store_story_save(struct store *store, const struct store_story *story,
                      const struct comparison *comparison, struct err *err)
{
    struct saving s = {.story = story, .c = comparison, .err = err};
    const struct compare_input *in = comparison->input;
    s.indexes = arena_array(&s.arena, in->n_articles + 1, sizeof *s.indexes);
    for (size_t i = 0; i < in->n_articles; i++)
        s.indexes[i] = utf8_index_make(&s.arena, in->articles[i].reading->text);
    prepare_statements(&s);
    prepare_document(&s);
    s.db = store_write_begin(store, err);
    bool ok = s.db && save_actors(&s) && save_issues(&s) && save_statements(&s) &&
              save_articles(&s) && save_changes(&s) && save_utterances(&s) && save_positions(&s) &&
              save_conflicts(&s) && save_worth(&s) && save_document(&s) && save_head(&s);
    ok = s.db && store_write_end(store, ok, CHANGED_CONTENT, err);
    arena_finish(&s.arena);
    return ok;
}

bool store_comparison(struct store *store, int64_t story, enum offset_unit unit, struct buf *out,
                      struct err *err)
{
    struct arena a = {0};
    struct str packed = {0}, document = {0};
    int64_t size = 0;
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db, "SELECT CASE WHEN :utf16 THEN coalesce(c.utf16, c.document) ELSE c.document END,"
            " CASE WHEN :utf16 THEN coalesce(c.utf16_size, c.size) ELSE c.size END"
            " FROM comparisons c JOIN stories s ON s.id = c.story"
            " WHERE c.story = :id AND s.articles > 0");
    query_int(&q, ":utf16", unit == OFFSET_UTF16);
    query_int(&q, ":id", story);
    bool found = query_step(&q);
    if (found) {
        packed = query_get_str(&q, 0, &a);
        size = query_get_int(&q, 1);
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    if (ok && !found)
        ok = fail(err, ERR_MISSING, "there is no such story");
    if (ok && !bytes_unpack(&a, packed, (size_t)size, &document, NULL))
        ok = fail(err, ERR_IO,
                  "the kept comparison is damaged: read the story again, or restore a backup");
    if (ok)
        buf_add(out, document);
    arena_finish(&a);
    return ok;
}
