/* JSON Feed (jsonfeed.org, versions 1 and 1.1). */
#include "page/feed/parts.h"

#include "base/json.h"
#include "base/url.h"
#include "page/text/date.h"

static struct str member(struct arena *a, const cJSON *o, const char *key)
{
    const char *s = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, key));
    return s ? arena_str(a, str_of(s)) : (struct str){0};
}

/* Version 1.1 has "authors", version 1 had "author". */
static struct str authors_of(struct arena *a, const cJSON *o)
{
    const cJSON *authors = cJSON_GetObjectItemCaseSensitive(o, "authors"), *x;
    struct str names = {0};
    cJSON_ArrayForEach(x, authors)
        names = feed_names(a, names, feed_plain(a, member(a, x, "name")));
    const cJSON *author = cJSON_GetObjectItemCaseSensitive(o, "author");
    if (names.n)
        return names;
    return feed_plain(a, member(a, cJSON_IsString(author) ? o : author,
                                cJSON_IsString(author) ? "author" : "name"));
}

static struct feed_item read_item(struct feed_reader *r, const cJSON *o)
{
    struct arena *a = r->a;
    struct str url = member(a, o, "url"), html = member(a, o, "content_html"),
               id = member(a, o, "id");
    struct feed_item x = {.url =
                              url_resolve(a, r->base, url.n ? url : member(a, o, "external_url")),
                          .title = feed_plain(a, member(a, o, "title")),
                          .published = date_machine(a, member(a, o, "date_published")),
                          .author = authors_of(a, o),
                          .summary = feed_paragraphs(a, member(a, o, "summary"), true),
                          .content = html.n ? html : member(a, o, "content_text")};
    x.updated = date_machine(a, member(a, o, "date_modified"));
    if (html.n == 0)
        x.content = feed_paragraphs(a, x.content, true);
    x.id = id.n ? id : x.url;
    return x;
}

bool feed_read_json(struct feed_reader *r, struct str text, struct err *err)
{
    cJSON *tree = NULL;
    if (!json_parse(text, &tree, err))
        return false;
    const cJSON *items = cJSON_GetObjectItemCaseSensitive(tree, "items"), *x;
    bool ok =
        str_contains(member(r->a, tree, "version"), S("jsonfeed.org")) && cJSON_IsArray(items);
    if (ok) {
        r->feed.kind = FEED_JSON;
        r->feed.outlet = feed_plain(r->a, member(r->a, tree, "title"));
        r->feed.site = url_resolve(r->a, r->base, member(r->a, tree, "home_page_url"));
        r->authors = authors_of(r->a, tree);
        if (r->base.n == 0)
            r->base = r->feed.site;
        r->feed.language = feed_language(member(r->a, tree, "language"));
        cJSON_ArrayForEach(x, items)
            feed_add(r, read_item(r, x));
    }
    cJSON_Delete(tree);
    return ok || fail(err, ERR_INVALID, "that is JSON, but not a JSON Feed");
}
