/* Feeds of every kind, and what is not one: files of data/feeds. */
#include "support/support.h"

#include "base/buf.h"
#include "ingest/fetch/watch_look.h"

#include <string.h>

/* Reads data/feeds/NAME as fetched from a site and prints what was understood. */
static void check(struct arena *a, const char *name, const char *want)
{
    struct str bytes = support_data(a, arena_fmt(a, "data/feeds/%s", name).p), got = {0};
    struct feed f = {0};
    struct err err = {0};
    ck_assert_msg(
        feed_read(a, &(struct page_source){.bytes = bytes, .url = S("https://news.example/feed/")},
                  &f, &err),
        "%s: %s", name, err.message);
    got = arena_fmt(a, "%d %.*s\n", (int)f.kind, STR_ARG(f.outlet));
    for (size_t i = 0; i < f.n; i++)
        got = arena_fmt(a, "%.*s%.*s|%.*s|%.*s|%.*s|%.*s\n", STR_ARG(got), STR_ARG(f.items[i].url),
                        STR_ARG(f.items[i].title), STR_ARG(f.items[i].published),
                        STR_ARG(f.items[i].author),
                        STR_ARG(f.items[i].content.n ? f.items[i].content : f.items[i].summary));
    ck_assert_msg(str_eq(got, str_of(want)), "%s gives\n%.*s", name, STR_ARG(got));
}

START_TEST(every_kind_is_read)
{
    struct arena a = {0};
    check(&a, "rss2.xml",
          "0 Harbour Gazette & Sons\n"
          "https://news.example/a?x=1&y=2|Bridge “opens”|2025-04-23T17:03:21Z|Jane Doe|<p>Full "
          "<b>text</b>.</p>\n"
          "https://news.example/b|Second|2025-04-22T08:00:00+02:00|John Roe|Short.\n"
          "|No address, no text|||\n");
    check(&a, "rss1.xml", "0 Old Paper\nhttps://news.example/1|Item one|2003-02-01||About it.\n");
    check(&a, "atom.xml",
          "1 Atom Post\n"
          "https://news.example/x|A < B|2025-04-23T10:00:00Z|Ann Lee|<div "
          "xmlns=\"http://www.w3.org/1999/xhtml\"><p>Hi</p></div>\n");
    check(&a, "feed.json",
          "2 JSON Post\nhttps://news.example/j|One|2025-04-23T10:00:00-05:00|Ann Lee|<p>x</p>\n");
    check(&a, "sitemap.xml", "3 Map Daily\nhttps://news.example/m|Mapped|2025-04-23||\n");
    check(&a, "index.xml",
          "5 \nhttps://news.example/news-1.xml||||\nhttps://news.example/news-2.xml||||\n");
    check(&a, "text.json",
          "2 Text Post\nhttps://news.example/t|T|||<p>A &lt; B.\nStill one.\n</p>\n<p>Two &amp; "
          "three.\n</p>\n");
    check(&a, "list.opml",
          "4 My papers\nhttps://a.example/rss|A|||\nhttps://b.example/atom|B|||\n");
    check(&a, "latin1.xml", "0 Café\nhttps://news.example/c|Élan|||\n");
    check(&a, "broken.xml", "0 Broken & co\nhttps://news.example/c|Fine|||\n");
    arena_finish(&a);
}
END_TEST

/* Feeds as they should not be: what of them is read, "url|title|published|author|text" an item. */
static const struct {
    const char *what;
    struct str bytes;
    const char *want;
} mended[] = {
    {"control characters in the midst, written and as references",
     STR("<rss><channel><title>P</title><item><title>A\x02 b&#8; c&#x1F;</title><link>/1</link>"
         "<description><![CDATA[One\x08 two\x0Bthree]]></description></item></channel></rss>"),
     "https://news.example/1|A b c|||One two three\n"},
    {"references of windows-1252, HTML's entities, stray signs",
     STR("<rss><channel><title>P</title><item><title>&#147;A&#148; &ndash; 1 < 2 & 3 "
         "&nosuch;</title>"
         "<link>/1?a=1&b=2</link></item></channel></rss>"),
     "https://news.example/1?a=1&b=2|“A” – 1 < 2 & 3 &nosuch;|||\n"},
    {"prefixes that nothing declares",
     STR("<rss><channel><title>P</title><item><title>A</title><media:title>M</media:title>"
         "<link>/1</link><dc:creator>Ida Falk</dc:creator><content:encoded><![CDATA[<p>T</p>]]>"
         "</content:encoded></item></channel></rss>"),
     "https://news.example/1|A||Ida Falk|<p>T</p>\n"},
    {"a prefixed root behind a comment",
     STR("<?xml version=\"1.0\"?><!-- <rss> --><a:feed xmlns:a=\"http://www.w3.org/2005/Atom\">"
         "<a:title>P</a:title><a:entry><a:title>A</a:title><a:link href=\"1\"/>"
         "<a:content type=\"html\">&lt;p>T&lt;/p></a:content></a:entry></a:feed>"),
     "https://news.example/feed/1|A|||<p>T</p>\n"},
    {"markup that is not escaped, with HTML's empty elements",
     STR("<rss><channel><title>P</title><item><title>A</title><description><p>One<br>two</p><hr>"
         "</description></item><item><title>B</title><description>Three</description></item>"
         "</channel></rss>"),
     "|A|||<p>One<br />two</p><hr />\n|B|||Three\n"},
    {"XHTML with a prefix",
     STR("<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:h=\"http://www.w3.org/1999/xhtml\">"
         "<title>P</title><entry><title type=\"xhtml\"><h:div>A <h:b>b</h:b></h:div></title>"
         "<content type=\"xhtml\"><h:div><h:p>T</h:p><h:script/></h:div></content></entry></feed>"),
     "|A b|||<div><p>T</p><script></script></div>\n"},
    {"xml:base",
     STR("<feed xmlns=\"http://www.w3.org/2005/Atom\" "
         "xml:base=\"https://b.example/x/\"><title>P</title>"
         "<entry xml:base=\"y/\"><title>A</title><link href=\"z\"/></entry></feed>"),
     "https://b.example/x/y/z|A|||\n"},
    {"two creators, two authors, the feed's author",
     STR("<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"d\"><title>P</title>"
         "<author><name>Desk</name></author>"
         "<entry><title>A</title><author><name>Ida</name></author><author><name>Bo</name></author>"
         "</entry><entry><title>B</title><dc:creator>Ida</dc:creator><dc:creator>Bo</dc:creator>"
         "</entry><entry><title>C</title></entry></feed>"),
     "|A||Ida, Bo|\n|B||Ida, Bo|\n|C||Desk|\n"},
    {"authors of a JSON Feed",
     STR("{\"version\":\"https://jsonfeed.org/version/1.1\",\"authors\":[{\"name\":\"Desk\"}],"
         "\"items\":[{\"title\":\"A\",\"authors\":[{\"name\":\"Ida\"},{\"name\":\"Bo\"}]},"
         "{\"title\":\"B\",\"author\":{\"name\":\"Bo\"}},{\"title\":\"C\"}]}"),
     "|A||Ida, Bo|\n|B||Bo|\n|C||Desk|\n"},
    {"a line that sends readers of copies back",
     STR("<rss><channel><title>The P</title><item><title>A mill</title><description>&lt;p>T&lt;/p>"
         "&lt;p>The post &lt;a href='x'>A mill&lt;/a> appeared first on &lt;a href='y'>The "
         "P&lt;/a>."
         "&lt;/p></description></item></channel></rss>"),
     "|A mill|||<p>T</p>\n"},
    {"the same by an outlet that its feed names otherwise, and a last paragraph that stays",
     STR("<rss><channel><title>The P - News</title><item><title>A mill</title><description>&lt;p>T"
         "&lt;/p>&lt;p>La entrada &lt;a href='x'>A mill&lt;/a> se publicó primero en &lt;a "
         "href='y'>"
         "The P&lt;/a>.&lt;/p></description></item><item><title>A mill</title><description>&lt;p>T"
         "&lt;/p>&lt;p>A mill was what they &lt;a href='x'>had&lt;/a>.&lt;/p></description></item>"
         "</channel></rss>"),
     "|A mill|||<p>T</p>\n|A mill|||<p>T</p><p>A mill was what they <a href='x'>had</a>.</p>\n"},
    {"warnings of a broken site before it",
     STR("<br />\n<b>Warning</b>: no such file in <b>a.php</b>\n<?xml "
         "version=\"1.0\"?><rss><channel>"
         "<title>P</title><item><title>A</title><link>/1</link></item></channel></rss>"),
     "https://news.example/1|A|||\n"},
    {"cut off in a text",
     STR("<rss><channel><title>P</title><item><title>A</title><description><![CDATA[<p>One"),
     "|A|||<p>One\n"},
    {"without a title",
     STR("<rss><channel><title>P</title><item><description>A short message.</description></item>"
         "<item><description>&lt;p>Line one&lt;/p>&lt;p>A message of so many words that it takes "
         "more than one line to write all of it down.&lt;/p></description></item></channel></rss>"),
     "||||A short message.\n|Line one|||<p>Line one</p><p>A message of so many words that it takes "
     "more than one line to write all of it down.</p>\n"},
};

START_TEST(broken_feeds_are_mended)
{
    struct arena a = {0};
    for (size_t i = 0; i < sizeof mended / sizeof *mended; i++) {
        struct feed f = {0};
        struct err err = {0};
        struct str got = S("");
        struct page_source source = {.bytes = mended[i].bytes,
                                     .url = S("https://news.example/feed/")};
        ck_assert_msg(feed_looks_like(mended[i].bytes, S("")), "%s", mended[i].what);
        ck_assert_msg(feed_read(&a, &source, &f, &err), "%s: %s", mended[i].what, err.message);
        for (size_t k = 0; k < f.n; k++)
            got =
                arena_fmt(&a, "%.*s%.*s|%.*s|%.*s|%.*s|%.*s\n", STR_ARG(got),
                          STR_ARG(f.items[k].url), STR_ARG(f.items[k].title),
                          STR_ARG(f.items[k].published), STR_ARG(f.items[k].author),
                          STR_ARG(f.items[k].content.n ? f.items[k].content : f.items[k].summary));
        ck_assert_msg(str_eq(got, str_of(mended[i].want)), "%s gives\n%.*s", mended[i].what,
                      STR_ARG(got));
    }
    arena_finish(&a);
}
END_TEST

START_TEST(a_file_takes_the_address_of_its_site)
{
    struct arena a = {0};
    struct feed f = {0};
    struct page_source source = {
        .bytes =
            S("<rss><channel><title>P</title><link>https://p.example/</link><item><title>A</title>"
              "<link>/a</link></item></channel></rss>")};
    ck_assert(feed_read(&a, &source, &f, NULL));
    ck_str_is(f.items[0].url, "https://p.example/a");
    arena_finish(&a);
}
END_TEST

/* An entry's text stands in for a page that cannot be fetched, if it is more than a teaser; without
 * an address it is all there is. */
START_TEST(descriptions_stand_in)
{
    struct arena a = {0};
    struct feed feed = {.kind = FEED_RSS, .outlet = S("Post")};
    struct feed_item entry = {
        .url = S("https://news.example/1"),
        .title = S("A mill"),
        .summary =
            S("<p>The council of Orrin voted on Friday to pay for a new roof on the mill, which "
              "has stood without one for nine years.</p><p>Work shall begin in spring, once "
              "the bats have left the attic, where they spend each winter, a builder told "
              "the meeting. A tenth of the money comes from the neighbours.</p>")};
    struct store_import_item item = feed_import_item(&a, &feed, &entry);
    ck_assert_int_eq(item.kind, IMPORT_URL);
    ck_assert(str_contains(item.bytes, S("bats have left the attic")));
    entry.content = S("<img src=x>"); /* says less */
    item = feed_import_item(&a, &feed, &entry);
    ck_assert(str_contains(item.bytes, S("bats have left the attic")));
    struct page_source source = {.bytes = item.bytes,
                                 .content_type = S("text/html; charset=utf-8; text=feed")};
    struct page page = {0};
    ck_assert(page_read(&a, &source, &page, NULL));
    ck_str_is(page.notice, "feed text");
    entry.url = (struct str){0};
    item = feed_import_item(&a, &feed, &entry);
    ck_assert_int_eq(item.kind, IMPORT_BYTES);
    ck_str_is(item.outlet, "Post");
    struct feed_item teaser = {.url = S("https://news.example/1"), .summary = S("A roof at last.")};
    ck_assert_int_eq(feed_item_text(&teaser), FEED_TEASER);
    ck_assert_uint_eq(feed_import_item(&a, &feed, &teaser).bytes.n, 0);
    struct feed_item nothing = {.title = S("A mill"), .summary = S(" <br> ")};
    ck_assert_int_eq(feed_item_text(&nothing), FEED_NO_TEXT);
    arena_finish(&a);
}
END_TEST

START_TEST(links_to_the_rest_are_known)
{
    static const struct {
        const char *end;
        bool full;
    } cases[] = {{"", true},
                 {"<p>Read more</p>", false},
                 {"<a>Weiterlesen »</a>", false},
                 {"<a>[Lire la suite]</a>", false},
                 {"<p>Continue reading “A mill” →</p>", false},
                 {"<p>Подробнее</p>", false},
                 {"<p>and then …</p>", false},
                 {"<p>They want nothing more.</p>", true},
                 {"<p>They come here no longer, and will not come anymore</p>", true}};
    struct arena a = {0};
    struct str body = S("");
    for (int i = 0; i < 12; i++)
        body = arena_fmt(&a,
                         "%.*s<p>The council met for the %dth time and came to an agreement on the "
                         "roof of the mill in Orrin.</p>",
                         STR_ARG(body), i);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct feed_item entry = {.content = arena_fmt(&a, "%.*s%s", STR_ARG(body), cases[i].end)};
        ck_assert_msg(feed_item_is_full(&entry) == cases[i].full, "%s", cases[i].end);
    }
    arena_finish(&a);
}
END_TEST

/* What a feed carries whole is not fetched once more; what it only begins is. */
START_TEST(full_texts_are_known)
{
    struct arena a = {0};
    struct buf text = {0};
    for (int i = 0; i < 12; i++)
        buf_fmt(&text,
                "<p>The council met for the %dth time and came to an agreement on the bridge "
                "over the river.</p>",
                i);
    struct feed_item whole = {.content = arena_str(&a, buf_str(&text)), .summary = S("A bridge.")};
    ck_assert(feed_item_is_full(&whole));
    buf_add(&text, S("<p>And then […]</p>"));
    struct feed_item cut = {.content = arena_str(&a, buf_str(&text))};
    ck_assert(!feed_item_is_full(&cut));
    struct feed_item brief = {.content = S("<p>Only a line.</p>")};
    ck_assert(!feed_item_is_full(&brief));
    struct feed_item none = {.summary = whole.content};
    ck_assert(!feed_item_is_full(&none));
    struct feed feed = {.kind = FEED_RSS, .outlet = S("Post & \"Sons\"")};
    whole.url = S("https://news.example/1");
    whole.title = S("One <two>");
    struct store_import_item item = feed_import_item(&a, &feed, &whole);
    ck_assert_int_eq(item.kind, IMPORT_BYTES);
    ck_assert(str_contains(item.bytes, S("content=\"Post &amp; &quot;Sons&quot;\"")));
    ck_assert(str_contains(item.bytes, S("<h1>One &lt;two></h1>")));
    cut.url = S("https://news.example/2");
    item = feed_import_item(&a, &feed, &cut);
    ck_assert_int_eq(item.kind, IMPORT_URL);
    ck_assert(item.polite);
    feed.kind = FEED_INDEX;
    item = feed_import_item(&a, &feed, &cut);
    ck_assert_int_eq(item.kind, IMPORT_FEED);
    buf_finish(&text);
    arena_finish(&a);
}
END_TEST

START_TEST(feeds_are_known_by_their_first_tag)
{
    ck_assert(feed_looks_like(S("<?xml version=\"1.0\"?><rss version=\"2.0\">"), S("text/xml")));
    ck_assert(feed_looks_like(S("<feed xmlns=\"http://www.w3.org/2005/Atom\">"), S("")));
    ck_assert(feed_looks_like(S("<opml version=\"2.0\">"), S("")));
    ck_assert(feed_looks_like(S("<sitemapindex xmlns=\"x\">"), S("")));
    ck_assert(feed_looks_like(S("{\"version\":\"https://jsonfeed.org/version/1\"}"), S("")));
    ck_assert(!feed_looks_like(S("<!doctype html><html><body>about <urlset>"), S("text/html")));
    ck_assert(!feed_looks_like(S("{\"a\":1}"), S("application/json")));
    ck_assert(
        feed_looks_like(S("<?xml version=\"1.0\"?><!DOCTYPE rss PUBLIC \"a\" \"b\"><rss>"), S("")));
    ck_assert(feed_looks_like(S("\xFF\xFE<\0r\0s\0s\0>\0 \0 \0 \0 \0"), S("")));
    ck_assert(feed_looks_like(S("\0<\0r\0s\0s\0>\0 \0 \0 \0 \0 \0 \0 \0 \0 "), S("")));
    ck_assert(!feed_looks_like(S("<!-- <rss> --><html><body><rss>"), S("text/html")));
    ck_assert(
        !feed_looks_like(S("<html><body><?xml version=\"1.0\"?><svg><rss></svg></body>"), S("")));
    ck_assert(!feed_looks_like(S("<feed><cow>hay</cow></feed>"), S("text/xml")));
    ck_assert(!feed_looks_like(S("<!-- never closed <rss>"), S("")));
}
END_TEST

START_TEST(no_feed_is_told)
{
    static const struct {
        struct str bytes;
        const char *part;
    } bad[] = {{STR(""), "empty"},
               {STR("<!DOCTYPE html><html><head><link rel=alternate type='application/rss+xml' "
                    "href='/rss'>"),
                "https://a.example/rss"},
               {STR("<html><body>x"), "announces none"},
               {STR("<note><to>x</to></note>"), "not a feed"},
               {STR("just text"), "not a feed"},
               {STR("{\"items\":[]}"), "not a JSON Feed"},
               {STR("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 "
                    "\"&lol;&lol;\">]><rss>&lol2;</rss>"),
                "entities"},
               {STR("\x89PNG\r\n"), "binary"}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct feed f = {0};
        struct err err = {0};
        ck_assert_msg(
            !feed_read(&a,
                       &(struct page_source){.bytes = bad[i].bytes, .url = S("https://a.example/")},
                       &f, &err),
            "case %zu", i);
        ck_assert_msg(strstr(err.message, bad[i].part), "case %zu: %s", i, err.message);
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("feed");
    TCase *t = tcase_create("feed");
    tcase_add_test(t, every_kind_is_read);
    tcase_add_test(t, broken_feeds_are_mended);
    tcase_add_test(t, a_file_takes_the_address_of_its_site);
    tcase_add_test(t, descriptions_stand_in);
    tcase_add_test(t, links_to_the_rest_are_known);
    tcase_add_test(t, full_texts_are_known);
    tcase_add_test(t, feeds_are_known_by_their_first_tag);
    tcase_add_test(t, no_feed_is_told);
    suite_add_tcase(s, t);
    return support_run(s);
}
