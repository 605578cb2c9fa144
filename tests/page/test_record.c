/* Articles as data: maps, tables, JSON of several kinds, Markdown. */
#include "support/support.h"

#include "base/buf.h"
#include "page/page.h"
#include "page/record/record.h"

#include <string.h>

#define SAID                                                                                       \
    "The harbour council voted on Monday to close the old swing bridge until the year ends."
#define MORE "\"We could not wait for another winter at all,\" Mayor Ida Falk said that same night."

/* What a sink saw: "title|text|url|outlet|published|author" or "!problem" a line. */
struct seen {
    struct record_sink sink;
    struct buf out;
};

static bool take(struct record_sink *sink, size_t number, const struct record *r,
                 struct str problem)
{
    struct seen *s = (struct seen *)sink;
    if (!r) {
        buf_fmt(&s->out, "%zu!%.*s\n", number, STR_ARG(problem));
        return true;
    }
    buf_fmt(&s->out, "%zu", number);
    for (int f = RECORD_TITLE; f <= RECORD_AUTHOR; f++)
        buf_fmt(&s->out, "|%.*s", STR_ARG(r->field[f]));
    buf_char(&s->out, '\n');
    return true;
}

struct table_case {
    const char *input, *map, *rows; /* rows, or the error after "!" */
};

static void run_case(const struct table_case *c, bool (*read)(struct str, const struct record_map *,
                                                              struct record_sink *, struct err *))
{
    struct seen s = {.sink = {take}};
    struct record_map map;
    struct err err = {0};
    ck_assert_msg(record_map_parse(str_of(c->map), &map, &err), "%s", err.message);
    if (!read(str_of(c->input), &map, &s.sink, &err))
        buf_fmt(&s.out, "!%s", err.message);
    struct str got = buf_str(&s.out);
    bool fits =
        c->rows[0] == '!' ? str_contains(got, str_of(c->rows + 1)) : str_eq(got, str_of(c->rows));
    ck_assert_msg(fits, "%s\n gives\n%.*s\n not\n%s", c->input, STR_ARG(got), c->rows);
    buf_finish(&s.out);
}

static const struct table_case csv_cases[] = {
    {"sep=;\ntitle;text\nA;b, c\n", NULL, "3|A|b, c||||\n"},
    {"\xEF\xBB\xBF\"sep=|\"\r\ntitle|text\r\nA|b\r\n", NULL, "3|A|b||||\n"},
    {"SEP=\t\ntitle\ttext\nA\tb\n", NULL, "3|A|b||||\n"},
    {"sep=x,text\nA,b\n", NULL, "2||b||||\n"}, /* a column called so */
    {"title,text,url,author,date\nA,b,None,NaN,NULL\nNone,c,N/A,<NA>,NaT\n", NULL,
     "2|A|b||||\n3||c||||\n"},
    {"title,text\nA,nan\n", NULL, "2!row 2 has no text\n"},
    {"title,text,author\nNanna,b,Nan Goldin\n", NULL, "2|Nanna|b||||Nan Goldin\n"},
    {"title,text,authors\nA,b,\"['Ida Falk', \"\"Olaf O'Hara\"\"]\"\nC,d,[]\n", NULL,
     "2|A|b||||Ida Falk, Olaf O'Hara\n3|C|d||||\n"},
    {"title,text,authors\nA,b,\"[{'name': 'Ida Falk', 'url': 'x'}, {'name': 'Bo Rask'}]\"\n", NULL,
     "2|A|b||||Ida Falk, Bo Rask\n"},
    {"title,text,authors\nA,b,[Ida Falk]\n", NULL, "2|A|b||||Ida Falk\n"},
    {"title,text,source\nA,b,https://x.example/1\nC,d,The Post\n", NULL,
     "2|A|b|https://x.example/1|||\n3|C|d||The Post||\n"},
    {"title,text\nA,b c\n", NULL, "2|A|b c||||\n"},
    {"\xEF\xBB\xBFTitle;Text\r\nA;\"b; \"\"c\"\"\r\nd\"\r\n", NULL, "2|A|b; \"c\"\r\nd||||\n"},
    {"Headline\tBody\tLink\tSource\tDate\tByline\nA\tb\thttps://x.example/1\tPost\t2025-04-23\tC\n",
     NULL, "2|A|b|https://x.example/1|Post|2025-04-23|C\n"},
    {"a|b\n1|2\n", "text=b,title=a", "2|1|2||||\n"},
    {"\"x, y\",t\n1,2\n", "text=\"x, y\",title=t", "2|2|1||||\n"},
    {"title,summary,text\nA,s,b\n", "text=summary", "2|A|s||||\n"},
    {"title,text,author\nA,b,C\n", "author=", "2|A|b||||\n"},
    {"title,text\n\n,,\nA,b,,\nA,b,c\nA,\nA,\"b\n", NULL,
     "4|A|b||||\n5!row 5 has 3 cells where the table has 2 columns\n6!row 6 has no text\n"
     "7!a quotation mark in row 7 is never closed\n"},
    {"a,b\n1,2\n", NULL, "!no column looks like the articles' text"},
    {"a,b\n1,2\n", NULL, "!the columns are a, b"},
    {"a,text\n1,2\n", "title=c", "!there is no column \"c\""},
    {" \n\n", NULL, "!the input is empty"},
    {"title,text\n", NULL, ""},
    /* without a header the content tells */
    {"Bridge closed for the winter,https://x.example/1,2025-04-23,\"" SAID " " SAID " " SAID "\"\n",
     NULL,
     "1|Bridge closed for the winter|" SAID " " SAID " " SAID
     "|https://x.example/1||2025-04-23|\n"},
};

START_TEST(csv_tables)
{
    run_case(&csv_cases[_i], records_of_csv);
}
END_TEST

static const struct table_case json_cases[] = {
    {"[{\"title\":\"A\",\"text\":\"b \\\"NaN\\\"\",\"author\":NaN},{\"title\":\"C\",\"text\":\"d\","
     "\"url\":None,\"date\":-Infinity}]",
     NULL, "1|A|b \"NaN\"||||\n2|C|d||||\n"},
    {"[{\"title\":\"A\",\"text\":\"b\"},{\"title\":\"B\",\"text\":\"None\"},{\"n\":1}]", NULL,
     "1|A|b||||\n2!it holds no article's text\n"},
    {"[{\"title\":\"A\",\"text\":\"b\",\"source\":\"https://x.example/"
     "1\",\"hostname\":\"x.example\","
     "\"author\":\"None\"},{\"title\":\"C\",\"text\":\"d\",\"authors\":[\"Ida Falk\",\"nan\"]}]",
     NULL, "1|A|b|https://x.example/1|x.example||\n2|C|d||||Ida Falk\n"},
    {"{\"title\":\"A\",\"text\":\"b\"}\n{\"title\":\"B\",\"body\":\"c\"}\n", NULL,
     "1|A|b||||\n2|B|c||||\n"},
    {"{\"title\":\"A\",\"text\":\"b\"}\n\n{oops\n{\"n\":1}\n", NULL, "!line 3: "},
    {"{\"title\":\"A\",\"text\":\"b\"}\n\n{oops\n{\"n\":1}\n", NULL,
     "!line 4: it holds no article's text"},
    {"[{\"headline\":\"A\",\"content\":\"b\",\"source\":{\"name\":\"Post\"},\"author\":[\"C\",{"
     "\"name\":\"D\"}]}]",
     NULL, "1|A|b||Post||C, D\n"},
    {"{\"status\":\"ok\",\"title\":\"Feed\",\"description\":\"all news\",\"articles\":["
     "{\"title\":\"A\",\"content\":\"b\"},{\"title\":\"B\",\"content\":\"c\"}]}",
     NULL, "2|A|b||||\n3|B|c||||\n"},
    {"{\"title\":{\"rendered\":\"A\"},\"content\":{\"rendered\":\"<p>b</"
     "p>\"},\"date\":\"2025-04-23\"}",
     NULL, "1|A|<p>b</p>|||2025-04-23|\n"},
    {"[{\"h\":\"A\",\"src\":{\"t\":\"b\"}}]", "title=h,text=src.t", "1|A|b||||\n"},
    {"{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"Organization\",\"name\":\"x\"},"
     "{\"@type\":[\"NewsArticle\"],\"headline\":\"A\",\"articleBody\":\"b\",\"url\":\"https://"
     "x.example/a\","
     "\"publisher\":{\"name\":\"Post\"},\"datePublished\":\"2025-04-23\",\"author\":[{\"name\":"
     "\"C\"},{\"name\":\"D\"}]}]}",
     NULL, "3|A|b|https://x.example/a|Post|2025-04-23|C, D\n"},
    {"{\"uri\":\"urn:x:1\",\"type\":\"text\",\"headline\":\"A\",\"body_text\":\"b\",\"byline\":"
     "\"C\","
     "\"versioncreated\":\"2025-04-23T10:00:00Z\",\"infosource\":[{\"name\":\"Wire\"}]}",
     NULL, "1|A|b||Wire|2025-04-23T10:00:00Z|C\n"},
    {"{\"uri\":\"https://x.example/"
     "n\",\"headlines\":[{\"role\":\"short\",\"value\":\"a\"},{\"role\":\"main\",\"value\":\"A\"}],"
     "\"bodies\":[{\"contenttype\":\"application/xml\",\"value\":\"<x>\"},{\"contenttype\":\"text/"
     "plain\",\"value\":\"p\"},"
     "{\"contenttype\":\"text/html\",\"value\":\"<p>b</"
     "p>\"}],\"firstcreated\":\"2025-04-23\",\"by\":\"C\"}",
     NULL, "1|A|<p>b</p>|https://x.example/n||2025-04-23|C\n"},
    {"{\"uri\":\"urn:x:2\",\"type\":\"picture\",\"headline\":\"A\",\"versioncreated\":\"2025\"}",
     NULL, "!holds no article"},
    {"{\"a\":[1,2,3]}", NULL, "!holds no article"},
    {"[", NULL, "!the JSON cannot be read"},
    {"", NULL, "!empty"},
};

START_TEST(json_of_several_kinds)
{
    run_case(&json_cases[_i], records_of_json);
}
END_TEST

START_TEST(maps_are_read_strictly)
{
    struct record_map map;
    struct err err = {0};
    ck_assert(record_map_parse(S(" title = Head line , text=b,"), &map, &err));
    ck_str_is(map.column[RECORD_TITLE], "Head line");
    ck_assert_uint_eq(map.told, 1u << RECORD_TITLE | 1u << RECORD_TEXT);
    ck_assert(!record_map_parse(S("headline=x"), &map, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "not \"headline\""));
    ck_assert(!record_map_parse(S("title"), &map, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "field=column"));
}
END_TEST

START_TEST(tables_can_be_looked_at)
{
    struct arena a = {0};
    struct table_view v;
    struct err err = {0};
    struct str csv = S("Headline,Body,No\nA,\"b\nc\",1\nD,e,2\nF,half a ro");
    ck_assert_msg(table_view_csv(&a, csv, true, &v, &err), "%s", err.message);
    ck_assert_uint_eq(v.n_columns, 3);
    ck_assert_uint_eq(v.n_rows, 2);
    ck_assert_int_eq(v.field[0], RECORD_TITLE);
    ck_assert_int_eq(v.field[1], RECORD_TEXT);
    ck_assert_int_eq(v.field[2], RECORD_FIELDS);
    ck_str_is(v.cell[0][1], "b c");
    struct str lines =
        S("{\"title\":\"A\",\"body\":\"b\"}\n{\"title\":\"B\",\"n\":{\"name\":\"x\"}}\n{\"ti");
    ck_assert_msg(table_view_json(&a, lines, true, &v, &err), "%s", err.message);
    ck_assert_uint_eq(v.n_rows, 2);
    ck_assert_uint_eq(v.n_columns, 3);
    ck_str_is(v.cell[1][2], "x");
    ck_assert(!table_view_json(&a, S("[{\"title\":\n\"A\""), true, &v, &err));
    ck_assert_int_eq(err.kind, ERR_TOO_LARGE);
    arena_finish(&a);
}
END_TEST

/* An article's JSON says again what the record says, through page_read. */
START_TEST(what_is_written_is_read)
{
    struct arena a = {0};
    struct page p;
    struct err err = {0};
    struct record r = {.field = {[RECORD_TITLE] = S("Bridge \"closed\""),
                                 [RECORD_TEXT] = S(SAID "\n\n" MORE),
                                 [RECORD_URL] = S("https://www.post.example/a"),
                                 [RECORD_OUTLET] = S("Harbour Post"),
                                 [RECORD_PUBLISHED] = S("Wed, 23 Apr 2025 17:03:21 +0200"),
                                 [RECORD_AUTHOR] = S("By Ada Finch and Bo Lund"),
                                 [RECORD_LANGUAGE] = S("en-GB"),
                                 [RECORD_SECTION] = S("Local")}};
    ck_assert_msg(page_read(&a, &(struct page_source){.bytes = record_write(&a, &r)}, &p, &err),
                  "%s", err.message);
    ck_str_is(p.title, "Bridge \"closed\"");
    ck_str_is(p.text, SAID "\n\n" MORE);
    ck_str_is(p.url, "https://www.post.example/a");
    ck_str_is(p.domain, "post.example");
    ck_str_is(p.outlet, "Harbour Post");
    ck_str_is(p.published, "2025-04-23T17:03:21+02:00");
    ck_str_is(p.byline, "Ada Finch, Bo Lund");
    ck_str_is(p.language, "en");
    ck_str_is(p.section, "Local");
    r.field[RECORD_TEXT] = S("<p>" SAID "</p><p>He &amp; she agreed.</p><script>no()</script>");
    ck_assert(page_read(&a, &(struct page_source){.bytes = record_write(&a, &r)}, &p, &err));
    ck_assert_msg(str_starts(p.text, S(SAID "\n\nHe & she agreed.")), "%.*s", STR_ARG(p.text));
    arena_finish(&a);
}
END_TEST

START_TEST(markdown_gives_what_a_reader_sees)
{
    struct arena a = {0};
    struct page p;
    struct err err = {0};
    struct str md =
        S("---\ntitle: \"Bridge closed\"\nauthors:\n  - Ada Finch\n  - Bo Lund\n"
          "date: 2025-04-23\nsource: Harbour Post\nlang: en\nurl: https://x.example/b\n---\n\n"
          "# Bridge closed\n\nThe harbour *council* voted on **Monday** to\nclose the "
          "[old swing bridge](https://x.example \"t\") until the year ends.\n\n"
          "![picture](a.png)\n\n> \"We could not wait for another winter at all,\" Mayor\n"
          "> Ida Falk said that same night.\n\nWhat next\n---------\n\n* a ferry_boat by spring\n"
          "* 2 * 3 \\* tugs[^1]\n\n```\ncode()\n```\n<!-- note\n-->\n[^1]: a note\n");
    ck_assert_msg(page_read(&a, &(struct page_source){.bytes = md}, &p, &err), "%s", err.message);
    ck_str_is(p.title, "Bridge closed");
    ck_str_is(p.byline, "Ada Finch, Bo Lund");
    ck_str_is(p.published, "2025-04-23");
    ck_str_is(p.outlet, "Harbour Post");
    ck_str_is(p.url, "https://x.example/b");
    ck_str_is(p.text, SAID "\n\n" MORE "\n\nWhat next\n\n- a ferry_boat by spring\n- 2 * 3 * tugs");
    ck_assert(page_read(&a,
                        &(struct page_source){.bytes = S("# Only a heading\n\n" SAID "\n"),
                                              .content_type = S("text/markdown")},
                        &p, &err));
    ck_str_is(p.title, "Only a heading");
    ck_assert(!page_read(&a, &(struct page_source){.bytes = S("---\ntitle: x\n---\n")}, &p, &err));
    /* a text that begins with a rule is no front matter */
    ck_assert(page_read(&a, &(struct page_source){.bytes = S("---\n\n" SAID "\n\n" MORE "\n")}, &p,
                        &err));
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("record");
    TCase *t = tcase_create("record");
    suite_add_tcase(s, t);
    tcase_add_loop_test(t, csv_tables, 0, (int)(sizeof csv_cases / sizeof *csv_cases));
    tcase_add_loop_test(t, json_of_several_kinds, 0, (int)(sizeof json_cases / sizeof *json_cases));
    tcase_add_test(t, maps_are_read_strictly);
    tcase_add_test(t, tables_can_be_looked_at);
    tcase_add_test(t, what_is_written_is_read);
    tcase_add_test(t, markdown_gives_what_a_reader_sees);
    return support_run(s);
}
