/* JSON Feed 1.1 (jsonfeed.org). */
#include "export/feed/feed.h"

static void write_entry(struct json *j, const struct news_entry *e)
{
    json_object(j);
    json_field_str(j, "id", e->id);
    json_field_str(j, "url", e->link);
    json_field_str(j, "title", e->title);
    json_field_str(j, "content_text", e->words);
    json_field_str(j, "summary", e->article);
    json_field_str(j, "date_published", e->updated);
    if (e->outlet.n) {
        json_key(j, "authors");
        json_array(j);
        json_object(j);
        json_field_str(j, "name", e->outlet);
        json_end_object(j);
        json_end_array(j);
    }
    json_key(j, "tags");
    json_raw(j, e->positions.n ? e->positions : S("[]"));
    json_end_object(j);
}

bool export_jsonfeed(struct export_job *job, struct err *err)
{
    struct news feed;
    struct json j = json_begin(job->out);
    bool ok = news_read(job, &feed, err);
    if (ok) {
        json_object(&j);
        json_field_str(&j, "version", S("https://jsonfeed.org/version/1.1"));
        json_field_str(&j, "title", S("synoptic: what is new"));
        json_key(&j, "items");
        json_array(&j);
        for (size_t i = 0; i < feed.n; i++)
            write_entry(&j, &feed.v[i]);
        json_end_array(&j);
        json_end_object(&j);
    }
    news_finish(&feed);
    return ok;
}
