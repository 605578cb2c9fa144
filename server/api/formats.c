/* What can be exported, told to the pages: the tables of export/export.h as JSON. */
#include "api/parts.h"

static void write_format(struct json *j, const struct export_format *f)
{
    json_object(j);
    json_field_str(j, "name", str_of(f->name));
    json_field_str(j, "suffix", str_of(f->suffix));
    json_field_str(j, "type", str_of(f->type));
    json_field_str(j, "kind", str_of(f->kind));
    json_field_str(j, "about", str_of(f->about));
    json_field_bool(j, "lists", f->lists);
    json_end_object(j);
}

static void write_setting(struct json *j, const struct export_setting *s)
{
    struct str rest = str_of(s->words), word;
    json_object(j);
    json_field_str(j, "name", str_of(s->name));
    json_field_opt(j, "initial", str_of(s->initial));
    json_field_str(j, "about", str_of(s->about));
    json_key(j, "words");
    json_array(j);
    while (str_split(&rest, ' ', &word))
        json_str(j, word);
    json_end_array(j);
    json_end_object(j);
}

bool read_formats(struct http_context *c, struct err *err)
{
    (void)err;
    struct json j = json_begin(&c->response.body);
    json_object(&j);
    json_key(&j, "formats");
    json_array(&j);
    for (const struct export_format *f = export_formats; f->name; f++)
        write_format(&j, f);
    json_end_array(&j);
    json_key(&j, "settings");
    json_array(&j);
    for (int i = 0; i < EXPORT_SETTING_COUNT; i++)
        write_setting(&j, &export_settings[i]);
    json_end_array(&j);
    json_end_object(&j);
    return true;
}
