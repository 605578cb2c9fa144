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

static bool has_part(struct str value, const char *const *parts)
{
    for (; *parts; parts++)
        if (str_contains(value, str_of(*parts)))
            return true;
    return false;
}

/* How surely an element names the author: 3 rel=author, 2 a card or a link to an author's page,
 * 1 a class that says so, 0 not at all. */
static int author_rank(const struct html *h, size_t i)
{
    static const char *const pages[] = {
        "/author/", "/authors/", "/autor/",    "/auteur/",    "/autoren/", "/autores/", "/profile/",
        "/staff/",  "/people/",  "/redakteur", "/journalist", "/by/",      NULL};
    static const char *const classes[] = {"author", "byline", "Author", "Byline",
                                          "autor",  "auteur", "writer", NULL};
    struct str name = html_attr(h, i, S("class"));
    if (h->nodes[i].tag == TAG_A) {
        struct str href = html_attr(h, i, S("href")), rel = html_attr(h, i, S("rel"));
        if (str_eq_case(rel, S("author")))
            return 3;
        if (has_part(href, pages) || str_ends(name, S(" fn n")) || str_eq(name, S("fn")))
            return 2;
    }
    return has_part(name, classes) ? 1 : 0;
}

static size_t word_count(struct str s)
{
    size_t n = 0;
    for (struct str w; str_split(&s, ' ', &w);)
        n += w.n > 0;
    return n;
}

/* The name in the element that says most surely who wrote. */
static struct str author_element(struct arena *a, struct meta *m, const struct body *b,
                                 const struct page *p)
{
    struct str best = {0};
    int best_rank = 0;
    for (size_t i = 1; i < m->h->n; i++) {
        bool candidate = m->h->nodes[i].tag == TAG_A || b->hints[i] & HINT_BYLINE;
        if (!candidate || m->h->nodes[i].n_attrs == 0 ||
            b->hints[i] & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN | HINT_SKIP))
            continue;
        int rank = author_rank(m->h, i);
        if (rank <= best_rank)
            continue;
        struct str s = html_text(m->a, m->h, i);
        if (s.n == 0 || s.n > 100 || (rank < 3 && date_find(m->a, s, p->language).n && s.n > 40))
            continue;
        s = usable(a, s, p);
        if (s.n && (rank > 1 || word_count(s) > 1)) {
            best = s;
            best_rank = rank;
        }
    }
    return best;
}

/* A short block that begins like a byline. */
static struct str author_block(struct arena *a, const struct body *b, const struct page *p)
{
    static const struct str leads[] = {
        STR("By "), STR("BY "),    STR("Von "),    STR("VON "),     STR("Par "),  STR("Por "),
        STR("Di "), STR("Text: "), STR("Autor: "), STR("Author: "), STR("Door "), STR("Автор: ")};
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (k->text.n > 160 || k->hints & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN) ||
            text_ends_sentence(k->text))
            continue;
        for (size_t j = 0; j < sizeof leads / sizeof *leads; j++) {
            struct str s = str_starts(k->text, leads[j]) ? usable(a, k->text, p) : (struct str){0};
            if (s.n)
                return s;
        }
    }
    return (struct str){0};
}

static struct told authors(struct meta *m, const struct body *b, const struct page *p)
{
    static const enum meta_key keys[] = {META_AUTHOR_LD, META_AUTHOR_META, META_AUTHOR_PROP};
    struct arena *a = m->a;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct str s = usable(a, m->found[keys[i]], p);
        if (s.n)
            return (struct told){s, m->source[keys[i]]};
    }
    struct str s = author_element(a, m, b, p);
    if (s.n == 0)
        s = author_block(a, b, p);
    if (s.n)
        return (struct told){s, "page"};
    s = usable(a, m->found[META_AUTHOR_PERSON], p);
    return s.n ? (struct told){s, "json-ld"}
               : (struct told){usable(a, m->found[META_AUTHOR_ORG], p), "json-ld"};
}

/* ---- days ------------------------------------------------------------------------------------ */

/* The day of one <time>, or empty. */
static struct str time_day(struct meta *m, const struct body *b, const struct page *p, size_t i)
{
    if (m->h->nodes[i].tag != TAG_TIME || b->hints[i] & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN))
        return (struct str){0};
    struct str raw = html_attr(m->h, i, S("datetime"));
    struct str day = raw.n ? date_machine(m->a, raw) : (struct str){0};
    return day.n ? day : date_find(m->a, html_text(m->a, m->h, i), p->language);
}

/* The nodes between which the article stands: its headline and the last kept block. */
static void article_nodes(const struct body *b, const struct page *p, size_t *from, size_t *to)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str title = fold_line(p->title, x);
    *from = *to = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (*from == 0 && k->tag >= TAG_H1 && k->tag <= TAG_H6 &&
            str_eq(fold_line(k->text, y), title))
            *from = k->node;
        if (k->keep)
            *to = k->first;
    }
}

/* <time>: one with pubdate, else the first between headline and end of the article; with
 * `anywhere`, else the first at all. */
static struct str time_element(struct meta *m, const struct body *b, const struct page *p,
                               bool anywhere)
{
    struct str first = {0}, near = {0};
    size_t from, to;
    article_nodes(b, p, &from, &to);
    for (size_t i = 1; i < m->h->n; i++) {
        struct str day = time_day(m, b, p, i);
        if (day.n && html_has_attr(m->h, i, S("pubdate")))
            return day;
        if (first.n == 0)
            first = day;
        if (near.n == 0 && from && i > from && i < to)
            near = day;
    }
    return near.n || !anywhere ? near : first;
}

/* A day written out for readers in a byline. */
static struct str shown_day(struct meta *m, const struct body *b, const struct page *p)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (!(k->hints & HINT_BYLINE) || k->hints & (HINT_COMMENT | HINT_RELATED) ||
            k->text.n > 200)
            continue;
        struct str day = date_find(m->a, k->text, p->language);
        if (day.n)
            return day;
    }
    return (struct str){0};
}

/* The same, else in a short block near the headline, else anywhere. */
static struct str visible_day(struct meta *m, const struct body *b, const struct page *p)
{
    size_t title = 0;
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str shown = shown_day(m, b, p);
    if (shown.n)
        return shown;
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

static struct told machine_day(struct meta *m, enum meta_key key)
{
    return (struct told){date_machine(m->a, m->found[key]), m->source[key]};
}

static struct told published(struct meta *m, const struct body *b, const struct page *p)
{
    static const enum meta_key keys[] = {META_PUBLISHED_LD, META_PUBLISHED_META,
                                         META_PUBLISHED_PROP, META_PUBLISHED_OTHER};
    struct told day = {{0}, NULL};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !day.value.n; i++)
        day = machine_day(m, keys[i]);
    if (!day.value.n)
        day = (struct told){date_of_url(m->a, p->url.n ? p->url : p->canonical), "url"};
    if (!day.value.n)
        day = (struct told){time_element(m, b, p, true), "time"};
    if (!day.value.n)
        day = machine_day(m, META_PUBLISHED_PAGE);
    if (!day.value.n)
        day = (struct told){visible_day(m, b, p), "page"};
    return day.value.n ? day : machine_day(m, META_MODIFIED_META);
}

/* Days from one to the other, or 999 if that is far; both begin YYYY-MM-DD. */
static int days_apart(struct str x, struct str y)
{
    static const int before[13] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int n[2] = {0, 0};
    struct str both[2] = {x, y};
    for (size_t i = 0; i < 2; i++) {
        uint64_t year, month, day;
        if (!str_to_u64(str_slice(both[i], 0, 4), &year) ||
            !str_to_u64(str_slice(both[i], 5, 7), &month) ||
            !str_to_u64(str_slice(both[i], 8, 10), &day) || month > 12)
            return 999;
        n[i] = (int)year * 365 + before[month] + (int)day;
    }
    int apart = n[0] - n[1];
    return apart > 300 || apart < -300 ? 999 : apart;
}

/* A time told in UTC may fall on another day than the one the page shows its readers: then the
 * same moment in local time, or the day alone, is what was published. */
static struct told local_day(struct meta *m, const struct body *b, const struct page *p,
                             struct told when)
{
    static const enum meta_key keys[] = {META_PUBLISHED_META, META_PUBLISHED_PROP,
                                         META_PUBLISHED_OTHER, META_PUBLISHED_PAGE};
    if (!str_ends(when.value, S("Z")))
        return when;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct told other = machine_day(m, keys[i]);
        int apart = other.value.n > 10 ? days_apart(other.value, when.value) : 999;
        bool utc = str_ends(other.value,
                            S("Z")); /* two that differ: the later one is local time mislabelled */
        if (apart == -1 || (!utc && (apart == 0 || apart == 1)))
            return other;
    }
    const struct told shown[3] = {{date_of_url(m->a, p->url.n ? p->url : p->canonical), "url"},
                                  {time_element(m, b, p, false), "time"},
                                  {shown_day(m, b, p), "page"}};
    for (size_t i = 0; i < 3; i++) {
        int apart = shown[i].value.n ? days_apart(shown[i].value, when.value) : 999;
        if (apart == 0)
            return when;
        if (apart == -1 || apart == 1)
            return shown[i];
    }
    return when;
}

static void set(struct page *out, enum page_field field, struct told told)
{
    page_set(out, field, told.value, told.source);
}

/* The agency credited in the last paragraph. */
static void set_agency(struct meta *m, const struct body *b, struct page *out)
{
    bool known = false;
    for (size_t i = b->n; i-- > 0;)
        if (b->blocks[i].keep) {
            page_set(out, FIELD_AGENCY, agency_credit(m->a, b->blocks[i].text, &known), "text");
            return;
        }
}

void meta_finish(struct meta *m, const struct body *b, struct page *out)
{
    struct told modified = machine_day(m, META_MODIFIED_LD);
    set(out, FIELD_MODIFIED, modified.value.n ? modified : machine_day(m, META_MODIFIED_META));
    set(out, FIELD_PUBLISHED, local_day(m, b, out, published(m, b, out)));
    set(out, FIELD_BYLINE, authors(m, b, out));
    set(out, FIELD_SECTION, meta_first(m, META_SECTION_LD, META_SECTION_META));
    set(out, FIELD_SUBTITLE, meta_told(m, META_SUBTITLE));
    page_fill(out, FIELD_SUBTITLE, b->deck, "page");
    set_agency(m, b, out);
}
