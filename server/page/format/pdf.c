/* PDF: the lines that poppler's pdftotext finds, with their places on the page, put together to
 * paragraphs again. The headline is what is set largest on the first page; page numbers and lines
 * that stand at the edge of the page, the same on several of them, are dropped. */
#include "page/format/pdf.h"

#include "base/child.h"
#include "base/map.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/text/prose.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE_LINES = 6 };

/* --------------------------------------------------------------------------- edges and headline */

/* The text without digits, to compare the edges of pages by. */
static uint64_t edge_hash(struct str s)
{
    uint64_t hash = str_hash((struct str){0});
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            hash = str_hash_more(hash, (struct str){s.p + i, 1});
    return hash;
}

struct edge {
    uint64_t hash;
    size_t line;
};

static int by_hash(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static bool is_number_line(struct str s)
{
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        digits += s.p[i] >= '0' && s.p[i] <= '9';
        letters += (unsigned char)(s.p[i] | 32) >= 'a';
    }
    return digits && letters <= 10 && s.n <= 24;
}

/* What a browser prints at the edge of each page: day, title, address, page number. */
static void drop_edges(struct pdf *p)
{
    struct edge *edges = arena_array(p->a, p->n + 1, sizeof *edges);
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        struct pdf_line *l = &p->lines[i];
        if (l->edge < 0.09)
            edges[n++] = (struct edge){edge_hash(l->text), i};
        if (url_is_web(l->text) && l->edge < 0.05 && p->out->url.n == 0) {
            p->out->url = l->text;
            p->out->domain = url_domain(p->a, l->text);
        }
        l->drop = l->edge < 0.04 || (l->edge < 0.09 && is_number_line(l->text));
    }
    if (n)
        qsort(edges, n, sizeof *edges, by_hash);
    for (size_t i = 0; i + 1 < n; i++) {
        struct pdf_line *one = &p->lines[edges[i].line], *next = &p->lines[edges[i + 1].line];
        if (edges[i].hash == edges[i + 1].hash && one->page != next->page)
            one->drop = next->drop = true;
    }
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(struct pdf *p)
{
    double *sizes = arena_array(p->a, p->n + 1, sizeof *sizes);
    for (size_t i = 0; i < p->n; i++)
        sizes[i] = p->lines[i].size;
    if (p->n)
        qsort(sizes, p->n, sizeof *sizes, by_size);
    p->size = p->n ? sizes[p->n / 2] : 0;
}

/* The lines of the first page that are set largest, if clearly larger than the text. */
static struct str find_title(struct pdf *p)
{
    double largest = p->size * 1.2;
    size_t from = p->n, to;
    for (size_t i = 0; i < p->n && p->lines[i].page == p->lines[0].page; i++) {
        const struct pdf_line *l = &p->lines[i];
        if (!l->drop && l->text.n > 8 && l->size > largest * 1.02) {
            largest = l->size;
            from = i;
        }
    }
    struct str title = {0};
    for (to = from; to < p->n && to < from + TITLE_LINES && p->lines[to].size > largest * 0.95 &&
                    p->lines[to].page == p->lines[from].page;
         to++) {
        title = arena_fmt(p->a, "%.*s%s%.*s", STR_ARG(title), title.n ? " " : "",
                          STR_ARG(p->lines[to].text));
        p->lines[to].title = p->lines[to].drop = true;
    }
    return title;
}

/* ----------------------------------------------------------------------------------- paragraphs */

static bool begins_small(struct str s)
{
    return s.n && s.p[0] >= 'a' && s.p[0] <= 'z';
}

static bool ends_in_hyphen(struct str s)
{
    return s.n > 2 && s.p[s.n - 1] == '-' && s.p[s.n - 2] != '-' && s.p[s.n - 2] != ' ';
}

/* Does the paragraph of `l` go on in `next`? */
static bool goes_on(const struct pdf_line *l, const struct pdf_line *next)
{
    bool ended = text_ends_sentence(l->text);
    if (l->soft || (ends_in_hyphen(l->text) && begins_small(next->text)))
        return true;
    double size = l->size > 1 ? l->size : 1, width = l->block_right - l->block_left;
    if (l->block != next->block || l->page != next->page)
        return !ended && begins_small(next->text);
    if (next->size > l->size * 1.15 || next->size < l->size * 0.85)
        return false;
    if (next->top - l->bottom > 0.55 * size)
        return false;
    if (next->left - next->block_left > 0.8 * size && l->left - l->block_left < 0.5 * size &&
        next->left - next->block_left < 5 * size)
        return false; /* an indented first line */
    return !(ended && l->right < l->block_right - 0.15 * width);
}

/* Joins a line to the one before it. */
static void join(struct buf *out, const struct hyphen_words *words, const struct pdf_line *last,
                 const struct pdf_line *l)
{
    if (last->soft)
        return;
    enum hyphen hyphen =
        ends_in_hyphen(last->text) ? hyphen_judge(words, last->text, l->text) : HYPHEN_SPACE;
    if (hyphen == HYPHEN_DROP)
        out->n--;
    else if (hyphen == HYPHEN_SPACE)
        buf_char(out, ' ');
}

static struct str put_together(struct pdf *p, struct str title)
{
    struct buf out = {0};
    const struct pdf_line *last = NULL;
    struct map known = {0};
    struct hyphen_words words = {p->a, &known};
    for (size_t i = 0; i < p->n; i++)
        hyphen_note(&words, p->lines[i].text);
    buf_add(&out, title);
    for (size_t i = 0; i < p->n; i++) {
        const struct pdf_line *l = &p->lines[i];
        if (l->drop)
            continue;
        if (last && goes_on(last, l)) {
            join(&out, &words, last, l);
        } else if (out.n) {
            buf_add(&out, S("\n\n"));
        }
        buf_add(&out, l->text);
        last = l;
    }
    struct str text = arena_str(p->a, buf_str(&out));
    buf_finish(&out);
    return text;
}

bool pdf_read_xml(struct arena *a, struct str xml, struct page *page, struct err *err)
{
    struct pdf p = {.a = a, .out = page};
    pdf_lines(&p, utf8_repair(a, xml));
    if (p.n == 0)
        return fail(err, ERR_INVALID,
                    "there is no text in the PDF: its pages may be pictures of paper");
    measure(&p);
    drop_edges(&p);
    pdf_order(&p);
    struct str created = page->published, author = page->byline;
    page->published = page->byline = (struct str){0};
    if (!plain_read(a, put_together(&p, find_title(&p)), true, page, err))
        return false;
    if (page->published.n == 0)
        page->published = created;
    if (page->byline.n == 0)
        page->byline = author;
    return true;
}

bool pdf_read(struct arena *a, struct str bytes, struct page *page, struct err *err)
{
    struct str xml;
    struct err why = {0};
    if (child_run(a, CHILD_PDF_TEXT, bytes, &xml, &why))
        return pdf_read_xml(a, xml, page, err);
    return why.kind == ERR_UNSUPPORTED
               ? fail(err, why.kind,
                      "PDF is read by pdftotext of poppler-utils, which is not installed here")
               : fail(err, why.kind, "the PDF is damaged, locked or too large: %s", why.message);
}
