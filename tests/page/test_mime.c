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
    tcase_add_test(t, nested_without_end_is_bounded);
    suite_add_tcase(s, t);
    return support_run(s);
}
