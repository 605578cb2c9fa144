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

/* Words are found as a JSON parser would find them; what has none stays as it is. */
START_TEST(words_of_json)
{
    static const struct {
        const char *json, *words; /* NULL: none */
    } cases[] = {
        {"[]", ""},
        {"[{\"exact\":\"one\"}]", "one"},
        {"[{\"start\":1,\"end\":4,\"exact\":\"one\",\"prefix\":\"a\"},{\"exact\":\"two\"}]",
         "one \xE2\x80\xA6 two"},
        {"[ {\"start\": 1, \"exact\": \"a \\\"b\\\" \\\\\"} ]", "a \"b\" \\"},
        {"[{\"prefix\":\"\\\"exact\\\":\\\"no\\\"\",\"exact\":\"yes\"}]", "yes"},
        {"[{\"in\":{\"exact\":\"no\",\"v\":[1,{\"a\":null}]},\"exact\":\"yes\"}]", "yes"},
        {"[{\"exact\":\"\\u00e4\\ud83d\\ude00\\n\\t\"}]", "\xC3\xA4\xF0\x9F\x98\x80\n\t"},
        {"[\"a\",\"b\\/c\"]", "a; b/c"},
        {"[1,22,-3]", "1; 22; -3"},
        {"[{\"issue\":\"a\",\"stance\":\"b\"}]", NULL},
        {"[{\"in\":{\"exact\":\"no\"}}]", NULL},
        {"[{\"exact\":3}]", NULL},
        {"[[\"a\"]]", NULL},
        {"[null]", NULL},
        {"{\"exact\":\"a\"}", NULL},
        {"[\"a\"", NULL},
        {"[\"a", NULL},
        {"[{\"exact\":\"a\\", NULL},
        {"[{\"exact\":\"\\u00\"}]", "\xEF\xBF\xBD"},
        {"", NULL},
    };
    struct buf out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        out.n = 0;
        bool any = row_words(str_of(cases[i].json), &out);
        ck_assert_msg(any == (cases[i].words != NULL), "%s", cases[i].json);
        if (any)
            ck_str_is(buf_str(&out), cases[i].words);
    }
    buf_finish(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rows");
    TCase *tests = tcase_create("rows");
    tcase_add_test(tests, cells_are_guarded);
    tcase_add_test(tests, words_of_json);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}
