/* PDF: columns, initials over several lines, hyphens at the end of lines; on pages set here, line
 * by line. (tests/ingest/test_inputs.c reads one that a browser printed.) */
#include "support/support.h"

#include "base/buf.h"
#include "base/map.h"
#include "page/format/pdf.h"

struct set_line {
    int x, y, size; /* points, from the lower left corner */
    const char *text;
};

/* One page of A4 in Helvetica. */
static struct str pdf_of(struct arena *a, const struct set_line *lines)
{
    struct buf text = {0}, out = {0};
    for (; lines->text; lines++)
        buf_fmt(&text, "BT /F %d Tf %d %d Td (%s) Tj ET\n", lines->size, lines->x, lines->y,
                lines->text);
    buf_fmt(&out,
            "%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
            "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
            "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
            "/Resources<</Font<</F 4 0 R>>>>>> endobj\n"
            "4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica"
            "/Encoding/WinAnsiEncoding>> endobj\n"
            "5 0 obj <</Length %zu>> stream\n",
            text.n);
    buf_add(&out, buf_str(&text));
    buf_add(&out, S("endstream endobj\ntrailer <</Root 1 0 R/Size 6>>\n%%EOF\n"));
    struct str pdf = arena_str(a, buf_str(&out));
    buf_finish(&text);
    buf_finish(&out);
    return pdf;
}

static struct str text_of(struct arena *a, const struct set_line *lines)
{
    struct page p = {0};
    struct err err = {0};
    ck_assert_msg(page_read(a, &(struct page_source){.bytes = pdf_of(a, lines)}, &p, &err), "%s",
                  err.message);
    return p.text;
}

static void has(struct str text, const char *part)
{
    ck_assert_msg(str_contains(text, str_of(part)), "no \"%s\" in\n%.*s", part, STR_ARG(text));
}

START_TEST(columns_are_read_one_after_the_other)
{
    /* Paragraphs side by side, each a block of its own. */
    static const struct set_line lines[] = {
        {50, 780, 22, "Council gives the old mill a roof"},
        {50, 700, 10, "The parish council of Orrin voted on Friday"},
        {50, 688, 10, "to pay for a new roof on the water mill,"},
        {50, 676, 10, "its clerk said in a short statement."},
        {320, 700, 10, "Work shall begin in spring, once the bats"},
        {320, 688, 10, "have left the attic where they spend each"},
        {320, 676, 10, "winter, a builder told the meeting."},
        {50, 640, 10, "The mill has stood without a roof since a"},
        {50, 628, 10, "storm tore it off nine years ago, and rain"},
        {50, 616, 10, "has ruined two of its three floors."},
        {320, 640, 10, "Neighbours had collected a tenth of what"},
        {320, 628, 10, "the timber costs; the rest comes from the"},
        {320, 616, 10, "county and from a lottery."},
        {0, 0, 0, NULL}};
    struct arena a = {0};
    struct str text = text_of(&a, lines);
    has(text, "in a short statement.\n\nThe mill has stood");
    has(text, "two of its three floors.\n\nWork shall begin");
    has(text, "told the meeting.\n\nNeighbours had collected");
    arena_finish(&a);
}
END_TEST

START_TEST(one_column_stays_as_it_is)
{
    static const struct set_line lines[] = {
        {50, 780, 22, "Council gives the old mill a roof"},
        {50, 700, 10,
         "The parish council of Orrin voted on Friday to pay for a new roof on the mill."},
        {50, 660, 10, "Costs"},
        {400, 660, 10, "40,000"},
        {50, 620, 10, "Work shall begin in spring, once the bats have left the attic of the mill."},
        {0, 0, 0, NULL}};
    struct arena a = {0};
    struct str text = text_of(&a, lines);
    size_t first = str_find(text, S("The parish council"), 0),
           costs = str_find(text, S("Costs"), 0), last = str_find(text, S("Work shall begin"), 0);
    ck_assert(first < costs && costs < last && last != STR_NONE);
    arena_finish(&a);
}
END_TEST

START_TEST(initials_go_to_their_words)
{
    static const struct set_line lines[] = {
        {50, 780, 22, "Council gives the old mill a roof"},
        {50, 678, 40, "P"},
        {82, 700, 10, "arish councillors of Orrin voted on Friday to pay for"},
        {82, 688, 10, "a new roof on the water mill, which has stood without"},
        {82, 676, 10, "one for nine years, their clerk said in a statement."},
        {50, 664, 10, "Work shall begin in spring, once the bats have left."},
        {0, 0, 0, NULL}};
    struct arena a = {0};
    struct str text = text_of(&a, lines);
    has(text, "Parish councillors of Orrin voted on Friday to pay for a new roof");
    has(text, "which has stood without one for nine years");
    arena_finish(&a);
}
END_TEST

START_TEST(hyphens_are_judged)
{
    static const struct {
        const char *line, *next;
        enum hyphen want;
    } cases[] = {
        {"the council-", "lors met", HYPHEN_DROP},
        {"a spokes-", "woman said", HYPHEN_DROP},
        {"of the well-", "known mill", HYPHEN_KEEP},
        {"for twenty-", "three years", HYPHEN_KEEP},
        {"the self-", "appointed judge", HYPHEN_KEEP},
        {"an oil-", "based paint", HYPHEN_KEEP},
        {"the Anglo-", "Saxon wall", HYPHEN_KEEP},
        {"from 2019-", "2023 on", HYPHEN_KEEP},
        {"an e-", "mail came", HYPHEN_KEEP},
        {"her mother-", "in-law said", HYPHEN_KEEP},
        {"her mother-in-", "law said", HYPHEN_KEEP},
        {"in the mid-", "and late sixties", HYPHEN_SPACE},
        {"der Ein-", "und Ausfuhr", HYPHEN_SPACE},
        {"die Ver-", "waltung sagt", HYPHEN_DROP},
        {"c’est peut-", "être vrai", HYPHEN_KEEP},
        {"le maire lui-", "même", HYPHEN_KEEP},
        {"dit-", "il lundi", HYPHEN_KEEP},
        {"le gouverne-", "ment dit", HYPHEN_DROP},
        {"die CDU-", "Fraktion", HYPHEN_KEEP},
        {"the mill -", "now a house", HYPHEN_SPACE},
        {"a water-", "wheel turned", HYPHEN_KEEP}, /* so it stands elsewhere in the text */
        {"the home-", "owners wait", HYPHEN_DROP}, /* likewise */
    };
    struct arena a = {0};
    struct map known = {0};
    struct hyphen_words words = {&a, &known};
    hyphen_note(&words, S("The Water-wheel and the homeowners, said"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(hyphen_judge(&words, str_of(cases[i].line), str_of(cases[i].next)) ==
                          cases[i].want,
                      "%s / %s", cases[i].line, cases[i].next);
    arena_finish(&a);
}
END_TEST

START_TEST(lines_are_joined_at_hyphens)
{
    static const struct set_line lines[] = {
        {50, 780, 22, "Council gives the old mill a roof"},
        {50, 700, 10, "The parish council of Orrin voted on Fri-"},
        {50, 688, 10, "day to pay for a new roof on the well-"},
        {50, 676, 10, "known water mill of the Anglo-"},
        {50, 664, 10, "Norman age, and the mo\\255"},
        {50, 652, 10, "ney is there, said its clerk."},
        {0, 0, 0, NULL}};
    struct arena a = {0};
    has(text_of(&a, lines), "voted on Friday to pay for a new roof on the well-known water mill of "
                            "the Anglo-Norman age, and the money is there");
    arena_finish(&a);
}
END_TEST

#define WORD(left, top, right, bottom, text)                                                       \
    "<word xMin=\"" left "\" yMin=\"" top "\" xMax=\"" right "\" yMax=\"" bottom "\">" text        \
    "</word>\n"
#define LINE(left, top, right, bottom, words)                                                      \
    "<line xMin=\"" left "\" yMin=\"" top "\" xMax=\"" right "\" yMax=\"" bottom "\">\n" words     \
    "</line>\n"

/* As pdftotext tells them: pieces of a justified line, ligatures, an initial in its line. */
START_TEST(lines_are_put_together)
{
    struct arena a = {0};
    struct page page = {0};
    struct pdf p = {.a = &a, .out = &page};
    pdf_lines(
        &p,
        S("<page width=\"595\" height=\"842\">\n"
          "<block xMin=\"50\" yMin=\"100\" xMax=\"300\" yMax=\"130\">\n" LINE(
              "50", "100", "90", "110",
              WORD("50", "100", "90", "110", "o\xEF\xAC\x81\xEF\xAC\x83x"))
              LINE("200", "100", "300", "110", WORD("200", "100", "300", "110", "end,")) LINE(
                  "50", "112", "90", "122",
                  WORD("50", "112", "90", "122",
                       "go\xE2\x80\x90")) "</block>\n<block xMin=\"50\" yMin=\"140\" xMax=\"300\" "
                                          "yMax=\"190\">\n" LINE(
                                              "50", "140", "300", "180",
                                              WORD("50", "140", "80", "180", "P")
                                                  WORD("82", "140", "120", "150", "arish")
                                                      WORD("125", "140", "150", "150",
                                                           "life")) "</block>\n</"
                                                                    "page>\n"));
    ck_assert_uint_eq(p.n, 3);
    ck_str_is(p.lines[0].text, "ofiffix end,");
    ck_str_is(p.lines[1].text, "go-");
    ck_str_is(p.lines[2].text, "Parish life");
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pdf");
    TCase *t = tcase_create("pdf");
    tcase_add_test(t, columns_are_read_one_after_the_other);
    tcase_add_test(t, one_column_stays_as_it_is);
    tcase_add_test(t, initials_go_to_their_words);
    tcase_add_test(t, hyphens_are_judged);
    tcase_add_test(t, lines_are_joined_at_hyphens);
    tcase_add_test(t, lines_are_put_together);
    suite_add_tcase(s, t);
    return support_run(s);
}
