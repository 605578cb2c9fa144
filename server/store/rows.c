/* Lists as JSON: see rows.h. */
#include "store/rows.h"

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

void row_number(struct buf *out, const struct row_value *value)
{
    struct json j = json_begin(out);
    json_value(&j, value);
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
