/* The order of reading. pdftotext hands blocks of columns over row by row where their paragraphs
 * stand side by side; here the blocks of a page are cut into bands, as long as a gutter runs
 * through what stands one below the other, and each band is read column by column (a recursive XY
 * cut after Nagy and Seth). A page without such a band stays as it is. */
#include "page/format/pdf.h"

#include "base/map.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCKS_MAX = 200, COLUMN_LINES = 3, COLUMNS_DEEP = 6, INITIALS = 50 };
#define GUTTER 4.0  /* points */
#define COLUMN 0.12 /* a column's least share of the page's width */
#define INITIAL 1.6 /* an initial's height in those of the text */

/* Lines [from, from + n) of the page. */
struct block {
    size_t from, n;
    double left, right, top, bottom;
};

struct order {
    const struct pdf *pdf;
    struct block out[BLOCKS_MAX];
    size_t n;
    bool columns; /* a band was read column by column */
};

static int by_top(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->top < y->top || x->top > y->top)
        return x->top < y->top ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static int by_left(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    return (x->left > y->left) - (x->left < y->left);
}

static int by_place(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Where the widest gutter through all blocks begins; 0 if there is none. Sorts them by `left`. */
static double find_gutter(struct block *v, size_t n)
{
    double right = n ? v[0].right : 0, widest = GUTTER, at = 0;
    if (n)
        qsort(v, n, sizeof *v, by_left);
    for (size_t i = 0; i < n; i++) {
        if (i && v[i].left - right > widest) {
            widest = v[i].left - right;
            at = right;
        }
        right = i == 0 || v[i].right > right ? v[i].right : right;
    }
    return at;
}

/* Blocks of v left of the gutter come first; their number. */
static size_t split(struct block *v, size_t n, double gutter)
{
    size_t left = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].right <= gutter) {
            struct block b = v[i];
            v[i] = v[left];
            v[left++] = b;
        }
    return left;
}

static bool is_column(const struct pdf *p, const struct block *v, size_t n)
{
    size_t lines = 0;
    double widest = 0;
    for (size_t i = 0; i < n; i++) {
        lines += v[i].n;
        widest = v[i].right - v[i].left > widest ? v[i].right - v[i].left : widest;
    }
    return lines >= COLUMN_LINES && widest >= COLUMN * p->page_width;
}

static void order_blocks(struct order *o, struct block *v, size_t n, int depth);

/* One band: its columns, or its blocks in the order they came. */
static void order_band(struct order *o, struct block *v, size_t n, int depth)
{
    double gutter = find_gutter(v, n);
    size_t left = gutter > 0 ? split(v, n, gutter) : 0;
    if (left && depth < COLUMNS_DEEP && is_column(o->pdf, v, left) &&
        is_column(o->pdf, v + left, n - left)) {
        o->columns = true;
        order_blocks(o, v, left, depth + 1);
        order_blocks(o, v + left, n - left, depth + 1);
        return;
    }
    qsort(v, n, sizeof *v, by_place);
    memcpy(o->out + o->n, v, n * sizeof *v);
    o->n += n;
}

/* The first block of v (sorted by `top`) that stands below all before it, from `at` on. */
static size_t row_end(const struct block *v, size_t n, size_t at)
{
    double bottom = v[at].bottom;
    for (at++; at < n && v[at].top < bottom - 1; at++)
        bottom = v[at].bottom > bottom ? v[at].bottom : bottom;
    return at;
}

static void order_blocks(struct order *o, struct block *v, size_t n, int depth)
{
    struct block band[BLOCKS_MAX];
    if (n)
        qsort(v, n, sizeof *v, by_top);
    for (size_t from = 0, to; from < n; from = to) {
        to = row_end(v, n, from);
        for (size_t next; to < n; to = next) { /* as long as a gutter runs through all */
            next = row_end(v, n, to);
            memcpy(band, v + from, (next - from) * sizeof *v);
            if (find_gutter(band, next - from) <= 0)
                break;
        }
        memcpy(band, v + from, (to - from) * sizeof *v);
        order_band(o, band, to - from, depth);
    }
}

/* Puts the lines of one page in order. */
static void order_page(struct pdf *p, size_t from, size_t n)
{
    struct block v[BLOCKS_MAX];
    struct order o = {.pdf = p};
    size_t blocks = 0;
    for (size_t i = from; i < from + n; i++) {
        const struct pdf_line *l = &p->lines[i];
        if (i > from && l->block == l[-1].block) {
            v[blocks - 1].n++;
            continue;
        }
        if (blocks == BLOCKS_MAX)
            return;
        v[blocks++] =
            (struct block){i, 1, l->block_left, l->block_right, l->block_top, l->block_bottom};
    }
    order_blocks(&o, v, blocks, 0);
    if (!o.columns)
        return;
    struct pdf_line *lines = arena_array(p->a, n, sizeof *lines);
    size_t at = 0;
    for (size_t i = 0; i < o.n; i++) {
        memcpy(lines + at, p->lines + o.out[i].from, o.out[i].n * sizeof *lines);
        at += o.out[i].n;
    }
    memcpy(p->lines + from, lines, n * sizeof *lines);
}

/* ------------------------------------------------------------------------------------- initials */

static bool is_initial(const struct pdf *p, const struct pdf_line *l)
{
    return l->size > INITIAL * p->size && utf8_count(l->text) <= 2 &&
           !(l->text.p[0] >= '0' && l->text.p[0] <= '9');
}

/* The line that the initial begins: the uppermost at its right side. */
static struct pdf_line *line_beside(struct pdf *p, size_t from, size_t n,
                                    const struct pdf_line *initial)
{
    struct pdf_line *best = NULL;
    double near = 2 * p->size;
    for (struct pdf_line *l = p->lines + from; l < p->lines + from + n; l++)
        if (l != initial && l->left > initial->left && l->left - initial->right < near &&
            initial->right - l->left < near && l->top > initial->top - p->size &&
            l->top < initial->top + initial->size / 2 && l->size < initial->size / INITIAL &&
            (!best || l->top < best->top))
            best = l;
    return best;
}

/* "A" and "man" are two words if the text has "man", but no "aman". */
static bool is_word(struct pdf *p, const struct pdf_line *initial, struct str line)
{
    struct map known = {0};
    struct hyphen_words words = {p->a, &known};
    size_t n = str_find_char(line, ' ', 0);
    struct str rest = str_slice(line, 0, n);
    rest = str_slice(rest, 0, str_find_char(rest, '-', 0));
    if (!strchr("AIOYaioy", initial->text.p[initial->text.n - 1]) || rest.n == 0)
        return false;
    for (size_t i = 0; i < p->n; i++)
        if (p->lines[i].text.p != line.p)
            hyphen_note(&words, p->lines[i].text);
    return hyphen_knows(&words, rest, S("")) && !hyphen_knows(&words, initial->text, rest);
}

static void place_initials(struct pdf *p, size_t from, size_t n)
{
    for (size_t i = from; i < from + n && p->initials < INITIALS; i++) {
        struct pdf_line *initial = &p->lines[i], *l = NULL;
        if (!initial->drop && is_initial(p, initial)) {
            p->initials++;
            l = line_beside(p, from, n, initial);
        }
        if (!l)
            continue;
        l->text = arena_fmt(p->a, "%.*s%s%.*s", STR_ARG(initial->text),
                            is_word(p, initial, l->text) ? " " : "", STR_ARG(l->text));
        initial->drop = true;
    }
}

void pdf_order(struct pdf *p)
{
    for (size_t from = 0, to; from < p->n; from = to) {
        to = from + 1;
        while (to < p->n && p->lines[to].page == p->lines[from].page)
            to++;
        place_initials(p, from, to - from);
        order_page(p, from, to - from);
    }
}
