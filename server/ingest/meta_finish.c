/* Authors and days: structured data first, then what the page shows beside its headline. */
#include "ingest/date.h"
#include "ingest/meta.h"
#include "ingest/page_parts.h"
#include "ingest/page_words.h"

/* ---- authors --------------------------------------------------------------------------------- */

static bool is_outlet(struct str name, const struct page *p)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    return str_eq(fold_line(name, x), fold_line(p->outlet, y));
}

static struct str usable(struct arena *a, struct str byline, const struct page *p)
{
    struct str names = byline_clean(a, byline);
    return names.n && !is_outlet(names, p) ? names : (struct str){0};
}

/* Elements that say who wrote: rel=author, then class byline or author with a short text. */
static struct str visible_author(struct arena *a, struct meta *m, const struct body *b,
                                 const struct page *p)
{
    const struct html *h = m->h;
    for (size_t i = 1; i < h->n; i++) {
        if (h->nodes[i].tag != TAG_A || b->hints[i] & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN))
            continue;
        if (!str_eq_case(html_attr(h, i, S("rel")), S("author")))
            continue;
        struct str s = html_text(m->a, h, i);
        if (s.n && s.n < 100 && (s = usable(a, s, p)).n)
            return s;
    }
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (k->text.n > 160 || k->hints & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN))
            continue;
        bool by = str_starts(k->text, S("By ")) || str_starts(k->text, S("BY ")) ||
                  str_starts(k->text, S("Von ")) || str_starts(k->text, S("Par ")) ||
                  str_starts(k->text, S("Por "));
        if (!by && !(k->hints & HINT_BYLINE))
            continue;
        if (!by && date_find(m->a, k->text, p->language).n)
            continue;
        struct str s = by || k->text.n < 60 ? usable(a, k->text, p) : (struct str){0};
        if (s.n)
            return s;
    }
    return (struct str){0};
}

static struct str authors(struct arena *a, struct meta *m, const struct body *b,
                          const struct page *p)
{
    static const enum meta_key keys[] = {META_AUTHOR_LD, META_AUTHOR_META, META_AUTHOR_PROP};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str s = usable(a, m->found[keys[i]], p);
        if (s.n)
            return s;
    }
    struct str s = visible_author(a, m, b, p);
    return s.n ? s : usable(a, m->found[META_AUTHOR_ORG], p);
}

/* ---- days ------------------------------------------------------------------------------------ */

/* <time>, best with pubdate, in the byline or the header; else the first one near the text. */
static struct str time_element(struct meta *m, const struct body *b, const struct page *p)
{
    const struct html *h = m->h;
    struct str first = {0};
    for (size_t i = 1; i < h->n; i++) {
        if (h->nodes[i].tag != TAG_TIME ||
            b->hints[i] & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN))
            continue;
        struct str raw = html_attr(h, i, S("datetime"));
        struct str day = raw.n ? date_machine(m->a, raw) : (struct str){0};
        if (day.n == 0)
            day = date_find(m->a, html_text(m->a, h, i), p->language);
        if (day.n == 0)
            continue;
        if (html_has_attr(h, i, S("pubdate")))
            return day;
        if (first.n == 0)
            first = day;
    }
    return first;
}

/* A day written out for readers: in a byline, else in a short block near the headline. */
static struct str visible_day(struct meta *m, const struct body *b, const struct page *p)
{
    size_t title = 0;
    char x[FOLD_MAX], y[FOLD_MAX];
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (!(k->hints & HINT_BYLINE) || k->hints & (HINT_COMMENT | HINT_RELATED) ||
            k->text.n > 200)
            continue;
        struct str day = date_find(m->a, k->text, p->language);
        if (day.n)
            return day;
    }
    for (size_t i = 0; i < b->n && !title; i++)
        if (str_eq(fold_line(b->blocks[i].text, x), fold_line(p->title, y)))
            title = i;
    for (size_t step = 0; step < 2; step++)
        for (size_t i = step ? 0 : title; i < b->n && (step || i < title + 12); i++) {
            const struct block *k = &b->blocks[i];
            if (k->text.n > 120 || k->hints & (HINT_COMMENT | HINT_RELATED))
                continue;
            struct str day = date_find(m->a, k->text, p->language);
            if (day.n)
                return day;
        }
    return (struct str){0};
}

static struct str published(struct meta *m, const struct body *b, const struct page *p)
{
    static const enum meta_key keys[] = {META_PUBLISHED_LD, META_PUBLISHED_META,
                                         META_PUBLISHED_PROP, META_PUBLISHED_OTHER};
    struct str day = {0};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !day.n; i++)
        day = date_machine(m->a, m->found[keys[i]]);
    if (!day.n)
        day = date_of_url(m->a, p->url.n ? p->url : p->canonical);
    if (!day.n)
        day = time_element(m, b, p);
    if (!day.n)
        day = date_machine(m->a, m->found[META_PUBLISHED_PAGE]);
    if (!day.n)
        day = visible_day(m, b, p);
    return day.n ? day : date_machine(m->a, m->found[META_MODIFIED_META]);
}

static struct str kept(struct arena *a, struct str s)
{
    return s.n ? arena_str(a, s) : s;
}

void meta_finish(struct arena *a, struct meta *m, const struct body *b, struct page *out)
{
    struct str modified = date_machine(m->a, m->found[META_MODIFIED_LD]);
    if (modified.n == 0)
        modified = date_machine(m->a, m->found[META_MODIFIED_META]);
    out->published = kept(a, published(m, b, out));
    out->modified = kept(a, modified);
    out->byline = authors(a, m, b, out);
    out->section = kept(a, m->found[META_SECTION_LD].n ? m->found[META_SECTION_LD]
                                                       : m->found[META_SECTION_META]);
    out->subtitle = kept(a, m->found[META_SUBTITLE]);
    out->title = kept(a, out->title);
    out->outlet = kept(a, out->outlet);
    out->language = kept(a, out->language);
    out->canonical = kept(a, out->canonical);
    out->domain = kept(a, out->domain);
    bool known = false;
    for (size_t i = b->n; i-- > 0 && out->agency.n == 0;)
        if (b->blocks[i].keep) {
            out->agency = agency_credit(a, b->blocks[i].text, &known);
            break;
        }
}
