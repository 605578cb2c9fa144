/* POST imports/preview: the beginning of a table, for a person to say which column is what. Nothing
 * is kept. */
#include "api/parts.h"

#include "page/unpack/unpack.h"

static void write_columns(struct json *j, const struct table_view *v)
{
    json_key(j, "columns");
    json_array(j);
    for (size_t i = 0; i < v->n_columns; i++) {
        bool none = v->field[i] == RECORD_FIELDS;
        json_object(j);
        json_field_str(j, "name", v->column[i]);
        json_field_opt(j, "field", none ? S("") : str_of(record_field_names[v->field[i]]));
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_view(struct json *j, const char *kind, const struct table_view *v)
{
    json_object(j);
    json_field_opt(j, "kind", str_of(kind));
    json_field_bool(j, "known", v->known);
    json_key(j, "fields");
    json_array(j);
    for (int f = 0; f < RECORD_FIELDS; f++)
        json_str(j, str_of(record_field_names[f]));
    json_end_array(j);
    write_columns(j, v);
    json_key(j, "rows");
    json_array(j);
    for (size_t r = 0; r < v->n_rows; r++) {
        json_array(j);
        for (size_t i = 0; i < v->n_columns; i++)
            json_str(j, v->cell[r][i]);
        json_end_array(j);
    }
    json_end_array(j);
    json_end_object(j);
}

/* The form's first file; the field "cut" says that it is only the beginning of a longer one. */
bool post_preview(struct http_context *c, struct err *err)
{
    const struct http_part *file = NULL;
    struct table_view *view = arena_alloc(c->arena, sizeof *view);
    bool cut = false, ok = true;
    for (size_t i = 0; i < c->request.n_parts; i++) {
        const struct http_part *part = &c->request.parts[i];
        if (part->file.n && !file)
            file = part;
        cut |= !part->file.n && str_eq(part->name, S("cut"));
    }
    if (!file)
        return fail(err, ERR_INVALID, "the form holds no file");
    enum unpack_kind kind = unpack_kind(str_slice(file->bytes, 0, 512), file->file, file->type);
    if (kind == UNPACK_CSV)
        ok = table_view_csv(c->arena, file->bytes, cut, view, err);
    else if (kind == UNPACK_JSON)
        ok = table_view_json(c->arena, file->bytes, cut, view, err);
    if (!ok)
        return false;
    struct json j = json_begin(&c->response.body);
    write_view(&j, kind == UNPACK_CSV ? "csv" : kind == UNPACK_JSON ? "json" : "", view);
    return true;
}
