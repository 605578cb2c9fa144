/* Drawing statements by chance. The order of a draw follows from its seed and the statements'
 * numbers alone, so that the same store gives the same sample again. */
#include "store/coding.h"

#include "agree/agree.h"
#include "base/map.h"
#include "store/db/db.h"

#include <stdlib.h>

enum { DRAW_LIMIT_MS = 60000 };

struct candidate {
    uint64_t rank;
    int64_t id;
    uint32_t stratum;
};

struct draw {
    struct arena arena;
    const struct store_sample *sample;
    struct candidate *v;
    size_t n, cap;
    struct map names; /* hash of a stratum's name to its place and 1 */
    struct str *strata;
    int64_t *sizes, *drawn;
    size_t n_strata, cap_strata, cap_sizes;
};

#define SORT_OF                                                                                    \
    "coalesce((SELECT i.sort FROM statement_positions p JOIN issues i ON i.key = p.issue"          \
    " WHERE p.statement = st.id ORDER BY p.issue LIMIT 1), '')"
#define STRATUM_OF                                                                                 \
    "CASE :strata WHEN 'outlet' THEN coalesce(cast(a.outlet AS TEXT), '') WHEN 'kind' THEN "       \
    "st.kind"                                                                                      \
    " WHEN 'rule' THEN st.rule WHEN 'sort' THEN " SORT_OF " ELSE '' END"
/* What the program found; what people added says nothing of how it reads. */
#define FRAME                                                                                      \
    "SELECT st.id, " STRATUM_OF " FROM statements st JOIN articles a ON a.id = st.article WHERE "  \
    "st.rule <> 'person' AND st.story"

static uint32_t stratum_of(struct draw *d, struct str name)
{
    uint32_t *at = map_at(&d->arena, &d->names, str_hash(name));
    if (!*at) {
        d->strata =
            arena_grow(&d->arena, d->strata, d->n_strata, &d->cap_strata, sizeof *d->strata);
        d->sizes = arena_grow(&d->arena, d->sizes, d->n_strata, &d->cap_sizes, sizeof *d->sizes);
        d->strata[d->n_strata] = arena_str(&d->arena, name);
        d->sizes[d->n_strata++] = 0;
        *at = (uint32_t)d->n_strata;
    }
    d->sizes[*at - 1]++;
    return *at - 1;
}

static bool read_frame(struct store *store, struct draw *d, struct err *err)
{
    struct db *db = store_read_begin(store, DRAW_LIMIT_MS, err);
    if (!db)
        return false;
    struct query q = query_begin(db, d->sample->story ? FRAME " = :story" : FRAME " > 0");
    query_str(&q, ":strata", d->sample->strata);
    if (d->sample->story)
        query_int(&q, ":story", d->sample->story);
    while (query_step(&q)) {
        int64_t id = query_get_int(&q, 0);
        d->v = arena_grow(&d->arena, d->v, d->n, &d->cap, sizeof *d->v);
        d->v[d->n++] = (struct candidate){agree_rank((uint64_t)d->sample->seed, (uint64_t)id), id,
                                          stratum_of(d, query_peek_str(&q, 1))};
    }
    bool ok = query_end(&q, err);
    store_read_end(store, db);
    return ok;
}

static int by_rank(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank)
                              : (x->id > y->id) - (x->id < y->id);
}

/* The first of each stratum, as many as it is allotted, to the front. */
static bool choose(struct draw *d, struct err *err)
{
    int64_t size = d->sample->size ? d->sample->size : (int64_t)d->n;
    size_t taken = 0;
    if (!d->n)
        return fail(err, ERR_MISSING, "there is no statement to draw from");
    if (size > SAMPLE_MOST)
        return fail(err, ERR_TOO_LARGE, "a sample holds at most %d statements", SAMPLE_MOST);
    if (d->sample->strata.n && size < 2 * (int64_t)d->n_strata && size < (int64_t)d->n)
        return fail(err, ERR_INVALID, "there are %zu strata: draw at least %zu", d->n_strata,
                    2 * d->n_strata);
    qsort(d->v, d->n, sizeof *d->v, by_rank);
    d->drawn = arena_array(&d->arena, d->n_strata, sizeof *d->drawn);
    agree_allot(d->sizes, d->n_strata, size, d->drawn);
    int64_t *left = arena_array(&d->arena, d->n_strata, sizeof *left);
    for (size_t i = 0; i < d->n_strata; i++)
        left[i] = d->drawn[i];
    for (size_t i = 0; i < d->n; i++)
        if (left[d->v[i].stratum] > 0) {
            left[d->v[i].stratum]--;
            d->v[taken++] = d->v[i];
        }
    d->n = taken;
    return true;
}

static bool save_strata(struct db *db, const struct draw *d, int64_t id, struct err *err)
{
    for (size_t i = 0; i < d->n_strata; i++) {
        struct query q = query_begin(db, "INSERT INTO sample_strata (sample, stratum, population,"
                                         " drawn) VALUES (:id, :stratum, :population, :drawn)");
        query_int(&q, ":id", id);
        query_str(&q, ":stratum", d->strata[i]);
        query_int(&q, ":population", d->sizes[i]);
        query_int(&q, ":drawn", d->drawn[i]);
        if (!query_do(&q, err))
            return false;
    }
    return true;
}

static bool save_statements(struct db *db, const struct draw *d, int64_t id, struct err *err)
{
    for (size_t i = 0; i < d->n; i++) {
        struct query q = query_begin(
            db, "INSERT INTO sample_statements (sample, number, statement, article, outlet, kind,"
                " rule, sort, stratum) SELECT :id, :number, st.id, st.article, a.outlet, st.kind,"
                " st.rule, " SORT_OF ", :stratum FROM statements st JOIN articles a"
                " ON a.id = st.article WHERE st.id = :statement");
        query_int(&q, ":id", id);
        query_int(&q, ":number", (int64_t)i + 1);
        query_str(&q, ":stratum", d->strata[d->v[i].stratum]);
        query_int(&q, ":statement", d->v[i].id);
        if (!query_do(&q, err))
            return false;
    }
    return true;
}

static bool save(struct db *db, const struct draw *d, int64_t *id, struct err *err)
{
    const struct store_sample *s = d->sample;
    struct stamp now = stamp_now();
    struct query q = query_begin(
        db, "INSERT INTO samples (purpose, title, story, by, made, seed, size, strata,"
            " blind) VALUES (:purpose, :title, :story, :by, :made, :seed, :size, :strata, :blind)"
            " RETURNING id");
    query_int(&q, ":blind", s->blind);
    query_str(&q, ":purpose", s->purpose);
    query_str(&q, ":title", s->title);
    query_int_opt(&q, ":story", s->story);
    query_str(&q, ":by", s->by);
    query_str(&q, ":made", stamp_str(&now));
    query_int(&q, ":seed", s->seed);
    query_int(&q, ":size", s->size ? s->size : (int64_t)d->n);
    query_str(&q, ":strata", s->strata);
    return query_id(&q, id, err) && save_strata(db, d, *id, err) &&
           save_statements(db, d, *id, err);
}

bool store_sample_draw(struct store *store, const struct store_sample *sample, int64_t *id,
                       struct err *err)
{
    struct draw d = {.sample = sample};
    int64_t given = 0;
    if (!str_listed("coding audit", sample->purpose))
        return fail(err, ERR_INVALID, "a sample is for coding or for an audit");
    if (sample->strata.n && !str_listed("outlet kind rule sort", sample->strata))
        return fail(err, ERR_INVALID, "strata are by outlet, kind, rule or sort");
    bool ok = read_frame(store, &d, err) && choose(&d, err);
    if (ok) {
        struct db *db = store_write_begin_durable(store, err);
        ok = db && store_write_end(store, save(db, &d, &given, err), CHANGED_CONTENT, err);
    }
    arena_finish(&d.arena);
    if (ok)
        *id = given;
    return ok;
}

bool store_sample_remove(struct store *store, int64_t id, struct err *err)
{
    static const char *const steps[] = {"DELETE FROM sample_statements WHERE sample = :id",
                                        "DELETE FROM sample_strata WHERE sample = :id",
                                        "DELETE FROM samples WHERE id = :id"};
    struct db *db = store_write_begin(store, err);
    if (!db)
        return false;
    bool ok = db_number(db, "SELECT id FROM samples WHERE id = :id", id, 0) ||
              fail(err, ERR_MISSING, "there is no such sample");
    for (size_t i = 0; ok && i < 3; i++) {
        struct query q = query_begin(db, steps[i]);
        query_int(&q, ":id", id);
        ok = query_do(&q, err);
    }
    return store_write_end(store, ok, CHANGED_CONTENT, err);
}
