/* Rows written as CSV: what a spreadsheet would calculate is kept from it. */
#include "support/support.h"

#include "store/rows.h"

static void write_cell(struct buf *out, const char *text, bool guard)
{
    struct row_csv csv = row_csv_make(out, guard);
    struct row_value value = {.type = ROW_TEXT, .text = str_of(text)};
    out->n = 0;
    csv.sink.begin(&csv.sink);
    csv.sink.value(&csv.sink, "x", &value);
}

START_TEST(cells_are_guarded)
{
    static const char *const formulas[] = {"=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1+1"};
    static const char *const harmless[] = {"one", "1-1", "a\n=1", " one", "\"=1\""};
    struct buf out = {0};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        write_cell(&out, formulas[i], true);
        ck_assert_msg(str_starts(buf_str(&out), S("\"'")), "%s", formulas[i]);
        write_cell(&out, formulas[i], false);
        ck_assert_msg(!str_contains(buf_str(&out), S("'")), "%s", formulas[i]);
    }
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        write_cell(&out, harmless[i], true);
        ck_assert_msg(!str_contains(buf_str(&out), S("'")), "%s", harmless[i]);
    }
    buf_finish(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rows");
    TCase *tests = tcase_create("rows");
    tcase_add_test(tests, cells_are_guarded);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}
