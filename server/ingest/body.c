/* From an HTML page to an article: parse, metadata, body. */
#include "ingest/body_parts.h"
#include "ingest/encoding.h"
#include "ingest/meta.h"
#include "ingest/page_parts.h"
#include "ingest/page_words.h"

static struct str join(struct arena *a, const struct body *b)
{
    struct buf out = {0};
    for (size_t i = 0; i < b->n; i++)
        if (b->blocks[i].keep) {
            buf_add(&out, out.n ? S("\n\n") : (struct str){0});
            buf_add(&out, b->blocks[i].text);
        }
    struct str text = text_clean(a, buf_str(&out));
    buf_finish(&out);
    return text;
}

static void clean_fields(struct arena *a, struct page *p)
{
    struct str *const fields[] = {&p->title,  &p->subtitle, &p->outlet,
                                  &p->byline, &p->section,  &p->agency};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i]->n)
            *fields[i] = text_clean(a, *fields[i]);
}

bool html_read(struct arena *a, struct str text, struct page *out, struct err *err)
{
    struct html h;
    struct arena own = {0}; /* what only the reading needs */
    if (!html_parse(text, &h, err))
        return false;
    struct body b = {.h = &h, .a = &own};
    body_hints(&b);
    struct meta m = {.h = &h, .a = &own, .hints = b.hints};
    meta_read(&m, out);
    b.title = out->title;
    b.article = m.article_body;
    body_blocks(&b);
    body_told(&b);
    size_t container = body_container(&b);
    bool ok = container || b.n;
    if (ok) {
        body_select(&b, container);
        out->text = join(a, &b);
        meta_finish(a, &m, &b, out);
        clean_fields(a, out);
        if (out->language.n == 0)
            out->language = guess_language(out->text);
    }
    html_finish(&h);
    arena_finish(&own);
    return ok && out->text.n ? true : fail(err, ERR_INVALID, "no article was found on the page");
}
