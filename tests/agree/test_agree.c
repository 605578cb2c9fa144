/* Agreement: examples that were published, with the figures their authors give, and edges. */
#include "agree/agree.h"
#include "support/support.h"

#include <math.h>

#define NEAR(value, wanted, by)                                                                    \
    ck_assert_msg(fabs((value) - (wanted)) <= (by), "%.5f, not %.5f", (double)(value),             \
                  (double)(wanted))

enum { N = AGREE_NO_CODE };

/* Krippendorff (2011), B: two observers, binary data: alpha 0.095. */
START_TEST(test_two_observers_binary)
{
    static const int32_t v[] = {0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0};
    struct agree_figures f = agree_nominal(&(struct agree_codes){v, 10, 2, 2});
    ck_assert_int_eq(f.units, 10);
    NEAR(f.percent, 0.6, 1e-9);
    NEAR(f.alpha, 0.095, 0.0005);
    NEAR(f.kappa, 0.0909, 0.0001);
}
END_TEST

/* Krippendorff (2011), C: four observers, nominal, codes missing: alpha 0.743. */
START_TEST(test_four_observers_missing)
{
    static const int32_t v[] = {1, 1, N, 1, 2, 2, 3, 2, 3, 3, 3, 3, 3, 3, 3, 3,
                                2, 2, 2, 2, 1, 2, 3, 4, 4, 4, 4, 4, 1, 1, 2, 1,
                                2, 2, 2, 2, N, 5, 5, 5, N, N, 1, 1, N, N, 3, N};
    struct agree_figures f = agree_nominal(&(struct agree_codes){v, 12, 4, 6});
    ck_assert_int_eq(f.units, 11);
    NEAR(f.alpha, 0.743, 0.0005);
}
END_TEST

/* 50 proposals read by two: 20 both yes, 5 and 10 differing, 15 both no: kappa 0.40. */
START_TEST(test_kappa)
{
    int32_t v[100];
    for (int i = 0; i < 50; i++) {
        v[2 * i] = i < 25;
        v[2 * i + 1] = i < 20 || (i >= 25 && i < 35);
    }
    struct agree_figures f = agree_nominal(&(struct agree_codes){v, 50, 2, 2});
    NEAR(f.percent, 0.7, 1e-9);
    NEAR(f.kappa, 0.4, 1e-9);
}
END_TEST

START_TEST(test_nothing_to_agree_on)
{
    static const int32_t same[] = {1, 1, 1, 1}, lonely[] = {1, N, N, 0};
    struct agree_figures f = agree_nominal(&(struct agree_codes){same, 2, 2, 2});
    NEAR(f.percent, 1, 0);
    ck_assert(isnan(f.kappa) && isnan(f.alpha)); /* nothing varies: not defined, and not 1 */
    f = agree_nominal(&(struct agree_codes){lonely, 2, 2, 2});
    ck_assert(f.units == 0 && isnan(f.percent) && isnan(f.kappa) && isnan(f.alpha));
}
END_TEST

/* Krippendorff (2004), chapter 11: a continuum of 300, two observers, categories c and k. */
START_TEST(test_unitizing)
{
    struct agree_unit c[] = {
        {0, 75, 145}, {0, 220, 250}, {1, 70, 150}, {1, 205, 225}, {1, 250, 270}};
    struct agree_unit k[] = {{0, 30, 90}, {0, 150, 200}, {1, 30, 90}, {1, 150, 200}};
    struct agree_disagreement of_c = agree_unitizing(&(struct agree_units){c, 5, 2, 300});
    struct agree_disagreement of_k = agree_unitizing(&(struct agree_units){k, 4, 2, 300});
    NEAR(of_c.observed, 0.0144, 0.0001);
    NEAR(of_c.expected, 0.0532, 0.0001);
    NEAR(1 - of_c.observed / of_c.expected, 0.7286, 0.0005);
    NEAR(of_k.observed, 0, 0);
    NEAR(of_k.expected, 0.0490, 0.0001);
    NEAR(1 - (of_c.observed + of_k.observed) / (of_c.expected + of_k.expected), 0.8591, 0.0005);
}
END_TEST

/* Pieces of one coder that overlap are one; what lies outside the continuum is cut; order is
 * nothing. */
START_TEST(test_unitizing_edges)
{
    struct agree_unit a[] = {{0, 10, 20}, {1, 10, 30}, {0, 15, 30}, {1, 90, 120}, {0, 90, 100}};
    struct agree_units u = {a, 5, 2, 100};
    struct agree_disagreement d = agree_unitizing(&u);
    ck_assert_int_eq(u.n, 4);
    NEAR(d.observed, 0, 0);
    ck_assert(d.expected > 0);
    d = agree_unitizing(&(struct agree_units){a, 0, 2, 100});
    ck_assert(d.observed == 0 && d.expected == 0);
}
END_TEST

/* R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I. */
START_TEST(test_wilson)
{
    static const double rows[][4] = {{81, 263, 0.2553, 0.3662},
                                     {15, 148, 0.0624, 0.1605},
                                     {0, 20, 0.0000, 0.1611},
                                     {1, 29, 0.0061, 0.1718}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct agree_interval w = agree_wilson(rows[i][0] / rows[i][1], rows[i][1]);
        NEAR(w.low, rows[i][2], 0.00006);
        NEAR(w.high, rows[i][3], 0.00006);
    }
    struct agree_interval none = agree_wilson(0.5, 0);
    ck_assert(none.low == 0 && none.high == 1);
}
END_TEST

START_TEST(test_allot)
{
    static const int64_t sizes[] = {2, 100, 0, 50};
    int64_t drawn[4];
    agree_allot(sizes, 4, 21, drawn);
    ck_assert(drawn[0] == 2 && drawn[1] == 10 && drawn[2] == 0 && drawn[3] == 9);
    agree_allot(sizes, 4, 1000, drawn);
    ck_assert(drawn[0] == 2 && drawn[1] == 100 && drawn[2] == 0 && drawn[3] == 50);
    ck_assert(agree_rank(1, 2) == agree_rank(1, 2) && agree_rank(1, 2) != agree_rank(2, 2));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("agree");
    TCase *t = tcase_create("agree");
    suite_add_tcase(s, t);
    tcase_add_test(t, test_two_observers_binary);
    tcase_add_test(t, test_four_observers_missing);
    tcase_add_test(t, test_kappa);
    tcase_add_test(t, test_nothing_to_agree_on);
    tcase_add_test(t, test_unitizing);
    tcase_add_test(t, test_unitizing_edges);
    tcase_add_test(t, test_wilson);
    tcase_add_test(t, test_allot);
    return support_run(s);
}
