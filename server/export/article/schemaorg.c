/* schema.org as JSON-LD, one graph: NewsArticle, Quotation (direct and mixed statements), Claim
 * (indirect ones), Person or Organization, Question (issues), ClaimReview (conflicts: the claims
 * that cannot both be right; no rating, because nobody is rated here). Everything is named by a
 * URN, so that graphs of several exports of one store join. */
#include "export/article/article.h"

#include "base/map.h"

struct graph {
    struct article_sink sink;
    struct export_job *job;
    struct json j;
    struct arena one, all;
    struct map actors; /* those that stand there already */
};

static void field(struct json *j, const char *key, struct str value)
{
    if (value.n)
        json_field_str(j, key, value);
}

static struct str urn(struct graph *g, const char *kind, int64_t id)
{
    return arena_fmt(&g->one, "urn:synoptic:%s:%lld", kind, (long long)id);
}

static struct str urn_of_key(struct graph *g, const char *kind, struct str key)
{
    return arena_fmt(&g->one, "urn:synoptic:%s:%.*s", kind, STR_ARG(key));
}

/* {"@id": to} */
static void refer(struct json *j, const char *key, struct str to)
{
    if (key)
        json_key(j, key);
    json_object(j);
    json_field_str(j, "@id", to);
    json_end_object(j);
}

static void begin(struct json *j, const char *type, struct str id)
{
    json_object(j);
    json_field_str(j, "@id", id);
    json_field_str(j, "@type", str_of(type));
}

static void named(struct json *j, const char *key, const char *type, struct str name)
{
    if (!name.n)
        return;
    json_key(j, key);
    json_object(j);
    json_field_str(j, "@type", str_of(type));
    json_field_str(j, "name", name);
    json_end_object(j);
}

static const char *type_of(struct str kind)
{
    if (str_listed("person unnamed", kind))
        return "Person";
    if (str_eq(kind, S("country")))
        return "Country";
    return str_eq(kind, S("outlet")) ? "NewsMediaOrganization" : "Organization";
}

static void write_actors(struct graph *g, const cJSON *article)
{
    const cJSON *actor;
    cJSON_ArrayForEach(actor, tree_get(article, "actors")) {
        struct str key = tree_text(actor, "key"), of = tree_text(actor, "of");
        uint32_t *seen = map_at(&g->all, &g->actors, str_hash(key));
        if ((*seen)++)
            continue;
        begin(&g->j, type_of(tree_text(actor, "kind")), urn_of_key(g, "actor", key));
        json_field_str(&g->j, "name", tree_text(actor, "name"));
        if (str_listed("person unnamed", tree_text(actor, "kind")))
            field(&g->j, "jobTitle", tree_text(actor, "role"));
        if (of.n)
            refer(&g->j, "memberOf", urn_of_key(g, "actor", of));
        json_end_object(&g->j);
    }
}

/* What it is about, and for each issue the side as a keyword: "support: KEY". */
static void write_positions(struct graph *g, const cJSON *positions)
{
    const cJSON *p;
    if (!cJSON_GetArraySize(positions))
        return;
    json_key(&g->j, "about");
    json_array(&g->j);
    cJSON_ArrayForEach(p, positions)
        refer(&g->j, NULL, urn_of_key(g, "issue", tree_text(p, "issue")));
    json_end_array(&g->j);
    json_key(&g->j, "keywords");
    json_array(&g->j);
    cJSON_ArrayForEach(p, positions)
        json_str(&g->j, arena_fmt(&g->one, "%.*s: %.*s", STR_ARG(tree_text(p, "stance")),
                                  STR_ARG(tree_text(p, "issue"))));
    json_end_array(&g->j);
}

static void write_statement(struct graph *g, const cJSON *s)
{
    bool indirect = str_eq(tree_text(s, "kind"), S("indirect"));
    struct str speaker = tree_text(s, "speaker");
    begin(&g->j, indirect ? "Claim" : "Quotation", urn(g, "statement", tree_int(s, "id")));
    json_field_str(&g->j, "text", tree_words(&g->one, tree_get(s, "content")));
    if (speaker.n)
        refer(&g->j, indirect ? "author" : "spokenByCharacter", urn_of_key(g, "actor", speaker));
    refer(&g->j, indirect ? "appearance" : "isPartOf", urn(g, "article", tree_int(s, "article")));
    field(&g->j, "dateCreated", tree_text(s, "said_on"));
    write_positions(g, tree_get(s, "positions"));
    json_end_object(&g->j);
}

static bool take(struct article_sink *sink, const cJSON *article, struct err *err)
{
    struct graph *g = (struct graph *)sink;
    struct json *j = &g->j;
    const cJSON *s;
    (void)err;
    arena_reset(&g->one);
    begin(j, "NewsArticle", urn(g, "article", tree_int(article, "id")));
    field(j, "url", tree_text(article, "url"));
    json_field_str(j, "headline", tree_text(article, "title"));
    field(j, "alternativeHeadline", tree_text(article, "subtitle"));
    named(j, "author", "Person", tree_text(article, "byline"));
    field(j, "datePublished", tree_text(article, "published"));
    field(j, "dateModified", tree_text(article, "modified"));
    field(j, "inLanguage", tree_text(article, "language"));
    field(j, "articleSection", tree_text(article, "section"));
    named(j, "publisher", "NewsMediaOrganization", tree_text(article, "outlet"));
    json_field_str(j, "articleBody", tree_text(article, "text"));
    json_end_object(j);
    write_actors(g, article);
    cJSON_ArrayForEach(s, tree_get(article, "statements"))
        write_statement(g, s);
    return true;
}

static bool write_issues(struct graph *g, struct err *err)
{
    struct store_query query = {.noun = NOUN_ISSUE,
                                .filter = {.story = g->job->query.filter.story}};
    const cJSON *issue;
    cJSON *issues = tree_rows(g->job, &query, err);
    cJSON_ArrayForEach(issue, issues) {
        begin(&g->j, "Question", urn_of_key(g, "issue", tree_text(issue, "id")));
        json_field_str(&g->j, "name", tree_text(issue, "title"));
        json_end_object(&g->j);
    }
    cJSON_Delete(issues);
    return issues != NULL;
}

static void write_conflict(struct graph *g, const cJSON *conflict)
{
    struct json *j = &g->j;
    const cJSON *span;
    int64_t id = tree_int(conflict, "id");
    int n = 0;
    begin(j, "ClaimReview", urn(g, "conflict", id));
    json_field_str(j, "reviewBody", tree_text(conflict, "note"));
    json_field_str(j, "reviewAspect", tree_text(conflict, "rule"));
    named(j, "author", "Organization", S("synoptic"));
    json_key(j, "itemReviewed");
    json_array(j);
    cJSON_ArrayForEach(span, tree_get(conflict, "spans")) {
        struct str name = arena_fmt(&g->one, "urn:synoptic:conflict:%lld:%d", (long long)id, ++n);
        begin(j, "Claim", name);
        json_field_str(j, "text", tree_text(span, "exact"));
        refer(j, "appearance", urn(g, "article", tree_int(span, "article")));
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static bool write_conflicts(struct graph *g, struct err *err)
{
    struct store_query query = {.noun = NOUN_CONFLICT,
                                .filter = {.story = g->job->query.filter.story}};
    const cJSON *conflict;
    if (filter_is_narrow(&g->job->query.filter))
        return true;
    cJSON *conflicts = tree_rows(g->job, &query, err);
    cJSON_ArrayForEach(conflict, conflicts)
        if (!str_eq(tree_text(conflict, "status"), S("dismissed")))
            write_conflict(g, conflict);
    cJSON_Delete(conflicts);
    return conflicts != NULL;
}

/* All names are schema.org's; what holds an address is told, so that no processor has to fetch the
 * context. */
static const char context[] = "{\"@vocab\":\"https://schema.org/\",\"url\":{\"@type\":\"@id\"}}";

bool export_schemaorg(struct export_job *job, struct err *err)
{
    struct graph g = {.sink = {take}, .job = job, .j = json_begin(job->out)};
    json_object(&g.j);
    json_key(&g.j, "@context");
    json_raw(&g.j, S(context));
    json_key(&g.j, "@graph");
    json_array(&g.j);
    bool ok = articles_each(job, &g.sink, err) && write_issues(&g, err) && write_conflicts(&g, err);
    json_end_array(&g.j);
    json_end_object(&g.j);
    arena_finish(&g.one);
    arena_finish(&g.all);
    return ok;
}
