/* Articles one by one: see article.h. Their numbers are read first, so that a connection to the
 * store is only held while an article is read. */
#include "export/article/article.h"

#include <string.h>

struct numbers {
    struct row_sink sink;
    struct arena arena;
    int64_t *v;
    size_t n, cap;
};

static void ignore(struct row_sink *sink)
{
    (void)sink;
}

static void keep_number(struct row_sink *sink, const char *name, const struct row_value *value)
{
    struct numbers *n = (struct numbers *)sink;
    if (strcmp(name, "id") != 0)
        return;
    n->v = arena_grow(&n->arena, n->v, n->n, &n->cap, sizeof *n->v);
    n->v[n->n++] = value->integer;
}

struct str tree_text(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? str_of(item->valuestring) : (struct str){0};
}

int64_t tree_int(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : 0;
}

const cJSON *tree_get(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

struct str tree_words(struct arena *a, const cJSON *spans)
{
    struct str words = {0};
    const cJSON *span;
    cJSON_ArrayForEach(span, spans) {
        struct str exact = tree_text(span, "exact");
        words = words.n ? arena_fmt(a, "%.*s … %.*s", STR_ARG(words), STR_ARG(exact)) : exact;
    }
    return words;
}

bool filter_is_narrow(const struct store_filter *f)
{
    return f->article || f->outlet.n || f->actor.n || f->issue.n || f->stance.n || f->from.n ||
           f->to.n;
}

cJSON *tree_rows(struct export_job *job, const struct store_query *query, struct err *err)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json rows = row_json_make(&j);
    json_array(&j);
    bool ok = store_list_all(job->store, query, &rows.sink, err);
    json_end_array(&j);
    cJSON *tree = ok ? cJSON_ParseWithLength(out.p, out.n) : NULL;
    buf_finish(&out);
    if (ok && !tree)
        fail(err, ERR_INTERNAL, "a list could not be read");
    return tree;
}

static bool takes_position(const struct store_filter *f, const cJSON *statement)
{
    const cJSON *p;
    cJSON_ArrayForEach(p, tree_get(statement, "positions")) {
        if ((!f->issue.n || str_eq(f->issue, tree_text(p, "issue"))) &&
            (!f->stance.n || str_eq(f->stance, tree_text(p, "stance"))))
            return true;
    }
    return false;
}

static bool is_wanted(const struct store_filter *f, const cJSON *statement)
{
    return (!f->actor.n || str_eq(f->actor, tree_text(statement, "speaker"))) &&
           ((!f->issue.n && !f->stance.n) || takes_position(f, statement));
}

/* Takes out the statements that are not asked for; true where any is left. */
static bool narrow(const struct store_filter *f, cJSON *article)
{
    cJSON *statements = cJSON_GetObjectItemCaseSensitive(article, "statements"),
          *one = statements ? statements->child : NULL;
    while (one) {
        cJSON *next = one->next;
        if (!is_wanted(f, one))
            cJSON_Delete(cJSON_DetachItemViaPointer(statements, one));
        one = next;
    }
    return cJSON_GetArraySize(statements) > 0;
}

static bool take_one(struct export_job *job, int64_t id, struct article_sink *sink, struct err *err)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json row = row_json_make(&j);
    const struct store_filter *f = &job->query.filter;
    struct store_query query = {.noun = NOUN_ARTICLE, .id = id};
    struct err why = {0};
    bool ok = store_item(job->store, &query, &row.sink, &why);
    cJSON *article = ok ? cJSON_ParseWithLength(out.p, out.n) : NULL;
    buf_finish(&out);
    if (!article) /* deleted since its number was read */
        return why.kind == ERR_MISSING || fail(err, why.kind ? why.kind : ERR_INTERNAL, "%s",
                                               why.kind ? why.message : "an article is damaged");
    bool any = narrow(f, article), all = !f->actor.n && !f->issue.n && !f->stance.n;
    if (any || all)
        ok = sink->take(sink, article, err) && export_flush(job, err);
    cJSON_Delete(article);
    return ok;
}

bool articles_each(struct export_job *job, struct article_sink *sink, struct err *err)
{
    struct numbers n = {.sink = {NULL, ignore, keep_number, ignore}};
    struct store_query query = {.noun = NOUN_ARTICLE, .filter = job->query.filter};
    int64_t only = job->query.filter.article;
    bool ok = only ? true : store_list_all(job->store, &query, &n.sink, err);
    if (only)
        keep_number(&n.sink, "id", &(struct row_value){.type = ROW_INT, .integer = only});
    for (size_t i = n.n; ok && i-- > 0;) /* the list is newest first */
        ok = take_one(job, n.v[i], sink, err);
    arena_finish(&n.arena);
    return ok;
}
