/* The codes, and names for everything: see coding.h. */
#include "export/coding/coding.h"

/* Eight-four-four-four-twelve digits of two hashes; version 8 of RFC 9562 leaves them to us. */
void coding_guid(struct buf *out, const char *kind, struct str name)
{
    struct buf whole = {0};
    buf_fmt(&whole, "%s %.*s", kind, STR_ARG(name));
    uint64_t a = str_hash(buf_str(&whole));
    buf_fmt(&whole, " %llx", (unsigned long long)a);
    uint64_t b = str_hash(buf_str(&whole));
    buf_fmt(out, "%08llx-%04llx-8%03llx-%04llx-%012llx", (unsigned long long)(a >> 32),
            (unsigned long long)(a >> 16 & 0xffff), (unsigned long long)(a & 0xfff),
            (unsigned long long)(0x8000 | (b >> 48 & 0x3fff)),
            (unsigned long long)(b & 0xffffffffffff));
    buf_finish(&whole);
}

static void open_code(struct buf *out, const char *kind, struct str name, struct str label)
{
    buf_add(out, S("<Code guid=\""));
    coding_guid(out, kind, name);
    buf_add(out, S("\" name=\""));
    export_xml(out, label);
    buf_fmt(out, "\" isCodable=\"%s\">", name.n ? "true" : "false");
}

static void write_speakers(struct buf *out, const cJSON *actors)
{
    const cJSON *actor;
    open_code(out, "speakers", S(""), S("Speakers"));
    cJSON_ArrayForEach(actor, actors) {
        if (tree_int(actor, "statements") == 0)
            continue;
        open_code(out, CODING_ACTOR, tree_text(actor, "key"), tree_text(actor, "name"));
        buf_add(out, S("</Code>\n"));
    }
    buf_add(out, S("</Code>\n"));
}

static void write_sides(struct buf *out, struct arena *a, struct str issue)
{
    static const char *const sides[] = {"support", "oppose",   "conditional", "mixed",
                                        "neutral", "declines", "denies"};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        struct str name = arena_fmt(a, "%.*s %s", STR_ARG(issue), sides[i]);
        open_code(out, CODING_SIDE, name, str_of(sides[i]));
        buf_add(out, S("</Code>"));
    }
}

static void write_issues(struct buf *out, const cJSON *issues)
{
    struct arena a = {0};
    const cJSON *issue;
    open_code(out, "issues", S(""), S("Issues"));
    cJSON_ArrayForEach(issue, issues) {
        struct str key = tree_text(issue, "id");
        open_code(out, CODING_ISSUE, key, tree_text(issue, "title"));
        write_sides(out, &a, key);
        buf_add(out, S("</Code>\n"));
    }
    buf_add(out, S("</Code>\n"));
    arena_finish(&a);
}

bool coding_write(struct export_job *job, struct err *err)
{
    struct store_filter filter = {.story = job->query.filter.story};
    struct store_query query = {.noun = NOUN_ACTOR, .filter = filter};
    cJSON *actors = tree_rows(job, &query, err);
    query.noun = NOUN_ISSUE;
    cJSON *issues = actors ? tree_rows(job, &query, err) : NULL;
    if (issues) {
        buf_add(job->out, S("<Codes>\n"));
        write_speakers(job->out, actors);
        write_issues(job->out, issues);
        buf_add(job->out, S("</Codes>\n"));
    }
    cJSON_Delete(actors);
    cJSON_Delete(issues);
    return issues != NULL;
}
