/* CSL-JSON (citationstyles.org), as Zotero, pandoc and citeproc read it. */
#include "export/reference/reference.h"

static void field(struct json *j, const char *key, struct str value)
{
    if (value.n)
        json_field_str(j, key, value);
}

static void date(struct json *j, const struct reference *r)
{
    json_key(j, "issued");
    json_object(j);
    json_key(j, "date-parts");
    json_array(j);
    json_array(j);
    json_int(j, r->year);
    json_int(j, r->month);
    json_int(j, r->day);
    json_end_array(j);
    json_end_array(j);
    json_end_object(j);
}

static void take(struct reference_sink *sink, struct buf *out, const struct reference *r)
{
    struct json json = json_begin(out), *j = &json;
    buf_add(out, sink->later ? S(",\n") : S("\n"));
    json_object(j);
    buf_fmt((json_key(j, "id"), json_raw(j, (struct str){0}), out), "\"synoptic-%lld\"",
            (long long)r->id);
    json_field_str(j, "type", S("article-newspaper"));
    field(j, "title", r->title);
    field(j, "abstract", r->subtitle);
    field(j, "container-title", r->outlet);
    if (r->n_authors) {
        json_key(j, "author");
        json_array(j);
        for (size_t i = 0; i < r->n_authors; i++) {
            json_object(j);
            json_field_str(j, "literal", r->author[i]);
            json_end_object(j);
        }
        json_end_array(j);
    }
    if (r->year)
        date(j, r);
    field(j, "language", r->language);
    field(j, "URL", r->url);
    json_end_object(j);
}

bool export_csl(struct export_job *job, struct err *err)
{
    struct reference_sink sink = {take, false};
    buf_char(job->out, '[');
    bool ok = references_each(job, &sink, err);
    buf_add(job->out, S("\n]\n"));
    return ok;
}
