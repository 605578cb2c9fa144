/* Feeds of every kind, and what is not one: files of data/feeds. */
#include "support.h"

#include "ingest/feed.h"

#include <string.h>

/* Reads data/feeds/NAME as fetched from a site and prints what was understood. */
static void check(struct arena *a, const char *name, const char *want)
{
    struct str bytes = support_data(a, arena_fmt(a, "data/feeds/%s", name).p), got = {0};
    struct feed f = {0};
    struct err err = {0};
    ck_assert_msg(feed_read(a, bytes, S(""), S("https://news.example/feed/"), &f, &err), "%s: %s",
                  name, err.message);
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
          "https://news.example/b|Second|2025-04-22T08:00:00+02:00|John Roe|Short.\n");
    check(&a, "rss1.xml", "0 Old Paper\nhttps://news.example/1|Item one|2003-02-01||About it.\n");
    check(&a, "atom.xml",
          "1 Atom Post\n"
          "https://news.example/x|A < B|2025-04-23T10:00:00Z|Ann Lee|<div "
          "xmlns=\"http://www.w3.org/1999/xhtml\"><p>Hi</p></div>\n");
    check(&a, "feed.json",
          "2 JSON Post\nhttps://news.example/j|One|2025-04-23T10:00:00-05:00|Ann Lee|<p>x</p>\n");
    check(&a, "sitemap.xml", "3 Map Daily\nhttps://news.example/m|Mapped|2025-04-23||\n");
    check(&a, "list.opml",
          "4 My papers\nhttps://a.example/rss|A|||\nhttps://b.example/atom|B|||\n");
    check(&a, "latin1.xml", "0 Café\nhttps://news.example/c|Élan|||\n");
    check(&a, "broken.xml", "0 Broken & co\nhttps://news.example/c|Fine|||\n");
    arena_finish(&a);
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
        ck_assert_msg(!feed_read(&a, bad[i].bytes, S(""), S("https://a.example/"), &f, &err),
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
    tcase_add_test(t, no_feed_is_told);
    suite_add_tcase(s, t);
    return support_run(s);
}
