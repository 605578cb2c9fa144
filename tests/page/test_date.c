/* Days and times as machines and people write them: data/dates.txt, lines of kind, text, result. */
#include "support/support.h"

#include "page/text/date.h"

START_TEST(days_are_read)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "page/data/dates.txt"), f[4] = {{0}};
    for (size_t n; support_case(&rest, f, 4, &n);) {
        struct str got = {0}, want = n == 4 ? f[3] : (struct str){0};
        if (str_eq(f[0], S("machine")))
            got = date_machine(&a, f[1]);
        else if (str_eq(f[0], S("url")))
            got = date_of_url(&a, f[1]);
        else
            got = date_find(&a, f[1], f[2]);
        ck_assert_msg(str_eq(got, want), "%.*s \"%.*s\" gives \"%.*s\", not \"%.*s\"",
                      STR_ARG(f[0]), STR_ARG(f[1]), STR_ARG(got), STR_ARG(want));
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("date");
    TCase *t = tcase_create("date");
    tcase_add_test(t, days_are_read);
    suite_add_tcase(s, t);
    return support_run(s);
}
