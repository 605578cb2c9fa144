/* Lists as tables: see rows.h. A million rows go through here, so cells are copied in runs and JSON
 * is read for its words without a tree (words.c). */
#include "store/rows.h"

#include <string.h>

static bool is_formula(struct str s)
{
    return s.n && memchr("=+-@\t\r\n", s.p[0], 7);
}

static bool needs_quotes(struct str s)
{
    return memchr(s.p, ',', s.n) || memchr(s.p, '"', s.n) || memchr(s.p, '\n', s.n) ||
           memchr(s.p, '\r', s.n);
}

static void cell(struct row_csv *csv, struct str s)
{
    bool guard = csv->guard && is_formula(s);
    if (!s.n || (!guard && !needs_quotes(s))) {
        buf_add(csv->out, s);
        return;
    }
    buf_add(csv->out, guard ? S("\"'") : S("\""));
    for (size_t quote; (quote = str_find_char(s, '"', 0)) != STR_NONE;) {
        buf_add(csv->out, str_slice(s, 0, quote + 1));
        buf_char(csv->out, '"');
        s = str_slice(s, quote + 1, s.n);
    }
    buf_add(csv->out, s);
    buf_char(csv->out, '"');
}

static void csv_columns(struct row_sink *sink, const char *const *names, size_t n)
{
    struct row_csv *csv = (struct row_csv *)sink;
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(csv->out, ',');
        cell(csv, str_of(names[i]));
    }
    buf_add(csv->out, S("\r\n"));
}

static void csv_begin(struct row_sink *sink)
{
    ((struct row_csv *)sink)->first = true;
}

static void csv_value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    (void)name;
    struct row_csv *csv = (struct row_csv *)sink;
    if (!csv->first)
        buf_char(csv->out, ',');
    csv->first = false;
    switch (v->type) {
    case ROW_NULL:
        break;
    case ROW_TEXT:
        cell(csv, v->text);
        break;
    case ROW_JSON:
        csv->words.n = 0;
        cell(csv, row_words(v->text, &csv->words) ? buf_str(&csv->words) : v->text);
        break;
    case ROW_INT:
    case ROW_REAL:
    case ROW_BOOL:
        row_number(csv->out, v);
        break;
    }
}

static void csv_end(struct row_sink *sink)
{
    buf_add(((struct row_csv *)sink)->out, S("\r\n"));
}

struct row_csv row_csv_make(struct buf *out, bool guard)
{
    return (struct row_csv){{csv_columns, csv_begin, csv_value, csv_end}, out, {0}, guard, true};
}

void row_csv_finish(struct row_csv *csv)
{
    buf_finish(&csv->words);
}
