/* From an HTML page to an article: parse, metadata, body. */
#include "assets/language.h"
#include "page/body/body.h"
#include "page/format/format.h"
#include "page/meta/meta.h"
#include "page/text/encoding.h"
#include "page/text/words.h"

/* Below these a text is perhaps not the whole article, perhaps not even its beginning. */
enum { SHORT_ARTICLE = 1500, SHORT_TEASER = 500 };

/* Bytes: of text in elements that is next to none; of text in the page's data, where it has more.
 */
enum { SHOWN = 200, LEAST = 200, TOLD = 600 };

static struct str join(struct arena *a, const struct body *b)
{
    struct buf out = {0};
    for (size_t i = 0; i < b->n; i++)
        if (b->blocks[i].chosen) {
            buf_add(&out, out.n ? S("\n\n") : (struct str){0});
            buf_add(&out, b->blocks[i].text);
        }
    struct str text = text_clean(a, buf_str(&out));
    buf_finish(&out);
    return text;
}

/* The text of the structured data, for pages that show theirs only by script. */
static struct str told_text(struct arena *a, struct str article)
{
    struct buf out = {0};
    struct html h;
    if (!html_parse(article, &h, NULL))
        return (struct str){0};
    for (size_t i = 1; i < h.n; i++)
        if (h.nodes[i].tag == TAG_TEXT)
            html_decode(&out, h.nodes[i].text);
        else if (tag_is_block(h.nodes[i].tag) || h.nodes[i].tag == TAG_BR)
            buf_char(&out, '\n');
    html_finish(&h);
    struct buf text = {0};
    struct str rest = buf_str(&out), line;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.n == 0)
            continue;
        buf_add(&text, text.n ? S("\n\n") : (struct str){0});
        buf_add(&text, line);
    }
    struct str s = text_clean(a, buf_str(&text));
    buf_finish(&out);
    buf_finish(&text);
    return s;
}

/* Reads the text from the page's own data where its elements have none, or less than half of it.
 * True if they have next to none: then readers see it by a script only. */
static bool read_data(const struct body *b, struct page *out)
{
    size_t shown = out->text.n;
    struct str article = b->article;
    if (shown < SHOWN && article.n < TOLD) {
        struct str state = body_of_state(b->a, b->h, out->title);
        article = state.n > article.n ? state : article;
    }
    if (article.n < (shown < SHOWN ? LEAST : TOLD) || shown * 2 >= article.n)
        return false;
    struct str text = told_text(b->a, article);
    if (text.n <= shown)
        return false;
    out->text = text;
    return shown < SHOWN;
}

/* What stands between the reader and the article, recognised by the blocks around a text that is
 * short.
 */
static struct str wall(const struct meta *m, const struct body *b, size_t bytes)
{
    char folded[FOLD_MAX];
    bool consent = false;
    if (bytes > SHORT_ARTICLE)
        return (struct str){0};
    bool paywall = m->free_access_denied;
    for (size_t i = 0; i < b->n && !paywall; i++) {
        const struct block *k = &b->blocks[i];
        enum line_effect e = k->text.n < 600 && !(k->hints & HINT_COMMENT)
                                 ? line_effect(fold_line(k->text, folded))
                                 : LINE_PLAIN;
        paywall = e == LINE_PAYWALL;
        consent |= e == LINE_CONSENT;
    }
    return paywall                           ? S("paywall")
           : consent && bytes < SHORT_TEASER ? S("consent wall")
                                             : (struct str){0};
}

/* Says so where about half of the page's prose was taken for something else. */
static void tell_rest(const struct body *b, struct page *out)
{
    struct buf rest = {0};
    size_t left = body_rest(b, &rest);
    if (left >= TOLD && left * 5 >= out->text.n * 4) {
        out->notice = S("much left out");
        out->rest = text_clean(b->a, buf_str(&rest));
    }
    buf_finish(&rest);
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
    if (!html_parse(text, &h, err))
        return false;
    struct body b = {.h = &h, .a = a};
    body_hints(&b);
    struct meta m = {.h = &h, .a = a, .hints = b.hints};
    meta_read(&m, out);
    b.title = out->title;
    b.outlet = out->outlet;
    b.head = meta_first(&m, META_TITLE_OG, META_TITLE_TAG).value;
    b.article = m.article_body;
    body_blocks(&b);
    body_told(&b);
    body_believe_told(&b);
    size_t container = body_container(&b);
    bool ok = b.n || b.article.n > TOLD || out->title.n;
    if (ok) {
        body_select(&b, container);
        out->text = join(a, &b);
        bool by_script = read_data(&b, out);
        out->notice = wall(&m, &b, out->text.n);
        if (by_script && out->notice.n == 0)
            out->notice = S("by script");
        else if (out->notice.n == 0)
            tell_rest(&b, out);
        if (str_eq(out->notice, S("consent wall")))
            out->text = (struct str){0}; /* what is left is the wall's own words */
        meta_finish(&m, &b, out);
        clean_fields(a, out);
        if (out->language.n == 0)
            page_set(out, FIELD_LANGUAGE, language_detect(out->text).code, "words");
    }
    html_finish(&h);
    if (out->text.n == 0 && out->notice.n == 0)
        out->notice = S("no article");
    return out->text.n || out->title.n ? true
                                       : fail(err, ERR_INVALID, "no article was found on the page");
}
