/* One value a cell: before a sink of rows, takes JSON apart. Spans become their words, lists of
 * things the names or numbers of these, joined by "; "; a few columns become several. */
#include "export/rows/flat.h"

#include <string.h>

/* Columns that become several, each made of one member of what stands in it. */
static const struct {
    const char *column, *into[3], *member[3];
} several[] = {
    {"content", {"content", "content_start", "content_end"}, {"exact", "start", "end"}},
    {"context", {"before", "after", NULL}, {"before", "after", NULL}},
    {"positions", {"issues", "stances", "conditions"}, {"issue", "stance", "condition"}},
    {"spans", {"span_articles", "span_words", NULL}, {"article", "exact", NULL}},
    {"absent", {"absent_articles", "absent_why", NULL}, {"article", "why", NULL}},
};
enum { SEVERAL = sizeof several / sizeof *several, INTO = 3, MOST_COLUMNS = 100 };

static int find(const char *name)
{
    for (int i = 0; i < SEVERAL; i++)
        if (strcmp(several[i].column, name) == 0)
            return i;
    return -1;
}

static void columns(struct row_sink *sink, const char *const *names, size_t n)
{
    struct row_flat *f = (struct row_flat *)sink;
    const char *out[MOST_COLUMNS];
    size_t k = 0;
    for (size_t i = 0; i < n && k + INTO < MOST_COLUMNS; i++) {
        int at = find(names[i]);
        if (at < 0)
            out[k++] = names[i];
        for (int m = 0; at >= 0 && m < INTO && several[at].into[m]; m++)
            out[k++] = several[at].into[m];
    }
    if (f->to->columns)
        f->to->columns(f->to, out, k);
}

static void begin(struct row_sink *sink)
{
    struct row_flat *f = (struct row_flat *)sink;
    f->to->begin(f->to);
}

static void end(struct row_sink *sink)
{
    struct row_flat *f = (struct row_flat *)sink;
    f->to->end(f->to);
}

/* What a thing in a list is called, the first of these that it has. */
static const cJSON *name_of(const cJSON *item, const char *member)
{
    static const char *const names[] = {"exact", "name", "text", "id", "key", "title", "article"};
    if (!cJSON_IsObject(item))
        return item;
    if (member)
        return cJSON_GetObjectItemCaseSensitive(item, member);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const cJSON *found = cJSON_GetObjectItemCaseSensitive(item, names[i]);
        if (found)
            return found;
    }
    return NULL;
}

static void add(struct buf *out, const cJSON *value)
{
    if (!value)
        return;
    if (cJSON_IsString(value))
        buf_add(out, str_of(value->valuestring));
    else if (cJSON_IsNumber(value))
        buf_fmt(out, "%.15g", value->valuedouble);
    else if (cJSON_IsBool(value))
        buf_add(out, cJSON_IsTrue(value) ? S("true") : S("false"));
}

/* Nothing stands between the separators. */
static bool is_bare(struct str joined)
{
    for (size_t i = 0; i < joined.n; i++)
        if (joined.p[i] != ';' && joined.p[i] != ' ')
            return false;
    return true;
}

/* Of a list of spans the first start and the last end, of others all, joined. */
static void join(struct buf *out, const cJSON *list, const char *member)
{
    const cJSON *item;
    bool start = member && strcmp(member, "start") == 0,
         last = member && strcmp(member, "end") == 0;
    cJSON_ArrayForEach(item, list) {
        const cJSON *name = name_of(item, member);
        if (last)
            out->n = 0;
        else if (item != list->child)
            buf_add(out,
                    name == cJSON_GetObjectItemCaseSensitive(item, "exact") ? S(" … ") : S("; "));
        add(out, name);
        if (start)
            return;
    }
    if (is_bare(buf_str(out)))
        out->n = 0;
}

static void hand_on(struct row_flat *f, const char *name, const cJSON *tree, const char *member)
{
    struct row_value value = {0};
    f->text.n = 0;
    if (cJSON_IsObject(tree))
        add(&f->text, member ? cJSON_GetObjectItemCaseSensitive(tree, member) : NULL);
    else
        join(&f->text, tree, member);
    bool number = member && (strcmp(member, "start") == 0 || strcmp(member, "end") == 0);
    uint64_t n;
    if (number && str_to_u64(buf_str(&f->text), &n))
        value = (struct row_value){.type = ROW_INT, .integer = (int64_t)n};
    else if (f->text.n)
        value = (struct row_value){.type = ROW_TEXT, .text = buf_str(&f->text)};
    f->to->value(f->to, name, &value);
}

static void value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    struct row_flat *f = (struct row_flat *)sink;
    int at = find(name);
    if (v->type != ROW_JSON && at < 0) {
        f->to->value(f->to, name, v);
        return;
    }
    cJSON *tree = v->type == ROW_JSON ? cJSON_ParseWithLength(v->text.p, v->text.n) : NULL;
    if (at < 0)
        hand_on(f, name, tree, NULL);
    for (int m = 0; at >= 0 && m < INTO && several[at].into[m]; m++)
        hand_on(f, several[at].into[m], tree, several[at].member[m]);
    cJSON_Delete(tree);
}

struct row_flat row_flat_make(struct row_sink *to)
{
    return (struct row_flat){.sink = {columns, begin, value, end}, .to = to};
}

void row_flat_finish(struct row_flat *f)
{
    buf_finish(&f->text);
}
