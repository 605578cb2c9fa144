/* The store's SQL as PostgreSQL's (store/postgres/dialect): cases as lines, the schema's steps. */
#include "assets/assets.h"
#include "store/postgres/dialect/dialect.h"
#include "support/support.h"

#include <stdio.h>

static struct arena a;

static void teardown(void)
{
    arena_finish(&a);
}

/* SQL, and what becomes of it but for blanks beside signs. */
static struct str without_blanks(struct str s)
{
    char *out = arena_alloc(&a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            out[n++] = s.p[i];
    return (struct str){out, n};
}

START_TEST(test_cases)
{
    struct str rest = support_data(&a, "store/data/dialect.txt"), field[2];
    size_t n, bad = 0;
    while (support_case(&rest, field, 2, &n)) {
        struct dialect d;
        ck_assert_uint_eq(n, 2);
        dialect_statement(&a, field[0], &d);
        if (str_eq(without_blanks(d.sql), without_blanks(field[1])))
            continue;
        bad++;
        printf("%.*s\n  is   %.*s\n  not  %.*s\n", STR_ARG(field[0]), STR_ARG(d.sql),
               STR_ARG(field[1]));
    }
    ck_assert_uint_eq(bad, 0);
}
END_TEST

START_TEST(test_scripts)
{
    struct str rest = support_data(&a, "store/data/schema.txt"), field[2];
    size_t n, bad = 0;
    while (support_case(&rest, field, 2, &n)) {
        struct str got = dialect_script(&a, field[0]);
        if (str_eq(without_blanks(got), without_blanks(field[1])))
            continue;
        bad++;
        printf("%.*s\n  is   %.*s\n  not  %.*s\n", STR_ARG(field[0]), STR_ARG(got),
               STR_ARG(field[1]));
    }
    ck_assert_uint_eq(bad, 0);
}
END_TEST

/* A place for each time a name stands there; a name once. */
START_TEST(test_parameters)
{
    struct dialect d;
    dialect_statement(&a, S("SELECT a FROM t WHERE (:x IS NULL OR a = :x) AND b = :y -- :z\n"), &d);
    ck_assert_uint_eq(d.n_places, 3);
    ck_assert_uint_eq(d.n_names, 2);
    ck_assert(d.places[0].tested && !d.places[1].tested && !d.places[2].tested);
    ck_str_is(d.names[d.places[2].name], ":y");
    ck_assert(d.yields);
    dialect_statement(&a, S("UPDATE t SET a = 'RETURNING :no'"), &d);
    ck_assert(!d.yields);
    ck_assert_uint_eq(d.n_places, 0);
}
END_TEST

/* Whatever is thrown at it comes to an end. */
START_TEST(test_cut_short)
{
    for (const struct embedded *step = assets_schema; step->key; step++)
        for (size_t n = 0; n < step->bytes.n; n += 7) {
            struct arena short_lived = {0};
            struct dialect d;
            ck_assert_ptr_nonnull(dialect_script(&short_lived, str_slice(step->bytes, 0, n)).p);
            dialect_statement(&short_lived, str_slice(step->bytes, n, n + 200), &d);
            arena_finish(&short_lived);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dialect");
    TCase *t = tcase_create("dialect");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_test(t, test_cases);
    tcase_add_test(t, test_scripts);
    tcase_add_test(t, test_parameters);
    tcase_add_test(t, test_cut_short);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
