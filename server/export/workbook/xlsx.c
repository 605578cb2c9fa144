/* A workbook (Office Open XML) with a sheet for each kind of row, one value a cell. Texts are
 * texts, whatever they begin with. The library writes files, so the workbook comes to be in a
 * temporary file, row by row; a cell holds 32,767 characters and a sheet 1,048,576
 * rows, and what is beyond is cut, which the sheet's last row says. */
#include "export/export.h"

#include "base/utf8.h"
#include "export/rows/flat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { MOST_CHARACTERS = 32767, MOST_ROWS = 1048575, WIDEST = 40 };

struct sheet {
    struct row_sink sink;
    lxw_worksheet *sheet;
    lxw_format *bold;
    struct buf text;
    lxw_row_t row;
    lxw_col_t column;
    bool full;
};

/* Followed by a zero byte, without those, and no longer than a cell. UTF-16 units count. */
static const char *cell_text(struct sheet *s, struct str text)
{
    size_t at = 0, units = 0;
    s->text.n = 0;
    while (at < text.n) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        units += c > 0xFFFF ? 2 : 1;
        if (units > MOST_CHARACTERS)
            break;
        if (c >= 32 || c == '\t' || c == '\n')
            buf_add(&s->text, str_slice(text, from, at));
    }
    buf_char(&s->text, 0);
    return s->text.p;
}

static void columns(struct row_sink *sink, const char *const *names, size_t n)
{
    struct sheet *s = (struct sheet *)sink;
    for (size_t i = 0; i < n; i++) {
        lxw_col_t c = (lxw_col_t)i;
        size_t width = strlen(names[i]) + 4;
        worksheet_set_column(s->sheet, c, c, (double)(width < WIDEST ? width : WIDEST), NULL);
    }
    for (size_t i = 0; i < n; i++)
        worksheet_write_string(s->sheet, 0, (lxw_col_t)i, names[i], s->bold);
    worksheet_freeze_panes(s->sheet, 1, 0);
}

static void begin(struct row_sink *sink)
{
    struct sheet *s = (struct sheet *)sink;
    s->column = 0;
    s->full = s->row + 1 >= MOST_ROWS;
    s->row += !s->full;
}

static void value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    struct sheet *s = (struct sheet *)sink;
    lxw_col_t column = s->column++;
    (void)name;
    if (s->full)
        return;
    switch (v->type) {
    case ROW_NULL:
        break;
    case ROW_INT:
        worksheet_write_number(s->sheet, s->row, column, (double)v->integer, NULL);
        break;
    case ROW_REAL:
        worksheet_write_number(s->sheet, s->row, column, v->real, NULL);
        break;
    case ROW_BOOL:
        worksheet_write_boolean(s->sheet, s->row, column, v->integer != 0, NULL);
        break;
    case ROW_TEXT:
    case ROW_JSON:
        worksheet_write_string(s->sheet, s->row, column, cell_text(s, v->text), NULL);
        break;
    }
}

static void end(struct row_sink *sink)
{
    (void)sink;
}

static bool write_sheet(struct export_job *job, lxw_workbook *book, lxw_format *bold,
                        struct str list, struct err *err)
{
    struct export_job part = *job;
    struct sheet s = {.sink = {columns, begin, value, end}, .bold = bold};
    char name[32];
    snprintf(name, sizeof name, "%.*s", STR_ARG(list));
    s.sheet = workbook_add_worksheet(book, name);
    part.flat = part.all = true;
    part.flush = NULL;
    if (!s.sheet || !export_set(&part, S("list"), list, err))
        return s.sheet ? false : fail(err, ERR_IO, "the workbook could not be written");
    bool ok = export_rows(&part, &s.sink, err);
    if (ok && s.full)
        worksheet_write_string(s.sheet, MOST_ROWS, 0, "There are more rows than a sheet holds.",
                               bold);
    buf_finish(&s.text);
    return ok;
}

static bool write_book(struct export_job *job, const char *path, struct err *err)
{
    const char *tmp = getenv("TMPDIR");
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", tmp && *tmp ? tmp : "/tmp");
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = folder};
    lxw_workbook *book = workbook_new_opt(path, &options);
    if (!book)
        return fail(err, ERR_IO, "the workbook could not be written");
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    struct str rest = str_of(export_settings[EXPORT_LIST].words), list;
    bool ok = true;
    while (ok && str_split(&rest, ' ', &list))
        ok = write_sheet(job, book, bold, list, err);
    lxw_error code = workbook_close(book);
    return ok && (code == LXW_NO_ERROR ||
                  fail(err, ERR_IO, "the workbook could not be written: %s", lxw_strerror(code)));
}

static bool hand_over(struct export_job *job, const char *path, struct err *err)
{
    enum { PIECE = 64 << 10 };
    FILE *f = fopen(path, "rb");
    bool ok = f != NULL;
    size_t n = 1;
    while (ok && n) {
        n = fread(buf_reserve(job->out, PIECE), 1, PIECE, f);
        job->out->n += n;
        ok = export_flush(job, err);
    }
    if (f)
        fclose(f);
    return ok || fail(err, ERR_IO, "the workbook could not be read");
}

/* A file, not a folder of its own: the server may not make folders. */
bool export_xlsx(struct export_job *job, struct err *err)
{
    const char *tmp = getenv("TMPDIR");
    char path[4200];
    snprintf(path, sizeof path, "%.4000s/synoptic-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    int file = mkstemp(path);
    if (file < 0)
        return fail(err, ERR_IO, "there is no room for temporary files");
    close(file);
    bool ok = write_book(job, path, err) && hand_over(job, path, err);
    unlink(path);
    return ok;
}
