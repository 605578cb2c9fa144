/* The spans of a statement's row, told with the words of its article. */
#include "store/spans.h"
#include "support/support.h"

static void check(struct spans_row row, enum spans_form form, const char *wanted)
{
    struct buf out = {0};
    spans_write(&row, form, &out);
    buf_char(&out, '\0');
    ck_assert_str_eq(out.p, wanted);
    buf_finish(&out);
}

/* Offsets are code points, whatever they take in bytes. */
START_TEST(test_words)
{
    struct spans_row row = {.text = S("Ü🚢ñ – “Ja”, sagte Møller, “und nein”."),
                            .words = S("“Ja” … “und nein”"),
                            .source = S("[[18,24]]"),
                            .cue = S("[[12,17]]"),
                            .content = S("[[6,10],[26,36]]")};
    check(row, SPANS_LINES,
          "[{\"start\":18,\"end\":24,\"exact\":\"Møller\",\"prefix\":\"Ü🚢ñ – “Ja”, sagte \","
          "\"suffix\":\", “und nein”.\"}]\n"
          "[{\"start\":12,\"end\":17,\"exact\":\"sagte\",\"prefix\":\"Ü🚢ñ – “Ja”, \","
          "\"suffix\":\" Møller, “und nein”.\"}]\n"
          "[{\"start\":6,\"end\":10,\"exact\":\"“Ja”\",\"prefix\":\"Ü🚢ñ – \","
          "\"suffix\":\", sagte Møller, “und nein”.\"},"
          "{\"start\":26,\"end\":36,\"exact\":\"“und nein”\",\"prefix\":\"Ü🚢ñ – “Ja”, sagte "
          "Møller, \","
          "\"suffix\":\".\"}]\n"
          "{\"before\":\"Ü🚢ñ – \",\"after\":\".\"}");
}
END_TEST

/* A new version of the text waits to be compared: its words are not taken for the statement's. */
START_TEST(test_another_text)
{
    struct spans_row row = {.text = S("Nothing of it."),
                            .words = S("it was late"),
                            .source = S("[[0,3]]"),
                            .cue = S("[]"),
                            .content = S("[[4,15]]")};
    check(
        row, SPANS_WHOLE,
        ",\"source\":[],\"cue\":[],\"content\":[{\"start\":4,\"end\":15,\"exact\":\"it was late\","
        "\"prefix\":\"\",\"suffix\":\"\"}],\"context\":{\"before\":\"\",\"after\":\"\"}");
    row.content = S("[[4,4000000000]]");
    check(row, SPANS_MEMBERS,
          ",\"source\":[],\"cue\":[],\"content\":[{\"start\":4,\"end\":4000000000,"
          "\"exact\":\"it was late\",\"prefix\":\"\",\"suffix\":\"\"}]");
}
END_TEST

/* Rows from before schema step 13 hold what is to be written. */
START_TEST(test_older_rows)
{
    struct spans_row row = {.text = S("Any."),
                            .words = S("Any"),
                            .source = S("[]"),
                            .cue = S("[]"),
                            .content = S("[{\"start\":0,\"end\":3,\"exact\":\"Any\"}]"),
                            .context = S("{\"before\":\"\",\"after\":\".\"}")};
    check(row, SPANS_WHOLE,
          ",\"source\":[],\"cue\":[],\"content\":[{\"start\":0,\"end\":3,\"exact\":\"Any\"}],"
          "\"context\":{\"before\":\"\",\"after\":\".\"}");
}
END_TEST

/* Rows that hold no words are of the text that is there. */
START_TEST(test_no_words)
{
    struct spans_row row = {.text = S("Møller said it was late."),
                            .source = S("[[0,6]]"),
                            .cue = S("[]"),
                            .content = S("[[12,23]]")};
    check(row, SPANS_MEMBERS,
          ",\"source\":[{\"start\":0,\"end\":6,\"exact\":\"Møller\",\"prefix\":\"\","
          "\"suffix\":\" said it was late.\"}],\"cue\":[],\"content\":[{\"start\":12,\"end\":23,"
          "\"exact\":\"it was late\",\"prefix\":\"Møller said \",\"suffix\":\".\"}]");
}
END_TEST

/* Told in the order of the text, whoever is meant. */
START_TEST(test_mentions)
{
    static const struct {
        const char *places, *wanted;
    } cases[] = {
        {"", "[]"},
        {"[]", "[]"},
        {"[[\"møller\",24,45078],[null,32781]]",
         "[{\"start\":0,\"end\":6,\"exact\":\"Møller\",\"actor\":\"møller\",\"reading\":\"actor\"},"
         "{\"start\":8,\"end\":11,\"exact\":\"who\",\"actor\":null,\"reading\":\"place\"},"
         "{\"start\":11,\"end\":16,\"exact\":\" "
         "sent\",\"actor\":\"møller\",\"reading\":\"pronoun\"}]"},
        {"[[\"a\",24",
         "[{\"start\":0,\"end\":6,\"exact\":\"Møller\",\"actor\":\"a\",\"reading\":\"actor\"}]"},
        {"[[\"a", "[]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        mentions_write(S("Møller, who sent it"), str_of(cases[i].places), &out);
        buf_char(&out, '\0');
        ck_assert_str_eq(out.p, cases[i].wanted);
        buf_finish(&out);
    }
}
END_TEST

START_TEST(test_hulls)
{
    static const struct {
        const char *column;
        size_t start, end;
    } cases[] = {
        {"[]", 0, 0},
        {"[[7,12]]", 7, 12},
        {"[[7,12],[20,31]]", 7, 31},
        {"[{\"start\":7,\"end\":12,\"exact\":\"x\"}]", 7, 12},
        {"[{\"start\":7,\"end\":12,\"exact\":\",\\\"end\\\":99\"},{\"start\":20,\"end\":31}]", 7,
         31}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t start, end;
        spans_hull(str_of(cases[i].column), &start, &end);
        ck_assert_uint_eq(start, cases[i].start);
        ck_assert_uint_eq(end, cases[i].end);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spans");
    TCase *t = tcase_create("spans");
    tcase_add_test(t, test_words);
    tcase_add_test(t, test_another_text);
    tcase_add_test(t, test_older_rows);
    tcase_add_test(t, test_no_words);
    tcase_add_test(t, test_mentions);
    tcase_add_test(t, test_hulls);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
