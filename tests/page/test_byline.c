/* Names out of bylines: data/bylines.txt, lines of a byline (\n: a line break) and its names. */
#include "support/support.h"

#include "base/buf.h"
#include "page/text/byline.h"

/* The text with its "\\n" as line breaks. */
static struct str with_breaks(struct arena *a, struct str s)
{
    struct buf b = {0};
    for (size_t i = 0; i < s.n; i++) {
        bool br = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        buf_char(&b, br ? '\n' : s.p[i]);
        i += br;
    }
    struct str out = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return out;
}

START_TEST(names_are_read)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "page/data/bylines.txt"), f[2] = {{0}};
    for (size_t n; support_case(&rest, f, 2, &n);) {
        struct str want = n == 2 ? f[1] : (struct str){0};
        struct str got = byline_clean(&a, with_breaks(&a, f[0]));
        ck_assert_msg(str_eq(got, want), "\"%.*s\" gives \"%.*s\", not \"%.*s\"", STR_ARG(f[0]),
                      STR_ARG(got), STR_ARG(want));
    }
    arena_finish(&a);
}
END_TEST

START_TEST(a_line_tells_by_whom)
{
    struct arena a = {0};
    ck_assert(str_eq(byline_behind(&a, S("Posted on 3 May 2021 by Ada Moss")), S("Ada Moss")));
    ck_assert(str_eq(byline_behind(&a, S("3. Mai 2021 von Ada Moss | Kultur")), S("Ada Moss")));
    ck_assert(byline_behind(&a, S("Closed by storm on 3 May 2021")).n == 0);
    ck_assert(byline_behind(&a, S("A day - with music - in May")).n == 0);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("byline");
    TCase *t = tcase_create("byline");
    tcase_add_test(t, names_are_read);
    tcase_add_test(t, a_line_tells_by_whom);
    suite_add_tcase(s, t);
    return support_run(s);
}
