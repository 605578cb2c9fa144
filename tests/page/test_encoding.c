/* Bytes of unknown encoding: cases with their bytes written as escapes. */
#include "support/support.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "page/text/encoding.h"

#include <iconv.h>
#include <string.h>

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
    {"x-euc-jp", STR("\xC6\xFC\xCB\xDC"), "text/html; charset=x-euc-jp",
     "\xE6\x97\xA5\xE6\x9C\xAC"},
    {"label in capitals", STR("\xD0\xD2"), "text/plain; charset=CSKOI8R", "\xD0\xBF\xD1\x80"},
    {"hebrew, logical", STR("\xF9\xEC"), "text/plain; charset=iso-8859-8-i", "\xD7\xA9\xD7\x9C"},
    {"macintosh", STR("\x8A"), "text/plain; charset=x-mac-roman", "\xC3\xA4"},
    {"utf-7", STR("Gr+APY-n"), "text/plain; charset=utf-7", "Gr\xC3\xB6n"},
    {"charset behind a script",
     STR("<script>if (a<b) document.write('<meta charset=utf-8>');"
         "</script><!-- <meta charset=x> --><meta charset=windows-1251>"
         "\xEF\xF0"),
     "",
     "<script>if (a<b) document.write('<meta charset=utf-8>');</script><!-- <meta charset=x> "
     "--><meta charset=windows-1251>\xD0\xBF\xD1\x80"},
    {"words of a charset are none",
     STR("<meta name=a content='a charset, so to speak'><meta "
         "charset=windows-1251>\xEF\xF0"),
     "",
     "<meta name=a content='a charset, so to speak'><meta charset=windows-1251>\xD0\xBF\xD1\x80"},
    {"declared utf-16, but of bytes", STR("<meta charset=utf-16>\xE4"), "",
     "<meta charset=utf-16>\xC3\xA4"},
    {"a part in Latin-1",
     STR("gr\xC3\xB6\xC3\x9F"
         "er \xC3\xA4lter gr\xF6\xDF"
         "er \xBBja\xAB"),
     "text/html; charset=utf-8", "größer älter größer »ja«"},
    {"ASCII it is not",
     STR("\xF0\xC9\xD2\xD3 \xDA\xC1\xCB\xD2\xD9\xD4 \xD7 \xD0\xCF\xCE\xC5\xC4"
         "\xC5\xCC\xD8\xCE\xC9\xCB \xD7\xC5\xDE\xC5\xD2\xCF\xCD"),
     "text/plain; charset=us-ascii", "Пирс закрыт в понедельник вечером"},
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

static struct str encoded(struct arena *a, const char *text, const char *encoding)
{
    char *in = (char *)(uintptr_t)text, *out = arena_alloc(a, 1000), *to = out;
    size_t left = strlen(text), room = 1000;
    iconv_t cd = iconv_open(encoding, "UTF-8");
    ck_assert_msg(cd != (iconv_t)-1, "%s", encoding);
    ck_assert_msg(iconv(cd, &in, &left, &to, &room) == 0, "%s", encoding);
    iconv_close(cd);
    return (struct str){out, (size_t)(to - out)};
}

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

/* The sentence in each legacy encoding of its language, undeclared, bare and in a page. */
START_TEST(undeclared_text_is_guessed)
{
    static const struct {
        const char *encodings, *text;
    } of[] = {
        {"cp1250 iso-8859-2", "Starosta oznámil, že střecha mlýna bude příští týden opravena; "
                              "peníze už město má a dělníci přijdou v úterý ráno."},
        {"cp1250 iso-8859-2", "Burmistrz ogłosił, że dach młyna zostanie w przyszłym tygodniu "
                              "naprawiony; pieniądze już są, a robotnicy przyjdą we wtorek."},
        {"cp1251 koi8-u iso-8859-5 cp866", "Глава совета сообщил, что крышу мельницы починят на "
                                           "следующей неделе, деньги на это уже есть."},
        {"cp1251 koi8-u", "Голова ради повідомив, що дах млина полагодять наступного тижня, "
                          "гроші на це вже є, і робітники прийдуть у вівторок."},
        {"iso-8859-7", "Ο δήμαρχος ανακοίνωσε ότι η στέγη του μύλου θα επισκευαστεί την επόμενη "
                       "εβδομάδα και ότι τα χρήματα υπάρχουν ήδη."},
        {"cp1254", "Belediye başkanı değirmenin çatısının gelecek hafta onarılacağını, paranın "
                   "hazır olduğunu ve işçilerin salı günü geleceğini söyledi."},
        {"cp932 euc-jp-ms", "村長は水車小屋の屋根を来週直すと発表した。費用はすでに集まっており、"
                            "大工は火曜日の朝に来るという。"},
        {"cp949", "이장은 물레방앗간 지붕을 다음 주에 고칠 것이라고 발표했다. 비용은 이미 모였으며 "
                  "목수들은 화요일 아침에 온다고 했다."},
        {"gb18030", "村长宣布，水磨坊的屋顶将于下周修好。费用已经筹集完毕，木匠们星期二早上就到。"},
        {"cp1252 macintosh cp850", "Der Bürgermeister erklärte, das Dach der Mühle werde nächste "
                                   "Woche repariert, das Geld dafür läge längst bereit."},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        struct str rest = str_of(of[i].encodings), name, text;
        while (str_split(&rest, ' ', &name)) {
            struct str bytes = encoded(&a, of[i].text, arena_fmt(&a, "%.*s", STR_ARG(name)).p);
            ck_assert(encoding_decode(&a, bytes, S(""), &text, NULL));
            ck_assert_msg(str_eq(text, str_of(of[i].text)), "%.*s: %.*s", STR_ARG(name),
                          STR_ARG(text));
            struct str page = arena_fmt(&a, "<html><body><p>%.*s</p></body>", STR_ARG(bytes));
            ck_assert(encoding_decode(&a, page, S(""), &text, NULL));
            ck_assert_msg(str_contains(text, str_of(of[i].text)), "%.*s in a page: %.*s",
                          STR_ARG(name), STR_ARG(text));
        }
    }
    arena_finish(&a);
}
END_TEST

/* English has marks of windows-1252, and hardly a letter. */
START_TEST(marks_are_no_letters)
{
    struct arena a = {0};
    struct buf b = {0};
    struct str text;
    for (int i = 0; i < 30; i++)
        buf_add(&b, S("\x93It\x92s the mill \x97 what else?\x94 she said at the caf\xE9\x85\n"));
    ck_assert(encoding_decode(&a, buf_str(&b), S(""), &text, NULL));
    ck_assert_msg(str_starts(text, S("“It’s the mill — what else?” she said at the café…\n")),
                  "%.*s", STR_ARG(text));
    buf_finish(&b);
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
    tcase_add_test(t, undeclared_text_is_guessed);
    tcase_add_test(t, marks_are_no_letters);
    tcase_add_test(t, text_is_cleaned);
    tcase_add_test(t, large_input_takes_linear_time);
    suite_add_tcase(s, t);
    return support_run(s);
}
