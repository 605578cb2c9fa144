/* Tables as text: RFC 4180 with any of comma, semicolon, tab and bar between the cells, line breaks
 * inside quotation marks, and either line end. One pass; a row's cells live until the next row. */
#include "page/record/parts.h"

#include "base/url.h"
#include "base/utf8.h"
#include "page/text/date.h"
#include "page/text/encoding.h"

#include <string.h>

enum {
    LOOKED_AT = 20, /* rows whose cells decide what columns without a known name hold */
    PROSE = 200,    /* mean bytes of a column that holds articles */
    SHORTEST = 12,  /* and of one that holds headlines */
    COLUMNS_MAX = 2000
};

struct row {
    struct str *cell;
    size_t n, cap;
    bool open; /* a quotation mark was never closed */
};

struct csv {
    struct str text;
    size_t at, number; /* the next row's byte; rows read */
    char between;
    struct arena memory; /* of the row at hand */
};

/* The opening quotation mark is at csv->at; the cell's text without the marks. */
static struct str quoted_cell(struct csv *csv, bool *open)
{
    size_t from = ++csv->at, doubled = 0, end;
    for (;;) {
        end = str_find_char(csv->text, '"', csv->at);
        if (end == STR_NONE) {
            *open = true;
            csv->at = end = csv->text.n;
            break;
        }
        csv->at = end + 1;
        if (csv->at >= csv->text.n || csv->text.p[csv->at] != '"')
            break;
        csv->at++;
        doubled++;
    }
    struct str raw = str_slice(csv->text, from, end);
    if (doubled == 0)
        return raw;
    char *out = arena_alloc(&csv->memory, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        out[n++] = raw.p[i];
        i += raw.p[i] == '"';
    }
    return (struct str){out, n};
}

static bool ends_cell(const struct csv *csv, char c)
{
    return c == csv->between || c == '\n' || c == '\r';
}

static struct str next_cell(struct csv *csv, bool *open)
{
    struct str quoted = {0};
    size_t from = csv->at;
    bool marks = from < csv->text.n && csv->text.p[from] == '"';
    if (marks) {
        quoted = quoted_cell(csv, open);
        from = csv->at;
    }
    while (csv->at < csv->text.n && !ends_cell(csv, csv->text.p[csv->at]))
        csv->at++;
    struct str bare = str_slice(csv->text, from, csv->at);
    if (!marks)
        return bare;
    return str_trim(bare).n ? arena_fmt(&csv->memory, "%.*s%.*s", STR_ARG(quoted), STR_ARG(bare))
                            : quoted;
}

/* False at the end. Rows without any text are passed over. */
static bool next_row(struct csv *csv, struct row *row)
{
    bool any = false;
    while (csv->at < csv->text.n && !any) {
        arena_reset(&csv->memory);
        *row = (struct row){0};
        for (bool more = true; more;) {
            struct str cell = next_cell(csv, &row->open);
            any |= str_trim(cell).n > 0;
            if (row->n < COLUMNS_MAX) {
                row->cell =
                    arena_grow(&csv->memory, row->cell, row->n, &row->cap, sizeof *row->cell);
                row->cell[row->n++] = cell;
            }
            more = csv->at < csv->text.n && csv->text.p[csv->at] == csv->between;
            csv->at += more;
        }
        if (csv->at < csv->text.n && csv->text.p[csv->at] == '\r')
            csv->at++;
        if (csv->at < csv->text.n && csv->text.p[csv->at] == '\n')
            csv->at++;
        csv->number++;
    }
    return any;
}

/* The sign that parts most cells of the first row. */
static char find_between(struct str text)
{
    static const char signs[] = {',', ';', '\t', '|'};
    size_t count[sizeof signs] = {0}, best = 0;
    bool inside = false;
    for (size_t i = 0; i < text.n && (inside || text.p[i] != '\n'); i++) {
        inside ^= text.p[i] == '"';
        for (size_t k = 0; k < sizeof signs && !inside; k++)
            count[k] += text.p[i] == signs[k];
    }
    for (size_t k = 1; k < sizeof signs; k++)
        if (count[k] > count[best])
            best = k;
    return signs[best];
}

/* "sep=;", the line that tells Excel the sign, is no row. */
static bool take_sign(struct csv *csv)
{
    size_t end = str_find_char(csv->text, '\n', 0);
    struct str line = str_slice(csv->text, 0, end);
    while (line.n && strchr("\"\r ,", line.p[0]))
        line = str_slice(line, 1, line.n);
    if (end == STR_NONE || line.n < 5 || !str_eq_case(str_slice(line, 0, 4), S("sep=")))
        return false;
    if (!strchr(",;|\t:^~", line.p[4]) || str_trim(str_slice(line, 5, line.n)).n > 1)
        return false;
    csv->between = line.p[4];
    csv->at = end + 1;
    csv->number = 1;
    return true;
}

/* ---------------------------------------------------------------------------------- the columns */

struct table {
    struct csv csv; /* at the first row of content */
    struct str *name;
    size_t n;
    size_t column[RECORD_FIELDS];
};

/* What stands in a column's first rows. */
struct content {
    size_t bytes, filled, urls, days;
};

static void look(struct csv csv, struct content *seen, size_t n)
{
    struct arena a = {0};
    struct row row;
    csv.memory = (struct arena){0};
    for (int i = 0; i < LOOKED_AT && next_row(&csv, &row); i++)
        for (size_t k = 0; k < row.n && k < n; k++) {
            struct str cell = str_trim(row.cell[k]);
            seen[k].bytes += cell.n;
            seen[k].filled += cell.n > 0;
            seen[k].urls += url_is_web(cell);
            seen[k].days += cell.n < 40 && date_machine(&a, cell).n > 0;
        }
    arena_finish(&csv.memory);
    arena_finish(&a);
}

static bool is_taken(const struct table *t, size_t column)
{
    for (int f = 0; f < RECORD_FIELDS; f++)
        if (t->column[f] == column)
            return true;
    return false;
}

/* Where no name says which column is the text: the one with the longest cells; then addresses,
 * days and headlines by their looks. */
static void choose_by_content(struct arena *a, struct table *t, const struct record_map *map)
{
    struct content *seen = arena_array(a, t->n, sizeof *seen);
    look(t->csv, seen, t->n);
    size_t longest = STR_NONE, most = PROSE;
    for (size_t i = 0; i < t->n; i++) {
        size_t mean = seen[i].filled ? seen[i].bytes / seen[i].filled : 0;
        if (!is_taken(t, i) && seen[i].urls == 0 && mean >= most) {
            longest = i;
            most = mean;
        }
    }
    t->column[RECORD_TEXT] = longest;
    for (size_t i = 0; i < t->n && longest != STR_NONE; i++) {
        size_t filled = seen[i].filled;
        enum record_field f = filled && seen[i].urls == filled   ? RECORD_URL
                              : filled && seen[i].days == filled ? RECORD_PUBLISHED
                                                                 : RECORD_TITLE;
        bool free = t->column[f] == STR_NONE && !(map->told >> f & 1) && !is_taken(t, i);
        if (filled && free && (f != RECORD_TITLE || seen[i].bytes / filled >= SHORTEST))
            t->column[f] = i;
    }
}

/* Without a known name in it, a first row with long cells or addresses is content already. */
static bool is_header(const struct row *row, const struct record_map *map)
{
    bool content = false;
    for (size_t i = 0; i < row->n; i++) {
        enum record_field f;
        int rank;
        for (int k = 0; k < RECORD_FIELDS; k++)
            if ((map->told >> k & 1) && str_eq_case(map->column[k], str_trim(row->cell[i])))
                return true;
        if (record_guess(row->cell[i], &f, &rank))
            return true;
        content |= row->cell[i].n >= 100 || url_is_web(str_trim(row->cell[i]));
    }
    return !content;
}

static bool open_table(struct arena *a, struct str bytes, const struct record_map *map,
                       struct table *t, struct err *err)
{
    struct str text;
    struct row row;
    *t = (struct table){0};
    if (!encoding_decode(a, bytes, S(""), &text, err))
        return false;
    t->csv = (struct csv){.text = text};
    if (!take_sign(&t->csv))
        t->csv.between = find_between(text);
    struct csv first = t->csv;
    if (!next_row(&t->csv, &row))
        return fail(err, ERR_INVALID, "the table is empty");
    bool header = is_header(&row, map);
    t->n = row.n;
    t->name = arena_array(a, row.n, sizeof *t->name);
    for (size_t i = 0; i < row.n; i++)
        t->name[i] = header ? arena_str(a, str_trim(row.cell[i])) : arena_fmt(a, "%zu", i + 1);
    if (!header) {
        t->csv.at = first.at;
        t->csv.number = first.number;
    }
    choose_columns(t->name, t->n, map, t->column);
    if (t->column[RECORD_TEXT] == STR_NONE && !(map->told >> RECORD_TEXT & 1))
        choose_by_content(a, t, map);
    return true;
}

/* ------------------------------------------------------------------------------------- the rows */

/* What is wrong with the row, or empty. */
static struct str row_problem(struct arena *a, const struct table *t, const struct row *row,
                              const struct record *record)
{
    for (size_t i = t->n; i < row->n; i++)
        if (str_trim(row->cell[i]).n)
            return arena_fmt(a, "row %zu has %zu cells where the table has %zu columns",
                             t->csv.number, row->n, t->n);
    if (row->open)
        return arena_fmt(a, "a quotation mark in row %zu is never closed", t->csv.number);
    if (record->field[RECORD_TEXT].n == 0)
        return arena_fmt(a, "row %zu has no text", t->csv.number);
    return (struct str){0};
}

bool records_of_csv(struct str bytes, const struct record_map *map, struct record_sink *sink,
                    struct err *err)
{
    struct arena a = {0}, one = {0};
    struct table t;
    struct row row;
    bool ok =
        open_table(&a, bytes, map, &t, err) && missing_column(t.name, t.n, map, t.column, err);
    for (bool more = ok; more && next_row(&t.csv, &row);) {
        struct record r = {0};
        arena_reset(&one);
        for (int f = 0; f < RECORD_FIELDS; f++)
            if (t.column[f] < row.n)
                r.field[f] = str_trim(row.cell[t.column[f]]);
        record_tidy(&one, &r);
        struct str problem = row_problem(&one, &t, &row, &r);
        more = sink->take(sink, t.csv.number, problem.n ? NULL : &r, problem);
    }
    arena_finish(&t.csv.memory);
    arena_finish(&one);
    arena_finish(&a);
    return ok;
}

/* The line of the byte at which the next row begins, given that of *from, which goes there. */
static size_t line_of_next(const struct csv *csv, size_t *from, size_t line)
{
    size_t to = csv->at;
    while (to < csv->text.n && (csv->text.p[to] == '\n' || csv->text.p[to] == '\r'))
        to++;
    for (; *from < to; ++*from)
        line += csv->text.p[*from] == '\n';
    return line;
}

bool cells_of_csv(struct str bytes, struct cells_sink *sink, struct err *err)
{
    struct arena a = {0};
    struct record_map none = {0};
    struct table t;
    struct row row;
    bool ok = open_table(&a, bytes, &none, &t, err);
    size_t from = 0, line = 1;
    for (bool more = ok; more;) {
        sink->line = line = line_of_next(&t.csv, &from, line);
        more =
            next_row(&t.csv, &row) && sink->row(sink, t.name, row.cell, row.n < t.n ? row.n : t.n);
    }
    arena_finish(&t.csv.memory);
    arena_finish(&a);
    return ok;
}

bool table_view_csv(struct arena *a, struct str bytes, bool cut, struct table_view *out,
                    struct err *err)
{
    struct record_map none = {0};
    struct table_view view = {0};
    struct table t;
    struct row row;
    if (!open_table(a, bytes, &none, &t, err)) {
        arena_finish(&t.csv.memory);
        return false;
    }
    view.n_columns = t.n < TABLE_COLUMNS ? t.n : TABLE_COLUMNS;
    for (size_t i = 0; i < view.n_columns; i++) {
        view.column[i] = t.name[i];
        view.field[i] = RECORD_FIELDS;
        for (int f = 0; f < RECORD_FIELDS; f++)
            if (t.column[f] == i)
                view.field[i] = (enum record_field)f;
    }
    while (view.n_rows < TABLE_ROWS && next_row(&t.csv, &row)) {
        if (cut && t.csv.at >= t.csv.text.n && view.n_rows)
            break;
        for (size_t i = 0; i < row.n && i < view.n_columns; i++)
            view.cell[view.n_rows][i] = table_cell(a, row.cell[i]);
        view.n_rows++;
    }
    arena_finish(&t.csv.memory);
    *out = view;
    return true;
}
