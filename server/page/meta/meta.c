/* Collecting what a page says of itself: <meta>, <link>, <title>, microdata, JSON-LD. */
#include "page/meta/meta.h"

#include "base/url.h"
#include "page/text/date.h"

enum { PICTURE_LEVELS = 6 };

static bool is_open_graph(struct str name)
{
    return str_starts(name, S("og:")) || str_starts(name, S("article:"));
}

static void read_meta(struct meta *m, size_t i)
{
    static const struct str keys[] = {STR("property"), STR("name"), STR("itemprop"),
                                      STR("http-equiv")};
    struct str content = html_attr(m->h, i, S("content"));
    if (content.n == 0)
        return;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct str name = html_attr(m->h, i, keys[k]);
        if (name.n == 0)
            continue;
        m->from = k == 2 ? "microdata" : is_open_graph(str_trim(name)) ? "opengraph" : "meta";
        meta_put_named(m, str_trim(name), content);
    }
}

static void read_link(struct meta *m, size_t i)
{
    struct str rel = html_attr(m->h, i, S("rel"));
    m->from = "link";
    if (str_eq_case(rel, S("canonical")))
        meta_put(m, META_CANONICAL, html_value(m->a, html_attr(m->h, i, S("href"))));
}

/* Does the element stand in a picture's caption or credit? */
static bool is_in_picture(const struct meta *m, size_t i)
{
    for (int level = 0; i && level < PICTURE_LEVELS; level++, i = m->h->nodes[i].parent)
        if (m->h->nodes[i].tag == TAG_FIGURE || m->h->nodes[i].tag == TAG_FIGCAPTION ||
            m->hints[i] & HINT_CAPTION)
            return true;
    return false;
}

/* itemprop on visible elements: the value is an attribute or the text. */
static void read_itemprop(struct meta *m, size_t i, struct str prop)
{
    if (m->hints[i] & (HINT_COMMENT | HINT_RELATED))
        return;
    struct str raw = html_attr(m->h, i, S("content"));
    if (raw.n == 0)
        raw = html_attr(m->h, i, S("datetime"));
    struct str value = raw.n ? html_value(m->a, raw) : (struct str){0};
    if (str_eq(prop, S("headline")))
        meta_put(m, META_TITLE_PROP,
                 value.n ? value
                         : html_headline(m->a, m->h, i, m->hints, HINT_KICKER | HINT_BYLINE));
    else if (str_starts(prop, S("datePublished")))
        meta_put(m, META_PUBLISHED_PROP, value.n ? value : html_text(m->a, m->h, i));
    else if (str_starts(prop, S("dateCreated")))
        meta_put(m, META_CREATED, value.n ? value : html_text(m->a, m->h, i));
    else if (str_starts(prop, S("dateModified")))
        meta_put(m, META_MODIFIED_META, value);
    else if (str_eq(prop, S("author")) && !html_has_attr(m->h, i, S("itemscope")) &&
             !is_in_picture(m, i))
        meta_put(m, META_AUTHOR_PROP, value.n ? value : html_text(m->a, m->h, i));
    else if (str_eq(prop, S("alternativeHeadline")))
        meta_put(m, META_SUBTITLE, value.n ? value : html_text(m->a, m->h, i));
}

/* <div itemprop="author" itemscope><span itemprop="name">…: the name inside. */
static void read_author_scope(struct meta *m, size_t i)
{
    for (size_t k = i + 1; k < m->h->nodes[i].end; k++) {
        struct str prop = html_attr(m->h, k, S("itemprop"));
        if (!str_eq(prop, S("name")))
            continue;
        struct str raw = html_attr(m->h, k, S("content"));
        meta_put(m, META_AUTHOR_PROP, raw.n ? html_value(m->a, raw) : html_text(m->a, m->h, k));
        return;
    }
}

static void read_element(struct meta *m, size_t i)
{
    const struct html_node *n = &m->h->nodes[i];
    switch (n->tag) {
    case TAG_META:
        read_meta(m, i);
        return;
    case TAG_LINK:
        read_link(m, i);
        return;
    case TAG_TITLE:
        m->from = "title";
        meta_put(m, META_TITLE_TAG, html_value(m->a, n->text));
        return;
    case TAG_HTML:
        m->from = "html";
        meta_put(m, META_LANGUAGE, html_attr(m->h, i, S("lang")));
        meta_put(m, META_LANGUAGE, html_attr(m->h, i, S("xml:lang")));
        return;
    case TAG_SCRIPT:
        m->from = "json-ld";
        if (str_eq_case(str_slice(html_attr(m->h, i, S("type")), 0, 19), S("application/ld+json")))
            meta_json_ld(m, n->text);
        return;
    default:
        break;
    }
    m->from = "microdata";
    for (size_t k = n->attr; k < (size_t)n->attr + n->n_attrs; k++)
        if (m->h->attrs[k].name.n == 8 && str_eq_case(m->h->attrs[k].name, S("itemprop"))) {
            read_itemprop(m, i, m->h->attrs[k].value);
            if (str_eq(m->h->attrs[k].value, S("author")) && !is_in_picture(m, i))
                read_author_scope(m, i);
        }
}

/* "en-GB", "de_DE", "FR": the two letters. */
static struct str language_code(struct arena *a, struct str s)
{
    s = str_trim(s);
    if (s.n < 2 || (s.n > 2 && s.p[2] != '-' && s.p[2] != '_'))
        return (struct str){0};
    char code[2];
    for (size_t i = 0; i < 2; i++) {
        code[i] = (char)(s.p[i] | 32);
        if (code[i] < 'a' || code[i] > 'z')
            return (struct str){0};
    }
    return arena_str(a, (struct str){code, 2});
}

/* The language with the region that decides how its days are written: of the page's tag, else of
 * og:locale, else of the domain ("gazette.example.uk"). */
static struct str locale_of(struct meta *m, const struct page *p)
{
    for (enum meta_key k = META_LANGUAGE; k <= META_LANGUAGE_OTHER; k++) {
        struct str s = str_trim(m->found[k]);
        if (s.n == 5 && str_starts(s, p->language))
            return s;
    }
    size_t dot = p->domain.n;
    while (dot > 0 && p->domain.p[dot - 1] != '.')
        dot--;
    bool country = dot > 0 && p->domain.n - dot == 2 && p->language.n == 2;
    return country ? arena_fmt(m->a, "%.*s-%.*s", STR_ARG(p->language),
                               STR_ARG(str_slice(p->domain, dot, p->domain.n)))
                   : p->language;
}

static void set_addresses(struct arena *a, struct meta *m, struct page *out)
{
    struct told link = meta_first(m, META_CANONICAL, META_URL_OG);
    struct str base = out->url.n ? out->url : m->found[META_URL_OG];
    struct str url = url_resolve(a, base, link.value);
    if (url_path(url).n > 1 || url_path(out->url).n <= 1) /* a front page is nobody's canonical */
        page_set(out, FIELD_CANONICAL, url, link.source);
    if (out->domain.n == 0)
        out->domain = url_domain(a, out->canonical);
}

void meta_read(struct meta *m, struct page *out)
{
    for (size_t i = 1; i < m->h->n; i++)
        if (m->h->nodes[i].tag != TAG_TEXT &&
            (m->h->nodes[i].n_attrs || m->h->nodes[i].tag == TAG_TITLE))
            read_element(m, i);
    set_addresses(m->a, m, out);
    for (enum meta_key k = META_LANGUAGE; k <= META_LANGUAGE_OTHER; k++)
        page_fill(out, FIELD_LANGUAGE, language_code(m->a, m->found[k]), m->source[k]);
    m->locale = locale_of(m, out);
    meta_outlet(m, out);
    meta_title(m, out);
}
