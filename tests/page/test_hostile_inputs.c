/* Inputs made to exhaust: entities that multiply, nesting without end, lines of 50 MB, archives
 * that lie. Each is read or refused within bounded time and memory, and a refusal has a sentence.
 */
#include "support/packed.h"
#include "support/support.h"

#include "base/buf.h"
#include "page/feed/feed.h"
#include "page/page.h"
#include "page/unpack/unpack.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* The sanitizers take ten times as long: they see a quarter, the release all. */
#ifdef __SANITIZE_ADDRESS__
enum { SECONDS = 60, MEGABYTES = 4000, SHARE = 4 };
#else
enum { SECONDS = 15, MEGABYTES = 1200, SHARE = 1 };
#endif
enum { DEEP = 100000, LINE = (50 << 20) / SHARE, MANY = (16 << 20) / SHARE };

static void repeat(struct buf *b, const char *what, size_t n)
{
    struct str s = str_of(what);
    for (size_t i = 0; i < n; i++)
        buf_add(b, s);
}

/* `lead`, `unit` again and again up to so many times or bytes, `end`. */
static const struct {
    const char *name, *type, *lead, *unit, *end;
    size_t times, bytes;
} cases[] = {
    {"deep div", "text/html", "<html><title>x</title>", "<div>", "text", DEEP, 0},
    {"deep inline", "text/html", "<html><p>", "<b><i>", "text", DEEP, 0},
    {"deep list", "text/html", "<html>", "<ul><li>", "text", DEEP, 0},
    {"deep table", "text/html", "<html>", "<table><tr><td>", "text", DEEP, 0},
    {"deep arrays", "application/json", "", "[", "", DEEP, 0},
    {"deep objects", "application/json", "", "{\"a\":", "1", DEEP, 0},
    {"many values", "application/json", "[0", ",0", "]", 0, MANY},
    {"many objects", "application/json", "[{}", ",{}", "]", 900000 / SHARE, 0},
    {"one key many times", "application/json", "{\"a\":1", ",\"a\":1", "}", 900000 / SHARE, 0},
    {"deep quotations", "text/markdown", "", ">", " text", DEEP, 0},
    {"open brackets", "text/markdown", "", "[", "", 0, MANY},
    {"open pictures", "text/markdown", "", "![[^", "", 0, MANY},
    {"open tags", "text/markdown", "", "<a", "", 0, MANY},
    {"lines of brackets", "text/markdown", "", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n", "", 0,
     MANY},
    {"marks", "text/markdown", "", "*_~`", "", 0, MANY},
    {"deep mail", "", "MIME-Version: 1.0\n", "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
     "", DEEP, 0},
    {"folded header", "", "MIME-Version: 1.0\nSubject: a\n", " a\n", "\ntext", 0, 60000},
    {"folded headers of parts", "",
     "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n",
     "--x\nContent-Type: image/png\n a\n a\n a\n a\n a\n a\n a\n a\n\nx\n", "", 0, 8 << 20},
    {"encoded words", "", "MIME-Version: 1.0\nSubject: ", "=?a?q?", "\n\ntext", 0, 60000},
    {"one line of text", "text/plain", "Title\n\n", "words and more words of it, ", "", 0, LINE},
    {"one line of page", "text/html", "<html><p>", "words and more words of it, ", "", 0, LINE},
    {"one line of header", "", "MIME-Version: 1.0\nSubject: ", "x", "\n\ntext", 0, LINE},
    {"one line of table", "text/csv", "title,text\nx,", "words ", "", 0, LINE},
    {"one open cell", "text/csv", "title,text\nx,\"", "words\n", "", 0, MANY},
    {"cells", "text/csv", "title,text\n", ",", "", 0, MANY},
    {"doubled marks", "text/csv", "title,text\nx,\"", "\"\"", "", 0, MANY},
    {"many rows", "text/csv", "title,text\n", "a,b\n", "", 0, MANY},
    {"one line of JSON", "application/json", "{\"title\":\"x\",\"text\":\"", "words ", "\"}\n{}\n",
     0, LINE},
    {"one line in a WARC", "", "WARC/1.0\r\nWARC-Type: ", "x", "", 0, LINE},
    {"WARC heads", "", "", "WARC/1.0\r\n", "", 0, MANY},
    {"empty records", "", "",
     "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n", "",
     0, MANY},
    {"links to page 2", "text/html", "<html><link rel=\"prev\" href=\"/a\">",
     "<a rel=\"next\" href=\"/a?page=2\">2</a><a rel=\"prev\" href=\"/a\">1</a>", "", 0, MANY},
    {"front matter", "text/markdown", "---\ntitle: x\n", "author: [a, a, a, a, a, a]\n", "", 0,
     MANY},
    {"no PDF", "application/pdf", "%PDF-1.7\n", "1 0 obj <</Length 9999999999>> stream\n", "", 0,
     4 << 20},
    {"laughs", "application/rss+xml",
     "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b "
     "\"&a;&a;&a;&a;&a;&a;&a;&a;\">"
     "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">"
     "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f "
     "\"&e;&e;&e;&e;&e;&e;&e;&e;\">]><rss><channel>",
     "<item><title>&f;</title><link>https://x.example/</link></item>", "</channel></rss>", 1000, 0},
    {"open tags of a feed", "application/rss+xml", "<rss><channel><item><description>", "<br", "",
     0, 4 << 20},
    {"ampersands", "application/rss+xml", "<rss><channel><title>", "&#x&", "", 0, 4 << 20},
    {"comments before a feed", "application/rss+xml", "", "<!-- -->",
     "<rss><channel></channel></rss>", 0, 4 << 20},
    {"authors of one entry", "application/rss+xml", "<rss><channel><item><title>a</title>",
     "<dc:creator>Ida Falk and others</dc:creator>", "</item></channel></rss>", 0, 4 << 20},
    {"bases", "application/rss+xml", "<rss><channel>",
     "<item xml:base=\"a/\"><link>b</link><title>c</title></item>", "</channel></rss>", 0, 4 << 20},
    {"paragraphs of an entry", "application/rss+xml",
     "<rss><channel><title>P</title><item><title>a"
     "</title><description>",
     "&lt;p>a P", "</description></item></channel></rss>", 0, 4 << 20},
    {"mailbox", "", "", "From a@b\nb: c\n\n", "", 1000, 0},
    {"quoted lines of a mailbox", "", "From a@b\nb: c\n\n", "\n>From ", "", 0, 2 << 20},
    {"whole encoded words", "", "MIME-Version: 1.0\nSubject: ", "=?utf-8?q?=C3?= ", "\n\ntext", 0,
     60000},
    {"flowed lines", "", "MIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n", "a b \n",
     "", 0, 8 << 20},
    {"a printed list", "text/csv", "title,text,authors\nx,y,\"[", "'a', nan,", "]\"\n", 0, MANY},
    {"numbers that are none", "application/json", "[{\"text\":\"b\",\"title\":NaN}",
     ",{\"text\":NaN}", "]", 0, 4 << 20},
    {"declarations", "text/html", "<html>\xE9", "<meta charset", "", 0, MANY},
    {"deep feed", "application/rss+xml", "<rss><channel><item><title>", "<b>", "x", DEEP, 0},
};

static struct str make(struct buf *b, size_t i)
{
    struct str unit = str_of(cases[i].unit);
    buf_add(b, str_of(cases[i].lead));
    repeat(b, cases[i].unit, cases[i].times ? cases[i].times : cases[i].bytes / unit.n);
    buf_add(b, str_of(cases[i].end));
    return buf_str(b);
}

struct seen {
    struct unpack_sink sink;
    size_t n, bytes;
    bool silent; /* a problem without a sentence */
};

static bool take(struct unpack_sink *sink, const struct unpack_member *m)
{
    struct seen *s = (struct seen *)sink;
    s->n++;
    s->bytes += m->bytes.n;
    s->silent |= m->bytes.n == 0 && m->problem.n < 10;
    return true;
}

/* Every way in that the bytes may take. */
static void bring_in(struct str bytes, const char *type)
{
    struct arena a = {0};
    struct page page;
    struct feed feed;
    struct split_place place;
    struct err err = {0};
    struct seen s = {.sink = {take}};
    struct unpack_source source = {
        .bytes = bytes, .name = S("x"), .content_type = str_of(type), .most = 512u << 20};
    if (!page_read(&a, &(struct page_source){.bytes = bytes, .content_type = str_of(type)}, &page,
                   &err))
        ck_assert_msg(strlen(err.message) > 10, "no sentence");
    arena_reset(&a);
    ck_assert(unpack(&source, &s.sink));
    ck_assert(!s.silent);
    ck_assert_uint_le(s.n, UNPACK_MEMBERS + 1);
    split_find(&a, bytes, str_of(type), S("https://x.example/a"), &place);
    arena_reset(&a);
    if (strstr(type, "rss") &&
        feed_read(&a,
                  &(struct page_source){
                      .bytes = bytes, .content_type = str_of(type), .url = S("https://x.example/")},
                  &feed, &err))
        for (size_t i = 0; i < feed.n; i++)
            ck_assert_uint_le(feed.items[i].title.n, 100000);
    arena_finish(&a);
}

START_TEST(inputs_are_bounded)
{
    struct buf b = {0};
    struct rusage use;
    struct str bytes = make(&b, (size_t)_i);
    clock_t start = clock();
    bring_in(bytes, cases[_i].type);
    double took = (double)(clock() - start) / CLOCKS_PER_SEC;
    getrusage(RUSAGE_SELF, &use);
    ck_assert_msg(took < SECONDS, "%s: %.1f s", cases[_i].name, took);
    ck_assert_msg(use.ru_maxrss >> 10 < MEGABYTES, "%s: %ld MB", cases[_i].name,
                  use.ru_maxrss >> 10);
    buf_finish(&b);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("hostile inputs");
    TCase *t = tcase_create("hostile inputs");
    suite_add_tcase(s, t);
    tcase_set_timeout(t, 240);
    tcase_add_loop_test(t, inputs_are_bounded, 0, (int)(sizeof cases / sizeof *cases));
    return support_run(s);
}
