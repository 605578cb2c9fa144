/* What people have found of the statements of an audit. A statement is right as a whole when
 * somebody confirmed it and it stands as the program had read it; the first decision that stands
 * keeps how that was. */
#include "store/coding.h"

#include "store/db/db.h"
#include "store/list/fragments.h"

#include <string.h>

static bool same_text(const cJSON *was, const char *name, struct str is)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(was, name);
    return str_eq(cJSON_IsString(item) ? str_of(item->valuestring) : (struct str){0}, is);
}

static bool has_position(const cJSON *list, const cJSON *one)
{
    const cJSON *p;
    cJSON_ArrayForEach(p, list) {
        bool same = true;
        for (int i = 0; i < 2; i++) {
            const char *name = i ? "stance" : "issue";
            same = same && cJSON_Compare(cJSON_GetObjectItemCaseSensitive(p, name),
                                         cJSON_GetObjectItemCaseSensitive(one, name), true);
        }
        if (same)
            return true;
    }
    return false;
}

/* On the same issues the same stances. */
static bool same_positions(const cJSON *was, struct str is)
{
    const cJSON *before = cJSON_GetObjectItemCaseSensitive(was, "positions"), *p;
    cJSON *now = cJSON_ParseWithLength(is.p, is.n);
    bool same = cJSON_GetArraySize(before) == cJSON_GetArraySize(now);
    cJSON_ArrayForEach(p, before) {
        same = same && has_position(now, p);
    }
    cJSON_Delete(now);
    return same;
}

#define FIRST_BEFORE                                                                               \
    "(SELECT f.before FROM decisions f WHERE f.id = (SELECT min(d.id) FROM decisions d WHERE"      \
    " d.target = 'statement' AND d.target_id = p.statement AND NOT " DECISION_UNDONE "))"
#define JUDGED                                                                                     \
    "SELECT p.stratum, coalesce(o.name, ''), p.kind, p.rule, p.sort, coalesce(st.status, ''),"     \
    " coalesce(st.speaker, ''), coalesce(st.kind, ''), " STATEMENT_POSITIONS ", " FIRST_BEFORE     \
    " FROM sample_statements p LEFT JOIN outlets o ON o.id = p.outlet"                             \
    " LEFT JOIN statements st ON st.id = p.statement WHERE p.sample = :sample ORDER BY p.number"

static struct store_judged judged_of(struct query *q, struct arena *a)
{
    struct str status = query_peek_str(q, 5), before = query_peek_str(q, 9);
    struct store_judged j = {query_get_str(q, 0, a),
                             query_get_str(q, 1, a),
                             query_get_str(q, 2, a),
                             query_get_str(q, 3, a),
                             query_get_str(q, 4, a),
                             0,
                             false,
                             false,
                             false,
                             false,
                             false,
                             false};
    cJSON *was = before.n ? cJSON_ParseWithLength(before.p, before.n) : NULL;
    j.judged = was && status.n && !str_eq(status, S("proposed"));
    j.statement = j.judged && !str_eq(status, S("rejected"));
    if (j.statement) {
        j.speaker = same_text(was, "speaker", query_peek_str(q, 6));
        j.of_kind = same_text(was, "kind", query_peek_str(q, 7));
        j.position = same_positions(was, query_peek_str(q, 8));
        j.whole = str_eq(status, S("confirmed")) && j.speaker && j.of_kind && j.position;
    }
    cJSON_Delete(was);
    return j;
}

/* Each judged one stands for as many as its stratum has for one that was judged. */
static void weigh(struct store_judgements *out, struct str stratum, int64_t population)
{
    double judged = 0;
    for (size_t i = 0; i < out->n; i++)
        judged += out->v[i].judged && str_eq(out->v[i].stratum, stratum);
    for (size_t i = 0; i < out->n; i++)
        if (out->v[i].judged && str_eq(out->v[i].stratum, stratum))
            out->v[i].weight = (double)population / judged;
}

static bool read_strata(struct db *db, int64_t sample, struct store_judgements *out,
                        struct err *err)
{
    struct query q = query_begin(db, "SELECT stratum, population FROM sample_strata"
                                     " WHERE sample = :sample ORDER BY stratum");
    query_int(&q, ":sample", sample);
    while (query_step(&q)) {
        weigh(out, query_peek_str(&q, 0), query_get_int(&q, 1));
        out->population += query_get_int(&q, 1);
    }
    return query_end(&q, err);
}

bool store_judgements(struct store *store, struct arena *a, int64_t sample,
                      struct store_judgements *out, struct err *err)
{
    size_t cap = 0;
    struct db *db = store_read_begin(store, READ_LIMIT_MS, err);
    if (!db)
        return false;
    *out = (struct store_judgements){0};
    struct query q = query_begin(db, JUDGED);
    query_int(&q, ":sample", sample);
    while (query_step(&q)) {
        out->v = arena_grow(a, out->v, out->n, &cap, sizeof *out->v);
        out->v[out->n] = judged_of(&q, a);
        out->judged += out->v[out->n].judged;
        out->gone += query_peek_str(&q, 5).n == 0;
        out->n++;
    }
    bool ok = query_end(&q, err) && read_strata(db, sample, out, err);
    ok = ok && (out->n > 0 || fail(err, ERR_MISSING, "there is no such sample"));
    store_read_end(store, db);
    return ok;
}
