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
    tcase_add_test(t, full_texts_are_known);
    tcase_add_test(t, feeds_are_known_by_their_first_tag);
    tcase_add_test(t, no_feed_is_told);
    suite_add_tcase(s, t);
    return support_run(s);
}
