/* A REFI-QDA project: a zip archive with project.qde and a plain text for each article. Selections
 * are what is said, a content in several places one each, coded by who says it and, issue by issue,
 * by the side. Positions are Unicode code points. The archive is written as it is made: articles
 * are read twice. */
#include "export/coding/coding.h"

#include <archive.h>
#include <archive_entry.h>

struct project {
    struct article_sink sink;
    struct export_job *job;
    struct archive *zip;
    struct buf xml; /* of project.qde, what is not written yet */
    struct arena one;
    struct err *err;
};

static struct str number(struct project *p, int64_t id)
{
    return arena_fmt(&p->one, "%lld", (long long)id);
}

static void guid(struct project *p, const char *attribute, const char *kind, struct str name)
{
    buf_fmt(&p->xml, " %s=\"", attribute);
    coding_guid(&p->xml, kind, name);
    buf_char(&p->xml, '"');
}

static void coding(struct project *p, struct str selection, const char *kind, struct str name)
{
    struct str own = arena_fmt(&p->one, "%.*s %s %.*s", STR_ARG(selection), kind, STR_ARG(name));
    buf_add(&p->xml, S("<Coding"));
    guid(p, "guid", "coding", own);
    buf_add(&p->xml, S("><CodeRef"));
    guid(p, "targetGUID", kind, name);
    buf_add(&p->xml, S("/></Coding>"));
}

static void codings(struct project *p, struct str selection, const cJSON *statement)
{
    struct str speaker = tree_text(statement, "speaker");
    const cJSON *x;
    if (speaker.n)
        coding(p, selection, CODING_ACTOR, speaker);
    cJSON_ArrayForEach(x, tree_get(statement, "positions"))
        coding(p, selection, CODING_SIDE,
               arena_fmt(&p->one, "%.*s %.*s", STR_ARG(tree_text(x, "issue")),
                         STR_ARG(tree_text(x, "stance"))));
}

static void selections(struct project *p, const cJSON *statement)
{
    int64_t id = tree_int(statement, "id");
    const cJSON *span;
    int n = 0;
    cJSON_ArrayForEach(span, tree_get(statement, "content")) {
        struct str name = arena_fmt(&p->one, "%lld %d", (long long)id, ++n);
        buf_add(&p->xml, S("<PlainTextSelection"));
        guid(p, "guid", "selection", name);
        buf_fmt(&p->xml, " name=\"statement %lld\" startPosition=\"%lld\" endPosition=\"%lld\">",
                (long long)id, (long long)tree_int(span, "start"),
                (long long)tree_int(span, "end"));
        codings(p, name, statement);
        buf_add(&p->xml, S("</PlainTextSelection>\n"));
    }
}

static void variable(struct project *p, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_add(&p->xml, S("<VariableValue><VariableRef"));
    guid(p, "targetGUID", "variable", str_of(name));
    buf_add(&p->xml, S("/><TextValue>"));
    export_xml(&p->xml, value);
    buf_add(&p->xml, S("</TextValue></VariableValue>"));
}

static const char *const variables[] = {"outlet", "published", "url", "byline"};
enum { VARIABLES = sizeof variables / sizeof *variables };

static bool send(struct project *p, const void *bytes, size_t n)
{
    return archive_write_data(p->zip, bytes, n) == (la_ssize_t)n ||
           (p->err->kind ? false : fail(p->err, ERR_IO, "the archive could not be written"));
}

static bool send_xml(struct project *p)
{
    bool ok = send(p, p->xml.p, p->xml.n);
    p->xml.n = 0;
    return ok;
}

static bool source(struct article_sink *sink, const cJSON *article, struct err *err)
{
    struct project *p = (struct project *)sink;
    struct str id = number(p, tree_int(article, "id"));
    const cJSON *s;
    (void)err;
    buf_add(&p->xml, S("<TextSource"));
    guid(p, "guid", "article", id);
    buf_add(&p->xml, S(" name=\""));
    export_xml(&p->xml, tree_text(article, "title"));
    buf_add(&p->xml, S("\" plainTextPath=\"internal://"));
    coding_guid(&p->xml, "text", id);
    buf_add(&p->xml, S(".txt\">\n"));
    cJSON_ArrayForEach(s, tree_get(article, "statements"))
        selections(p, s);
    for (size_t i = 0; i < VARIABLES; i++)
        variable(p, variables[i], tree_text(article, variables[i]));
    buf_add(&p->xml, S("</TextSource>\n"));
    arena_reset(&p->one);
    return send_xml(p);
}

static bool entry(struct project *p, const char *path)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, path);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_mtime(e, 315532800,
                            0); /* the first day that zip knows: the same bytes always */
    bool ok = archive_write_header(p->zip, e) == ARCHIVE_OK;
    archive_entry_free(e);
    return ok || fail(p->err, ERR_IO, "the archive could not be written");
}

static bool text(struct article_sink *sink, const cJSON *article, struct err *err)
{
    struct project *p = (struct project *)sink;
    struct str content = tree_text(article, "text");
    (void)err;
    p->xml.n = 0;
    buf_add(&p->xml, S("Sources/"));
    coding_guid(&p->xml, "text", number(p, tree_int(article, "id")));
    buf_add(&p->xml, S(".txt"));
    buf_char(&p->xml, 0);
    bool ok = entry(p, p->xml.p) && send(p, content.p, content.n);
    p->xml.n = 0;
    arena_reset(&p->one);
    return ok;
}

static bool write_codes(struct project *p)
{
    struct export_job part = *p->job;
    part.out = &p->xml;
    part.flush = NULL;
    buf_add(&p->xml, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                       "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"synoptic\""
                       " origin=\"synoptic " SYNOPTIC_VERSION "\">\n<CodeBook>\n"));
    if (!coding_write(&part, p->err))
        return false;
    buf_add(&p->xml, S("</CodeBook>\n<Variables>"));
    for (size_t i = 0; i < VARIABLES; i++) {
        buf_add(&p->xml, S("<Variable"));
        guid(p, "guid", "variable", str_of(variables[i]));
        buf_fmt(&p->xml, " name=\"%s\" typeOfVariable=\"Text\"/>", variables[i]);
    }
    buf_add(&p->xml, S("</Variables>\n"));
    return true;
}

static bool any_article(struct project *p, bool *any)
{
    struct store_page page;
    struct buf none = {0};
    struct row_ndjson rows = row_ndjson_make(&none);
    struct store_query query = {.noun = NOUN_ARTICLE, .filter = p->job->query.filter, .limit = 1};
    bool ok = p->job->query.filter.article ||
              store_list(p->job->store, &query, &rows.sink, &page, p->err);
    *any = p->job->query.filter.article || none.n > 0;
    buf_finish(&none);
    return ok;
}

/* Sources may not be empty: a project without an article has none. */
static bool write_project(struct project *p)
{
    bool any = false;
    if (!entry(p, "project.qde") || !write_codes(p) || !any_article(p, &any))
        return false;
    if (any)
        buf_add(&p->xml, S("<Sources>\n"));
    p->sink.take = source;
    if (!send_xml(p) || !articles_each(p->job, &p->sink, p->err))
        return false;
    buf_add(&p->xml, any ? S("</Sources>\n</Project>\n") : S("</Project>\n"));
    if (!send_xml(p))
        return false;
    p->sink.take = text;
    return articles_each(p->job, &p->sink, p->err);
}

static la_ssize_t hand_over(struct archive *zip, void *state, const void *bytes, size_t n)
{
    struct project *p = state;
    (void)zip;
    buf_add(p->job->out, (struct str){bytes, n});
    return export_flush(p->job, p->err) ? (la_ssize_t)n : -1;
}

bool export_qdpx(struct export_job *job, struct err *err)
{
    struct project p = {.job = job, .zip = archive_write_new(), .err = err};
    archive_write_set_format_zip(p.zip);
    archive_write_set_bytes_in_last_block(p.zip, 1);
    bool ok = archive_write_open(p.zip, &p, NULL, hand_over, NULL) == ARCHIVE_OK &&
              write_project(&p) && archive_write_close(p.zip) == ARCHIVE_OK;
    archive_write_free(p.zip);
    buf_finish(&p.xml);
    arena_finish(&p.one);
    return ok || (err->kind ? false : fail(err, ERR_IO, "the archive could not be written"));
}
