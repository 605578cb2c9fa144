/* Plain-text exports and bodies kept as they are: cases in data/plain.txt. */
#include "support/support.h"

#include "page/page.h"

/* "\n" in a case stands for a line break. */
/* Fields: input, title, subtitle, outlet, byline, published, text. */
START_TEST(exports_lose_their_boilerplate)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "page/data/plain.txt"), f[7] = {{0}};
    for (size_t n; support_case(&rest, f, 7, &n);) {
        struct page p = {0};
        struct err err = {0};
        ck_assert_msg(n == 7, "case with %zu fields: %.*s", n, STR_ARG(f[0]));
        ck_assert_msg(
            page_read(&a,
                      &(struct page_source){.bytes = support_unescape(&a, f[0]), .type = PAGE_TEXT},
                      &p, &err),
            "%s", err.message);
        ck_str_is(p.title, arena_str(&a, f[1]).p);
        ck_str_is(p.subtitle, arena_str(&a, f[2]).p);
        ck_str_is(p.outlet, arena_str(&a, f[3]).p);
        ck_str_is(p.byline, arena_str(&a, f[4]).p);
        ck_str_is(p.published, arena_str(&a, f[5]).p);
        ck_str_is(p.text, support_unescape(&a, f[6]).p);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(body_stays_byte_for_byte)
{
    struct arena a = {0};
    struct page p = {0};
    ck_assert(page_read(&a,
                        &(struct page_source){.bytes = S(" Must read\r\n\r\nx \n"),
                                              .type = PAGE_BODY,
                                              .url = S("https://www.a.example/b")},
                        &p, NULL));
    ck_str_is(p.text, " Must read\r\n\r\nx \n");
    ck_str_is(p.domain, "a.example");
    ck_assert(
        !page_read(&a, &(struct page_source){.bytes = S("caf\xE9"), .type = PAGE_BODY}, &p, NULL));
    arena_finish(&a);
}
END_TEST

START_TEST(bad_input_is_told)
{
    static const struct str bad[] = {STR(""), STR(" \n\t\n"), STR("\xEF\xBB\xBF"),
                                     STR("%PDF-1.4 x"), STR("a\0b\0\1\2\3\0")};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct page p = {0};
        struct err err = {0};
        ck_assert(!page_read(&a, &(struct page_source){.bytes = bad[i]}, &p, &err));
        ck_assert(err.kind != ERR_NONE && err.message[0]);
        ck_assert(p.text.n == 0);
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("plain");
    TCase *t = tcase_create("plain");
    tcase_add_test(t, exports_lose_their_boilerplate);
    tcase_add_test(t, body_stays_byte_for_byte);
    tcase_add_test(t, bad_input_is_told);
    suite_add_tcase(s, t);
    return support_run(s);
}
