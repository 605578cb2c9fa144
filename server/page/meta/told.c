/* Values found in metadata, kept and given out by key; and where on the page the article stands.
 */
#include "page/meta/meta.h"

#include "page/text/words.h"

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
    {STR("dcterms.created"), META_PUBLISHED_META},
    {STR("dc.date.created"), META_PUBLISHED_META},
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
    {STR("datecreated"), META_PUBLISHED_META},
    {STR("created"), META_PUBLISHED_META},
    {STR("date"), META_PUBLISHED_OTHER},
    {STR("dc.date"), META_PUBLISHED_OTHER},
    {STR("dcterms.date"), META_PUBLISHED_OTHER},
    {STR("article.created"), META_PUBLISHED_META},
    {STR("article.published"), META_PUBLISHED_META},
    {STR("displaydate"), META_PUBLISHED_OTHER},
    {STR("pdate"), META_PUBLISHED_OTHER},
    {STR("timestamp"), META_PUBLISHED_OTHER},
    {STR("article:modified_time"), META_MODIFIED_META},
    {STR("og:updated_time"), META_MODIFIED_META},
    {STR("article:updated_time"), META_MODIFIED_META},
    {STR("datemodified"), META_MODIFIED_META},
    {STR("lastmod"), META_MODIFIED_META},
    {STR("last-modified"), META_MODIFIED_META},
    {STR("revised"), META_MODIFIED_META},
    {STR("dcterms.modified"), META_MODIFIED_META},
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
