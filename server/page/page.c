/* A page as JSON: what was found of an article, and where. */
#include "page/page.h"

const char *const page_field_names[FIELD_COUNT] = {
    [FIELD_TITLE] = "title",         [FIELD_SUBTITLE] = "subtitle", [FIELD_OUTLET] = "outlet",
    [FIELD_BYLINE] = "byline",       [FIELD_AGENCY] = "agency",     [FIELD_PUBLISHED] = "published",
    [FIELD_MODIFIED] = "modified",   [FIELD_LANGUAGE] = "language", [FIELD_SECTION] = "section",
    [FIELD_CANONICAL] = "canonical",
};

struct str *page_field(struct page *p, enum page_field field)
{
    struct str *const fields[FIELD_COUNT] = {
        [FIELD_TITLE] = &p->title,       [FIELD_SUBTITLE] = &p->subtitle,
        [FIELD_OUTLET] = &p->outlet,     [FIELD_BYLINE] = &p->byline,
        [FIELD_AGENCY] = &p->agency,     [FIELD_PUBLISHED] = &p->published,
        [FIELD_MODIFIED] = &p->modified, [FIELD_LANGUAGE] = &p->language,
        [FIELD_SECTION] = &p->section,   [FIELD_CANONICAL] = &p->canonical,
    };
    return fields[field];
}

void page_set(struct page *p, enum page_field field, struct str value, const char *source)
{
    *page_field(p, field) = value;
    p->source[field] = value.n ? source : NULL;
}

void page_fill(struct page *p, enum page_field field, struct str value, const char *source)
{
    if (page_field(p, field)->n == 0)
        page_set(p, field, value, source);
}

struct page page_copy(struct arena *a, const struct page *from)
{
    struct page copy = *from;
    struct str *const others[] = {&copy.url, &copy.domain, &copy.text, &copy.rest};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        *others[i] = others[i]->n ? arena_str(a, *others[i]) : (struct str){0};
    for (int f = 0; f < FIELD_COUNT; f++) {
        struct str *field = page_field(&copy, (enum page_field)f);
        *field = field->n ? arena_str(a, *field) : (struct str){0};
    }
    return copy;
}

void page_write_sources(const struct page *p, struct json *j)
{
    json_object(j);
    for (int f = 0; f < FIELD_COUNT; f++)
        if (p->source[f])
            json_field_str(j, page_field_names[f], str_of(p->source[f]));
    json_end_object(j);
}

/* "A. Reed, B. Stone" as a list. */
static void write_authors(struct str byline, struct json *j)
{
    json_array(j);
    while (byline.n) {
        size_t at = str_find(byline, S(", "), 0);
        json_str(j, str_trim(str_slice(byline, 0, at)));
        byline = at == STR_NONE ? (struct str){0} : str_slice(byline, at + 2, byline.n);
    }
    json_end_array(j);
}

void page_write(const struct page *p, struct json *j)
{
    json_field_opt(j, "url", p->url);
    json_field_str(j, "title", p->title);
    json_field_opt(j, "subtitle", p->subtitle);
    json_field_opt(j, "outlet", p->outlet);
    json_field_opt(j, "domain", p->domain);
    json_field_opt(j, "byline", p->byline);
    json_key(j, "authors");
    write_authors(p->byline, j);
    json_field_opt(j, "agency", p->agency);
    json_field_opt(j, "published", p->published);
    json_field_opt(j, "modified", p->modified);
    json_field_opt(j, "section", p->section);
    json_field_opt(j, "canonical", p->canonical);
    json_field_opt(j, "notice", p->notice);
    json_key(j, "sources");
    page_write_sources(p, j);
}

const char *page_notice_sentence(struct str notice)
{
    static const struct {
        struct str notice;
        const char *sentence;
    } sentences[] = {
        {STR("paywall"),
         "the article is for subscribers; what was found may be only its beginning"},
        {STR("consent wall"), "the page asks for consent before it shows the article; agree in the "
                              "browser, save the page and bring the file"},
        {STR("feed text"), "the page could not be fetched; this is what its feed gave of it"},
        {STR("by script"), "the page shows its article by a script alone; the text comes from the "
                           "data that the page brings along for it"},
        {STR("much left out"), "about half of the page's text was taken for something else than "
                               "the article"},
        {STR("no article"), "the page has a headline but no article text"},
    };
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (str_eq(notice, sentences[i].notice))
            return sentences[i].sentence;
    return "there is no text to read on the page";
}
