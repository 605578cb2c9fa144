/* The three shapes of a list: see rows.h. */
#include "store/rows.h"

#include <stdlib.h>

static void json_value(struct json *j, const struct row_value *v)
{
    switch (v->type) {
    case ROW_NULL:
        json_null(j);
        break;
    case ROW_INT:
        json_int(j, v->integer);
        break;
    case ROW_REAL:
        json_num(j, v->real, 4);
        break;
    case ROW_TEXT:
        json_str(j, v->text);
        break;
    case ROW_BOOL:
        json_bool(j, v->integer != 0);
        break;
    case ROW_JSON:
        json_raw(j, v->text);
        break;
    }
}

static void object_begin(struct row_sink *sink)
{
    json_object(((struct row_json *)sink)->j);
}

static void object_value(struct row_sink *sink, const char *name, const struct row_value *value)
{
    struct json *j = ((struct row_json *)sink)->j;
    json_key(j, name);
    json_value(j, value);
}

static void object_end(struct row_sink *sink)
{
    json_end_object(((struct row_json *)sink)->j);
}

struct row_json row_json_make(struct json *j)
{
    return (struct row_json){{NULL, object_begin, object_value, object_end}, j};
}

static void line_begin(struct row_sink *sink)
{
    struct row_ndjson *n = (struct row_ndjson *)sink;
    n->j = json_begin(n->out);
    json_object(&n->j);
}

static void line_value(struct row_sink *sink, const char *name, const struct row_value *value)
{
    struct row_ndjson *n = (struct row_ndjson *)sink;
    json_key(&n->j, name);
    json_value(&n->j, value);
}

static void line_end(struct row_sink *sink)
{
    struct row_ndjson *n = (struct row_ndjson *)sink;
    json_end_object(&n->j);
    buf_char(n->out, '\n');
}

struct row_ndjson row_ndjson_make(struct buf *out)
{
    return (struct row_ndjson){.sink = {NULL, line_begin, line_value, line_end}, .out = out};
}

static bool is_formula(struct str s)
{
    return s.n && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@' ||
                   s.p[0] == '\t' || s.p[0] == '\r' || s.p[0] == '\n');
}

static void cell(struct row_csv *csv, struct str s)
{
    bool guard = csv->guard && is_formula(s), quote = guard;
    for (size_t i = 0; i < s.n && !quote; i++)
        quote = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quote) {
        buf_add(csv->out, s);
        return;
    }
    buf_char(csv->out, '"');
    if (guard)
        buf_char(csv->out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(csv->out, '"');
        buf_char(csv->out, s.p[i]);
    }
    buf_char(csv->out, '"');
}

/* The words of [SPAN] or of ["text"]; false where it is neither. */
static bool flat(struct str text, struct buf *out)
{
    cJSON *tree = cJSON_ParseWithLength(text.p, text.n);
    bool is_flat = cJSON_IsArray(tree);
    const cJSON *item;
    cJSON_ArrayForEach(item, tree) {
        const cJSON *exact = cJSON_GetObjectItemCaseSensitive(item, "exact");
        const cJSON *word = exact ? exact : item;
        is_flat = is_flat && (cJSON_IsString(word) || cJSON_IsNumber(word));
        if (!is_flat)
            break;
        if (out->n)
            buf_add(out, exact ? S(" … ") : S("; "));
        if (cJSON_IsString(word))
            buf_add(out, str_of(word->valuestring));
        else
            buf_fmt(out, "%.15g", word->valuedouble);
    }
    cJSON_Delete(tree);
    return is_flat;
}

static void csv_columns(struct row_sink *sink, const char *const *names, size_t n)
{
    struct row_csv *csv = (struct row_csv *)sink;
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(csv->out, ',');
        cell(csv, str_of(names[i]));
    }
    buf_add(csv->out, S("\r\n"));
}

static void csv_begin(struct row_sink *sink)
{
    ((struct row_csv *)sink)->first = true;
}

static void csv_value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    (void)name;
    struct row_csv *csv = (struct row_csv *)sink;
    if (!csv->first)
        buf_char(csv->out, ',');
    csv->first = false;
    struct buf words = {0};
    struct json number = json_begin(csv->out);
    switch (v->type) {
    case ROW_NULL:
        break;
    case ROW_TEXT:
        cell(csv, v->text);
        break;
    case ROW_JSON:
        cell(csv, flat(v->text, &words) ? buf_str(&words) : v->text);
        break;
    case ROW_INT:
    case ROW_REAL:
    case ROW_BOOL:
        json_value(&number, v);
        break;
    }
    buf_finish(&words);
}

static void csv_end(struct row_sink *sink)
{
    buf_add(((struct row_csv *)sink)->out, S("\r\n"));
}

struct row_csv row_csv_make(struct buf *out, bool guard)
{
    return (struct row_csv){{csv_columns, csv_begin, csv_value, csv_end}, out, guard, true};
}
