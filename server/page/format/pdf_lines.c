/* The lines of a PDF as poppler's pdftotext finds them, with their places on the page. */
#include "page/format/pdf.h"

#include "base/utf8.h"
#include "page/html/html.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/encoding.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 200000 };
#define INITIAL 1.6 /* an initial's height in those of its line */

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

/* Where the reading is. */
struct reading {
    struct pdf *pdf;
    struct pdf_line block; /* its place, page and number */
    struct buf words;
    double first, size; /* height of a first word that is one letter; of the highest word */
    bool open;          /* lines[n] is begun */
};

static void begin_line(struct reading *r, struct str tag)
{
    struct pdf *p = r->pdf;
    p->lines = arena_grow(p->a, p->lines, p->n, &p->cap, sizeof *p->lines);
    struct pdf_line *l = &p->lines[p->n];
    r->open = true;
    r->words.n = 0;
    r->size = r->first = 0;
    *l = r->block;
    l->left = number(tag, S("xMin=\""));
    l->right = number(tag, S("xMax=\""));
    l->top = number(tag, S("yMin=\""));
    l->bottom = number(tag, S("yMax=\""));
    double above = l->top / p->page_height, below = 1 - l->bottom / p->page_height;
    l->edge = above < below ? above : below;
}

/* One letter, perhaps behind a quotation mark. */
static bool is_initial(struct str s)
{
    return utf8_count(s) <= 2 && s.n && !(s.p[0] >= '0' && s.p[0] <= '9');
}

static void add_word(struct reading *r, struct str tag)
{
    double height = number(tag, S("yMax=\"")) - number(tag, S("yMin=\""));
    size_t from = str_find_char(tag, '>', 0), to = str_find(tag, S("</word>"), 0);
    if (from == STR_NONE || to == STR_NONE || to <= from)
        return;
    if (r->first > height * INITIAL && r->open) { /* an initial over several lines */
        r->size = 0;
        r->pdf->lines[r->pdf->n].left = number(tag, S("xMin=\""));
    } else if (r->words.n)
        buf_char(&r->words, ' ');
    size_t before = r->words.n;
    html_decode(&r->words, str_slice(tag, from + 1, to));
    r->first = before == 0 && is_initial(buf_str(&r->words)) ? height : 0;
    r->size = height > r->size ? height : r->size;
}

/* "ﬁ" and its like, which typesetters draw as one, are letters. */
static struct str without_ligatures(struct arena *a, struct str s)
{
    static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    struct buf out = {0};
    size_t from = 0, at;
    while ((at = str_find(s, S("\xEF\xAC"), from)) != STR_NONE) {
        unsigned char last = at + 2 < s.n ? (unsigned char)s.p[at + 2] : 0;
        bool known = last >= 0x80 && last <= 0x86;
        buf_add(&out, str_slice(s, from, known ? at : at + 2));
        if (known)
            buf_add(&out, str_of(letters[last - 0x80]));
        from = at + (known ? 3 : 2);
    }
    buf_add(&out, str_slice(s, from, s.n));
    struct str plain = from ? arena_str(a, buf_str(&out)) : s;
    buf_finish(&out);
    return plain;
}

/* A justified line with wide blanks comes in pieces: put together where they stand in one row of a
 * block, one behind the other. */
static bool continues(const struct pdf_line *before, const struct pdf_line *l)
{
    double rise = l->top - before->top;
    return before->block == l->block && before->page == l->page && rise < 0.2 * l->size &&
           rise > -0.2 * l->size && l->left > before->right && l->size < before->size * 1.1 &&
           l->size > before->size * 0.9;
}

static void end_line(struct reading *r)
{
    struct pdf *p = r->pdf;
    struct str text = buf_str(&r->words);
    if (!r->open) /* words outside of a line */
        return;
    struct pdf_line *l = &p->lines[p->n];
    r->open = false;
    l->soft = str_ends(text, S("\xC2\xAD"));
    l->text = text_clean(p->a, without_ligatures(p->a, text));
    if (str_ends(l->text, S("\xE2\x80\x90"))) /* U+2010, the hyphen that is no minus */
        l->text = arena_fmt(p->a, "%.*s-", (int)(l->text.n - 3), l->text.p);
    l->size = r->size;
    struct pdf_line *before = p->n ? l - 1 : NULL;
    if (before && l->text.n && continues(before, l)) {
        before->text = arena_fmt(p->a, "%.*s %.*s", STR_ARG(before->text), STR_ARG(l->text));
        before->right = l->right;
        before->soft = l->soft;
    } else {
        p->n += l->text.n > 0;
    }
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

static void begin_block(struct reading *r, struct str tag)
{
    r->block.block++;
    r->block.block_left = number(tag, S("xMin=\""));
    r->block.block_right = number(tag, S("xMax=\""));
    r->block.block_top = number(tag, S("yMin=\""));
    r->block.block_bottom = number(tag, S("yMax=\""));
}

static void begin_page(struct reading *r, struct str tag)
{
    double height = number(tag, S("height=\"")), width = number(tag, S("width=\""));
    r->pdf->page_height = height > 1 ? height : 792;
    r->pdf->page_width = width > 1 ? width : 612;
    r->block.page++;
}

/* pdftotext writes one tag a line. */
void pdf_lines(struct pdf *p, struct str xml)
{
    struct reading r = {.pdf = p};
    p->page_height = 792;
    p->page_width = 612;
    for (struct str line; p->n < LINES_MAX && str_split(&xml, '\n', &line);) {
        line = str_trim(line);
        if (str_starts(line, S("<word ")))
            add_word(&r, line);
        else if (str_starts(line, S("<line ")))
            begin_line(&r, line);
        else if (str_starts(line, S("</line>")) && r.words.n)
            end_line(&r);
        else if (str_starts(line, S("<block ")))
            begin_block(&r, line);
        else if (str_starts(line, S("<page ")))
            begin_page(&r, line);
        else if (str_starts(line, S("<meta ")))
            read_meta(p, line);
    }
    buf_finish(&r.words);
}
