/* Structured data of schema.org as JSON-LD: the article object, wherever in the graph it stands.
 * Real pages break the grammar now and then (raw line breaks, comments around), so the lenient
 * parser is used; a script that cannot be parsed says nothing. */
#include "page/meta/meta.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <string.h>

enum { LEVELS = 12, SCRIPT_MAX = 4 << 20, AUTHORS_MAX = 24, MOST_REFERENCES = 100 };

static struct str text_of(struct meta *m, const cJSON *x)
{
    const char *s = cJSON_GetStringValue(x);
    if (cJSON_IsNumber(x)) /* a time in seconds or milliseconds */
        return arena_fmt(m->a, "%.0f", cJSON_GetNumberValue(x));
    return s ? html_value(m->a, utf8_repair(m->a, str_of(s))) : (struct str){0};
}

/* Is `x` (a string or an array of them) one of the types whose name contains `word`? */
static bool is_type(const cJSON *object, const char *word)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(object, "@type"), *x;
    if (cJSON_IsString(type))
        return strstr(type->valuestring, word) != NULL;
    cJSON_ArrayForEach(x, type)
        if (cJSON_IsString(x) && strstr(x->valuestring, word))
            return true;
    return false;
}

static bool is_article(const cJSON *object)
{
    static const char *const types[] = {"Article", "BlogPosting", "Report", "Posting"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (is_type(object, types[i]))
            return true;
    return false;
}

/* The object with this @id anywhere in the graph. */
static const cJSON *by_id(const cJSON *tree, const char *id, int level)
{
    const cJSON *x;
    if (level > LEVELS)
        return NULL;
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(tree, "@id");
    if (cJSON_IsString(own) && strcmp(own->valuestring, id) == 0 &&
        cJSON_GetObjectItemCaseSensitive(tree, "name"))
        return tree;
    cJSON_ArrayForEach(x, tree) {
        const cJSON *hit = cJSON_IsObject(x) || cJSON_IsArray(x) ? by_id(x, id, level + 1) : NULL;
        if (hit)
            return hit;
    }
    return NULL;
}

/* "givenName" and "familyName". */
static struct str parted_name(struct meta *m, const cJSON *x)
{
    struct str given = text_of(m, cJSON_GetObjectItemCaseSensitive(x, "givenName"));
    struct str family = text_of(m, cJSON_GetObjectItemCaseSensitive(x, "familyName"));
    return given.n && family.n ? arena_fmt(m->a, "%.*s %.*s", STR_ARG(given), STR_ARG(family))
           : given.n           ? given
                               : family;
}

/* The name of a person or organisation: a string, an object with a name or its two parts, or a
 * reference. */
static struct str name_of(struct meta *m, const cJSON *root, const cJSON *x)
{
    if (cJSON_IsString(x))
        return text_of(m, x);
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(x, "name");
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(x, "@id");
    if (!name && cJSON_IsString(id) && m->references++ < MOST_REFERENCES)
        name = cJSON_GetObjectItemCaseSensitive(by_id(root, id->valuestring, 0), "name");
    if (cJSON_IsArray(name))
        name = cJSON_GetArrayItem(name, 0);
    struct str text = text_of(m, name);
    return text.n ? text : parted_name(m, x);
}

static void add_author(struct buf *out, struct str name)
{
    buf_add(out, out->n && name.n ? S("; ") : (struct str){0});
    buf_add(out, name);
}

/* A person, an organisation, or a list of them. */
static void put_authors(struct meta *m, const cJSON *root, const cJSON *authors)
{
    struct buf out = {0};
    const cJSON *x;
    if (!cJSON_IsArray(authors)) {
        meta_put(m, is_type(authors, "Organization") ? META_AUTHOR_ORG : META_AUTHOR_LD,
                 name_of(m, root, authors));
        return;
    }
    int n = 0;
    cJSON_ArrayForEach(x, authors)
        if (n++ < AUTHORS_MAX && !is_type(x, "Organization"))
            add_author(&out, name_of(m, root, x));
    meta_put(m, META_AUTHOR_LD, arena_str(m->a, buf_str(&out)));
    buf_finish(&out);
}

static struct str first_text(struct meta *m, const cJSON *object, const char *key)
{
    const cJSON *x = cJSON_GetObjectItemCaseSensitive(object, key);
    return text_of(m, cJSON_IsArray(x) ? cJSON_GetArrayItem(x, 0) : x);
}

/* The entries of a live blog, a line for each headline and body. */
static struct str live_text(struct meta *m, const cJSON *o)
{
    static const char *const keys[] = {"headline", "articleBody"};
    struct buf out = {0};
    const cJSON *entry;
    cJSON_ArrayForEach(entry, cJSON_GetObjectItemCaseSensitive(o, "liveBlogUpdate"))
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            const char *s = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, keys[i]));
            buf_add(&out, s ? str_of(s) : (struct str){0});
            buf_add(&out, s ? S("\n\n") : (struct str){0});
        }
    struct str text = utf8_repair(m->a, arena_str(m->a, buf_str(&out)));
    buf_finish(&out);
    return text;
}

static void read_article(struct meta *m, const cJSON *root, const cJSON *o)
{
    meta_put(m, META_TITLE_LD, first_text(m, o, "headline"));
    meta_put(m, META_SUBTITLE, first_text(m, o, "alternativeHeadline"));
    meta_put(m, META_PUBLISHED_LD, first_text(m, o, "datePublished"));
    meta_put(m, META_CREATED, first_text(m, o, "dateCreated"));
    meta_put(m, META_MODIFIED_LD, first_text(m, o, "dateModified"));
    meta_put(m, META_SECTION_LD, first_text(m, o, "articleSection"));
    meta_put(m, META_LANGUAGE_OTHER, first_text(m, o, "inLanguage"));
    const cJSON *author = cJSON_GetObjectItemCaseSensitive(o, "author");
    put_authors(m, root, author ? author : cJSON_GetObjectItemCaseSensitive(o, "creator"));
    const cJSON *publisher = cJSON_GetObjectItemCaseSensitive(o, "publisher");
    meta_put(
        m, META_SITE_LD,
        name_of(m, root, cJSON_IsArray(publisher) ? cJSON_GetArrayItem(publisher, 0) : publisher));
    const char *body = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, "articleBody"));
    if (body && m->article_body.n == 0)
        m->article_body = utf8_repair(m->a, arena_str(m->a, str_of(body)));
    if (m->article_body.n == 0)
        m->article_body = live_text(m, o);
    const cJSON *free_access = cJSON_GetObjectItemCaseSensitive(o, "isAccessibleForFree");
    const char *told = cJSON_GetStringValue(free_access);
    m->free_access_denied |=
        cJSON_IsFalse(free_access) || (told && (told[0] == 'F' || told[0] == 'f'));
}

static void walk(struct meta *m, const cJSON *root, const cJSON *x, int level)
{
    const cJSON *child;
    if (level > LEVELS)
        return;
    if (cJSON_IsObject(x)) {
        if (is_article(x)) {
            read_article(m, root, x);
        } else if (is_type(x, "WebPage")) {
            meta_put(m, META_PUBLISHED_PAGE, first_text(m, x, "datePublished"));
            meta_put(m, META_MODIFIED_META, first_text(m, x, "dateModified"));
        } else if (is_type(x, "Person")) {
            meta_put(m, META_AUTHOR_PERSON, first_text(m, x, "name"));
        } else if (is_type(x, "WebSite")) {
            meta_put(m, META_SITE_OTHER, first_text(m, x, "name"));
        }
    }
    cJSON_ArrayForEach(child, x)
        if (cJSON_IsObject(child) || cJSON_IsArray(child))
            walk(m, root, child, level + 1);
}

void meta_json_ld(struct meta *m, struct str json)
{
    json = str_trim(json);
    size_t from = 0;
    while (from < json.n && json.p[from] != '{' && json.p[from] != '[')
        from++; /* "<!--", "//<![CDATA[" */
    json = str_slice(json, from, json.n);
    if (json.n == 0 || json.n > SCRIPT_MAX)
        return;
    cJSON *tree = cJSON_ParseWithLength(json.p, json.n);
    if (!tree)
        return;
    walk(m, tree, tree, 0);
    cJSON_Delete(tree);
}
