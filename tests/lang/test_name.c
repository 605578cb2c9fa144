/* Names by themselves: folding, the gazetteer, and which two names can be one person's. */
#include "support/support.h"

#include "lang/names/names.h"

START_TEST(folding_drops_case_and_accents)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/name-fold.txt"), f[2];
    size_t n;
    while (support_case(&rest, f, 2, &n)) {
        char out[128];
        struct str got = {out, name_fold(f[0], out, sizeof out)};
        ck_assert_msg(str_eq(got, f[1]), "%.*s became %.*s", STR_ARG(f[0]), STR_ARG(got));
    }
    arena_finish(&a);
}
END_TEST

START_TEST(forms_lead_to_their_entity)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/name-forms.txt"), f[2];
    size_t n;
    while (support_case(&rest, f, 2, &n)) {
        const struct gaz_form *form = gaz_form_of(f[0]);
        ck_assert_msg(form && form->entity >= 0, "%.*s is not known", STR_ARG(f[0]));
        struct str name = gaz_entity(form->entity)->name;
        ck_assert_msg(str_eq(name, f[1]), "%.*s is %.*s", STR_ARG(f[0]), STR_ARG(name));
    }
    ck_assert(!gaz_form_of(S("us")));
    arena_finish(&a);
}
END_TEST

START_TEST(names_of_one_person_agree)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/name-pairs.txt"), f[3];
    size_t n;
    while (support_case(&rest, f, 3, &n)) {
        struct person_name x = person_name_of(f[0]), y = person_name_of(f[1]);
        bool want = str_eq(f[2], S("same"));
        ck_assert_msg(person_names_agree(&x, &y) == want, "%.*s / %.*s", STR_ARG(f[0]),
                      STR_ARG(f[1]));
        ck_assert_msg(person_names_agree(&y, &x) == want, "%.*s / %.*s", STR_ARG(f[1]),
                      STR_ARG(f[0]));
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("name");
    TCase *t = tcase_create("name");
    suite_add_tcase(s, t);
    tcase_add_test(t, folding_drops_case_and_accents);
    tcase_add_test(t, forms_lead_to_their_entity);
    tcase_add_test(t, names_of_one_person_agree);
    return support_run(s);
}
