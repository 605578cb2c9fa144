/* Codings as they are compared with each other. */
#include "store/coding.h"

#include "store/db/db.h"
#include "store/list/fragments.h"

static bool is_sample(struct db *db, int64_t sample, struct err *err)
{
    return db_number(db, "SELECT id FROM samples WHERE id = :id", sample, 0) ||
           fail(err, ERR_MISSING, "there is no such sample");
}

/* Settled: decided since the last of its codings. */
#define SETTLED                                                                                    \
    "EXISTS (SELECT 1 FROM decisions d WHERE d.target = 'statement' AND d.target_id = c.statement" \
    " AND d.id > (SELECT max(b.decision) FROM codings b WHERE b.statement = c.statement)"          \
    " AND NOT " DECISION_UNDONE ")"

static bool read_codings(struct db *db, struct arena *a, int64_t sample, struct store_codings *out,
                         struct err *err)
{
    size_t cap = 0;
    struct query q = query_begin(
        db, "SELECT c.statement, c.article, c.coder, c.verdict, c.coding, coalesce((SELECT x.name"
            " FROM actors x WHERE x.key = json_extract(c.coding, '$.speaker')), ''), EXISTS (SELECT"
            " 1 FROM sample_statements p WHERE p.statement = c.statement AND p.sample = :sample)"
            " AS drawn, " SETTLED " FROM codings c WHERE c.article IN (SELECT s.article FROM"
            " sample_statements s WHERE s.sample = :sample) ORDER BY c.statement, c.coder");
    query_int(&q, ":sample", sample);
    while (query_step(&q)) {
        out->v = arena_grow(a, out->v, out->n, &cap, sizeof *out->v);
        out->v[out->n++] = (struct store_coding){.statement = query_get_int(&q, 0),
                                                 .article = query_get_int(&q, 1),
                                                 .coder = query_get_str(&q, 2, a),
                                                 .verdict = query_get_str(&q, 3, a),
                                                 .coding = query_get_str(&q, 4, a),
                                                 .speaker = query_get_str(&q, 5, a),
                                                 .sampled = query_get_int(&q, 6) != 0,
                                                 .settled = query_get_int(&q, 7) != 0};
    }
    return query_end(&q, err);
}

static bool read_articles(struct db *db, struct arena *a, int64_t sample, struct store_codings *out,
                          struct err *err)
{
    size_t cap = 0;
    struct query q = query_begin(
        db, "SELECT v.article, length(v.text) FROM article_versions v WHERE v.current AND v.article"
            " IN (SELECT c.article FROM sample_statements s JOIN codings c ON c.article = s.article"
            " WHERE s.sample = :sample) ORDER BY v.article");
    query_int(&q, ":sample", sample);
    while (query_step(&q)) {
        out->articles = arena_grow(a, out->articles, out->n_articles, &cap, sizeof *out->articles);
        out->articles[out->n_articles++] =
            (struct store_coded_article){query_get_int(&q, 0), query_get_int(&q, 1)};
    }
    return query_end(&q, err);
}

bool store_codings(struct store *store, struct arena *a, int64_t sample, struct store_codings *out,
                   struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    *out = (struct store_codings){0};
    bool ok = is_sample(db, sample, err) && read_codings(db, a, sample, out, err) &&
              read_articles(db, a, sample, out, err);
    store_read_end(store, db);
    return ok;
}

bool store_coder_left(struct store *store, int64_t sample, struct str coder,
                      struct store_coder_left *out, struct err *err)
{
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(
        db, "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM codings c WHERE"
            " c.statement = p.statement AND c.coder = :coder)), 0) FROM sample_statements p"
            " WHERE p.sample = :sample");
    query_int(&q, ":sample", sample);
    query_str(&q, ":coder", coder);
    if (query_step(&q)) {
        out->all = query_get_int(&q, 0);
        out->coded = query_get_int(&q, 1);
    }
    bool ok = query_end(&q, err) && is_sample(db, sample, err);
    store_read_end(store, db);
    return ok;
}
