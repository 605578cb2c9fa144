/* IPTC ninjs 2.1: a composite item whose associations are the articles, each with its text, who is
 * spoken of, and on which issues. What is said has no place in that standard and stays behind. */
#include "export/article/article.h"

struct items {
    struct article_sink sink;
    struct json j;
    struct arena one;
};

static void field(struct json *j, const char *key, struct str value)
{
    if (value.n)
        json_field_str(j, key, value);
}

/* [{"value": text}] */
static void values(struct json *j, const char *key, const char *type, struct str value)
{
    json_key(j, key);
    json_array(j);
    json_object(j);
    if (type)
        json_field_str(j, "contenttype", str_of(type));
    else
        json_field_str(j, "role", S("main"));
    json_field_str(j, "value", value);
    json_end_object(j);
    json_end_array(j);
}

/* date-time wants a time. */
static void moment(struct items *i, const char *key, struct str value)
{
    if (value.n == 10)
        value = arena_fmt(&i->one, "%.*sT00:00:00Z", STR_ARG(value));
    if (value.n >= 20)
        json_field_str(&i->j, key, value);
}

static bool is_person(struct str kind)
{
    return str_listed("person unnamed", kind);
}

static void parties(struct items *i, const cJSON *article, const char *key, bool persons)
{
    const cJSON *actor;
    json_key(&i->j, key);
    json_array(&i->j);
    cJSON_ArrayForEach(actor, tree_get(article, "actors")) {
        if (is_person(tree_text(actor, "kind")) != persons)
            continue;
        json_object(&i->j);
        json_field_str(&i->j, "name", tree_text(actor, "name"));
        json_field_str(&i->j, "literal", tree_text(actor, "key"));
        json_end_object(&i->j);
    }
    json_end_array(&i->j);
}

static void outlet(struct json *j, struct str name)
{
    if (!name.n)
        return;
    json_key(j, "infosources");
    json_array(j);
    json_object(j);
    json_field_str(j, "name", name);
    json_end_object(j);
    json_end_array(j);
}

static bool take(struct article_sink *sink, const cJSON *article, struct err *err)
{
    struct items *i = (struct items *)sink;
    struct json *j = &i->j;
    struct str url = tree_text(article, "url");
    (void)err;
    arena_reset(&i->one);
    struct str name = arena_fmt(&i->one, "article %lld", (long long)tree_int(article, "id"));
    struct str urn =
        arena_fmt(&i->one, "urn:synoptic:article:%lld", (long long)tree_int(article, "id"));
    json_object(j);
    json_field_str(j, "name", name);
    json_field_str(j, "uri", url.n ? url : urn);
    json_field_str(j, "type", S("text"));
    json_field_str(
        j, "version",
        arena_fmt(&i->one, "%lld",
                  (long long)(tree_int(article, "version") ? tree_int(article, "version") : 1)));
    moment(i, "contentcreated", tree_text(article, "published"));
    moment(i, "versioncreated", tree_text(article, "modified"));
    field(j, "language", tree_text(article, "language"));
    values(j, "headlines", NULL, tree_text(article, "title"));
    values(j, "bodies", "text/plain", tree_text(article, "text"));
    field(j, "by", tree_text(article, "byline"));
    outlet(j, tree_text(article, "outlet"));
    parties(i, article, "people", true);
    parties(i, article, "organisations", false);
    json_end_object(j);
    return true;
}

bool export_ninjs(struct export_job *job, struct err *err)
{
    struct items i = {.sink = {take}, .j = json_begin(job->out)};
    json_object(&i.j);
    json_field_str(&i.j, "uri", S("urn:synoptic:articles"));
    json_field_str(&i.j, "type", S("composite"));
    json_key(&i.j, "standard");
    json_object(&i.j);
    json_field_str(&i.j, "name", S("ninjs"));
    json_field_str(&i.j, "version", S("2.1"));
    json_field_str(&i.j, "schema", S("http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"));
    json_end_object(&i.j);
    json_key(&i.j, "associations");
    json_array(&i.j);
    bool ok = articles_each(job, &i.sink, err);
    json_end_array(&i.j);
    json_end_object(&i.j);
    arena_finish(&i.one);
    return ok;
}
