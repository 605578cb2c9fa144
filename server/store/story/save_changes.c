/* What the present version of each article says otherwise than the one before it: made anew with
 * every comparison, from what the version before said when it was replaced. */
#include "compare/changes.h"
#include "store/list/fragments.h"
#include "store/story/saving.h"

/* The statements of one version, with their speakers' names beside them. */
struct version {
    struct told *v;
    struct str *names;
    size_t n;
};

/* Rows of statement, speaker, words and the speaker's name. */
static bool read_version(struct saving *s, struct query *q, struct version *out)
{
    size_t cap = 0, cap_names = 0;
    while (query_step(q)) {
        out->v = arena_grow(&s->arena, out->v, out->n, &cap, sizeof *out->v);
        out->names = arena_grow(&s->arena, out->names, out->n, &cap_names, sizeof *out->names);
        out->names[out->n] = query_get_str(q, 3, &s->arena);
        out->v[out->n++] = (struct told){query_get_int(q, 0), query_get_str(q, 1, &s->arena),
                                         query_get_str(q, 2, &s->arena)};
    }
    return query_end(q, s->err);
}

static bool load_before(struct saving *s, int64_t article, int64_t version, struct version *out)
{
    struct query q = query_begin(
        s->db,
        "SELECT statement, coalesce(speaker, ''), words, speaker_name FROM version_statements"
        " WHERE article = :article AND version = :version ORDER BY statement");
    query_int(&q, ":article", article);
    query_int(&q, ":version", version);
    return read_version(s, &q, out);
}

static bool load_after(struct saving *s, int64_t article, struct version *out)
{
    struct query q = query_begin(
        s->db, "SELECT st.id, coalesce(st.speaker, ''), " STATEMENT_WORDS
               ", coalesce((SELECT x.name FROM actors x"
               " WHERE x.key = st.speaker), '') FROM statements st WHERE st.article = :article"
               " AND st.status <> 'rejected' ORDER BY st.start, st.id");
    query_int(&q, ":article", article);
    return read_version(s, &q, out);
}

static struct str told_json(struct arena *a, const struct version *side, int32_t at)
{
    if (at < 0 || !side->v)
        return (struct str){0};
    struct buf out = {0};
    struct json j = json_begin(&out);
    json_object(&j);
    json_field_int(&j, "id", side->v[at].id);
    json_field_opt(&j, "speaker", side->v[at].speaker);
    json_field_opt(&j, "speaker_name", side->names[at]);
    json_field_str(&j, "words", side->v[at].words);
    json_end_object(&j);
    struct str text = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return text;
}

static bool write_changes(struct saving *s, int64_t article, int64_t version,
                          const struct version *before, const struct version *after)
{
    struct change *list;
    size_t n = compare_changes(&s->arena, (struct tellings){before->v, before->n},
                               (struct tellings){after->v, after->n}, &list);
    struct query q = query_begin(s->db, "DELETE FROM version_changes WHERE article = :article"
                                        " AND version = :version");
    query_int(&q, ":article", article);
    query_int(&q, ":version", version);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db,
                    "INSERT INTO version_changes (article, version, number, change, before,"
                    " after) VALUES (:article, :version, :number, :change, :before, :after)");
    for (size_t i = 0; i < n; i++) {
        query_int(&q, ":article", article);
        query_int(&q, ":version", version);
        query_int(&q, ":number", (int64_t)i + 1);
        query_str(&q, ":change", str_of(change_names[list[i].kind]));
        query_str_opt(&q, ":before", told_json(&s->arena, before, list[i].before));
        query_str_opt(&q, ":after", told_json(&s->arena, after, list[i].after));
        query_again(&q);
    }
    return query_end(&q, s->err);
}

/* A version that was replaced before it had been read has nothing to be compared with. */
bool save_changes(struct saving *s)
{
    for (size_t i = 0; i < s->story->n_articles; i++) {
        const struct store_article *article = &s->story->articles[i];
        struct version before = {0}, after = {0};
        if (article->version < 2)
            continue;
        if (!load_before(s, article->id, article->version - 1, &before))
            return false;
        if (before.n && (!load_after(s, article->id, &after) ||
                         !write_changes(s, article->id, article->version, &before, &after)))
            return false;
    }
    return true;
}
