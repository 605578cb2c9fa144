/* Values found in metadata, kept and given out by key; and where on the page the article stands.
 */
#include "page/meta/meta.h"

#include "page/text/words.h"

enum { DAY_BYTES = 10 };

static const struct {
    struct str name; /* of a <meta>'s name, property or itemprop, in small letters */
    enum meta_key key;
} names[] = {
    {STR("og:title"), META_TITLE_OG},
    {STR("twitter:title"), META_TITLE_TWITTER},
    {STR("twitter:text:title"), META_TITLE_TWITTER},
    {STR("headline"), META_TITLE_OTHER},
    {STR("dc.title"), META_TITLE_OTHER},
    {STR("dcterms.title"), META_TITLE_OTHER},
    {STR("sailthru.title"), META_TITLE_OTHER},
    {STR("parsely-title"), META_TITLE_OTHER},
    {STR("citation_title"), META_TITLE_OTHER},
    {STR("title"), META_TITLE_OTHER},
    {STR("og:site_name"), META_SITE_OG},
    {STR("application-name"), META_SITE_OTHER},
    {STR("al:ios:app_name"), META_SITE_OTHER},
    {STR("dc.publisher"), META_SITE_OTHER},
    {STR("dcterms.publisher"), META_SITE_OTHER},
    {STR("author"), META_AUTHOR_META},
    {STR("article:author"), META_AUTHOR_META},
    {STR("article:author_name"), META_AUTHOR_META},
    {STR("og:article:author"), META_AUTHOR_META},
    {STR("sailthru.author"), META_AUTHOR_META},
    {STR("parsely-author"), META_AUTHOR_META},
    {STR("dc.creator"), META_AUTHOR_META},
    {STR("dc.creator.name"), META_AUTHOR_META},
    {STR("dcterms.creator"), META_AUTHOR_META},
    {STR("citation_author"), META_AUTHOR_META},
    {STR("byl"), META_AUTHOR_META},
    {STR("byline"), META_AUTHOR_META},
    {STR("author_name"), META_AUTHOR_META},
    {STR("article-author"), META_AUTHOR_META},
    {STR("article.author"), META_AUTHOR_META},
    {STR("bt:author"), META_AUTHOR_META},
    {STR("cse_author"), META_AUTHOR_META},
    {STR("cxenseparse:author"), META_AUTHOR_META},
    {STR("mediator_author"), META_AUTHOR_META},
    {STR("rbauthors"), META_AUTHOR_META},
    {STR("shareaholic:article_author_name"), META_AUTHOR_META},
    {STR("vr:author"), META_AUTHOR_META},
    {STR("article_author"), META_AUTHOR_META},
    {STR("analyticsattributes.author"), META_AUTHOR_META},
    {STR("analytics:author"), META_AUTHOR_META},
    {STR("og:author"), META_AUTHOR_META},
    {STR("sailthru.byline_name"), META_AUTHOR_META},
    {STR("authors"), META_AUTHOR_META},
    {STR("article:authors"), META_AUTHOR_META},
    {STR("writer"), META_AUTHOR_META},
    {STR("dcterms.creator.name"), META_AUTHOR_META},
    {STR("article:published_time"), META_PUBLISHED_META},
    {STR("article:published"), META_PUBLISHED_META},
    {STR("og:article:published_time"), META_PUBLISHED_META},
    {STR("og:published_time"), META_PUBLISHED_META},
    {STR("datepublished"), META_PUBLISHED_META},
    {STR("rnews:datepublished"), META_PUBLISHED_META},
    {STR("parsely-pub-date"), META_PUBLISHED_META},
    {STR("sailthru.date"), META_PUBLISHED_META},
    {STR("dc.date.issued"), META_PUBLISHED_META},
    {STR("dcterms.issued"), META_PUBLISHED_META},
    {STR("dcterms.created"), META_CREATED},
    {STR("dc.date.created"), META_CREATED},
    {STR("pubdate"), META_PUBLISHED_META},
    {STR("publishdate"), META_PUBLISHED_META},
    {STR("publish-date"), META_PUBLISHED_META},
    {STR("publish_date"), META_PUBLISHED_META},
    {STR("published_date"), META_PUBLISHED_META},
    {STR("publication_date"), META_PUBLISHED_META},
    {STR("article_date_original"), META_PUBLISHED_META},
    {STR("citation_publication_date"), META_PUBLISHED_META},
    {STR("cxenseparse:recs:publishtime"), META_PUBLISHED_META},
    {STR("originalpublicationdate"), META_PUBLISHED_META},
    {STR("datecreated"), META_CREATED},
    {STR("created"), META_CREATED},
    {STR("pub_date"), META_PUBLISHED_META},
    {STR("pubdatetime"), META_PUBLISHED_META},
    {STR("publication-date"), META_PUBLISHED_META},
    {STR("publicationdate"), META_PUBLISHED_META},
    {STR("published"), META_PUBLISHED_META},
    {STR("published-date"), META_PUBLISHED_META},
    {STR("published_at"), META_PUBLISHED_META},
    {STR("published_time"), META_PUBLISHED_META},
    {STR("publishedat"), META_PUBLISHED_META},
    {STR("publishedtime"), META_PUBLISHED_META},
    {STR("publishtime"), META_PUBLISHED_META},
    {STR("publish_time"), META_PUBLISHED_META},
    {STR("date_published"), META_PUBLISHED_META},
    {STR("date-published"), META_PUBLISHED_META},
    {STR("datepublishedraw"), META_PUBLISHED_META},
    {STR("firstpublished"), META_PUBLISHED_META},
    {STR("firstpublisheddate"), META_PUBLISHED_META},
    {STR("dc.date.published"), META_PUBLISHED_META},
    {STR("dcterms.available"), META_PUBLISHED_META},
    {STR("dcterms.dateissued"), META_PUBLISHED_META},
    {STR("og:pubdate"), META_PUBLISHED_META},
    {STR("og:publish_date"), META_PUBLISHED_META},
    {STR("article:publish_date"), META_PUBLISHED_META},
    {STR("article:post_date"), META_PUBLISHED_META},
    {STR("article:created_time"), META_CREATED},
    {STR("article_publish_date"), META_PUBLISHED_META},
    {STR("article-publication-date"), META_PUBLISHED_META},
    {STR("articledate"), META_PUBLISHED_META},
    {STR("analyticsattributes.articledate"), META_PUBLISHED_META},
    {STR("bt:pubdate"), META_PUBLISHED_META},
    {STR("cxenseparse:publishtime"), META_PUBLISHED_META},
    {STR("sn-post-date"), META_PUBLISHED_META},
    {STR("rnews:datecreated"), META_CREATED},
    {STR("originaldate"), META_PUBLISHED_META},
    {STR("release_date"), META_PUBLISHED_META},
    {STR("date"), META_PUBLISHED_OTHER},
    {STR("dc.date"), META_PUBLISHED_OTHER},
    {STR("dcterms.date"), META_PUBLISHED_OTHER},
    {STR("article.created"), META_CREATED},
    {STR("article.published"), META_PUBLISHED_META},
    {STR("displaydate"), META_PUBLISHED_OTHER},
    {STR("pdate"), META_PUBLISHED_OTHER},
    {STR("timestamp"), META_PUBLISHED_OTHER},
    {STR("outbrain-date"), META_PUBLISHED_OTHER},
    {STR("dc.date.available"), META_PUBLISHED_OTHER},
    {STR("creation_date"), META_CREATED},
    {STR("dateposted"), META_PUBLISHED_OTHER},
    {STR("article:modified_time"), META_MODIFIED_META},
    {STR("og:updated_time"), META_MODIFIED_META},
    {STR("article:updated_time"), META_MODIFIED_META},
    {STR("datemodified"), META_MODIFIED_META},
    {STR("lastmod"), META_MODIFIED_META},
    {STR("last-modified"), META_MODIFIED_META},
    {STR("revised"), META_MODIFIED_META},
    {STR("dcterms.modified"), META_MODIFIED_META},
    {STR("og:article:modified_time"), META_MODIFIED_META},
    {STR("article:modified"), META_MODIFIED_META},
    {STR("article:modified_date"), META_MODIFIED_META},
    {STR("dc.date.modified"), META_MODIFIED_META},
    {STR("dcterms.datemodified"), META_MODIFIED_META},
    {STR("bt:moddate"), META_MODIFIED_META},
    {STR("cxenseparse:recs:modifiedtime"), META_MODIFIED_META},
    {STR("lastpublisheddate"), META_MODIFIED_META},
    {STR("last_modified"), META_MODIFIED_META},
    {STR("lastmodified"), META_MODIFIED_META},
    {STR("last-updated"), META_MODIFIED_META},
    {STR("last_updated"), META_MODIFIED_META},
    {STR("lastupdate"), META_MODIFIED_META},
    {STR("modified"), META_MODIFIED_META},
    {STR("modified_at"), META_MODIFIED_META},
    {STR("updated"), META_MODIFIED_META},
    {STR("updated_at"), META_MODIFIED_META},
    {STR("updated_time"), META_MODIFIED_META},
    {STR("article_date_updated"), META_MODIFIED_META},
    {STR("moddate"), META_MODIFIED_META},
    {STR("modificationdate"), META_MODIFIED_META},
    {STR("revision_date"), META_MODIFIED_META},
    {STR("article:section"), META_SECTION_META},
    {STR("parsely-section"), META_SECTION_META},
    {STR("og:url"), META_URL_OG},
    {STR("og:locale"), META_LANGUAGE_OTHER},
    {STR("content-language"), META_LANGUAGE_OTHER},
    {STR("dc.language"), META_LANGUAGE_OTHER},
    {STR("inlanguage"), META_LANGUAGE_OTHER},
    {STR("description"), META_DESCRIPTION},
    {STR("og:description"), META_DESCRIPTION},
};

void meta_put(struct meta *m, enum meta_key key, struct str value)
{
    if (m->found[key].n == 0 && value.n > 0 && value.n < 4000) {
        m->found[key] = value;
        m->source[key] = m->from;
    }
}

/* Does the value tell the time of the day that was told before without its zone? */
static bool tells_more(const struct meta *m, enum meta_key key, struct str value)
{
    struct str before = m->found[key];
    return key == META_PUBLISHED_META && value.n > before.n && before.n >= DAY_BYTES &&
           str_eq(str_slice(value, 0, DAY_BYTES), str_slice(before, 0, DAY_BYTES));
}

void meta_put_named(struct meta *m, struct str name, struct str raw)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].name.n == name.n && str_eq_case(names[i].name, name)) {
            enum meta_key key = names[i].key;
            struct str value = html_value(m->a, raw);
            if (key == META_AUTHOR_META &&
                (str_contains(value, S("://")) || str_starts(value, S("@"))))
                return;
            if (key == META_AUTHOR_META && m->found[key].n && !str_contains(m->found[key], value) &&
                m->found[key].n + value.n < 300)
                m->found[key] =
                    arena_fmt(m->a, "%.*s; %.*s", STR_ARG(m->found[key]), STR_ARG(value));
            if (tells_more(m, key, value))
                m->found[key] = (struct str){0};
            meta_put(m, key, value);
            return;
        }
}

struct told meta_told(const struct meta *m, enum meta_key key)
{
    return (struct told){m->found[key], m->source[key]};
}

struct told meta_first(const struct meta *m, enum meta_key a, enum meta_key b)
{
    return meta_told(m, m->found[a].n ? a : b);
}

void meta_span(const struct body *b, const struct page *p, size_t *from, size_t *to)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str title = fold_line(p->title, x);
    *from = *to = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (*from == 0 && k->tag >= TAG_H1 && k->tag <= TAG_H6 &&
            str_eq(fold_line(k->text, y), title))
            *from = k->node;
        if (k->chosen)
            *to = k->first;
    }
}
