/* Atom (RFC 4287). */
#include "export/feed/feed.h"

static void element(struct buf *out, const char *name, struct str text)
{
    buf_fmt(out, "<%s>", name);
    export_xml(out, text);
    buf_fmt(out, "</%s>", name);
}

static void write_positions(struct buf *out, struct str positions)
{
    cJSON *list = cJSON_ParseWithLength(positions.p, positions.n);
    const cJSON *one;
    cJSON_ArrayForEach(one, list) {
        buf_add(out, S("<category term=\""));
        export_xml(out, cJSON_IsString(one) ? str_of(one->valuestring) : S(""));
        buf_add(out, S("\"/>"));
    }
    cJSON_Delete(list);
}

static void write_entry(struct buf *out, const struct news_entry *e)
{
    buf_add(out, S("  <entry>"));
    element(out, "id", e->id);
    element(out, "title", e->title);
    element(out, "updated", e->updated);
    buf_add(out, S("<author><name>"));
    export_xml(out, e->outlet.n ? e->outlet : S("unknown outlet"));
    buf_add(out, S("</name></author><link rel=\"alternate\" href=\""));
    export_xml(out, e->link);
    buf_add(out, S("\"/>"));
    write_positions(out, e->positions);
    element(out, "summary", e->article);
    buf_add(out, S("<content type=\"text\">"));
    export_xml(out, e->words);
    buf_add(out, S("</content></entry>\n"));
}

bool export_atom(struct export_job *job, struct err *err)
{
    struct news feed;
    struct buf *out = job->out;
    bool ok = news_read(job, &feed, err);
    if (ok) {
        buf_add(out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
                       "  <id>urn:synoptic:news</id><title>synoptic: what is new</title>"
                       "<generator version=\"" SYNOPTIC_VERSION "\">synoptic</generator>\n  "));
        element(out, "updated", feed.updated);
        buf_char(out, '\n');
        for (size_t i = 0; i < feed.n; i++)
            write_entry(out, &feed.v[i]);
        buf_add(out, S("</feed>\n"));
    }
    news_finish(&feed);
    return ok;
}
