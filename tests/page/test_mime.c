/* Saved pages in one file and mails. */
#include "support/support.h"

#include "page/page.h"

#define STORY                                                                                      \
    "The harbour council voted on Monday to close the old swing bridge until the end of the year."

START_TEST(saved_page_is_unpacked)
{
    struct arena a = {0};
    struct page p = {0};
    struct err err = {0};
    struct str bytes = S(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: "
        "https://www.harbour.example/bridge\r\n"
        "Subject: =?utf-8?Q?Old=20bridge_=E2=80=93?= =?utf-8?B?IGNsb3NlZA==?=\r\n"
        "Date: Wed, 23 Apr 2025 17:03:21 -0000\r\nMIME-Version: 1.0\r\n"
        "Content-Type: "
        "multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Cut\"\r\n\r\n\r\n"
        "------Cut\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
        "------Cut\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
        "quoted-printable\r\n\r\n"
        "<html><body><p>The harbour council voted on Mon=\r\nday to close the old swing bridge "
        "until the end of the year.=\r\n</p>\r\n"
        "<p>=E2=80=9CWe could not wait for another winter at all,=E2=80=9D the mayor said that "
        "night.</p>\r\n"
        "------Cut--\r\n");
    ck_assert_msg(page_read(&a, &(struct page_source){.bytes = bytes}, &p, &err), "%s",
                  err.message);
    ck_str_is(p.text, STORY "\n\n\xE2\x80\x9CWe could not wait for another winter at "
                            "all,\xE2\x80\x9D the mayor said that night.");
    ck_str_is(p.url, "https://www.harbour.example/bridge");
    ck_str_is(p.domain, "harbour.example");
    ck_str_is(p.title, "Old bridge \xE2\x80\x93 closed");
    ck_str_is(p.published, "2025-04-23T17:03:21Z");
    arena_finish(&a);
}
END_TEST

START_TEST(mail_gives_its_text)
{
    struct arena a = {0};
    struct page p = {0};
    struct err err = {0};
    struct str bytes =
        S("From: desk@harbour.example\nTo: you@reader.example\nSubject: Bridge to "
          "close\nMIME-Version: 1.0\n"
          "Date: Wed, 23 Apr 2025 17:03:21 +0200\nContent-Type: text/plain; "
          "charset=iso-8859-1\n\n" STORY "\nCaf\xE9 owners are angry about it, they said.\n");
    ck_assert_msg(page_read(&a, &(struct page_source){.bytes = bytes}, &p, &err), "%s",
                  err.message);
    ck_str_is(p.title, "Bridge to close");
    ck_str_is(p.text, STORY "\nCaf\xC3\xA9 owners are angry about it, they said.");
    ck_str_is(p.published, "2025-04-23T17:03:21+02:00");
    arena_finish(&a);
}
END_TEST

/* Head, body, and the title, the day and a part of the text that come of them. */
static const struct {
    const char *mail, *title, *published, *part;
} mails[] = {
    /* a subject of another encoding than the body's */
    {"MIME-Version: 1.0\nDate: Mon, 11 Mar 2024 09:30:00 +0100 (CET)\n"
     "Subject: =?koi8-r?B?7c/T1CDawcvS2dQ=?=\nContent-Type: text/plain; charset=windows-1251\n\n"
     "\xD1\xEE\xE2\xE5\xF2 \xF0\xE5\xF8\xE8\xEB \xE7\xE0\xEA\xF0\xFB\xF2\xFC "
     "\xEC\xEE\xF1\xF2 \xE4\xEE \xEA\xEE\xED\xF6\xE0 \xE3\xEE\xE4\xE0.\n",
     "Мост закрыт", "2024-03-11T09:30:00+01:00", "Совет решил закрыть мост"},
    /* words cut inside of a character, in either coding */
    {"MIME-Version: 1.0\nSubject: =?utf-8?B?QnLDvGNrZSBmw7w=?=\n =?UTF-8?B?ciBpbW1lciBnZXNwZXLD?=\n"
     " =?utf-8*de?B?pHJ0?=\n\n" STORY "\n",
     "Brücke für immer gesperärt", "", STORY},
    {"MIME-Version: 1.0\nSubject: =?utf-8?Q?M=C3?=\n\t=?utf-8?Q?=BChle_zu?= morgen\n\n" STORY "\n",
     "Mühle zu morgen", "", STORY},
    /* without MIME-Version; a subject in raw bytes of the body's charset */
    {"From: a@b.example\nSubject: M\xFChle zu\nDate: Wednesday, 23-Apr-25 17:03:21 GMT\n"
     "Content-Type: text/plain; charset=iso-8859-1\n\n" STORY "\n",
     "Mühle zu", "2025-04-23T17:03:21Z", STORY},
    {"Received: from x by y; Wed, 23 Apr 2025 17:03:21 +0000\nSubject: Mill shut\n\n" STORY "\n",
     "Mill shut", "2025-04-23T17:03:21Z", STORY},
    /* the mark of a mailbox before it */
    {"From a@b Wed Apr 23 17:03:21 2025\nFrom: a@b.example\nSubject: Mill shut\n\n" STORY "\n",
     "Mill shut", "", STORY},
    /* pieces of base64; a soft break with blanks behind it */
    {"MIME-Version: 1.0\nSubject: Mill shut\nContent-Transfer-Encoding: base64\n\n"
     "VGhlIG1pbGwgaXMgc2h1dCwg\nYQ==\nIGNsZXJrIHNhaWQgb24gRnJpZGF5IGV2ZW5pbmcu\n",
     "Mill shut", "", "The mill is shut, a clerk said on Friday evening."},
    {"MIME-Version: 1.0\nSubject: Mill shut\nContent-Transfer-Encoding: quoted-printable\n\n"
     "The mill is shut, a cl= \t\nerk said on Friday evening.\n",
     "Mill shut", "", "The mill is shut, a clerk said on Friday evening."},
    /* flowed lines */
    {"MIME-Version: 1.0\nSubject: Mill shut\nContent-Type: text/plain; format=flowed\n\n"
     "The mill is shut, a \nclerk said on Friday \nevening.\n\n From now on it rains in.\n",
     "Mill shut", "", "The mill is shut, a clerk said on Friday evening.\n\nFrom now on"},
    /* a mail in a mail; an attachment is no text */
    {"MIME-Version: 1.0\nSubject: Fwd\nContent-Type: multipart/mixed; boundary=q\n\n--q\n"
     "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nNo text.\n"
     "--q\nContent-Type: message/rfc822\n\nSubject: Mill shut\nContent-Type: text/plain\n\n" STORY
     "\n--q--\n",
     "Fwd", "", STORY},
    /* HTML's own title is that of the newsletter */
    {"MIME-Version: 1.0\nSubject: Mill shut\nContent-Type: text/html\n\n<html><head><title>Weekly"
     "</title></head><body><p>" STORY "</p></body></html>\n",
     "Mill shut", "", STORY},
};

START_TEST(mails_of_all_kinds)
{
    struct arena a = {0};
    for (size_t i = 0; i < sizeof mails / sizeof *mails; i++) {
        struct page p = {0};
        struct err err = {0};
        ck_assert_msg(
            page_read(&a, &(struct page_source){.bytes = str_of(mails[i].mail)}, &p, &err),
            "%zu: %s", i, err.message);
        ck_assert_msg(str_eq(p.title, str_of(mails[i].title)), "%zu: \"%.*s\"", i,
                      STR_ARG(p.title));
        ck_assert_msg(str_eq(p.published, str_of(mails[i].published)), "%zu: \"%.*s\"", i,
                      STR_ARG(p.published));
        ck_assert_msg(str_contains(p.text, str_of(mails[i].part)), "%zu: \"%.*s\"", i,
                      STR_ARG(p.text));
    }
    arena_finish(&a);
}
END_TEST

/* A text with colons in its first lines is none. */
START_TEST(texts_are_no_mails)
{
    static const char *const texts[] = {
        "From: our own correspondent\n\n" STORY "\n",
        "Bridge shut: what now?\nDate: 3 May\n\n" STORY "\n",
        "Subject: the old bridge\nplain words\nFrom: a@b.example\n\n" STORY "\n",
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct page p = {0};
        ck_assert(page_read(&a, &(struct page_source){.bytes = str_of(texts[i])}, &p, NULL));
        ck_assert_msg(p.source[FIELD_TITLE] == NULL || str_of(p.source[FIELD_TITLE]).p[0] != 'h' ||
                          str_eq(str_of(p.source[FIELD_TITLE]), S("heading")),
                      "%zu: %s", i, p.source[FIELD_TITLE]);
    }
    arena_finish(&a);
}
END_TEST

/* A From line, the author and the outlet that come of it. */
static const struct {
    const char *from, *author, *outlet;
} senders[] = {
    {"Ada Moss <ada@harbourpost.example>", "Ada Moss", ""},
    {"\"Ada Moss\" <am@post.example>", "Ada Moss", ""},
    {"\"Moss, Ada\" <am@post.example>", "Ada Moss", ""},
    {"am@post.example (Ada Moss)", "Ada Moss", ""},
    {"=?iso-8859-2?Q?=A3ucja_W=F3jcik?= <lw@post.example>", "\xC5\x81ucja W\xC3\xB3jcik", ""},
    {"\"'Ada Moss' via Harbour Desk\" <desk-list@lists.example>", "Ada Moss", ""},
    {"Ada Moss from the Post <ada@mailing.example>", "Ada Moss", ""},
    {"Ada Moss <ada@moss.example>", "Ada Moss", ""},
    {"Harbour Post <hello@post.example>", "", "Harbour Post"},
    {"Harbour Post <reading@harbourpost.example>", "", "Harbour Post"},
    {"Harbour Post <no-reply+27@mailing.example>", "", "Harbour Post"},
    {"POST <p@post.example>", "", "POST"},
    {"am@post.example", "", ""},
    {"\"am@post.example\" <am@post.example>", "", ""},
    {"<", "", ""},
};

START_TEST(senders_are_named)
{
    struct arena a = {0};
    for (size_t i = 0; i < sizeof senders / sizeof *senders; i++) {
        struct page p = {0};
        struct str mail = arena_fmt(&a,
                                    "From: %s\nSubject: Mill shut\nDate: Wed, 23 Apr 2025 "
                                    "17:03:21 +0200\n\n" STORY "\n",
                                    senders[i].from);
        ck_assert(page_read(&a, &(struct page_source){.bytes = mail}, &p, NULL));
        ck_assert_msg(str_eq(p.byline, str_of(senders[i].author)) &&
                          str_eq(p.outlet, str_of(senders[i].outlet)),
                      "%s: \"%.*s\", \"%.*s\"", senders[i].from, STR_ARG(p.byline),
                      STR_ARG(p.outlet));
    }
    arena_finish(&a);
}
END_TEST

START_TEST(nested_without_end_is_bounded)
{
    struct arena a = {0};
    struct page p = {0};
    struct str bytes = S("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n");
    for (int i = 0; i < 30; i++)
        bytes =
            arena_fmt(&a, "%.*s--x\nContent-Type: multipart/mixed; boundary=x\n\n", STR_ARG(bytes));
    page_read(&a, &(struct page_source){.bytes = bytes}, &p, NULL);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mime");
    TCase *t = tcase_create("mime");
    tcase_add_test(t, saved_page_is_unpacked);
    tcase_add_test(t, mail_gives_its_text);
    tcase_add_test(t, mails_of_all_kinds);
    tcase_add_test(t, texts_are_no_mails);
    tcase_add_test(t, senders_are_named);
    tcase_add_test(t, nested_without_end_is_bounded);
    suite_add_tcase(s, t);
    return support_run(s);
}
