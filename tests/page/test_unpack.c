/* Archives and WARC files: what comes out of them, what is passed over, and where it ends. */
#include "support/packed.h"
#include "support/support.h"

#include "base/buf.h"
#include "page/unpack/unpack.h"

#include <stdlib.h>
#include <string.h>

#define PAGE                                                                                       \
    "<html><title>Bridge</title><p>The council voted on Monday to close the bridge.</p></html>"

/* "name=bytes[ type][ url]" or "name!problem", a line each. */
struct seen {
    struct unpack_sink sink;
    struct buf out;
    size_t n, problems, most;
};

static bool take(struct unpack_sink *sink, const struct unpack_member *m)
{
    struct seen *s = (struct seen *)sink;
    s->n++;
    s->problems += m->problem.n > 0;
    if (m->problem.n)
        buf_fmt(&s->out, "%.*s!%.*s\n", STR_ARG(m->name), STR_ARG(m->problem));
    else
        buf_fmt(&s->out, "%.*s=%zu%s%.*s%s%.*s\n", STR_ARG(m->name), m->bytes.n,
                m->content_type.n ? " " : "", STR_ARG(m->content_type), m->url.n ? " " : "",
                STR_ARG(m->url));
    return !s->most || s->n < s->most;
}

static struct seen unpacked(struct str bytes, const char *name)
{
    struct seen s = {.sink = {take}};
    struct unpack_source source = {.bytes = bytes, .name = str_of(name), .most = 64 << 20};
    ck_assert(unpack(&source, &s.sink));
    return s;
}

static void gives(struct str bytes, const char *name, const char *want)
{
    struct seen s = unpacked(bytes, name);
    ck_assert_msg(str_eq(buf_str(&s.out), str_of(want)), "%s gives\n%.*s\nnot\n%s", name,
                  STR_ARG(buf_str(&s.out)), want);
    buf_finish(&s.out);
}

static void tells(struct str bytes, const char *name, const char *part)
{
    struct seen s = unpacked(bytes, name);
    ck_assert_msg(str_contains(buf_str(&s.out), str_of(part)), "%s gives\n%.*s\nwithout\n%s", name,
                  STR_ARG(buf_str(&s.out)), part);
    buf_finish(&s.out);
}

#define FILES(...)                                                                                 \
    (const struct packed_file[]){__VA_ARGS__},                                                     \
        sizeof((const struct packed_file[]){__VA_ARGS__}) / sizeof(struct packed_file)
#define F(name, bytes)                                                                             \
    {                                                                                              \
        STR(name), STR(bytes)                                                                      \
    }

START_TEST(members_of_zip_and_tar)
{
    struct arena a = {0};
    for (enum packed_kind kind = PACKED_ZIP; kind <= PACKED_TAR_GZ; kind++) {
        if (kind == PACKED_ZIP_LOCKED)
            continue;
        struct str bytes =
            packed_make(&a, kind,
                        FILES(F("a/story_files/ad.html", "ad"), F("a/story.html", PAGE),
                              F("press_files/x.txt", "words"), F("a/picture.png", "png"),
                              F("__MACOSX/a/story.html", "x"), F("a/.hidden.html", "x"),
                              F("\xC3\xBC.md", "# words"), F("empty.txt", " \n"),
                              F("t.csv", "title,text\nA,b\n")));
        gives(bytes, "x",
              "x/a/story.html=89\nx/press_files/x.txt=5\nx/\xC3\xBC.md=7 text/markdown\n"
              "x/empty.txt!the file is empty\nx/t.csv, row 2=88 application/ld+json\n");
    }
    gives(packed_make(&a, PACKED_ZIP_LOCKED, FILES(F("a.txt", "words"))), "x.zip",
          "x.zip/a.txt!it is locked with a password\n");
    gives(packed_make(&a, PACKED_ZIP, FILES(F("a.png", "x"))), "x.zip",
          "x.zip!there is no page, text, feed or table in the archive\n");
    tells(packed_make(&a, PACKED_ZIP,
                      FILES(F("[Content_Types].xml", "x"), F("word/document.xml", "x"))),
          "x.docx", "office document");
    tells(S("Rar!\x1A\7\0"), "x.rar", "make it a zip or a tar");
    arena_finish(&a);
}
END_TEST

/* What no suffix tells is looked at; what would lead out of the archive is named. */
START_TEST(members_are_known_by_their_content)
{
    struct arena a = {0};
    struct packed_file files[] = {
        {STR("view.php"), STR(PAGE)},
        {STR("story?id=2"), STR("\xEF\xBB\xBF\n<!-- saved --><!DOCTYPE html>\n" PAGE)},
        {STR("news"), STR("<?xml version=\"1.0\"?><!-- c --><rss><channel></channel></rss>")},
        {STR("letter"), STR("From: a@b.example\nSubject: Bridge\n\nShut.")},
        {STR("code.php"), STR("<?php echo '<html>'; ?>")},
        {STR("a.js"), STR("var page = '<html>';")},
        {STR("a.svg"), STR("<?xml version=\"1.0\"?><svg><title>x</title></svg>")},
        {STR("README"), STR("Read me.")},
        {STR("../evil.html"), STR(PAGE)},
        {STR("a..b.html"), STR(PAGE)},
    };
    for (int tar = 0; tar < 2; tar++) {
        struct seen s = unpacked(
            packed_make(&a, tar ? PACKED_TAR_GZ : PACKED_ZIP, files, sizeof files / sizeof *files),
            "x");
        struct str want =
            arena_fmt(&a,
                      "x/view.php=%zu\nx/story?id=2=%zu\nx/news=%zu\nx/letter=%zu\n"
                      "x/../evil.html!its name leads out of the archive, so it is not read\n"
                      "x/a..b.html=%zu\n",
                      files[0].bytes.n, files[1].bytes.n, files[2].bytes.n, files[3].bytes.n,
                      files[9].bytes.n);
        ck_assert_msg(str_eq(buf_str(&s.out), want), "%.*s", STR_ARG(buf_str(&s.out)));
        buf_finish(&s.out);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(mailboxes_give_their_mails)
{
    struct seen s =
        unpacked(S("From a@b Mon Mar 11 09:30:00 2024\r\nSubject: One\r\n\r\nText.\r\n"
                   "\r\n>From here on\r\n\r\nFrom there, no mail begins.\r\n\r\n"
                   "From a@b Mon Mar 11 09:31:00 2024\r\nSubject: Two\r\n\r\nMore.\r\n"),
                 "box.mbox");
    ck_assert_uint_eq(s.n, 2);
    ck_assert_uint_eq(s.problems, 0);
    ck_assert_msg(str_contains(buf_str(&s.out), S("box.mbox, mail 2=23 message/rfc822")), "%.*s",
                  STR_ARG(buf_str(&s.out)));
    buf_finish(&s.out);
    ck_assert(unpack_kind(S("From now on\nall is well: so they say"), S("a.txt"), S("")) ==
              UNPACK_NONE);
    ck_assert(unpack_kind(S("From there: a story"), S("a.txt"), S("")) == UNPACK_NONE);
    ck_assert(unpack_kind(S("From London\nUpdated: 3 May\n\nText."), S("a.txt"), S("")) ==
              UNPACK_NONE);
    ck_assert(unpack_kind(S("From - Mon Mar 11 09:30:00 2024\nSubject: a\n\nb"), S("a"), S("")) ==
              UNPACK_MBOX);
}
END_TEST

/* A JSON Feed is one whole, however late it says what it is. */
START_TEST(a_feed_in_json_is_no_table)
{
    struct arena a = {0};
    struct str feed = arena_fmt(&a,
                                "{\"items\":[{\"id\":1,\"content_text\":\"One.\"},{\"id\":2,"
                                "\"content_text\":\"Two.%600s\"}],\"version\":"
                                "\"https://jsonfeed.org/version/1\"}",
                                "");
    struct seen s = unpacked(feed, "a.json");
    arena_finish(&a);
    ck_assert_uint_eq(s.n, 1);
    ck_assert(str_contains(buf_str(&s.out), S("application/feed+json")));
    buf_finish(&s.out);
}
END_TEST

START_TEST(archives_in_archives)
{
    struct arena a = {0};
    struct str bytes = S(PAGE);
    const char *const names[] = {"p.html", "1.zip", "2.tar", "3.zip", "4.zip"};
    const char *const wants[] = {
        NULL, "x/p.html=89\n", "x/1.zip/p.html=89\n", "x/2.tar/1.zip/p.html=89\n",
        "x/3.zip/2.tar/1.zip!archives are opened three deep and no deeper\n"};
    for (int i = 0; i < 5; i++) {
        if (wants[i])
            gives(bytes, "x", wants[i]);
        struct packed_file file = {str_of(names[i]), bytes};
        bytes = packed_make(&a, i == 1 ? PACKED_TAR : PACKED_ZIP, &file, 1);
    }
    gives(packed_gzip(&a, S(PAGE)), "p.html.gz", "p.html=89\n");
    arena_finish(&a);
}
END_TEST

static struct str warc(struct arena *a, bool pack)
{
    struct str chunked = S("10\r\n<html><title>Bri\r\n4;x=y\r\ndge<\r\n0\r\n\r\n");
    struct str parts[] = {
        packed_record(a, "warcinfo", "", "application/warc-fields", S("software: x\r\n")),
        packed_record(a, "response", "https://h.example/1", "application/http; msgtype=response",
                      packed_answer(a, "Content-Type: text/html; charset=utf-8\r\n", S(PAGE))),
        packed_record(a, "response", "<https://h.example/2>", "application/http",
                      packed_answer(a, "content-type: text/html\r\nContent-Encoding: gzip\r\n",
                                    packed_gzip(a, S(PAGE)))),
        packed_record(
            a, "response", "https://h.example/3.csv", "application/http",
            packed_answer(a, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", chunked)),
        packed_record(a, "response", "https://h.example/p.png", "application/http",
                      packed_answer(a, "Content-Type: image/png\r\n", S("png"))),
        packed_record(a, "response", "https://h.example/4", "application/http",
                      S("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" PAGE)),
        packed_record(a, "request", "https://h.example/1", "application/http",
                      S("GET / HTTP/1.1\r\n\r\n")),
        packed_record(a, "resource", "https://h.example/5", "text/html", S(PAGE)),
        packed_record(a, "conversion", "https://h.example/6", "text/plain", S("words of a page")),
        packed_record(
            a, "response", "https://h.example/7", "application/http",
            packed_answer(a, "Content-Type: text/html\r\nContent-Encoding: br\r\n", S("\x1B\2\3"))),
        packed_record(a, "response", "https://h.example/8", "application/http",
                      packed_answer(a, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
                                    S("\x1F\x8B\x08 no"))),
    };
    struct buf all = {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        buf_add(&all, pack ? packed_gzip(a, parts[i]) : parts[i]);
    struct str bytes = arena_str(a, buf_str(&all));
    buf_finish(&all);
    return bytes;
}

START_TEST(pages_of_a_warc)
{
    struct arena a = {0};
    static const char want[] =
        "x.warc, https://h.example/1=89 text/html; charset=utf-8 https://h.example/1\n"
        "x.warc, https://h.example/2=89 text/html https://h.example/2\n"
        "x.warc, https://h.example/3.csv=20 text/html https://h.example/3.csv\n"
        "x.warc, https://h.example/5=89 text/html https://h.example/5\n"
        "x.warc, https://h.example/6=15 text/plain https://h.example/6\n"
        "x.warc, https://h.example/7!its answer is compressed in a way that is not read\n"
        "x.warc, https://h.example/8!its compressed answer is damaged\n";
    gives(warc(&a, false), "x.warc", want);
    gives(warc(&a, true), "x.warc", want);
    struct packed_file in_zip[] = {
        {STR("datapackage.json"), STR("{\"title\":\"t\",\"text\":\"x\"}")},
        {STR("pages/pages.jsonl"), STR("{}")},
        {STR("archive/d.warc.gz"), warc(&a, true)}};
    tells(packed_make(&a, PACKED_ZIP_STORED, in_zip, 3), "x.wacz",
          "x.wacz/archive/d.warc.gz, https://h.example/5=89");
    gives(packed_record(&a, "request", "https://h.example/", "application/http", S("GET")),
          "x.warc", "x.warc!there is no page in the WARC file\n");
    arena_finish(&a);
}
END_TEST

/* A wrong length costs the record it stands in, not those behind it. */
START_TEST(lying_lengths)
{
    struct arena a = {0};
    struct str good = packed_record(&a, "resource", "https://h.example/g", "text/html", S(PAGE));
    static const char *const lengths[] = {"5", "0", "-1", "x", ""};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct str bad = arena_fmt(&a,
                                   "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\n"
                                   "Content-Length: %s\r\n\r\n" PAGE "\r\n\r\n%.*s",
                                   lengths[i], STR_ARG(good));
        tells(bad, "x.warc", "x.warc, https://h.example/g=89");
    }
    tells(arena_fmt(&a,
                    "%.*sWARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\n"
                    "Content-Length: 999999999999999999\r\n\r\n" PAGE,
                    STR_ARG(good)),
          "x.warc", "the file ends in the middle of a record");
    /* sizes in a zip's headers that are not those of its data */
    struct str zip = packed_make(&a, PACKED_ZIP,
                                 FILES(F("a.txt", "some words of a report"), F("b.txt", "words")));
    for (size_t at = 14; at + 4 < zip.n; at++) {
        struct str lie = arena_str(&a, zip);
        memset((char *)(uintptr_t)lie.p + at, 0xFF, 4);
        struct seen s = unpacked(lie, "x.zip");
        ck_assert_uint_le(s.n, 4);
        buf_finish(&s.out);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(what_stands_before_a_cut_is_read)
{
    struct arena a = {0};
    struct str whole[] = {
        warc(&a, true), warc(&a, false),
        packed_make(&a, PACKED_ZIP, FILES(F("a.txt", "words"), F("b.txt", "more words"))),
        packed_make(&a, PACKED_TAR, FILES(F("a.txt", "words"), F("b.txt", "more words"))),
        packed_make(&a, PACKED_TAR_GZ, FILES(F("a.txt", "words"), F("b.txt", "more")))};
    for (size_t k = 0; k < sizeof whole / sizeof *whole; k++)
        for (size_t n = 0; n < whole[k].n && n < 3000; n++) {
            struct seen s = unpacked(str_slice(whole[k], 0, n), "x");
            ck_assert_uint_ge(s.n, 1);
            buf_finish(&s.out);
        }
    struct str first = str_slice(whole[1], 0, str_find(whole[1], S("h.example/5"), 0) + 150);
    tells(first, "x.warc", "x.warc, https://h.example/1=89");
    tells(first, "x.warc", "!the file ends in the middle of a record");
    tells(str_slice(whole[0], 0, whole[0].n / 2), "x.warc",
          "damaged or cut off; what stands before is read");
    tells(str_slice(whole[3], 0, 1100), "x.tar", "x.tar/a.txt=5");
    arena_finish(&a);
}
END_TEST

/* Bytes that do not compress. */
static struct str noise(struct arena *a, size_t n)
{
    char *bytes = arena_alloc(a, n);
    uint32_t x = 2463534242;
    for (size_t i = 0; i < n; i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        bytes[i] = (char)x;
    }
    return (struct str){bytes, n};
}

/* A member that is no article and is said to be 8 GB long: it must not be skipped through. */
static struct str tar_of_gigabytes(struct arena *a)
{
    struct str tar = packed_make(a, PACKED_TAR, FILES(F("a.png", "x"), F("b.txt", "words")));
    char *head = (char *)(uintptr_t)tar.p;
    unsigned sum = 0;
    for (size_t i = 124; i < 135; i++)
        head[i] = '7';
    for (size_t i = 148; i < 156; i++)
        head[i] = ' ';
    for (size_t i = 0; i < 512; i++)
        sum += (unsigned char)head[i];
    struct str text = arena_fmt(a, "%06o", sum);
    for (size_t i = 0; i < 6; i++)
        head[148 + i] = text.p[i];
    head[154] = 0;
    return packed_gzip(a, tar);
}

START_TEST(bombs_are_stopped)
{
    struct arena a = {0};
    struct str zeros = {calloc(1, 80 << 20), 80 << 20};
    struct packed_file ones[8];
    for (size_t i = 0; i < 8; i++)
        ones[i] = (struct packed_file){arena_fmt(&a, "%zu.txt", i), str_slice(zeros, 0, 10 << 20)};
    struct str zip = packed_make(&a, PACKED_ZIP, ones, 8);
    tells(zip, "x.zip", "more than a hundred times its size");
    tells(packed_make(&a, PACKED_TAR_GZ, ones, 8), "x.tar.gz",
          "more than a hundred times its size");
    struct packed_file large = {STR("a.txt"), noise(&a, 17 << 20)};
    tells(packed_gzip(&a, large.bytes), "x.txt.gz", "it is larger than 16 MB unpacked");
    tells(packed_make(&a, PACKED_ZIP_STORED, &large, 1), "x.zip",
          "x.zip/a.txt!it is larger than 16 MB");
    tells(tar_of_gigabytes(&a), "x.tar.gz", "more came out of it than is read at once");
    struct str inside =
        packed_record(&a, "response", "https://h.example/", "application/http",
                      packed_answer(&a, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
                                    packed_gzip(&a, zeros)));
    tells(inside, "x.warc", "more than a hundred times its size");
    struct seen s = {.sink = {take}};
    struct unpack_source source = {
        .bytes = packed_make(&a, PACKED_ZIP_STORED, ones, 8), .name = S("x"), .most = 25 << 20};
    ck_assert(unpack(&source, &s.sink));
    ck_assert(str_contains(buf_str(&s.out), S("more came out of it than is read at once")));
    ck_assert_uint_eq(s.n - s.problems, 2);
    buf_finish(&s.out);
    free((void *)(uintptr_t)zeros.p);
    arena_finish(&a);
}
END_TEST

START_TEST(too_many_members)
{
    struct arena a = {0};
    size_t n = UNPACK_MEMBERS + 5;
    struct packed_file *files = calloc(n, sizeof *files);
    for (size_t i = 0; i < n; i++)
        files[i] = (struct packed_file){arena_fmt(&a, "%zu.txt", i), S("w")};
    struct seen s = unpacked(packed_make(&a, PACKED_ZIP_STORED, files, n), "x");
    ck_assert_uint_eq(s.n, UNPACK_MEMBERS + 1);
    ck_assert_uint_eq(s.problems, 1);
    buf_finish(&s.out);
    free(files);
    arena_finish(&a);
}
END_TEST

START_TEST(the_sink_can_end_it)
{
    struct arena a = {0};
    struct seen s = {.sink = {take}, .most = 1};
    struct unpack_source source = {.bytes = warc(&a, false), .name = S("x"), .most = 1 << 20};
    ck_assert(!unpack(&source, &s.sink));
    ck_assert_uint_eq(s.n, 1);
    buf_finish(&s.out);
    arena_finish(&a);
}
END_TEST

START_TEST(names_tell)
{
    struct arena a = {0};
    struct map set = {0};
    ck_assert(name_is_readable(S("a.HTML")) && name_is_readable(S("a.warc.gz")) &&
              name_is_readable(S("a.gz")));
    ck_assert(!name_is_readable(S("a.js")) && !name_is_readable(S("a.js.gz")) &&
              !name_is_readable(S("html")));
    ck_str_is(name_content_type(S("a.md")), "text/markdown");
    for (int i = 0; i < 2000; i++)
        name_add(&a, &set, arena_fmt(&a, "d/%d.html", i));
    name_add(&a, &set, S("d/My page.htm"));
    ck_assert_uint_eq(set.n, 2001);
    ck_assert(name_is_part(&set, S("d/My page-Dateien/x.html")));
    ck_assert(name_is_part(&set, S("d/7_files/a/b.html")));
    ck_assert(!name_is_part(&set, S("d/7_pictures/a.html")));
    ck_assert(!name_is_part(&set, S("7_files/a.html")));
    ck_assert(!name_is_part(&set, S("d/7_files")));
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("unpack");
    TCase *t = tcase_create("unpack");
    suite_add_tcase(s, t);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, members_of_zip_and_tar);
    tcase_add_test(t, members_are_known_by_their_content);
    tcase_add_test(t, mailboxes_give_their_mails);
    tcase_add_test(t, a_feed_in_json_is_no_table);
    tcase_add_test(t, archives_in_archives);
    tcase_add_test(t, pages_of_a_warc);
    tcase_add_test(t, lying_lengths);
    tcase_add_test(t, what_stands_before_a_cut_is_read);
    tcase_add_test(t, bombs_are_stopped);
    tcase_add_test(t, too_many_members);
    tcase_add_test(t, the_sink_can_end_it);
    tcase_add_test(t, names_tell);
    return support_run(s);
}
