/* The head of an article as its page gives it, kept once a person says otherwise, and the row that
 * follows from both: see head.h. */
#include "store/head/head.h"
#include "store/list/fragments.h"

#include <string.h>

bool head_keep(struct db *db, int64_t article, struct err *err)
{
    struct query q = query_begin(
        db, "INSERT INTO article_heads (article, title, outlet, published, url, byline)"
            " SELECT id, title, outlet_named, published, url, byline FROM articles WHERE id = :id"
            " ON CONFLICT DO NOTHING");
    query_int(&q, ":id", article);
    return query_do(&q, err);
}

/* The same words for the row and for what is kept beside it. */
#define TAKE_HEAD                                                                                  \
    " SET title = :title, byline = :byline,"                                                       \
    " url = CASE WHEN :url = '' THEN url ELSE :url END,"                                           \
    " published = CASE WHEN :published = '' THEN published ELSE :published END,"

bool head_change(struct db *db, int64_t article, const struct head *head, struct err *err)
{
    static const char *const rows[] = {
        "UPDATE article_heads" TAKE_HEAD
        " outlet = coalesce(nullif(:outlet, 0), outlet) WHERE article = :id",
        "UPDATE articles" TAKE_HEAD
        " day = substr(CASE WHEN :published = '' THEN published ELSE :published END, 1, 10),"
        " outlet_named = coalesce(nullif(:outlet, 0), outlet_named) WHERE id = :id"};
    for (size_t i = 0; i < 2; i++) {
        struct query q = query_begin(db, rows[i]);
        query_int(&q, ":id", article);
        query_str(&q, ":title", head->title);
        query_str(&q, ":byline", head->byline);
        query_str(&q, ":url", head->url);
        query_str(&q, ":published", head->published);
        query_int(&q, ":outlet", head->outlet);
        if (!query_do(&q, err))
            return false;
    }
    return head_settle(db, article, err);
}

/* ------------------------------------------------------------------------------ what persons said
 */

static const char *const texts[] = {"title", "published", "url", "byline"};
enum { TEXTS = sizeof texts / sizeof *texts };

struct said {
    struct arena arena;
    struct str text[TEXTS];
    bool has[TEXTS], has_outlet;
    int64_t outlet;
};

static const cJSON *first_of(const cJSON *state)
{
    return cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(state, "articles"), 0);
}

/* What the edit changed; members that states of earlier versions lack are not changed by them. */
static bool take_edit(struct db *db, struct said *s, const cJSON *before, const cJSON *after,
                      struct err *err)
{
    const cJSON *was, *is;
    for (size_t i = 0; i < TEXTS; i++) {
        was = cJSON_GetObjectItemCaseSensitive(before, texts[i]);
        is = cJSON_GetObjectItemCaseSensitive(after, texts[i]);
        if (!cJSON_IsString(is) ||
            (cJSON_IsString(was) && !strcmp(was->valuestring, is->valuestring)))
            continue;
        s->has[i] = true;
        s->text[i] = arena_str(&s->arena, str_of(is->valuestring));
    }
    was = cJSON_GetObjectItemCaseSensitive(before, "outlet");
    is = cJSON_GetObjectItemCaseSensitive(after, "outlet");
    if (!cJSON_IsString(is) || (cJSON_IsString(was) && !strcmp(was->valuestring, is->valuestring)))
        return true;
    s->has_outlet = true;
    return outlet_put(db, str_of(is->valuestring), (struct str){0}, &s->outlet, err);
}

static cJSON *tree_of(struct query *q, int column)
{
    struct str text = query_peek_str(q, column);
    return cJSON_ParseWithLength(text.p, text.n);
}

struct edits {
    cJSON **before, **after;
    size_t n, cap_before, cap_after;
};

static bool load_edits(struct db *db, struct arena *a, int64_t article, struct edits *out,
                       struct err *err)
{
    struct query q =
        query_begin(db, "SELECT d.before, d.after FROM decisions d WHERE d.target = 'article'"
                        " AND d.target_id = :id AND d.action = 'edit' AND NOT " DECISION_UNDONE
                        " ORDER BY d.id");
    query_int(&q, ":id", article);
    while (query_step(&q)) {
        out->before = arena_grow(a, out->before, out->n, &out->cap_before, sizeof *out->before);
        out->after = arena_grow(a, out->after, out->n, &out->cap_after, sizeof *out->after);
        out->before[out->n] = tree_of(&q, 0);
        out->after[out->n++] = tree_of(&q, 1);
    }
    return query_end(&q, err);
}

/* Asked first and taken afterwards: an outlet may have to be made. */
static bool load_said(struct db *db, int64_t article, struct said *out, struct err *err)
{
    struct edits edits = {0};
    bool ok = load_edits(db, &out->arena, article, &edits, err);
    for (size_t i = 0; i < edits.n; i++) {
        ok = ok && take_edit(db, out, first_of(edits.before[i]), first_of(edits.after[i]), err);
        cJSON_Delete(edits.before[i]);
        cJSON_Delete(edits.after[i]);
    }
    return ok;
}

static bool settle(struct db *db, int64_t article, const struct said *s, struct err *err)
{
    static const char *const names[] = {":title", ":published", ":url", ":byline"};
    struct query q = query_begin(
        db, "UPDATE articles SET (title, published, day, url, byline, outlet_named, outlet) ="
            " (SELECT x.title, x.published, substr(x.published, 1, 10), x.url, x.byline, x.outlet,"
            "  (SELECT coalesce(o.part_of, o.id) FROM outlets o WHERE o.id = x.outlet) FROM"
            "  (SELECT coalesce(:title, h.title) AS title, coalesce(:published, h.published) AS"
            "    published, coalesce(:url, h.url) AS url, coalesce(:byline, h.byline) AS byline,"
            "    CASE WHEN :has_outlet THEN nullif(:outlet, 0) ELSE h.outlet END AS outlet FROM"
            "    (SELECT title, published, url, byline, outlet FROM article_heads"
            "      WHERE article = :id UNION ALL"
            "     SELECT title, published, url, byline, outlet_named FROM articles WHERE id = :id"
            "      AND NOT EXISTS (SELECT 1 FROM article_heads WHERE article = :id)) h) x)"
            " WHERE id = :id");
    query_int(&q, ":id", article);
    for (size_t i = 0; i < TEXTS; i++) {
        if (s->has[i])
            query_str(&q, names[i], s->text[i]);
        else
            query_str_opt(&q, names[i], (struct str){0});
    }
    query_int(&q, ":has_outlet", s->has_outlet);
    query_int(&q, ":outlet", s->outlet);
    return query_do(&q, err);
}

bool head_settle(struct db *db, int64_t article, struct err *err)
{
    struct said said = {0};
    bool ok = load_said(db, article, &said, err) && settle(db, article, &said, err);
    arena_finish(&said.arena);
    return ok;
}
