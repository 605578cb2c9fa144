/* Bytes of unknown encoding: cases with their bytes written as escapes. */
#include "support/support.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "page/text/encoding.h"

static const struct {
    const char *name;
    struct str bytes;
    const char *type, *want; /* NULL: refused */
} cases[] = {
    {"ascii", STR("plain"), "", "plain"},
    {"utf-8 mark", STR("\xEF\xBB\xBFx"), "", "x"},
    {"utf-16le mark", STR("\xFF\xFEh\0i\0"), "", "hi"},
    {"utf-16be mark", STR("\xFE\xFF\0h\0i"), "", "hi"},
    {"header wins over look", STR("\xE4"), "text/html; charset=iso-8859-1", "\xC3\xA4"},
    {"quoted charset", STR("\xE4"), "text/html; charset=\"windows-1252\"", "\xC3\xA4"},
    {"latin-1 is windows-1252", STR("\x93x\x94"), "text/plain; charset=iso-8859-1",
     "\xE2\x80\x9Cx\xE2\x80\x9D"},
    {"valid utf-8 wins over header", STR("\xC3\xA4"), "text/html; charset=iso-8859-1", "\xC3\xA4"},
    {"unknown label", STR("\xE4"), "text/html; charset=klingon", "\xC3\xA4"},
    {"turkish", STR("\xFE"), "text/html; charset=iso-8859-9", "\xC5\x9F"},
    {"shift-jis", STR("\x93\xFA\x96\x7B"), "text/html; charset=Shift_JIS",
     "\xE6\x97\xA5\xE6\x9C\xAC"},
    {"gb2312", STR("\xD6\xD0"), "text/html; charset=gb2312", "\xE4\xB8\xAD"},
    {"euc-kr", STR("\xC7\xD1"), "text/html; charset=euc-kr", "\xED\x95\x9C"},
    {"iso-2022-jp", STR("\x1B$BF|K\\\x1B(B"), "text/html; charset=iso-2022-jp",
     "\xE6\x97\xA5\xE6\x9C\xAC"},
    {"xml declaration", STR("<?xml version=\"1.0\" encoding=\"windows-1251\"?>\xEF\xF0"), "",
     "<?xml version=\"1.0\" encoding=\"windows-1251\"?>\xD0\xBF\xD1\x80"},
    {"meta charset", STR("<meta charset=windows-1251>\xEF\xF0"), "",
     "<meta charset=windows-1251>\xD0\xBF\xD1\x80"},
    {"declared utf-8, is not", STR("caf\xE9 au lait"), "text/html; charset=utf-8",
     "caf\xC3\xA9 au lait"},
    {"cut sequence", STR("\xC3\xA9t\xC3\xA9 \xE2\x82"), "", "\xC3\xA9t\xC3\xA9 \xEF\xBF\xBD"},
    {"zero byte in text",
     STR("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
         "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
         "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\0z"),
     "",
     "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
     "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
     "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzz"},
    {"empty", STR(""), "", NULL},
    {"blank", STR(" \r\n\t "), "", NULL},
    {"mark alone", STR("\xEF\xBB\xBF"), "", NULL},
    {"wide mark alone", STR("\xFF\xFE"), "", NULL},
    {"png", STR("\x89PNG\r\n\x1A\n"), "", NULL},
    {"pdf", STR("%PDF-1.7\n"), "text/html", NULL},
    {"zip", STR("PK\x03\x04xxxx"), "", NULL},
    {"gzip", STR("\x1F\x8B\x08"), "", NULL},
    {"controls", STR("\1\2\3\4\5\6"), "", NULL},
};

START_TEST(encodings_are_known)
{
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str text = {0};
        struct err err = {0};
        bool ok = encoding_decode(&a, cases[i].bytes, str_of(cases[i].type), &text, &err);
        ck_assert_msg(ok == (cases[i].want != NULL), "%s: %s", cases[i].name,
                      ok ? "read" : err.message);
        if (ok)
            ck_assert_msg(str_eq(text, str_of(cases[i].want)), "%s: \"%.*s\"", cases[i].name,
                          STR_ARG(text));
        else
            ck_assert(err.message[0]);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(text_is_cleaned)
{
    struct arena a = {0};
    ck_str_is(text_clean(&a, S("a\xC2\xAD"
                               "b\xE2\x80\x8B"
                               "c\xEF\xBB\xBF")),
              "abc");
    ck_str_is(text_clean(&a, S("a\xC2\xA0"
                               "b\xE2\x80\xAF"
                               "c")),
              "a b c");
    ck_str_is(text_clean(&a, S("a\r\nb\rc\n")), "a\nb\nc\n");
    ck_str_is(text_clean(&a, S("cafe\xCC\x81")), "caf\xC3\xA9");
    ck_str_is(text_clean(&a, S("\xC2\x93x\xC2\x94")), "\xE2\x80\x9Cx\xE2\x80\x9D");
    ck_str_is(text_clean(&a, S("\xE2\x84\xAB")), "\xC3\x85"); /* the angstrom sign */
    ck_str_is(text_clean(&a, S("\xE2\x80\xAE"
                               "abc\xE2\x80\xAC")),
              "abc");
    ck_str_is(
        text_clean(&a, S("\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88\xD8\xA7\xD9\x87\xD9\x85")),
        "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88\xD8\xA7\xD9\x87\xD9\x85"); /* Persian keeps
                                                                                    its joiner */
    ck_str_is(text_clean(&a, S("a\1\x7F"
                               "b")),
              "ab");
    arena_finish(&a);
}
END_TEST

START_TEST(large_input_takes_linear_time)
{
    struct arena a = {0};
    struct buf b = {0};
    struct str text;
    while (b.n < 20000000)
        buf_add(&b, S("caf\xE9 \xE2\x82 <meta \x93 "));
    ck_assert(encoding_decode(&a, buf_str(&b), S(""), &text, NULL));
    ck_assert(utf8_valid(text));
    buf_finish(&b);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("encoding");
    TCase *t = tcase_create("encoding");
    tcase_set_timeout(t, 30);
    tcase_add_test(t, encodings_are_known);
    tcase_add_test(t, text_is_cleaned);
    tcase_add_test(t, large_input_takes_linear_time);
    suite_add_tcase(s, t);
    return support_run(s);
}
