/* Days and the rest for which the body must be known: structured data first, then what the page
 * shows beside its headline. */
#include "assets/wordlist.h"
#include "base/day.h"
#include "page/meta/meta.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/words.h"

enum {
    NEAR_LINE = 80,
    DAY_LINE = 200,
    PART = 40,
    LABEL = 40,
    BEFORE_TIME = 8,
    OPENING = 24,
    NEAR_NODES = 60,
    DAY_NODES = 4,
    LATE_DAYS = 60,
    DAY_BYTES = 10
};

static bool begins_word(struct str line, size_t at)
{
    return at == 0 || line.p[at - 1] == ' ' || line.p[at - 1] == '(' || line.p[at - 1] == '|' ||
           line.p[at - 1] == '\n';
}

/* Does a part of the list begin a word of the line? Where, in bytes; STR_NONE if none does. */
static size_t find_part(struct str line, const char *list)
{
    char folded[FOLD_MAX];
    struct str parts = wordlist_text(list), part;
    for (size_t at = 0; at < line.n; at++) {
        if (!begins_word(line, at))
            continue;
        struct str f = fold_line(str_slice(line, at, at + PART), folded), rest = parts;
        while (wordlist_next(&rest, &part))
            if (str_starts(f, part))
                return at;
    }
    return STR_NONE;
}

static size_t find_change(struct str line)
{
    return find_part(line, "page/words/changes.txt");
}

static size_t find_publication(struct str line)
{
    return find_part(line, "page/words/published.txt");
}

/* The day of publication that a line tells: "Updated 3 May. First published 1 May" is the 1st;
 * empty if it tells only the day of the last change. */
static struct str line_day(struct meta *m, struct str line)
{
    line = str_slice(line, 0, DAY_LINE);
    struct str day = date_find(m->a, line, m->locale);
    size_t change = day.n ? find_change(line) : STR_NONE;
    if (change == STR_NONE)
        return day;
    size_t from = find_publication(line);
    if (from == STR_NONE)
        return date_find(m->a, str_slice(line, 0, change), m->locale);
    return date_find(m->a, str_slice(line, from, change > from ? change : line.n), m->locale);
}

/* Does the class of the element or of one just above it have the word? */
static bool has_class(const struct meta *m, size_t i, struct str word)
{
    for (int level = 0; i && level < 3; level++, i = m->h->nodes[i].parent)
        if (str_contains(html_attr(m->h, i, S("class")), word))
            return true;
    return false;
}

/* "Updated <time>": is the text just before the element that of a change? */
static bool follows_change(struct meta *m, size_t i)
{
    for (size_t k = i; k-- > 1 && k + BEFORE_TIME > i && m->h->nodes[k].tag != TAG_TIME;) {
        struct str s = m->h->nodes[k].tag == TAG_TEXT ? html_value(m->a, m->h->nodes[k].text)
                                                      : (struct str){0};
        if (s.n)
            return s.n < NEAR_LINE && find_change(s) != STR_NONE && find_publication(s) == STR_NONE;
    }
    return false;
}

/* The day of one <time>, or empty: those of a change and of an event are not the article's. */
static struct str time_day(struct meta *m, const struct body *b, size_t i)
{
    if (m->h->nodes[i].tag != TAG_TIME || b->hints[i] & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN))
        return (struct str){0};
    struct str class = html_attr(m->h, i, S("class"));
    bool published = str_contains(class, S("published"));
    if (str_starts(html_attr(m->h, i, S("itemprop")), S("dateModified")) ||
        (!published && (str_contains(class, S("updated")) || str_contains(class, S("modified")) ||
                        has_class(m, i, S("event")) || follows_change(m, i))))
        return (struct str){0};
    struct str raw = html_attr(m->h, i, S("datetime"));
    struct str day = raw.n ? date_machine_in(m->a, raw, m->locale) : (struct str){0};
    return day.n ? day : date_find(m->a, html_text(m->a, m->h, i), m->locale);
}

/* <time>: one with pubdate, else the first between headline and end of the article; with
 * `anywhere`, else the first at all. */
static struct str time_element(struct meta *m, const struct body *b, const struct page *p,
                               bool anywhere)
{
    struct str first = {0}, near = {0};
    size_t from, to;
    meta_span(b, p, &from, &to);
    for (size_t i = 1; i < m->h->n; i++) {
        struct str day = time_day(m, b, i);
        if (day.n && html_has_attr(m->h, i, S("pubdate")))
            return day;
        if (first.n == 0)
            first = day;
        if (near.n == 0 && from && i > from && i < to)
            near = day;
    }
    return near.n || !anywhere ? near : first;
}

static bool is_others(const struct block *k)
{
    return k->hints & (HINT_COMMENT | HINT_RELATED);
}

/* Is it an attribute with a day in it for programs: "data-published", the title of an element that
 * tells the day in words ("2 hours ago")? */
static bool is_day_attribute(struct str name, bool byline)
{
    if (str_eq_case(name, S("title")) || str_eq_case(name, S("datetime")))
        return byline;
    if (!str_starts(name, S("data-")) || str_contains(name, S("modif")) ||
        str_contains(name, S("updat")) || str_contains(name, S("event")))
        return false;
    return str_contains(name, S("date")) || str_contains(name, S("time")) ||
           str_contains(name, S("publi"));
}

/* The day in an attribute of an element beside the headline or in the article. */
static struct str attribute_day(struct meta *m, const struct body *b, const struct page *p)
{
    size_t from, to;
    meta_span(b, p, &from, &to);
    for (size_t i = from > NEAR_NODES ? from - NEAR_NODES : 1; from && i < to; i++) {
        const struct html_node *n = &m->h->nodes[i];
        if (n->tag == TAG_TEXT || n->n_attrs == 0 || n->end - i > DAY_NODES ||
            m->h->nodes[n->end - 1].tag != TAG_TEXT ||
            b->hints[i] & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN | HINT_SKIP | HINT_CAPTION))
            continue;
        for (size_t k = n->attr; k < (size_t)n->attr + n->n_attrs; k++) {
            const struct html_attr *x = &m->h->attrs[k];
            bool told = x->value.n >= 8 && x->value.n <= NEAR_LINE &&
                        is_day_attribute(x->name, b->hints[i] & HINT_BYLINE) &&
                        html_text(m->a, m->h, i).n <= NEAR_LINE / 2;
            struct str day = told ? date_machine_in(m->a, x->value, m->locale) : (struct str){0};
            if (day.n)
                return day;
        }
    }
    return (struct str){0};
}

/* Does the line before the block say that the day in it is that of a change? "Updated", "3 May". */
static bool is_labelled_change(const struct body *b, size_t i)
{
    struct str label = i ? b->blocks[i - 1].text : (struct str){0};
    return label.n && label.n < LABEL && find_change(label) != STR_NONE &&
           find_publication(label) == STR_NONE && b->blocks[i].text.n <= NEAR_LINE;
}

/* A day written out for readers in a byline. */
static struct str shown_day(struct meta *m, const struct body *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        struct str day = (k->hints & HINT_BYLINE) && !is_others(k) && k->text.n <= DAY_LINE
                             ? line_day(m, k->text)
                             : (struct str){0};
        if (day.n && !is_labelled_change(b, i))
            return day;
    }
    return (struct str){0};
}

/* The block of the headline, b->n if it is not seen. */
static size_t headline_block(const struct body *b, const struct page *p)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str title = fold_line(p->title, x);
    for (size_t i = 0; i < b->n; i++)
        if (b->blocks[i].text.n < p->title.n + 200 &&
            str_ends(fold_line(b->blocks[i].text, y), title))
            return i;
    return b->n;
}

/* The day in a line of its own just below the headline: "Stand: 28.04.2020 18:00 Uhr". */
static struct str near_day(struct meta *m, const struct body *b, const struct page *p)
{
    size_t title = headline_block(b, p);
    for (size_t i = title + 1; i < b->n && i < title + 8; i++) {
        const struct block *k = &b->blocks[i];
        struct str day =
            k->text.n <= NEAR_LINE && !is_others(k) ? line_day(m, k->text) : (struct str){0};
        if (day.n && !is_labelled_change(b, i))
            return day;
    }
    return (struct str){0};
}

/* The day with which one of the first paragraphs opens: "27.1.2022 - In the port of ...". */
static struct str opening_day(struct meta *m, const struct body *b)
{
    int seen = 0;
    for (size_t i = 0; i < b->n && seen < 3; i++) {
        struct str text = b->blocks[i].text;
        if (!b->blocks[i].chosen || text.n < NEAR_LINE)
            continue;
        seen++;
        if (text.p[0] >= '0' && text.p[0] <= '9')
            return date_find(m->a, str_slice(text, 0, OPENING), m->locale);
    }
    return (struct str){0};
}

/* Does the block stand in the page's own head, above and apart from the headline's block? Papers
 * show the day of today there. */
static bool is_masthead(const struct meta *m, const struct body *b, size_t i, size_t title)
{
    for (size_t up = b->blocks[i].node; title < b->n && up; up = m->h->nodes[up].parent)
        if ((m->h->nodes[up].tag == TAG_HEADER || b->own[up] & HINT_FRAME) &&
            b->firsts[m->h->nodes[up].end] <= title)
            return true;
    return false;
}

/* A day in the byline, else in a short block near the headline, else at the head of the text, else
 * in an attribute, else anywhere. */
static struct str visible_day(struct meta *m, const struct body *b, const struct page *p)
{
    struct str shown = shown_day(m, b);
    size_t title = headline_block(b, p) % (b->n + !b->n); /* not seen: from the top */
    for (size_t step = 0; step < 2; step++) {
        for (size_t i = step ? 0 : title; shown.n == 0 && i < b->n && (step || i < title + 12);
             i++) {
            const struct block *k = &b->blocks[i];
            if (k->text.n <= 120 && !is_others(k) && !(step && is_masthead(m, b, i, title)))
                shown = step ? date_find(m->a, k->text, m->locale) : line_day(m, k->text);
        }
        if (shown.n == 0 && step == 0)
            shown = opening_day(m, b);
        if (shown.n == 0 && step == 0)
            shown = attribute_day(m, b, p);
    }
    return shown;
}

static struct told machine_day(struct meta *m, enum meta_key key)
{
    return (struct told){date_machine_in(m->a, m->found[key], m->locale), m->source[key]};
}

/* Days from y to x, or FAR where that is no matter of a time zone or a late note; both begin
 * YYYY-MM-DD. */
enum { FAR = 999, NEAR_DAYS = 300 };
static int days_apart(struct str x, struct str y)
{
    int32_t a = day_parse(x), b = day_parse(y);
    if (a == NO_DAY || b == NO_DAY || a - b > NEAR_DAYS || b - a > NEAR_DAYS)
        return FAR;
    return a - b;
}

/* Was a record made, or brought along from elsewhere, long before the page got its present form? */
static bool was_renewed(struct meta *m)
{
    struct str made = machine_day(m, META_CREATED).value;
    struct str changed = machine_day(m, META_MODIFIED_META).value;
    return made.n && changed.n && days_apart(changed, made) == FAR;
}

static struct told published(struct meta *m, const struct body *b, const struct page *p)
{
    static const enum meta_key keys[] = {META_PUBLISHED_LD, META_PUBLISHED_META,
                                         META_PUBLISHED_PROP, META_CREATED, META_PUBLISHED_OTHER};
    struct told day = {{0}, NULL};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !day.value.n; i++)
        if (keys[i] != META_CREATED || !was_renewed(m))
            day = machine_day(m, keys[i]);
    if (!day.value.n)
        day = (struct told){date_of_url(m->a, p->url.n ? p->url : p->canonical), "url"};
    if (!day.value.n)
        day = (struct told){time_element(m, b, p, false), "time"};
    if (!day.value.n)
        day = (struct told){near_day(m, b, p), "page"};
    if (!day.value.n)
        day = (struct told){time_element(m, b, p, true), "time"};
    if (!day.value.n)
        day = machine_day(m, META_PUBLISHED_PAGE);
    if (!day.value.n)
        day = (struct told){visible_day(m, b, p), "page"};
    return day.value.n ? day : machine_day(m, META_MODIFIED_META);
}

/* The days that the page shows its readers, the surest first. */
enum { SHOWN = 4 };
static void shown_days(struct meta *m, const struct body *b, const struct page *p,
                       struct told shown[SHOWN])
{
    shown[0] = (struct told){date_of_url(m->a, p->url.n ? p->url : p->canonical), "url"};
    shown[1] = (struct told){time_element(m, b, p, false), "time"};
    shown[2] = (struct told){shown_day(m, b), "page"};
    shown[3] = (struct told){near_day(m, b, p), "page"};
}

/* What the metadata has, if anything, for a day which the page shows its readers: a time before
 * the day alone. */
static struct told told_for(struct meta *m, struct told shown)
{
    static const enum meta_key keys[] = {META_PUBLISHED_LD,    META_PUBLISHED_META,
                                         META_PUBLISHED_PROP,  META_CREATED,
                                         META_PUBLISHED_OTHER, META_PUBLISHED_PAGE};
    struct told best = {{0}, NULL};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct told other = machine_day(m, keys[i]);
        if (other.value.n > best.value.n && days_apart(other.value, shown.value) == 0)
            best = other;
    }
    return best;
}

/* A day alone with the time that another voice of the page has for it. */
static struct told with_clock(struct meta *m, const struct body *b, const struct page *p,
                              struct told when)
{
    if (when.value.n != DAY_BYTES)
        return when;
    struct told other = told_for(m, when);
    if (other.value.n <= DAY_BYTES)
        other = (struct told){time_element(m, b, p, false), "time"};
    bool same = other.value.n > DAY_BYTES && days_apart(other.value, when.value) == 0;
    return same ? other : when;
}

/* Does a plain "date" alone tell the day, or the day on which the record was made? */
static bool is_told_by(struct meta *m, enum meta_key key, struct told when)
{
    return str_eq(when.value, machine_day(m, key).value) && m->found[META_PUBLISHED_LD].n == 0 &&
           m->found[META_PUBLISHED_META].n == 0;
}

/* A time given in UTC may fall on another day than the one the page shows its readers: then the
 * same moment in local time, or the day alone, is what was published. A plain "date" may be that
 * of the last change, and the day on which the record was made comes before publication: then an
 * earlier and a later day that is shown is believed. */
static struct told local_day(struct meta *m, const struct body *b, const struct page *p,
                             struct told when)
{
    static const enum meta_key keys[] = {META_PUBLISHED_META, META_PUBLISHED_PROP, META_CREATED,
                                         META_PUBLISHED_OTHER, META_PUBLISHED_PAGE};
    struct told shown[SHOWN];
    bool utc = str_ends(when.value, S("Z"));
    if (when.value.n == 0 || when.source == NULL)
        return when;
    for (size_t i = 0; utc && i < sizeof keys / sizeof *keys; i++) {
        struct told other = machine_day(m, keys[i]);
        int apart = other.value.n > 10 ? days_apart(other.value, when.value) : FAR;
        bool both = str_ends(other.value,
                             S("Z")); /* two that differ: the later one is local time mislabelled */
        if (apart == -1 || (!both && (apart == 0 || apart == 1)))
            return other;
    }
    bool unsure = is_told_by(m, META_PUBLISHED_OTHER, when),
         made = is_told_by(m, META_CREATED, when) && m->found[META_PUBLISHED_PROP].n == 0;
    shown_days(m, b, p, shown);
    for (size_t i = 0; i < SHOWN; i++) {
        int apart = shown[i].value.n ? days_apart(shown[i].value, when.value) : FAR;
        if (apart == 0)
            return when;
        if (apart == -1 || apart == 1 || (unsure && apart < 0 && apart > -LATE_DAYS) ||
            (made && apart > 0 && apart < LATE_DAYS)) {
            struct told other = told_for(m, shown[i]);
            return other.value.n ? other : utc || unsure || made ? shown[i] : when;
        }
    }
    return when;
}

static void set(struct page *out, enum page_field field, struct told told)
{
    page_set(out, field, told.value, told.source);
}

/* The agency credited in the last paragraph, or in a short line just below it. */
static void set_agency(struct meta *m, const struct body *b, struct page *out)
{
    bool known = false;
    size_t last = b->n;
    while (last > 0 && !b->blocks[last - 1].chosen)
        last--;
    if (last == 0)
        return;
    page_set(out, FIELD_AGENCY, agency_credit(m->a, b->blocks[last - 1].text, &known), "text");
    for (size_t i = last; i < b->n && i < last + 3 && out->agency.n == 0; i++) {
        struct str credit = agency_credit(m->a, b->blocks[i].text, &known);
        page_set(out, FIELD_AGENCY, known ? credit : (struct str){0}, "page");
    }
}

void meta_finish(struct meta *m, const struct body *b, struct page *out)
{
    struct told modified = machine_day(m, META_MODIFIED_LD);
    set(out, FIELD_MODIFIED, modified.value.n ? modified : machine_day(m, META_MODIFIED_META));
    set(out, FIELD_PUBLISHED, with_clock(m, b, out, local_day(m, b, out, published(m, b, out))));
    set(out, FIELD_BYLINE, meta_authors(m, b, out));
    set(out, FIELD_SECTION, meta_first(m, META_SECTION_LD, META_SECTION_META));
    set(out, FIELD_SUBTITLE, meta_told(m, META_SUBTITLE));
    page_fill(out, FIELD_SUBTITLE, b->deck, "page");
    set_agency(m, b, out);
}
