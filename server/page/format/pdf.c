/* PDF: the lines that poppler's pdftotext finds, with their places on the page, put together to
 * paragraphs again. The headline is what is set largest on the first page; page numbers and lines
 * that stand at the edge of the page, the same on several of them, are dropped. */
#include "page/format/format.h"

#include "base/child.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/html/html.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/encoding.h"
#include "page/text/prose.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 200000, TITLE_LINES = 6 };

struct pdf_line {
    struct str text;
    double left, right, top, bottom;
    double size; /* height of its words, in points */
    double edge; /* how near the page's upper or lower end, as a share of its height */
    double block_left, block_right;
    int page, block;
    bool drop, title;
};

struct pdf {
    struct arena *a;
    struct pdf_line *lines;
    size_t n, cap;
    double size; /* of most lines */
    double page_height, block_left, block_right;
    int page, block;
    bool open; /* lines[n] is begun */
    struct page *out;
};

/* ------------------------------------------------------------------------------ pdftotext's XML */

/* xMin="23.5": the number, 0 if there is none. */
static double number(struct str tag, struct str name)
{
    char copy[32] = {0};
    size_t at = str_find(tag, name, 0);
    if (at == STR_NONE)
        return 0;
    struct str value = str_slice(tag, at + name.n, at + name.n + sizeof copy - 1);
    value = str_slice(value, 0, str_find_char(value, '"', 0));
    if (value.n)
        memcpy(copy, value.p, value.n);
    double d = strtod(copy, NULL);
    return d > -1e6 && d < 1e6 ? d : 0;
}

static void begin_line(struct pdf *p, struct str tag)
{
    p->lines = arena_grow(p->a, p->lines, p->n, &p->cap, sizeof *p->lines);
    struct pdf_line *l = &p->lines[p->n];
    p->open = true;
    *l = (struct pdf_line){.left = number(tag, S("xMin=\"")),
                           .right = number(tag, S("xMax=\"")),
                           .top = number(tag, S("yMin=\"")),
                           .bottom = number(tag, S("yMax=\"")),
                           .block_left = p->block_left,
                           .block_right = p->block_right,
                           .page = p->page,
                           .block = p->block};
    double above = l->top / p->page_height, below = 1 - l->bottom / p->page_height;
    l->edge = above < below ? above : below;
}

static void add_word(struct buf *words, struct str tag)
{
    size_t from = str_find_char(tag, '>', 0), to = str_find(tag, S("</word>"), 0);
    if (from == STR_NONE || to == STR_NONE || to <= from)
        return;
    if (words->n)
        buf_char(words, ' ');
    html_decode(words, str_slice(tag, from + 1, to));
}

static void end_line(struct pdf *p, struct buf *words, double size)
{
    if (!p->open) /* words outside of a line */
        return;
    struct pdf_line *l = &p->lines[p->n];
    p->open = false;
    l->text = text_clean(p->a, buf_str(words));
    l->size = size;
    p->n += l->text.n > 0;
}

static void read_meta(struct pdf *p, struct str line)
{
    size_t from = str_find(line, S("content=\""), 0);
    if (from == STR_NONE)
        return;
    struct str value = str_slice(line, from + 9, str_find_char(line, '"', from + 9));
    value = text_clean(p->a, html_value(p->a, value));
    if (str_contains(line, S("name=\"Author\"")))
        p->out->byline = byline_clean(p->a, value);
    else if (str_contains(line, S("name=\"CreationDate\"")))
        p->out->published = date_machine(p->a, value);
}

/* pdftotext writes one tag a line. */
static void read_lines(struct pdf *p, struct str xml)
{
    struct buf words = {0};
    double size = 0;
    p->page_height = 792;
    for (struct str line; p->n < LINES_MAX && str_split(&xml, '\n', &line);) {
        line = str_trim(line);
        if (str_starts(line, S("<word "))) {
            double height = number(line, S("yMax=\"")) - number(line, S("yMin=\""));
            size = height > size ? height : size;
            add_word(&words, line);
        } else if (str_starts(line, S("<line "))) {
            words.n = 0;
            size = 0;
            begin_line(p, line);
        } else if (str_starts(line, S("</line>")) && words.n) {
            end_line(p, &words, size);
            words.n = 0;
        } else if (str_starts(line, S("<block "))) {
            p->block++;
            p->block_left = number(line, S("xMin=\""));
            p->block_right = number(line, S("xMax=\""));
        } else if (str_starts(line, S("<page "))) {
            double height = number(line, S("height=\""));
            p->page_height = height > 1 ? height : 792;
            p->page++;
        } else if (str_starts(line, S("<meta "))) {
            read_meta(p, line);
        }
    }
    buf_finish(&words);
}

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

/* Does the paragraph of `l` go on in `next`? */
static bool goes_on(const struct pdf_line *l, const struct pdf_line *next)
{
    bool ended = text_ends_sentence(l->text);
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

static bool ends_in_hyphen(struct str s)
{
    return s.n > 2 && s.p[s.n - 1] == '-' && s.p[s.n - 2] != '-' && s.p[s.n - 2] != ' ';
}

static struct str put_together(struct pdf *p, struct str title)
{
    struct buf out = {0};
    const struct pdf_line *last = NULL;
    buf_add(&out, title);
    for (size_t i = 0; i < p->n; i++) {
        const struct pdf_line *l = &p->lines[i];
        if (l->drop)
            continue;
        if (last && goes_on(last, l)) {
            if (ends_in_hyphen(last->text) && begins_small(l->text))
                out.n--;
            else
                buf_char(&out, ' ');
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

bool pdf_read(struct arena *a, struct str bytes, struct page *page, struct err *err)
{
    struct pdf p = {.a = a, .out = page};
    struct str xml;
    struct err why = {0};
    if (!child_run(a, CHILD_PDF_TEXT, bytes, &xml, &why))
        return why.kind == ERR_UNSUPPORTED
                   ? fail(err, why.kind,
                          "PDF is read by pdftotext of poppler-utils, which is not installed here")
                   : fail(err, why.kind, "the PDF is damaged, locked or too large: %s",
                          why.message);
    read_lines(&p, utf8_repair(a, xml));
    if (p.n == 0)
        return fail(err, ERR_INVALID,
                    "there is no text in the PDF: its pages may be pictures of paper");
    drop_edges(&p);
    measure(&p);
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
